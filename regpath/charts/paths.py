"""The coefficients along a path, as one chart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, finish_named, largest, of_class, padded, until
from regpath.charts.finish import Axis
from regpath.charts.names import class_told
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_cursor
from regpath.core.regpath import RegPath

AXES = {
    "original": "coefficient",
    "standardized": "coefficient per SD",
    "odds_ratio": "odds ratio",
    "rate_ratio": "rate ratio",
}


def path_figure(
    path: RegPath,
    *,
    look: Look,
    index: int | None = None,
    units: str = "standardized",
    k: int = 0,
    top: int = 8,
    height: int = 400,
) -> go.Figure:
    """Draw the coefficients of every feature along the path; the largest have a name.

    Parameters
    ----------
    path : RegPath
    look : Look
    index : int, default=None
        Position of a strength to mark; the chart is scaled to it.
    units : {"standardized", "original", "odds_ratio", "rate_ratio"}, default="standardized"
    k : int, default=0
        Position of the class (multinomial only).
    top : int, default=8
        Curves in colour.
    height : int, default=400
    """
    curves, size = of_class(path.coefs(units), k), of_class(path.coefs("standardized"), k)
    seen = len(path.lambdas) - 1 if index is None else index
    leading = largest(until(size, seen), top)
    figure = go.Figure()
    add_curves(figure, path.lambdas, curves, path.feature_names, look, top=leading)
    span = padded(until(curves, seen))
    finish_named(
        figure,
        look,
        x=strength_axis(path.lambdas),
        y=Axis(class_told(AXES[units], path, k), {"range": span}),
        ends=[(path.feature_names[j], _end(curves[j], span)) for j in leading],
        height=height,
    )
    if index is not None:
        add_cursor(figure, path.lambdas[index], look)
    return figure


def _end(curve: np.ndarray, span: tuple[float, float]) -> float:
    """Where a curve ends, or leaves the chart."""
    return float(np.clip(curve[-1], *span))
