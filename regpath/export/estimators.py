"""Which estimator of scikit-learn fits a family, as its import line and its constructor."""

from __future__ import annotations

from collections.abc import Callable

from regpath.core.conversions.scikit_learn import lambda_to_c, lambda_to_ridge_alpha
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError


def _least_squares(path: RegPath, lam: float) -> tuple[str, str]:
    ratio = path.l1_ratio
    if ratio == 0.0:
        alpha = lambda_to_ridge_alpha(lam, path.n_obs)
        return "from sklearn.linear_model import Ridge", f"Ridge(alpha={alpha!r})"
    return (
        "from sklearn.linear_model import ElasticNet",
        f"ElasticNet(alpha={float(lam)!r}, l1_ratio={ratio!r}, tol=1e-10, max_iter=1_000_000)",
    )


def _logistic(path: RegPath, lam: float) -> tuple[str, str]:
    C = float(lambda_to_c(lam, path.n_obs))
    how = (
        'solver="lbfgs", tol=1e-9, max_iter=100_000'
        if path.l1_ratio == 0.0
        # saga stops where its steps are small: 1e-7 is still 3e-4 per SD off on breast_cancer.
        else 'solver="saga", tol=1e-9, max_iter=100_000, random_state=0'
    )
    return (
        "from sklearn.linear_model import LogisticRegression",
        f"LogisticRegression(C={C!r}, l1_ratio={path.l1_ratio!r}, {how})",
    )


def _counts(path: RegPath, lam: float) -> tuple[str, str]:
    if path.l1_ratio > 0.0:
        raise ParameterError(
            "scikit-learn has no Poisson regression with an L1 penalty.",
            "Choose ridge, or take the coefficients as they are.",
        )
    return (
        "from sklearn.linear_model import PoissonRegressor",
        f'PoissonRegressor(alpha={float(lam)!r}, solver="newton-cholesky", tol=1e-10)',
    )


ESTIMATORS: dict[str, Callable[[RegPath, float], tuple[str, str]]] = {
    "least_squares": _least_squares,
    "logistic": _logistic,
    "log_linear": _counts,
}
