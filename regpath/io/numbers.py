"""Cells to floats, exactly: points, commas, thousands, and the spellings that are not numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

# The letters spell inf and infinity. float() alone would take 1_000 and digits of any script.
_NUMBER_BYTES = b"0123456789+-.eEinftyINFTY\n"
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_LEADING_ZERO_LINE = re.compile(rf"\n{_LEADING_ZERO.pattern}(?=\n)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_POINT_THEN_THREE = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_LARGEST_EXACT = 2.0**53


@dataclass(frozen=True)
class Style:
    """A way of writing numbers: the mark before decimals, the mark between thousands."""

    decimal: str
    thousands: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a number in this style looks like."""
        decimal, thousands = re.escape(self.decimal), re.escape(self.thousands)
        whole = rf"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+)"
        number = rf"(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?"
        return re.compile(rf"[+-]?(?:{number}|(?i:inf(?:inity)?))")

    def plain(self, cell: str) -> str:
        """Rewrite a number of this style for float()."""
        return cell.replace(self.thousands, "").replace(self.decimal, ".")


PLAIN = Style(decimal=".", thousands="")
POINT = Style(decimal=".", thousands=",")
COMMA = Style(decimal=",", thousands=".")
PATTERNS = {style: style.pattern for style in (POINT, COMMA)}


def parse_plain(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Parse numbers without thousands marks and with decimal points; None if one cell is not.

    Every float is the one nearest to what is written, which pandas' own parser does not promise.

    >>> parse_plain(["1", "-2.5e3"]), parse_plain(["1", "1_000"])
    (array([ 1.0e+00, -2.5e+03]), None)
    """
    if "\n".join(cells).encode().translate(None, _NUMBER_BYTES):
        return None
    try:
        return np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
    except ValueError:
        return None


def fitting_styles(cells: Sequence[str]) -> list[Style]:
    """Return the styles in which every cell is a number; two of them make the cells ambiguous.

    >>> fitting_styles(["1,234"]) == [POINT, COMMA], fitting_styles(["1,234", "0,5"]) == [COMMA]
    (True, True)
    """
    return [style for style, pattern in PATTERNS.items() if all(map(pattern.fullmatch, cells))]


def first_not_a_number(cells: Sequence[str]) -> tuple[int, int]:
    """Count the cells that are not numbers, in the kinder of the two styles, and find the first."""
    wrong = [
        [i for i, cell in enumerate(cells) if not pattern.fullmatch(cell)]
        for pattern in PATTERNS.values()
    ]
    fewest = min(wrong, key=len)
    return len(fewest), fewest[0]


def first_leading_zero(cells: Sequence[str]) -> int | None:
    """Find the first integer, such as 007, whose zeros a number would lose."""
    if not _LEADING_ZERO_LINE.search("\n" + "\n".join(cells) + "\n"):  # one search is fast
        return None
    return next((i for i, cell in enumerate(cells) if _LEADING_ZERO.fullmatch(cell)), None)


def first_lost_digit(cells: Sequence[str], values: NDArray[np.float64]) -> int | None:
    """Find the first integer that has more digits than a float can hold."""
    for i in np.flatnonzero(np.abs(values) >= _LARGEST_EXACT).tolist():
        if _INTEGER.fullmatch(cells[i]) and Decimal(cells[i]) != Decimal(float(values[i])):
            return i
    return None


def all_integers(cells: Sequence[str]) -> bool:
    """Tell whether no number has a decimal point, an exponent or infinity in it."""
    return not "".join(cells).encode().translate(None, b"0123456789+-")


def may_be_thousands(cells: Sequence[str]) -> bool:
    """Tell whether every decimal point, such as that of 1.234, could set thousands apart."""
    pointed = [cell for cell in cells if "." in cell]
    return bool(pointed) and all(map(_POINT_THEN_THREE.fullmatch, pointed))
