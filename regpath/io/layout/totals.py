"""Rows of totals and means: by what they are called, and by what they add up to."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.layout.total_words import BESIDE, MEANS, NAMES_TOO, OTHERS, SUMS
from regpath.io.shapes import is_absent, is_number
from regpath.io.text.sheet import Sheet

TOTALS = re.compile(f"{SUMS}|{MEANS}|{OTHERS}", re.IGNORECASE)
BESIDE_TOTALS = re.compile(BESIDE, re.IGNORECASE)
_THOUSANDS = re.compile(r"[-+(]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\)?")
_NO_DIGITS = re.compile(r"[^0-9.,eE+\-]")
_BY_CHANCE = 0.01  # rows of a table of chance that are means of all others; fewer are none
_TOGETHER = 0.5  # correlation; that of two columns by chance is above it in 1 of 30 with 20 rows
_FEWEST = 6  # numbers of a column of which one may be the mean of the others for a reason
_LARGEST = 1e150  # of the numbers of a column; squares of larger ones leave the range of floats
_CLOSE = 1e-6  # relative: totals are printed with the digits of what they sum


def row_label(row: Sequence[str]) -> str:
    """Return the first cell that holds something, without a colon behind it.

    >>> row_label(["", " Total: ", "12"])
    'Total'
    """
    cell = next((cell for cell in row if cell.strip()), "")
    return cell.strip().rstrip(":").strip()


def is_called_total(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell a row that is called a total or a mean, as no other is, and holds numbers."""
    label = row_label(row)
    j = next((j for j, cell in enumerate(row) if cell.strip()), 0)
    if not TOTALS.fullmatch(label) or not any(map(is_number, row[j + 1 :])):
        return False
    return all(row_label(other) != label for other in above)


def is_a_name_too(label: str) -> bool:
    """Tell a label that may be the name of a row like the others, such as "media"."""
    return label.lower() in NAMES_TOO


