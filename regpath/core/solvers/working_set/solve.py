"""Many features: groups of lambdas on the features in play, checked against all of them at once.

Where the path seems to lead says which features may come alive in a group. It is solved on these;
then one product with X shows for all its points whether anybody else should have been there.

Reference: Tibshirani et al. (2012), Strong rules for discarding predictors in lasso-type problems.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.penalty import Penalty
from regpath.core.solvers import rowwise
from regpath.core.solvers.model import Points, measured
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.cholesky import Factor
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.factored import Factored
from regpath.core.solvers.working_set.quasi_newton import NEAR
from regpath.core.solvers.working_set.working_columns import (
    Members,
    Trail,
    distinct,
    in_play,
    objecting,
    restricted,
    spread,
)

GROUP = 8  # lambdas that are solved together
SPAN = 2.5  # lambdas that share anything lie within this factor
ROUNDS = 50  # of features coming into play
LARGEST_MATRIX = 4000  # coefficients in play whose second derivatives are kept
LARGEST_SPARSE = 500  # the same where products with the data cost little
ROUGH = 1e-3  # violation relative to lambda at which a large crowd is looked at first
DENSE = 4_000_000  # numbers that sparse columns may take for a moment, as a last resort
CROWD = 4  # features per row; above, a system in the rows is the smaller one


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
    trail = Trail(measured(sums, intercept[None], coefs[None]), before)
    members, factor = Members(sums), None
    low, group, rounds_only = 0, GROUP, None
    while low < n_lambdas:
        reach = int(np.sum(lambdas[low:] >= trail.lam / SPAN))
        here = slice(low, low + max(1, min(group, reach)))
        lam, target = lambdas[here], targets[here]
        found = _group(members, penalty, trail, lam, target, factor, large=rounds_only)
        factor = found.factor
        if not found.n_solved and found.large:
            rounds_only = False  # a large factor takes time, but ill-conditioned data need it
            continue
        rounds_only = None
        if not found.n_solved and len(lam) > 1:
            group = max(1, len(lam) // 2)
            continue
        fits = members.features.size * sums.design.n <= DENSE
        if not found.n_solved and (fits or not members.sparse):
            found = _by_rows(members, penalty, trail, lam, target)
        # What is not solved by now stays what it is; the certificate will tell.
        here = slice(low, low + max(1, found.n_solved))
        points = found.points.at(slice(0, max(1, found.n_solved)))
        all_intercepts[here], all_coefs[here] = points.intercepts, points.coefs
        trail.extend(points, lambdas[here])
        low, group = here.stop, min(2 * group, GROUP) if found.n_solved == len(lam) else group
    return all_intercepts, all_coefs


class Found(NamedTuple):
    """The solutions of the first `n_solved` of a group; and second derivatives that hold on."""

    points: Points
    n_solved: int
    factor: Factor | None
    large: bool = False  # whether they were sought without second derivatives, which could be had


def _group(
    members: Members,
    penalty: Penalty,
    trail: Trail,
    lambdas: np.ndarray,
    targets: np.ndarray,
    factor: Factor | None,
    large: bool | None = None,
) -> Found:
    """Solve a group of lambdas; features come into play until none outside objects."""
    sums, n_outputs = members.whole, members.whole.Y.shape[1]
    ahead = trail.ahead(lambdas)
    nearness = trail.nearness(ahead, penalty, lambdas)
    alive = ahead.coefs.any(axis=(0, 1)) | trail.point.coefs[0].any(axis=0)
    needed = in_play(nearness, alive, penalty)
    if penalty.l1_ratio == 1.0:
        needed = distinct(needed, ahead.z, alive | (penalty.factors == 0.0))
    crowded = penalty.l1_ratio < 1.0 and alive.sum() > CROWD * sums.design.n
    if crowded and not members.sparse:
        return _by_rows(members, penalty, trail, lambdas, targets)
    many = needed.size * n_outputs
    if large is None:
        large = many > (LARGEST_SPARSE if members.sparse else LARGEST_MATRIX)
    # Rounds of a large crowd are many: who is missing shows long before the last digit does.
    goal = np.maximum(targets, ROUGH * lambdas) if large else targets
    intercepts, coefs = ahead.intercepts, ahead.coefs
    for _ in range(ROUNDS):
        kept = members.gather(needed)
        chosen = members.features
        some = Penalty(penalty.l1_ratio, penalty.factors[chosen])
        data = members.sums, some, lambdas, goal, intercepts, coefs[:, :, chosen]
        crowd = Diagonal(*data) if large else Factored(*data, factor=factor if kept else None)
        likely = np.append(np.ones(n_outputs, dtype=bool), nearness[:, chosen].T.ravel() >= 1.0)
        for _ in range(ROUNDS):
            solved = crowd.refine(likely)
            points = members.measured(crowd.intercepts, crowd.coefs)
            outside = objecting(points, penalty, lambdas, goal, chosen)
            size = crowd.violation(points.z[:, :, chosen], points.slope, some)
            if outside.size or not solved.all():
                break
            if not ((size > crowd.targets) & ~crowd.stuck).any():
                if goal is targets:
                    break
                crowd.targets = goal = targets
        factor = None if isinstance(crowd, Diagonal) else crowd.factor
        if not outside.size or not solved.all():
            break
        intercepts, coefs = points.intercepts, points.coefs
        needed = np.concatenate([chosen, outside])
    if not solved.all():
        for c in np.flatnonzero(solved):
            one = points.at(slice(c, c + 1)), penalty, lambdas[c : c + 1], targets[c : c + 1]
            solved[c] = goal is targets and not objecting(*one, chosen).size
    steady = factor if sums.family.name == "gaussian" else None
    solved &= size <= np.maximum(targets, NEAR * lambdas)  # the last step may not be checked yet
    n_solved = int(np.argmin(np.append(solved, False)))
    return Found(points, n_solved, steady, large and many <= LARGEST_MATRIX)


def _by_rows(
    members: Members,
    penalty: Penalty,
    trail: Trail,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> Found:
    """The same without any matrix over the features in play."""
    sums, base = members.whole, trail.point
    alive = base.coefs[0].any(axis=0)
    working = np.sort(in_play(trail.nearness(base, penalty, lambdas), alive, penalty))
    for _ in range(ROUNDS):
        small = restricted(sums, working)
        some = Penalty(penalty.l1_ratio, penalty.factors[working])
        near = Points(base.intercepts, base.coefs[:, :, working], base.z[:, :, working], base.slope)
        intercepts, coefs = rowwise.solve(small, small.design.X, some, near, lambdas, targets)
        points = measured(sums, intercepts, spread(coefs, working, base.coefs.shape[2]))
        outside = objecting(points, penalty, lambdas, targets, working)
        if not outside.size:
            break
        working = np.union1d(working, outside)
    return Found(points, len(lambdas), None)
