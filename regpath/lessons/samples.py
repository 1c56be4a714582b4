"""Sampling stories: many samples of one planted truth, fitted alike, and how much they differ.

The truth is known here, so that what is off on average (bias) and what differs from sample to
sample (variance) are measured, not estimated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection import aicc_rule
from regpath.errors import ParameterError

TRUTH = {"a": 2.0, "b": -1.0, "c": 0.5, "d": 0.0, "e": 0.0, "f": 0.0}  # per unit of the feature
TWIN, APART = "twin of a", 0.1  # its distance from a, in standard deviations
N_SAMPLES = 200  # a variance of so many is right within a tenth
STRENGTHS = np.logspace(1.5, -3.0, 46)  # L1 keeps nothing at the first, L2 is free at the last
N_JUDGED = 300  # rows on which models are compared with the truth
LEAST_ROWS = 12  # more than there are coefficients, so that AICc is defined


@dataclass(frozen=True)
class Story:
    """What is drawn, and how it is fitted.

    Attributes
    ----------
    l1_ratio : float
    n_rows : int, default=40
        Of each sample.
    noise : float, default=2.0
        Standard deviation of what the features do not tell.
    twin : bool, default=False
        Whether there is a feature beside that nearly repeats the first.
    seed : int, default=0
        Another one draws 200 other samples.
    """

    l1_ratio: float
    n_rows: int = 40
    noise: float = 2.0
    twin: bool = False
    seed: int = 0

    @classmethod
    def told(cls, l1_ratio: float, options: Mapping[str, Any]) -> Story:
        """The story of these options; others of a chart are passed over."""
        names = ("n_rows", "noise", "twin", "seed")
        return cls(l1_ratio, **{name: options[name] for name in names if name in options})

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.n_rows < LEAST_ROWS or self.noise <= 0.0:
            raise ParameterError(f"A sample needs {LEAST_ROWS} rows or more, and some noise.")

    @property
    def truth(self) -> dict[str, float]:
        """The planted coefficients."""
        return TRUTH | ({TWIN: 0.0} if self.twin else {})

    @property
    def plain(self) -> tuple[str, ...]:
        """The features that have no effect, and no twin that has one."""
        return tuple(name for name, effect in TRUTH.items() if effect == 0.0)

    def features(self, rng: np.random.Generator, n_rows: int) -> np.ndarray:
        """Rows of the features."""
        X = rng.normal(size=(n_rows, len(TRUTH)))
        twin = X[:, :1] + APART * rng.normal(size=(n_rows, 1))
        return np.hstack([X, twin]) if self.twin else X

    def sample(self, number: int) -> Problem:
        """The sample of this number."""
        rng = np.random.default_rng([self.seed, number])
        X = self.features(rng, self.n_rows)
        y = X @ np.array(list(self.truth.values())) + self.noise * rng.normal(size=self.n_rows)
        return Problem.from_arrays(X, y, family="gaussian", feature_names=list(self.truth))


@dataclass(frozen=True)
class Samples:
    """The fits of all samples, on the same strengths.

    Attributes
    ----------
    story : Story
    coefs : ndarray of shape (n_samples, p, n_lambdas)
        Per unit of each feature.
    intercepts : ndarray of shape (n_samples, n_lambdas)
    chosen : ndarray of int, shape (n_samples,)
        Position of the strength that AICc chooses in each.
    """

    story: Story
    coefs: np.ndarray
    intercepts: np.ndarray
    chosen: np.ndarray

    @property
    def errors(self) -> np.ndarray:
        """Predicted less true mean, shape (n_samples, N_JUDGED, n_lambdas): 22 MB, not kept."""
        X = self.story.features(np.random.default_rng(self.story.seed), N_JUDGED)
        off = self.coefs - np.array(list(self.story.truth.values()))[:, None]
        return np.asarray(np.einsum("ij,sjl->sil", X, off) + self.intercepts[:, None, :])

    @property
    def bias(self) -> np.ndarray:
        """Squared error of the mean model, at each strength."""
        return self._parts[0]

    @property
    def variance(self) -> np.ndarray:
        """Variance of the models around their mean, at each strength."""
        return self._parts[1]

    @property
    def total(self) -> np.ndarray:
        """Squared error of a model, on average: bias squared and variance."""
        return self.bias + self.variance

    @property
    def of_chosen(self) -> tuple[float, float]:
        """Bias squared and variance of the model that is chosen in each sample."""
        bias, variance = self._parts[2]
        return float(bias), float(variance)

    @cached_property
    def _parts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Bias squared and variance at each strength, and both of what is chosen."""
        errors = self.errors
        chosen = errors[np.arange(len(self.chosen)), :, self.chosen]
        found = [_bias_and_variance(each) for each in (errors, chosen)]
        return *found[0], np.array(found[1])


def _bias_and_variance(errors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Over samples (the first axis), as means over rows (the second)."""
    bias = (errors.mean(axis=0) ** 2).mean(axis=0)
    return np.asarray(bias), np.asarray(errors.var(axis=0).mean(axis=0))


@lru_cache(maxsize=8)  # of 0.4 MB; each takes 200 fits, and a step asks for one of them many times
def draw_samples(story: Story) -> Samples:
    """Draw all samples of a story and fit them."""
    fits = [_fitted(story, number) for number in range(N_SAMPLES)]
    return Samples(
        story,
        np.stack([path.coef_path for path, _ in fits]),
        np.stack([path.intercept_path for path, _ in fits]),
        np.array([index for _, index in fits]),
    )


def _fitted(story: Story, number: int) -> tuple[RegPath, int]:
    problem = story.sample(number)
    path = fit_path(problem, l1_ratio=story.l1_ratio, lambdas=STRENGTHS)
    return path, int(aicc_rule(path, problem).index)
