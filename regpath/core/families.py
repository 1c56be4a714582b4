"""The three losses. Each family is one object that knows its own mathematics.

Shapes: the last axis of `eta`, `Y` and everything derived from them counts the K outputs; any
axes may stand before it. K = 1 for gaussian and binomial (Y is the response, or 0/1); K = number
of classes for multinomial (Y is one-hot).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np


class Family(Protocol):
    """What a solver and a certificate need to know of a loss."""

    name: str
    largest_curvature: float  # of the loss of one row, over all predictions and directions

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Loss of each row, shape (..., )."""
        ...

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Expected response, shape (..., K); the gradient of the loss in eta is `mean - Y`."""
        ...

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """Second derivatives of each row's loss in eta, shape (..., K, K)."""
        ...

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Intercept of the model without features, shape (K,); `weights` sum to one."""
        ...


class Gaussian:
    """(y - eta)^2 / 2."""

    name = "gaussian"
    largest_curvature = 1.0

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Half the squared error."""
        return np.asarray(0.5 * np.square(Y - eta)[..., 0])

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Identity."""
        return eta

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """One."""
        return np.ones((*mean.shape, 1))

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Weighted mean."""
        return weights @ Y


class Binomial:
    """log(1 + exp(eta)) - y * eta."""

    name = "binomial"
    largest_curvature = 0.25

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        # log(1 + exp(-|eta|)) never overflows, and the linear part is exact where y fits eta.
        size = np.abs(eta)
        wrong_side = np.where(eta > 0.0, 1.0 - Y, Y)
        wrong_side *= size
        np.negative(size, out=size)
        np.exp(size, out=size)
        np.log1p(size, out=size)
        size += wrong_side
        return np.asarray(size[..., 0])

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Probability of the second class."""
        with np.errstate(over="ignore"):  # exp(-eta) = inf gives the right answer, 0
            result = np.exp(-eta)
            result += 1.0
            return np.asarray(np.reciprocal(result, out=result))

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """M (1 - m)."""
        return np.asarray((mean * (1.0 - mean))[..., None])

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Log odds of the weighted share."""
        share = weights @ Y
        return np.asarray(np.log(share) - np.log1p(-share))


class Multinomial:
    """Log-sum-exp(eta) - eta[y], symmetric: one column of coefficients per class."""

    name = "multinomial"
    largest_curvature = 0.5

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        # Relative to the observed class: exact where it wins by far.
        lead = eta - np.sum(Y * eta, axis=-1, keepdims=True)
        top = lead.max(axis=-1, keepdims=True)
        others = np.exp(lead - top).sum(axis=-1)
        safe = np.where(Y > 0.0, 0.0, np.exp(np.minimum(lead, 0.0))).sum(axis=-1)
        return np.where(top[..., 0] > 0.0, np.log(others) + top[..., 0], np.log1p(safe))

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Softmax."""
        result = np.exp(eta - eta.max(axis=-1, keepdims=True))
        result /= result.sum(axis=-1, keepdims=True)
        return np.asarray(result)

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """m_k (1[k = l] - m_l)."""
        result = -mean[..., :, None] * mean[..., None, :]
        diagonal = np.arange(mean.shape[-1])
        result[..., diagonal, diagonal] += mean
        return np.asarray(result)

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Log shares, centred: the loss does not feel a common shift."""
        logs = np.log(weights @ Y)
        return np.asarray(logs - logs.mean())


FAMILIES: dict[str, Family] = {
    family.name: family for family in (Gaussian(), Binomial(), Multinomial())
}
