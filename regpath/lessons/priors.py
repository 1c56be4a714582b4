"""Priors: what a penalty believes of a coefficient before it has seen data, as log densities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

NEAR_ZERO = 1e-6  # a step away from 0 in which a bend of order one is not felt, but a kink is


def log_gauss(b: Any, variance: float) -> Any:
    """Log density of a Gauss prior (a bell curve) of mean 0."""
    return -np.square(b) / (2.0 * variance) - np.log(2.0 * np.pi * variance) / 2.0


def log_laplace(b: Any, variance: float) -> Any:
    """Log density of a Laplace prior (two slopes that meet in a tip) of mean 0."""
    return -np.abs(b) * np.sqrt(2.0 / variance) - np.log(2.0 * variance) / 2.0


LOG_PRIORS: dict[str, Callable[[Any, float], Any]] = {"gauss": log_gauss, "laplace": log_laplace}
