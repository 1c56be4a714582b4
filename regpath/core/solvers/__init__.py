"""Arrays in, arrays out: the only place that iterates. One file per regime, chosen here.

The layer law (docs/architecture.md) keeps problems, tables and paths out of here.
"""

from __future__ import annotations

import numpy as np

from regpath.core.design import Design
from regpath.core.families import Family
from regpath.core.objective import NullModel
from regpath.core.penalty import Penalty

GRAM_FEATURES = 4000  # a p x p Gram matrix of this size takes 128 MB
RIDGE_FEATURES = 150  # more coefficients than this make conjugate gradients the faster way
BUDGET = 5e10  # multiplications that polishing a path may take: some seconds
ALL_FEATURES = 150  # up to this many coefficients, every feature is always in play
FOLD_FEATURES = 350  # up to this many, folds share passes over the rows
FOLD_ROWS = 10  # rows per coefficient, and per further class, at which that begins to pay
FEW = 60  # coefficients, with which it always does


@np.errstate(all="ignore")  # what is not finite is noticed, and is no proof
def solve_path(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    lambdas: np.ndarray,
    penalty: Penalty,
    targets: np.ndarray,
    null: NullModel,
) -> tuple[np.ndarray, np.ndarray]:
    """Minimize the objective of `core.objective` at each lambda.

    Parameters
    ----------
    design : Design
        Features, n rows and p columns.
    Y : ndarray of shape (n, K)
    weights : ndarray of shape (n,)
        Sum to one.
    family : Family
    lambdas : ndarray of shape (L,)
        Strictly decreasing.
    penalty : Penalty
    targets : ndarray of shape (L,)
        Violation of the optimality conditions to reach at each lambda, as `Penalty.violation`
        measures it. They are goals: the caller certifies what was reached.
    null : NullModel
        The solution at lambda = infinity, where the path starts.

    Returns
    -------
    intercepts : ndarray of shape (L, K)
    coefs : ndarray of shape (L, K, p)
    """
    # Compiled kernels take a moment to load: each regime loads its own.
    from regpath.core.solvers.sums import RowSums, Weighting

    n, p, n_outputs = design.n, design.p, Y.shape[1]
    size = p * n_outputs
    sums = RowSums(design, Y, family, Weighting.single(design, weights))
    # A Gram matrix of nearly as many features as rows has lost the digits that a path ends with.
    tall = p <= (n if p <= ALL_FEATURES else 0.8 * n)
    if family.name == "gaussian" and tall and p <= GRAM_FEATURES:
        from regpath.core.solvers import gram as gaussian

        gram = sums.curvature(null.intercept, null.coefs, 0)[0, :-1, 0, :-1]
        z, _ = sums.gradient(null.intercept[None], np.zeros((1, 1, p)), np.zeros(1, dtype=np.intp))
        path = gaussian.solve(gram, z[0, 0], penalty, lambdas, targets, null.coefs[0])
        # Z is centred, so the best intercept is the mean of y at every lambda.
        return np.tile(null.intercept, (len(lambdas), 1)), path[:, None]
    if penalty.l1_ratio == 0.0 and penalty.penalized.all() and (p > n or size > RIDGE_FEATURES):
        from regpath.core.solvers import ridge

        axes = ridge.principal_axes(design, weights, penalty.factors)
        intercepts, scores = ridge.solve(axes, Y, weights, family, null.intercept, lambdas, targets)
        return intercepts, axes.features(scores)
    before = max(null.entry / max(penalty.l1_ratio, np.finfo(float).eps), lambdas[0])
    start = (null.intercept, null.coefs, before, lambdas, targets)
    if size <= ALL_FEATURES:
        from regpath.core.solvers import newton

        return newton.solve(sums, penalty, *start)
    from regpath.core.solvers.working_set import solve as working

    return working.solve(sums, penalty, *start)


def folds_fit_together(family: Family, n: int, p: int, size: int, l1_ratio: float) -> bool:
    """Whether all folds of a problem with `size` coefficients can share passes over the rows."""
    if family.name == "gaussian":
        return p <= min(GRAM_FEATURES, n // 2)
    if size > FEW and n < FOLD_ROWS * size * max(1, size // p - 1):
        return False
    return size <= (RIDGE_FEATURES if l1_ratio == 0.0 else FOLD_FEATURES) and p <= n // 2


@np.errstate(all="ignore")
def solve_free(
    design: Design, Y: np.ndarray, weights: np.ndarray, family: Family, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Fit the features `free` without a penalty.

    Returns intercept (K,), coefs (K, p), and the violation that was reached, relative to the
    spread of the response.
    """
    from regpath.core.solvers import newton
    from regpath.core.solvers.sums import RowSums, Weighting
    from regpath.core.solvers.working_set.working_columns import restricted

    penalty = Penalty(1.0, np.zeros(free.size))
    whole = RowSums(design, Y, family, Weighting.single(design, weights))
    small = restricted(whole, free)
    intercept = family.null_intercept(Y, weights)
    spread = float(np.sqrt((weights @ np.square(Y - weights @ Y)).max()))
    points, _ = newton.refine_each(
        small,
        penalty,
        np.ones(1),
        np.full(1, 1e-13 * spread),
        intercept[None],
        np.zeros((1, Y.shape[1], free.size)),
    )
    coefs = np.zeros((Y.shape[1], design.p))
    coefs[:, free] = points.coefs[0]
    violation = max(float(np.abs(points.z).max()), float(np.abs(points.slope).max()))
    return points.intercepts[0], coefs, violation / spread


@np.errstate(all="ignore")
def polish(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    lambdas: np.ndarray,
    penalty: Penalty,
    targets: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Bring points that missed their goal nearer to it, each on second derivatives of its own.

    Takes intercepts (L, K) and coefs (L, K, p) as they are, and returns better ones. Points that
    no budget is left for stay as they are.
    """
    from regpath.core.solvers import newton, polishing
    from regpath.core.solvers.sums import RowSums, Weighting

    sums = RowSums(design, Y, family, Weighting.single(design, weights))
    if coefs[0].size > ALL_FEATURES:
        return polishing.polish(sums, penalty, lambdas, targets, intercepts, coefs, BUDGET)
    intercepts, coefs, spent = intercepts.copy(), coefs.copy(), 0.0
    for low in range(0, len(lambdas), 8):
        if spent > BUDGET:
            break
        c = slice(low, low + 8)
        where = (lambdas[c], targets[c], intercepts[c], coefs[c])
        points, rounds = newton.refine_each(sums, penalty, *where)
        intercepts[c], coefs[c] = points.intercepts, points.coefs
        spent += rounds * newton.cost_of(design.n, coefs[c])
    return intercepts, coefs


def warm_up() -> None:
    """Load every compiled kernel, and compile those that no cache holds."""
    from regpath.core.solvers import folds, newton, ridge
    from regpath.core.solvers import gram as gaussian
    from regpath.core.solvers.working_set import solve as working

    assert all((folds, gaussian, newton, ridge, working))
