"""The numbers that pointing at a chart tells, written as everywhere else.

Plotly's own formats write 1e-5 and 5.7e+4 where regpath writes 10⁻⁵ and 57,000, so each number
travels as its text.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go

from regpath.number_format import POINT, NumberFormat, localized, writing
from regpath.wording import number_text

_ASKED = re.compile(
    r"%\{(?P<what>x|y|marker\.color|customdata\[(?P<column>\d+)\])"
    r":(?P<sign>\+?)\.(?P<digits>\d)g\}"
)
_NUMBER = re.compile(r"[+\u2212]?\d[\d,]*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def write_numbers(figure: go.Figure) -> go.Figure:
    """Put the texts of what `%{x:.4g}` and its like ask for beside the data of each trace.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    Figure
        The same.

    Examples
    --------
    >>> trace = go.Scatter(x=[1e-5], y=[57123.0], hovertemplate="%{y:.4g} at %{x:.4g}")
    >>> told = write_numbers(go.Figure(trace)).data[0]
    >>> told.hovertemplate, told.customdata.tolist()
    ('%{customdata[0]} at %{customdata[1]}', [['57,123', '1×10⁻⁵']])
    """
    for trace in figure.data:
        if getattr(trace, "hovertemplate", None) and _ASKED.search(trace.hovertemplate):
            _write(trace)
    return figure


def _write(trace: Any) -> None:
    beside = [] if trace.customdata is None else list(np.asarray(trace.customdata, object).T)
    places: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        if found[0] not in places:
            places[found[0]] = len(beside)
            digits, signed = int(found["digits"]), bool(found["sign"])
            beside.append(_texts(_values(trace, found), digits, signed))
        return f"%{{customdata[{places[found[0]]}]}}"

    trace.hovertemplate = _ASKED.sub(place, trace.hovertemplate)
    trace.customdata = np.column_stack([np.asarray(column, object) for column in beside])


def _values(trace: Any, found: re.Match[str]) -> np.ndarray:
    if found["column"]:
        return np.asarray(trace.customdata, object)[:, int(found["column"])]
    return np.asarray({"x": trace.x, "y": trace.y}.get(found["what"], _colours(trace)), float)


def _colours(trace: Any) -> Any:
    return trace.marker.color if "marker" in trace else None


def _texts(values: np.ndarray, digits: int, signed: bool) -> np.ndarray:
    texts = [number_text(float(value), digits, signed=signed) for value in values]
    return np.array(texts, dtype=object)


def in_signs(figure: go.Figure, numbers: NumberFormat) -> go.Figure:
    """Give a chart that was drawn with points and commas other signs; its own if it has them.

    Parameters
    ----------
    figure : Figure
    numbers : NumberFormat

    Returns
    -------
    Figure
        The same.
    """
    if numbers is POINT or figure.layout.separators == numbers.separators:
        return figure
    figure.update_layout(separators=numbers.separators)
    for trace in figure.data:
        if getattr(trace, "customdata", None) is not None:
            cells = np.asarray(trace.customdata, object)
            trace.customdata = np.vectorize(_rewritten, otypes=[object])(cells, numbers)
        if trace.name:
            with writing(numbers):
                trace.name = localized(trace.name)
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        if axis.type == "log" and axis.ticktext is not None:
            axis.ticktext = [_rewritten(text, numbers) for text in axis.ticktext]
    return figure


def _rewritten(cell: Any, numbers: NumberFormat) -> Any:
    is_number = isinstance(cell, str) and _NUMBER.fullmatch(cell)
    return numbers.written(cell) if is_number else cell
