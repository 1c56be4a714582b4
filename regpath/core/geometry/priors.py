"""Priors: what a penalty believes of a coefficient before it has seen data, as log densities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from regpath.core.geometry.touching import Measured, turning_point

NEAR_ZERO = 1e-6  # a step away from 0 in which a bend of order one is not felt, but a kink is
FARTHEST = 4.0  # times its own size that a curve is drawn beyond the likeliest value
DOUBLINGS = 200  # of a stretch that has yet to hold the likeliest value


def log_gauss(b: Any, variance: float) -> Any:
    """Log density of a Gauss prior (a bell curve) of mean 0."""
    return -np.square(b) / (2.0 * variance) - np.log(2.0 * np.pi * variance) / 2.0


def log_laplace(b: Any, variance: float) -> Any:
    """Log density of a Laplace prior (two slopes that meet in a tip) of mean 0."""
    return -np.abs(b) * np.sqrt(2.0 / variance) - np.log(2.0 * variance) / 2.0


LOG_PRIORS: dict[str, Callable[[Any, float], Any]] = {"gauss": log_gauss, "laplace": log_laplace}


@dataclass(frozen=True)
class Prior:
    """The prior of one coefficient that a penalty stands for: Gauss, Laplace or their product.

    Attributes
    ----------
    gauss, laplace : float
        Their variances; infinite where the penalty has no such part. For two classes and counts
        these are KNIME's (1 / (n lambda) and 2 / (n lambda)^2, times the penalty factor).

    Examples
    --------
    >>> ridge = Prior.of(strength=4.0, l1_ratio=0.0)
    >>> ridge.gauss, ridge.laplace, ridge.name
    (0.25, inf, 'Gauss')
    >>> Prior.of(strength=4.0, l1_ratio=1.0).laplace
    0.125
    """

    gauss: float
    laplace: float

    @classmethod
    def of(cls, strength: float, l1_ratio: float) -> Prior:
        """That of n lambda times the penalty factor, over the variance of the noise if any."""
        l1, l2 = strength * l1_ratio, strength * (1.0 - l1_ratio)
        return cls(1.0 / l2 if l2 > 0.0 else inf, 2.0 / l1**2 if l1 > 0.0 else inf)

    @property
    def name(self) -> str:
        """What it is called."""
        parts = {"Gauss": self.gauss, "Laplace": self.laplace}
        return " times ".join(name for name, variance in parts.items() if variance < inf)

    def log_density(self, b: np.ndarray) -> np.ndarray:
        """Log density, measured from its top at 0."""
        with np.errstate(divide="ignore"):
            return np.asarray(
                -(b**2) / (2.0 * self.gauss) - np.abs(b) * np.sqrt(2.0 / self.laplace)
            )


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the data say of one coefficient, the prior, and both together; each is 1 at its top.

    Attributes
    ----------
    b : ndarray of shape (m,)
    prior, likelihood, posterior : ndarray of shape (m,)
    likeliest : float
        The top of the posterior (maximum a posteriori), found on its own slope.
    of : Prior
    """

    b: np.ndarray
    prior: np.ndarray
    likelihood: np.ndarray
    posterior: np.ndarray
    likeliest: float
    of: Prior


def posterior_of(
    valley: Measured, other: np.ndarray, which: int, prior: Prior, n: float, places: int
) -> Posterior:
    """Compute one coefficient's posterior, everything else held.

    Parameters
    ----------
    valley : Valley
    other : ndarray of shape (2,)
        The pair; what it says of the coefficient itself is not used.
    which : {0, 1}
        The coefficient.
    prior : Prior
    n : float
        By which a mean loss becomes a log-likelihood: rows, over the variance of the noise if any.
    places : int
        At how many the curves are computed.
    """

    def pairs(b: np.ndarray) -> np.ndarray:
        points = np.tile(other, (len(b), 1))
        points[:, which] = b
        return points

    def slope(b: np.ndarray) -> np.ndarray:
        told = np.sign(b) * np.sqrt(2.0 / prior.laplace) + b / prior.gauss
        return np.asarray(n * valley.measure(pairs(b)).slopes[:, which] + told)

    likeliest = _likeliest(slope, float(np.sqrt(2.0 / prior.laplace)))
    near = max(abs(likeliest), 1.0) * NEAR_ZERO
    off = likeliest + np.sign(likeliest) * near  # no difference goes across the kink
    low, high = slope(np.array([off, off + (np.sign(likeliest) or 1.0) * near]))
    bend = max(abs(high - low) / near, np.finfo(float).tiny)
    spread = float(1.0 / np.sqrt(bend))
    # Where the data alone would have it, by their slope; that may be anywhere if they part classes.
    pull = -n * float(valley.measure(pairs(np.array([likeliest]))).slopes[0, which]) / bend
    farthest = FARTHEST * max(abs(likeliest), spread)
    alone = likeliest + float(np.clip(pull, -farthest, farthest))
    pad = max(0.3 * abs(likeliest), 3.5 * spread)
    low, high = min(0.0, likeliest, alone) - pad, max(0.0, likeliest, alone) + pad
    b = np.linspace(low, high, places)
    b = np.sort(np.append(b, (0.0, likeliest)))
    told = -n * valley.measure(pairs(b)).loss
    believed = prior.log_density(b)

    def scaled(log: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(log - log.max()))

    return Posterior(b, scaled(believed), scaled(told), scaled(believed + told), likeliest, prior)


def _likeliest(slope: Callable[[np.ndarray], np.ndarray], kink: float) -> float:
    """Where the slope turns; 0 where the kink of the prior is steeper than the data."""
    at_zero = float(slope(np.zeros(1))[0])
    if abs(at_zero) <= kink:
        return 0.0
    side = -np.sign(at_zero)
    reach = 1.0

    def along(sizes: np.ndarray) -> np.ndarray:
        return np.asarray(side * slope(side * sizes))

    for _ in range(DOUBLINGS):
        if along(np.array([reach]))[0] > 0.0:
            break
        reach *= 2.0
    low = 0.0
    return float(side * turning_point(along, low, reach))
