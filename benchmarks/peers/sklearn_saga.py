"""scikit-learn's LogisticRegression with SAGA, its solver for L1 and elastic net."""

from __future__ import annotations

import numpy as np

from benchmarks.peers import ladder
from benchmarks.peers.sklearn_cd import version  # noqa: F401  every peer has one
from benchmarks.peers.sklearn_lbfgs import folded, warm_path, why_not
from benchmarks.work import Work

NAME = "scikit-learn saga"
PACKAGES = ()
ORDER = "C"
THREADS = "1"
LADDER = ladder(3, 9)
PROOF = 1e-7


def refuses(work: Work) -> str:
    """Amounts; ridge, where L-BFGS is its better."""
    return why_not(work, l1=True) or ("see lbfgs" if work.l1_ratio == 0.0 else "")


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """One warm-started model along the path."""
    return warm_path(work, tolerance, "saga")


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """`LogisticRegressionCV` with that solver."""
    return folded(work, tolerance, "saga")
