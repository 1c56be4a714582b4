"""A strength, or a mix of L1 and L2, as a person types it, to a number."""

from __future__ import annotations

import math
import re

from regpath.errors import ParameterError

_UNCLEAR = re.compile(r"[1-9]\d{0,2},\d{3}")  # 1,000: a thousand here, one elsewhere
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?|[1-9]\d{0,2}(,\d{3})+\.\d*")
_BETWEEN = re.compile(r",?[;\s]+")  # numbers of a list
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def read_strength(text: str) -> float:
    """Read a number above 0 with a decimal point or a decimal comma.

    Parameters
    ----------
    text : str
        Such as "0.0025", "0,0025", "2.5e-3" or "inf".

    Returns
    -------
    float
        Infinity for "inf" alone.

    Raises
    ------
    ParameterError
        If it is no number, could be two, or is not above 0.

    Examples
    --------
    >>> from regpath.core.conversions.typed import read_strength
    >>> read_strength("0,0025"), read_strength(" 2.5e-3 ")
    (0.0025, 0.0025)
    """
    said = text.translate(_SIGNS).strip()
    if _UNCLEAR.fullmatch(said):
        raise ParameterError(
            f"{said} could be {said.replace(',', '')} or {said.replace(',', '.', 1)}.",
            "Write it without a comma.",
        )
    digits = said.replace(",", "" if _GROUPED.fullmatch(said) else "." if "." not in said else ",")
    try:
        value = float(digits)
    except ValueError:
        raise ParameterError(
            f"{_short(said)} is no number." if said else "There is no number.",
            "Write one such as 0.0025, 0,0025 or 2.5e-3.",
        ) from None
    if math.isnan(value) or value <= 0.0:
        raise ParameterError(
            f"A strength is above 0; {_short(said)} is not.",
            "No penalty at all has no place on a path: its weakest point is at the right end.",
        )
    if math.isinf(value) and said.strip("+").lower() not in ("inf", "infinity"):
        raise ParameterError(f"{_short(said)} is more than a computer's numbers hold.")
    return value


def read_strengths(text: str) -> tuple[float, ...]:
    """Read several numbers above 0, as people write lists of them.

    Parameters
    ----------
    text : str
        With spaces, line ends, semicolons or commas between the numbers, perhaps in brackets.

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
    said = text.translate(_SIGNS).strip().strip("[](){}").strip(",; \n\t")
    words = [word for part in _BETWEEN.split(said) for word in _apart(part) if word]
    if len(words) == 1 and "," in words[0] and not words[0].startswith("0,"):
        raise ParameterError(
            f"{_short(words[0])} could be one number or two.",
            "Write a space between two numbers, or one number with a point.",
        )
    found = tuple(map(read_strength, words))
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
    return text if len(text) <= 30 else f"{text[:30]}…"
