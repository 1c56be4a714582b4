"""Which columns tell when a row was collected: dates, years and counters."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from regpath.alarms.columns import Column

LEAST_ROWS = 20  # that show a spacing, or how dates are written
LEAST_MOMENTS = 3  # different times; two are before and after
YEARS = (1900.0, 2100.0)  # whole numbers between them may be years
NEARLY_ALL = 0.95  # of the texts are dates
BESIDE_THE_TABLE = re.compile(r"^(unnamed: \d+|index|rownames?|row|)$", re.IGNORECASE)


def times_of(column: Column) -> np.ndarray | None:
    """When each row was collected, NaN where unknown; None if the column tells no time.

    Row numbers that a program wrote beside the table are an order, but of no event.
    """
    if column.is_date:
        return column.values
    if column.values is None:
        return _written_dates(column)
    counts = column.is_whole and is_counter(column.values[~column.missing])
    if are_years(column) or (counts and not BESIDE_THE_TABLE.match(column.name.strip())):
        return column.values
    return None


def is_counter(values: np.ndarray) -> bool:
    """Whether numbers rise or fall in file order, by the same step throughout."""
    steps = np.diff(values)
    return len(steps) >= LEAST_ROWS and bool(steps[0] != 0.0 and np.all(steps == steps[0]))


def are_years(column: Column) -> bool:
    """Whether numbers are years: whole ones, or such as 1971.25 in the order of the file."""
    if column.values is None or column.is_date:
        return False
    known = column.values[~column.missing]
    if not len(known) or known.min() < YEARS[0] or known.max() > YEARS[1]:
        return False
    moments = len(np.unique(known))
    return moments >= LEAST_MOMENTS and (column.is_whole or bool(np.all(np.diff(known) > 0.0)))


def _written_dates(column: Column) -> np.ndarray | None:
    """Dates such as 2024-03-17 that are still text."""
    texts = pd.Series(column.levels, dtype=object).astype(str)
    few = texts.iloc[:LEAST_ROWS]
    if len(texts) < LEAST_MOMENTS or not few.str.match(r"\d{4}-\d{2}-\d{2}").all():
        return None
    dates = pd.to_datetime(texts, format="ISO8601", errors="coerce", utc=True)
    if dates.notna().mean() < NEARLY_ALL:
        return None
    stamps = np.where(dates.isna(), np.nan, dates.astype("int64").to_numpy(float))
    return np.asarray(np.append(stamps, np.nan)[column.codes])
