"""Claims: what a lesson may say of its facts, each a small named function.

Each returns whether it holds, and the numbers in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

Held = tuple[bool, str]


def close(fact: float, value: float, within: float) -> Held:
    """A fact is a number, up to so much."""
    return abs(fact - value) <= within, f"{fact:.6g} beside {value:.6g} (up to {within:g})"


def above(fact: float, value: float) -> Held:
    """A fact is larger than a number."""
    return fact > value, f"{fact:.6g} beside {value:.6g}"


def below(fact: float, value: float) -> Held:
    """A fact is smaller than a number."""
    return fact < value, f"{fact:.6g} beside {value:.6g}"


def at_least(fact: float, value: float) -> Held:
    """A fact is a number or more."""
    return fact >= value, f"{fact:.6g} beside {value:.6g}"


def at_most(fact: float, value: float) -> Held:
    """A fact is a number or less."""
    return fact <= value, f"{fact:.6g} beside {value:.6g}"


def within_sum(fact: float, parts: Sequence[float]) -> Held:
    """A fact is at most the sum of others."""
    return fact <= sum(parts), f"{fact:.6g} beside {sum(parts):.6g}"


def rises(facts: Sequence[float]) -> Held:
    """Each fact is larger than the one before."""
    return all(a < b for a, b in pairwise(facts)), ", ".join(f"{fact:.4g}" for fact in facts)


def falls(facts: Sequence[float]) -> Held:
    """Each fact is smaller than the one before."""
    return rises([-fact for fact in facts])[0], ", ".join(f"{fact:.4g}" for fact in facts)


def steady(facts: Sequence[float], within: float) -> Held:
    """All facts are the same, up to so much."""
    spread = max(facts) - min(facts)
    return spread <= within, f"{', '.join(f'{fact:.4g}' for fact in facts)} (up to {within:g})"


def yes(fact: Any) -> Held:
    """A fact is so."""
    return bool(fact), str(fact)


def no(fact: Any) -> Held:
    """A fact is not so."""
    return not fact, str(fact)


def begins_with(fact: Sequence[str], value: str) -> Held:
    """A list begins with a name."""
    return bool(fact) and fact[0] == value, ", ".join(fact)


CLAIMS: dict[str, Callable[..., Held]] = {
    each.__name__: each
    for each in (
        *(close, above, below, at_least, at_most, within_sum),
        *(rises, falls, steady, yes, no, begins_with),
    )
}
