"""Columns of numbers in which some cells hold a mark, or a flag beside the number."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import FEW_INTEGERS, kind_of_words
from regpath.io.columns.missing import NOTHING
from regpath.io.columns.numbers import Numbers, read_numbers
from regpath.io.diagnosis import Question
from regpath.wording import counted, listed

LEAST_CELLS = 6  # below, nothing can be said of what the rest are
LEAST_NUMBERS = 5  # cells of the column that are numbers; fewer may be chance
MOST_MARKS = 4  # different ones; more are words, unless they are rare
_LEAST_LEVELS = 10  # cells of words, from which they may be levels
_AGAIN = 3  # cells of each word on average, from which words are levels
RARE = 0.1  # of the cells: words that may be slips of the pen
_NAMED_MARKS = "bdl bql blq lod <lod loq <loq <dl dl nd <mdl mdl tr trace nil ns"
_NAMED = frozenset(_NAMED_MARKS.split())  # below a limit of detection, and such
# Signs alone, one letter or digit beside a sign, one letter: no word, and no level of anything.
_MARK = re.compile(r"[\W_]+|[\W_]*[^\W\d_][\W_]*|\W+\d\W+")
_NOTHING_SIGN = re.compile(r"[\W_]*[-\u2010-\u2015\u2212\uff0d/\u00b7\u2022\u00d8\u2205][\W_]*")
_ATTACHED = re.compile(r".*[0-9.,][A-Za-z]")


class Nearly(NamedTuple):
    """A column that is nearly one of numbers, and whether it is taken for one."""

    draft: Draft
    numbers: Numbers
    question: Question
    taken: bool
    marks: tuple[str, ...] = ()  # that the question says are missing


def nearly_numbers(draft: Draft, numbers: Numbers) -> Nearly | None:
    """Ask about cells that are no plain numbers where the rest are; None if the rest are not."""
    cells = numbers.cells
    flagged = numbers.changed.get("flag", np.zeros(len(numbers.good), dtype=bool))
    plain = numbers.good & ~flagged
    n_plain = int(cells.counts[plain].sum())
    if cells.n_known < LEAST_CELLS or int(numbers.good.sum()) < 3 or n_plain < 1:
        return None
    marks = cells.texts.filter(pa.array(~numbers.good)).to_pylist()
    n_others = cells.n_known - numbers.n_good
    many = len(marks) > MOST_MARKS and n_others > RARE * cells.n_known
    if numbers.n_good < LEAST_NUMBERS or (many and not _are_most(numbers)):
        return None
    taken = not many and _are_marks(marks)
    taken = taken and _measures(numbers) and not _are_codes(numbers, flagged)
    said = draft.choices.missing is not None or not draft.kept_as_words.isdisjoint(marks)
    if marks and said:
        taken = False  # a person has said which marks are missing
    if marks and flagged.any() and not taken and not many and not _are_many(numbers, n_plain):
        return None
    where = ~numbers.good if marks else flagged
    told = _told(numbers, flagged, marks)
    ways = _ways(draft, numbers, flagged, n_others)
    if _are_labels(marks, n_others) and not flagged.any():
        told, ways = _of_labels(draft, numbers, marks)
    end = "" if taken else ", so it is read as text"
    question = draft.question(
        "mixed" if marks else "flag",
        f"Column {draft.name!r} holds {told.taken if taken else told.text} "
        f"(first: {cells.quoted(int(np.argmax(where)))}){told.end if taken else end}.",
        f"{int(cells.counts[plain].sum())} of {cells.n_known} cells are numbers.",
        *(ways if taken else (ways[-1], *ways[:-1])),
        *_as_zero(marks, n_others, any_flag=bool(flagged.any())),
    )
    if taken and marks:
        draft = replace(draft, distinct=cells.without(frozenset(marks)))
        again = read_numbers(draft.cells, draft.choices.decimal, draft.kept(), forced=True)
        assert again is not None  # numbers are left
        numbers = again
    return Nearly(draft, numbers, question, taken, tuple(marks))


class _Told(NamedTuple):
    text: str
    taken: str
    end: str


def _told(numbers: Numbers, flagged: NDArray[np.bool_], marks: list[str]) -> _Told:
    counts = numbers.cells.counts
    n_flagged = int(counts[flagged].sum())
    flags = f"a flag beside the number in {counted(n_flagged, 'cell')}"
    if not marks:
        return _Told(flags, flags, ": flags are left out")
    n_marks = int(counts[~numbers.good].sum())
    words = counted(n_marks, "value that is not a number", "values that are not numbers")
    held = f"{listed(marks)} in {counted(n_marks, 'cell')}"
    if not flagged.any():
        return _Told(words, held, ", all others are numbers: it is read as missing")
    return _Told(
        words, f"{held} and {flags}", ": flags are left out, what is no number is read as missing"
    )


def _are_labels(marks: list[str], n_others: int) -> bool:
    """Tell words that occur again and again: rather levels than slips of the pen."""
    again = n_others >= max(_LEAST_LEVELS, _AGAIN * len(marks))
    return bool(marks) and again and not any(map(_MARK.fullmatch, marks))


def _of_labels(
    draft: Draft, numbers: Numbers, marks: list[str]
) -> tuple[_Told, list[tuple[str, dict[str, Any]]]]:
    """The question whether words that are levels may be missing: it names them."""
    n_others = numbers.cells.n_known - numbers.n_good
    cells = counted(n_others, "cell")
    text = f"the words {listed(marks)} in {cells} beside {counted(numbers.n_good, 'number')}"
    missing = f"numbers, and {listed(marks)} missing ({cells})"
    kind = kind_of_words(draft.cells)[0]
    levels = "levels, numbers and words alike" if kind == "category" else "text"
    told = _Told(text, text, ": the words are read as missing")
    return told, [(missing, {"kind": "number"}), (levels, {"kind": kind})]


def _ways(
    draft: Draft, numbers: Numbers, flagged: NDArray[np.bool_], n_others: int
) -> list[tuple[str, dict[str, Any]]]:
    """The answers, text last."""
    missing = f", and {counted(n_others, 'cell')} missing" if n_others else ""
    text = ("text", {"kind": kind_of_words(draft.cells)[0]})
    if not flagged.any():
        return [(f"numbers{missing}", {"kind": "number"}), text]
    n_flagged = int(numbers.cells.counts[flagged].sum())
    both = counted(n_flagged + n_others, "cell")
    return [
        (f"numbers, without their flags{missing}", {"kind": "number"}),
        (f"numbers, and {both} missing", {"kind": "number", "kept": "flag"}),
        (f"numbers{missing}, and flags as a column", {"kind": "number", "parts": ("flag",)}),
        text,
    ]


def _as_zero(
    marks: list[str], n_others: int, *, any_flag: bool
) -> list[tuple[str, dict[str, Any]]]:
    """The answer that marks are 0, where they may mean none, or less than can be measured."""
    may_be = marks and not any_flag and all(map(_may_be_zero, marks))
    label = f"numbers, and {counted(n_others, 'cell')} 0"
    return [(label, {"kind": "number", "zero": tuple(marks)})] if may_be else []


def _may_be_zero(mark: str) -> bool:
    word = mark.lower()
    return word in _NAMED or word in NOTHING or bool(_NOTHING_SIGN.fullmatch(mark))


def _measures(numbers: Numbers) -> bool:
    """Tell whether the numbers measure something: few whole ones may be levels."""
    values = np.unique(numbers.values[numbers.good])
    return len(values) > FEW_INTEGERS or bool((values != np.round(values)).any())


def _are_most(numbers: Numbers) -> bool:
    """Tell whether most cells are numbers that measure something."""
    return 2 * numbers.n_good > numbers.cells.n_known and _measures(numbers)


def _are_many(numbers: Numbers, n_plain: int) -> bool:
    """Tell whether a third and more of the cells are plain numbers that measure something."""
    return 3 * n_plain >= numbers.cells.n_known and _measures(numbers)


def _are_marks(texts: Collection[str]) -> bool:
    return all(_MARK.fullmatch(text) or text.lower() in _NAMED for text in texts)


def _are_codes(numbers: Numbers, flagged: NDArray[np.bool_]) -> bool:
    """Tell whether whole numbers with a letter behind, such as 12A, may be codes."""
    if not flagged.any() or not numbers.all_integers:
        return False
    texts = numbers.cells.texts.filter(pa.array(flagged)).to_pylist()
    return any(_ATTACHED.fullmatch(text) for text in texts)
