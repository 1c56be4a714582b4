"""The elastic-net penalty as one object that knows its own mathematics.

A penalty of one's own, by factors of its features: docs/extending/penalty.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Penalty:
    """lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ], with its conjugate.

    `factors` has shape (p,); methods take coefficients or gradients of shape (C, K, p) and
    lambdas of shape (C,).
    """

    l1_ratio: float
    factors: np.ndarray

    def value(self, coefs: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Penalty of each point, shape (C,)."""
        l1 = np.abs(coefs).sum(axis=1) @ self.factors
        l2 = np.square(coefs).sum(axis=1) @ self.factors
        return np.asarray(lambdas * (self.l1_ratio * l1 + 0.5 * (1.0 - self.l1_ratio) * l2))

    def conjugate(self, size: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Fenchel conjugate at gradients of absolute value `size`, shape (C,).

        Infinite outside the box for the pure lasso. Features without penalty must come as zero.
        """
        excess = np.maximum(size - self.box(lambdas), 0.0)
        if self.l1_ratio == 1.0:
            return np.where(excess.any(axis=(1, 2)), np.inf, 0.0)
        factors = np.where(self.penalized, self.factors, 1.0)
        squares = np.square(excess).sum(axis=1) @ (1.0 / factors)
        return np.asarray(squares / (2.0 * lambdas * (1.0 - self.l1_ratio)))

    def shrinkage(self, size: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Largest multiple, up to 1, of gradients of absolute value `size` inside the box; (C,)."""
        if self.l1_ratio == 0.0:
            return np.zeros(len(size))
        factors = np.where(self.penalized, self.factors, 1.0)
        farthest = (size.max(axis=1) / factors).max(axis=1)
        return np.asarray(1.0 / np.maximum(farthest / (lambdas * self.l1_ratio), 1.0))

    def box(self, lambdas: np.ndarray) -> np.ndarray:
        """Largest gradient of an empty feature, shape (C, 1, p)."""
        result: np.ndarray = (lambdas * self.l1_ratio)[:, None, None] * self.factors
        return result

    def violation(self, z: np.ndarray, coefs: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Largest violation of 0 in -z + subdifferential of the penalty at `coefs`; (C,)."""
        ridge = (lambdas * (1.0 - self.l1_ratio))[:, None, None] * self.factors
        pull = z - ridge * coefs
        box = self.box(lambdas)
        wrong = np.where(
            coefs != 0.0,
            np.abs(pull - box * np.sign(coefs)),
            np.maximum(np.abs(pull) - box, 0.0),
        )
        return np.asarray(wrong.max(axis=(1, 2), initial=0.0))

    @property
    def penalized(self) -> np.ndarray:
        """Which features have a penalty, shape (p,)."""
        return self.factors > 0.0
