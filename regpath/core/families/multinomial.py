"""Multinomial: logistic regression of any number of classes."""

from __future__ import annotations

import numpy as np

from regpath.core.families.family import Family, entropy


class Multinomial(Family):
    """Log-sum-exp(eta) - eta[y], symmetric: one column of coefficients per class."""

    name = "multinomial"
    title = "Logistic (multinomial)"
    model = "multinomial logistic regression"
    kind = "classes"
    responses = "classes"
    has_domain = True
    is_guessed = True
    per_class = True
    largest_curvature = 0.5
    kernels = "softmax"
    measure = "log_loss"
    ratio = "odds_ratio"
    predictor = "the log odds of a class"
    view = "confusion"
    script = "logistic"
    glmnet = "multinomial"
    query = "softmax"
    systems = (
        *("C", "logistic_alpha", "glmnet", "gauss_variance", "laplace_variance", "weka"),
        *("course", "h2o"),
    )
    no_finite_fit = "separate the classes"

    def coded(self, y: np.ndarray, n_classes: int) -> np.ndarray:
        """One-hot."""
        result: np.ndarray = np.eye(n_classes)[y]
        return result

    def probabilities(self, eta: np.ndarray) -> np.ndarray:
        """Softmax."""
        return self.mean(eta)

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Negative log-likelihood."""
        # Relative to the observed class: exact where it wins by far.
        lead = eta - np.sum(Y * eta, axis=-1, keepdims=True)
        top = lead.max(axis=-1, keepdims=True)
        others = np.exp(lead - top).sum(axis=-1)
        safe = np.where(Y > 0.0, 0.0, np.exp(np.minimum(lead, 0.0))).sum(axis=-1)
        far = np.log(others) + top[..., 0]
        result: np.ndarray = np.where(top[..., 0] > 0.0, far, np.log1p(safe))
        return result

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

    def curvature_diagonal(self, mean: np.ndarray) -> np.ndarray:
        """M_k (1 - m_k)."""
        return np.asarray(mean * (1.0 - mean))

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

    def null_loss(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> float:
        """Entropy of the shares."""
        if offset is not None:
            return super().null_loss(Y, weights, offset)
        return entropy(weights @ Y)
