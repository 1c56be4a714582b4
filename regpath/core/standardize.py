"""Centring and scaling: the coordinates in which a penalty acts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.problem import Problem

CONSTANT = 1e-12  # spread below this share of the largest value is rounding noise


@dataclass(frozen=True, eq=False)
class Design:
    """Features as the solver sees them: `Z = (X - mean) / penalty_scale`, shape (n, p).

    `scale` is the 1/n standard deviation of each column (0 for a constant column);
    `penalty_scale` equals it when standardised (1 for a constant column), and 1 otherwise.
    """

    Z: np.ndarray
    mean: np.ndarray
    scale: np.ndarray
    penalty_scale: np.ndarray


def moments(X: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean and 1/n standard deviation of each column; the latter 0 where constant."""
    largest = np.abs(X).max(axis=0, initial=0.0)
    unit = np.where(largest > 0.0, largest, 1.0)
    shrunk = X / unit  # squares of very large or very small values must not leave float range
    mean = weights @ shrunk
    scale = np.sqrt(weights @ np.square(shrunk - mean))
    scale[scale <= CONSTANT] = 0.0
    return mean * unit, scale * unit


def standardized(problem: Problem, standardize: bool) -> Design:
    """Centre the features of `problem`, and scale them to unit spread if asked to."""
    mean, scale = moments(problem.X, problem.weights)
    constant = scale == 0.0
    penalty_scale = np.where(constant, 1.0, scale) if standardize else np.ones_like(scale)
    Z = np.asfortranarray((problem.X - mean) / penalty_scale)
    Z[:, constant] = 0.0
    return Design(Z, mean, scale, penalty_scale)
