"""Claims: what a lesson may say of its facts, each a small named function.

Each returns whether it holds, and in words what the data say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from regpath.number_format import POINT, writing
from regpath.wording import number_text

Held = tuple[bool, str]
NOTHING = 1e-6  # a lesson's amounts are 0.0001 and more; what is less is what rounding leaves
DIGITS = 4  # significant ones: what a lesson compares differs in the first three


def close(fact: float, value: float, within: float) -> Held:
    """A fact is a number, up to so much."""
    holds = abs(fact - value) <= within
    if within == 0:
        return holds, f"exactly {_n(value)}" if holds else f"{_n(fact)}, not {_n(value)}"
    around = f"{_n(value)}, give or take {_n(within)}"
    if holds:
        return True, f"{_n(fact)}, as expected ({around})"
    return False, f"{_n(fact)}, not the expected {around}"


def above(fact: float, value: float) -> Held:
    """A fact is larger than a number."""
    holds = fact > value
    return holds, f"{_n(fact)} {'is' if holds else 'is not'} more than {_n(value)}"


def below(fact: float, value: float) -> Held:
    """A fact is smaller than a number."""
    holds = fact < value
    return holds, f"{_n(fact)} {'is' if holds else 'is not'} less than {_n(value)}"


def at_least(fact: float, value: float) -> Held:
    """A fact is a number or more."""
    holds = fact >= value
    return holds, f"{_n(fact)} {'is at least' if holds else 'is less than'} {_n(value)}"


def at_most(fact: float, value: float) -> Held:
    """A fact is a number or less."""
    holds = fact <= value
    return holds, f"{_n(fact)} {'is at most' if holds else 'is more than'} {_n(value)}"


def within_sum(fact: float, parts: Sequence[float]) -> Held:
    """A fact is at most the sum of others."""
    return at_most(fact, sum(parts))


def rises(facts: Sequence[float]) -> Held:
    """Each fact is larger than the one before."""
    return all(a < b for a, b in pairwise(facts)), _course(facts)


def falls(facts: Sequence[float]) -> Held:
    """Each fact is smaller than the one before."""
    return rises([-fact for fact in facts])[0], _course(facts)


def steady(facts: Sequence[float], within: float) -> Held:
    """All facts are the same, up to so much."""
    holds = max(facts) - min(facts) <= within
    apart = f"{'no more' if holds else 'more'} than {_n(within)} apart"
    if within == 0:
        apart = "all the same" if holds else "not all the same"
    return holds, f"{_course(facts)}: {apart}"


def yes(fact: Any) -> Held:
    """A fact is so."""
    return bool(fact), _so(bool(fact))


def no(fact: Any) -> Held:
    """A fact is not so."""
    return not fact, _so(not fact)


def begins_with(fact: Sequence[str], value: str) -> Held:
    """A list begins with a name."""
    return bool(fact) and fact[0] == value, ", then ".join(fact)


def plainly(value: float) -> str:
    """Write a number as a first course does, with a point; who shows it has the visitor's signs.

    Examples
    --------
    >>> plainly(0.0001), plainly(9.2548e-13), plainly(3170.8)
    ('0.0001', '9.255×10⁻¹³', '3,171')
    """
    if NOTHING <= abs(value) < 1.0:
        return f"{float(f'{value:.{DIGITS}g}'):.12f}".rstrip("0").rstrip(".")
    with writing(POINT):
        return number_text(value, DIGITS)


def _n(value: float) -> str:
    text = plainly(value)
    return f"next to nothing ({text})" if 0.0 < abs(value) < NOTHING else text


def _course(facts: Sequence[float]) -> str:
    return ", then ".join(map(plainly, facts))


def _so(holds: bool) -> str:
    return "it is so" if holds else "it is not so"


CLAIMS: dict[str, Callable[..., Held]] = {
    each.__name__: each
    for each in (
        *(close, above, below, at_least, at_most, within_sum),
        *(rises, falls, steady, yes, no, begins_with),
    )
}
