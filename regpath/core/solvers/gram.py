"""Least squares through the Gram matrix: one pass over the rows, then only p x p work.

Where features are nearly collinear, a Gram matrix has lost the digits that coefficients need. The
rows still have them: steps of iterative refinement take gradients from there, and of few rows in
twice the digits, since what is left to explain would else be drowned by rounding.

References: Golub and Van Loan (2013), Matrix Computations, section 5.3. Björck (1996), Numerical
Methods for Least Squares Problems, section 2.9.3.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.linalg.lapack import dpotrf

from regpath.core.fit import FitData, Goal, NullModel, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.hessians import Blend, ReducedHessians
from regpath.core.solvers.kernels.quadratic import Quadratic, descend_path
from regpath.core.solvers.model import Iterates, QuadraticModels, with_gradients
from regpath.core.twofold import product_of, sum_of, total_of

# Share of a feature's variance that those before it leave, below which it counts as collinear. The
# polynomials of NIST's Wampler data (x to x^5 at 0 to 20) leave 3e-5, and gain three to six digits.
LEFT = 1e-3
TWOFOLD = 1e6  # rows x features x lambdas, whose gradients are taken in twice the digits: 0.1 s
SHAKEN = 1e-11  # of a coefficient: a bound on its noise that calls for such gradients
STEPS = 3  # of refinement with them; each brings digits
ROUNDED = 1e-15  # of the terms of a gradient: what rounding of the coefficients changes it by
TOLD = 10  # lambdas between two words of progress


def solve(
    sums: ModelSums,
    goal: Goal,
    null: NullModel,
    told: Callable[[float], None] | None = None,
    rows: FitData | None = None,
) -> Points:
    """Points at each lambda, from the solution `null` at lambda = infinity.

    `rows` are those of `sums`, where they are at hand.
    """
    hessian = sums.curvature(null.intercept, null.coefs, 0)
    gram = hessian[0, :-1, 0, :-1]
    one = np.zeros(1, dtype=np.intp)
    z, _ = sums.gradient(null.intercept[None], np.zeros((1, 1, sums.p)), one)
    path = coefs_along(gram, z[0, 0], goal, null.coefs[0], told)
    # Z is centred, so the best intercept is the mean of y at every lambda.
    points = Points(np.tile(null.intercept, (len(path), 1)), path[:, None])
    return refined(sums, goal, points, rows, hessian)


def refined(
    sums: ModelSums,
    goal: Goal,
    points: Points,
    rows: FitData | None = None,
    hessian: np.ndarray | None = None,
) -> Points:
    """Points with the digits that rows have and a Gram matrix has not, if features are collinear.

    `hessian` is that of `sums`, where it is known.
    """
    if hessian is None:
        hessian = sums.curvature(points.intercepts[0], points.coefs[0], 0)
    gram = hessian[0, :-1, 0, :-1]
    if not _is_collinear(gram):
        return points
    points = _Refinement(partial(with_gradients, sums), goal, hessian).taken(points, 1)
    if rows is None or rows.n * points.coefs.size > TWOFOLD:
        return points
    some = np.flatnonzero(_is_shaken(rows, goal, points, gram))
    if some.size:
        steps = _Refinement(partial(_with_twofold_gradients, rows), goal.at(some), hessian)
        points.put(some, steps.taken(points.at(some), STEPS))
    return points


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
        np.zeros_like(factors),
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


def _is_shaken(rows: FitData, goal: Goal, points: Points, gram: np.ndarray) -> np.ndarray:
    """Whether rounding of the gradients of L points changes digits of their coefficients, (L,)."""
    coefs = points.coefs[:, 0]
    alive = coefs != 0.0
    pairs = alive[:, :, None] & alive[:, None, :]
    matrix = np.where(pairs, gram, np.eye(len(gram)))
    l2 = goal.lambdas[:, None] * (1.0 - goal.penalty.l1_ratio) * goal.penalty.factors
    diagonal = np.arange(len(gram))
    matrix[:, diagonal, diagonal] += l2 + ROUNDED * gram.max(initial=0.0)
    y = rows.Y[:, 0] - rows.weights @ rows.Y
    # Residuals have lost what predictions of the size of y round away.
    lost = np.finfo(float).eps * np.sqrt(rows.weights @ np.square(y))
    noise = lost * np.abs(np.linalg.inv(matrix)).sum(axis=2)
    return np.asarray((alive & (noise > SHAKEN * np.abs(coefs))).any(axis=1))


class _Refinement:
    """Steps of points, one for each lambda of `goal`, on the same second derivatives.

    `measured` gives points their gradients.
    """

    def __init__(
        self, measured: Callable[[Points], Iterates], goal: Goal, hessian: np.ndarray
    ) -> None:
        self.measured, self.goal, self.every = measured, goal, np.arange(len(goal.lambdas))
        blend = Blend.plain(ReducedHessians.of(hessian[None]), np.zeros_like(self.every))
        self.models, self.size = QuadraticModels(blend), np.abs(hessian[0, :-1, 0, :-1])

    def taken(self, points: Points, count: int) -> Points:
        """Points after `count` steps; each is taken where it does not go up."""
        here, penalty, lambdas = self.measured(points), self.goal.penalty, self.goal.lambdas
        for _ in range(count):
            step = self.models.steps(self.every, here, self.goal.aiming(0.0 * lambdas))
            moved = Points(here.intercepts + step.intercepts, here.coefs + step.coefs)
            there = self.measured(moved)
            before, after = (
                penalty.violation(some.z, some.coefs, lambdas) for some in (here, there)
            )
            rounding = ROUNDED * (np.abs(there.coefs[:, 0]) @ self.size).max(axis=1, initial=0.0)
            good = after <= np.maximum(before, rounding)
            for part, new in zip(here, there, strict=True):
                part[good] = new[good]
        return here.points


def _with_twofold_gradients(rows: FitData, points: Points) -> Iterates:
    """Points with gradients that are summed up, residuals and all, in twice the digits."""
    design, (intercepts, coefs) = rows.design, points
    X = design.X.toarray() if design.is_sparse else np.asarray(design.X)
    beta = coefs[:, 0] * design.inverse
    # A constant that is rounded here moves no gradient: features are centred below.
    u, low = sum_of(rows.Y, -(intercepts[:, 0] - beta @ design.mean))
    if rows.offset is not None:
        u, lost = sum_of(u, -rows.offset[:, None])
        low += lost
    for x, b in zip(X.T, beta.T, strict=True):
        product, lost = product_of(x[:, None], -b)
        u, rest = sum_of(u, product)
        low += lost + rest
    weights = rows.weights[:, None]
    u, lost = product_of(weights, u)
    low = lost + weights * low
    slope, slope_low = total_of(u, low)
    z = np.empty(beta.shape)
    for j, x in enumerate(X.T):
        product, lost = product_of(x[:, None], u)
        high, rest = total_of(product, lost + x[:, None] * low)
        centre, centre_lost = product_of(design.mean[j : j + 1], -slope)
        high, more = sum_of(high, centre)
        z[:, j] = high + (rest + more + centre_lost - design.mean[j] * slope_low)
    z *= design.inverse
    return Iterates(intercepts, coefs, z[:, None], slope[:, None])
