"""Words that differ in a Roman numeral, such as centuries and stages: offered as its steps."""

from __future__ import annotations

import re

from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.diagnosis import Question

_ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_FRAMED = re.compile(
    r"((?:[^\W\d_]+\.?\s)?)([IVXLCDM]+)((?:[a-z\u00e8.\u00ba\u00aa]{0,4})(?:\s.*)?)"
)
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_STEPS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_FEWEST = 3  # different ones: two, such as I and V, may be any letters
_WIDEST = 40  # from the first to the last, so that steps between them can be listed


def roman_value(numeral: str) -> int | None:
    """The number of a Roman numeral; None if it is none.

    >>> roman_value("XIX"), roman_value("IV"), roman_value("IIX"), roman_value("")
    (19, 4, None, None)
    """
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    worth = [_WORTH[letter] for letter in numeral]
    after = [*worth[1:], 0]
    return sum(-w if w < then else w for w, then in zip(worth, after, strict=True))


def roman_numeral(value: int) -> str:
    """The Roman numeral of a number.

    >>> roman_numeral(19), roman_numeral(4)
    ('XIX', 'IV')
    """
    found = ""
    for worth, letters in _STEPS:
        times, value = divmod(value, worth)
        found += letters * times
    return found


def numeral_question(draft: Draft) -> Question | None:
    """Ask whether words that differ in a Roman numeral alone are steps; None if they are not."""
    cells = draft.cells
    if len(cells.texts) < _FEWEST or kind_of_words(cells)[0] != "category":
        return None
    parts = [_FRAMED.fullmatch(text) for text in cells.texts.to_pylist()]
    frames = {(part[1], part[3]) for part in parts if part is not None}
    if len(frames) != 1 or None in parts:
        return None
    found = [roman_value(part[2]) for part in parts if part is not None]
    values = [value for value in found if value is not None]
    if len(values) < len(found) or not 0 < max(values) - min(values) < _WIDEST:
        return None
    ((before, after),) = frames
    steps = range(min(values), max(values) + 1)
    levels = tuple(f"{before}{roman_numeral(step)}{after}" for step in steps)
    return draft.question(
        "numerals",
        f"Column {draft.name!r} holds Roman numerals (first: {cells.quoted(0)}, which is "
        f"{values[0]}); they are read as words.",
        "All cells are alike but for a Roman numeral.",
        ("words", {"kind": "category"}),
        (f"steps of a scale, 1 for {levels[0]!r}", {"kind": "ordinal", "levels": levels}),
    )
