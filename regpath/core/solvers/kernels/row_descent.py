"""Compiled: coordinate descent on a quadratic model of the loss that is never formed."""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.kernels.compile import compiled


@compiled(
    "int64(f8[:, ::1], f8[:, ::1], f8[:, ::1], f8, f8[:, :], f8[:, ::1], f8[::1], f8[::1], "
    "f8[::1], f8, i8)"
)
def descend_rows(
    columns: np.ndarray,
    push: np.ndarray,
    share: np.ndarray,
    coupling: float,
    old: np.ndarray,
    b: np.ndarray,
    shift: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    tol: float,
    max_sweeps: int,
) -> int:
    """Minimize the model at the coefficients `old`, from `b` and `shift`, in place.

    `columns` (p, n) are the features. The smooth part, as a function of the change D (K, n) of
    the linear predictor, is
    sum_i [ sum_k push_ki D_ki + share_ki D_ki^2 / 2 ] - coupling/2 sum_i (sum_k share_ki D_ki)^2
    / weight_i with weight_i = sum_k share_ki: K independent weighted least squares
    (coupling = 0), or the exact quadratic of the multinomial loss (coupling = 1).
    `b` (K, p) and `shift` (K,), the change of the intercepts, are changed in place. Stops when no
    step of a sweep would have lowered a smooth objective by more than `tol`.
    """
    p, n = columns.shape
    K = b.shape[0]
    inverse = np.zeros(n)
    for k in range(K):
        for i in range(n):
            inverse[i] += share[k, i]
    for i in range(n):
        inverse[i] = 1.0 / inverse[i] if inverse[i] > 0.0 else 0.0
    D = np.zeros((K, n))
    common = np.zeros(n)  # coupling times sum_k share_ki D_ki / weight_i
    curvature = np.zeros((K, p))
    bend = np.zeros(n)
    for k in range(K):
        for i in range(n):
            bend[i] = share[k, i] * (1.0 - coupling * share[k, i] * inverse[i])
            D[k, i] += shift[k]
        for j in range(p):
            column, total = columns[j], 0.0
            for i in range(n):
                total += bend[i] * column[i] * column[i]
            curvature[k, j] = total
            move = b[k, j] - old[k, j]
            if move != 0.0:
                for i in range(n):
                    D[k, i] += move * column[i]
    for k in range(K):
        for i in range(n):
            common[i] += coupling * share[k, i] * D[k, i] * inverse[i]
    for sweep in range(max_sweeps):
        largest = 0.0
        for k in range(K):
            row, weight, pushes = D[k], share[k], push[k]
            gradient, total = 0.0, 0.0
            for i in range(n):
                gradient += pushes[i] + weight[i] * (row[i] - common[i])
                total += weight[i] * (1.0 - coupling * weight[i] * inverse[i])
            if total > 0.0:
                step = -gradient / total
                shift[k] += step
                for i in range(n):
                    row[i] += step
                    common[i] += coupling * step * weight[i] * inverse[i]
                largest = max(largest, total * step * step)
            for j in range(p):
                h = curvature[k, j]
                if h <= 0.0:
                    continue
                column = columns[j]
                gradient = 0.0
                for i in range(n):
                    gradient += column[i] * (pushes[i] + weight[i] * (row[i] - common[i]))
                before = b[k, j]
                pull = h * before - gradient
                new = math.copysign(max(abs(pull) - l1[j], 0.0), pull) / (h + l2[j])
                step = new - before
                if step != 0.0:
                    b[k, j] = new
                    for i in range(n):
                        row[i] += step * column[i]
                        common[i] += coupling * step * weight[i] * column[i] * inverse[i]
                    largest = max(largest, (h + l2[j]) * step * step)
        if largest <= tol:
            return sweep + 1
    return max_sweeps
