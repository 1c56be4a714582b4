"""Compiled: predictions to weighted residuals in place, for many points at once."""

from __future__ import annotations

import numpy as np

from regpath.core.solvers.kernels.compile import compiled, exp

# A step that leads beyond a mean of e^300 is seen to be too long, and shortened, while its sums of
# products are still numbers; a solution is compared with nothing of this size.
LARGEST_LOG = 300.0


@compiled("void(float64[::1], float64[::1], float64[::1], float64, float64)")
def _logistic_row(
    eta: np.ndarray, offset: np.ndarray, share: np.ndarray, y: float, weight: float
) -> None:
    for c in range(eta.size):
        mean = 1.0 / (1.0 + exp(-(eta[c] + offset[c])))
        eta[c] = weight * share[c] * (y - mean)


@compiled("void(float64[:, ::1], float64[::1], float64[:, ::1], int64[::1], f8[:, :], f8[::1])")
def logistic(
    eta: np.ndarray,
    offset: np.ndarray,
    shares: np.ndarray,
    pattern: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Turn `eta` (n, C) into w_ic (y_i - mean(eta_ic + offset_c)), w_ic = weights_i shares_fc.

    `pattern` (n,) says which row f of `shares` (n_patterns, C) holds for each row.
    """
    for i in range(eta.shape[0]):
        _logistic_row(eta[i], offset, shares[pattern[i]], Y[i, 0], weights[i])


@compiled("void(float64[:, ::1], float64[::1], float64[:, ::1], int64[::1], f8[:, :], f8[::1])")
def identity(
    eta: np.ndarray,
    offset: np.ndarray,
    shares: np.ndarray,
    pattern: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Same for least squares."""
    for i in range(eta.shape[0]):
        row, share, y, weight = eta[i], shares[pattern[i]], Y[i, 0], weights[i]
        for c in range(row.size):
            row[c] = weight * share[c] * (y - row[c] - offset[c])


@compiled("void(float64[::1], float64[::1], float64[::1], float64, float64)")
def _exponential_row(
    eta: np.ndarray, offset: np.ndarray, share: np.ndarray, y: float, weight: float
) -> None:
    for c in range(eta.size):
        mean = exp(min(eta[c] + offset[c], LARGEST_LOG))
        eta[c] = weight * share[c] * (y - mean)


@compiled("void(float64[:, ::1], float64[::1], float64[:, ::1], int64[::1], f8[:, :], f8[::1])")
def exponential(
    eta: np.ndarray,
    offset: np.ndarray,
    shares: np.ndarray,
    pattern: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Same for the exponential mean of counts."""
    for i in range(eta.shape[0]):
        _exponential_row(eta[i], offset, shares[pattern[i]], Y[i, 0], weights[i])


@compiled("void(float64[::1], float64[::1])")
def _raise_to(top: np.ndarray, row: np.ndarray) -> None:
    for c in range(row.size):
        top[c] = max(top[c], row[c])


@compiled("void(float64[::1], float64[::1], float64[::1])")
def _exp_from(row: np.ndarray, top: np.ndarray, total: np.ndarray) -> None:
    for c in range(row.size):
        row[c] = exp(row[c] - top[c])
        total[c] += row[c]


@compiled("void(float64[::1], float64[::1], float64[::1], float64, float64)")
def _residual_of(
    row: np.ndarray, total: np.ndarray, share: np.ndarray, y: float, weight: float
) -> None:
    for c in range(row.size):
        row[c] = weight * share[c] * (y - row[c] / total[c])


@compiled("void(float64[:, ::1], float64[::1], float64[:, ::1], int64[::1], f8[:, :], f8[::1])")
def softmax(
    eta: np.ndarray,
    offset: np.ndarray,
    shares: np.ndarray,
    pattern: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Same for softmax; `eta` is (n, K C) with all points of a class side by side."""
    n_outputs = Y.shape[1]
    n_points = eta.shape[1] // n_outputs
    top, total = np.empty(n_points), np.empty(n_points)
    for i in range(eta.shape[0]):
        row = eta[i]
        for c in range(row.size):
            row[c] += offset[c]
        top[:] = -np.inf
        total[:] = 0.0
        for k in range(n_outputs):
            _raise_to(top, row[k * n_points : (k + 1) * n_points])
        for k in range(n_outputs):
            _exp_from(row[k * n_points : (k + 1) * n_points], top, total)
        for k in range(n_outputs):
            _residual_of(
                row[k * n_points : (k + 1) * n_points],
                total,
                shares[pattern[i]],
                Y[i, k],
                weights[i],
            )


RESIDUALS = {
    "identity": identity,
    "logistic": logistic,
    "softmax": softmax,
    "exponential": exponential,
}
