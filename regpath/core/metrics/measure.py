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
    prepare : callable
        Takes `eta` and a problem, and returns a function of weights of its rows.
    undefined : str
        When it has no value; "" if it always has one.
    help : str
        What its numbers say, for whoever meets it here first.
    drawn : int
        Its place among the scores that the explorer draws; 0 where it has none.
    at_first : bool
        Whether it is drawn without a click.
    of_one_row : bool
        Whether it is a mean over rows, so that one row has a value too.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    larger_is_better: bool
    prepare: Callable[[np.ndarray, Problem], Weighed]
    undefined: str = ""
    of_one_row: bool = False
    help: str = ""
    drawn: int = 0
    at_first: bool = False

    def judges(self, family: str) -> bool:
        """Whether it can judge predictions of a family."""
        return not self.kinds or family_of(family).kind in self.kinds

    def of(self, eta: np.ndarray, problem: Problem) -> np.ndarray:
        """One number per lambda, with the weights of the problem's rows; shape (L,)."""
        return self.prepare(eta, problem)(problem.sample_weight)
