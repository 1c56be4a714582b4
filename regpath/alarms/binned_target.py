"""A column that cuts an amount into intervals, such as a grade made from the score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_chance_of_match
from regpath.alarms.columns import Column
from regpath.wording import counted

KIND = "binned_target"
FEW_LEVELS = 0.2  # of the rows: with more levels most have one or two rows, and tell any amount
MOST_SHOWN = 3  # levels that are named
EFFECT = (
    "Each of its levels gives the amount away up to the width of an interval; columns that are "
    "known before the target hardly ever do."
)


def binned_target(case: Case) -> Iterator[Alarm]:
    """Find columns whose levels are intervals of the target."""
    if case.classes:
        return
    most = FEW_LEVELS * len(case.y)
    for column in case.columns.but(case.times.keys() | case.plain.named(case.plain.n_codes > most)):
        if 2 <= column.n_codes <= most:
            yield from _of_column(case, column)


def _of_column(case: Case, column: Column) -> Iterator[Alarm]:
    low = np.full(column.n_codes, np.inf)
    high = np.full(column.n_codes, -np.inf)
    np.minimum.at(low, column.codes, case.y)
    np.maximum.at(high, column.codes, case.y)
    order = np.argsort(low, kind="stable")
    if (high[order][:-1] >= low[order][1:]).any():  # a value of two levels parts nothing
        return
    if not is_striking(log_chance_of_match(np.bincount(column.codes), 0), len(case.used)):
        return
    shown = [f"{column.label(int(k))!r} up to {high[k]:.6g}" for k in order[:MOST_SHOWN]]
    more = ", ..." if column.n_codes > MOST_SHOWN else ""
    what = (
        f"The {column.n_codes} levels of {column.name!r} cut {case.target!r} into intervals: "
        f"{', '.join(shown)}{more}, over {counted(len(case.y), 'row')}."
    )
    names = (column.name,)
    remedy = f"Leave {column.name!r} out"
    yield Alarm(KIND, "severe", names, what, EFFECT, remedy, case.without(names))
