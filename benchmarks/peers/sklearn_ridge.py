"""scikit-learn's Ridge: one factorization or Gram matrix serves all lambdas."""

from __future__ import annotations

import numpy as np

from benchmarks.peers.sklearn_cd import version  # noqa: F401  every peer has one
from benchmarks.work import Work

NAME = "scikit-learn Ridge"
PACKAGES = ()
ORDER = "F"
THREADS = "2 (BLAS)"
LADDER = (0.0,)  # a direct method


def refuses(work: Work) -> str:
    """Everything but gaussian ridge on dense features."""
    if work.sparse:
        return "not compared on sparse features"
    if work.family != "gaussian":
        return "gaussian only"
    return "" if work.l1_ratio == 0.0 else "ridge only"


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """`Ridge` with one copy of the response per lambda: alphas may differ between targets."""
    from sklearn.linear_model import Ridge

    n = len(work.y)
    model = Ridge(alpha=n * work.lambdas, solver="cholesky")
    model.fit(work.X, np.tile(work.y[:, None], (1, len(work.lambdas))))
    return model.intercept_, model.coef_
