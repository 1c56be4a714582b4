"""The ball of a penalty: all pairs of coefficients that cost no more than a given price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Ball:
    """Pairs b with sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ] <= size.

    A diamond for L1, a circle for L2, rounded between them; stretched where factors differ.

    Attributes
    ----------
    l1_ratio : float
    factors : ndarray of shape (2,)
        Penalty factors, above 0: what has no penalty has no ball.
    size : float
        The price, without lambda.

    Examples
    --------
    >>> ball = Ball(1.0, np.array([1.0, 2.0]), 3.0)
    >>> ball.reach.tolist(), ball.price(np.array([1.0, -1.0]))
    ([3.0, 1.5], 3.0)
    >>> ball.edge(np.array([0.0, np.pi])).tolist()
    [[3.0, 0.0], [-3.0, 0.0]]
    """

    l1_ratio: float
    factors: np.ndarray
    size: float

    def price(self, b: np.ndarray) -> float:
        """The penalty of one pair, without lambda."""
        return float(
            (self.l1_ratio * np.abs(b) + (1.0 - self.l1_ratio) / 2.0 * b**2) @ self.factors
        )

    @property
    def reach(self) -> np.ndarray:
        """How far the ball reaches along each axis, shape (2,)."""
        return np.diag(self._out(np.eye(2)))

    def edge(self, angles: np.ndarray) -> np.ndarray:
        """Points of the edge, shape (m, 2); turns are counted where the ball is made round."""
        u = np.column_stack([np.cos(angles), np.sin(angles)])
        u[np.abs(u) < np.finfo(float).eps] = 0.0  # a corner is on its axis
        return self._out(u * self.reach)

    def along(self, points: np.ndarray) -> np.ndarray:
        """Directions (m, 2) in which the edge goes on, against the clock, off the axes."""
        outward = self.factors * (self.l1_ratio * np.sign(points) + (1.0 - self.l1_ratio) * points)
        return np.column_stack([-outward[:, 1], outward[:, 0]])

    def _out(self, u: np.ndarray) -> np.ndarray:
        """The points of the edge in these directions."""
        if self.size == 0.0:
            return np.zeros_like(u)
        a = (1.0 - self.l1_ratio) / 2.0 * (u**2 @ self.factors)
        b = self.l1_ratio * (np.abs(u) @ self.factors)
        # a r^2 + b r = size, written so that nothing cancels.
        r = 2.0 * self.size / (b + np.sqrt(b**2 + 4.0 * a * self.size))
        return np.asarray(r[:, None] * u)
