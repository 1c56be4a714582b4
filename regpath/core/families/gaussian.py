"""Gaussian: least squares."""

from __future__ import annotations

import numpy as np

from regpath.core.families.family import Family


class Gaussian(Family):
    """(y - eta)^2 / 2."""

    name = "gaussian"
    title = "Linear (gaussian)"
    model = "linear regression"
    kind = "amount"
    responses = "amounts"
    is_guessed = True
    quadratic = True
    largest_curvature = 1.0
    kernels = "identity"
    variance_unknown = True
    measure = "mse"
    predictor = "the response"
    view = "scatter"
    script = "least_squares"
    glmnet = "gaussian"
    query = "identity"
    systems = (
        *("lasso_alpha", "ridge_alpha", "glmnet", "course"),
        *("matlab_lasso", "lasso2", "h2o", "statsmodels"),
    )

    def origin(self, y: np.ndarray, weights: np.ndarray) -> float:
        """The mean: a free intercept feels no difference from y + 10^6, but rounding does."""
        return float(weights @ y)

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

    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Weighted mean."""
        result: np.ndarray = weights @ (Y if offset is None else Y - offset[:, None])
        return result
