"""Binomial: logistic regression of two classes."""

from __future__ import annotations

import numpy as np

from regpath.core.families.family import Family, entropy

# Newton steps within a bracket that is halved where one leaves it. With offsets up to 1000 the last
# digit stood after 60; two neighbouring numbers may take turns from there.
STEPS = 100


class Binomial(Family):
    """log(1 + exp(eta)) - y * eta."""

    name = "binomial"
    title = "Logistic (binomial)"
    model = "logistic regression"
    kind = "classes"
    responses = "classes"
    has_domain = True
    is_guessed = True
    largest_curvature = 0.25
    kernels = "logistic"
    measure = "log_loss"
    ratio = "odds_ratio"
    predictor = "the log odds of the second class"
    view = "threshold"
    script = "logistic"
    glmnet = "binomial"
    query = "logistic"
    systems = (
        *("C", "logistic_alpha", "glmnet", "gauss_variance", "laplace_variance", "weka"),
        *("course", "lassoglm", "h2o", "statsmodels", "statsmodels_l1"),
    )
    no_finite_fit = "separate the classes"

    def probabilities(self, eta: np.ndarray) -> np.ndarray:
        """Of the first class and of the second."""
        second = self.mean(eta)
        return np.concatenate([1.0 - second, second], axis=-1)

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

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Log odds of the weighted share."""
        share = weights @ Y
        start = np.asarray(np.log(share) - np.log1p(-share))
        return start if offset is None else self._balanced(Y, weights, offset, start)

    def _balanced(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray, start: np.ndarray
    ) -> np.ndarray:
        """Where residuals with an offset balance: Newton steps, kept in a bracket."""
        low, high = start - offset.max(), start - offset.min()
        intercept = 0.5 * (low + high)
        for _ in range(STEPS):
            mean = self.mean(offset[:, None] + intercept)
            slope = weights @ (Y - mean)
            low, high = (
                np.where(slope > 0.0, intercept, low),
                np.where(slope > 0.0, high, intercept),
            )
            new = intercept + slope / (weights @ self.curvature(mean)[:, 0])
            new = np.where((new >= low) & (new <= high), new, 0.5 * (low + high))
            if (new == intercept).all():
                break
            intercept = new
        return np.asarray(intercept)

    def null_loss(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> float:
        """Entropy of the shares."""
        if offset is not None:
            return super().null_loss(Y, weights, offset)
        share = float((weights @ Y)[0])
        return entropy(np.array([share, 1.0 - share]))
