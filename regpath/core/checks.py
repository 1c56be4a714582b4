"""One validator per kind of argument, one wording for all."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np

from regpath.fields import refuse

SAME_STRENGTH = 1e-9  # relative: strengths that are nearer are one, written with fewer digits


def _is_real(value: Any) -> bool:
    if not isinstance(value, Real) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond what any float holds
        return False


def check_fraction(value: Any, name: str, caller: str, *, open_ends: bool = False) -> None:
    """A number in [0, 1], or in (0, 1) with `open_ends`."""
    if open_ends:
        if not (_is_real(value) and 0.0 < value < 1.0):
            refuse(name, caller, "a number in (0, 1)", value)
    elif not (_is_real(value) and 0.0 <= value <= 1.0):
        refuse(name, caller, "a number in [0, 1]", value)


def check_positive(value: Any, name: str, caller: str) -> None:
    """A finite number above zero."""
    if not (_is_real(value) and value > 0.0):
        refuse(name, caller, "a positive number", value)


def check_seed(value: Any, name: str, caller: str) -> None:
    """A whole number that random generators take."""
    check_count(value, name, caller, least=0)
    if value >= 2**32:
        refuse(name, caller, "a whole number below 2**32", value)


def check_count(value: Any, name: str, caller: str, *, least: int = 1) -> None:
    """A whole number of at least `least`."""
    if not (isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least):
        refuse(name, caller, f"a whole number of at least {least}", value)


def check_choice(value: Any, name: str, caller: str, choices: tuple[str, ...]) -> None:
    """One of `choices`."""
    if value not in choices:
        refuse(name, caller, "one of " + ", ".join(map(repr, choices)), value)


def check_lambdas(lambdas: Any, caller: str) -> np.ndarray:
    """A strictly decreasing sequence of positive numbers, as a float array."""
    try:
        grid = np.array(lambdas, dtype=float)
    except (TypeError, ValueError):
        grid = np.empty(0)
    if grid.ndim != 1 or grid.size == 0 or not (np.isfinite(grid).all() and (grid > 0.0).all()):
        refuse("lambdas", caller, "a sequence of positive numbers", lambdas)
    if (np.diff(grid) >= 0.0).any():
        refuse(
            "lambdas",
            caller,
            "strictly decreasing, from strong to weak",
            lambdas,
            "Sort it first: np.unique(lambdas)[::-1].",
        )
    return grid


def same_strength(lambdas: np.ndarray | float, lam: float) -> np.ndarray:
    """Which strengths are `lam`, perhaps written with fewer digits.

    >>> same_strength(np.array([0.3, 0.1]), 0.1 + 1e-12).tolist()
    [False, True]
    """
    return np.asarray(np.isclose(lambdas, lam, rtol=SAME_STRENGTH, atol=0.0))
