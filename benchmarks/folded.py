"""The validation loss that a 10-fold cross-validation should find, fold by fold; kept."""

from __future__ import annotations

import zlib

import numpy as np

from benchmarks.environments import CACHE
from benchmarks.judge import losses
from benchmarks.reference import fingerprint
from benchmarks.work import Work


def fold_losses(work: Work, restandardize: bool) -> np.ndarray:
    """Mean validation loss of shape (folds, L), from one tight fit per fold.

    Peers penalize the columns as they get them; regpath scales them anew on the rows of each fit.
    """
    kind = "scaled" if restandardize else "given"
    folds = zlib.crc32(work.folds.astype(np.int64))
    kept = CACHE / "references" / f"{fingerprint(work)}-{folds:08x}-{kind}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        n_folds = int(work.folds.max()) + 1
        np.save(kept, [_one_fold(work, k, restandardize) for k in range(n_folds)])
    return np.load(kept)


def curve_error(work: Work, curve: np.ndarray, truth: np.ndarray) -> float:
    """Largest relative difference of a mean curve, the smaller of two; nan without a curve.

    glmnet weighs a fold of 57 rows more than one of 56, the others do not.
    """
    if curve.shape != truth.shape[1:]:
        return np.nan
    means = truth.mean(axis=0), np.average(truth, axis=0, weights=np.bincount(work.folds))
    return min(float(np.abs(curve / mean - 1.0).max()) for mean in means)


def _one_fold(work: Work, fold: int, restandardize: bool) -> np.ndarray:
    import regpath

    train, out = work.folds != fold, work.folds == fold
    y = work.y if work.family == "gaussian" else work.y.astype(int)
    problem = regpath.Problem.from_arrays(work.X[train], y[train], family=work.family)
    path = regpath.fit_path(
        problem,
        l1_ratio=work.l1_ratio,
        lambdas=work.lambdas,
        standardize=restandardize,
        tol=1e-9,
    )
    eta = path.decision_path(work.X[out])
    eta = eta[:, None, :] if eta.ndim == 2 else eta
    Y = work.one_hot()[out]
    return np.array([losses(work.family, Y, eta[:, :, i]).mean() for i in range(eta.shape[2])])
