"""Least squares through the Gram matrix: one pass over the rows, then only p x p work."""

from __future__ import annotations

import numpy as np

from regpath.core.fit import Goal, NullModel, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.kernels.quadratic import Quadratic, descend_path


def solve(sums: ModelSums, goal: Goal, null: NullModel) -> Points:
    """Points at each lambda, from the solution `null` at lambda = infinity."""
    gram = sums.curvature(null.intercept, null.coefs, 0)[0, :-1, 0, :-1]
    one = np.zeros(1, dtype=np.intp)
    z, _ = sums.gradient(null.intercept[None], np.zeros((1, 1, sums.p)), one)
    path = coefs_along(gram, z[0, 0], goal, null.coefs[0])
    # Z is centred, so the best intercept is the mean of y at every lambda.
    return Points(np.tile(null.intercept, (len(path), 1)), path[:, None])


def coefs_along(
    gram: np.ndarray, correlation: np.ndarray, goal: Goal, start: np.ndarray
) -> np.ndarray:
    """Coefficients (L, p) at each lambda, from Z'Z/n (p, p) and Z'y/n (p,) of centred data."""
    path = np.empty((len(goal.lambdas), len(correlation)))
    path[0] = start
    factors, l1_ratio = goal.penalty.factors, goal.penalty.l1_ratio
    problem = Quadratic(
        np.ascontiguousarray(gram),
        np.ascontiguousarray(correlation),
        l1_ratio * factors,
        (1.0 - l1_ratio) * factors,
    )
    descend_path(problem, np.array(goal.lambdas), path, 0.1 * goal.targets)
    return path
