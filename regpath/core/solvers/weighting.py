"""Which rows count how much in which model, where many models are fit to the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regpath.core.design import Design


@dataclass(frozen=True, eq=False)
class Weighting:
    """Which rows count how much in which model: one model on all rows, or one for each fold.

    Row i counts `shares[pattern[i], m]` times its weight in model m; these weights sum to one over
    the rows for each m.

    Attributes
    ----------
    pattern : ndarray of int, shape (n,)
        Rows of the same pattern belong to the same models.
    shares : ndarray of shape (n_patterns, M)
    mean, inverse : ndarray of shape (M, p)
        Centre and scale of the features in each model.
    """

    pattern: np.ndarray
    shares: np.ndarray
    mean: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, pattern: np.ndarray, shares: np.ndarray, designs: Sequence[Design]) -> Weighting:
        """One model for each of `designs`, its coordinates."""
        mean = np.stack([design.mean for design in designs])
        return cls(pattern, shares, mean, np.stack([design.inverse for design in designs]))

    @classmethod
    def single(cls, design: Design) -> Weighting:
        """One model on all rows, in the coordinates of `design`."""
        return cls.of(np.zeros(design.n, dtype=np.int64), np.ones((1, 1)), [design])
