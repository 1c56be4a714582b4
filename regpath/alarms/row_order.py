"""Rows that stand in the order of the target."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.strength import squared_correlations

KIND = "sorted_by_target"
LEAST_ROWS = 20  # of the table; chance must give half as many changes of class
FEW = 0.1  # changes of class between neighbours, of those that chance would give
LEAST_R2 = 0.9  # squared rank correlation of an amount with the row number
EFFECT = (
    "A random split is not touched by it; a split by position, or a column that counts the rows, "
    "would tell the target."
)
REMEDY = "Keep splitting at random"


def row_order(case: Case) -> Iterator[Alarm]:
    """Find out whether the file is sorted by the target."""
    told = _of_classes(case) if case.classes else _of_amount(case)
    if len(case.y) >= LEAST_ROWS and told:
        what = f"The rows stand in the order of {case.target!r}: {told}."
        yield Alarm(KIND, "hint", (), what, EFFECT, REMEDY)


def _of_classes(case: Case) -> str:
    changes = int((case.y[1:] != case.y[:-1]).sum())
    shares = case.one_hot.mean(axis=0)
    by_chance = (len(case.y) - 1) * (1.0 - float(np.square(shares).sum()))
    if changes > FEW * by_chance or by_chance < LEAST_ROWS / 2:
        return ""
    return f"the class changes {changes} times from row to row, chance would give {by_chance:.0f}"


def _of_amount(case: Case) -> str:
    positions = np.arange(len(case.y), dtype=float)
    r2 = float(squared_correlations(positions[:, None], case.y_ranks)[0])
    return f"its squared rank correlation with the row number is {r2:.3f}" if r2 > LEAST_R2 else ""
