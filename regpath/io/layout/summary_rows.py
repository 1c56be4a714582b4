"""Lines of a summary among the rows: means, deviations, smallest and largest, counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.layout.total_words import ALONE, FIGURES, NUMBER_OF_ROWS
from regpath.io.layout.totals import n_decimals, numbers_of
from regpath.io.shapes import is_number
from regpath.io.text.sheet import Sheet

_FEWEST = 2  # numbers in the lines of a summary: one may be so by chance
_MOST = 20_000  # different cells of a column of labels
_LEVELS = 5  # different numbers of a column: of fewer, any row may be the largest
_CLOSE = 1e-6  # relative: what a program wrote with seven digits agrees so far
_Figures = Callable[[NDArray[np.float64]], list[float]]


def _of(*functions: Callable[[NDArray[np.float64]], Any]) -> _Figures:
    return lambda values: [float(function(values)) for function in functions]


def _quantile(share: float) -> _Figures:
    return _of(lambda values: np.quantile(values, share))


_FIGURES: dict[str, _Figures] = {
    "mean": _of(np.mean),
    "sum": _of(np.sum),
    "deviation": _of(lambda v: np.std(v, ddof=1), np.std),
    "median": _quantile(0.5),
    "smallest": _of(min),
    "largest": _of(max),
    "count": _of(len),
    "lower quartile": _quantile(0.25),
    "upper quartile": _quantile(0.75),
    "variance": _of(lambda v: np.var(v, ddof=1), np.var),
    "range": _of(np.ptp),
    "standard error": _of(lambda v: np.std(v, ddof=1) / np.sqrt(len(v))),
    "variation": _of(
        lambda v: np.std(v, ddof=1) / np.mean(v), lambda v: 100.0 * np.std(v, ddof=1) / np.mean(v)
    ),
}
_NUMBER_OF_ROWS = re.compile(NUMBER_OF_ROWS)  # one number tells
_BY_NAME = {
    name: _FIGURES[figure] for figure, names in FIGURES.items() for name in names.split("|")
}


def summary_rows(body: Sheet, labels: list[int]) -> NDArray[np.bool_]:
    """Which rows are the figures of all others that they are called, in all of their numbers.

    Names alone do not tell: Max is a person, N a direction, and Count a title.
    """
    mask = np.zeros(len(body), dtype=bool)
    for j in labels:
        named = _named(body, j)
        if named and 3 * len(named) <= len(body) and _agree(body, named):
            mask[list(named)] = True
            return mask
    return mask


def is_a_name_alone(body: Sheet, mask: NDArray[np.bool_]) -> bool:
    """Tell a single line of a summary that is called as a row of data may be."""
    if np.count_nonzero(mask) != 1:
        return False
    i = int(np.argmax(mask))
    names = map(_name, body.rows(i, i + 1)[0])
    return any(name in ALONE or bool(_NUMBER_OF_ROWS.fullmatch(name)) for name in names)


def _named(body: Sheet, j: int) -> dict[int, _Figures]:
    """The rows that are called figures, where each name stands once."""
    column = body.columns[j]
    known = {
        cell: name
        for cell in column.unique().to_pylist()[:_MOST]
        if (name := _name(cell)) in _BY_NAME or _NUMBER_OF_ROWS.fullmatch(name)
    }
    if not known:
        return {}
    is_known = pc.is_in(column, value_set=pa.array(list(known), column.type)).to_numpy()
    rows = np.flatnonzero(is_known).tolist()
    names = [known[column[i].as_py()] for i in rows]
    if len(set(names)) < len(names):
        return {}
    return {i: _BY_NAME.get(name, _number_of_rows) for i, name in zip(rows, names, strict=True)}


def _number_of_rows(values: NDArray[np.float64]) -> list[float]:
    return [float(len(values))]


def _name(cell: str) -> str:
    return cell.strip(" :").lower()


def _agree(body: Sheet, named: dict[int, _Figures]) -> bool:
    n_checked = _FEWEST * (_number_of_rows in named.values())
    n_others = len(body) - len(named)
    for column in body.columns:
        cells = {i: column[i].as_py() for i in named}
        if not any(map(is_number, cells.values())):
            continue
        values = numbers_of(column)
        others = np.delete(values, list(named))
        others = others[~np.isnan(others)]
        for i, cell in cells.items():
            if not is_number(cell):
                continue
            counts_rows = named[i] is _number_of_rows
            figures = [float(len(others)), float(n_others)] if counts_rows else named[i](others)
            if len(others) < 2 or not _is_one_of(figures, values[i], cell):
                return False
            n_checked += len(np.unique(others)) > _LEVELS
    return n_checked >= _FEWEST


def _is_one_of(figures: list[float], value: float, cell: str) -> bool:
    """Tell whether a number is one of some figures, to the digits that it shows."""
    step = (0.5 + _CLOSE) * 10.0 ** -n_decimals(cell)
    return any(abs(f - value) <= max(step, _CLOSE * abs(f)) for f in figures)
