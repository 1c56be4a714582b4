"""A column that holds one value throughout a class and hardly ever elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_arrangements
from regpath.alarms.columns import Column

KIND = "constant_in_class"
LEAST_ROWS = 10  # of the class
MOST_ELSEWHERE = 0.01  # of the rows of other classes that hold the same value
EFFECT = (
    "A value that stands in for 'does not apply' gives the class away: a path with levels or "
    "powers of this column would read it off."
)


def constant_in_class(case: Case) -> Iterator[Alarm]:
    """Find columns that are constant in one class and vary in the others."""
    if not case.classes:
        return
    varied = case.plain.varied(case.y, len(case.classes))
    for column in case.columns.but(varied):
        if column.n_codes > 2:
            yield from _of_column(case, column)


def _of_column(case: Case, column: Column) -> Iterator[Alarm]:
    for k, label in enumerate(case.classes):
        inside = case.y == k
        codes = column.codes[inside]
        code = int(codes[0])
        if len(codes) < LEAST_ROWS or (codes != code).any() or code == len(column.levels):
            continue
        elsewhere = column.codes[~inside] == code
        if elsewhere.mean() > MOST_ELSEWHERE:
            continue
        n_same, n_out = int(elsewhere.sum()), len(elsewhere)
        n_all = len(codes) + n_same
        chance = log_arrangements(np.array([n_same, n_out - n_same]))
        chance -= log_arrangements(np.array([n_all, len(case.y) - n_all]))
        if not is_striking(chance, len(case.used) * len(case.classes)):
            continue
        what = (
            f"{column.name!r} is {column.label(code)!r} in all {len(codes)} rows with "
            f"{case.target} = {label!r}, and in {n_same} of {n_out} others."
        )
        yield Alarm(
            KIND,
            "warning",
            (column.name,),
            what,
            EFFECT,
            f"Leave {column.name!r} out",
            case.without((column.name,)),
        )
