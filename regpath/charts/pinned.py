"""Two paths in one chart: A as a ghost behind B, a penalized path behind its relaxed fits."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import (
    add_curves,
    finish_named,
    largest,
    of_class,
    padded,
    per_sd,
    style_of,
    until,
)
from regpath.charts.finish import Axis
from regpath.charts.names import class_told
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_cursor, joined_lines, line
from regpath.core.regpath import RegPath

LEAST_HEIGHT = 1e-12  # of an axis, where all curves beside are zero
GHOST = {"dash": "dot", "width": 1.6}


def pinned_figure(
    a: RegPath, b: RegPath, at: tuple[float, float], *, look: Look, k: int = 0, height: int = 400
) -> go.Figure:
    """Draw path B in colour, and path A as a ghost behind it in the same colours.

    Parameters
    ----------
    a, b : RegPath
    at : tuple of float
        The chosen lambda of each.
    look : Look
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=400
    """
    first, second, names = per_sd(a, k), per_sd(b, k), b.feature_names
    seen = until(second, b.index_of(at[1]))
    top = largest(seen)
    figure = go.Figure()
    place = {name: j for j, name in enumerate(a.feature_names)}
    for rank, j in enumerate(top):
        if names[j] in place:
            style = style_of(rank, look) | GHOST
            figure.add_trace(line(a.lambdas, first[place[names[j]]], "A", style, opacity=0.75))
    add_curves(figure, b.lambdas, second, names, look, top=top)
    behind = until(first, a.index_of(at[0]))
    span = padded(np.concatenate([behind.ravel(), seen.ravel()]))
    ends = [max(a.lambdas[0], b.lambdas[0]), min(a.lambdas[-1], b.lambdas[-1])]
    finish_named(
        figure,
        look,
        x=strength_axis(np.array(ends)),
        y=Axis(class_told("coefficient per SD", b, k), {"range": span}),
        ends=[(names[j], second[j, -1]) for j in top],
        height=height,
    )
    _mark(figure, at[0], "A", "dot", look)
    _mark(figure, at[1], "B", "solid", look)
    return figure


def _mark(figure: go.Figure, lam: float, letter: str, dash: str, look: Look) -> None:
    add_cursor(figure, lam, look, dash)
    # On a logarithmic axis an annotation stands at the logarithm, a line at the number.
    figure.add_annotation(
        text=f"<b>{letter}</b>",
        x=np.log10(lam),
        xref="x",
        xanchor="left",
        xshift=3,
        y=1,
        yref="y domain",
        yanchor="top",
        showarrow=False,
        font={"color": look.ink},
    )


def relaxed_figure(
    penalized: RegPath,
    coefs: np.ndarray,
    index: int,
    *,
    look: Look,
    k: int = 0,
    height: int = 400,
) -> go.Figure:
    """Draw relaxed coefficients along the path, and the penalized ones as ghosts.

    Parameters
    ----------
    penalized : RegPath
    coefs : ndarray
        From `RelaxedPath.coefs`; NaN where there is no finite fit.
    index : int
        Position of the chosen strength.
    look : Look
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=400
    """
    lambdas, ghosts = penalized.lambdas, per_sd(penalized, k)
    top = largest(until(ghosts, index))
    curves = (of_class(coefs, k) * penalized.x_scale[:, None])[top]
    ghosts, names = ghosts[top], [penalized.feature_names[j] for j in top]
    style = {"color": look.rest, "dash": "dot", "width": 1.5}
    figure = go.Figure(line(*joined_lines(lambdas, ghosts), "penalized", style, opacity=0.7))
    add_curves(figure, lambdas, curves, names, look, top=np.arange(len(top)))
    seen = until(ghosts, index)
    span = padded(np.concatenate([seen.ravel(), _tame(until(curves, index), seen)]))
    finish_named(
        figure,
        look,
        x=strength_axis(lambdas),
        y=Axis(class_told("coefficient per SD", penalized, k), {"range": span}),
        ends=zip(names, map(_last, curves), strict=True),
        height=height,
    )
    add_cursor(figure, lambdas[index], look)
    return figure


def _last(curve: np.ndarray) -> float:
    """Last finite value, 0 where there is none."""
    finite = curve[np.isfinite(curve)]
    return float(finite[-1]) if finite.size else 0.0


def _tame(values: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """Values without those that would hide all others: near separation fits have no bounds."""
    finite = values[np.isfinite(values)]
    limit = 5.0 * max(float(np.abs(beside).max(initial=0.0)), LEAST_HEIGHT)
    return np.clip(finite, -limit, limit)
