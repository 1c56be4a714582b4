"""Measures of several units in one cell, durations and lengths: asked, and made columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.feet_and_inches import LENGTHS, length_question, lengths_of
from regpath.io.columns.worded_durations import MINUTES, minutes_of_cells, minutes_question
from regpath.io.diagnosis import Question
from regpath.wording import counted


def measure_question(draft: Draft) -> Question | None:
    """Ask whether a column holds such measures; None if most of its cells hold none."""
    return length_question(draft) or minutes_question(draft)


def with_measures(draft: Draft, typed: ColumnResult) -> ColumnResult:
    """The same, with the measures that were asked for as columns of their own."""
    for part in draft.choices.parts:
        if part == MINUTES:
            typed = _with_part(draft, typed, part, minutes_of_cells, "duration")
        elif part in LENGTHS:
            typed = _with_part(draft, typed, part, _in(LENGTHS[part]), "length")
    return typed


def _in(unit: float) -> Callable[[DistinctCells], NDArray[np.float64]]:
    return lambda cells: unit * lengths_of(cells)


def _with_part(
    draft: Draft,
    typed: ColumnResult,
    part: str,
    values_of: Callable[[DistinctCells], NDArray[np.float64]],
    what: str,
) -> ColumnResult:
    values = values_of(draft.cells)
    name = f"{draft.name} ({part})"
    reading = replace(typed.reading, parts=(*typed.reading.parts, (name, part)))
    lost = np.isnan(values)
    repairs = typed.repairs
    if lost.any():
        n_cells = int(draft.cells.counts[lost].sum())
        first = draft.cells.quoted(int(np.argmax(lost)))
        lost_cells = counted(
            n_cells, f"cell that is no {what} is", f"cells that are no {what}s are"
        )
        clause = f"{lost_cells} missing (first: {first})"
        repairs = (*repairs, draft.repair("others", clause, n_cells, parts=()))
    values_by_name = {**typed.values, name: draft.cells.expanded(values, np.nan)}
    return replace(typed, values=values_by_name, reading=reading, repairs=repairs)
