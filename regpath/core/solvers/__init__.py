"""Arrays in, arrays out: the only place that iterates. One file per regime, chosen here.

Layer law: imports numpy, scipy, numba and `core.families`, `core.objective`, `core.design`,
`core.threads`; knows no Problem.
"""

from __future__ import annotations

import numpy as np

from regpath.core.design import Design
from regpath.core.families import Family
from regpath.core.objective import NullModel, Penalty

GRAM_FEATURES = 2000  # a p x p Gram matrix of this size takes 32 MB
RIDGE_FEATURES = 150  # more coefficients than this make conjugate gradients the faster way
ALL_FEATURES = 700  # up to this many coefficients, every feature is always in play


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
    """Minimise the objective of `core.objective` at each lambda.

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
    # The compiled kernels take a moment to load, and not every use of the package needs them.
    from regpath.core.solvers import gaussian, newton, ridge, working
    from regpath.core.solvers.sums import RowSums, Weighting

    n, p = design.n, design.p
    sums = RowSums(design, Y, family, Weighting.single(design, weights))
    before = max(null.entry / max(penalty.l1_ratio, np.finfo(float).eps), lambdas[0])
    if family.name == "gaussian" and p <= min(GRAM_FEATURES, n):
        gram = sums.curvature(null.intercept, null.coefs, 0)[0, :-1, 0, :-1]
        z, _ = sums.gradient(null.intercept[None], np.zeros((1, 1, p)), np.zeros(1, dtype=np.intp))
        path = gaussian.solve(gram, z[0, 0], penalty, lambdas, targets, null.coefs[0])
        # Z is centred, so the best intercept is the mean of y at every lambda.
        return np.tile(null.intercept, (len(lambdas), 1)), path[:, None]
    free = (penalty.factors == 0.0).any()
    size = p * Y.shape[1]
    if penalty.l1_ratio == 0.0 and not free and (p > n or size > RIDGE_FEATURES):
        axes = ridge.principal_axes(design, weights, penalty.factors)
        intercepts, scores = ridge.solve(
            axes, Y, weights, family, null.intercept, lambdas, targets
        )
        return intercepts, scores @ axes.directions.T
    start = (null.intercept, null.coefs, before, lambdas, targets)
    if size <= ALL_FEATURES:
        return newton.solve(sums, penalty, *start)
    return working.solve(sums, penalty, *start)


def solve_free(
    design: Design, Y: np.ndarray, weights: np.ndarray, family: Family, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Fit the features `free` without a penalty.

    Returns intercept (K,), coefs (K, p), and the violation that was reached, relative to the
    spread of the response.
    """
    from regpath.core.solvers import newton, working

    penalty = Penalty(1.0, np.zeros(free.size))
    small = working.restricted(design, Y, weights, family, free)
    intercept = family.null_intercept(Y, weights)
    spread = float(np.sqrt((weights @ np.square(Y - weights @ Y)).max()))
    points = newton.refine_each(
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

    Takes intercepts (L, K) and coefs (L, K, p) as they are, and returns better ones.
    """
    from regpath.core.solvers import working
    from regpath.core.solvers.sums import RowSums, Weighting

    sums = RowSums(design, Y, family, Weighting.single(design, weights))
    return working.polish(sums, penalty, lambdas, targets, intercepts, coefs)
