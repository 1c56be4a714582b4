"""Which estimator fits a family in a script: of scikit-learn, or where it has none, our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from regpath.core.conversions.scikit_learn import lambda_to_c, lambda_to_ridge_alpha
from regpath.core.regpath import RegPath


class Estimator(NamedTuple):
    """Lines that import it, its constructor, and lines that define what nobody else has."""

    imports: str
    constructor: str
    own: str = ""

    @property
    def step(self) -> str:
        """What `make_pipeline` calls it."""
        return self.constructor.partition("(")[0].lower()


def _least_squares(path: RegPath, lam: float) -> Estimator:
    ratio = path.l1_ratio
    if ratio == 0.0:
        alpha = lambda_to_ridge_alpha(lam, path.n_obs)
        return Estimator("from sklearn.linear_model import Ridge", f"Ridge(alpha={alpha!r})")
    return Estimator(
        "from sklearn.linear_model import ElasticNet",
        f"ElasticNet(alpha={float(lam)!r}, l1_ratio={ratio!r}, tol=1e-10, max_iter=1_000_000)",
    )


def _logistic(path: RegPath, lam: float) -> Estimator:
    C = float(lambda_to_c(lam, path.n_obs))
    how = (
        'solver="lbfgs", tol=1e-9, max_iter=100_000'
        if path.l1_ratio == 0.0
        # saga stops where its steps are small: 1e-7 is still 3e-4 per SD off on breast_cancer.
        else 'solver="saga", tol=1e-9, max_iter=100_000, random_state=0'
    )
    return Estimator(
        "from sklearn.linear_model import LogisticRegression",
        f"LogisticRegression(C={C!r}, l1_ratio={path.l1_ratio!r}, {how})",
    )


# scikit-learn penalizes counts by L2 alone, and knows no exposure.
OWN_COUNTS = '''

class PoissonNet(BaseEstimator, RegressorMixin):
    """Minimize mean(exposure exp(x b) - y x b) + alpha (l1_ratio |b| + (1 - l1_ratio) / 2 b^2)."""

    def __init__(self, alpha, l1_ratio):
        self.alpha, self.l1_ratio = alpha, l1_ratio

    def fit(self, X, y, sample_weight=None, exposure=None):
        X, y = np.asarray(X, float), np.asarray(y, float)
        w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, float)
        w = w / w.sum()
        watched = np.ones(len(y)) if exposure is None else np.asarray(exposure, float)
        l1, l2 = self.alpha * self.l1_ratio, self.alpha * (1.0 - self.l1_ratio)
        p = X.shape[1]

        def objective(theta):  # of positive and negative parts, which makes it smooth
            b = theta[1 : p + 1] - theta[p + 1 :]
            eta = theta[0] + X @ b
            mean = watched * np.exp(np.minimum(eta, 300.0))
            u = w * (mean - y)
            slope = X.T @ u + l2 * b
            value = w @ (mean - y * eta) + l1 * theta[1:].sum() + 0.5 * l2 * b @ b
            return value, np.concatenate([[u.sum()], l1 + slope, l1 - slope])

        start = np.zeros(2 * p + 1)
        start[0] = np.log(w @ y / (w @ watched))
        found = minimize(
            objective,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(None, None)] + [(0.0, None)] * (2 * p),
            options={"maxiter": 100_000, "maxfun": 200_000, "ftol": 0.0, "gtol": 1e-9},
        ).x
        self.intercept_, self.coef_ = found[0], found[1 : p + 1] - found[p + 1 :]
        return self

    def predict(self, X, exposure=1.0):
        return exposure * np.exp(self.intercept_ + np.asarray(X, float) @ self.coef_)

    def score(self, X, y, sample_weight=None, exposure=1.0):
        y, watched = np.asarray(y, float), np.ones(len(y)) * exposure
        rate = np.average(y, weights=sample_weight) / np.average(watched, weights=sample_weight)
        found, alone = (
            mean_poisson_deviance(y, each, sample_weight=sample_weight)
            for each in (self.predict(X, watched), rate * watched)
        )
        return 1.0 - found / alone

'''


def _counts(path: RegPath, lam: float) -> Estimator:
    if path.l1_ratio == 0.0 and not path.exposure_name:
        return Estimator(
            "from sklearn.linear_model import PoissonRegressor",
            f'PoissonRegressor(alpha={float(lam)!r}, solver="newton-cholesky", tol=1e-10)',
        )
    return Estimator(
        "from scipy.optimize import minimize\n"
        "from sklearn.base import BaseEstimator, RegressorMixin\n"
        "from sklearn.metrics import mean_poisson_deviance",
        f"PoissonNet(alpha={float(lam)!r}, l1_ratio={path.l1_ratio!r})",
        OWN_COUNTS,
    )


ESTIMATORS: dict[str, Callable[[RegPath, float], Estimator]] = {
    "least_squares": _least_squares,
    "logistic": _logistic,
    "log_linear": _counts,
}
