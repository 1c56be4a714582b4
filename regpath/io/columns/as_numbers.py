"""Columns of numbers: what was rewritten, what else they may mean, and what they are like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regpath.errors import DataError
from regpath.io.columns import kinds
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.conventions import Conventions
from regpath.io.columns.fractions import SPACES
from regpath.io.columns.ids import numbers_the_rows, stands_beside
from regpath.io.columns.kinds import CLEAR
from regpath.io.columns.number_questions import questions_of_cells, sentinel_question
from regpath.io.columns.number_signs import Rewrite
from regpath.io.columns.numbers import Numbers
from regpath.io.diagnosis import Question, Repair
from regpath.wording import counted, shown

REASON, ONCE_READ = "every cell is a number", ", once its signs are read"
_FEW = 1000  # numbers, of which Python counts the different ones faster than pandas
_MARKS = {",": "a comma", ".": "a point", SPACES: "a blank"}
_CLAUSES = {
    "invisible": "invisible characters are left out",
    "minus": "a typographic minus sign is read as a plain one",
    "infinity": "\u221e is read as infinite",
    "percent": "the percent sign is left out, so that 12 % is 12",
    "cents": "a dash for no cents is left out",
    "brackets": "a number in brackets is negative",
    "trailing": "a minus sign behind a number makes it negative",
    "flag": "flags beside numbers are left out",
    "fraction": "fractions are read as decimals",
    "ordinal": "the endings of ordinal numbers are left out",
    "blanks": "blanks between a sign and its number are left out",
    "currency": "the currency is left out",
    "decimal": "a comma marks decimals",
}


def clause_of(key: str, thousands: str) -> str:
    """What a repair of numbers did, in words; `thousands` is the mark between them."""
    if key == "thousands":
        return f"{_MARKS.get(thousands, 'an apostrophe')} marks thousands"
    return _CLAUSES[key]


def plain_column(draft: Draft, values: NDArray[Any]) -> ColumnResult:
    """Type a column that holds plain numbers and blanks alone."""
    return _described(draft, values, 1.0, REASON)


def number_column(draft: Draft, numbers: Numbers) -> ColumnResult:
    """Type a column of numbers; the cells that are none become missing, and are counted."""
    cells = numbers.cells
    others = ~numbers.good
    repairs = list(_repairs(draft, numbers))
    if others.any():
        repairs.append(_others(draft, numbers, others))
    values = cells.expanded(numbers.values, np.nan)
    if numbers.all_integers and not np.isnan(values).any() and np.abs(values).max() < 2.0**63:
        values = values.astype(np.int64)
    parts = _flag_column(draft, numbers)
    reason = REASON + (ONCE_READ if repairs else "")
    typed = _described(
        draft,
        values,
        CLEAR if repairs else 1.0,
        reason,
        repairs=repairs,
        questions=questions_of_cells(draft, numbers),
        rewrites=(*_zero_rewrites(draft), *numbers.rewrites),
        parts=tuple((name, "flag") for name in parts),
    )
    return replace(typed, values={**typed.values, **parts})


def _zero_rewrites(draft: Draft) -> tuple[Rewrite, ...]:
    """What makes 0 of the spellings of it."""
    spelled = "|".join(map(re.escape, draft.zeros))
    return ((rf"^\s*(?:{spelled})\s*$", "0"),) if spelled else ()


def _flag_column(draft: Draft, numbers: Numbers) -> dict[str, Any]:
    """Where numbers have flags, as a column of its own, if that was asked for."""
    if "flag" not in draft.choices.parts:
        return {}
    flagged = numbers.changed.get("flag", np.zeros(len(numbers.good), dtype=bool))
    values = numbers.cells.expanded(flagged, False)
    return {f"{draft.name} (flag)": pd.array(values, dtype="boolean")}


def no_numbers_error(draft: Draft) -> DataError:
    """What is wrong with a column that was said to hold numbers and holds none."""
    return DataError(
        f"Column {draft.name!r} holds no numbers (first: {draft.cells.quoted(0)}).",
        'Read it as "category" or "text".',
    ).answered_by("kind", draft.name)


def lossy(draft: Draft, numbers: Numbers) -> Question | None:
    """Ask about integers whose zeros or digits a number would lose, and about what is too large."""
    for what, place in (
        ("integers with leading zeros", numbers.leading_zero()),
        ("integers with more digits than a number can keep", numbers.lost_digit()),
        ("values that are too large for a number", numbers.overflow()),
        ("whole numbers with exponents, as codes may be", numbers.code()),
    ):
        if place is not None:
            return _as_codes(draft, numbers, what, place)
    return None


def _as_codes(draft: Draft, numbers: Numbers, what: str, place: int) -> Question:
    return draft.question(
        "digits",
        f"Column {draft.name!r} holds {what} (first: {numbers.cells.quoted(place)}), "
        "so it is read as text.",
        "Codes such as postcodes and account numbers are written so; as numbers they would change.",
        ("text", {"kind": kinds.kind_of_words(draft.cells)[0]}),
        ("numbers all the same", {"kind": "number"}),
    )


def trouble_question(draft: Draft, numbers: Numbers) -> Question:
    """Ask about numbers that cannot be compared, such as amounts in two currencies."""
    return draft.question(
        "mixed",
        f"Column {draft.name!r} holds {numbers.stripped.trouble}, so it is read as text.",
        "They cannot be compared as they are.",
        ("text", {"kind": "text"}),
        ("numbers all the same", {"kind": "number"}),
    )


def with_decimal_mark(
    draft: Draft, numbers: Numbers, conventions: Conventions
) -> tuple[Numbers, tuple[Question, ...]]:
    """Settle what a doubtful mark means, and ask."""
    if numbers.other is None:
        return numbers, ()
    mark = "," if numbers.shows(",") else "."
    if "currency" in numbers.changed and not numbers.unmarked:
        decimal, evidence = "," if mark == "." else ".", "Amounts of money have two decimals."
    else:
        decimal, evidence = conventions.decimal(mark, numbers.unmarked)
    if decimal == mark and conventions.is_clear(mark):
        return _in_style(numbers, mark), ()  # a decimal point among decimal points is no question
    question = ambiguous(draft, numbers, decimal, evidence)
    return _in_style(numbers, decimal), (question,)


def _in_style(numbers: Numbers, decimal: str) -> Numbers:
    assert numbers.other is not None
    style = numbers.style if numbers.style.decimal == decimal else numbers.other
    return numbers.with_style(style)


def ambiguous(draft: Draft, numbers: Numbers, decimal: str, evidence: str) -> Question:
    """Ask whether a mark sets decimals or thousands apart; `decimal` is what was taken."""
    cells, texts = numbers.cells, numbers.stripped.texts.to_pylist()
    first = next(
        k for k, text in enumerate(texts) if numbers.good[k] and ("," in text or "." in text)
    )
    mark = "," if "," in texts[first] else "."
    thousands, decimals = texts[first].replace(mark, ""), texts[first].replace(mark, ".")
    other = "." if mark == "," else ","
    ways = [
        (f"{_MARKS[mark]} marks decimals: {decimals}", {"decimal": mark}),
        (f"{_MARKS[mark]} marks thousands: {thousands}", {"decimal": other}),
    ]
    taken = decimals if decimal == mark else thousands
    return draft.question(
        "decimal",
        f"Column {draft.name!r} holds numbers that may mean {thousands} or {decimals} "
        f"(first: {cells.quoted(first)}); they are read as {taken}.",
        evidence,
        *(ways if decimal == mark else ways[::-1]),
    )


def _described(
    draft: Draft, values: NDArray[Any], sure: float, reason: str, **what: Any
) -> ColumnResult:
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    n_distinct = len(set(known.tolist()) if len(known) < _FEW else pd.unique(known))
    kind, reason = _kind(draft, values, known, n_distinct, reason)
    typed = draft.result(values, kind, sure, reason, n_distinct=n_distinct, **what)
    question = sentinel_question(draft, values, known)
    return typed if question is None else typed.asking(question)


def _kind(
    draft: Draft, values: NDArray[Any], known: NDArray[Any], n_distinct: int, reason: str
) -> tuple[str, str]:
    if n_distinct == 1:
        return "constant", f"every cell is {known[0]:g}"
    beside = draft.is_first and stands_beside(draft.name, values)
    if beside or numbers_the_rows(draft.name, values):
        return "id", "it seems to number the rows"
    if kinds.few_integers(known, n_distinct):
        return "ordinal", (
            f"{n_distinct} different whole numbers from {known.min():g} to {known.max():g}: kept "
            'as numbers; say "category" if they are names'
        )
    return "number", reason


def _repairs(draft: Draft, numbers: Numbers) -> Iterator[Repair]:
    texts, plain = numbers.cells.texts, numbers.plain
    for key, mask in numbers.changed.items():
        k = int(np.argmax(mask))
        if key == "unit":
            clause = f"the unit {shown(numbers.stripped.unit)} is left out{_without(numbers, mask)}"
        elif key == "currency":
            clause = f"{_CLAUSES[key]}{_without(numbers, mask)}"
        else:
            clause = clause_of(key, numbers.style.thousands)
        n_cells = int(numbers.cells.counts[mask].sum())
        yield draft.repair(key, clause, n_cells, texts[k].as_py(), plain[k].as_py())


def _without(numbers: Numbers, mask: NDArray[np.bool_]) -> str:
    """Count the numbers that have none of what the others have."""
    n_cells = int(numbers.cells.counts[numbers.good & ~mask].sum())
    return f" ({counted(n_cells, 'cell has', 'cells have')} none)" if n_cells else ""


def _others(draft: Draft, numbers: Numbers, others: NDArray[np.bool_]) -> Repair:
    n_cells = int(numbers.cells.counts[others].sum())
    first = int(np.argmax(others))
    what = counted(n_cells, "cell that is not a number is", "cells that are not numbers are")
    clause = f"{what} missing (first: {numbers.cells.quoted(first)})"
    return draft.repair(
        "others", clause, n_cells, numbers.cells.texts[first].as_py(), "", kind=None
    )
