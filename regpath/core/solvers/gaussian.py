"""Least squares through the Gram matrix: one pass over the rows, then only p x p work."""

from __future__ import annotations

import numpy as np

from regpath.core.families import Family
from regpath.core.objective import correlation
from regpath.core.solvers.quadratic import Quadratic


def solve(
    Z: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    lambdas: np.ndarray,
    l1_ratio: float,
    targets: np.ndarray,
    max_iter: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve at each lambda in turn; see `regpath.core.solvers.solve_path`."""
    intercept = family.null_intercept(Y, weights)
    quadratic = Quadratic(np.ascontiguousarray(Z.T @ (weights[:, None] * Z)))
    q = correlation(Z, Y - intercept, weights)[0]
    coefs = np.zeros((len(lambdas), 1, Z.shape[1]))
    b = np.zeros(Z.shape[1])
    for i, (lam, target) in enumerate(zip(lambdas, targets, strict=True)):
        b = quadratic.minimise(q, lam * l1_ratio, lam * (1.0 - l1_ratio), b, target)
        coefs[i, 0] = b
    # Z is centred, so the best intercept is the mean of y at every lambda.
    return np.broadcast_to(intercept, (len(lambdas), 1)).copy(), coefs
