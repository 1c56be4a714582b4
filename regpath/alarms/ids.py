"""A column that names the rows: a counter, a key, a code with a value of its own for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.columns import Column
from regpath.alarms.times import are_years, is_counter
from regpath.io.columns.ids import may_name_an_id, may_number_the_rows, numbers_the_rows
from regpath.wording import counted, shown

KIND = "id_column"
LEAST_ROWS = 20  # in fewer, amounts are all different too
DENSE = 0.9  # different whole numbers, of those between the smallest and the largest
CODE = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{16,}", re.IGNORECASE)
NEARLY_ALL = 0.95  # of the values look like a code, or are all different
LONG = 7  # digits: house prices and incomes have fewer
MOST_ROUND = 0.3  # of whole numbers that end in 0: a tenth by chance, amounts are rounded
EFFECT = (
    "It says nothing of rows to come. Used, it costs weight for noise, or it tells the target by "
    "the order in which rows were collected."
)
SET_ASIDE = "Nothing now: it is set aside. Used, it would say nothing of rows to come."


class Reason(NamedTuple):
    """What makes a column an ID, and whether hardly anything else would look like it."""

    told: str
    sure: bool


def id_columns(case: Case) -> Iterator[Alarm]:
    """Find columns that name the rows."""
    if len(case.y) < LEAST_ROWS:
        return
    for column in case.columns.but(case.plain.named(~case.plain.is_whole)):
        if reason := why_id(column):
            name = column.name
            severity = "warning" if reason.sure else "hint"
            what = f"{name!r} {reason.told}."
            change = case.without((name,))
            yield Alarm(KIND, severity, (name,), what, EFFECT, f"Leave {name!r} out", change)
    if case.recipe.features is not None:  # who left a column out need not be told to
        return
    for name, column in case.others.items():
        if reason := why_id(column):
            what = f"{name!r} {reason.told}."
            yield Alarm(KIND, "hint", (name,), what, SET_ASIDE, "Keep it out")


def why_id(column: Column) -> Reason | None:
    """What makes it an ID; None if it is none."""
    if column.values is not None and not column.is_whole:
        return None
    n_known = len(column.content) - (int(column.missing.sum()) if column.has_gaps else 0)
    if n_known < LEAST_ROWS:
        return None
    if column.values is None:
        return _why_code(column, n_known)
    if column.n_levels < n_known:
        again = may_number_the_rows(column.name) and numbers_the_rows(column.name, column.values)
        return Reason("counts again and again, as an index does", True) if again else None
    if are_years(column):
        return None
    return _why_number(column)


def _why_number(column: Column) -> Reason | None:
    assert column.values is not None  # it is whole
    known = column.values[~column.missing]
    low, span = float(known.min()), float(np.ptp(known)) + 1.0
    first = low in (0.0, 1.0)
    example = f"{known[0]:.0f}, {known[1]:.0f}, {known[2]:.0f}, ..."
    if is_counter(known):
        return Reason(f"counts the rows ({example})", first and span == len(known))
    if len(known) / span >= DENSE:
        told = f"numbers the rows in another order ({len(known)} different values from {low:.0f})"
        return Reason(told, first)
    if may_name_an_id(column.name):
        told = f"has a different whole number in each of {counted(len(known), 'row')} ({example})"
        return Reason(told, True)
    # Amounts that only rise, such as a population by year, look the same.
    if (np.diff(known) > 0).all():
        return Reason(f"rises from row to row ({example})", False)
    if _are_long_keys(known):
        told = f"has a whole number of {len(str(int(low)))} digits of its own in each row"
        return Reason(f"{told} ({example})", False)
    return None


def _are_long_keys(known: np.ndarray) -> bool:
    """Tell keys from amounts: all of one length, and round no more often than by chance."""
    low, high = float(known.min()), float(known.max())
    if low < 10.0 ** (LONG - 1) or len(str(int(low))) != len(str(int(high))):
        return False
    return float(np.mean(known % 10 == 0)) <= MOST_ROUND


def _why_code(column: Column, n_known: int) -> Reason | None:
    texts = pd.Series(column.levels).astype(str)
    share = len(texts) / n_known
    coded = texts.str.fullmatch(CODE).mean() if share > 0.5 else 0.0
    if coded >= NEARLY_ALL:
        told = f"holds codes ({shown(texts[0])}, ...), {len(texts)} in {counted(n_known, 'row')}"
        return Reason(told, True)
    if share < NEARLY_ALL or texts.str.contains(r"\s.*\s").mean() > 0.5:  # free text is no key
        return None
    told = (
        f"has {len(texts)} different values in {counted(n_known, 'row')} ({shown(texts[0])}, ...)"
    )
    return Reason(told, True)
