"""What penalty factors must offer that were learned from rows, so that every fit learns its own."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np

from regpath.core.problems.problem import Problem


@runtime_checkable
class LearnedFactors(Protocol):
    """Penalty factors that some rows taught.

    `fit_path` takes them for `penalty_factor` and keeps them as `RegPath.learned_factors`; whoever
    fits the path again on other rows (folds, halves) asks `RegPath.factors_on` for those of these.
    """

    @property
    def name(self) -> str:
        """What they make of a penalty, in a word, such as "adaptive"."""
        ...

    @property
    def factors(self) -> np.ndarray:
        """What lambda is multiplied by for each feature, shape (n_features,)."""
        ...

    @property
    def standardize(self) -> bool:
        """Whether they are for coefficients per standard deviation."""
        ...

    @property
    def n_fits(self) -> int:
        """How many ridge paths it takes to learn them."""
        ...

    def learned_on(self, problem: Problem, *, standardize: bool) -> LearnedFactors:
        """Learn them in the same way from other rows, or from some of the features."""
        ...
