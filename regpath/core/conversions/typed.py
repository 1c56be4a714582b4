"""What a person types to a number: any, a strength, or a mix of L1 and L2."""

from __future__ import annotations

import math
import re

from regpath.errors import ParameterError
from regpath.number_format import POINT, NumberFormat

SHORT = 30  # letters of a refused text that a message repeats
_UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")  # 1,000: a thousand here, one elsewhere
_HEAD = r"[+-]?[1-9]\d{0,2}"
# A sign between thousands and another before decimals; or one that stands there twice; or one that
# nobody has before decimals.
_GROUPED = re.compile(
    rf"{_HEAD}(?:(?:,\d{{3}})+\.\d*|(?:\.\d{{3}})+,\d*|(?:,\d{{3}}){{2,}}|(?:\.\d{{3}}){{2,}}"
    rf"|(?:[ ']\d{{3}})+(?:[.,]\d*)?)"
)
_ONE_OR_TWO = re.compile(r"[1-9]\d{0,2}\.\d{3},\d+")  # 1.234,5 in a list
_BETWEEN = re.compile(r",?[;\s]+")  # numbers of a list
_HARD = "\u00a0\u202f\u2009"  # blanks that hold a number together, or part two
_JOINED = re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:[{_HARD}]\d{{3}})+(?!\d)")
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'", **dict.fromkeys(_HARD, " ")})


def read_number(
    text: str, numbers: NumberFormat = POINT, example: str = "0.5, 0,5 or 5e-3"
) -> float:
    """Read a number with a decimal point or a decimal comma.

    What could be two numbers is refused: 1,234 always, and 1.234 of whoever writes decimals with a
    comma.

    Parameters
    ----------
    text : str
        Such as "-0.25", "0,25", "2.5e-3" or "1.234,5".
    numbers : NumberFormat, default=POINT
        How who typed it writes numbers.
    example : str
        What an error says to write.

    Returns
    -------
    float
        Infinity for "inf" alone, and never nan.

    Raises
    ------
    ParameterError
        If it is no number, or could be two.

    Examples
    --------
    >>> from regpath.core.conversions.typed import read_number
    >>> read_number("-0,25"), read_number("1.234,5")
    (-0.25, 1234.5)
    """
    said = text.translate(_SIGNS).strip()
    unclear = _UNCLEAR.fullmatch(said)
    if unclear and (unclear[1] == "," or numbers.decimal == ","):
        whole, part = said.replace(unclear[1], ""), said.replace(unclear[1], numbers.decimal)
        raise ParameterError(
            f"{said} could be {whole} or {part}.",
            "Write it without a comma."
            if numbers.decimal == "."
            else f"Write {whole}, or {part}0 with one more digit.",
        )
    if _GROUPED.fullmatch(said):
        digits = _plain(said)
    else:
        digits = said.replace(",", "." if "." not in said else ",")
    try:
        value = float(digits)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise ParameterError(
            f"{_short(said)} is no number." if said else "There is no number.",
            f"Write one such as {example}.",
        )
    if math.isinf(value) and said.strip("+-").lower() not in ("inf", "infinity"):
        raise ParameterError(f"{_short(said)} is more than a computer's numbers hold.")
    return value


def read_strength(text: str, numbers: NumberFormat = POINT) -> float:
    """Read a number above 0 with a decimal point or a decimal comma.

    Parameters
    ----------
    text : str
        Such as "0.0025", "0,0025", "2.5e-3", "1.234,5" or "inf".
    numbers : NumberFormat, default=POINT
        How who typed it writes numbers.

    Returns
    -------
    float
        Infinity for "inf" alone.

    Raises
    ------
    ParameterError
        If it is no number, could be two, or is not above 0.

    See Also
    --------
    read_number : What is read, and what is refused.

    Examples
    --------
    >>> from regpath.core.conversions.typed import read_strength
    >>> read_strength("0,0025"), read_strength(" 2.5e-3 ")
    (0.0025, 0.0025)
    """
    value = read_number(text, numbers, "0.0025, 0,0025 or 2.5e-3")
    if value <= 0.0:
        raise ParameterError(
            f"A strength is above 0; {_short(text.translate(_SIGNS).strip())} is not.",
            "No penalty at all has no place on a path: its weakest point is at the right end.",
        )
    return value


def _plain(grouped: str) -> str:
    """What has signs between thousands, as Python writes it."""
    signs = [sign for sign in grouped if sign in "., '"]
    once = signs.count(signs[-1]) == 1 and signs[-1] in ".," and len(set(signs)) > 1
    whole, _, part = grouped.rpartition(signs[-1]) if once else (grouped, "", "")
    return re.sub(r"[., ']", "", whole) + (f".{part}" if once else "")


def read_strengths(text: str, numbers: NumberFormat = POINT) -> tuple[float, ...]:
    """Read several numbers above 0, as people write lists of them.

    Parameters
    ----------
    text : str
        With spaces, line ends, semicolons or commas between the numbers, perhaps in brackets.
    numbers : NumberFormat, default=POINT
        How who typed it writes numbers.

    Returns
    -------
    tuple of float
        In their order.

    Raises
    ------
    ParameterError
        If one of them is no strength, could be two, or stands there twice; it says which.

    Examples
    --------
    >>> from regpath.core.conversions.typed import read_strengths
    >>> read_strengths("[0.001, 0.01, 0.1]"), read_strengths("0,5; 2e-3")
    ((0.001, 0.01, 0.1), (0.5, 0.002))
    """
    joined = _JOINED.search(text)
    if joined is not None:
        raise ParameterError(
            f"{joined[0]} could be one number or several.", "Write it without blanks, or part them."
        )
    said = text.translate(_SIGNS).strip().strip("[](){}").strip(",; \n\t")
    words = [word for part in _BETWEEN.split(said) for word in _apart(part) if word]
    unclear = [word for word in words if _ONE_OR_TWO.fullmatch(word)]
    if len(words) == 1 and "," in words[0] and not words[0].startswith("0,"):
        unclear = words
    if unclear:
        raise ParameterError(
            f"{_short(unclear[0])} could be one number or two.",
            "Write a space between two numbers, or one number with a point.",
        )
    found = tuple(read_strength(word, numbers) for word in words)
    twice = next((word for word, lam in zip(words, found, strict=True) if found.count(lam) > 1), "")
    if twice:
        raise ParameterError(f"{_short(twice)} stands there twice.", "Leave it there once.")
    return found


def _apart(part: str) -> list[str]:
    """What has no space in it: one number, or several with commas between them."""
    grouped = _GROUPED.fullmatch(part) is not None
    several = not grouped and ("." in part or part.count(",") > 1)
    return part.split(",") if several else [part]


def read_mix(text: str) -> float:
    """Read a number from 0 to 1 with a decimal point or a decimal comma.

    Parameters
    ----------
    text : str
        Such as "0.5", "0,5" or "1".

    Returns
    -------
    float

    Raises
    ------
    ParameterError
        If it is no number, or not from 0 to 1.

    Examples
    --------
    >>> from regpath.core.conversions.typed import read_mix
    >>> read_mix("0,5"), read_mix("1")
    (0.5, 1.0)
    """
    said = text.translate(_SIGNS).strip()
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 1.0:
        raise ParameterError(
            f"A mix is a number from 0 (L2) to 1 (L1); {_short(said)} is not.",
            "Write one such as 0.5 or 0,5.",
        )
    return value


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
