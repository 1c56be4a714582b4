"""The works by name: bundled data, and planted data from a seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp

from benchmarks.judge import null_gradient
from benchmarks.work import Work

N_LAMBDAS = 100
N_FOLDS = 10
RIDGE_FLOOR = 1e-3  # where the grid of a ridge path begins, as in regpath and glmnet
Data = tuple[np.ndarray, np.ndarray]


def bundled(name: str) -> Data:
    from sklearn import datasets

    return getattr(datasets, f"load_{name}")(return_X_y=True)


def planted(rng: np.random.Generator, n: int, p: int, classes: bool, rho: float) -> Data:
    """Ten features act; neighbours correlate with `rho` (an AR(1) design)."""
    X = rng.normal(size=(n, p))
    if rho:
        for j in range(1, p):
            X[:, j] = rho * X[:, j - 1] + np.sqrt(1.0 - rho * rho) * X[:, j]
    places = np.linspace(0, p - 1, 10).astype(int)
    signs = np.where(np.arange(10) % 2 == 0, 1.0, -1.0)
    signal = X[:, places] @ signs
    y = signal + np.std(signal) * rng.normal(size=n)
    return X, (y > 0.0).astype(float) if classes else y + 3.0


def planted_sparse(rng: np.random.Generator, n: int, p: int, per_row: int) -> Data:
    """Rows of few words, some words much more frequent than others, 200 of them telling."""
    chances = 1.0 / np.arange(10, p + 10)
    words = rng.choice(p, size=(n, per_row), p=chances / chances.sum())
    rows = np.repeat(np.arange(n), per_row)
    X = sp.csc_matrix((np.ones(n * per_row), (rows, words.ravel())), shape=(n, p))
    X.data = np.log1p(X.data) * rng.uniform(0.5, 1.5, size=X.nnz)
    coefs = np.zeros(p)
    coefs[rng.choice(2000, size=200, replace=False)] = rng.normal(size=200)
    signal = X @ coefs
    y = signal - np.median(signal) + np.std(signal) * rng.normal(size=n)
    return X, (y > 0.0).astype(float)


RECIPES: dict[str, tuple[str, Callable[[np.random.Generator, float], Data]]] = {
    "binomial 569 x 30": ("binomial", lambda rng, rho: bundled("breast_cancer")),
    "multinomial 1797 x 64 x 10": ("multinomial", lambda rng, rho: bundled("digits")),
    "binomial 72 x 7000": ("binomial", lambda rng, rho: planted(rng, 72, 7000, True, rho)),
    "binomial 1000 x 5000": ("binomial", lambda rng, rho: planted(rng, 1000, 5000, True, rho)),
    "binomial 100000 x 50": ("binomial", lambda rng, rho: planted(rng, 100_000, 50, True, rho)),
    "binomial sparse 11000 x 50000": (
        "binomial",
        lambda rng, rho: planted_sparse(rng, 11_000, 50_000, 80),
    ),
    "gaussian 1000 x 5000": ("gaussian", lambda rng, rho: planted(rng, 1000, 5000, False, rho)),
    "gaussian 100000 x 100": ("gaussian", lambda rng, rho: planted(rng, 100_000, 100, False, rho)),
}
QUICK = ("binomial 569 x 30", "multinomial 1797 x 64 x 10", "binomial 72 x 7000")
FOLDED = ("binomial 569 x 30", "binomial 100000 x 50", "gaussian 100000 x 100")


def work_of(name: str, seed: int, rho: float = 0.0) -> Work:
    """The data of one recipe, with the grid of the lasso."""
    family, make = RECIPES[name]
    X, y = make(np.random.default_rng(seed), rho)
    design = f" rho {rho}" if rho else ""
    return built(f"{name}{design} seed {seed}", family, X, y, seed)


def built(name: str, family: str, X: np.ndarray, y: np.ndarray, seed: int) -> Work:
    """Scale the data and lay out folds and grid."""
    y = y / y.std() if family == "gaussian" else y.astype(float)
    work = Work(name, family, scaled(X), y, np.ones(1), 1.0, folds_of(len(y), seed))
    return penalized(work, 1.0)


def penalized(work: Work, l1_ratio: float) -> Work:
    """The same data with the grid of another penalty."""
    n, p = work.X.shape
    start = null_gradient(work) / max(l1_ratio, RIDGE_FLOOR)
    lowest = 1e-3 if n > p else 1e-2
    return work.at(l1_ratio, start * lowest ** np.linspace(0.0, 1.0, N_LAMBDAS))


def scaled(X: np.ndarray | sp.spmatrix) -> np.ndarray | sp.spmatrix:
    """Columns of 1/n standard deviation 1, centred if dense; constant ones become 0 or stay."""
    if sp.issparse(X):
        mean = np.asarray(X.mean(axis=0)).ravel()
        spread = np.sqrt(np.asarray(X.multiply(X).mean(axis=0)).ravel() - mean**2)
        return sp.csc_matrix(X @ sp.diags_array(1.0 / np.where(spread > 0.0, spread, 1.0)))
    Z = X - X.mean(axis=0)
    spread = Z.std(axis=0)
    return np.asfortranarray(Z / np.where(spread > 0.0, spread, 1.0))


def folds_of(n: int, seed: int) -> np.ndarray:
    """Fold of each row, drawn as adelie draws them: it does not take those of others."""
    order = np.random.RandomState(seed).choice(n, n, replace=False)
    folds = np.empty(n, dtype=int)
    for fold, rows in enumerate(np.array_split(order, N_FOLDS)):
        folds[rows] = fold
    return folds
