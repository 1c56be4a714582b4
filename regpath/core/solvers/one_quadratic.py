"""One small quadratic with an elastic-net penalty, for who takes Newton steps of his own."""

from __future__ import annotations

import numpy as np


def minimizer_of(
    A: np.ndarray,
    slope: np.ndarray,
    penalties: tuple[np.ndarray, np.ndarray],
    start: np.ndarray,
    tol: float,
) -> np.ndarray:
    """Minimize slope'd + d'Ad/2 + sum_j l1_j |b_j| + l2_j b_j^2 / 2 over b = start + d.

    Parameters
    ----------
    A : ndarray of shape (p, p)
        Symmetric and positive semi-definite.
    slope, start : ndarray of shape (p,)
    penalties : (ndarray of shape (p,), ndarray of shape (p,))
        l1 and l2.
    tol : float
        Violation of the optimality conditions to be reached, if rounding allows.

    Examples
    --------
    >>> none, one = np.zeros(2), np.ones(2)
    >>> minimizer_of(np.eye(2), np.array([-3.0, 0.5]), (one, none), none, 1e-12).tolist()
    [2.0, 0.0]
    """
    # Compiled kernels take a moment to load, and who asks for nothing need not wait.
    from regpath.core.solvers.kernels.quadratic import Quadratic, minimize

    l1, l2 = penalties
    start = np.ascontiguousarray(start)
    found = start.copy()
    minimize(Quadratic(np.ascontiguousarray(A), -slope, l1, l2, start), found, tol)
    return found
