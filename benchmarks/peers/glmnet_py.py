"""python-glmnet: glmnet's Fortran engine behind scikit-learn's interface."""

from __future__ import annotations

from importlib.metadata import version as release

import numpy as np

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "python-glmnet"
PACKAGES = ("python-glmnet",)
ORDER = "F"
THREADS = "1"
LADDER = ladder(3, 16)


def version() -> str:
    """Installed release."""
    import glmnet  # noqa: F401

    return release("python-glmnet")


def refuses(work: Work) -> str:
    """Nothing."""
    return ""


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """`ElasticNet` or `LogitNet` without their own cross-validation."""
    import glmnet

    kind = glmnet.ElasticNet if work.family == "gaussian" else glmnet.LogitNet
    model = kind(
        alpha=work.l1_ratio,
        lambda_path=work.lambdas,
        standardize=False,
        n_splits=0,
        tol=tolerance,
        max_iter=10**8,
    ).fit(work.X, work.y)
    coefs, intercepts = model.coef_path_, model.intercept_path_
    if coefs.shape[-1] != len(work.lambdas):
        raise RuntimeError(f"only {coefs.shape[-1]} of {len(work.lambdas)} lambdas")
    if work.family == "multinomial":
        return intercepts.T, coefs.transpose(2, 0, 1)
    return np.ravel(intercepts), coefs.reshape(-1, len(work.lambdas)).T
