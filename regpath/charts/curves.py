"""Many curves in one chart: the largest in colour with their names at the end, the rest grey."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.names import as_text, is_short_for, width_of
from regpath.charts.theme import DASHES, TEXT_SIZE, Look
from regpath.charts.traces import joined_lines, line
from regpath.core.regpath import RegPath

TOP = 8  # curves in colour; nobody tells more apart
LINE = 16  # pixels that a name needs
NARROW = 12  # pixels that stay free right of curves without names
ROW = 20  # pixels of a row of names below a chart
COLUMN = 155  # the most that `width_of` says of names two of which stand beside each other there
MARGIN = {"l": 58, "r": 156, "t": 14, "b": 48}  # names stand at the right
HOVER = "%{y:.4g} at λ = %{x:.4g}"


def largest(values: np.ndarray, n: int = TOP) -> np.ndarray:
    """Positions of the curves that go furthest from zero, shape (n_curves, n_points)."""
    sizes = np.nan_to_num(np.abs(values)).max(axis=1)
    return np.argsort(-sizes, kind="stable")[: min(n, int(np.count_nonzero(sizes)))]


def style_of(rank: int, look: Look) -> dict[str, object]:
    """Colour and dash of a curve by its rank."""
    colour = look.lines[rank % len(look.lines)]
    return {"color": colour, "dash": DASHES[rank // 4 % len(DASHES)], "width": 2.2}


def add_curves(
    figure: go.Figure,
    x: np.ndarray,
    curves: np.ndarray,
    names: Sequence[str],
    look: Look,
    *,
    top: np.ndarray,
    hover: str = HOVER,
) -> None:
    """Draw curves (n_curves, n_points): those of `top` in colour, in their order, the rest grey."""
    rest = np.setdiff1d(np.flatnonzero(np.nan_to_num(curves).any(axis=1)), top)
    if rest.size:
        style = {"color": look.rest, "width": 1}
        figure.add_trace(line(*joined_lines(x, curves[rest]), "others", style, opacity=0.6))
    for rank, j in enumerate(top):
        told = f"%{{fullData.name}}<br>{hover}"
        figure.add_trace(line(x, curves[j], as_text(names[j], 60), style_of(rank, look), told))


def finish_named(
    figure: go.Figure,
    look: Look,
    *,
    x: Axis,
    y: Axis,
    ends: Iterable[tuple[str, float]],
    height: int,
) -> go.Figure:
    """Finish a chart of curves and write the name of each coloured one beside its end.

    `ends` are names and last values, in the order of the colours; the range of `y` must be given.
    """
    finish(figure, look, x=x, y=y, height=height, margin=MARGIN)
    ends = list(ends)
    low, high = y.options["range"]
    pixel = (high - low) / max(height - MARGIN["t"] - MARGIN["b"], 1)
    heights = apart(np.array([value for _, value in ends]), LINE * pixel, (low, high))
    for rank, ((name, _), at) in enumerate(zip(ends, heights, strict=True)):
        figure.add_annotation(_end_label(name, style_of(rank, look)["color"], look), y=at)
    return figure


def spread_names(figure: go.Figure) -> go.Figure:
    """Keep the names of a finished chart apart after its height or its letters were changed."""
    names = [each for each in figure.layout.annotations if _is_end_label(each)]
    ends = figure.layout.yaxis.range
    if not names or ends is None:
        return figure
    margin = figure.layout.margin
    inner = figure.layout.height - (margin.t or MARGIN["t"]) - (margin.b or MARGIN["b"])
    gap = LINE / (TEXT_SIZE - 1) * names[0].font.size * (ends[1] - ends[0]) / max(inner, 1)
    heights = apart(np.array([each.y for each in names]), gap, tuple(ends))
    for each, at in zip(names, heights, strict=True):
        each.y = at
    return figure


def make_room_for_names(figure: go.Figure) -> go.Figure:
    """Widen the margin of a finished chart until its names fit, whatever letters a system has."""
    names = [each for each in figure.layout.annotations if _is_end_label(each)]
    widest = max((width_of(each.text, each.font.size) for each in names), default=0.0)
    if widest > (figure.layout.margin.r or MARGIN["r"]):
        figure.update_layout(margin_r=math.ceil(widest))
    return figure


def names_below(figure: go.Figure) -> go.Figure:
    """Put the names of a finished chart below it: on a phone they take half of it beside it.

    What is not named at its end stays as it is.
    """
    names = [each for each in figure.layout.annotations if _is_end_label(each)]
    if not names:
        return figure
    free = list(figure.data)
    for label in names:
        trace = _line_of(label, free)
        if trace is None:
            return figure
        free = [each for each in free if each is not trace]  # cut short, two names may be alike
    for trace in figure.data:
        trace.showlegend = not any(trace is each for each in free)
    figure.layout.annotations = [each for each in figure.layout.annotations if each not in names]
    widest = max(width_of(each.text, each.font.size) for each in names)
    columns = 2 if widest <= COLUMN else 1
    rows = math.ceil(len(names) / columns)
    legend = {"orientation": "h", "x": 0, "xref": "container", "y": 0, "yref": "container"}
    legend |= {"yanchor": "bottom", "entrywidthmode": "fraction", "entrywidth": 1 / columns}
    figure.update_layout(legend=legend, showlegend=True, height=figure.layout.height + ROW * rows)
    below = (figure.layout.margin.b or MARGIN["b"]) + ROW * rows
    figure.update_layout(margin_b=below, margin_r=NARROW)
    return figure


def _line_of(label: Any, traces: Sequence[Any]) -> Any:
    """The first of some curves that a name may stand beside."""
    name = label.text.partition("</span> ")[2]
    for trace in traces:
        if is_short_for(name, str(trace.name)):
            return trace
    return None


def _is_end_label(each: Any) -> bool:
    return bool(each.xref == "x domain" and each.yref == "y" and each.xanchor == "left")


def _end_label(name: str, colour: object, look: Look) -> dict[str, object]:
    return {
        "text": f'<span style="color:{colour}">━</span> {as_text(name)}',
        "x": 1,
        "xref": "x domain",
        "xanchor": "left",
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "font": {"size": TEXT_SIZE - 1, "color": look.ink},
    }


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


def of_class(coefs: np.ndarray, k: int) -> np.ndarray:
    """Coefficients (n_features, n_lambdas), of class `k` where there are several."""
    return coefs[k] if coefs.ndim == 3 else coefs


def per_sd(path: RegPath, k: int = 0) -> np.ndarray:
    """Coefficients per standard deviation, (n_features, n_lambdas); of class `k` if several."""
    return of_class(path.coefs("standardized"), k)
