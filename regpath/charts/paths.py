"""Coefficient paths with direct labels, and below them how many features are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from regpath.charts.labels import spread
from regpath.charts.strength import cursor_line, mark_unproven, strength_axis
from regpath.charts.theme import TEXT_SIZE, Look, dressed, plain, shortened, style_of
from regpath.core.regpath import RegPath

LABELLED = 10
DRAWN = 300  # lines; more cannot be told apart and only slow the browser
SHARE = 0.76  # of the height, for the coefficients
UNIT_NAMES = {
    "standardized": "coefficient per SD",
    "original": "coefficient",
}


@dataclass(frozen=True)
class Curves:
    """Coefficient curves of one class, largest first.

    `values` is (n_features, n_lambdas); `ranked` are feature positions by largest size.
    """

    values: np.ndarray
    names: tuple[str, ...]
    ranked: np.ndarray

    @classmethod
    def of(cls, path: RegPath, units: str, class_index: int) -> Curves:
        """Curves of `path`; `class_index` matters for multinomial paths only."""
        values = path.coefs(units)
        sizes = path.coefs("standardized")
        if values.ndim == 3:
            values, sizes = values[class_index], sizes[class_index]
        ranked = np.argsort(-np.abs(sizes).max(axis=1), kind="stable")
        return cls(values, path.feature_names, ranked[: np.count_nonzero(sizes.any(axis=1))])


def paths_figure(
    path: RegPath,
    *,
    index: int,
    look: Look,
    units: str = "standardized",
    class_index: int = 0,
    height: int = 400,
) -> go.Figure:
    """Draw the path, the number of features kept, and the cursor at `index`.

    Parameters
    ----------
    path : RegPath
    index : int
        Position of the cursor in `path.lambdas`.
    look : Look
    units : {"standardized", "original"}, default="standardized"
    class_index : int, default=0
        Class whose coefficients are drawn (multinomial).
    height : int, default=400
        In pixels.

    Returns
    -------
    Figure
    """
    curves = Curves.of(path, units, class_index)
    margin = {"l": 58, "r": 132, "t": 14, "b": 48}
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[SHARE, 1 - SHARE], vertical_spacing=0.06
    )
    _draw_rest(figure, path, curves, look)
    named = curves.ranked[:LABELLED]
    for rank, j in enumerate(named):
        _draw_named(figure, path, curves, j, style_of(rank, look))
    mark_unproven(figure, path, curves.values[named], look, row=1)
    _draw_count(figure, path, look)
    dressed(figure, look, height=height)
    strength_axis(figure, path, look)
    room = SHARE * (1 - 0.06) * (height - margin["t"] - margin["b"])
    _label_ends(figure, curves, named, look, room)
    figure.update_yaxes(title_text=UNIT_NAMES[units], row=1, col=1)
    figure.update_yaxes(title_text="kept", rangemode="tozero", nticks=3, row=2, col=1)
    cursor_line(figure, path, index, look)
    figure.update_layout(margin=margin)
    return figure


def describe_paths(path: RegPath, class_index: int = 0) -> str:
    """One sentence that says what the chart shows."""
    curves = Curves.of(path, "standardized", class_index)
    first = [path.feature_names[j] for j in curves.ranked[:3]]
    kept = path.n_nonzero
    largest = f" Largest per SD: {', '.join(first)}." if first else ""
    return (
        f"Coefficients of {len(path.feature_names)} features for {len(path.lambdas)} strengths: "
        f"{kept[0]} features are kept at the strong end and {kept[-1]} at the weak end.{largest}"
    )


def _draw_rest(figure: go.Figure, path: RegPath, curves: Curves, look: Look) -> None:
    """All other curves as one grey trace with gaps: one node in the page, however many."""
    rest = curves.ranked[LABELLED:DRAWN]
    if rest.size == 0:
        return
    gap = np.full((rest.size, 1), np.nan)
    x = np.hstack([np.tile(path.lambdas, (rest.size, 1)), gap]).ravel()
    y = np.hstack([curves.values[rest], gap]).ravel()
    line = {"color": look.rest, "width": 1}
    figure.add_trace(go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip"), row=1, col=1)


def _draw_named(
    figure: go.Figure, path: RegPath, curves: Curves, j: int, style: dict[str, str]
) -> None:
    figure.add_trace(
        go.Scatter(
            x=path.lambdas,
            y=curves.values[j],
            mode="lines",
            name=plain(curves.names[j]),
            line={**style, "width": 2},
            hovertemplate="λ = %{x:.4g}: %{y:.4g}",
        ),
        row=1,
        col=1,
    )


def _draw_count(figure: go.Figure, path: RegPath, look: Look) -> None:
    figure.add_trace(
        go.Scatter(
            x=path.lambdas,
            y=path.n_nonzero,
            mode="lines",
            line={"color": look.ink, "width": 2, "shape": "hv"},
            hovertemplate="λ = %{x:.4g}: %{y} features kept<extra></extra>",
        ),
        row=2,
        col=1,
    )
    mark_unproven(figure, path, path.n_nonzero, look, row=2)


def _label_ends(
    figure: go.Figure, curves: Curves, named: np.ndarray, look: Look, room: float
) -> None:
    """Names at the weak end, joined to their lines by a leader in the line's colour."""
    drawn = curves.values[curves.ranked[:DRAWN]]
    low, high = float(drawn.min(initial=0.0)), float(drawn.max(initial=0.0))
    pad = 0.05 * ((high - low) or 1.0)
    low, high = low - pad, high + pad
    figure.update_yaxes(range=[low, high], row=1, col=1)
    ends = curves.values[named, -1]
    line_height = (TEXT_SIZE + 3) / room * (high - low)
    places = spread(ends, line_height, low, high)
    for rank, (j, end, place) in enumerate(zip(named, ends, places, strict=True)):
        figure.add_shape(
            type="line", xref="x domain", yref="y", x0=1.0, x1=1.03, y0=end, y1=place,
            line={"color": style_of(rank, look)["color"], "width": 1.5},
        )  # fmt: skip
        figure.add_annotation(
            xref="x domain", yref="y", x=1.03, y=place, xanchor="left", xshift=2, showarrow=False,
            text=plain(shortened(curves.names[j])), hovertext=plain(curves.names[j]),
            font={"color": look.ink, "size": TEXT_SIZE - 1},
        )  # fmt: skip
