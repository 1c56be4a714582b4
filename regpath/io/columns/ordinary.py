"""Columns of ordinary numbers of a wide table: described together, as each would be alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.columns.as_numbers import ONCE_READ, REASON, clause_of
from regpath.io.columns.cells import whole
from regpath.io.columns.column_result import ColumnResult, Draft, examples_of
from regpath.io.columns.ids import may_number_the_rows
from regpath.io.columns.kinds import CLEAR, FEW_INTEGERS, SENTINELS
from regpath.io.diagnosis import ColumnReport
from regpath.io.grid import Grid, Notation, NumberBlock
from regpath.io.options import ReadOptions
from regpath.io.table import ColumnReading

_DAYS = (10_000_101.0, 99_991_231.0)  # numbers between them may be days of the calendar
_COMPLETE = ColumnReading(kind="number")
_WITH_GAPS = ColumnReading(kind="number", missing=("",))


@dataclass(frozen=True, eq=False)
class OrdinaryColumns:
    """Columns of ordinary numbers.

    Parameters
    ----------
    results : dict of int to ColumnResult
        By their place in the table.
    matrices : tuple of (names, ndarray)
        Their values, integers and floats apart; the results hold views of them.
    """

    results: dict[int, ColumnResult] = field(default_factory=dict)
    matrices: tuple[tuple[tuple[str, ...], NDArray[Any]], ...] = ()


def ordinary_columns(block: NumberBlock, grid: Grid, options: ReadOptions) -> OrdinaryColumns:
    """Describe the columns that are numbers and nothing else may be said of them, by place.

    Those that are constant, count the rows, have few different values, or may be days or hold a
    mark for missing values are left to be looked at one by one, and so are those of which a person
    said something.
    """
    names, skip = grid.names, frozenset(options.columns) | _with_kept_repairs(options)
    known = ~np.isnan(block.values)
    n_known = known.sum(axis=0)
    low = np.where(known, block.values, np.inf).min(axis=0)
    high = np.where(known, block.values, -np.inf).max(axis=0)
    n_distinct = _n_distinct(block.values, known)
    special = (n_distinct <= FEW_INTEGERS) & (n_distinct != 2)
    special |= np.isin(np.abs(low), SENTINELS) | np.isin(np.abs(high), SENTINELS)
    special |= (low >= _DAYS[0]) & (high <= _DAYS[1])
    special |= _counts(block.values)
    own = [names[place] for place in block.places.tolist()]
    integral = (block.values == np.round(block.values)).all(axis=0).tolist()  # as row numbers
    special |= np.array(
        [n in skip or (w and may_number_the_rows(n)) for n, w in zip(own, integral, strict=True)],
        dtype=bool,
    )
    found, matrices = {}, []
    for is_whole in (True, False):
        chosen = np.flatnonzero(~special & (block.is_whole == is_whole))
        if not len(chosen):
            continue
        values = block.values[:, chosen]
        matrix = values.astype(np.int64) if is_whole else values
        matrices.append((tuple(own[k] for k in chosen.tolist()), matrix))
        gaps, levels = (len(matrix) - n_known[chosen]).tolist(), n_distinct[chosen].tolist()
        columns = zip(chosen.tolist(), matrix.T, gaps, levels, _examples(matrix), strict=True)
        for k, column, n_missing, n_levels, examples in columns:
            place = int(block.places[k])
            notation = block.notations.get(place)
            if notation is not None:
                draft = Draft(own[k], options, grid.row_numbers, whole(grid.columns[place]))
                found[place] = _once_read(draft, column, (n_missing, n_levels), notation)
                continue
            report = ColumnReport(own[k], "number", 1.0, REASON, n_missing, n_levels, examples)
            how = _WITH_GAPS if n_missing else _COMPLETE
            found[place] = ColumnResult({own[k]: column}, report, how)
    return OrdinaryColumns(found, tuple(matrices))


def _once_read(
    draft: Draft, values: NDArray[Any], counts: tuple[int, int], notation: Notation
) -> ColumnResult:
    """A column whose numbers were not plain; `counts` are of missing and of different cells."""
    repairs = []
    for key, (n_cells, row) in notation.changes.items():
        before = after = draft.column[row].as_py()
        for pattern, replacement in notation.rewrites:
            after = re.sub(pattern, replacement, after)
        clause = clause_of(key, notation.thousands)
        repairs.append(draft.repair(key, clause, n_cells, before, after))
    examples = _first_cells(draft.column)
    report = ColumnReport(draft.name, "number", CLEAR, REASON + ONCE_READ, *counts, examples)
    how = ColumnReading("number", ("",) if counts[0] else (), rewrites=notation.rewrites)
    return ColumnResult({draft.name: values}, report, how, tuple(repairs))


def _first_cells(column: pa.Array, number: int = 3) -> tuple[str, ...]:
    """The first few different cells that are not blank."""
    for cells in (column[:20], column):
        found = dict.fromkeys(filter(None, cells.to_pylist()))
        if len(found) >= number:
            break
    return tuple(found)[:number]


def _with_kept_repairs(options: ReadOptions) -> frozenset[str]:
    """What may be a column of which a repair is not to be made: what follows a colon in its key."""
    ends = (key.split(":")[k:] for key in options.kept for k in range(1, key.count(":") + 1))
    return frozenset(map(":".join, ends))


def decimal_marks(block: NumberBlock, places: Sequence[int]) -> Counter[str]:
    """How many of some columns show each mark before decimals."""
    shown = Counter(block.notations[j].decimal for j in places if j in block.notations)
    del shown[""]
    plain = np.isin(block.places, [j for j in places if j not in block.notations])
    values = block.values[:, plain]
    points = ((values != np.round(values)) & ~np.isnan(values)).any(axis=0).sum()
    return shown + Counter({".": int(points)})


def _examples(matrix: NDArray[Any]) -> Iterator[tuple[str, ...]]:
    """`examples_of` each column."""
    first = matrix[:3]
    told = np.isnan(first).any(axis=0).tolist() if first.dtype.kind == "f" else repeat(False)
    for column, beginning, is_told in zip(matrix.T, first.T.tolist(), told, strict=False):
        yield examples_of(column) if is_told else tuple([f"{value:.6g}" for value in beginning])


def _n_distinct(values: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.intp]:
    ordered = np.sort(values, axis=0)  # gaps come last
    steps = (np.diff(ordered, axis=0) > 0.0).sum(axis=0)
    return np.where(known.any(axis=0), steps + 1, 0)


def _counts(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which columns rise by one from row to row."""
    if len(values) < 2:
        return np.zeros(values.shape[1], dtype=bool)
    return np.asarray((np.diff(values, axis=0) == 1.0).all(axis=0), dtype=bool)
