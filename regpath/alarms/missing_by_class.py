"""A column whose gaps tell the class."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking
from regpath.alarms.columns import Column

KIND = "missing_by_class"
LEAST_GAPS = 10  # fewer fall into one class by chance
NEARLY_ALL = 0.98  # of a class and its gaps: a few cells may be mistakes
EFFECT = (
    "Gaps that depend on the target are known only after it: the value that fills them, or a "
    "mark for them, would tell the path the class."
)


def missing_by_class(case: Case) -> Iterator[Alarm]:
    """Find columns that are missing for one class only, or known for one class only."""
    if not case.classes:
        return
    for column in case.columns.but(case.plain.named(~case.plain.gaps)):
        if not column.has_gaps:
            continue
        gaps = column.missing
        for k in range(len(case.classes)):
            inside = case.y == k
            if _only_in(gaps, inside, len(case.used)):
                yield _alarm(case, column, k, inside)
                break
            if len(case.classes) > 2 and _only_in(~gaps, inside, len(case.used)):
                yield _alarm(case, column, k, ~inside)
                break


def _only_in(marked: np.ndarray, inside: np.ndarray, n_columns: int) -> bool:
    """Whether rows are marked in one class alone, more often than chance would have it."""
    n_marked = int(marked.sum())
    if not LEAST_GAPS <= n_marked < len(marked) or marked[~inside].mean() > 1.0 - NEARLY_ALL:
        return False
    n_strange = int(marked[~inside].sum())
    if n_strange > (1.0 - NEARLY_ALL) * n_marked:
        return False
    share = float(inside.mean())
    strange = n_strange * math.log(n_marked) if n_strange else 0.0
    return is_striking((n_marked - n_strange) * math.log(share) + strange, n_columns)


def _alarm(case: Case, column: Column, k: int, inside: np.ndarray) -> Alarm:
    gaps, name = column.missing, column.name
    label = case.classes[k]
    where = f"{case.target} = {label!r}"
    with_gap, without = int(gaps[case.y == k].sum()), int(gaps[case.y != k].sum())
    n_in, n_out = int((case.y == k).sum()), int((case.y != k).sum())
    what = (
        f"{name!r} is missing in {with_gap} of {n_in} rows with {where}, and in {without} of "
        f"{n_out} others (first gap: row {case.row(int(np.argmax(gaps)))})."
    )
    tells_all = min(gaps[inside].mean(), 1.0 - gaps[~inside].mean()) >= NEARLY_ALL
    severity = "severe" if tells_all else "warning"
    return Alarm(
        KIND, severity, (name,), what, EFFECT, f"Leave {name!r} out", case.without((name,))
    )
