"""A strength, or a mix of L1 and L2, as a person types it, to a number."""

from __future__ import annotations

import math
import re

from regpath.errors import ParameterError

_UNCLEAR = re.compile(r"[1-9]\d{0,2},\d{3}")  # 1,000: a thousand here, one elsewhere
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?|[1-9]\d{0,2}(,\d{3})+\.\d*")
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