def numbers_of(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Read the cells of a column as numbers as well as that goes; NaN for all others.

    >>> numbers_of(pa.chunked_array([["1,234", "$2.5", "x"]])).tolist()
    [1234.0, 2.5, nan]
    """
    cells = column.to_pylist()
    with_comma = [cell for cell in cells if "," in cell]
    thousands = all(_THOUSANDS.fullmatch(cell.strip(" $€£%")) for cell in with_comma)
    values = np.array([_number(cell, thousands=thousands) for cell in cells], dtype=np.float64)
    values[np.abs(values) > _LARGEST] = np.nan
    return values


def _number(cell: str, *, thousands: bool) -> float:
    if is_absent(cell) or not is_number(cell):
        return float("nan")
    plain = _NO_DIGITS.sub("", cell)
    plain = (
        plain.replace(",", "")
        if thousands
        else plain.replace(".", "").replace(",", ".")
        if ("," in plain)
        else plain
    )
    try:
        return float(plain)
    except ValueError:
        return float("nan")


def agrees(values: NDArray[np.float64], i: int, *, means: bool) -> bool:
    """Tell whether one value is the sum of the others, or their mean."""
    others = np.delete(values, i)
    others = others[~np.isnan(others)]
    if len(others) < 2 or np.isnan(values[i]):
        return False
    with np.errstate(over="ignore", invalid="ignore"):
        sums = [others.sum(), *([others.mean()] if means else [])]
    return bool(np.isclose(sums, values[i], rtol=_CLOSE).any())


def is_printed_mean(values: NDArray[np.float64], i: int, cell: str) -> bool:
    """Tell whether one cell is the mean of the other values, to the digits that it shows.

    >>> is_printed_mean(np.array([1.0, 2.0, 2.0, 1.67]), 3, "1.67")
    True
    """
    others = np.delete(values, i)
    others = others[~np.isnan(others)]
    if len(others) < 2 or np.isnan(values[i]):
        return False
    return bool(abs(others.mean() - values[i]) <= (0.5 + _CLOSE) * 10.0 ** -n_decimals(cell))


def n_decimals(cell: str) -> int:
    """Count the digits behind the decimal mark of a cell."""
    return len(re.split("[.,]", cell.strip())[-1]) if re.search("[.,]", cell) else 0


def sums_of_all_others(body: Sheet, columns: Sequence[int]) -> NDArray[np.int64]:
    """Return the rows that are the sums of all others, and blank where they are not.

    They are so in two columns and more, or in the only one.
    """
    agree = np.zeros(len(body), dtype=int)
    differ = np.zeros(len(body), dtype=bool)
    for j in columns:
        values = numbers_of(body.columns[j])
        with np.errstate(over="ignore", invalid="ignore"):
            same = np.isclose(values, np.nansum(values) / 2, rtol=_CLOSE) & (values != 0)
        agree += same
        differ |= ~same & ~np.isnan(values)
    return np.flatnonzero((agree >= min(2, len(columns))) & ~differ)


def means_of_all_others(body: Sheet, columns: Sequence[int]) -> list[int]:
    """Return the rows that are the means of all others, as printed, too well for chance.

    The chance that a row is so: the share of a normal distribution that lies in a step around its
    mean. A step is the last digit of the row, if it shows more of them than others; else it is at
    least the smallest gap between the numbers of the column. Of columns that go together, such as
    a running number and a date, the middle row is the mean in all or none: the first counts alone.
    """
    chance = np.full(len(body), float(len(body)))
    counted: list[NDArray[np.float64]] = []
    agree = np.ones(len(body), dtype=bool)
    for j in columns:
        values = numbers_of(body.columns[j])
        known = ~np.isnan(values)
        spread = float(np.nanstd(values)) if known.any() else 0.0
        if known.sum() < _FEWEST or spread == 0.0:
            continue
        news = not any(_go_together(values, before) for before in counted)
        counted += [values] if news else []
        others = (np.nansum(values) - values) / (known.sum() - 1)
        near = np.abs(others - values) <= 0.5 + _CLOSE
        cells = body.columns[j].to_pylist() if (near & agree).any() else []
        steps: dict[str, float] = {}  # of each different cell: thousands may be alike
        for i in np.flatnonzero(near & agree).tolist():
            digit = 10.0 ** -n_decimals(cells[i])
            agree[i] = abs(others[i] - values[i]) <= (0.5 + 2.0 * _CLOSE) * digit
            if agree[i] and cells[i] not in steps:
                is_mean = is_printed_mean(values, i, cells[i])
                steps[cells[i]] = _step(values, i, cells) if is_mean else math.nan
            step = steps.get(cells[i], math.nan)
            agree[i] &= not math.isnan(step)
            if agree[i] and news:
                chance[i] *= min(1.0, step / (spread * math.sqrt(2.0 * math.pi)))
        agree &= near | ~known
    return np.flatnonzero(agree & (chance < _BY_CHANCE)).tolist()


def _go_together(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Whether two columns tell much the same about a row."""
    both = ~(np.isnan(a) | np.isnan(b))
    if both.sum() < _FEWEST:
        return False
    a, b = a[both] - a[both].mean(), b[both] - b[both].mean()
    return bool(abs(a @ b) > _TOGETHER * np.linalg.norm(a) * np.linalg.norm(b))


def _step(values: NDArray[np.float64], i: int, cells: Sequence[str]) -> float:
    """How far apart numbers such as one of a column are at least."""
    decimals = [n_decimals(cell) for cell in cells]
    last_digit = 10.0 ** -decimals[i]
    if decimals[i] > max(decimals[:i] + decimals[i + 1 :]):
        return last_digit
    others = np.unique(np.delete(values, i))
    gaps = np.diff(others[~np.isnan(others)])
    return float(max(last_digit, gaps.min() if len(gaps) else np.inf))


def called_totals(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Tell which cells of a column are words for sums or means, and for nothing else."""
    cells = pc.utf8_trim_whitespace(column)
    called = pc.match_substring_regex(cells, rf"^(?i:{SUMS}|{MEANS})\s*:?$")
    names = pc.is_in(pc.utf8_lower(cells), value_set=pa.array(NAMES_TOO))
    return np.asarray(pc.and_not(called, names).to_numpy(), dtype=bool)
