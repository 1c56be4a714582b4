"""Leave-one-out of a gaussian ridge path in closed form: no fold is fit, and none is approximated.

Let z_i be the centred features of row i, w_i its weight (all sum to one), G = sum_i w_i z_i z_i'
and r = sum_i w_i z_i y_i. Without row i the same sums, about the mean of the others, are

    G_i = G / (1 - w_i) - w_i z_i z_i' / (1 - w_i)^2,    r_i likewise with y_i for the second z_i,

and row i is at z_i / (1 - w_i). The penalty is lambda f_j, times the variance of feature j among
the others if features are standardized: their diagonal of G_i. One eigendecomposition for each
row then gives its prediction at every lambda. With features as they are and equal weights this is
residual / (1 - leverage), with (n - 1) lambda in the hat matrix.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from regpath.core.design import Design, design_of
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import RegPath

DOUBTFUL = 1e-4  # spread squared of the others, relative to all rows': differences lose digits
MOST_WORK = 2e10  # n p^3; about a minute
BATCH = 1 << 22  # numbers of the matrices that are decomposed together


def has_closed_form(problem: Problem, path: RegPath) -> bool:
    """Whether every left-out row of this path can be predicted without fitting a fold."""
    filled = problem.encoder is not None and bool(problem.encoder.filled)
    return (
        path.loss.quadratic
        and path.l1_ratio == 0.0
        and not filled
        and path.learned_factors is None
        and bool((path.penalty_factor > 0.0).all())
        and problem.n_obs * float(problem.n_features) ** 3 <= MOST_WORK
    )


def ridge_left_out(problem: Problem, path: RegPath, progress: Progress | None = None) -> np.ndarray:
    """Prediction of each row by the path of all others, shape (n_obs, n_lambdas)."""
    design = design_of(problem.X, problem.weights, path.standardize)
    Z = design.columns(np.arange(design.p))
    w, y = problem.weights, problem.Y[:, 0]
    gram, cross = (Z.T * w) @ Z, Z.T @ (w * y)
    factors = path.penalty_factor
    size = max(1, BATCH // design.p**2)
    result = np.empty((problem.n_obs, len(path.lambdas)))
    for low in range(0, problem.n_obs, size):
        tell(progress, low, problem.n_obs)
        rows = np.arange(low, min(low + size, problem.n_obs))
        z, rest = Z[rows], 1.0 - w[rows]
        out = w[rows] / rest**2
        grams = gram / rest[:, None, None] - out[:, None, None] * z[:, :, None] * z[:, None, :]
        crosses = cross / rest[:, None] - (out * y[rows])[:, None] * z
        spread = np.diagonal(grams, axis1=1, axis2=2)
        ranged = np.diagonal(gram) > 0.0
        doubtful = (spread < DOUBTFUL * np.diagonal(gram)) & ranged
        penalty = factors * (spread if path.standardize else ranged)
        unit = np.zeros_like(spread)
        np.divide(1.0, np.sqrt(np.maximum(penalty, 0.0)), out=unit, where=penalty > 0.0)
        slopes = _fitted(grams, crosses, z / rest[:, None], unit, path.lambdas)
        result[rows] = slopes - (w[rows] * y[rows] / rest)[:, None]
        for k in np.flatnonzero(doubtful.any(axis=1)):
            result[rows[k]] = _afresh(problem, design, path, int(rows[k]))
    tell(progress, 1.0)
    return result + problem.origin


def _fitted(
    grams: np.ndarray, crosses: np.ndarray, at: np.ndarray, unit: np.ndarray, lambdas: np.ndarray
) -> np.ndarray:
    """Ridge predictions (m, L) of m models at one point each; `unit` is 1 / root of the penalty."""
    values, axes = np.linalg.eigh(grams * unit[:, :, None] * unit[:, None, :])
    along = np.einsum("mjk,mj->mk", axes, crosses * unit) * np.einsum("mjk,mj->mk", axes, at * unit)
    return np.stack(
        [(along / (np.maximum(values, 0.0) + lam)).sum(axis=1) for lam in lambdas], axis=1
    )


def _afresh(problem: Problem, design: Design, path: RegPath, row: int) -> np.ndarray:
    """The same from the other rows themselves, where differences from all rows would cancel."""
    others = np.delete(np.arange(problem.n_obs), row)
    share = problem.weights[others] / problem.weights[others].sum()
    own = design_of(problem.X[others], share, path.standardize)
    Z, y = own.columns(np.arange(own.p)), problem.Y[others, 0]
    x = problem.X[[row]]
    at = ((x.toarray() if sparse.issparse(x) else x) - own.mean) * own.inverse
    centre = share @ y
    unit = np.where(own.inverse > 0.0, 1.0 / np.sqrt(path.penalty_factor), 0.0)
    gram, cross = (Z.T * share) @ Z, Z.T @ (share * (y - centre))
    result: np.ndarray = centre + _fitted(gram[None], cross[None], at, unit[None], path.lambdas)[0]
    return result
