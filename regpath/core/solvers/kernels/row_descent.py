"""Compiled: coordinate descent by rows, on a quadratic model of the loss that is never formed."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regpath.core.solvers.kernels.compile import compiled, record


@record("f8[:, ::1]", "f8[:, ::1]", "f8[:, ::1]", "f8", "f8[:, ::1]", "f8[::1]", "f8[::1]")
class RowQuadratic(NamedTuple):
    """The model of the loss around the coefficients `old`, plus an elastic net, by rows.

    `columns` (p, n) are the features. The smooth part, as a function of the change D (K, n) of the
    linear predictor, is

        sum_i [ sum_k slope_ki D_ki + curvature_ki D_ki^2 / 2 ]
        - coupling/2 sum_i (sum_k curvature_ki D_ki)^2 / sum_k curvature_ki

    that is, K independent weighted least squares (coupling = 0), or the exact quadratic of the
    multinomial loss (coupling = 1).
    """

    columns: np.ndarray  # (p, n)
    slope: np.ndarray  # (K, n)
    curvature: np.ndarray  # (K, n)
    coupling: float
    old: np.ndarray  # (K, p)
    l1: np.ndarray  # (p,)
    l2: np.ndarray  # (p,)


@record("f8[:, ::1]", "f8[::1]", "f8[::1]", "f8[:, ::1]")
class RowChange(NamedTuple):
    """Where the linear predictor stands, and what does not change while it moves.

    `common` is coupling times sum_k curvature_ki D_ki / sum_k curvature_ki, with `inverse` for
    that last sum; `diagonal` holds second derivatives in each coefficient.
    """

    D: np.ndarray  # (K, n)
    common: np.ndarray  # (n,)
    inverse: np.ndarray  # (n,)
    diagonal: np.ndarray  # (K, p)


@compiled("RowChange(RowQuadratic, f8[:, ::1], f8[::1])")
def _begin(model: RowQuadratic, b: np.ndarray, shift: np.ndarray) -> RowChange:
    """The change that leads to the coefficients `b` and intercepts moved by `shift`."""
    p, n = model.columns.shape
    K, curvature, coupling = b.shape[0], model.curvature, model.coupling
    inverse, common, own = np.zeros(n), np.zeros(n), np.zeros(n)
    D, diagonal = np.zeros((K, n)), np.zeros((K, p))
    for k in range(K):
        for i in range(n):
            inverse[i] += curvature[k, i]
    for i in range(n):
        inverse[i] = 1.0 / inverse[i] if inverse[i] > 0.0 else 0.0
    for k in range(K):
        for i in range(n):
            own[i] = curvature[k, i] * (1.0 - coupling * curvature[k, i] * inverse[i])
            D[k, i] += shift[k]
        for j in range(p):
            column, total = model.columns[j], 0.0
            for i in range(n):
                total += own[i] * column[i] * column[i]
            diagonal[k, j] = total
            move = b[k, j] - model.old[k, j]
            if move != 0.0:
                for i in range(n):
                    D[k, i] += move * column[i]
    for k in range(K):
        for i in range(n):
            common[i] += coupling * curvature[k, i] * D[k, i] * inverse[i]
    return RowChange(D, common, inverse, diagonal)


@compiled("f8(RowQuadratic, RowChange, f8[::1], i8)")
def _move_intercept(model: RowQuadratic, change: RowChange, shift: np.ndarray, k: int) -> float:
    """Minimize over an intercept; returns what that would have lowered a smooth objective by."""
    row, curvature, slope = change.D[k], model.curvature[k], model.slope[k]
    common, inverse, coupling = change.common, change.inverse, model.coupling
    gradient, total = 0.0, 0.0
    for i in range(row.size):
        gradient += slope[i] + curvature[i] * (row[i] - common[i])
        total += curvature[i] * (1.0 - coupling * curvature[i] * inverse[i])
    if not total > 0.0:
        return 0.0
    step = -gradient / total
    shift[k] += step
    for i in range(row.size):
        row[i] += step
        common[i] += coupling * step * curvature[i] * inverse[i]
    return total * step * step


@compiled("f8(RowQuadratic, RowChange, f8[:, ::1], i8)")
def _sweep(model: RowQuadratic, change: RowChange, b: np.ndarray, k: int) -> float:
    """Minimize over each coefficient of an output in turn; returns the largest gain."""
    row, curvature, slope = change.D[k], model.curvature[k], model.slope[k]
    common, inverse, coupling = change.common, change.inverse, model.coupling
    n, largest = row.size, 0.0
    for j in range(b.shape[1]):
        h = change.diagonal[k, j]
        if h <= 0.0:
            continue
        column = model.columns[j]
        gradient = 0.0
        for i in range(n):
            gradient += column[i] * (slope[i] + curvature[i] * (row[i] - common[i]))
        goal = h * b[k, j] - gradient
        new = math.copysign(max(abs(goal) - model.l1[j], 0.0), goal) / (h + model.l2[j])
        step = new - b[k, j]
        if step != 0.0:
            b[k, j] = new
            for i in range(n):
                row[i] += step * column[i]
                common[i] += coupling * step * curvature[i] * column[i] * inverse[i]
            largest = max(largest, (h + model.l2[j]) * step * step)
    return largest


@compiled("void(RowQuadratic, f8[:, ::1], f8[::1], f8, i8)")
def descend_rows(
    model: RowQuadratic, b: np.ndarray, shift: np.ndarray, tol: float, max_sweeps: int
) -> None:
    """Minimize from `b` (K, p) and `shift` (K,), the change of the intercepts, in place.

    Stops when no step of a sweep would have lowered a smooth objective by more than `tol`.
    """
    change = _begin(model, b, shift)
    for _ in range(max_sweeps):
        largest = 0.0
        for k in range(b.shape[0]):
            largest = max(largest, _move_intercept(model, change, shift, k))
            largest = max(largest, _sweep(model, change, b, k))
        if largest <= tol:
            return
