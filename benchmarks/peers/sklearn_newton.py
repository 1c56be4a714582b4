"""scikit-learn's LogisticRegression with Newton's method and Cholesky factors: ridge only."""

from __future__ import annotations

import numpy as np

from benchmarks.peers import ladder
from benchmarks.peers.sklearn_cd import version  # noqa: F401  every peer has one
from benchmarks.peers.sklearn_lbfgs import folded, warm_path, why_not
from benchmarks.work import Work

NAME = "scikit-learn newton-cholesky"
PACKAGES = ()
ORDER = "C"
THREADS = "2 (BLAS)"
LADDER = ladder(3, 10)


def refuses(work: Work) -> str:
    """Amounts, the L1 norm, and Hessians of thousands of rows."""
    if work.X.shape[1] * work.n_outputs > 3000:
        return "made for few features"
    return why_not(work, l1=False)


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """One warm-started model along the path."""
    return warm_path(work, tolerance, "newton-cholesky")


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """`LogisticRegressionCV` with that solver."""
    return folded(work, tolerance, "newton-cholesky")
