"""Cells of several numbers: durations such as 4:06, and pairs such as 120/80."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.as_words import text_column
from regpath.io.columns.cells import DistinctCells, matches
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.dates import read_clock
from regpath.io.columns.kinds import kind_of_words
from regpath.io.diagnosis import Question

LEAST_CELLS = 5  # cells, below which a form may be chance
DURATION = "duration"  # what a reading calls how such a column was read

_PARTS = r"(?P<sign>[+-]?)(?P<a>[0-9]{1,4}):(?P<b>[0-5][0-9])(?::(?P<c>[0-5][0-9]))?"
_DURATION = rf"{_PARTS}(?P<d>(?:[.,][0-9]+)?)"
_BETWEEN = "/x:|;\u00d7\u00b1\u2013-"
_NUMBER = r"[+-]?[0-9]+(?:[.][0-9]+)?"
_PAIR = rf"(?P<first>{_NUMBER})\s*(?:[{_BETWEEN}]|\+/-|\()\s*(?P<second>{_NUMBER})\)?"


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


def _minutes(sign: str, a: str, b: str, c: str | None, d: str) -> float:
    rest = float("0" + d.replace(",", ".")) if d else 0.0
    value = (
        60.0 * int(a) + int(b) + (int(c) + rest) / 60.0 if c else int(a) + (int(b) + rest) / 60.0
    )
    return -value if sign == "-" else value


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
    if cells.n_known < LEAST_CELLS or kind_of_words(cells)[0] == "category":
        return None
    if _halves(cells) is None:
        return None
    kind = kind_of_words(cells)[0]
    return draft.question(
        "pair",
        f"Column {draft.name!r} holds two numbers in each cell (first: {cells.quoted(0)}), so it "
        "is read as text.",
        "Apart, each of them can be a feature.",
        ("text", {"kind": kind}),
        ("two columns of numbers", {"kind": kind, "parts": ("first", "second")}),
    )


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
    reading = replace(typed.reading, parts=tuple(parts.items()))
    return replace(typed, values={**typed.values, **values}, reading=reading)


def pair_column(draft: Draft, kind: str | None = None) -> ColumnResult:
    """A column of words, with the halves of its cells that were asked for."""
    return with_halves(draft, text_column(draft, kind))


def _halves(cells: DistinctCells) -> dict[str, NDArray[np.float64]] | None:
    if not len(cells.texts) or not matches(cells.texts, _PAIR).all():
        return None
    found = pc.extract_regex(cells.texts, f"^{_PAIR}$")
    return {key: _floats(found.field(key)) for key in ("first", "second")}


def _floats(texts: pa.StringArray) -> NDArray[np.float64]:
    return np.array([float(text) for text in texts.to_pylist()])
