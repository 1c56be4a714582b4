"""Linear predictors at every lambda to classes, expected responses and losses of rows."""

from __future__ import annotations

import numpy as np

from regpath.core.problems.problem import Problem


def best_class(eta: np.ndarray) -> np.ndarray:
    """Position of the most probable class, shape (n, L)."""
    return (eta > 0.0).astype(np.intp) if eta.ndim == 2 else eta.argmax(axis=1)


def probabilities(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Expected responses, shaped as `eta`; binomial: of the second class."""
    mean = problem.loss.mean(one_row_each(eta)).reshape(len(eta), eta.shape[-1], -1)
    return mean[:, :, 0] if eta.ndim == 2 else mean.transpose(0, 2, 1)


def losses(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Loss of every row at every lambda, shape (n, L)."""
    Y = np.repeat(problem.Y, eta.shape[-1], axis=0)
    return problem.loss.loss(Y, one_row_each(eta)).reshape(len(eta), -1)


def one_row_each(eta: np.ndarray) -> np.ndarray:
    """Every row at every lambda as a row of its own, shape (n L, K): one call to a family."""
    if eta.ndim == 2:
        return eta.reshape(-1, 1)
    return eta.transpose(0, 2, 1).reshape(-1, eta.shape[1])
