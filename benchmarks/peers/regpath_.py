"""regpath at its public defaults: certificates included, from arrays to coefficients."""

from __future__ import annotations

from importlib.metadata import version as release
from typing import Any

import numpy as np

from benchmarks.work import Work

NAME = "regpath"
PACKAGES = ()
ORDER = "F"
THREADS = "2"
LADDER = (1e-7,)  # the default: regpath is not tuned
RESTANDARDIZES = True  # on the rows of every fold


def version() -> str:
    """Installed release."""
    return release("regpath")


def refuses(work: Work) -> str:
    """Nothing."""
    return ""


def problem_of(work: Work) -> Any:
    """The data as regpath takes them."""
    import regpath

    y = work.y if work.family == "gaussian" else work.y.astype(int)
    return regpath.Problem.from_arrays(work.X, y, family=work.family)


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """Path with its certificates."""
    return unpacked(path_of(work, problem_of(work), tolerance))


def path_of(work: Work, problem: Any, tolerance: float) -> Any:
    """fit_path, which is what tells a default from a tuned tolerance."""
    import regpath

    options = {} if tolerance == LADDER[0] else {"tol": tolerance}
    return regpath.fit_path(problem, l1_ratio=work.l1_ratio, lambdas=work.lambdas, **options)


def unpacked(path: Any) -> tuple[np.ndarray, np.ndarray]:
    """Intercepts (L, K) and coefficients (L, K, p)."""
    coefs, intercepts = path.coef_path, path.intercept_path
    if coefs.ndim == 2:
        coefs, intercepts = coefs[None], intercepts[None]
    return intercepts.T, coefs.transpose(2, 0, 1)


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """Path, then `regpath.cross_validate` over the same folds."""
    import regpath

    problem = problem_of(work)
    path = path_of(work, problem, tolerance)
    scores = regpath.cross_validate(problem, path, folds=work.folds).fold_scores
    mean = scores.mean(axis=0)
    return mean / 2.0 if work.family == "gaussian" else mean  # mse is twice the loss
