"""Where on a path the lasso's solution is not the only one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.uniqueness.collinear import collinear_groups, dense_features
from regpath.core.validation.cv_result import check_rows, check_weights_of

IN_NULL_SPACE = 1e-7  # part of a unit vector that a null space of rank EXACT certainly holds
MOVES = 1e-6  # of a box of size one: what a linear programme, feasible to 1e-7, truly moves
TINY = 1e-300  # in place of a largest singular value of zero
NEAR = 1e-6  # of the largest null gradient: features this near to the bound belong to it
EXACT = 1e-9  # relative size of a singular value that counts as zero
MOST_MEMBERS = 600  # features at the bound; more are not looked at


def path_uniqueness(problem: Problem, path: RegPath) -> pd.DataFrame:
    """Say at which points other coefficients would be as good, and which features share them.

    With a ridge part the solution is unique. The lasso's fitted values and L1 norm are; its
    coefficients are unless features at the bound (those whose gradient is as large as the
    penalty allows) depend on each other linearly and coefficients can be moved between them
    without a change of sign. In general position there are no such features, even if there are
    more features than rows.

    Parameters
    ----------
    problem : Problem
        The problem of the fit.
    path : RegPath
        Of that problem.

    Returns
    -------
    DataFrame
        One row per lambda: `lambda`; `unique` (True, False, or missing where it would take too
        long to find out); `features`, the names of those that share, a tuple.

    Raises
    ------
    DataError
        If the path belongs to another problem, or there are too many rows and features.

    References
    ----------
    Tibshirani, R. J. (2013), The lasso problem and uniqueness, Electron. J. Statist. 7.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> X = np.random.default_rng(0).normal(size=(30, 2))
    >>> problem = regpath.Problem.from_arrays(X[:, [0, 0, 1]], X @ [1.0, 0.5])
    >>> table = regpath.path_uniqueness(problem, regpath.fit_path(problem, n_lambdas=5))
    >>> bool(table["unique"].iloc[-1]), table["features"].iloc[-1]
    (False, ('x0', 'x1'))
    """
    check_rows(problem, path, "path_uniqueness")
    check_weights_of(problem, path)
    n_lambdas = len(path.lambdas)
    if path.l1_ratio < 1.0 or (not path.loss.per_class and not collinear_groups(problem)):
        sharing: list[tuple[str, ...] | None] = [()] * n_lambdas
    else:
        sharing = _sharing(problem, path)
    return pd.DataFrame(
        {
            "lambda": path.lambdas,
            "unique": pd.array([None if s is None else not s for s in sharing], dtype="boolean"),
            "features": [s or () for s in sharing],
        }
    )


def _sharing(problem: Problem, path: RegPath) -> list[tuple[str, ...] | None]:
    """Names of the features that share, at each point; None where it is not known."""
    design, Z = dense_features(problem, "find out whether the solution is unique")
    if not path.standardize:
        Z = Z * design.scale
    factor = Z if len(Z) <= Z.shape[1] else np.asarray(np.linalg.qr(Z, mode="r"))
    gradients = _gradients(problem, path, Z)
    many = path.loss.per_class
    unit = path.x_scale if path.standardize else np.ones(len(path.x_scale))
    coefs = (path.coef_path if many else path.coef_path[None]) * unit[:, None]
    largest = float(np.abs(gradients[:, :, 0]).max())
    found: list[tuple[str, ...] | None] = []
    for i, lam in enumerate(path.lambdas):
        bound = lam * path.penalty_factor
        at_bound = (np.abs(gradients[:, :, i]) >= bound - NEAR * largest) & (unit > 0.0)
        label, j = np.nonzero(at_bound | (coefs[:, :, i] != 0.0))
        if len(j) > MOST_MEMBERS:
            found.append(None)
            continue
        signs = np.where(path.penalty_factor[j] > 0.0, np.sign(gradients[label, j, i]), 0.0)
        null = _null_space(factor, label, j, len(coefs) if many else 1)
        movable = _movable(null, coefs[label, j, i], signs)
        names = dict.fromkeys(path.feature_names[k] for k in np.sort(j[movable]))
        found.append(tuple(names))
    return found


def _gradients(problem: Problem, path: RegPath, Z: np.ndarray) -> np.ndarray:
    """Minus the gradient of the loss per feature as penalized, (K, p, n_lambdas)."""
    n = problem.n_obs
    eta = path.decision_path(problem)
    eta = eta if eta.ndim == 3 else eta[:, None]
    root = np.sqrt(problem.weights * n)[:, None]
    found = []
    for i in range(eta.shape[2]):
        residual = problem.Y - problem.loss.mean(eta[:, :, i] - problem.origin)
        found.append((Z.T @ (root * residual)).T / n)
    return np.stack(found, axis=2)


def _null_space(factor: np.ndarray, label: np.ndarray, j: np.ndarray, n_classes: int) -> np.ndarray:
    """Directions that change no prediction, as columns over the members (label, j)."""
    columns = factor[:, j]
    if n_classes > 1:  # what all classes share changes no probability
        apart = np.eye(n_classes) - 1.0 / n_classes
        columns = (columns[:, None, :] * apart[:, label]).reshape(-1, len(j))
    if not columns.size:
        return np.zeros((len(j), 0))
    _, sizes, rows = np.linalg.svd(columns, full_matrices=True)
    rank = int(np.sum(sizes > EXACT * max(float(sizes.max(initial=0.0)), TINY)))
    return np.asarray(rows[rank:].T)


def _movable(null: np.ndarray, coefs: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Members whose coefficient can be moved: mask of shape (n_members,).

    A move leaves predictions as they are; a coefficient of zero may only move towards its sign.
    Each member is tried for the farthest move, up and down.
    """
    if not null.shape[1]:
        return np.zeros(len(coefs), dtype=bool)
    zero = coefs == 0.0
    if not zero.any():
        return np.asarray(np.abs(null).max(axis=1) > IN_NULL_SPACE)
    from scipy.optimize import linprog

    held = -(signs[:, None] * null)[zero]
    tried = np.flatnonzero(np.abs(null).max(axis=1) > IN_NULL_SPACE)
    mask = np.zeros(len(coefs), dtype=bool)
    for k in tried:
        for way in (1.0, -1.0):
            if mask[k]:
                continue
            answer = linprog(
                -way * null[k], A_ub=held, b_ub=np.zeros(len(held)), bounds=(-1.0, 1.0)
            )
            if answer.status == 0:
                mask |= np.abs(null @ answer.x) > MOVES
    return mask
