"""scikit-learn's LogisticRegression with its default solver, L-BFGS: ridge only."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers import ladder
from benchmarks.peers.sklearn_cd import version  # noqa: F401  every peer has one
from benchmarks.work import Work

NAME = "scikit-learn lbfgs"
PACKAGES = ()
ORDER = "C"
THREADS = "2 (BLAS)"
LADDER = ladder(3, 10)


def refuses(work: Work) -> str:
    """Amounts, and the L1 norm."""
    return why_not(work, l1=False)


def why_not(work: Work, *, l1: bool) -> str:
    """Reason of a logistic solver that takes the L1 norm or does not."""
    if work.family == "gaussian":
        return "classes only"
    return "" if l1 or work.l1_ratio == 0.0 else "ridge only"


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """One warm-started model along the path."""
    return warm_path(work, tolerance, "lbfgs")


def warm_path(work: Work, tolerance: float, solver: str) -> tuple[np.ndarray, np.ndarray]:
    """`LogisticRegression` at C = 1 / (n lambda), each fit starting from the one before."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        l1_ratio=work.l1_ratio, solver=solver, tol=tolerance, max_iter=100_000, warm_start=True
    )
    rows = []
    for lam in work.lambdas:
        model.set_params(C=1.0 / (len(work.y) * lam)).fit(work.X, work.y)
        rows.append((model.intercept_.copy(), model.coef_.copy()))
    intercepts, coefs = zip(*rows, strict=True)
    return np.array(intercepts), np.array(coefs)


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """`LogisticRegressionCV`: folds, then one fit at the chosen C."""
    return folded(work, tolerance, "lbfgs")


def folded(work: Work, tolerance: float, solver: str) -> Any:
    """Mean validation loss; C is that of a fold's rows, so that lambda is the same."""
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.model_selection import PredefinedSplit

    n_folds = int(work.folds.max()) + 1
    rows = len(work.y) * (1.0 - 1.0 / n_folds)
    model = LogisticRegressionCV(
        Cs=1.0 / (rows * work.lambdas),
        l1_ratios=(work.l1_ratio,),
        solver=solver,
        cv=PredefinedSplit(work.folds),
        scoring="neg_log_loss",
        tol=tolerance,
        max_iter=100_000,
        use_legacy_attributes=False,
    )
    model.fit(work.X, work.y)
    return -np.asarray(model.scores_).reshape(n_folds, -1).mean(axis=0)
