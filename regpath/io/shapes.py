"""What a cell looks like from afar: a number, a date, nothing, or words. Structure needs no more.

What a number is worth is decided later, column by column; here 1,5 and 1.5 and $1.5 are numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ABSENT = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "null", "none", "missing", "-", "--", "?", ".", "nil")
)
_MONEY = "[$€£¥₹₽]|USD|EUR|GBP|CHF|JPY|kr|zł|Kč"
_GROUPS = "[0-9]{1,3}(?:[.,' \u00a0\u202f’][0-9]{3})+"
_DIGITS = rf"(?:{_GROUPS}|[0-9]+)(?:[.,][0-9]*)?|[.,][0-9]+"
_NUMBER = re.compile(
    rf"\(?[+\-\u2212]?\s?(?:{_MONEY})?\s?[+\-\u2212]?(?:{_DIGITS})(?:[eE][+-]?[0-9]+)?"
    rf"\s?(?:{_MONEY}|[%‰])?\)?|[+-]?inf(?:inity)?",
    re.IGNORECASE,
)
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[ap]m)?"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_DAY = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{1,2}[- ][a-z]{3,9}[- ][0-9]{2,4}"
_DATE = re.compile(rf"(?:{_DAY})(?:[T ]{_TIME}{_ZONE})?|{_TIME}", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)  # told at once
_NUMBERS_BEGIN = frozenset(("us", "eu", "gb", "ch", "jp", "kr", "in"))  # USD, kr, inf and so on
_MOSTLY = 0.8  # share of a column's cells


def is_absent(cell: str) -> bool:
    """Tell whether a cell stands for a missing value."""
    return cell.strip().lower() in _ABSENT


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, in any style, with or without a currency or percent."""
    cell = cell.strip()
    return bool(cell) and _NUMBER.fullmatch(cell) is not None


def is_date(cell: str) -> bool:
    """Tell whether a cell is a date, a time or both."""
    return _DATE.fullmatch(cell.strip()) is not None


def is_word(cell: str) -> bool:
    """Tell whether a cell is neither a number nor a date nor absent."""
    two = cell[:2]
    if two.isascii() and two.isalpha() and len(two) == 2 and two.lower() not in _NUMBERS_BEGIN:
        return not is_absent(cell)  # no date begins with letters
    return not (is_absent(cell) or is_number(cell) or is_date(cell))


def is_value(cell: str) -> bool:
    """Tell whether a cell is a number or a date."""
    if _PLAIN.fullmatch(cell):
        return True
    if cell.isalpha() and cell[-1] not in "yYfF":  # a word that is neither infinity nor inf
        return False
    return not is_absent(cell) and (is_number(cell) or is_date(cell))


def holds_values(column: Sequence[str]) -> bool:
    """Tell whether nearly all cells of a column that are not absent are numbers or dates."""
    values = sum(map(is_value, column))
    if values == len(column):
        return values > 0
    present = sum(not is_absent(cell) for cell in column)
    return present > 0 and values >= _MOSTLY * present


def extent(row: Sequence[str]) -> int:
    """Count the cells of a row up to the last that holds something.

    >>> extent(["a", "", "b", " ", ""])
    3
    """
    return next((j for j in range(len(row), 0, -1) if row[j - 1].strip()), 0)


def filled(row: Sequence[str]) -> int:
    """Count the cells of a row that hold something."""
    return sum(1 for cell in row if cell.strip())


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the length that most rows have; a line of notes weighs less than a row of a table."""
    widths = Counter(map(len, rows))
    return max(widths, key=lambda width: (widths[width] * (width - 0.9), width))
