"""Signs among numbers that may mean 0 or a missing value, such as the dash of an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regpath.io.columns.as_numbers import number_column
from regpath.io.columns.column_result import ColumnResult, Draft, ZeroMarks
from regpath.io.columns.missing import DASHES, MISSING
from regpath.io.columns.numbers import Numbers, read_numbers
from regpath.io.diagnosis import Answer, Question
from regpath.io.options import ReadOptions
from regpath.wording import counted, listed

_FEWEST = 3  # different numbers, from which how far apart they are says anything
_POINT = "."  # R prints tables of counts with it for 0
_NONE = "None"  # for no children; beside decimals it is Python's
_OF_ACCOUNTS = {"currency", "brackets"}  # repairs of what accounts write around numbers


def zero_marks(draft: Draft, numbers: Numbers) -> ZeroMarks | None:
    """The signs of a column that may mean 0; None where none may, or a person has said.

    A sign is missing for certain where 0 lies further from all numbers than they from each other.
    """
    said = draft.choices
    values = numbers.values[numbers.good]
    if (said.missing is not None and not draft.is_known) or said.zero or not len(values):
        return None
    has_zeros = bool((values == 0.0).any())
    also = () if has_zeros else (_POINT, *([_NONE] if numbers.all_integers else []))
    known = DASHES.union(also)
    marks = tuple(mark for mark in numbers.cells.missing if mark in known)
    if not marks or _is_far_from_zero(values):
        return None
    accounts = bool(_OF_ACCOUNTS & numbers.changed.keys()) and not has_zeros
    accounts = accounts and DASHES.issuperset(marks) and not draft.is_known
    if accounts:
        evidence = "Accounts write 0 so, and no cell holds 0."
    elif has_zeros:
        evidence = "Other cells hold 0, but statistical offices write a dash for exactly none."
    else:
        evidence = "No cell holds 0."
    others = tuple(mark for mark in numbers.cells.missing if mark not in marks)
    if others:
        evidence += " Other cells are missing in another way."
    n_cells = sum(numbers.cells.missing[mark] for mark in marks)
    return ZeroMarks(draft.name, marks, n_cells, evidence, accounts, others)


def _is_far_from_zero(values: NDArray[np.float64]) -> bool:
    if len(np.unique(values)) < _FEWEST or not np.isfinite(values).all():
        return False
    return bool(np.abs(values).min() > np.ptp(values))


def number_column_with_zeros(draft: Draft, numbers: Numbers) -> ColumnResult:
    """A column of numbers, with what its signs that may mean 0 were taken for."""
    found = zero_marks(draft, numbers)
    if found is not None and found.is_zero:
        draft, numbers = _read_as_zero(draft, numbers, found)
    return replace(number_column(draft, numbers), zero_marks=found)


def _read_as_zero(draft: Draft, numbers: Numbers, found: ZeroMarks) -> tuple[Draft, Numbers]:
    """The same column, with its signs read as 0."""
    draft = draft.with_zeros(found.marks, frozenset(found.others))
    again = read_numbers(draft.cells, numbers.style.decimal, draft.kept(), forced=True)
    assert again is not None  # its numbers are still there
    return draft, again


def zero_questions(found: Iterable[ZeroMarks | None], options: ReadOptions) -> Iterable[Question]:
    """Ask once of all columns whose signs and evidence are the same."""
    alike: dict[tuple[object, ...], list[ZeroMarks]] = {}
    for each in found:
        if each is not None:
            alike.setdefault((each.marks, each.evidence, each.is_zero), []).append(each)
    return map(_question, alike.values(), [options] * len(alike))


def _question(columns: Sequence[ZeroMarks], options: ReadOptions) -> Question:
    first = columns[0]
    key = f"zero:{' '.join(first.marks)}:{first.column}"
    n_cells = sum(each.n_cells for each in columns)
    names = listed([each.column for each in columns])
    holds = f"Column {names} holds" if len(columns) == 1 else f"Columns {names} hold"
    are, taken = ("are", "They are") if n_cells > 1 else ("is", "It is")
    zero = options
    for each in columns:
        zero = zero.saying(each.column, zero=each.marks)
    missing = options.accepting(key)
    if first.is_zero:
        for each in columns:
            missing = missing.saying(each.column, missing=_also_missing(each))
    ways = (Answer("missing", missing), Answer("0", zero))
    return Question(
        key,
        f"{holds} {listed(first.marks)} in {counted(n_cells, 'cell')} among numbers: {are} "
        f"{'it' if n_cells == 1 else 'they'} missing, or 0? {taken} read as "
        f"{'0' if first.is_zero else 'missing'}.",
        first.evidence,
        ways[::-1] if first.is_zero else ways,
        first.column if len(columns) == 1 else None,
    )


def _also_missing(found: ZeroMarks) -> tuple[str, ...]:
    return tuple(sorted({*MISSING, *found.marks, *found.others}))
