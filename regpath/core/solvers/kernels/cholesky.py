"""Compiled: Cholesky factors of small and middling matrices, and what they solve."""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.kernels.compile import compiled

UNCUT = 512  # rows up to which a Cholesky factor stays in cache (2 MB) as it is
PANEL = 64  # columns of a Cholesky factor that are made together


@compiled("void(f8[:, ::1], i8, i8)")
def _subtract_earlier(L: np.ndarray, low: int, high: int) -> None:
    """Subtract from the columns low..high what the columns before them explain."""
    for i in range(low, L.shape[0]):
        row = L[i]
        top = min(high, i + 1)
        j = low
        # Four rows at a time: each entry of row i is loaded once for all of them.
        while j + 3 < top:
            r0, r1, r2, r3 = L[j], L[j + 1], L[j + 2], L[j + 3]
            s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
            for k in range(low):
                x = row[k]
                s0 += r0[k] * x
                s1 += r1[k] * x
                s2 += r2[k] * x
                s3 += r3[k] * x
            row[j] -= s0
            row[j + 1] -= s1
            row[j + 2] -= s2
            row[j + 3] -= s3
            j += 4
        while j < top:
            other = L[j]
            s0 = 0.0
            for k in range(low):
                s0 += other[k] * row[k]
            row[j] -= s0
            j += 1


@compiled("boolean(f8[:, ::1], i8, i8)")
def _factor_columns(L: np.ndarray, low: int, high: int) -> bool:
    """Make the columns low..high of the factor; False if the matrix is not definite."""
    n = L.shape[0]
    for j in range(low, high):
        row = L[j, low:high]
        total = L[j, j]
        for k in range(j - low):
            total -= row[k] * row[k]
        if not total > 0.0:
            return False
        pivot = 1.0 / math.sqrt(total)
        L[j, j] = math.sqrt(total)
        i = j + 1
        while i + 3 < n:
            r0, r1, r2, r3 = L[i, low:], L[i + 1, low:], L[i + 2, low:], L[i + 3, low:]
            s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
            for k in range(j - low):
                x = row[k]
                s0 += r0[k] * x
                s1 += r1[k] * x
                s2 += r2[k] * x
                s3 += r3[k] * x
            L[i, j] = (L[i, j] - s0) * pivot
            L[i + 1, j] = (L[i + 1, j] - s1) * pivot
            L[i + 2, j] = (L[i + 2, j] - s2) * pivot
            L[i + 3, j] = (L[i + 3, j] - s3) * pivot
            i += 4
        while i < n:
            other = L[i, low:]
            s0 = 0.0
            for k in range(j - low):
                s0 += other[k] * row[k]
            L[i, j] = (L[i, j] - s0) * pivot
            i += 1
    return True


@compiled("boolean(f8[:, ::1])")
def cholesky(L: np.ndarray) -> bool:
    """Cholesky factor of the lower triangle of `L`, in place; False if it is not definite.

    Column by column; large ones in panels narrow enough to stay in cache. LAPACK's `dpotrf` cannot
    be called from a kernel, that is, many times without the interpreter's lock.
    """
    n = L.shape[0]
    panel = n if n <= UNCUT else PANEL
    for low in range(0, n, panel):
        high = min(low + panel, n)
        if low > 0:
            _subtract_earlier(L, low, high)
        if not _factor_columns(L, low, high):
            return False
    return True


@compiled("void(float64[:, ::1], float64[::1])")
def cholesky_solve(L: np.ndarray, x: np.ndarray) -> None:
    """Solve L L' x = x in place."""
    n = x.size
    for i in range(n):
        total = x[i]
        row = L[i]
        for k in range(i):
            total -= row[k] * x[k]
        x[i] = total / row[i]
    for i in range(n - 1, -1, -1):
        value = x[i] / L[i, i]
        x[i] = value
        row = L[i]
        for k in range(i):
            x[k] -= row[k] * value
