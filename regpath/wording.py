"""How counts, numbers, cells and lists of names are worded in the app, notes and errors."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from typing import SupportsFloat

from regpath.number_format import POINT, current_format, localized, writing

_CELL_LENGTH = 40  # letters of a cell in a message
_NAMES = 3  # of a list in a message; the rest are counted
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALL, LARGE = 1e-3, 1e7  # below the one and from the other up, as a power of ten
_POWER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?e[-+]\d+\b")  # as Python writes a number
_MINUS = "\u2212"


def counted(number: int, singular: str, plural: str = "") -> str:
    """Word a count.

    >>> counted(1, "row"), counted(2, "row"), counted(2, "value that is", "values that are")
    ('1 row', '2 rows', '2 values that are')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def number_text(value: SupportsFloat, digits: int = 4, *, signed: bool = False) -> str:
    """Write a number as the explorer does, with so many digits that count.

    >>> number_text(0.5), number_text(12345.678), number_text(6.4512e-06), number_text(-1.0)
    ('0.5', '12,346', '6.451×10⁻⁶', '\u22121')
    >>> number_text(0.25, 3, signed=True), number_text(-0.25, 3, signed=True)
    ('+0.25', '\u22120.25')
    """
    value = float(value)
    if signed and value > 0.0:
        return f"+{number_text(value, digits)}"
    if not math.isfinite(value):
        return "none" if math.isnan(value) else "∞" if value > 0 else f"{_MINUS}∞"
    if value == 0.0:
        return "0"
    size = abs(value)
    if not SMALL <= size < LARGE:
        factor, power = f"{value:.{digits - 1}e}".split("e")
        return f"{_plain(float(factor), digits - 1)}×{_ten_to(power)}"
    return _plain(value, max(0, digits - 1 - math.floor(math.log10(size))))


def number_texts(values: Iterable[SupportsFloat], digits: int = 4) -> list[str]:
    """Write numbers with so many digits that count, and with more where two would read alike.

    >>> number_texts([1.0, 0.5], 3), number_texts([1.2345, 1.2346, 0.5], 3)
    (['1', '0.5'], ['1.234', '1.235', '0.5'])
    """
    values, exact = list(values), 17  # digits that tell any two apart
    different = len({number_text(value, exact) for value in values})
    for count in range(digits, exact):
        texts = [number_text(value, count) for value in values]
        if len(set(texts)) == different:
            return texts
    return [number_text(value, exact) for value in values]


def power_of_ten(value: float) -> str:
    """Write a number as a power of ten, with a factor if it is none.

    >>> power_of_ten(0.001), power_of_ten(2e-5)
    ('10⁻³', '2×10⁻⁵')
    """
    factor, power = f"{value:.3e}".split("e")
    times = "" if float(factor) == 1.0 else f"{_plain(float(factor), 3)}×"
    return times + _ten_to(power)


def _ten_to(power: str) -> str:
    return f"10{str(int(power)).translate(_RAISED)}"


def in_symbols(text: str) -> str:
    """Write a strength, and a number that Python writes as a power, as the explorer does.

    What a rule says is for a terminal too: `lambda`, and numbers that can be typed.

    >>> in_symbols("lambda = 6.451e-06 has the smallest AIC, 1.2e+08")
    'λ = 6.451×10⁻⁶ has the smallest AIC, 1.2×10⁸'
    """
    said = re.sub(r"\blambda\b", "λ", text)
    with writing(POINT):
        said = _POWER.sub(lambda found: number_text(float(found[0])), said)
    return localized(said)


def _plain(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return current_format().written(text).replace("-", _MINUS)


def shown(cell: str) -> str:
    """Quote a cell for a message; a long one is cut."""
    return repr(cell if len(cell) <= _CELL_LENGTH else cell[: _CELL_LENGTH - 3] + "...")


def both_ends(text: str, count: int) -> str:
    """The first and the last letters of a text, so many in all: alike ones differ anywhere.

    >>> both_ends("Income (monthly, after tax)", 15)
    'Income (…er tax)'
    """
    return f"{text[: (count + 1) // 2]}…{text[len(text) - count // 2 :]}"


def listed(names: Sequence[str]) -> str:
    """List quoted names, the first few only.

    >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ("'a', 'b'", "'a', 'b', 'c' and 2 more")
    """
    first = ", ".join(shown(name) for name in names[:_NAMES])
    rest = len(names) - _NAMES
    return f"{first} and {rest} more" if rest > 0 else first


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that no column has: this one, or with a mark of ours."""
    free, count = name, 1
    while free in taken:
        free = f"{name} (regpath)" if count == 1 else f"{name} (regpath {count})"
        count += 1
    return free
