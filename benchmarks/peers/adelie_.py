"""adelie: group elastic net in C++, here with groups of one.

Its multinomial loss carries a factor 1/K and its groups hold all classes of a feature, so only
the ridge penalty is ours there, with the penalty factor 1 and lambda / K.
"""

from __future__ import annotations

from importlib.metadata import version as release
from typing import Any

import numpy as np

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "adelie"
PACKAGES = ("adelie", "numpy<2")
ORDER = "F"
THREADS = "1"
LADDER = ladder(3, 15)


def version() -> str:
    """Installed release."""
    import adelie  # noqa: F401  a broken installation should fail here

    return release("adelie")


def refuses(work: Work) -> str:
    """What its penalty cannot express."""
    grouped = work.family == "multinomial" and work.l1_ratio > 0.0
    return "groups the classes of a feature" if grouped else ""


def fit(work: Work, tolerance: float, threads: int = 1) -> tuple[np.ndarray, Any]:
    """`grpnet`, both tolerances equal; `gaussian_cov`, which fails on ridge, if n >> p."""
    n, p = work.X.shape
    lean = n > 10 * p and work.l1_ratio > 0.0
    if work.family == "gaussian" and lean and not work.sparse:
        return _by_gram(work, tolerance, threads)
    state = _grpnet(work, tolerance, threads)
    if work.family == "multinomial":
        K = work.n_outputs
        coefs = state.betas.toarray().reshape(-1, p, K).transpose(0, 2, 1)
        return state.intercepts, coefs
    return state.intercepts, state.betas


def cross_validate(work: Work, tolerance: float, threads: int = 1) -> np.ndarray:
    """Path, then `cv_grpnet`, whose folds `workloads.folds_of` draws in the same way."""
    import adelie as ad

    if work.l1_ratio != 1.0:
        raise NotImplementedError("its cross-validation takes no other grid than the lasso's")

    _grpnet(work, tolerance, threads)
    result = ad.cv.cv_grpnet(
        _matrix(work, threads),
        _glm(work),
        n_folds=int(work.folds.max()) + 1,
        seed=int(work.name.rpartition(" seed ")[2]),
        min_ratio=work.lambdas[-1] / work.lambdas[0],
        lmda_path_size=len(work.lambdas),
        alpha=work.l1_ratio,
        n_threads=threads,
        **_options(tolerance),
    )
    if work.family == "gaussian":  # adelie leaves out y^2 / 2
        sizes = np.bincount(work.folds)
        squares = np.bincount(work.folds, weights=np.square(work.y)) / sizes
        return result.avg_losses + squares.mean() / 2.0
    return result.avg_losses


def _grpnet(work: Work, tolerance: float, threads: int) -> Any:
    import adelie as ad

    K = work.n_outputs
    return ad.grpnet(
        _matrix(work, threads),
        _glm(work),
        alpha=work.l1_ratio,
        penalty=np.ones(work.X.shape[1]),
        lmda_path=work.lambdas / K,
        early_exit=False,
        n_threads=threads,
        **_options(tolerance),
    )


def _options(tolerance: float) -> dict[str, Any]:
    return {"tol": tolerance, "irls_tol": tolerance, "progress_bar": False}


def _matrix(work: Work, threads: int) -> Any:
    import adelie as ad

    if work.sparse:
        return ad.matrix.sparse(work.X, method="naive", n_threads=threads)
    return ad.matrix.dense(work.X, method="naive", n_threads=threads)


def _glm(work: Work) -> Any:
    import adelie as ad

    family = getattr(ad.glm, work.family)
    return family(work.one_hot() if work.family == "multinomial" else work.y)


def _by_gram(work: Work, tolerance: float, threads: int) -> tuple[np.ndarray, Any]:
    import adelie as ad

    n = len(work.y)
    mean = work.y.mean()
    gram = np.asfortranarray(work.X.T @ work.X / n)
    state = ad.gaussian_cov(
        gram,
        work.X.T @ (work.y - mean) / n,
        alpha=work.l1_ratio,
        lmda_path=work.lambdas,
        early_exit=False,
        rdev_tol=0.0,
        n_threads=threads,
        tol=tolerance,
        progress_bar=False,
    )
    return np.full(len(work.lambdas), mean), state.betas
