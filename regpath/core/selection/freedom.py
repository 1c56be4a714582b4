"""Degrees of freedom of every point of a path."""

from __future__ import annotations

import numpy as np

from regpath.core.design import design_of
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match

RANK = 1e-10  # singular values below this share of the largest are none
FLAT = 1e-13  # the same for eigenvalues, which are their squares, and lost in rounding sooner


def degrees_of_freedom(path: RegPath, problem: Problem) -> np.ndarray:
    """How many free coefficients each point is worth, the intercept not counted.

    Lasso: the number of coefficients that are not zero, which is unbiased for least squares (Zou,
    Hastie and Tibshirani, 2007) and the usual choice for other losses. With a ridge part: the
    trace of the hat matrix of the coefficients that are not zero,

        tr[ (A' V A + lambda (1 - l1_ratio) F)^-1 A' V A ],

    with A their features as the penalty sees them, V the weights of the rows times the second
    derivatives of their losses, both centred by the intercept, and F the penalty factors. Features
    without a penalty count by their rank, with K classes K - 1 times.

    Parameters
    ----------
    path : RegPath
    problem : Problem
        The problem of the fit.

    Returns
    -------
    ndarray of shape (n_lambdas,)
    """
    check_match(path, problem, "degrees_of_freedom")
    coefs = path.coef_path.reshape(-1, *path.coef_path.shape[-2:])
    design = design_of(problem.X, problem.weights, path.standardize)
    free = np.flatnonzero((path.penalty_factor == 0.0) & (design.inverse > 0.0))
    base = np.column_stack([np.ones(problem.n_obs), design.columns(free)])
    result = np.full(len(path.lambdas), float(_rank(base, problem) * max(1, len(coefs) - 1)))
    alive = (coefs != 0.0) & (path.penalty_factor > 0.0)[:, None]
    if path.l1_ratio == 1.0:
        found: np.ndarray = result + np.count_nonzero(alive, axis=(0, 1))
        return found
    eta = None if path.loss.quadratic else path.decision_path(problem)
    known: dict[bytes, np.ndarray] = {}
    for i in np.flatnonzero(alive.any(axis=(0, 1))):
        key = alive[..., i].tobytes()
        if eta is not None or key not in known:
            columns = np.flatnonzero(alive[..., i].any(axis=0))
            A = design.columns(columns) / np.sqrt(path.penalty_factor[columns])
            bends = _curvatures(problem, None if eta is None else eta[..., i])
            known = {key: _spectrum(base, A, bends, alive[:, columns, i])}
        squares = known[key]
        result[i] += (squares / (squares + path.lambdas[i] * (1.0 - path.l1_ratio))).sum()
    return result


def _rank(base: np.ndarray, problem: Problem) -> int:
    """Independent columns beside the first one, on the rows that have a weight."""
    sizes = np.linalg.svd(base * np.sqrt(problem.weights)[:, None], compute_uv=False)
    return int((sizes > RANK * sizes.max()).sum()) - 1


def _curvatures(problem: Problem, eta: np.ndarray | None) -> np.ndarray:
    """Second derivatives of each row's loss, weighted, shape (n, K, K)."""
    if eta is None:
        return problem.weights[:, None, None]
    mean = problem.loss.mean(eta.reshape(len(eta), -1))
    return np.asarray(problem.weights[:, None, None] * problem.loss.curvature(mean))


def _spectrum(base: np.ndarray, A: np.ndarray, bends: np.ndarray, alive: np.ndarray) -> np.ndarray:
    """Eigenvalues of the information on the coefficients `alive` (K, p), `base` projected out.

    `base` are the intercept and the features without a penalty, which every class has.
    """
    parts = [np.hstack([base, _short(A[:, row])]) for row in alive]
    ends = np.cumsum([0, *(part.shape[1] for part in parts)])
    information = np.empty((ends[-1], ends[-1]))
    for a, left in enumerate(parts):
        for b, right in enumerate(parts[a:], start=a):
            block = left.T @ (bends[:, a, b, None] * right)
            information[ends[a] : ends[a + 1], ends[b] : ends[b + 1]] = block
            information[ends[b] : ends[b + 1], ends[a] : ends[a + 1]] = block.T
    of_base = np.concatenate([np.arange(part.shape[1]) < base.shape[1] for part in parts])
    corner, side = information[np.ix_(of_base, of_base)], information[np.ix_(of_base, ~of_base)]
    sizes, axes = np.linalg.eigh(corner)
    sure = sizes > FLAT * sizes[-1]
    share = (axes[:, sure].T @ side) / np.sqrt(sizes[sure])[:, None]
    rest = information[np.ix_(~of_base, ~of_base)] - share.T @ share
    return np.maximum(np.linalg.eigvalsh(rest), 0.0)


def _short(A: np.ndarray) -> np.ndarray:
    """As many columns as rows at most, with the same products of rows: all that a trace feels."""
    if A.shape[1] <= len(A):
        return A
    sizes, axes = np.linalg.eigh(A @ A.T)
    return np.asarray(axes * np.sqrt(np.maximum(sizes, 0.0)))
