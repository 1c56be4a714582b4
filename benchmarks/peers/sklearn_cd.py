"""scikit-learn's coordinate descent for amounts: enet_path, LassoCV.

Without `n_jobs`: copies of X for two workers cost more than they save.
"""

from __future__ import annotations

from importlib.metadata import version as release

import numpy as np

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "scikit-learn enet_path"
PACKAGES = ()
ORDER = "F"
THREADS = "2 (BLAS)"
LADDER = ladder(3, 14)


def version() -> str:
    """Installed release."""
    return release("scikit-learn")


def refuses(work: Work) -> str:
    """Classes; ridge, for which it is not made; sparse features, which it would have to centre."""
    if work.sparse:
        return "not compared on sparse features"
    if work.family != "gaussian":
        return "gaussian only"
    return "" if work.l1_ratio > 0.0 else "see Ridge"


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """`enet_path` on a centred response, with a Gram matrix where that pays."""
    from sklearn.linear_model import enet_path

    mean = work.y.mean()
    n, p = work.X.shape
    coefs = enet_path(
        work.X,
        work.y - mean,
        l1_ratio=work.l1_ratio,
        alphas=work.lambdas,
        precompute=n > p,
        tol=tolerance,
        max_iter=10**6,
    )[1]
    return np.full(len(work.lambdas), mean), coefs.T


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """`LassoCV` or `ElasticNetCV`: folds, then one fit at the chosen lambda."""
    from sklearn.linear_model import ElasticNetCV
    from sklearn.model_selection import PredefinedSplit

    model = ElasticNetCV(
        alphas=work.lambdas,
        l1_ratio=work.l1_ratio,
        tol=tolerance,
        max_iter=10**6,
        cv=PredefinedSplit(work.folds),
    )
    model.fit(work.X, work.y)
    return model.mse_path_.mean(axis=1) / 2.0
