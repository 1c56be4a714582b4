"""Measure: what must be known of a measure to compute, show and compare its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regpath.core.families import family_of
from regpath.core.problems.problem import Problem

Weighed = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Measure:
    """A measure with what must be known to show and compare its values.

    Attributes
    ----------
    name : str
        What `cross_validate`, `Recipe` and columns of scores call it.
    label : str
        What a chart calls it.
    kinds : tuple of str
        The kinds of responses that it can judge (see `Family.kind`); none where all.
    larger_is_better : bool
        As accuracy is, and an error is not.
    rows : callable or None
        Takes `eta` and a problem, and gives each row a value, shape (n, L), or (n, 1) for one
        lambda: the measure is their mean.
    root_of : Measure or None
        The measure whose root it is.
    prepare : callable or None
        For what is neither: takes `eta` and a problem, and returns a function of weights.
    undefined : str
        When it has no value; "" if it always has one.
    help : str
        What its numbers say, for whoever meets it here first.
    drawn : int
        Its place among the scores that the explorer draws; 0 where it has none.
    at_first : bool
        Whether it is drawn without a click.
    in_units : bool
        Whether it is in units of the response, so that no number is small for all of them.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    larger_is_better: bool
    rows: Callable[[np.ndarray, Problem], np.ndarray] | None = None
    root_of: Measure | None = None
    prepare: Callable[[np.ndarray, Problem], Weighed] | None = None
    undefined: str = ""
    help: str = ""
    drawn: int = 0
    at_first: bool = False
    in_units: bool = False

    def __post_init__(self) -> None:
        ways = (self.rows, self.root_of, self.prepare)
        if sum(way is not None for way in ways) != 1:
            raise ValueError(f"{self.name} is a mean of rows, a root or prepared: one of the three")

    @property
    def of_one_row(self) -> bool:
        """Whether it is a mean over rows, so that one row has a value too."""
        return self.rows is not None

    def judges(self, family: str) -> bool:
        """Whether it can judge predictions of a family."""
        return not self.kinds or family_of(family).kind in self.kinds

    def of(self, eta: np.ndarray, problem: Problem) -> np.ndarray:
        """One number per lambda, with the weights of the problem's rows; shape (L,)."""
        return self.weighed(eta, problem)(problem.sample_weight)

    def weighed(self, eta: np.ndarray, problem: Problem) -> Weighed:
        """The measure of these rows, as a function of their weights (n,); means take (B, n) too."""
        if self.rows is not None:
            return mean_over_rows(self.rows(eta, problem))
        if self.root_of is not None:
            squared = self.root_of.weighed(eta, problem)
            return lambda weights: np.sqrt(squared(weights))
        assert self.prepare is not None  # one of the three
        return self.prepare(eta, problem)


def mean_over_rows(rows: np.ndarray) -> Weighed:
    """The mean over rows (n, L) as a function of weights (n,) or (B, n)."""
    return lambda weights: (weights @ rows) / weights.sum(axis=-1, keepdims=True)
