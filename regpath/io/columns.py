"""A column of text to a typed column: numbers, booleans, or text with the reason for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regpath.io.numbers import (
    COMMA,
    PLAIN,
    Style,
    all_integers,
    first_leading_zero,
    first_lost_digit,
    first_not_a_number,
    fitting_styles,
    may_be_thousands,
    parse_plain,
)
from regpath.io.wording import counted, shown

TEXT = pd.StringDtype(na_value=np.nan)
MISSING = frozenset(
    ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "missing", "-", "?", ".")
)

_BOOLEANS = ({"true", "false"}, {"yes", "no"}, {"t", "f"}, {"y", "n"})
_TRUE = {"true", "yes", "t", "y"}
_MOSTLY_FROM = 10
_ONE_IN = 10


@dataclass(frozen=True)
class Cells:
    """What stands in a column, stripped of surrounding blanks.

    Parameters
    ----------
    name : str
        The name of the column.
    texts : sequence of str
        The cells that are not missing.
    where : ndarray of int
        `where[i]` is the position of `texts[i]` in the column.
    rows : ndarray of int
        The spreadsheet's row number of every position.
    missing : Counter
        How often each spelling of a missing value occurs.
    """

    name: str
    texts: Sequence[str]
    where: NDArray[np.intp]
    rows: NDArray[np.int64]
    missing: Counter[str]

    @classmethod
    def of(cls, name: str, column: Sequence[str], rows: NDArray[np.int64]) -> Cells:
        """Strip a column and set its missing values apart."""
        cells = list(map(str.strip, column))
        if MISSING.isdisjoint(cells):
            return cls(name, cells, np.arange(len(cells)), rows, Counter())
        where = [i for i, cell in enumerate(cells) if cell not in MISSING]
        missing = Counter(cell for cell in cells if cell in MISSING)
        return cls(name, [cells[i] for i in where], np.array(where, dtype=np.intp), rows, missing)

    def place(self, i: int) -> str:
        """Name a cell for a note: what it holds and in which row."""
        return f"{shown(self.texts[i])}, row {self.rows[self.where[i]]}"


@dataclass(frozen=True)
class Column:
    """A typed column, the cells it comes from, and what there is to say about it.

    Parameters
    ----------
    cells : Cells
        The cells as they are written.
    values : ndarray or ExtensionArray
        The typed values, one for each row.
    style : Style or None, default=None
        How its numbers are written; None if it does not hold numbers.
    note : str, default=""
        Why numbers became text, or that some are infinite.
    words : (str, str) or None, default=None
        The words for false and true of a boolean column, in lower case.
    """

    cells: Cells
    values: NDArray[np.generic] | pd.api.extensions.ExtensionArray
    style: Style | None = None
    note: str = ""
    words: tuple[str, str] | None = None


def type_column(cells: Cells) -> Column:
    """Give a column the type that fits every value in it."""
    if not cells.texts:
        return Column(cells, np.full(len(cells.rows), np.nan))
    return _as_numbers(cells) or _as_booleans(cells) or _as_text(cells, _why_not_numbers(cells))


def settle_points(columns: Sequence[Column]) -> list[Column]:
    """Make text of columns such as 1.234 if another column shows that the file uses commas."""
    if not any(column.style == COMMA for column in columns):
        return list(columns)
    return [
        _as_text(column.cells, _ambiguous(column.cells, "."))
        if column.style == PLAIN and may_be_thousands(column.cells.texts)
        else column
        for column in columns
    ]


def _as_numbers(cells: Cells) -> Column | None:
    texts, style = cells.texts, PLAIN
    values = parse_plain(texts)
    if values is None:
        styles = fitting_styles(texts)
        if len(styles) == 2:
            return _as_text(cells, _ambiguous(cells, ","))
        if not styles:
            return None
        style = styles[0]
        texts = list(map(style.plain, texts))
        values = np.array(list(map(float, texts)))
    reason = _lossy(cells, texts, values)
    if reason:
        return _as_text(cells, reason)
    return Column(cells, _filled(cells, texts, values), style, _infinities(cells, values))


def _filled(cells: Cells, texts: Sequence[str], values: NDArray[np.float64]) -> NDArray[np.generic]:
    if len(values) < len(cells.rows):
        full = np.full(len(cells.rows), np.nan)
        full[cells.where] = values
        return full
    return values.astype(np.int64) if all_integers(texts) and _fits_int64(values) else values


def _fits_int64(values: NDArray[np.float64]) -> bool:
    return bool(np.abs(values).max() < 2.0**63)


def _lossy(cells: Cells, texts: Sequence[str], values: NDArray[np.float64]) -> str:
    zero = first_leading_zero(texts)
    if zero is not None:
        return (
            f"Column {cells.name!r} holds integers with leading zeros "
            f"(first: {cells.place(zero)}), so it is read as text."
        )
    digit = first_lost_digit(texts, values)
    if digit is not None:
        return (
            f"Column {cells.name!r} holds integers with more digits than a number can keep "
            f"(first: {cells.place(digit)}), so it is read as text."
        )
    return ""


def _infinities(cells: Cells, values: NDArray[np.float64]) -> str:
    infinite = np.flatnonzero(np.isinf(values))
    if not len(infinite):
        return ""
    what = counted(len(infinite), "infinite value")
    return f"Column {cells.name!r} holds {what} (first: {cells.place(int(infinite[0]))})."


def _ambiguous(cells: Cells, mark: str) -> str:
    first = next(i for i, cell in enumerate(cells.texts) if mark in cell)
    cell = cells.texts[first]
    thousands, decimals = cell.replace(mark, ""), cell.replace(mark, ".")
    return (
        f"Column {cells.name!r} holds numbers that may mean {thousands} or {decimals} "
        f"(first: {cells.place(first)}), so it is read as text."
    )


def _as_booleans(cells: Cells) -> Column | None:
    words = {text.lower() for text in set(cells.texts)}
    if words not in _BOOLEANS:
        return None
    values = np.zeros(len(cells.rows), dtype=bool)
    absent = np.ones(len(cells.rows), dtype=bool)
    values[cells.where] = [text.lower() in _TRUE for text in cells.texts]
    absent[cells.where] = False
    false, true = sorted(words)  # in every pair, the word for true comes later in the alphabet
    return Column(cells, pd.arrays.BooleanArray(values, absent), words=(false, true))


def _as_text(cells: Cells, note: str) -> Column:
    values = np.full(len(cells.rows), np.nan, dtype=object)
    values[cells.where] = cells.texts
    return Column(cells, pd.array(values, dtype=TEXT), note=note)


def _why_not_numbers(cells: Cells) -> str:
    """Say which values keep a column that is nearly numeric from being numeric."""
    wrong, first = first_not_a_number(cells.texts)
    if len(cells.texts) < _MOSTLY_FROM or wrong * _ONE_IN > len(cells.texts):
        return ""
    what = counted(wrong, "value that is not a number", "values that are not numbers")
    return (
        f"Column {cells.name!r} holds {what} (first: {cells.place(first)}), so it is read as text."
    )
