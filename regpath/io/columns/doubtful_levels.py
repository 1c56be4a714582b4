"""Words that usually stand for a missing value, where they may be a level like any other."""

from __future__ import annotations

import re
from dataclasses import replace

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.columns.missing import MISSING
from regpath.io.diagnosis import Question
from regpath.wording import counted, shown

_CODE = re.compile(r"[A-Z][A-Za-z]")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FEW_CODES = 3  # different ones; two, such as TV and PC, are no system of codes


def with_doubtful_levels(draft: Draft) -> tuple[Draft, tuple[Question, ...]]:
    """A column of words in which "None", NA among codes and - beside + are levels, and asked about.

    Nothing is asked of IDs and free texts, which are no levels, nor where a person said what is
    missing.
    """
    cells = draft.cells
    if not cells.missing or draft.choices.missing is not None or not len(cells.texts):
        return draft, ()
    if kind_of_words(cells)[0] != "category":
        return draft, ()
    doubts = {word: why for word in cells.missing if (why := _why_level(word, cells))}
    if not doubts:
        return draft, ()
    levels = frozenset(word for word in doubts if _is_taken(word, cells))
    if levels:
        missing = draft.spells_missing - levels
        kept = DistinctCells.of(draft.name, draft.column, draft.rows, missing)
        draft = replace(draft, distinct=kept)
    return draft, tuple(
        _question(draft, word, cells.missing[word], why, word in levels)
        for word, why in doubts.items()
    )


def _why_level(word: str, cells: DistinctCells) -> str:
    """Why a mark may be a level of the column; "" if it may not."""
    texts = cells.texts.to_pylist()
    if word in ("None", "none"):
        return "All other cells are words, and None is one."
    if word == "-" and "+" in texts:
        return "Other cells are '+'."
    if word == "NA" and len(texts) >= _FEW_CODES and all(map(_CODE.fullmatch, texts)):
        others = [other for other in cells.missing if other != word]
        also = f" {shown(others[0] or 'a blank')} stands for missing values, too." if others else ""
        return f"All others are codes of two letters, such as {shown(texts[0])}.{also}"
    return ""


def _is_taken(word: str, cells: DistinctCells) -> bool:
    """Tell whether a mark is taken for a level; NA among codes such as Gd only beside blanks."""
    if word != "NA" or len(cells.missing) > 1:
        return True
    return all(map(_COUNTRY.fullmatch, cells.texts.to_pylist()))


def _question(draft: Draft, word: str, n_cells: int, why: str, is_level: bool) -> Question:
    taken = "it is read as a level" if is_level else "they are read as missing"
    taken = taken if n_cells == 1 or not is_level else "they are read as a level"
    taken = "it is read as missing" if n_cells == 1 and not is_level else taken
    usually = sorted(MISSING | set(draft.cells.missing))
    ways = [
        ("a level", {"missing": tuple(mark for mark in usually if mark != word)}),
        ("missing", {"missing": tuple(sorted({*usually, word}))}),
    ]
    return draft.question(
        f"level:{word}",
        f"Column {draft.name!r} holds {shown(word)} in {counted(n_cells, 'cell')} among words: "
        f"{taken}.",
        why,
        *(ways if is_level else ways[::-1]),
    )
