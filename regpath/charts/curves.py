"""Many curves in one chart: the largest in colour with their names at the end, the rest grey."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from regpath.charts.theme import DASHES, TEXT_SIZE, Look
from regpath.core.regpath import RegPath

TOP = 8  # curves in colour; nobody tells more apart
NAME = 22  # characters of a name beside a curve
LINE = 16  # pixels that a name needs
TOP_MARGIN, BOTTOM_MARGIN, LABEL_MARGIN = 14, 48, 140
_JOINER = "\u2060"  # a word joiner: no width


def as_text(name: object, most: int = NAME) -> str:
    """A name that Plotly shows as it is: no markup, no template, no formula."""
    words = " ".join(str(name).split())
    short = words if len(words) <= most else f"{words[: most - 1]}…"
    return html.escape(short.replace("%{", f"%{_JOINER}{{").replace("$", f"${_JOINER}"))


def largest(values: np.ndarray, n: int = TOP) -> np.ndarray:
    """Positions of the curves that go furthest from zero, shape (n_curves, n_points)."""
    sizes = np.nan_to_num(np.abs(values)).max(axis=1)
    return np.argsort(-sizes, kind="stable")[: min(n, int(np.count_nonzero(sizes)))]


def style_of(rank: int, look: Look) -> dict[str, object]:
    """Colour and dash of a curve by its rank."""
    lines = look.lines
    return {
        "color": lines[rank % len(lines)],
        "dash": DASHES[rank // 4 % len(DASHES)],
        "width": 2.2,
    }


def joined(x: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Many curves over one x as a single line with gaps."""
    gap = np.full((len(rows), 1), np.nan)
    return np.hstack([np.tile(x, (len(rows), 1)), gap]).ravel(), np.hstack([rows, gap]).ravel()


def add_curves(
    figure: go.Figure,
    x: np.ndarray,
    values: np.ndarray,
    names: Sequence[str],
    look: Look,
    *,
    top: np.ndarray,
    hover: str = "%{y:.4g} at λ = %{x:.4g}",
) -> None:
    """Draw curves (n_curves, n_points): those of `top` in colour, in their order, the rest grey."""
    rest = np.setdiff1d(np.flatnonzero(np.nan_to_num(values).any(axis=1)), top)
    if rest.size:
        far, near = joined(x, values[rest])
        figure.add_trace(
            go.Scatter(
                x=far,
                y=near,
                mode="lines",
                name="others",
                hoverinfo="skip",
                line={"color": look.rest, "width": 1},
                opacity=0.6,
            )
        )
    for rank, j in enumerate(top):
        figure.add_trace(
            go.Scatter(
                x=x,
                y=values[j],
                mode="lines",
                name=as_text(names[j], 60),
                line=style_of(rank, look),
                hovertemplate=f"%{{fullData.name}}<br>{hover}<extra></extra>",
            )
        )


def label_ends(
    figure: go.Figure,
    ends: np.ndarray,
    names: Sequence[str],
    look: Look,
    *,
    span: tuple[float, float],
    height: int,
) -> None:
    """Write the name of each coloured curve beside its end, so that names do not overlap.

    `ends` are their last values, in the order of the colours; `span` is the range of the axis.
    """
    unit = (span[1] - span[0]) / max(height - TOP_MARGIN - BOTTOM_MARGIN, 1)
    for rank, (name, y) in enumerate(zip(names, apart(ends, LINE * unit, span), strict=True)):
        colour = style_of(rank, look)["color"]
        figure.add_annotation(
            text=f'<span style="color:{colour}">━</span> {as_text(name)}',
            x=1, xref="x domain", xanchor="left", y=y, yref="y", yanchor="middle",
            showarrow=False, align="left", font={"size": TEXT_SIZE - 1, "color": look.ink},
        )  # fmt: skip
    figure.update_layout(margin={"l": 58, "r": LABEL_MARGIN, "t": TOP_MARGIN, "b": BOTTOM_MARGIN})


def apart(wanted: np.ndarray, gap: float, span: tuple[float, float]) -> np.ndarray:
    """Positions near the wanted ones that are `gap` apart, and within `span` if they fit."""
    placed = np.empty(len(wanted))
    order = np.argsort(-np.asarray(wanted), kind="stable")
    at = np.inf
    for j in order:  # from the top down
        at = min(wanted[j], at - gap, span[1])
        placed[j] = at
    low = span[0]
    for j in order[::-1]:  # and back up, where they ran out of room
        placed[j] = max(placed[j], low)
        low = placed[j] + gap
    return placed


def until(values: np.ndarray, index: int) -> np.ndarray:
    """The part of curves (n_curves, n_points) that a chart should be scaled to.

    Half of the path, or a quarter beyond the chosen point: where classes are separated, the weak
    end would hide everything else.
    """
    n_points = values.shape[-1]
    return values[..., : min(n_points, max(n_points // 2, index + n_points // 4) + 1)]


def padded(values: np.ndarray, share: float = 0.06) -> tuple[float, float]:
    """A range around the finite values, with some room."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return (-1.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    room = share * (high - low) or share * (abs(high) or 1.0)
    return low - room, high + room


def per_sd(path: RegPath, k: int = 0) -> np.ndarray:
    """Coefficients per standard deviation, (n_features, n_lambdas); of class `k` if several."""
    coefs = path.coefs("standardized")
    return coefs[k] if coefs.ndim == 3 else coefs
