"""What charts are made of: lines, markers, bands, and guides across the whole chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from regpath.charts.theme import Look

LineStyle = Mapping[str, object]  # colour, dash and width of a line


def line(
    x: Any, y: Any, name: str, style: LineStyle, hover: str = "", **options: Any
) -> go.Scatter:
    """A curve; `hover` is what pointing at it says, without which it stays silent."""
    told = {"hovertemplate": _hover_template(hover)} if hover else {"hoverinfo": "skip"}
    return go.Scatter(**{"mode": "lines"} | options, x=x, y=y, name=name, line=style, **told)


def markers(
    x: Any, y: Any, name: str, marker: LineStyle, hover: str = "", **options: Any
) -> go.Scatter:
    """Single points; `hover` as for a line."""
    told = {"hovertemplate": _hover_template(hover)} if hover else {"hoverinfo": "skip"}
    return go.Scatter(x=x, y=y, mode="markers", name=name, marker=marker, **told, **options)


def band(x: np.ndarray, low: np.ndarray, high: np.ndarray, name: str, colour: str) -> go.Scatter:
    """What lies between two curves, shaded."""
    return go.Scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([high, low[::-1]]),
        fill="toself",
        fillcolor=colour,
        opacity=0.22,
        line={"width": 0},
        hoverinfo="skip",
        name=name,
    )


def add_cursor(figure: go.Figure, x: float, look: Look, dash: str = "solid") -> None:
    """Mark the chosen place on the x axis."""
    figure.add_vline(x, line={"color": look.cursor, "width": 1.5, "dash": dash})


def add_base_line(figure: go.Figure, value: float, look: Look, *, end: float = 1.0) -> None:
    """Mark what a model without features scores; its name ends at a share of the width."""
    figure.add_hline(
        value,
        line={"color": look.muted, "dash": "dot", "width": 1.5},
        annotation_text="base rate",
        annotation_position="bottom right",  # all curves begin at it at the left
        annotation_x=end,
        annotation_font={"color": look.muted, "size": 12},
    )


def add_limit(figure: go.Figure, value: float, text: str, look: Look, style: LineStyle) -> None:
    """Mark a limit, with a word on what it is; after `finish`, which knows the axis."""
    figure.add_hline(value, line=style)
    if text:
        # On a logarithmic axis an annotation stands at the logarithm, a line at the number.
        at = np.log10(value) if figure.layout.yaxis.type == "log" else value
        end = {"x": 1, "xref": "x domain", "xanchor": "right", "yanchor": "bottom"}
        font = {"color": look.ink}
        figure.add_annotation(text=text, y=at, yref="y", showarrow=False, font=font, **end)


def joined_lines(x: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Many curves over one x as a single line with gaps."""
    gap = np.full((len(rows), 1), np.nan)
    return np.hstack([np.tile(x, (len(rows), 1)), gap]).ravel(), np.hstack([rows, gap]).ravel()


def _hover_template(hover: str) -> str:
    # Without an <extra> of its own Plotly would put the trace's name into a second box.
    return hover if "<extra>" in hover else f"{hover}<extra></extra>"
