"""Columns of words: true and false, steps of a scale, categories, IDs, free text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regpath.errors import DataError, ParameterError
from regpath.io.columns.cells import TEXT
from regpath.io.columns.column_result import ColumnResult, Draft
from regpath.io.columns.kinds import ASKED, DOUBTFUL, kind_of_words
from regpath.io.columns.words import (
    DIRECTIONS,
    PAIRS,
    TICKS,
    false_and_true,
    known_scale,
    true_beside,
)
from regpath.io.diagnosis import Question
from regpath.wording import counted, listed, shown

_TRUE = frozenset(true for _, true in PAIRS)
_SPELLINGS = 20  # of two words, in capitals or not


def text_column(
    draft: Draft, kind: str | None = None, questions: Iterable[Question] = (), also: str = ""
) -> ColumnResult:
    """Keep the cells as text; `also` is what else there is to know."""
    cells = draft.cells
    guess, confidence, reason = kind_of_words(cells)
    if len(cells.texts) == 1:
        guess, confidence = "constant", 1.0
        reason = f"every cell is {shown(cells.texts[0].as_py())}"
    asked = tuple(questions)
    if also:
        confidence, reason = DOUBTFUL, f"{reason}; {also}"
    if asked:
        confidence, reason = ASKED, asked[0].what
    texts = np.append(np.array(cells.texts.to_pylist(), dtype=object), np.nan)
    values = pd.array(texts[cells.codes], dtype=TEXT)
    return draft.result(values, kind or guess, confidence, reason, questions=asked)


def boolean_column(draft: Draft) -> ColumnResult | None:
    """Type a column of two words that stand for false and true; None if it is no such column."""
    if len(draft.cells.texts) > _SPELLINGS:
        return None
    lower = {text.lower() for text in draft.cells.texts.to_pylist()}
    if len(lower) == 1:
        return _ticks(draft)
    pair = false_and_true(lower)
    return None if pair is None or pair in DIRECTIONS else _booleans(draft, pair)


def direction_question(draft: Draft) -> Question | None:
    """Ask of N beside S or O: directions, or no beside the yes of some languages."""
    texts = draft.cells.texts.to_pylist() if len(draft.cells.texts) <= _SPELLINGS else []
    if false_and_true({text.lower() for text in texts}) not in DIRECTIONS:
        return None
    return draft.question(
        "letters",
        f"Column {draft.name!r} holds {listed(sorted(texts))}: letters of words, such as north, or "
        "no and yes; they are read as words.",
        "One letter tells no language, and both are directions.",
        ("words", {"kind": "category"}),
        ("false and true", {"kind": "boolean"}),
    )


def chosen_boolean(draft: Draft) -> ColumnResult:
    """Type a column that was said to be true or false."""
    lower = sorted({text.lower() for text in draft.cells.texts.to_pylist()})
    if draft.choices.levels:
        return _in_these_words(draft, draft.choices.levels)
    if len(lower) == 1:
        true = true_beside(lower[0])
        pair = ("", lower[0]) if true is None else (lower[0], true)
        return _booleans(draft, pair, blank=true is None)
    if len(lower) != 2:
        raise DataError(
            f"Column {draft.name!r} holds {len(lower)} different values, so it cannot be boolean.",
            'Read it as "category".',
        ).answered_by("kind", draft.name)
    return _booleans(draft, false_and_true(lower) or (lower[0], lower[1]))


def _in_these_words(draft: Draft, levels: tuple[str, ...]) -> ColumnResult:
    """Type a column whose words for false and true were said; "" is a blank."""
    if len(levels) != 2:
        raise ParameterError(
            f"The levels of the boolean column {draft.name!r} must be two words, false and true. "
            f"Got {len(levels)} instead."
        )
    false, true = (word.lower() for word in levels)
    return _booleans(draft, (false, true), blank=false == "")


def _booleans(
    draft: Draft, pair: tuple[str, str], *, blank: bool = False, **what: Any
) -> ColumnResult:
    cells = draft.cells
    words = [text.lower() for text in cells.texts.to_pylist()]
    values = cells.expanded(np.array([word == pair[1] for word in words], dtype=bool), False)
    strange = np.array([word not in pair for word in words], dtype=bool)
    absent = cells.expanded(strange, not blank)
    reason = what.pop("reason", f"{shown(pair[1])} is true, {shown(pair[0])} is false")
    return draft.result(
        pd.arrays.BooleanArray(values, absent),
        "boolean",
        what.pop("sure", 1.0),
        reason,
        words=pair,
        blank_is_false=blank,
        **what,
    )


def _ticks(draft: Draft) -> ColumnResult | None:
    """A word or nothing: a tick if it is x or such, else a doubt."""
    cells = draft.cells
    blank = cells.missing.get("", 0)
    text = cells.texts[0].as_py()
    tick = text.lower() in TICKS
    if not blank or cells.n_known + blank < len(cells.rows) or "blank" in draft.kept():
        return None
    if not tick and text.lower() not in _TRUE:
        return None
    question = draft.question(
        "blank",
        f"Column {draft.name!r} holds {shown(text)} or nothing: a blank is read as "
        f"{'false' if tick else 'missing'}.",
        f"{counted(cells.n_known, 'cell')} of {len(cells.rows)} hold {shown(text)}.",
        *(
            [
                ("a blank is false", {"kind": "boolean"}),
                ("a blank is missing", {"kind": "category"}),
            ]
            if tick
            else [
                ("a blank is missing", {"kind": "category"}),
                ("a blank is false", {"kind": "boolean"}),
            ]
        ),
    )
    if not tick:
        return text_column(draft, questions=[question])
    repair = draft.repair("blank", "a blank is read as false", blank, "", "false")
    return _booleans(
        draft,
        ("", text.lower()),
        blank=True,
        sure=DOUBTFUL,
        questions=(question,),
        repairs=(repair,),
        reason=f"{shown(text)} or nothing, like a box to tick",
    )


def scale_column(draft: Draft) -> ColumnResult:
    """Turn words into 1, 2, 3, ..., the lowest first; words that are no step become missing."""
    cells = draft.cells
    texts = cells.texts.to_pylist()
    levels = draft.choices.levels or known_scale(texts)
    if not levels:
        raise DataError(
            f"The order of the words in column {draft.name!r} is not known "
            f"({listed(sorted(texts))}).",
            "Say its levels, the lowest first.",
        ).answered_by("levels", draft.name)
    step = {level: float(i) for i, level in enumerate(levels, start=1)}
    values = cells.expanded(np.array([step.get(text, np.nan) for text in texts]), np.nan)
    other = pc.invert(pc.is_in(cells.texts, value_set=pa.array(levels, pa.string())))
    mask = other.to_numpy(zero_copy_only=False)
    repairs = []
    if mask.any():
        n_cells = int(cells.counts[mask].sum())
        first = cells.quoted(int(np.argmax(mask)))
        what = counted(n_cells, "cell that is no level is", "cells that are no levels are")
        repairs = [draft.repair("others", f"{what} missing (first: {first})", n_cells, kind=None)]
    if not mask.any() and not np.isnan(values).any():
        values = values.astype(np.int64)
    reason = " < ".join(levels)
    return draft.result(values, "ordinal", 1.0, reason, repairs=repairs, levels=levels)
