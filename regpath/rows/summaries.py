"""What one pass learns of columns: counts, moments, levels, gaps; added up block by block."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from regpath.rows.blocks import WordCells

Value = TypeVar("Value", str, float)

FEW = 20  # values that are kept of a column with too many
MOST_VALUES = 1000  # different ones that are counted; more are no levels and no classes


@dataclass
class NumberSummary:
    """Of a column of numbers.

    `mass`, `mean` and `squares` are the weight of known cells, their weighted mean, and the
    weighted sum of squares around it. `counts` and `masses` are the rows and weights of different
    values, None where there are too many or nobody counted.
    """

    n_known: int = 0
    n_gaps: int = 0
    mass: float = 0.0
    gap_mass: float = 0.0
    mean: float = 0.0
    squares: float = 0.0
    low: float = np.inf
    high: float = -np.inf
    whole: bool = True
    in_steps: bool = True
    first: float = np.nan
    last: float = np.nan
    infinite: str = ""
    low_block: str = ""
    counts: Counter[float] | None = None
    masses: Counter[float] = field(default_factory=Counter)

    @classmethod
    def of(
        cls, values: np.ndarray, weights: np.ndarray, block: str, *, count: bool = False
    ) -> NumberSummary:
        """Of some rows; `block` is named where a value is infinite, or the lowest."""
        known = ~np.isnan(values)
        x, w = values[known], weights[known]
        result = cls(len(x), len(values) - len(x), float(w.sum()), float(weights[~known].sum()))
        result.infinite = block if np.isinf(x).any() else ""
        result.counts = Counter() if count else None
        if not len(x) or result.infinite:
            return result
        centre = float(w @ x) / result.mass
        away = x - centre
        drift = float(w @ away) / result.mass  # what rounding left of the mean
        result.mean = centre + drift
        result.squares = float(w @ np.square(away)) - result.mass * drift**2
        result.low, result.high = float(x.min()), float(x.max())
        result.whole = bool((np.round(x) == x).all())
        result.in_steps = bool((np.diff(x) == 1.0).all()) and not result.n_gaps
        result.first, result.last = float(x[0]), float(x[-1])
        result.low_block = block
        if count:
            result._count(x, w)
        return result

    def _count(self, x: np.ndarray, weights: np.ndarray) -> None:
        values, places = np.unique(x, return_inverse=True)
        if len(values) > MOST_VALUES:
            self.counts = None
            return
        numbers = values.tolist()
        self.counts = Counter(dict(zip(numbers, np.bincount(places).tolist(), strict=True)))
        masses = np.bincount(places, weights)
        self.masses = Counter(dict(zip(numbers, masses.tolist(), strict=True)))

    def add(self, other: NumberSummary) -> None:
        """Add what is known of the rows that follow.

        Reference: Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance.
        """
        if other.n_known and self.n_known:
            self.in_steps &= other.in_steps and other.first == self.last + 1.0
        elif other.n_known:
            self.in_steps, self.first = other.in_steps, other.first
        self.in_steps &= not other.n_gaps
        if other.mass > 0.0:
            mass, away = self.mass + other.mass, other.mean - self.mean
            self.squares += other.squares + away**2 * self.mass * (other.mass / mass)
            self.mean += away * (other.mass / mass)
            self.mass, self.last = mass, other.last
        self.n_known += other.n_known
        self.n_gaps += other.n_gaps
        self.gap_mass += other.gap_mass
        if other.low < self.low:
            self.low_block = other.low_block
        self.low, self.high = min(self.low, other.low), max(self.high, other.high)
        self.whole &= other.whole
        self.infinite = self.infinite or other.infinite
        self.counts = _both(self.counts, other.counts)
        self.masses = _added(self.masses, other.masses, self.counts is not None)


@dataclass
class WordSummary:
    """Of a column of words: rows and weight of each level; None where there are too many."""

    n_known: int = 0
    n_gaps: int = 0
    gap_mass: float = 0.0
    counts: Counter[str] | None = field(default_factory=Counter)
    masses: Counter[str] = field(default_factory=Counter)
    first_block: str = ""

    @classmethod
    def of(cls, words: WordCells, weights: np.ndarray, block: str) -> WordSummary:
        """Of some rows."""
        known = words.codes >= 0
        n_known = int(known.sum())
        result = cls(n_known, len(known) - n_known, float(weights[~known].sum()))
        counts = np.bincount(words.codes[known], minlength=len(words.levels))
        masses = np.bincount(words.codes[known], weights[known], minlength=len(words.levels))
        there = [i for i in range(len(words.levels)) if counts[i]]
        result.first_block = block if n_known else ""
        if len(there) > MOST_VALUES:
            result.counts = None
            there = there[:FEW]  # enough to see what they are
        else:
            result.counts = Counter({words.levels[i]: int(counts[i]) for i in there})
        result.masses = Counter({words.levels[i]: float(masses[i]) for i in there})
        return result

    def add(self, other: WordSummary) -> None:
        """Add what is known of the rows that follow."""
        self.n_known += other.n_known
        self.n_gaps += other.n_gaps
        self.gap_mass += other.gap_mass
        self.counts = _both(self.counts, other.counts)
        self.masses = _added(self.masses, other.masses, self.counts is not None)
        self.first_block = self.first_block or other.first_block


def _added(one: Counter[Value], two: Counter[Value], counted: bool) -> Counter[Value]:
    """Weights of both, where values are counted."""
    if counted:
        one.update(two)
    return one


def _both(one: Counter[Value] | None, two: Counter[Value] | None) -> Counter[Value] | None:
    if one is None or two is None:
        return None
    total = Counter(one)
    total.update(two)
    return None if len(total) > MOST_VALUES else total
