"""Arrays in, arrays out: the only place that iterates. One file per regime, chosen here.

Layer law: imports numpy, scipy, numba and `core.families`, `core.objective`; knows no Problem.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import qr

from regpath.core.families import Family

MAX_ITER = 200  # Newton steps at one lambda on one working set
GRAM_FEATURES = 2000  # a p x p Gram matrix of this size takes 32 MB


def solve_path(
    Z: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    lambdas: np.ndarray,
    l1_ratio: float,
    targets: np.ndarray,
    *,
    max_iter: int = MAX_ITER,
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise the objective of `core.objective` at each lambda.

    Parameters
    ----------
    Z : ndarray of shape (n, p)
        Centred (and perhaps scaled) features, column-major.
    Y : ndarray of shape (n, K)
    weights : ndarray of shape (n,)
        Sum to one.
    family : Family
    lambdas : ndarray of shape (L,)
        Strictly decreasing.
    l1_ratio : float in [0, 1]
    targets : ndarray of shape (L,)
        Violation of the optimality conditions to reach at each lambda, as `kkt_violation`
        measures it. They are goals: the caller certifies what was reached.
    max_iter : int
        Newton steps at one lambda before it is left as it is.

    Returns
    -------
    intercepts : ndarray of shape (L, K)
    coefs : ndarray of shape (L, K, p)
    """
    # The compiled kernels take a moment to load, and not every use of the package needs them.
    from regpath.core.solvers import gaussian, newton

    n, p = Z.shape
    if family.name == "gaussian" and p <= min(GRAM_FEATURES, n):
        return gaussian.solve(Z, Y, weights, family, lambdas, l1_ratio, targets, max_iter)
    if l1_ratio == 0.0 and p > n:
        # Every ridge solution lies in the row space: n rotated features say as much as p.
        basis, rotated = qr(Z.T, mode="economic", check_finite=False)
        small = np.asfortranarray(rotated.T)
        intercepts, coefs = newton.solve(
            small, Y, weights, family, lambdas, l1_ratio, targets, max_iter
        )
        return intercepts, coefs @ basis.T
    return newton.solve(Z, Y, weights, family, lambdas, l1_ratio, targets, max_iter)
