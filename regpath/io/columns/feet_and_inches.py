"""Lengths of feet and inches, such as 6'2", 6 ft 2 in and 5'11: offered as inches or as cm."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.column_result import Draft
from regpath.io.columns.kinds import kind_of_words
from regpath.io.columns.two_in_one import LEAST_CELLS, pair_answer
from regpath.io.columns.worded_durations import minutes_answer, minutes_of_cells
from regpath.io.diagnosis import Question
from regpath.wording import counted

LENGTHS = {"inches": 1.0, "cm": 2.54}  # parts of a column, and what an inch is in each
_NAMES = {"inches": "inches", "cm": "centimetres"}
_SAMPLE = 20  # different cells that are looked at first
_MOSTLY = 0.8  # of the cells are such lengths; the others are marks, or slips such as 5'12"
_FOOT = 12.0  # inches

_VULGAR = "[\u00bc-\u00be\u2150-\u215e]"
_RATIO = "[0-9]{1,2}[/\u2044][1-9][0-9]?"
_NUMBER = "[0-9]{1,3}(?:[.,][0-9]+)?"
_BELOW_A_FOOT = "[0-9]{1,2}(?:[.,][0-9]+)?"
_PARTS = rf"(?:(?:\s+|-){_RATIO}|\s*{_VULGAR})?|{_RATIO}|{_VULGAR}"
_APOSTROPHES = "'`\u00b4\u02b9\u2018\u2019\u2032"
_FOOT_WORDS = "ft|feet|foot|Fu\u00df|Fuss|pieds?|pies?|p\u00e9s?|piedi|voet|fot"
_INCH_WORDS = "ins?|inch(?:es)?|Zoll|pouces?|pulgadas?|polegadas?|pollici|duim|tum"
_FEET_SIGN = rf"(?:(?P<feet_word>(?i:{_FOOT_WORDS}))\.?|[{_APOSTROPHES}])"
_INCH_SIGN = (
    rf"(?:(?P<inch_word>(?i:{_INCH_WORDS}))\.?|[\"\u201c\u201d\u2033]|[{_APOSTROPHES}]{{2}})"
)
_BETWEEN = r"[\s,]*(?:-|(?i:and|und|et|y|e|en|och)\s)?\s*"
_LENGTH = re.compile(
    rf"(?P<minus>[+-]?)(?P<feet>{_NUMBER})\s*{_FEET_SIGN}"
    rf"(?:{_BETWEEN}(?P<inches>{_BELOW_A_FOOT}{_PARTS})\s*{_INCH_SIGN}?)?"
)
_INCHES_ALONE = re.compile(rf"(?P<minus>[+-]?)(?P<inches>{_NUMBER}{_PARTS})\s*{_INCH_SIGN}")


class Length(NamedTuple):
    """What a cell says.

    Attributes
    ----------
    inches : float
        NaN if it is no length, or has more inches than make a foot.
    has_both : bool
        Whether it has feet and inches.
    in_words : bool
        Whether a unit is written as a word; of signs alone minutes and seconds may be meant.
    """

    inches: float = float("nan")
    has_both: bool = False
    in_words: bool = False


def length_of(text: str) -> Length:
    r"""The length that a cell holds.

    >>> length_of("6'2\"").inches, length_of("5 ft 11 1/2 in").inches, length_of("5'11").inches
    (74.0, 71.5, 71.0)
    >>> length_of("4'45\"").inches, length_of("red").inches
    (nan, nan)
    """
    found = _LENGTH.fullmatch(text) or _INCHES_ALONE.fullmatch(text)
    if found is None:
        return Length()
    parts = found.groupdict()
    has_feet, has_inches = parts.get("feet") is not None, parts["inches"] is not None
    rest = _inches(parts["inches"]) if has_inches else 0.0
    if has_feet and rest >= _FOOT:
        return Length(has_both=True)
    inches = _FOOT * _float(parts["feet"]) + rest if has_feet else rest
    in_words = bool(parts.get("feet_word") or parts.get("inch_word"))
    return Length(-inches if parts["minus"] == "-" else inches, has_feet and has_inches, in_words)


def _inches(text: str) -> float:
    """The number of 11, 11.5, 11 1/2 and 11½."""
    spelled = re.sub(_VULGAR, lambda sign: f" {unicodedata.normalize('NFKC', sign[0])}", text)
    parts = re.split(r"[\s-]+", spelled.replace("\u2044", "/").strip())
    return sum(map(_float, parts))


def _float(text: str) -> float:
    above, _, below = text.replace(",", ".").partition("/")
    return float(above) / float(below or 1.0)


def lengths_of(cells: DistinctCells) -> NDArray[np.float64]:
    """The inches of the different cells; NaN where one is no length."""
    return np.array([length_of(text).inches for text in cells.texts.to_pylist()])


def length_question(draft: Draft) -> Question | None:
    """Ask whether a column holds feet and inches; None if most of its cells hold none."""
    cells = draft.cells
    if cells.n_known < LEAST_CELLS or len(cells.texts) < 3:
        return None
    few = [length_of(text) for text in cells.texts[:_SAMPLE].to_pylist()]
    if 2 * sum(np.isnan(each.inches) for each in few) > len(few):
        return None
    texts = cells.texts.to_pylist()
    found = [length_of(text) for text in texts]
    values = np.array([each.inches for each in found])
    known = ~np.isnan(values)
    both = np.array([each.has_both for each in found])
    n_good = int(cells.counts[known].sum())
    if n_good < max(_MOSTLY * cells.n_known, LEAST_CELLS) or 2 * (both & known).sum() < known.sum():
        return None
    k = int(np.argmax(both & known))
    kind = kind_of_words(cells)[0]
    in_words = any(each.in_words for each in found)
    minutes = None if in_words else _as_minutes(draft, kind)
    pair = pair_answer(draft, kind)
    what = "feet and inches, or minutes and seconds" if minutes else "feet and inches"
    return draft.question(
        "length",
        f"Column {draft.name!r} holds {what} (first: "
        f"{cells.quoted(k)}, which is {values[k]:.6g} inches), so it is read as text.",
        f"{n_good} of {cells.n_known} cells are feet and inches, fewer than 12 of these.",
        ("text", {"kind": kind}),
        *_answers(kind, cells.n_known - n_good),
        *(each for each in (minutes, pair) if each is not None),
    )


def _as_minutes(draft: Draft, kind: str) -> tuple[str, dict[str, Any]] | None:
    """The answer that such signs are of minutes and seconds, where most cells can be so read."""
    lost = np.isnan(minutes_of_cells(draft.cells))
    n_good = int(draft.cells.counts[~lost].sum())
    return minutes_answer(draft, kind) if n_good >= _MOSTLY * draft.cells.n_known else None


def _answers(kind: str, n_others: int) -> list[tuple[str, dict[str, Any]]]:
    missing = f", and {counted(n_others, 'cell')} missing" if n_others else ""
    return [
        (f"{_NAMES[part]}, as a column of numbers{missing}", {"kind": kind, "parts": (part,)})
        for part in LENGTHS
    ]
