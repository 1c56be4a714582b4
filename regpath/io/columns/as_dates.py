"""Columns of dates: the order of day and month, and the parts that a model can use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regpath.errors import DataError
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.dates import CENTURY, Dates, Moments, date_part, moments_of_numbers
from regpath.io.columns.kinds import ASKED, CLEAR, LIKELY, kind_of_words
from regpath.io.diagnosis import Question, Repair
from regpath.io.options import DATE_PARTS
from regpath.wording import counted

_CLEARLY = 10  # years more than lie around the end of the usual hundred, by which others are left
_ORDERS = {"dmy": "day before month", "mdy": "month before day", "ymd": "year first"}


def date_column(
    draft: Draft, dates: Dates, evidence: str = "", names: Collection[str] = ()
) -> ColumnResult:
    """Type a column of dates; cells that are none become missing, and are counted."""
    cells = dates.cells
    others = np.isnat(dates.values)
    repairs = []
    if others.any():
        n_cells = int(cells.counts[others].sum())
        first = int(np.argmax(others))
        what = counted(n_cells, "cell that is no date is", "cells that are no dates are")
        clause = f"{what} missing (first: {cells.quoted(first)})"
        repairs = [
            draft.repair("others", clause, n_cells, cells.texts[first].as_py(), "", kind=None)
        ]
    questions = [] if dates.other is None else [_which_order(draft, dates, evidence)]
    gap = _years_left_out(dates) if dates.short and not draft.is_said else None
    if gap is not None:
        questions.append(_which_century(draft, dates, *gap))
    elif dates.short:
        repairs.append(_century(draft, dates))
    values = cells.expanded(dates.values, np.datetime64("NaT"))
    return _with_parts(
        draft,
        values,
        f"dates, {_ORDERS[dates.order]}" + (" (UTC)" if dates.zoned else ""),
        names,
        confidence=ASKED if questions else CLEAR,
        repairs=repairs,
        questions=questions,
        date=f"{dates.layout}:{dates.order}" + (":short" if dates.short else ""),
        n_distinct=len(cells.texts),
    )


def _century(draft: Draft, dates: Dates) -> Repair:
    """Say which years two digits were taken for."""
    first = int(np.argmin(np.isnat(dates.values)))
    text, day = dates.cells.texts[first].as_py(), str(dates.values[first].astype("datetime64[D]"))
    clause = f"years of two digits are read as {CENTURY + 1900} to {CENTURY + 1999}"
    return draft.repair("century", clause, dates.n_good, text, day, kind="text")


def _years_left_out(dates: Dates) -> tuple[int, int] | None:
    """The last year before some that no date has, and the next, where two digits begin anew there.

    Births from 1922 to 1999 are read as 1930 to 2029: none are between 1999 and 2022, while years
    lie on both sides of 2029.
    """
    known = dates.values[~np.isnat(dates.values)].astype("datetime64[Y]").astype(int) + 1970
    years = np.unique(known)
    if len(years) < 2 or years[0] < CENTURY + 1900 or years[-1] > CENTURY + 1999:
        return None
    gaps = np.diff(years)
    k = int(np.argmax(gaps))
    anew = years[0] + 100 - years[-1]
    return (int(years[k]), int(years[k + 1])) if gaps[k] >= anew + _CLEARLY else None


def _which_century(draft: Draft, dates: Dates, before: int, after: int) -> Question:
    known = ~np.isnat(dates.values)
    k = int(np.flatnonzero(known)[np.argmax(dates.values[known])])
    usual = f"{CENTURY + 1900} to {CENTURY + 1999}"
    return draft.question(
        "century",
        f"Column {draft.name!r} holds years of two digits (first: {dates.cells.quoted(k)}, read as "
        f"{dates.values[k].astype('datetime64[D]')}): are they {usual}, or {after - 100} to "
        f"{before}? Taken: {usual}.",
        f"No date lies between {before} and {after}.",
        (usual, {"kind": "date"}),
        ("text, until they are written with four digits", {"kind": "text"}),
    )


def dates_of_numbers(
    draft: Draft, values: NDArray[Any], names: Collection[str] = ()
) -> ColumnResult:
    """Type numbers that stand for dates."""
    found = moments_of_numbers(np.asarray(values, dtype=float))
    if found is None:
        raise DataError(
            f"Column {draft.name!r} holds numbers that are no dates (first: {values[0]:g}).",
            "Dates may be 20240131, years, a spreadsheet's days or Unix seconds.",
        ).answered_by("kind", draft.name)
    moments, how = found
    questions: tuple[Question, ...] = ()
    if draft.choices.kind is None:
        questions = (
            draft.question(
                "compact",
                f"Column {draft.name!r} holds numbers that are read as dates "
                f"(first: {values[0]:.0f}).",
                "Each of them is a day of the calendar.",
                ("dates", {"kind": "date"}),
                ("numbers", {"kind": "number"}),
            ),
        )
    known = values[~np.isnan(values)]
    return _with_parts(
        draft,
        moments,
        how,
        names,
        confidence=LIKELY,
        questions=questions,
        date="number",
        n_distinct=len(np.unique(known)),
    )


def not_a_date(draft: Draft, dates: Dates | None) -> Question | None:
    """Ask whether a column that holds nearly nothing but dates should be one of dates."""
    if dates is None or draft.cells.n_known < 10:
        return None
    wrong = draft.cells.n_known - dates.n_good
    if not wrong or 10 * wrong > draft.cells.n_known:
        return None
    first = draft.cells.quoted(int(np.argmax(np.isnat(dates.values))))
    what = counted(wrong, "value that is no date", "values that are no dates")
    return draft.question(
        "mixed",
        f"Column {draft.name!r} holds {what} (first: {first}), so it is read as text.",
        f"{dates.n_good} of {draft.cells.n_known} cells are dates.",
        ("text", {"kind": kind_of_words(draft.cells)[0]}),
        (f"dates, and {counted(wrong, 'cell')} missing", {"kind": "date"}),
    )


def no_dates_error(draft: Draft) -> DataError:
    """What is wrong with a column that was said to hold dates and holds none."""
    return DataError(
        f"Column {draft.name!r} holds no dates that can be read (first: {draft.cells.quoted(0)}).",
        "Write dates as 2024-01-31, or read the column as another kind.",
    ).answered_by("kind", draft.name)


def in_order_of_time(dates: Dates) -> tuple[Dates, str] | None:
    """Prefer the way in which the rows are in the order of time or evenly apart, if one only is."""
    ways = (dates, dates.swapped())
    steps = [_steps(way) for way in ways]
    for tells, how in ((_is_sorted, "stand in the order of time"), (_is_even, "are evenly apart")):
        found = [tells(each) for each in steps]
        if sum(found) == 1:
            way = ways[found.index(True)]
            return way, f"With {_ORDERS[way.order]}, the rows {how}."
    return None


def _steps(dates: Dates) -> NDArray[np.int64]:
    values = dates.cells.expanded(dates.values, np.datetime64("NaT"))
    return np.asarray(np.diff(values[~np.isnat(values)]), dtype=np.int64)


def _is_sorted(steps: NDArray[np.int64]) -> bool:
    return len(steps) > 1 and bool((steps >= 0).all() or (steps <= 0).all())


def _is_even(steps: NDArray[np.int64]) -> bool:
    return len(steps) > 1 and bool((steps == steps[0]).all())


def _which_order(draft: Draft, dates: Dates, evidence: str) -> Question:
    first = int(np.argmax(dates.values != dates.other))
    day = {d.order: str(d.values[first].astype("datetime64[D]")) for d in (dates, dates.swapped())}
    other = dates.swapped().order
    ways = [(f"{_ORDERS[o]}: {day[o]}", {"date_order": o}) for o in (dates.order, other)]
    both = " or ".join(day[o] for o in _ORDERS if o in day)
    return draft.question(
        "date_order",
        f"Column {draft.name!r} holds dates that may mean {both} "
        f"(first: {dates.cells.quoted(first)}); they are read as {day[dates.order]}.",
        evidence,
        *ways,
    )


def _with_parts(
    draft: Draft, moments: Moments, reason: str, names: Collection[str], **what: Any
) -> ColumnResult:
    """Give the dates, and the parts of them that were asked for, as columns."""
    chosen = [part for part in draft.choices.parts if part in DATE_PARTS]
    parts = {_free(f"{draft.name} ({part})", names): part for part in chosen}
    confidence = what.pop("confidence")
    dates = pd.array(moments.astype("datetime64[us]"))
    typed = draft.result(dates, "date", confidence, reason, parts=tuple(parts.items()), **what)
    report = replace(typed.report, n_missing=int(np.isnat(moments).sum()))
    values = dict(typed.values)
    values |= {name: date_part(moments, part) for name, part in parts.items()}
    return replace(typed, values=values, report=report)


def _free(name: str, names: Collection[str]) -> str:
    count, free = 2, name
    while free in names:
        free, count = f"{name} ({count})", count + 1
    return free
