"""Many features: Newton steps on a working set, checked against all features at once.

For a group of lambdas the sequential strong rule, looking ahead to the last of them, names the
features that may come alive. The group is solved on these; then one product with X shows for all
its points whether anybody else should have been there.

Reference: Tibshirani et al. (2012), Strong rules for discarding predictors in lasso-type problems.
"""

from __future__ import annotations

import numpy as np

from regpath.core.design import Design, plain
from regpath.core.families import Family
from regpath.core.penalty import Penalty
from regpath.core.solvers import newton, rowwise
from regpath.core.solvers.model import Anchors, Models, Points, measured
from regpath.core.solvers.sums import RowSums, Weighting

ROUNDS = 50  # of growing the working set
ROUGH = 1e-4  # violation relative to lambda at which the working set is looked at first
LARGEST_MATRIX = 1500  # coefficients of a working set whose second derivatives are kept
FEW = 300  # features; above, exact systems cost more than passes over the data
CROWD = 4  # features per row; above, a system in the rows is the smaller one
BY_ROWS = 3000  # passes over the features that a point may take there: a guess
MANY = 9  # rounds that ask for smaller groups


def solve(
    sums: RowSums,
    penalty: Penalty,
    intercept: np.ndarray,
    coefs: np.ndarray,
    before: float,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve at each lambda from the solution at lambda `before`; see `newton.solve`."""
    n_lambdas, (n_outputs, p) = len(lambdas), coefs.shape
    all_intercepts = np.empty((n_lambdas, n_outputs))
    all_coefs = np.zeros((n_lambdas, n_outputs, p))
    base = measured(sums, intercept[None], coefs[None])
    low, group = 0, newton.GROUP
    working = np.empty(0, dtype=np.intp)
    while low < n_lambdas:
        here = slice(low, min(low + group, n_lambdas))
        last = lambdas[here][-1]
        working = likely(base, penalty, 2.0 * last - before)
        points, rounds, working = _group(
            sums, penalty, base, before, lambdas[here], targets[here], working
        )
        all_intercepts[here], all_coefs[here] = points.intercepts, points.coefs
        base, before, low = points.at(np.array([-1])), last, here.stop
        group = newton.next_group(group, rounds)
        if working.size > FEW:
            group = min(group, newton.GROUP)
    return all_intercepts, all_coefs


def _group(
    sums: RowSums,
    penalty: Penalty,
    base: Points,
    before: float,
    lambdas: np.ndarray,
    targets: np.ndarray,
    working: np.ndarray,
) -> tuple[Points, int, np.ndarray]:
    """Solve a group of lambdas; the working set grows until no feature outside objects."""
    size = working.size * base.coefs.shape[1]
    if size > LARGEST_MATRIX or (penalty.l1_ratio < 1.0 and working.size > CROWD * sums.design.n):
        return _group_by_rows(sums, penalty, base, lambdas, targets, working)
    some = Penalty(penalty.l1_ratio, penalty.factors[working])
    small = _restricted(sums, working)
    near = Points(base.intercepts, base.coefs[:, :, working], base.z[:, :, working], base.slope)
    anchors = Anchors.of(small.curvature(near.intercepts[0], near.coefs[0], 0)[None])
    place = newton.Place(near, before, anchors, before)
    # Who is missing shows long before the last digit does.
    goal = np.maximum(targets, ROUGH * lambdas)
    batch = newton.advance(small, some, place, lambdas, goal)
    most = 0
    for _ in range(ROUNDS):
        _, rounds = newton.refine(small, some, batch)
        most = max(most, rounds)
        coefs = _spread(batch.coefs, working, base.coefs.shape[2])
        points = measured(sums, batch.intercepts, coefs)
        outside = objecting(points, penalty, lambdas, goal, working)
        if not outside.size and goal is targets:
            break
        if not outside.size:
            batch.targets = goal = targets
            batch.known = points.z[:, :, working], points.slope
            batch.old = None
            continue
        batch.known = None
        working = np.union1d(working, outside)
        some = Penalty(penalty.l1_ratio, penalty.factors[working])
        small = _restricted(sums, working)
        batch.coefs = coefs[:, :, working]
        ends = np.array([0] if sums.family.name == "gaussian" else [0, len(lambdas) - 1])
        anchors = Anchors.of(
            small.curvatures(batch.intercepts[ends], batch.coefs[ends], np.zeros_like(ends))
        )
        far = len(ends) - 1
        numbers = np.tile(np.array([0, 0, far], dtype=np.int64), (len(lambdas), 1))
        share = np.linspace(0.0, 1.0, len(lambdas))
        mix = np.stack([0.0 * share, 1.0 - share, share], axis=1)
        batch.models = Models(anchors, numbers, mix)
        batch.old = None
    return points, most, working


def _group_by_rows(
    sums: RowSums,
    penalty: Penalty,
    base: Points,
    lambdas: np.ndarray,
    targets: np.ndarray,
    working: np.ndarray,
) -> tuple[Points, int, np.ndarray]:
    """The same without any matrix over the working set."""
    for _ in range(ROUNDS):
        small = _restricted(sums, working)
        some = Penalty(penalty.l1_ratio, penalty.factors[working])
        near = Points(base.intercepts, base.coefs[:, :, working], base.z[:, :, working], base.slope)
        intercepts, coefs = rowwise.solve(small, small.design.X, some, near, lambdas, targets)
        points = measured(sums, intercepts, _spread(coefs, working, base.coefs.shape[2]))
        outside = objecting(points, penalty, lambdas, targets, working)
        if not outside.size:
            break
        working = np.union1d(working, outside)
    return points, MANY, working


def _spread(coefs: np.ndarray, working: np.ndarray, p: int) -> np.ndarray:
    """Coefficients of the working set among those of all features."""
    full = np.zeros((*coefs.shape[:2], p))
    full[:, :, working] = coefs
    return full


def objecting(
    points: Points,
    penalty: Penalty,
    lambdas: np.ndarray,
    targets: np.ndarray,
    working: np.ndarray,
) -> np.ndarray:
    """Features outside the working set that should be in it, the worst first, not all at once."""
    excess = np.abs(points.z).max(axis=1) - penalty.box(lambdas)[:, 0] - targets[:, None]
    excess[:, working] = -np.inf
    worst = excess.max(axis=0)
    outside = np.flatnonzero(worst > 0.0)
    return outside[np.argsort(-worst[outside], kind="stable")[: max(50, working.size)]]


def polish(
    sums: RowSums,
    penalty: Penalty,
    lambdas: np.ndarray,
    targets: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    budget: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Refine points one by one, each on a working set and second derivatives of its own.

    Stops once the steps have taken `budget` multiplications.
    """
    intercepts, coefs = intercepts.copy(), coefs.copy()
    n = sums.design.n
    p = coefs.shape[2]
    for c in range(len(lambdas)):
        lam, target = lambdas[c : c + 1], targets[c : c + 1]
        working = np.empty(0, dtype=np.intp)
        for _ in range(ROUNDS):
            here = measured(sums, intercepts[c : c + 1], coefs[c : c + 1])
            near = np.abs(here.z[0]).max(axis=0) >= penalty.box(lam)[0, 0]
            outside = np.setdiff1d(np.flatnonzero(near | here.coefs[0].any(axis=0)), working)
            if not outside.size or budget < 0.0:
                break
            working = np.union1d(working, outside)
            some = Penalty(penalty.l1_ratio, penalty.factors[working])
            small = _restricted(sums, working)
            start = (here.intercepts, here.coefs[:, :, working])
            if working.size * coefs.shape[1] > LARGEST_MATRIX:
                near_by = Points(*start, here.z[:, :, working], here.slope)
                found = rowwise.solve(small, small.design.X, some, near_by, lam, target)
                budget -= BY_ROWS * float(n) * found[1].size
            else:
                points, rounds = newton.refine_each(small, some, lam, target, *start)
                found = points.intercepts, points.coefs
                budget -= rounds * newton.cost_of(n, points.coefs)
            intercepts[c], coefs[c] = found[0][0], _spread(found[1], working, p)[0]
    return intercepts, coefs


def _restricted(sums: RowSums, working: np.ndarray) -> RowSums:
    return restricted(sums.design, sums.Y, sums.models.weights, sums.family, working)


def restricted(
    design: Design, Y: np.ndarray, weights: np.ndarray, family: Family, working: np.ndarray
) -> RowSums:
    """Sums for the features in `working` alone, standardised once and for all."""
    small = plain(np.asfortranarray(design.columns(working)))
    return RowSums(small, Y, family, Weighting.single(small, weights))


def likely(base: Points, penalty: Penalty, ahead: float) -> np.ndarray:
    """Features that are alive, free, or that the strong rule cannot rule out before `ahead`."""
    alive = base.coefs[0].any(axis=0) | (penalty.factors == 0.0)
    strength = np.abs(base.z[0]).max(axis=0)
    likely = strength >= penalty.l1_ratio * max(ahead, 0.0) * penalty.factors
    room = 50 + int(1.25 * alive.sum())
    if likely.sum() > room:
        order = np.argsort(-np.where(likely, strength, -np.inf), kind="stable")[:room]
        likely = np.zeros_like(likely)
        likely[order] = True
    return np.flatnonzero(alive | likely)
