"""Rows that are called the total of a group, such as "North Total", and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.layout.total_words import BEFORE_GROUPS, OF_GROUPS
from regpath.io.layout.totals import (
    called_totals,
    is_printed_mean,
    numbers_of,
)
from regpath.io.shapes import is_absent, is_number
from regpath.io.text.sheet import Sheet

_PRINTED = 1e-6  # relative: sums that a program wrote with seven digits agree so far
_LABELS = 4  # first columns in which groups may be named
_OUTER = 40  # totals back to which a total of totals is followed
_MOST = 20_000  # different cells of a column; of more, names of groups are not the matter
_MOST_WORDS = 12  # of a cell that is no sentence
_CALLED = frozenset(OF_GROUPS.split())
_SIGNS = " :()-\u2013"


def rows_called_totals(body: Sheet, labels: list[int]) -> tuple[NDArray[np.bool_], ...]:
    """Which rows are called totals, which those of groups that are named, and of any others.

    Where the group is named in no other row, a name such as "total bilirubin" may be one of data.
    """
    plain, named, other = (np.zeros(len(body), dtype=bool) for _ in range(3))
    for j in labels:
        plain |= called_totals(body.columns[j])
    for column in body.columns[:_LABELS]:
        found = _of_groups(column)
        if not found:
            continue
        groups = {
            cell.strip().casefold()
            for label in body.columns[:_LABELS]
            for cell in label.unique().to_pylist()
        }
        for i, group in found.items():
            (named if group in groups else other)[i] = True
    return plain, named & ~plain, other & ~plain


def _of_groups(column: pa.ChunkedArray) -> dict[int, str]:
    """The rows that a column calls totals of a group, each with the group."""
    cells = column.unique()
    if len(cells) > _MOST:
        return {}
    groups = {cell: group for cell in cells.to_pylist() if (group := named_group(cell))}
    if not groups:
        return {}
    rows = pc.is_in(column, value_set=pa.array(list(groups), column.type)).to_numpy()
    return {i: groups[column[i].as_py()] for i in np.flatnonzero(rows).tolist()}


def named_group(cell: str) -> str:
    """The group of which a cell names the total, in small letters; "" if it names none.

    >>> [named_group(cell) for cell in ("North Total", "Summe (North)", "Total", "Totalled")]
    ['north', 'north', '', '']
    """
    words = cell.casefold().split()
    if not 1 < len(words) <= _MOST_WORDS:
        return ""
    if words[-1].strip(_SIGNS) in _CALLED:
        return " ".join(words[:-1]).strip(_SIGNS)
    if words[0].strip(_SIGNS) not in _CALLED:
        return ""
    return " ".join(words[2 if words[1] in BEFORE_GROUPS else 1 :]).strip(_SIGNS)


def add_up(body: Sheet, called: NDArray[np.bool_]) -> bool:
    """Tell whether all totals are sums or means: of the rows since a total before, or of all."""
    found = np.flatnonzero(called).tolist()
    checked = False
    for column in body.columns[1:]:
        cells = column.to_pylist()
        totals = [cells[i] for i in found]
        if not all(is_number(cell) for cell in totals if not is_absent(cell)):
            continue
        values = numbers_of(column)
        if np.isnan(values).all():
            continue
        for k in range(len(found)):
            if is_absent(cells[found[k]]):
                continue
            if not _is_total(values, cells[found[k]], found, k, called):
                return False
            checked = True
    return checked


def _is_total(
    values: NDArray[np.float64], cell: str, found: list[int], k: int, called: NDArray[np.bool_]
) -> bool:
    blocks = _blocks(values, found, k, called)
    return any(_is_total_of(block, values[found[k]], cell) for block in blocks)


def _blocks(
    values: NDArray[np.float64], found: list[int], k: int, called: NDArray[np.bool_]
) -> Iterator[NDArray[np.float64]]:
    """What a total may be of: the rows up to the next total on either side, or farther."""
    i, ends = found[k], [-1, *found, len(values)]
    yield values[ends[k] + 1 : i]
    yield values[i + 1 : ends[k + 2]]
    for last in reversed(ends[max(0, k - _OUTER) : k]):
        yield values[last + 1 : i][~called[last + 1 : i]]
    yield values[:i][~called[:i]]
    yield values[i + 1 :][~called[i + 1 :]]


def _is_total_of(rows: NDArray[np.float64], total: float, cell: str) -> bool:
    present = rows[~np.isnan(rows)]
    if not len(present):
        return total == 0
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isclose([present.sum(), present.mean()], total, rtol=_PRINTED).any():
            return True
    return is_printed_mean(np.append(present, total), len(present), cell)
