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
    bounded: bool  # whether expected responses lie between 0 and 1

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Loss of each row, shape (..., )."""
        ...

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Expected response, shape (..., K); the gradient of the loss in eta is `mean - Y`."""
        ...

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """Second derivatives of each row's loss in eta, shape (..., K, K)."""
        ...

    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Loss, mean, and what `bent` takes, at once, which costs less; for eta (n, C, K)."""
        ...

    def bent(self, bend: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Second derivatives times `factors` (n, Q), summed over rows; shape (Q, C, K, K)."""
        ...

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Intercept of the model without features, shape (K,); `weights` sum to one.

        `offset` (n,) is added to the predictions of each row.
        """
        ...


class Gaussian:
    """(y - eta)^2 / 2."""

    name = "gaussian"
    largest_curvature = 1.0
    bounded = False

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Half the squared error."""
        return np.asarray(0.5 * np.square(Y - eta)[..., 0])

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Identity."""
        return eta

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """One."""
        return np.ones((*mean.shape, 1))

    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """One after the other."""
        return self.loss(Y, eta), self.mean(eta), np.ones_like(eta)

    def bent(self, bend: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """One each."""
        return np.asarray((factors.T @ bend[..., 0])[..., None, None])

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Weighted mean."""
        return weights @ (Y if offset is None else Y - offset[:, None])


class Binomial:
    """log(1 + exp(eta)) - y * eta."""

    name = "binomial"
    largest_curvature = 0.25
    bounded = True

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        return self.evaluate(Y, eta)[0]

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Probability of the second class."""
        with np.errstate(over="ignore"):  # exp(-eta) = inf gives the right answer, 0
            result = np.exp(-eta)
            result += 1.0
            return np.asarray(np.reciprocal(result, out=result))

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """M (1 - m)."""
        return np.asarray((mean * (1.0 - mean))[..., None])

    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All from one exponential, exp(-|eta|), which never overflows."""
        small = np.abs(eta)
        np.negative(small, out=small)
        np.exp(small, out=small)
        loss = np.log1p(small)
        # The linear part: |eta| where y is on the other side, nothing where y fits eta.
        lead = np.maximum(eta, 0.0)
        lead -= Y * eta
        loss += lead  # last: small losses keep their digits
        share = small + 1.0
        np.reciprocal(share, out=share)  # of the more probable class
        small *= share
        curvature = small * share
        mean = np.where(eta > 0.0, share, small)
        return loss[..., 0], mean, curvature

    def bent(self, bend: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Of `bend`, m (1 - m) with all its digits."""
        return np.asarray((factors.T @ bend[..., 0])[..., None, None])

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Log odds of the weighted share."""
        share = weights @ Y
        start = np.asarray(np.log(share) - np.log1p(-share))
        return start if offset is None else _balanced(self, Y, weights, offset, start)


class Multinomial:
    """Log-sum-exp(eta) - eta[y], symmetric: one column of coefficients per class."""

    name = "multinomial"
    largest_curvature = 0.5
    bounded = True

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

    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From one exponential for each class, relative to the most probable one."""
        lead = eta - np.sum(Y * eta, axis=-1, keepdims=True)
        top = lead.max(axis=-1, keepdims=True)
        lead -= top
        mean = np.exp(lead, out=lead)
        total = mean.sum(axis=-1)
        # Where the observed class is the most probable, `top` is 0: small losses keep their digits.
        rest = (mean * (1.0 - Y)).sum(axis=-1)
        top = top[..., 0]
        loss = np.where(top > 0.0, np.log(total) + top, np.log1p(rest))
        mean /= total[..., None]
        return loss, mean, mean

    def bent(self, bend: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Of `bend`, the means themselves: diag(m) - m m'."""
        by_class = bend.transpose(1, 2, 0)
        diagonal = np.eye(bend.shape[-1])
        return np.stack(
            [
                (by_class @ factor)[..., None] * diagonal
                - (by_class * factor) @ bend.transpose(1, 0, 2)
                for factor in factors.T
            ]
        )

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Log shares, centred: the loss feels neither a common shift nor a common offset."""
        logs = np.log(weights @ Y)
        return np.asarray(logs - logs.mean())


def _balanced(
    family: Family, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Intercept (1,) at which residuals with an offset balance: Newton steps, kept in a bracket."""
    low, high = start - offset.max(), start - offset.min()
    intercept = 0.5 * (low + high)
    for _ in range(200):
        mean = family.mean(offset[:, None] + intercept)
        slope = weights @ (Y - mean)
        low, high = np.where(slope > 0.0, intercept, low), np.where(slope > 0.0, high, intercept)
        new = intercept + slope / (weights @ family.curvature(mean)[:, 0])
        new = np.where((new >= low) & (new <= high), new, 0.5 * (low + high))
        if (new == intercept).all():
            break
        intercept = new
    return np.asarray(intercept)


FAMILIES: dict[str, Family] = {
    family.name: family for family in (Gaussian(), Binomial(), Multinomial())
}
