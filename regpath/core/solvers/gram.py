"""Least squares through the Gram matrix: one pass over the rows, then only p x p work.

Where features are nearly collinear, a Gram matrix has lost the digits that coefficients need. The
rows still have them: one step of iterative refinement takes gradients from there.

Reference: Golub and Van Loan (2013), Matrix Computations, section 5.3.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg.lapack import dpotrf

from regpath.core.fit import Goal, NullModel, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.hessians import Blend, ReducedHessians
from regpath.core.solvers.kernels.quadratic import Quadratic, descend_path
from regpath.core.solvers.model import QuadraticModels, with_gradients

# Share of a feature's variance that those before it leave, below which it counts as collinear. The
# polynomials of NIST's Wampler data (x to x^5 at 0 to 20) leave 3e-5, and gain one to three digits.
LEFT = 1e-3
TOLD = 10  # lambdas between two words of progress


def solve(
    sums: ModelSums, goal: Goal, null: NullModel, told: Callable[[float], None] | None = None
) -> Points:
    """Points at each lambda, from the solution `null` at lambda = infinity."""
    hessian = sums.curvature(null.intercept, null.coefs, 0)
    gram = hessian[0, :-1, 0, :-1]
    one = np.zeros(1, dtype=np.intp)
    z, _ = sums.gradient(null.intercept[None], np.zeros((1, 1, sums.p)), one)
    path = coefs_along(gram, z[0, 0], goal, null.coefs[0], told)
    # Z is centred, so the best intercept is the mean of y at every lambda.
    points = Points(np.tile(null.intercept, (len(path), 1)), path[:, None])
    return _refined(sums, goal, points, hessian) if _is_collinear(gram) else points


def coefs_along(
    gram: np.ndarray,
    correlation: np.ndarray,
    goal: Goal,
    start: np.ndarray,
    told: Callable[[float], None] | None = None,
) -> np.ndarray:
    """Coefficients (L, p) at each lambda, from Z'Z/n (p, p) and Z'y/n (p,) of centred data."""
    lambdas, targets = np.array(goal.lambdas), 0.1 * goal.targets
    n_lambdas = len(lambdas)
    path = np.empty((n_lambdas, len(correlation)))
    path[0] = start
    factors, l1_ratio = goal.penalty.factors, goal.penalty.l1_ratio
    problem = Quadratic(
        np.ascontiguousarray(gram),
        np.ascontiguousarray(correlation),
        l1_ratio * factors,
        (1.0 - l1_ratio) * factors,
    )
    for low in range(0, n_lambdas, n_lambdas if told is None else TOLD):
        if told is not None:
            told(low / n_lambdas)
        here = slice(low, n_lambdas if told is None else low + TOLD)
        path[low] = path[max(low - 1, 0)]
        descend_path(problem, lambdas[here], path[here], targets[here])
    return path


def _is_collinear(gram: np.ndarray) -> bool:
    """Whether a feature is all but a combination of those before it."""
    size = np.sqrt(np.diagonal(gram))
    some = size > 0.0
    correlations = gram[np.ix_(some, some)] / np.outer(size[some], size[some])
    lower, failed = dpotrf(correlations, lower=1, overwrite_a=1)
    return bool(failed) or bool(np.square(np.diagonal(lower)).min(initial=1.0) < LEFT)


def _refined(sums: ModelSums, goal: Goal, points: Points, hessian: np.ndarray) -> Points:
    """Points after a step on the same second derivatives, from gradients of the rows themselves."""
    every = np.arange(len(goal.lambdas))
    models = QuadraticModels(Blend.plain(ReducedHessians.of(hessian[None]), np.zeros_like(every)))
    here = with_gradients(sums, points)
    step = models.steps(every, here, goal.aiming(np.zeros(len(every))))
    there = with_gradients(
        sums, Points(*(old + new for old, new in zip(points, step, strict=True)))
    )
    before, after = (
        goal.penalty.violation(some.z, some.coefs, goal.lambdas) for some in (here, there)
    )
    nearer = after < before
    points.put(nearer, there.points.at(nearer))
    return points
