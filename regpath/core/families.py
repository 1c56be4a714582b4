"""The three losses. Each family is one object that knows its own mathematics.

Shapes: `eta`, `Y` and everything derived from them are (n, K). K = 1 for gaussian and binomial
(Y is the response, or 0/1); K = number of classes for multinomial (Y is one-hot).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import entr, expit, logsumexp, softmax


class Family(Protocol):
    """What a solver and a certificate need to know of a loss."""

    name: str

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Loss of each row, shape (n,)."""
        ...

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Expected response, shape (n, K); the gradient of the loss in eta is `mean - Y`."""
        ...

    def conjugate(self, Y: np.ndarray, residual: np.ndarray) -> np.ndarray:
        """Fenchel conjugate of each row's loss at `-residual`, shape (n,)."""
        ...

    def curvature(self, mean: np.ndarray, k: int, m: int) -> np.ndarray:
        """Second derivative of each row's loss in (eta_k, eta_m), shape (n,)."""
        ...

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Intercept of the model without features, shape (K,); `weights` sum to one."""
        ...


class Gaussian:
    """(y - eta)^2 / 2."""

    name = "gaussian"

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Half the squared error."""
        return 0.5 * np.square(Y - eta)[:, 0]

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Identity."""
        return eta

    def conjugate(self, Y: np.ndarray, residual: np.ndarray) -> np.ndarray:
        """u^2 / 2 - u y."""
        return (residual * (0.5 * residual - Y))[:, 0]

    def curvature(self, mean: np.ndarray, k: int, m: int) -> np.ndarray:
        """One."""
        return np.ones(len(mean))

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Weighted mean."""
        return weights @ Y


class Binomial:
    """log(1 + exp(eta)) - y * eta."""

    name = "binomial"

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        # log(1 + exp(-|eta|)) never overflows, and the linear part is exact where y fits eta.
        positive = np.where(eta > 0, 1.0 - Y, Y) * np.abs(eta)
        return (np.log1p(np.exp(-np.abs(eta))) + positive)[:, 0]

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Probability of the second class."""
        return expit(eta)

    def conjugate(self, Y: np.ndarray, residual: np.ndarray) -> np.ndarray:
        """M log m + (1 - m) log(1 - m) with m = y - u in [0, 1]."""
        mean = np.clip(Y - residual, 0.0, 1.0)
        return -(entr(mean) + entr(1.0 - mean))[:, 0]

    def curvature(self, mean: np.ndarray, k: int, m: int) -> np.ndarray:
        """M (1 - m)."""
        return (mean * (1.0 - mean))[:, 0]

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Log odds of the weighted share."""
        share = weights @ Y
        return np.log(share) - np.log1p(-share)


class Multinomial:
    """Log-sum-exp(eta) - eta[y], symmetric: one column of coefficients per class."""

    name = "multinomial"

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        return logsumexp(eta, axis=1) - np.sum(Y * eta, axis=1)

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Softmax."""
        return softmax(eta, axis=1)

    def conjugate(self, Y: np.ndarray, residual: np.ndarray) -> np.ndarray:
        """Sum_k m_k log m_k with m = y - u in the simplex."""
        return -np.sum(entr(np.clip(Y - residual, 0.0, 1.0)), axis=1)

    def curvature(self, mean: np.ndarray, k: int, m: int) -> np.ndarray:
        """m_k (1[k = m] - m_m)."""
        return mean[:, k] * (float(k == m) - mean[:, m])

    def null_intercept(self, Y: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Log shares, centred: the loss does not feel a common shift."""
        logs = np.log(weights @ Y)
        return logs - logs.mean()


FAMILIES: dict[str, Family] = {
    family.name: family for family in (Gaussian(), Binomial(), Multinomial())
}
