"""A column that names the rows: a counter, a key, a code with a value of its own for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.columns import Column
from regpath.io.kinds import ID_NAME
from regpath.io.wording import counted, shown

KIND = "id_column"
LEAST_ROWS = 20
DENSE = 0.9  # different whole numbers, of those between the smallest and the largest
CODE = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{16,}", re.IGNORECASE)
NEARLY_ALL = 0.95
EFFECT = (
    "It says nothing of rows to come. Used, it costs weight for noise, or it tells the target by "
    "the order in which rows were collected."
)
SET_ASIDE = "Nothing now: it is set aside. Used, it would say nothing of rows to come."


def id_columns(case: Case) -> Iterator[Alarm]:
    """Find columns that name the rows."""
    if len(case.y) < LEAST_ROWS:
        return
    for name, column in case.columns.items():
        reason = why_id(column)
        if reason:
            yield Alarm(
                KIND,
                "warning",
                (name,),
                f"{name!r} {reason}.",
                EFFECT,
                f"Leave {name!r} out",
                case.without((name,)),
            )
    if case.recipe.features is not None:  # who left a column out need not be told to
        return
    for name, column in case.others.items():
        reason = why_id(column)
        if reason:
            yield Alarm(KIND, "hint", (name,), f"{name!r} {reason}.", SET_ASIDE, "Keep it out")


def why_id(column: Column) -> str:
    """What makes it an ID; "" if it is none."""
    n_known = int((~column.missing).sum())
    if n_known < LEAST_ROWS or len(column.levels) < n_known:
        return _why_code(column, n_known)
    if column.is_whole:
        return _why_counter(column)
    return _why_code(column, n_known) if column.values is None else ""


def is_counter(values: np.ndarray) -> bool:
    """Whether whole numbers rise or fall in file order, by the same step throughout."""
    steps = np.diff(values)
    return len(steps) > 0 and bool(steps[0] != 0 and np.all(steps == steps[0]))


def _why_counter(column: Column) -> str:
    assert column.values is not None  # it is whole
    known = column.values[~column.missing]
    n, span = len(known), float(np.ptp(known)) + 1.0
    example = f"{known[0]:.0f}, {known[1]:.0f}, {known[2]:.0f}, ..."
    if is_counter(known):
        return f"counts the rows ({example})"
    if n / span >= DENSE:
        return f"numbers the rows in another order ({n} different values from {known.min():.0f})"
    if np.all(np.diff(known) > 0):
        return f"rises from row to row ({example})"
    if ID_NAME.search(column.name.strip()):
        return f"has a different whole number in each of {counted(n, 'row')}"
    return ""


def _why_code(column: Column, n_known: int) -> str:
    if column.values is not None or n_known < LEAST_ROWS:
        return ""
    texts = pd.Series(column.levels).astype(str)
    share = len(texts) / n_known
    coded = texts.str.fullmatch(CODE).mean() if share > 0.5 else 0.0
    if coded >= NEARLY_ALL:
        return f"holds codes ({shown(texts[0])}, ...), {len(texts)} in {counted(n_known, 'row')}"
    if share < NEARLY_ALL or texts.str.contains(r"\s.*\s").mean() > 0.5:  # free text is no key
        return ""
    return (
        f"has {len(texts)} different values in {counted(n_known, 'row')} ({shown(texts[0])}, ...)"
    )
