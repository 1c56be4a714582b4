"""Two paths in one chart: A as a ghost behind B, a penalized path behind its relaxed fits."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import (
    add_curves,
    joined,
    label_ends,
    largest,
    padded,
    per_sd,
    style_of,
    until,
)
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.core.regpath import RegPath


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
    figure = go.Figure()
    first, second = per_sd(a, k), per_sd(b, k)
    places = [path.index_of(lam) for path, lam in zip((a, b), at, strict=True)]
    seen = until(second, places[1])
    top = largest(seen)
    place = {name: j for j, name in enumerate(a.feature_names)}
    for rank, j in enumerate(top):
        if b.feature_names[j] in place:
            style = style_of(rank, look) | {"dash": "dot", "width": 1.6}
            figure.add_trace(
                go.Scatter(
                    x=a.lambdas,
                    y=first[place[b.feature_names[j]]],
                    mode="lines",
                    name="A",
                    line=style,
                    opacity=0.75,
                    hoverinfo="skip",
                )
            )
    names = b.feature_names
    add_curves(figure, b.lambdas, second, names, look, top=top)
    dressed(figure, look, height=height)
    ends = [max(a.lambdas[0], b.lambdas[0]), min(a.lambdas[-1], b.lambdas[-1])]
    strength_axis(figure, np.array(ends), look)
    span = padded(np.concatenate([until(first, places[0]).ravel(), seen.ravel()]))
    figure.update_yaxes(title_text="coefficient per SD", range=span)
    for lam, name, dash in zip(at, ("A", "B"), ("dot", "solid"), strict=True):
        figure.add_vline(lam, line={"color": look.cursor, "width": 1.5, "dash": dash})
        # On a logarithmic axis an annotation stands at the logarithm, a line at the number.
        figure.add_annotation(
            text=f"<b>{name}</b>", x=np.log10(lam), xref="x", xanchor="left", xshift=3,
            y=1, yref="y domain", yanchor="top", showarrow=False, font={"color": look.ink},
        )  # fmt: skip
    label_ends(figure, second[top, -1], [names[j] for j in top], look, span=span, height=height)
    return figure


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
    ghosts = per_sd(penalized, k)
    curves = (coefs[k] if coefs.ndim == 3 else coefs) * penalized.x_scale[:, None]
    top = largest(until(ghosts, index))
    figure = go.Figure()
    x, y = joined(penalized.lambdas, ghosts[top])
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            name="penalized",
            opacity=0.7,
            hoverinfo="skip",
            line={"color": look.rest, "dash": "dot", "width": 1.5},
        )
    )
    names = penalized.feature_names
    add_curves(figure, penalized.lambdas, curves[top], [names[j] for j in top], look,
               top=np.arange(len(top)))  # fmt: skip
    dressed(figure, look, height=height)
    strength_axis(figure, penalized.lambdas, look)
    seen = until(ghosts[top], index)
    span = padded(np.concatenate([seen.ravel(), _tame(until(curves[top], index), seen)]))
    figure.update_yaxes(title_text="coefficient per SD", range=span)
    figure.add_vline(penalized.lambdas[index], line={"color": look.cursor, "width": 1.5})
    label_ends(figure, _last(curves[top]), [names[j] for j in top], look, span=span, height=height)
    return figure


def _last(curves: np.ndarray) -> np.ndarray:
    """Last finite value of each curve, 0 where there is none."""
    found = np.zeros(len(curves))
    for j, curve in enumerate(curves):
        finite = curve[np.isfinite(curve)]
        found[j] = finite[-1] if finite.size else 0.0
    return found


def _tame(values: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """Values without those that would hide all others: near separation fits have no bounds."""
    finite = values[np.isfinite(values)]
    limit = 5.0 * max(float(np.abs(beside).max(initial=0.0)), 1e-12)
    return np.clip(finite, -limit, limit)
