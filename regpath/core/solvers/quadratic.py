"""The inner problem: a quadratic with an elastic-net penalty, solved to machine precision."""

from __future__ import annotations

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from regpath.core.solvers.kernels import descend_gram

ROUNDS = 60
SWEEPS = 50
PROXIMAL = 1e-10  # keeps singular systems solvable; its effect vanishes as the iterates settle


class Quadratic:
    """b'Ab/2 - q'b + l1 |b|_1 + l2/2 |b|_2^2 for one matrix A and any q, l1 and l2.

    Coordinate descent finds which coefficients live and their signs; linear systems on that
    support then give their exact values. Both only ever lower the objective. The last Cholesky
    factor is kept, since neighbouring problems mostly share their support.

    Parameters
    ----------
    A : ndarray of shape (p, p), symmetric, positive semi-definite, C-contiguous
    """

    def __init__(self, A: np.ndarray) -> None:
        self.A = A
        self._largest = float(np.max(np.diagonal(A), initial=0.0))
        self._key: tuple[float, bytes] | None = None
        self._factor: tuple[np.ndarray, bool] | None = None

    def minimise(
        self, q: np.ndarray, l1: float, l2: float, start: np.ndarray, tol: float
    ) -> np.ndarray:
        """Minimise from `start` until the optimality conditions hold to `tol`.

        Returns the best point found; it is the caller who certifies.
        """
        b = start.copy()
        if self._largest + l2 <= 0.0:
            return np.zeros_like(b)
        coarse = 1e-4 * float(np.abs(q).max()) ** 2 / (self._largest + l2)
        for _ in range(ROUNDS):
            if l1 > 0.0:
                descend_gram(self.A, b, self.A @ b - q, l1, l2, coarse, SWEEPS)
            b = self._settle(q, l1, l2, b)
            if violation(self.A @ b - q, b, l1, l2) <= tol:
                break
            coarse *= 1e-2
        return b

    def _settle(self, q: np.ndarray, l1: float, l2: float, b: np.ndarray) -> np.ndarray:
        """Walk to the minimiser on the support and signs of `b`, dropping what changes sign.

        On one orthant the objective is a quadratic: go towards its minimiser, stop where the
        first coefficient reaches zero, leave that one out, and go on.
        """
        b = b.copy()
        proximal = PROXIMAL * (self._largest + l2)
        support = np.flatnonzero(b) if l1 > 0.0 else np.arange(len(b))
        while support.size:
            now = b[support]
            signs = np.sign(now)
            factor = self._factor_of(support, l2 + proximal)
            if factor is None:
                return b
            goal = cho_solve(factor, q[support] - l1 * signs + proximal * now, check_finite=False)
            if not np.isfinite(goal).all():
                return b
            flips = np.flatnonzero(signs * goal <= 0.0) if l1 > 0.0 else support[:0]
            if flips.size == 0:
                b[support] = goal
                return b
            reach = now[flips] / (now[flips] - goal[flips])
            step = float(reach.min())
            stopped = flips[reach <= step]
            now = now + step * (goal - now)
            now[stopped] = 0.0
            b[support] = now
            support = np.delete(support, stopped)
        return b

    def _factor_of(self, support: np.ndarray, ridge: float) -> tuple[np.ndarray, bool] | None:
        """Cholesky factor of A + ridge on `support`; None if it is singular all the same."""
        key = (ridge, support.tobytes())
        if key != self._key:
            block = self.A[np.ix_(support, support)]
            block[np.diag_indices_from(block)] += ridge
            try:
                self._factor = cho_factor(block, lower=True, overwrite_a=True, check_finite=False)
            except LinAlgError:
                self._factor = None
            self._key = key
        return self._factor


def violation(gradient: np.ndarray, b: np.ndarray, l1: float, l2: float) -> float:
    """Largest violation of the optimality conditions; `gradient` is that of the quadratic."""
    slope = gradient + l2 * b
    alive = np.abs(slope + l1 * np.sign(b))
    return float(np.where(b != 0.0, alive, np.maximum(np.abs(slope) - l1, 0.0)).max(initial=0.0))
