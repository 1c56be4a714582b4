"""What single numbers of a column may mean beside themselves, asked: signs, units, odd values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regpath.io.columns import kinds
from regpath.io.columns.column_result import Draft
from regpath.io.columns.fractions import are_all_without_whole
from regpath.io.columns.missing import usual
from regpath.io.columns.numbers import Numbers
from regpath.io.diagnosis import Question
from regpath.io.options import KnownColumn
from regpath.wording import counted, shown

_FEWEST = 5  # numbers of which some have no unit; of fewer nothing is asked


def questions_of_cells(draft: Draft, numbers: Numbers) -> tuple[Question, ...]:
    """Ask about infinite numbers, signs that make negative, units that some lack, 3rd and 1e3."""
    return (
        *_endings(draft, numbers),
        *_exponents(draft, numbers),
        *_fractions(draft, numbers),
        *_infinities(draft, numbers),
        *_signs_that_negate(draft, numbers),
        *_without_unit(draft, numbers),
    )


def sentinel_question(draft: Draft, values: NDArray[Any], known: NDArray[Any]) -> Question | None:
    """Ask whether a number far from all others stands for a missing value."""
    odd = _odd(draft, known)
    return None if odd is None else _sentinel(draft, values, odd)


def _odd(draft: Draft, known: NDArray[Any]) -> float | None:
    """A number that may stand for a missing value, where nobody has said which do."""
    said = draft.choices
    if not isinstance(said, KnownColumn):
        return kinds.sentinel(known) if said.missing is None else None
    odd = kinds.sentinel(known)
    return None if odd is None or said.saw(odd) else odd


def _infinities(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    infinite = np.flatnonzero(np.isinf(numbers.values))
    if not len(infinite) or draft.is_said:
        return
    cells = numbers.cells
    what = counted(int(cells.counts[infinite].sum()), "infinite value")
    yield draft.question(
        "infinite",
        f"Column {draft.name!r} holds {what} (first: {cells.quoted(int(infinite[0]))}).",
        "No model can use infinite values.",
        ("infinite", _as_number(draft)),
        ("missing", {"missing": _also_missing(draft, cells.texts.take(infinite).to_pylist())}),
    )


def _endings(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    """Ask whether few ordinal numbers, such as 1st, 2nd and 3rd, are steps or names."""
    if "ordinal" not in numbers.changed or draft.is_said:
        return
    if len(numbers.cells.texts) > kinds.FEW_INTEGERS or draft.is_known:
        return
    yield draft.question(
        "ordinal",
        f"Column {draft.name!r} holds ordinal numbers (first: {numbers.cells.quoted(0)}); they are "
        f"read as {numbers.values[0]:g} and so on.",
        "From one to the next is the same step then; as words each has a feature of its own.",
        ("numbers", {"kind": "number"}),
        *_as_text(draft, numbers),
    )


def _fractions(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    """Ask of 1/2 beside 1 and 2, which may mean both."""
    mask = numbers.changed.get("fraction")
    cells = numbers.cells
    if mask is None or draft.is_said:
        return
    if not are_all_without_whole(cells.texts.to_pylist()):
        return
    k = int(np.argmax(mask))
    yield draft.question(
        "fraction",
        f"Column {draft.name!r} holds fractions beside numbers (first: {cells.quoted(k)}); they "
        f"are read as {numbers.values[k]:g}.",
        "None stands behind a whole number, as in 3 1/2.",
        ("numbers", _as_number(draft)),
        *_as_text(draft, numbers),
    )


def _exponents(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    """Ask of 1e3 beside whole numbers that are written in full: codes may be so written."""
    short = numbers.short_codes()
    if short is None or draft.is_said or draft.is_known:
        return
    k = int(np.argmax(short))
    yield draft.question(
        "exponent",
        f"Column {draft.name!r} holds whole numbers with exponents in "
        f"{counted(int(numbers.cells.counts[short].sum()), 'cell')} (first: "
        f"{numbers.cells.quoted(k)}), others without; they are read as {numbers.values[k]:g}.",
        "Codes look the same.",
        ("numbers", {"kind": "number"}),
        *_as_text(draft, numbers),
    )


def _signs_that_negate(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    """Ask whether brackets, or a minus behind a number, make it negative.

    Beside currencies and thousands they do: so amounts of money are written.
    """
    if draft.is_said or {"currency", "thousands"} & numbers.changed.keys():
        return
    for key, what in (("brackets", "in brackets"), ("trailing", "with a minus behind")):
        mask = numbers.changed.get(key)
        if mask is None or np.isin(np.abs(numbers.values[mask]), kinds.SENTINELS).all():
            continue  # of these it is asked whether they are missing
        others = bool((numbers.good & ~mask).any())
        if draft.is_known and not others:
            continue  # there is no other way to read it as numbers
        n_cells = counted(int(numbers.cells.counts[mask].sum()), "cell")
        yield draft.question(
            key,
            f"Column {draft.name!r} holds numbers {what} in {n_cells} (first: "
            f"{numbers.cells.quoted(int(np.argmax(mask)))}): they are read as negative.",
            "So accounts write negative numbers, but flags and footnotes look the same.",
            ("negative numbers", _as_number(draft)),
            *([(f"no numbers, {n_cells} missing", _as_number(draft) | {"kept": key})] * others),
            *_as_text(draft, numbers),
        )


def _without_unit(draft: Draft, numbers: Numbers) -> Iterator[Question]:
    """Ask whether numbers without a unit or currency are in that of the others."""
    if draft.is_said or numbers.n_good < _FEWEST:
        return
    for key in ("unit", "currency"):
        mask = numbers.changed.get(key)
        bare = None if mask is None else numbers.good & ~mask & (numbers.values != 0.0)
        if mask is None or bare is None or not bare.any():
            continue
        counts, cells = numbers.cells.counts, numbers.cells
        what = f"the unit {shown(numbers.stripped.unit)}" if key == "unit" else "a currency"
        have = counted(int(counts[mask].sum()), "cell")
        yield draft.question(
            key,
            f"Column {draft.name!r} holds numbers with {what} ({have}) and without "
            f"({counted(int(counts[bare].sum()), 'cell')}, first: "
            f"{cells.quoted(int(np.argmax(bare)))}): all are read as in the same.",
            "A unit is often left out where it is the usual one.",
            ("the same for all", _as_number(draft)),
            (f"no, {have} with it missing", _as_number(draft) | {"kept": key}),
            *_as_text(draft, numbers),
        )


def _as_number(draft: Draft) -> dict[str, Any]:
    """The answer that a column holds numbers, but for one of which an earlier file shows it."""
    return {} if draft.is_known else {"kind": "number"}


def _as_text(draft: Draft, numbers: Numbers) -> list[tuple[str, dict[str, Any]]]:
    """The answer that a column holds no numbers; where an earlier file had some, there is none."""
    return [] if draft.is_known else [("text", {"kind": kinds.kind_of_words(numbers.cells)[0]})]


def _sentinel(draft: Draft, values: NDArray[Any], odd: float) -> Question:
    is_odd = values == odd
    rest = values[~is_odd & ~np.isnan(values)]
    return draft.question(
        "sentinel",
        f"Column {draft.name!r} holds {odd:.0f} in {counted(int(is_odd.sum()), 'cell')}, far from "
        "all others: it may stand for a missing value; it is read as a number.",
        f"All other values lie between {rest.min():g} and {rest.max():g}.",
        ("a number", {} if draft.is_known else {"missing": _also_missing(draft)}),
        ("missing", {"missing": _also_missing(draft, draft.spellings(is_odd))}),
    )


def _also_missing(draft: Draft, spelled: Iterable[str] = ()) -> tuple[str, ...]:
    """What is missing already, and some other spellings."""
    found = draft.distinct.missing if draft.distinct is not None else {}
    return tuple(sorted({*usual(draft.choices), *found, *spelled}))
