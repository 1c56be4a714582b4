"""Cells of several numbers: durations such as 4:06, and pairs such as 120/80."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells, matches
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.dates import read_clock
from regpath.io.columns.kinds import kind_of_words
from regpath.io.diagnosis import Question

LEAST_CELLS = 5  # cells, below which a form may be chance
DURATION = "duration"  # what a reading calls how such a column was read

_PARTS = r"(?P<sign>[+-]?)(?P<a>[0-9]{1,4}):(?P<b>[0-5][0-9])(?::(?P<c>[0-5][0-9]))?"
_DURATION = rf"{_PARTS}(?P<d>(?:[.,][0-9]+)?)"
_BETWEEN = "/x:|;+'\u00d7\u00b1\u2013-"
_WORDS_BETWEEN = "to|bis|of|out of|von|by|per|und|and|et|y|e|a|\u00e0|do|tot|till|til|al|au"
_NUMBER = r"[+-]?[0-9]+(?:[.][0-9]+)?"
_UNIT = "(?:\\s?[A-Za-z%\u00b0\u00b5]{1,6})?"
_PAIR = (
    rf"[(\[]?(?P<first>{_NUMBER}){_UNIT}\s*(?:[&_{_BETWEEN}]|\+/-|\.\.|[(\[]|,\s|(?:{_WORDS_BETWEEN})\s)"
    rf"\s*(?P<second>{_NUMBER})\"?{_UNIT}[)\]]?"
)
_TUPLE = rf"[(\[](?P<first>{_NUMBER})[,;]\s*(?P<second>{_NUMBER})[)\]]"
_FLOAT = r"[+-]?[0-9]+[.][0-9]+"
_POINT = rf"(?:(?i:point)\s*)?[(\[]?(?P<first>{_FLOAT})(?:,|;|\s)\s*(?P<second>{_FLOAT})[)\]]?"
_FEW_LEVELS = 10  # different pairs, such as groups of ages, may be levels


def durations_of(cells: DistinctCells) -> NDArray[np.float64] | None:
    """The minutes of cells such as 4:06 and 1:02:33.5; None if not all are such.

    4:06 are minutes and seconds, or hours and minutes: 4.1 either way, of its first unit.
    """
    if not len(cells.texts) or not matches(cells.texts, _DURATION).all():
        return None
    found = pc.extract_regex(cells.texts, f"^{_DURATION}$")
    part = {key: found.field(key).to_pylist() for key in ("sign", "a", "b", "c", "d")}
    rows = zip(*part.values(), strict=True)
    return np.array([_minutes(*row) for row in rows])


def _minutes(sign: str, a: str, b: str, c: str | None, d: str | None) -> float:
    rest = float("0" + d.replace(",", ".")) if d else 0.0
    value = (
        60.0 * int(a) + int(b) + (int(c) + rest) / 60.0 if c else int(a) + (int(b) + rest) / 60.0
    )
    return -value if sign == "-" else value


def seconds_between_colons(text: str) -> float | None:
    """The seconds of 4:06 (minutes and seconds) or 1:02:33.5; None if it is no such text."""
    found = re.fullmatch(_DURATION, text)
    return None if found is None else 60.0 * _minutes(*found.group("sign", "a", "b", "c", "d"))


def duration_column(draft: Draft, minutes: NDArray[np.float64]) -> ColumnResult:
    """Type a column of durations; whether it is one is asked, unless a person has said so."""
    cells = draft.cells
    values = cells.expanded(minutes, np.nan)
    questions: tuple[Question, ...] = ()
    if draft.choices.kind is None:
        clock = read_clock(cells)
        day = [("times of the day", {"kind": "date", "parts": ("hour",)})] if clock else []
        questions = (
            draft.question(
                DURATION,
                f"Column {draft.name!r} holds durations or times (first: {cells.quoted(0)}); "
                f"they are read as {minutes[0]:.6g}.",
                "All cells are numbers with a colon, the second from 00 to 59: minutes, or hours "
                "where these were meant.",
                ("numbers", {"kind": "number"}),
                ("text", {"kind": kind_of_words(cells)[0]}),
                *day,
            ),
        )
    return draft.result(
        values, "number", 0.7, "durations, as a number", questions=questions, date=DURATION
    )


def pair_question(draft: Draft) -> Question | None:
    """Ask about two numbers in one cell, where they would be set aside as text."""
    cells = draft.cells
    kind = kind_of_words(cells)[0]
    if cells.n_known < LEAST_CELLS or (kind == "category" and len(cells.texts) <= _FEW_LEVELS):
        return None
    pair = pair_answer(draft, kind)
    if pair is None:
        return None
    words = "words" if kind == "category" else "text"
    return draft.question(
        "pair",
        f"Column {draft.name!r} holds two numbers in each cell (first: {cells.quoted(0)}), so it "
        f"is read as {words}.",
        "Apart, each of them can be a feature.",
        (words, {"kind": kind}),
        pair,
    )


def pair_answer(draft: Draft, kind: str) -> tuple[str, dict[str, Any]] | None:
    """The answer that takes two numbers in each cell apart; None if there are none."""
    if _halves(draft.cells) is None:
        return None
    return "two columns of numbers", {"kind": kind, "parts": ("first", "second")}


def with_halves(draft: Draft, typed: ColumnResult) -> ColumnResult:
    """The same, with the numbers that were asked for as columns of their own."""
    wanted = [part for part in draft.choices.parts if part in ("first", "second")]
    halves = _halves(draft.cells) if wanted else None
    if halves is None:
        return typed
    cells = draft.cells
    parts = {f"{draft.name} ({part})": part for part in wanted}
    values: dict[str, Any] = {
        name: cells.expanded(halves[part], np.nan) for name, part in parts.items()
    }
    reading = replace(typed.reading, parts=(*typed.reading.parts, *parts.items()))
    return replace(typed, values={**typed.values, **values}, reading=reading)


def _halves(cells: DistinctCells) -> dict[str, NDArray[np.float64]] | None:
    if not len(cells.texts):
        return None
    for pattern in (_PAIR, _TUPLE, _POINT):
        if matches(cells.texts, pattern).all():
            found = pc.extract_regex(cells.texts, f"^{pattern}$")
            return {key: _floats(found.field(key)) for key in ("first", "second")}
    return None


def _floats(texts: pa.StringArray) -> NDArray[np.float64]:
    return np.array([float(text) for text in texts.to_pylist()])
