"""Penalties side by side, at equal fit or equal size of their coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.curves import (
    MARGIN,
    add_curves,
    finish_named,
    largest,
    padded,
    per_sd,
    style_of,
)
from regpath.charts.finish import Axis, finish
from regpath.charts.names import class_told, measure_name
from regpath.charts.theme import DASHES, Look
from regpath.charts.traces import add_cursor, line
from regpath.core.comparison.comparison import Comparison

SCALES = {"deviance": "deviance explained", "shrinkage": "size of the coefficients"}
MOST = 0.9  # of the largest level that two penalties reach: beyond it curves end one by one


@dataclass(frozen=True)
class Level:
    """A level of the scale that all penalties share.

    Parameters
    ----------
    by : {"deviance", "shrinkage"}
    value : float
        On that scale.
    """

    by: str
    value: float


def aligned_figure(
    comparison: Comparison,
    number: int,
    at: Level,
    *,
    look: Look,
    named: bool,
    k: int = 0,
    height: int = 330,
) -> go.Figure:
    """Draw one path of a comparison over the scale that all of them share.

    Parameters
    ----------
    comparison : Comparison
    number : int
        Position of the path.
    at : Level
        The scale, and the level of it to mark.
    look : Look
    named : bool
        Whether names stand beside the curves: of panels side by side, the last one's do.
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=330
    """
    curves, names = per_sd(comparison.paths[number], k), comparison.paths[0].feature_names
    seen, by = _seen(comparison, at, k), at.by
    top, span, scale = largest(seen), padded(seen), comparison.scale_of(number, by)
    figure = go.Figure()
    add_curves(figure, scale, curves, names, look, top=top, hover="%{y:.4g} at %{x:.3f}")
    end = max(comparison.scale_of(i, by).max() for i in range(len(comparison.paths)))
    x = Axis(SCALES[by], {"range": [0.0, 1.01 * end], "nticks": 5})
    title = class_told("coefficient per SD", comparison.paths[number], k)
    y = Axis(title, {"range": span, "nticks": 6})
    if named:
        ends = [(names[j], curves[j, -1]) for j in top]
        finish_named(figure, look, x=x, y=y, ends=ends, height=height)
    else:
        finish(figure, look, x=x, y=y, height=height, margin=MARGIN | {"r": 8})
    add_cursor(figure, at.value, look)
    return figure


def _seen(comparison: Comparison, at: Level, k: int) -> np.ndarray:
    """What every panel is scaled to: the same features in the same colours, on the same scale."""
    end = max(MOST * comparison.levels(2, at.by)[-1], at.value)
    return np.hstack(
        [
            per_sd(path, k)[:, comparison.scale_of(i, at.by) <= end]
            for i, path in enumerate(comparison.paths)
        ]
    )


def aligned_scores_figure(
    frame: pd.DataFrame, score: str, by: str, *, look: Look, height: int = 300
) -> go.Figure:
    """Draw one column of `Comparison.to_frame` over the common scale, one line per penalty.

    Parameters
    ----------
    frame : DataFrame
    score : str
        A column of it.
    by : {"deviance", "shrinkage"}
    look : Look
    height : int, default=300
    """
    # Each level has the strongest point that reaches it; between two counts there is none.
    shape = {"shape": "vh"} if score == "n_nonzero" else {}
    figure, told = go.Figure(), "%{y:.4g} at %{x:.3f}<extra>%{fullData.name}</extra>"
    for rank, (name, rows) in enumerate(frame.groupby("penalty", sort=False)):
        style = style_of(rank, look) | {"dash": DASHES[rank % len(DASHES)]} | shape
        figure.add_trace(line(rows["level"], rows[score], str(name), style, told))
    title = "features kept" if score == "n_nonzero" else measure_name(score)
    x, y = Axis(SCALES[by], {"nticks": 6}), Axis(title, {"nticks": 6})
    return finish(figure, look, x=x, y=y, height=height, showlegend=True)
