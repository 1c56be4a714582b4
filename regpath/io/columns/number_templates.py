"""Forms of several numbers that the cells of a column share: 10 x 20 x 30, from 5 to 9, H10 W20."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

PLACES = ("first", "second", "third")
_MOSTLY = 0.8  # of the cells share what stands around their numbers
_LONG = 3  # digits that a part of a code or of a telephone number has in each cell
_BEGINS = r"(?:(?:(?<=[\s(\[{=:,;])|^)[+-])?"  # a sign of the number, not between two
_OPENS = re.compile(r".*[(\[{]\s*")
_WITHIN_WORD = re.compile(r".*[^\W\d_]")
_LETTER_ALONE = re.compile(r"(?:.*\s)?[^\W\d_]", re.DOTALL)
_TIMES = re.compile(r"[\W_]*[xX]")
_UNIT = re.compile(r"[^\W\d_]{0,6}(?![^\W_])")
_OF_CODES = re.compile(r"[-.()\s]*")


def shared_form(texts: Sequence[str], number: str, digits: str) -> str | None:
    r"""A pattern with a group for each of two or three numbers; None if cells share no words.

    Parameters
    ----------
    texts : sequence of str
        Different cells.
    number, digits : str
        Patterns of a number, with its sign, and without.

    Examples
    --------
    >>> form = shared_form(["from 5 to 9", "from 12 to 30"], "-?[0-9]+", "[0-9]+")
    >>> re.fullmatch(form, "from 7 to 8").group("second")
    '8'
    >>> shared_form(["INV-20-001", "INV-20-002"], "-?[0-9]+", "[0-9]+")
    """
    cut = re.compile(_BEGINS + digits)
    around = {text: _around(cut, text) for text in texts}
    parts, n = Counter(around.values()).most_common(1)[0]
    if n < _MOSTLY * len(texts) or not _stand_apart(parts):
        return None
    alike = [cut.findall(text) for text, of_text in around.items() if of_text == parts]
    if _are_codes(parts, alike):
        return None
    form = _pattern(parts[0])
    for place, part in zip(PLACES, parts[1:], strict=False):
        form += f"(?P<{place}>{number}){_pattern(part)}"
    return form


def _around(cut: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What stands before, between and behind the numbers, with blanks alike."""
    return tuple(" ".join(f"|{part}|".split())[1:-1] for part in cut.split(text))


def _pattern(part: str) -> str:
    words = r"\s*".join(map(re.escape, part.split()))
    return rf"\s*{words}\s*" if words else r"\s*"


def _stand_apart(parts: Sequence[str]) -> bool:
    """Tell whether two or three numbers have signs or words between, and are no part of words."""
    if not 2 < len(parts) <= len(PLACES) + 1:
        return False
    *before, _ = parts
    between = parts[1:-1]
    bracketed = bool(_OPENS.fullmatch(parts[0]))
    if any(part.strip() in ("", ".", ",") for part in between) and not (
        bracketed and "." not in between
    ):
        return False
    blanks = all(" " in part for part in between)
    for part in filter(_WITHIN_WORD.fullmatch, before):
        if not _TIMES.fullmatch(part) and not (blanks and _LETTER_ALONE.fullmatch(part)):
            return False
    return all(_UNIT.match(part) for part in parts[1:])


def _are_codes(parts: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell numbers with zeros before them, or of as many digits in each cell: parts of a code."""
    if any(len(cell) > 1 and cell[0] == "0" and cell.isdigit() for row in rows for cell in row):
        return True
    if len(parts) <= len(PLACES) or not all(map(_OF_CODES.fullmatch, parts)):
        return False
    if set(parts[1:-1]) == {"-"}:
        return True
    lengths = ({len(cell) for cell in column} for column in zip(*rows, strict=True))
    return any(len(of_place) == 1 and min(of_place) >= _LONG for of_place in lengths)
