"""Two coefficients as a picture: the loss as a valley, the penalty as a ball, where they touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.errors import DataError

ANGLES = 3600  # directions looked at before the best one is refined
ROUNDS = 60  # of golden section: 0.618**60 of a tenth of a degree is below rounding
NEWTON = 50  # steps for the intercept alone; some five are needed
FLAT = 1e-13  # a slope of the intercept that counts as none, beside residuals of order one
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0  # ratio of the golden section


@dataclass(frozen=True)
class Valley:
    """The mean loss of two coefficients (per unit that the penalty sees), the intercept at best.

    Attributes
    ----------
    Z : ndarray of shape (n_obs, 2)
    problem : Problem
    l1_ratio : float
    """

    Z: np.ndarray
    problem: Problem
    l1_ratio: float

    @classmethod
    def of(cls, problem: Problem, path: RegPath) -> Valley:
        """The valley of a path of two features."""
        if problem.n_features != 2 or path.loss.per_class or path.exposure_name:
            raise DataError("The picture is of two features and one response.")
        scale = path.x_scale if path.standardize else np.ones(2)
        Z = (np.asarray(problem.X, dtype=float) - path.x_mean) / scale
        return cls(Z, problem, path.l1_ratio)

    def loss(self, points: np.ndarray) -> np.ndarray:
        """Mean loss at points (m, 2), each with the intercept that suits it best."""
        family, w = self.problem.loss, self.problem.weights
        Y = self.problem.Y
        eta = points @ self.Z.T
        b0 = np.zeros(len(points))
        for _ in range(NEWTON):
            mean = family.mean((eta + b0[:, None])[..., None])
            slope = (mean - Y)[..., 0] @ w
            bend = family.curvature_diagonal(mean)[..., 0] @ w
            b0 = b0 - slope / bend
            if np.abs(slope).max() < FLAT:
                break
        return np.asarray(family.loss(Y, (eta + b0[:, None])[..., None]) @ w)

    def penalty(self, b: np.ndarray) -> float:
        """The penalty of one point, without lambda."""
        return float(self.l1_ratio * np.abs(b).sum() + (1.0 - self.l1_ratio) / 2.0 * (b**2).sum())

    def on_ball(self, angles: np.ndarray, size: float) -> np.ndarray:
        """Points in these directions whose penalty is `size`, shape (m, 2)."""
        u = np.column_stack([np.cos(angles), np.sin(angles)])
        u[np.abs(u) < np.finfo(float).eps] = 0.0  # a corner is on its axis
        a, b = (1.0 - self.l1_ratio) / 2.0, self.l1_ratio * np.abs(u).sum(axis=1)
        # a r^2 + b r = size, written so that nothing cancels.
        r = 2.0 * size / (b + np.sqrt(b**2 + 4.0 * a * size))
        return r[:, None] * u

    def touching(self, size: float) -> np.ndarray:
        """The point of the ball where the loss is least: there a contour touches it."""
        angles = np.linspace(0.0, 2.0 * np.pi, ANGLES, endpoint=False)
        best = angles[np.argmin(self.loss(self.on_ball(angles, size)))]
        step = 2.0 * np.pi / ANGLES
        low, high = best - step, best + step
        for _ in range(ROUNDS):
            inner = np.array([high - GOLDEN * (high - low), low + GOLDEN * (high - low)])
            left, right = self.loss(self.on_ball(inner, size))
            low, high = (low, inner[1]) if left <= right else (inner[0], high)
        found = np.array([best, (low + high) / 2.0])  # a corner is among the first directions
        points = self.on_ball(found, size)
        return np.asarray(points[np.argmin(self.loss(points))])
