"""Least squares through the Gram matrix: one pass over the rows, then only p x p work."""

from __future__ import annotations

import numpy as np

from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels.quadratic import descend_path


def solve(
    gram: np.ndarray,
    correlation: np.ndarray,
    penalty: Penalty,
    lambdas: np.ndarray,
    targets: np.ndarray,
    start: np.ndarray,
) -> np.ndarray:
    """Coefficients (L, p) at each lambda, from Z'Z/n (p, p) and Z'y/n (p,) of centred data."""
    path = np.empty((len(lambdas), len(correlation)))
    path[0] = start
    factors = penalty.factors
    descend_path(
        np.ascontiguousarray(gram),
        np.ascontiguousarray(correlation),
        penalty.l1_ratio * factors,
        (1.0 - penalty.l1_ratio) * factors,
        np.array(lambdas),
        path,
        np.ascontiguousarray(0.1 * targets),
    )
    return path
