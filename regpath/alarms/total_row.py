"""Rows that are sums or means of the others, or are called so, and are fitted all the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.io.layout.totals import TOTALS, is_a_name_too
from regpath.wording import counted, listed, shown

KIND = "total_row"
MOST_COLUMNS = 50  # numeric columns that are added up
FEWEST_ROWS, FEWEST_COLUMNS = 6, 2  # with fewer, one row is easily the sum of the others
MOST_NAMED = 0.1  # of the rows; a level of so many is a group of its own
CLOSE = 1e-6  # relative
EFFECT = (
    "It lies far from all other rows and pulls the fit towards itself: scores look better than "
    "they are, and coefficients tell its size."
)
REMEDY = "Leave the row out of the file, or answer the question about it on the Data page"


def total_rows(case: Case) -> Iterator[Alarm]:
    """Find rows that add up all others, in every numeric column, or are called totals."""
    summed = _sums(case)
    for i in summed:
        what = f"Row {case.frame.index[i]} is the sum of all others in every column of numbers."
        yield Alarm(KIND, "severe", (), what, EFFECT, REMEDY)
    if len(summed):
        return
    for name, dtype in _dtypes(case.frame):
        if dtype.kind not in "O":  # words
            continue
        rows, labels = _called_totals(case.frame[name])
        if rows:
            calls = "calls" if len(rows) == 1 else "call"
            what = (
                f"{counted(len(rows), 'row')} {calls} itself a total (first: row {rows[0]}, "
                f"{shown(str(name))} is {listed(labels)})."
            )
            what = what if len(rows) == 1 else what.replace("itself a total", "themselves totals")
            yield Alarm(KIND, "warning", (str(name),), what, EFFECT, REMEDY)


def _sums(case: Case) -> np.ndarray:
    """Return the positions of rows that are sums of the others, missing cells aside."""
    numeric = (n for n, dtype in _dtypes(case.frame) if dtype.kind in "if")
    amounts = (n for n in numeric if case.frame[n].nunique() > 2)
    names = list(islice(amounts, MOST_COLUMNS))
    values = case.frame[names].to_numpy(dtype=float, na_value=np.nan)
    if not case.classes:
        values = np.column_stack([values, np.asarray(case.problem.y, dtype=float)])
    if values.shape[0] < FEWEST_ROWS or values.shape[1] < FEWEST_COLUMNS:
        return np.zeros(0, dtype=int)
    values = np.where(np.isfinite(values), values, np.nan)
    same = np.isclose(2 * values, np.nansum(values, axis=0), rtol=CLOSE) & (values != 0)
    differ = (~same & ~np.isnan(values)).any(axis=1)
    return np.flatnonzero((same.sum(axis=1) >= FEWEST_COLUMNS) & ~differ)


def _dtypes(frame: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    return zip(frame.columns.tolist(), frame.dtypes.tolist(), strict=True)


def _called_totals(column: pd.Series) -> tuple[list[object], list[str]]:
    """Return the rows that a column of words calls totals, and the words."""
    levels = [level for level in column.dropna().unique() if isinstance(level, str)]
    named = [
        level
        for level in levels
        if TOTALS.fullmatch(level.strip().rstrip(":")) and not is_a_name_too(level.strip())
    ]
    rows = column.index[column.isin(named)].tolist() if named else []
    return (rows, named) if len(rows) <= MOST_NAMED * len(column) else ([], [])
