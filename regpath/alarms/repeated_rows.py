"""Rows that repeat others: within the table, across training and test, against one another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.io.wording import counted

REPEATED, SHARED, CONFLICTING = "repeated_rows", "twins_across_split", "conflicting_labels"
MANY = 0.01  # of the rows
EXPECTED = 0.1  # twins by chance, of those found, from which coarse values explain them


def repeated_rows(case: Case) -> Iterator[Alarm]:
    """Find rows that agree in every used column."""
    twins = _groups(case)
    sizes = np.bincount(twins)
    if sizes.max() < 2 or _by_chance(case, sizes):
        return
    yield from _repeated(case, twins)
    yield from _shared(case, twins)
    yield from _conflicting(case, twins, sizes)


def _groups(case: Case) -> np.ndarray:
    """A number for each row, the same for rows that agree in every used column."""
    hashes = pd.util.hash_pandas_object(case.frame[list(case.used)], index=False)
    return np.asarray(pd.factorize(hashes)[0])


def _by_chance(case: Case, sizes: np.ndarray) -> bool:
    """Whether coarse values explain the twins, as in a table of three yes-or-no columns."""
    n = len(case.y)
    found = float((sizes * (sizes - 1.0)).sum()) / case.problem.n_obs**2
    same = 1.0
    for column in case.columns.values():
        same *= float(np.square(np.bincount(column.codes) / n).sum())
    return same >= EXPECTED * found


def _repeated(case: Case, twins: np.ndarray) -> Iterator[Alarm]:
    # Groups and targets as one number each: equal pairs are equal rows.
    targets = pd.factorize(case.problem.y)[0]
    again = pd.Series(twins * (int(targets.max()) + 1) + targets).duplicated().to_numpy()
    n_again = int(again.sum())
    if not n_again:
        return
    first = int(np.argmax(again))
    same = (twins == twins[first]) & (targets == targets[first])
    what = (
        f"{counted(n_again, 'row repeats an', 'rows repeat an')} earlier row in every used column "
        f"and in {case.target!r} (first: row {case.frame.index[first]} as row "
        f"{case.frame.index[int(np.argmax(same))]})."
    )
    effect = (
        "Rows that count twice weigh twice, and make standard errors and test scores look better "
        "than they are."
    )
    severity = "warning" if n_again >= MANY * len(twins) else "hint"
    yield Alarm(REPEATED, severity, (), what, effect, "Count repeated rows once")


def _shared(case: Case, twins: np.ndarray) -> Iterator[Alarm]:
    if not isinstance(case.split, tuple):
        return
    train, test = case.split
    known = np.isin(twins[test], twins[train])
    n_known = int(known.sum())
    if not n_known:
        return
    row = case.frame.index[test[int(np.argmax(known))]]
    what = (
        f"{n_known} of {counted(len(test), 'test row')} "
        f"{'has a twin' if n_known == 1 else 'have twins'} among the rows to learn from "
        f"(first: row {row})."
    )
    effect = "The test asks, in part, for what was learned by heart: its score is too good."
    severity = "severe" if n_known >= 0.05 * len(test) else "warning"
    yield Alarm(SHARED, severity, (), what, effect, "Count repeated rows once")


def _conflicting(case: Case, twins: np.ndarray, sizes: np.ndarray) -> Iterator[Alarm]:
    if not case.classes:
        return
    pairs = pd.DataFrame({"twin": twins, "y": case.problem.y}).drop_duplicates()
    torn = np.bincount(pairs["twin"], minlength=len(sizes)) > 1
    inside = torn[twins]
    n_torn = int(inside.sum())
    if not n_torn:
        return
    first = int(np.argmax(inside))
    other = np.flatnonzero((twins == twins[first]) & (case.problem.y != case.problem.y[first]))[0]
    what = (
        f"{n_torn} rows agree in every used column with a row of another class (first: rows "
        f"{case.frame.index[first]} and {case.frame.index[other]}, "
        f"{case.classes[case.problem.y[first]]!r} and {case.classes[case.problem.y[other]]!r})."
    )
    effect = "No model can be right on both: the best score is below 1."
    severity = "warning" if n_torn >= MANY * len(twins) else "hint"
    yield Alarm(CONFLICTING, severity, (), what, effect, "Look at these rows in the file")
