"""Compiled: how the gradient answers to a change of the predictions, for many points at once."""

from __future__ import annotations

import numpy as np

from regpath.core.solvers.kernels.compile import compiled, exp
from regpath.core.solvers.kernels.residuals import LARGEST_LOG


@compiled("void(f8[::1], f8[::1], f8)")
def _logistic_row(change: np.ndarray, mean: np.ndarray, weight: float) -> None:
    for c in range(change.size):
        change[c] *= weight * mean[c] * (1.0 - mean[c])


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], i8)")
def logistic(change: np.ndarray, mean: np.ndarray, weights: np.ndarray, n_outputs: int) -> None:
    """Turn `change` (n, C) of the predictions into w_i m_ic (1 - m_ic) change_ic, in place."""
    for i in range(change.shape[0]):
        _logistic_row(change[i], mean[i], weights[i])


@compiled("void(f8[::1], f8[::1], f8[::1])")
def _add_product(total: np.ndarray, one: np.ndarray, two: np.ndarray) -> None:
    for c in range(total.size):
        total[c] += one[c] * two[c]


@compiled("void(f8[::1], f8[::1], f8[::1], f8)")
def _centred(change: np.ndarray, mean: np.ndarray, total: np.ndarray, weight: float) -> None:
    for c in range(total.size):
        change[c] = weight * mean[c] * (change[c] - total[c])


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], i8)")
def softmax(change: np.ndarray, mean: np.ndarray, weights: np.ndarray, n_outputs: int) -> None:
    """Same for softmax: w_i m_ik (change_ik - sum_l m_il change_il); (n, K C), classes first."""
    n_points = change.shape[1] // n_outputs
    total = np.empty(n_points)
    for i in range(change.shape[0]):
        total[:] = 0.0
        for k in range(n_outputs):
            part = slice(k * n_points, (k + 1) * n_points)
            _add_product(total, mean[i, part], change[i, part])
        for k in range(n_outputs):
            part = slice(k * n_points, (k + 1) * n_points)
            _centred(change[i, part], mean[i, part], total, weights[i])


@compiled("void(f8[:, ::1], f8[::1], i8)")
def logistic_means(eta: np.ndarray, offset: np.ndarray, n_outputs: int) -> None:
    """Turn predictions (n, C) without their offsets into probabilities, in place."""
    for i in range(eta.shape[0]):
        row = eta[i]
        for c in range(row.size):
            row[c] = 1.0 / (1.0 + exp(-(row[c] + offset[c])))


@compiled("void(f8[:, ::1], f8[::1], i8)")
def softmax_means(eta: np.ndarray, offset: np.ndarray, n_outputs: int) -> None:
    """Same for softmax; (n, K C), classes first."""
    n_points = eta.shape[1] // n_outputs
    top, total = np.empty(n_points), np.empty(n_points)
    for i in range(eta.shape[0]):
        row = eta[i]
        for c in range(row.size):
            row[c] += offset[c]
        top[:] = row[:n_points]
        for k in range(1, n_outputs):
            part = row[k * n_points : (k + 1) * n_points]
            for c in range(part.size):
                top[c] = max(top[c], part[c])
        total[:] = 0.0
        for k in range(n_outputs):
            part = row[k * n_points : (k + 1) * n_points]
            for c in range(part.size):
                part[c] = exp(part[c] - top[c])
                total[c] += part[c]
        for k in range(n_outputs):
            part = row[k * n_points : (k + 1) * n_points]
            for c in range(part.size):
                part[c] /= total[c]


@compiled("void(f8[:, ::1], f8[::1], i8)")
def exponential_means(eta: np.ndarray, offset: np.ndarray, n_outputs: int) -> None:
    """Same for the exponential mean of counts."""
    for i in range(eta.shape[0]):
        row = eta[i]
        for c in range(row.size):
            row[c] = exp(min(row[c] + offset[c], LARGEST_LOG))


@compiled("void(f8[:, ::1], f8[::1], i8)")
def identity_means(eta: np.ndarray, offset: np.ndarray, n_outputs: int) -> None:
    """Same for least squares: predictions with their offsets."""
    for i in range(eta.shape[0]):
        row = eta[i]
        for c in range(row.size):
            row[c] += offset[c]


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], i8)")
def identity(change: np.ndarray, mean: np.ndarray, weights: np.ndarray, n_outputs: int) -> None:
    """Same for least squares: w_i change_ic."""
    for i in range(change.shape[0]):
        for c in range(change.shape[1]):
            change[i, c] *= weights[i]


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], i8)")
def exponential(change: np.ndarray, mean: np.ndarray, weights: np.ndarray, n_outputs: int) -> None:
    """Same for the exponential mean of counts: w_i m_ic change_ic."""
    for i in range(change.shape[0]):
        for c in range(change.shape[1]):
            change[i, c] *= weights[i] * mean[i, c]


CURVING = {
    "identity": identity,
    "logistic": logistic,
    "softmax": softmax,
    "exponential": exponential,
}
MEANS = {
    "identity": identity_means,
    "logistic": logistic_means,
    "softmax": softmax_means,
    "exponential": exponential_means,
}
