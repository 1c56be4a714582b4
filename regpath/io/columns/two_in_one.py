"""Cells of several numbers: durations such as 4:06, and pairs such as 120/80, asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells, matches
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.dates import read_clock
from regpath.io.columns.fractions import fractions_alone
from regpath.io.columns.kinds import DOUBTFUL, kind_of_words
from regpath.io.columns.number_forms import SeveralNumbers, several_numbers
from regpath.io.columns.number_templates import PLACES
from regpath.io.diagnosis import Question
from regpath.wording import counted

LEAST_CELLS = 5  # cells, below which a form may be chance
DURATION = "duration"  # what a reading calls how such a column was read

_PARTS = r"(?P<sign>[+-]?)(?P<a>[0-9]{1,4}):(?P<b>[0-5][0-9])(?::(?P<c>[0-5][0-9]))?"
_DURATION = rf"{_PARTS}(?P<d>(?:[.,][0-9]+)?)"
_COUNT = {2: "two", 3: "three"}
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
        values, "number", DOUBTFUL, "durations, as a number", questions=questions, date=DURATION
    )


def pair_question(draft: Draft) -> Question | None:
    """Ask about several numbers in one cell, where they would be set aside as text."""
    cells = draft.cells
    kind = kind_of_words(cells)[0]
    found = several_numbers(cells, draft.choices.decimal)
    if fractions_alone(cells.texts.to_pylist()):
        return _fraction_question(draft, kind)
    few = kind == "category" and len(cells.texts) <= _FEW_LEVELS
    if found is None or cells.n_known < LEAST_CELLS or (few and not found.is_deviation):
        return None
    words = "words" if kind == "category" else "text"
    k = int(np.argmax(found.has_form))
    n_cells = int(cells.counts[found.has_form].sum())
    where = "each cell" if found.has_form.all() else f"{n_cells} of {cells.n_known} cells"
    apart = " and ".join(f"{values[k]:g}" for values in found.values.values())
    return draft.question(
        "pair",
        f"Column {draft.name!r} holds {_COUNT[len(found.values)]} numbers in {where} (first: "
        f"{cells.quoted(k)}), so it is read as {words}.",
        f"Apart, each of them can be a feature: {apart} in the first.",
        (words, {"kind": kind}),
        _answer(found, cells, kind),
    )


def _fraction_question(draft: Draft, kind: str) -> Question:
    """Ask of 1/2 and 3/4, which may be days, scores or parts."""
    words = "words" if kind == "category" else "text"
    pair = pair_answer(draft, kind)
    return draft.question(
        "fraction",
        f"Column {draft.name!r} holds fractions alone (first: {draft.cells.quoted(0)}), so it is "
        f"read as {words}.",
        "Days, scores and levels may be so written.",
        (words, {"kind": kind}),
        ("numbers below 1", {"kind": "number"}),
        *([pair] if pair else []),
    )


def pair_answer(draft: Draft, kind: str) -> tuple[str, dict[str, Any]] | None:
    """The answer that takes several numbers in each cell apart; None if there are none."""
    found = several_numbers(draft.cells, draft.choices.decimal)
    return None if found is None else _answer(found, draft.cells, kind)


def _answer(found: SeveralNumbers, cells: DistinctCells, kind: str) -> tuple[str, dict[str, Any]]:
    lost = int(cells.counts[np.isnan(found.values["first"])].sum())
    missing = f", and {counted(lost, 'cell')} missing" if lost else ""
    label = f"{_COUNT[len(found.values)]} columns of numbers{missing}"
    return label, {"kind": kind, "parts": tuple(found.values)}


def with_halves(draft: Draft, typed: ColumnResult) -> ColumnResult:
    """The same, with the numbers that were asked for as columns of their own."""
    wanted = [part for part in draft.choices.parts if part in PLACES]
    found = several_numbers(draft.cells, draft.choices.decimal) if wanted else None
    if found is None:
        return typed
    cells = draft.cells
    parts = {f"{draft.name} ({part})": part for part in wanted}
    none = np.full(len(cells.texts), np.nan)
    values: dict[str, Any] = {
        name: cells.expanded(found.values.get(part, none), np.nan) for name, part in parts.items()
    }
    reading = replace(typed.reading, parts=(*typed.reading.parts, *parts.items()))
    repairs = typed.repairs
    lost = np.isnan(found.values["first"])
    if lost.any():
        n_cells, first = int(cells.counts[lost].sum()), cells.quoted(int(np.argmax(lost)))
        what = counted(n_cells, "cell that holds no number is", "cells that hold no number are")
        clause = f"{what} missing (first: {first})"
        repairs = (*repairs, draft.repair("others", clause, n_cells, parts=()))
    return replace(typed, values={**typed.values, **values}, reading=reading, repairs=repairs)
