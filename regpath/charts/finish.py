"""The last step of every chart: the look, what the axes show, its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from regpath.charts.theme import Look, template
from regpath.charts.written import write_numbers
from regpath.number_format import POINT, current_format


@dataclass(frozen=True)
class Axis:
    """What one axis shows.

    Attributes
    ----------
    title : str, default=""
    options : mapping, default={}
        Plotly's options of an axis, such as `range` and `nticks`.
    ends : tuple of str, default=()
        Words below the left and the right end.
    """

    title: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    ends: tuple[str, str] | tuple[()] = ()


LECTURE = 18  # pixels of the smallest type that the last row of a lecture reads
TALLER, WIDER = 1.3, 1.5  # what names at the ends of lines need of the height and of the margins


def enlarge(figure: go.Figure) -> go.Figure:
    """Give a finished figure the type of a lecture: nothing in it is smaller than `LECTURE`.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    Figure
        The same.

    Examples
    --------
    >>> from regpath.charts.theme import LIGHT
    >>> figure = finish(go.Figure(), LIGHT, x=Axis(), y=Axis("precision"), height=300)
    >>> enlarge(figure).layout.yaxis.tickfont.size
    18
    """
    if figure.layout.height:
        figure.update_layout(height=round(TALLER * figure.layout.height))
    if figure.layout.margin.r:
        figure.update_layout(margin_r=round(WIDER * figure.layout.margin.r))
    left = figure.layout.margin.l
    if left is None:
        left = figure.layout.template.layout.margin.l
    if left:  # of numbers, and of the title beside them
        figure.update_layout(margin_l=round(WIDER * left))
    figure.update_layout(font_size=LECTURE, legend_font_size=LECTURE, hoverlabel_font_size=LECTURE)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont_size=LECTURE, title_font_size=LECTURE)
    figure.update_annotations(font_size=LECTURE)
    figure.update_traces(textfont_size=LECTURE, selector=_has_texts)
    figure.update_coloraxes(colorbar_tickfont_size=LECTURE, colorbar_title_font_size=LECTURE)
    return figure


def _has_texts(trace: Any) -> bool:
    return "textfont" in trace and trace.text is not None


def finish(
    figure: go.Figure, look: Look, *, x: Axis, y: Axis, height: int, **layout: Any
) -> go.Figure:
    """Give a figure its look, its axes and its height; further layout options go on top.

    Parameters
    ----------
    figure : Figure
    look : Look
    x, y : Axis
    height : int
        In pixels.
    **layout
        Where this chart departs from the look, such as `showlegend=True`.

    Returns
    -------
    Figure
        The same.

    Examples
    --------
    >>> from regpath.charts.theme import LIGHT
    >>> figure = finish(go.Figure(), LIGHT, x=Axis("recall"), y=Axis("precision"), height=300)
    >>> figure.layout.xaxis.title.text
    'recall'
    """
    figure.update_layout(template=template(look), height=height, **layout)
    if current_format() is not POINT:
        figure.update_layout(separators=current_format().separators)
    write_numbers(figure)
    # An empty title would still be given room.
    figure.update_xaxes(title_text=x.title or None, **x.options)
    figure.update_yaxes(title_text=y.title or None, **y.options)
    for at, (side, text) in enumerate(zip(("left", "right"), x.ends, strict=False)):
        figure.add_annotation(
            text=text,
            x=at,
            xref="x domain",
            xanchor=side,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-24,
            showarrow=False,
            font={"color": look.muted},
        )
    return figure
