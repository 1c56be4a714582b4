"""Rows that repeat others: within the table, across training and test, against one another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm, Change
from regpath.alarms.case import Case
from regpath.wording import counted

REPEATED, SHARED, CONFLICTING = "repeated_rows", "twins_across_split", "conflicting_labels"
MANY = 0.01  # of the rows
MANY_TESTED, FEW_TESTED = 0.05, 3  # of the test rows; of them, in number
REMEDY = "Count repeated rows once"
ONCE = Change(settings=(("duplicates", "drop"),))
FIRST = 100  # columns: rows that differ in them need not be compared in the rest
EXPECTED = 0.1  # twins by chance, of those found, from which coarse values explain them


def repeated_rows(case: Case) -> Iterator[Alarm]:
    """Find rows that agree in every used column."""
    if (
        len(case.used) > FIRST
        and np.bincount(_groups(case.frame[list(case.used[:FIRST])])).max() < 2
    ):
        return
    twins = _groups(case.frame[list(case.used)])
    sizes = np.bincount(twins)
    if sizes.max() < 2 or _by_chance(case, sizes):
        return
    # Groups and targets as one number each: equal pairs are equal rows.
    targets = pd.factorize(case.problem.y)[0]
    rows = pd.factorize(twins * (int(targets.max()) + 1) + targets)[0]
    yield from _repeated(case, rows)
    yield from _shared(case, rows)
    yield from _conflicting(case, twins, rows)


def _groups(frame: pd.DataFrame) -> np.ndarray:
    """A number for each row, the same for rows that agree in every column."""
    return np.asarray(pd.factorize(pd.util.hash_pandas_object(frame, index=False))[0])


def _by_chance(case: Case, sizes: np.ndarray) -> bool:
    """Whether coarse values explain the twins, as in a table of three yes-or-no columns."""
    found = float((sizes * (sizes - 1.0)).sum()) / case.problem.n_obs**2
    same = 1.0
    for column in case.columns.values():
        same *= float(np.square(np.bincount(column.codes) / len(case.y)).sum())
    return same >= EXPECTED * found


def _repeated(case: Case, rows: np.ndarray) -> Iterator[Alarm]:
    again = pd.Series(rows).duplicated().to_numpy()
    n_again = int(again.sum())
    if not n_again:
        return
    first = int(np.argmax(again))
    earlier = int(np.argmax(rows == rows[first]))
    what = (
        f"{counted(n_again, 'row repeats an', 'rows repeat an')} earlier row in every used column "
        f"and in {case.target!r} (first: row {case.frame.index[first]} as row "
        f"{case.frame.index[earlier]})."
    )
    effect = (
        "What is there twice weighs twice, and makes errors and test scores look smaller and "
        "better than they are."
    )
    severity = "warning" if n_again >= MANY * len(rows) else "hint"
    yield Alarm(REPEATED, severity, (), what, effect, REMEDY, ONCE)


def _shared(case: Case, rows: np.ndarray) -> Iterator[Alarm]:
    if not isinstance(case.split, tuple):
        return
    train, test = case.split
    known = np.isin(rows[test], rows[train])
    n_known = int(known.sum())
    if not n_known:
        return
    row = case.frame.index[test[int(np.argmax(known))]]
    have = "has its" if n_known == 1 else "have their"
    what = (
        f"{n_known} of {counted(len(test), 'test row')} {have} twin among the rows to learn from "
        f"(first: row {row})."
    )
    effect = "The test asks, in part, for what was learned by heart: its score is too good."
    many = n_known >= max(MANY_TESTED * len(test), FEW_TESTED)
    severity = "severe" if many else "warning"
    yield Alarm(SHARED, severity, (), what, effect, REMEDY, ONCE)


def _conflicting(case: Case, twins: np.ndarray, rows: np.ndarray) -> Iterator[Alarm]:
    different = pd.DataFrame({"twin": twins, "row": rows}).drop_duplicates()
    torn = np.bincount(different["twin"]) > 1
    inside = torn[twins]
    n_torn = int(inside.sum())
    if not n_torn:
        return
    first = int(np.argmax(inside))
    other = int(np.argmax((twins == twins[first]) & (rows != rows[first])))
    of = "class" if case.classes else "amount"
    what = (
        f"{n_torn} rows agree in every used column with a row of another {of} of "
        f"{case.target!r} (first: rows {case.frame.index[first]} and {case.frame.index[other]})."
    )
    effect = "No model can be right on both, so a part of the error cannot be learned away."
    severity = "warning" if n_torn >= MANY * len(rows) else "hint"
    yield Alarm(CONFLICTING, severity, (), what, effect, "Look at these rows in the file")
