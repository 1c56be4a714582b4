"""Durations that name their units, such as 1h 20m, and those beside other cells, such as DNF."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.columns.two_in_one import LEAST_CELLS, pair_answer, seconds_between_colons
from regpath.io.diagnosis import Question
from regpath.wording import counted

MINUTES = "minutes"  # what the part is called that they are
_SAMPLE = 20  # different cells that are looked at first
_MOSTLY = 0.8  # of the cells are durations; the others are marks, such as DNF
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_DAYS = rf"(?:{_NUMBER}\s*(?:days?|d|D|Tage?|Tg\.?|jours?|j|d\u00edas?|giorni|dagen)[\s,T]*)?"
_HOURS = rf"(?:{_NUMBER}\s*(?:hours?|hrs?\.?|h|H|Std\.?|Stunden?|heures?|horas?|ore|uur)[\s,]*)?"
_MINUTES = (
    rf"(?:{_NUMBER}\s*(?:minutes?|mins?\.?|m|M|Min\.?|Minuten?|minutos?"
    rf"|['\u00b4\u2019\u2032])[\s,]*)?"
)
_SECONDS = (
    rf"(?:{_NUMBER}\s*(?:seconds?|secs?\.?|s|S|Sek\.?|Sekunden?|segundos?|[\"\u201d\u2033]|'')?)?"
)
_WORDED = re.compile(rf"([+-]?)\s*P?T?{_DAYS}{_HOURS}{_MINUTES}{_SECONDS}\.?")
_HOURS_AND_MINUTES = re.compile(r"([+-]?)([0-9]+)\s?[hH]\s?([0-5][0-9])")
_DAYS_AND_CLOCK = re.compile(rf"([+-]?)\s*{_NUMBER}\s*(?:days?|d|Tage?|jours?)[\s,]*([0-9:.,]+)")
_IN_MINUTES = (1440.0, 60.0, 1.0, 1.0 / 60.0)  # a day, an hour, a minute, a second


def minutes_of(text: str) -> tuple[float, int]:
    """The minutes of a duration, and how many units it names; (nan, 0) if it is none.

    >>> minutes_of("1h 20m"), minutes_of("PT4M6S"), minutes_of("2 days 03:00:00"), minutes_of("DNF")
    ((80.0, 2), (4.1, 2), (3060.0, 2), (nan, 0))
    """
    clock = _DAYS_AND_CLOCK.fullmatch(text)
    if clock is not None and (rest := seconds_between_colons(clock[3])) is not None:
        minutes = 1440.0 * _float(clock[2]) + rest / 60.0
        return (-minutes if clock[1] == "-" else minutes), 2
    bare = _HOURS_AND_MINUTES.fullmatch(text)
    if bare is not None:
        minutes = 60.0 * _float(bare[2]) + _float(bare[3])
        return (-minutes if bare[1] == "-" else minutes), 2
    worded = _WORDED.fullmatch(text)
    if worded is None or not any(worded.groups()[1:]):
        colons = seconds_between_colons(text)
        return (float("nan"), 0) if colons is None else (colons / 60.0, 2)
    if text.strip().lstrip("+-").replace(".", "").replace(",", "").isdigit():
        return float("nan"), 0  # a number without a unit
    if worded[5] and not worded[4] and text[-1].isdigit():
        return float("nan"), 0  # 4m6 ends with seconds, 1D5 is a code
    found = zip(worded.groups()[1:], _IN_MINUTES, strict=True)
    parts = [_float(number) * worth for number, worth in found if number]
    return (-sum(parts) if worded[1] == "-" else sum(parts)), len(parts)


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def minutes_of_cells(cells: DistinctCells) -> NDArray[np.float64]:
    """The minutes of the different cells; NaN where one is no duration."""
    return np.array([minutes_of(text)[0] for text in cells.texts.to_pylist()])


def minutes_question(draft: Draft) -> Question | None:
    """Ask whether a column holds durations; None if most of its cells are none."""
    cells = draft.cells
    if cells.n_known < LEAST_CELLS or len(cells.texts) < 3:
        return None
    first = [minutes_of(text)[1] for text in cells.texts[:_SAMPLE].to_pylist()]
    if 2 * first.count(0) > len(first):
        return None
    values = minutes_of_cells(cells)
    units = max(minutes_of(text)[1] for text in cells.texts.to_pylist())
    known = ~np.isnan(values)
    n_good = int(cells.counts[known].sum())
    if n_good < max(_MOSTLY * cells.n_known, LEAST_CELLS) or (units < 2 and known.all()):
        return None
    k = int(np.argmax(known))
    kind = kind_of_words(cells)[0]
    pair = pair_answer(draft, kind)
    return draft.question(
        "minutes",
        f"Column {draft.name!r} holds durations (first: {cells.quoted(k)}, which is "
        f"{values[k]:.6g} minutes), so it is read as text.",
        f"{n_good} of {cells.n_known} cells are durations.",
        ("text", {"kind": kind}),
        minutes_answer(draft, kind),
        *([pair] if pair else []),
    )


def minutes_answer(draft: Draft, kind: str) -> tuple[str, dict[str, Any]]:
    """The answer that makes a column of minutes."""
    lost = np.isnan(minutes_of_cells(draft.cells))
    n_others = int(draft.cells.counts[lost].sum())
    missing = f", and {counted(n_others, 'cell')} missing" if n_others else ""
    return f"minutes, as a column of numbers{missing}", {"kind": kind, "parts": (MINUTES,)}
