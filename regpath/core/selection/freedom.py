"""Degrees of freedom of every point of a path."""

from __future__ import annotations

import numpy as np

from regpath.core.design import design_of
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match

RANK = 1e-10  # singular values below this share of the largest are none


def degrees_of_freedom(path: RegPath, problem: Problem) -> np.ndarray:
    """How many free coefficients each point is worth, the intercept not counted.

    Lasso: the number of coefficients that are not zero, which is unbiased for least squares (Zou,
    Hastie and Tibshirani, 2007) and the usual choice for other losses. With a ridge part: the
    trace of the hat matrix of the features in play,

        tr[ (A' V A + lambda (1 - l1_ratio) F)^-1 A' V A ],

    with A the active features as the penalty sees them, V the weights of the rows times the second
    derivatives of their losses, both centred by the intercept, and F the penalty factors.

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
    if path.l1_ratio == 1.0:
        alive = path.coef_path != 0.0
        return np.count_nonzero(alive.reshape(-1, alive.shape[-1]), axis=0).astype(float)
    design = design_of(problem.X, problem.weights, path.standardize)
    coefs = path.coef_path.reshape(-1, *path.coef_path.shape[-2:])
    active = (coefs != 0.0).any(axis=0)
    result = np.zeros(len(path.lambdas))
    eta = None if path.family == "gaussian" else path.decision_path(problem.X)
    known: dict[bytes, tuple[np.ndarray, int]] = {}
    for i in np.flatnonzero(active.any(axis=0)):
        key = active[:, i].tobytes()
        if eta is not None or key not in known:
            columns = np.flatnonzero(active[:, i])
            roots = _roots(problem, None if eta is None else eta[..., i])
            known = {key: _spectrum(design.columns(columns), roots, path.penalty_factor[columns])}
        squares, n_free = known[key]
        weak = path.lambdas[i] * (1.0 - path.l1_ratio)
        result[i] = n_free + (squares / (squares + weak)).sum()
    return result


def _roots(problem: Problem, eta: np.ndarray | None) -> np.ndarray:
    """Square roots B of each row's weighted second derivatives, B'B; shape (n, K, K)."""
    if eta is None:
        return np.sqrt(problem.weights)[:, None, None]
    mean = problem.loss.mean(eta.reshape(len(eta), -1))
    if problem.family == "binomial":
        return np.sqrt(problem.weights[:, None] * mean * (1.0 - mean))[:, :, None]
    # diag(m) - m m' = B'B with B = diag(root m) - root m m'.
    root = np.sqrt(mean)
    B = np.eye(mean.shape[1]) * root[:, None, :] - root[:, :, None] * mean[:, None, :]
    return np.sqrt(problem.weights)[:, None, None] * B


def _spectrum(Z: np.ndarray, roots: np.ndarray, factors: np.ndarray) -> tuple[np.ndarray, int]:
    """Eigenvalues of the penalised features' information, and the number of features without.

    The intercept and features without a penalty are projected out.
    """
    free = factors == 0.0
    base = _spread(np.column_stack([np.ones(len(Z)), Z[:, free]]), roots)
    axes, sizes, _ = np.linalg.svd(base, full_matrices=False)
    axes = axes[:, sizes > RANK * sizes.max(initial=0.0)]
    A = _spread(Z[:, ~free] / np.sqrt(factors[~free]), roots)
    A -= axes @ (axes.T @ A)
    gram = A.T @ A if A.shape[1] <= len(A) else A @ A.T
    squares = np.maximum(np.linalg.eigvalsh(gram), 0.0) if A.size else np.zeros(0)
    intercepts = max(1, roots.shape[1] - 1)
    return squares, axes.shape[1] - intercepts


def _spread(Z: np.ndarray, roots: np.ndarray) -> np.ndarray:
    """Rows of Z for every output and coefficient, (n K, p K), times the roots."""
    n, K = len(Z), roots.shape[1]
    return np.einsum("nab,nj->najb", roots, Z).reshape(n * K, -1)
