"""A Cholesky factor of second derivatives that grows and shrinks with the variables in play."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg.blas import dtrsm
from scipy.linalg.lapack import dpotrf

from regpath.core.solvers.kernels.orthants import Resting

PROXIMAL = 1e-12  # relative; keeps what is barely definite solvable, and vanishes as steps do
IDLE = 0.15  # share of variables that no point needs at which the others get a factor of their own

Hessian = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


class Factor:
    """Factor L L' of the second derivatives `matrix` of the variables `ids`, in their order.

    Parameters
    ----------
    hessian : callable
        From a point and two lists of variables to the second derivatives between them; the same
        list twice gives a symmetric matrix.
    point : ndarray of shape (V,)
        Where second derivatives are taken, now and later.
    ridge : ndarray of shape (V,)
        Added to the diagonal.
    """

    def __init__(
        self, hessian: Hessian, point: np.ndarray, ridge: np.ndarray, ids: np.ndarray
    ) -> None:
        self.point = point
        self._factorize(ids, hessian(point, ids, ids), ridge)

    def _factorize(self, ids: np.ndarray, matrix: np.ndarray, ridge: np.ndarray) -> None:
        self.ids, self.matrix, self.ridge = ids, matrix, ridge[ids]
        self.lower = _cholesky(matrix, self.ridge, _largest(matrix))
        self.resting = Resting(
            np.empty(0, dtype=np.int64), np.empty((0, ids.size)), np.empty((0, 0))
        )

    def cover(self, hessian: Hessian, needed: np.ndarray, ridge: np.ndarray) -> None:
        """Make sure that all variables of the mask `needed` (V,) are covered.

        There may be more variables than when second derivatives were taken: at that point the new
        ones were zero.
        """
        covered = np.zeros(needed.size, dtype=bool)
        covered[self.ids] = True
        new = np.flatnonzero(needed & ~covered)
        idle = ~needed[self.ids]
        if idle.mean() > IDLE or not np.array_equal(self.ridge, ridge[self.ids]):
            stay = np.flatnonzero(~idle)
            self._factorize(self.ids[stay], self.matrix[np.ix_(stay, stay)], ridge)
        if new.size:
            self.point = np.concatenate([self.point, np.zeros(needed.size - self.point.size)])
            self._extend(new, hessian, ridge)

    def _extend(self, new: np.ndarray, hessian: Hessian, ridge: np.ndarray) -> None:
        k = self.ids.size
        both = np.concatenate([self.ids, new])
        beside = hessian(self.point, both, new)
        matrix = _bordered(self.matrix, beside[:k], beside[k:])
        lower = np.zeros(matrix.shape, order="F")
        lower[:k, :k] = self.lower
        across = dtrsm(1.0, self.lower, beside[:k], lower=1)
        lower[k:, :k] = across.T
        lower[k:, k:] = _cholesky(beside[k:] - across.T @ across, ridge[new], _largest(matrix))
        self.ids, self.matrix, self.lower, self.ridge = both, matrix, lower, ridge[both]
        # Unit vectors go on below where they ended.
        places, half, gram = self.resting
        below = dtrsm(-1.0, lower[k:, k:], across.T @ half.T, lower=1).T
        self.resting = Resting(
            places, np.concatenate([half, below], axis=1), gram + below @ below.T
        )

    def rest(self, active: np.ndarray) -> None:
        """Prepare for points (m, V) that do not all have all variables: see `Resting`."""
        moving: np.ndarray = np.all(active[:, self.ids], axis=0)
        moving[self.resting.places] = True  # these are prepared already
        new = np.flatnonzero(~moving)
        if not new.size:
            return
        units = np.zeros((self.ids.size, new.size), order="F")
        units[new, np.arange(new.size)] = 1.0
        found = dtrsm(1.0, self.lower, units, lower=1, overwrite_b=1).T
        known, half, gram = self.resting
        self.resting = Resting(
            np.concatenate([known, new]),
            np.concatenate([half, found]),
            _bordered(gram, half @ found.T, found @ found.T),
        )

    def half_solve(self, Q: np.ndarray) -> np.ndarray:
        """Multiply each row of `Q` (m, k) by inverse(L)."""
        return np.asarray(dtrsm(1.0, self.lower, Q.T, lower=1, overwrite_b=1).T)

    def other_half(self, Y: np.ndarray) -> np.ndarray:
        """Multiply each row of `Y` (m, k) by inverse(L')."""
        return np.asarray(dtrsm(1.0, self.lower, Y.T, lower=1, trans_a=1, overwrite_b=1).T)


def _bordered(matrix: np.ndarray, beside: np.ndarray, corner: np.ndarray) -> np.ndarray:
    """A symmetric matrix (k, k) grown by `beside` (k, m) and `corner` (m, m)."""
    k = len(matrix)
    result = np.empty((k + len(corner), k + len(corner)))
    result[:k, :k], result[:k, k:] = matrix, beside
    result[k:, :k], result[k:, k:] = beside.T, corner
    return result


def _largest(matrix: np.ndarray) -> float:
    return max(float(np.diagonal(matrix).max(initial=0.0)), np.finfo(float).tiny)


def _cholesky(matrix: np.ndarray, ridge: np.ndarray, largest: float) -> np.ndarray:
    """Lower factor of the matrix with `ridge` on its diagonal, made definite where it is not.

    What it takes is measured by `largest`, on the diagonal of all of which this is a part.
    """
    extra = PROXIMAL
    while True:
        shifted = np.array(matrix, order="F")
        shifted.flat[:: len(matrix) + 1] += ridge + extra * largest
        lower, failed = dpotrf(shifted, lower=1, clean=1, overwrite_a=1)
        if not failed:
            return np.asarray(lower)
        if not np.isfinite(matrix).all() or extra > 1.0:
            return np.full(matrix.shape, np.nan, order="F")
        extra *= 100.0
