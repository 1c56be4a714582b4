"""celer: dual extrapolation and working sets; its logistic regression has no intercept.

Its documentation leaves out the 1/2 before the squared norm; its code has it (see `prove`).
"""

from __future__ import annotations

from importlib.metadata import version as release

import numpy as np

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "celer"
PACKAGES = ("celer", "scikit-learn<1.9")  # its LassoCV names an argument that 1.9 removed
ORDER = "F"
THREADS = "1"
LADDER = ladder(3, 14)


def version() -> str:
    """Installed release."""
    import celer  # noqa: F401

    return release("celer")


def refuses(work: Work) -> str:
    """What it has no loss, penalty or intercept for."""
    if work.sparse:
        return "not compared on sparse features"
    if work.family != "gaussian":
        return "no intercept" if work.family == "binomial" else "no multinomial"
    return "no ridge" if work.l1_ratio == 0.0 else ""


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """`celer_path` on a centred response: the features are centred already."""
    from celer import celer_path

    mean = work.y.mean()
    coefs = celer_path(
        work.X,
        work.y - mean,
        "lasso",
        alphas=work.lambdas,
        l1_ratio=work.l1_ratio,
        tol=tolerance,
        max_iter=1000,
    )[1]
    return np.full(len(work.lambdas), mean), coefs.T


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """`LassoCV` on the same folds."""
    from celer import LassoCV
    from sklearn.model_selection import PredefinedSplit

    model = LassoCV(
        alphas=work.lambdas, tol=tolerance, cv=PredefinedSplit(work.folds), max_iter=1000
    )
    model.fit(work.X, work.y)
    return model.mse_path_.mean(axis=1) / 2.0
