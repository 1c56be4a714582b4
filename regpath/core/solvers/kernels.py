"""Compiled inner loops: cyclic coordinate descent on a quadratic plus an elastic-net penalty.

numba compiles them on first use and keeps the result, so no compiler is needed on the user's
machine. They release the interpreter lock.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit


def compiled(signature: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile for one signature, and keep the result where some folder can be written."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        try:
            return njit(signature, cache=True, nogil=True)(function)
        except RuntimeError:  # numba finds no folder for its cache
            return njit(signature, nogil=True)(function)

    return decorate


@compiled("int64(float64[:, ::1], float64[::1], float64[::1], float64, float64, float64, int64)")
def descend_gram(
    A: np.ndarray,
    b: np.ndarray,
    gradient: np.ndarray,
    l1: float,
    l2: float,
    tol: float,
    max_sweeps: int,
) -> int:
    """Minimise b'Ab/2 - q'b + l1 |b|_1 + l2/2 |b|_2^2 in place; `gradient` is Ab - q.

    Stops when no step of a sweep would have lowered a smooth objective by more than `tol`.
    Returns the number of sweeps.
    """
    p = b.size
    for sweep in range(max_sweeps):
        largest = 0.0
        for j in range(p):
            curvature = A[j, j]
            if curvature <= 0.0:
                continue
            old = b[j]
            pull = curvature * old - gradient[j]
            new = math.copysign(max(abs(pull) - l1, 0.0), pull) / (curvature + l2)
            step = new - old
            if step != 0.0:
                b[j] = new
                row = A[j]
                for i in range(p):
                    gradient[i] += step * row[i]
                largest = max(largest, (curvature + l2) * step * step)
        if largest <= tol:
            return sweep + 1
    return max_sweeps


@compiled(
    "int64(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64, float64[:, ::1], "
    "float64[::1], float64, float64, float64, int64)"
)
def descend_rows(
    columns: np.ndarray,
    slope: np.ndarray,
    share: np.ndarray,
    coupling: float,
    b: np.ndarray,
    shift: np.ndarray,
    l1: float,
    l2: float,
    tol: float,
    max_sweeps: int,
) -> int:
    """Minimise the same kind of model without ever forming A; for many features and few rows.

    `columns` (p, n) are the features. The smooth part, as a function of the change D (K, n) of
    the linear predictor, is
    sum_i [ sum_k slope_ki D_ki + share_ki D_ki^2 / 2 ] - coupling/2 sum_i (sum_k share_ki D_ki)^2
    / weight_i with weight_i = sum_k share_ki: K independent weighted least squares
    (coupling = 0), or the exact quadratic of the multinomial loss (coupling = 1).
    `b` (K, p) and `shift` (K,), the change of the intercepts, are changed in place.
    """
    p, n = columns.shape
    K = b.shape[0]
    weight = np.zeros(n)
    for k in range(K):
        for i in range(n):
            weight[i] += share[k, i]
    D = np.zeros((K, n))
    common = np.zeros(n)  # sum_k share_ki D_ki / weight_i
    curvature = np.zeros((K, p))
    for k in range(K):
        for j in range(p):
            total = 0.0
            for i in range(n):
                if weight[i] > 0.0:
                    h = share[k, i] * (1.0 - coupling * share[k, i] / weight[i])
                    total += h * columns[j, i] * columns[j, i]
            curvature[k, j] = total
    for sweep in range(max_sweeps):
        largest = 0.0
        for k in range(K):
            gradient = 0.0
            total = 0.0
            for i in range(n):
                if weight[i] > 0.0:
                    gradient += slope[k, i] + share[k, i] * (D[k, i] - coupling * common[i])
                    total += share[k, i] * (1.0 - coupling * share[k, i] / weight[i])
            if total > 0.0:
                step = -gradient / total
                shift[k] += step
                for i in range(n):
                    D[k, i] += step
                    if weight[i] > 0.0:
                        common[i] += step * share[k, i] / weight[i]
                largest = max(largest, total * step * step)
            for j in range(p):
                h = curvature[k, j]
                if h <= 0.0:
                    continue
                gradient = 0.0
                for i in range(n):
                    gradient += columns[j, i] * (
                        slope[k, i] + share[k, i] * (D[k, i] - coupling * common[i])
                    )
                old = b[k, j]
                pull = h * old - gradient
                # The ridge part acts on the whole coefficient, not on its change.
                new = math.copysign(max(abs(pull) - l1, 0.0), pull) / (h + l2)
                step = new - old
                if step != 0.0:
                    b[k, j] = new
                    for i in range(n):
                        D[k, i] += step * columns[j, i]
                        if weight[i] > 0.0:
                            common[i] += step * share[k, i] * columns[j, i] / weight[i]
                    largest = max(largest, (h + l2) * step * step)
        if largest <= tol:
            return sweep + 1
    return max_sweeps
