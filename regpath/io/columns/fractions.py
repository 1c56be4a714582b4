"""Fractions beside numbers, such as 3 1/4, 3-1/4 and 3½, as the decimals that they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, localcontext

SPACES = " \u00a0\u202f\u2009\u2007"
DENOMINATORS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64)  # of measures; 120/80 and 3/7 are none

_RATIO = "[0-9]{1,2}[/\u2044][0-9]{1,2}"
_VULGAR = "[\u00bc-\u00be\u2150-\u215e]"
_APART = f"(?:[{SPACES}]+|-)"
_AFTER_WHOLE = rf"[+-]?[0-9]+(?:{_APART}{_RATIO}|[{SPACES}]*{_VULGAR})"
_CELL = re.compile(rf"(?:[+-]?(?:[0-9]+{_APART})?({_RATIO})|[+-]?[0-9]*[{SPACES}]*({_VULGAR}))(.*)")
_MIXED = re.compile(rf"(?:{_AFTER_WHOLE}|[+-]?{_VULGAR}).*")
_BEHIND_WHOLE = re.compile(rf"[0-9]{_APART}{_RATIO}|{_VULGAR}")  # a currency may stand before
_SIGN = re.compile(f"[/\u2044]|{_VULGAR}")
_FEWEST = 3  # different fractions alone, from which they are asked about
_DIGITS = 20  # of a decimal: those that decide to which float 3 1/3 is nearest
_LEAST_DIGITS = 4  # 3.125 might be 3 125


def fraction_rewrites(texts: Sequence[str], *, alone: bool) -> tuple[tuple[str, str], ...]:
    r"""What makes decimals of fractions; nothing where some cell with a stroke is no fraction.

    Parameters
    ----------
    texts : sequence of str
    alone : bool
        Whether fractions without a number before, and no number beside them, are meant, too: 3/4
        may be a day or a score.

    Examples
    --------
    >>> fraction_rewrites(["3 1/4", "2"], alone=False)[0][1]
    '\\1\\2.2500\\3'
    >>> fraction_rewrites(["120/80", "3 1/4"], alone=True)
    ()
    """
    having = [text for text in texts if _SIGN.search(text)]
    found = [_CELL.fullmatch(text) for text in having]
    tokens = dict.fromkeys(cell[1] or cell[2] for cell in found if cell is not None)
    values = {token: _value(token) for token in tokens}
    if not having or None in found or None in values.values():
        return ()
    if any(_SIGN.search(cell[3]) for cell in found if cell is not None):
        return ()
    if not alone and len(having) == len(texts) and not any(map(_MIXED.fullmatch, having)):
        return ()
    return tuple(
        (rf"^(?:([+-]?[0-9]+){_before(token)}|([+-]?)){token}([^0-9/]|$)", rf"\1\2{digits}\3")
        for token, digits in values.items()
    )


def are_all_without_whole(texts: Sequence[str]) -> bool:
    """Tell fractions of which none stands beside a whole number in its cell: 1/2 beside 2."""
    return not any(map(_BEHIND_WHOLE.search, texts))


def fractions_alone(texts: Sequence[str]) -> bool:
    """Tell three and more different fractions below 1, and nothing else.

    >>> fractions_alone(["1/2", "1/4", "3/4"]), fractions_alone(["3/4", "4/4", "2/4"])
    (True, False)
    """
    return len(texts) >= _FEWEST and all(map(_SIGN.search, texts)) and _are_fractions(texts)


def _are_fractions(texts: Sequence[str]) -> bool:
    return bool(fraction_rewrites(texts, alone=True)) and all(
        re.fullmatch(rf"[+-]?{_RATIO}", text) for text in texts
    )


def _before(token: str) -> str:
    return f"[{SPACES}]*" if len(token) == 1 else _APART


def _value(token: str) -> str | None:
    """The decimals of a fraction below 1; None if no measure is written so."""
    shown = unicodedata.normalize("NFKC", token).replace("\u2044", "/")
    above, below = map(int, shown.split("/"))
    if not 0 < above < below or (len(token) > 1 and below not in DENOMINATORS):
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        digits = str(Decimal(above) / Decimal(below)).removeprefix("0.")
    return f".{digits:0<{_LEAST_DIGITS}}"
