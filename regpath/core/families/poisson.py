"""Poisson: counts, and rates of counts where rows have an exposure."""

from __future__ import annotations

import numpy as np

from regpath.core.families.family import Family

NEAR = 1e-3  # distance of logs below which a series keeps the digits that a difference would lose


class Poisson(Family):
    """exp(eta) - y * eta, measured from its smallest value: half the deviance of a row."""

    name = "poisson"
    title = "Counts (Poisson)"
    model = "Poisson regression"
    kind = "counts"
    responses = "counts"
    has_domain = True
    has_exposure = True
    choose_if = "it counts events"
    largest_curvature = np.inf
    kernels = "exponential"
    measure = "poisson_deviance"
    ratio = "rate_ratio"
    predictor = "the log of the expected count"
    view = "scatter"
    script = "log_linear"
    glmnet = "poisson"
    query = "exponential"
    systems = (
        *("poisson_alpha", "glmnet", "gauss_variance", "laplace_variance"),
        *("lassoglm", "h2o", "statsmodels", "statsmodels_l1"),
    )
    no_finite_fit = "are zero wherever something was counted"
    endless_at_zero = True
    demand = "counts are never negative"

    def cannot_be(self, y: np.ndarray) -> np.ndarray:
        """Below zero."""
        return np.asarray(y < 0.0)

    def is_offered_for(self, y: np.ndarray) -> bool:
        """Whole ones: others may be counts that were divided, which a person has to say."""
        return super().is_offered_for(y) and bool((y == np.round(y)).all())

    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Y (e^d - 1 - d) with d = eta - log y; the mean alone where nothing was counted."""
        return self._loss(Y, eta, self.mean(eta))

    def _loss(self, Y: np.ndarray, eta: np.ndarray, mean: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            d = eta - np.log(Y)
            series = 0.5 * d * d * (1.0 + d / 3.0 * (1.0 + d / 4.0 * (1.0 + d / 5.0)))
            excess = np.where(np.abs(d) < NEAR, series, np.expm1(d) - d)
            loss = np.where(Y > 0.0, Y * excess, mean)
        return np.asarray(loss[..., 0])

    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Exponential; infinite where no number is so large."""
        with np.errstate(over="ignore"):
            return np.asarray(np.exp(eta))

    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """The mean."""
        return np.asarray(mean[..., None])

    def steepest(self, Y: np.ndarray) -> float:
        """That of a perfect prediction of the largest count."""
        return float(Y.max())

    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The mean is the curvature too."""
        mean = self.mean(eta)
        return self._loss(Y, eta, mean), mean, mean

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Log of the weighted counts over the weighted exposures."""
        if offset is None:
            return np.asarray(np.log(weights @ Y))
        top = float(offset.max())  # exposures of any size, without leaving the range of numbers
        return np.asarray(np.log(weights @ Y) - np.log(weights @ np.exp(offset - top)) - top)
