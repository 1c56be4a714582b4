"""Many features: groups of lambdas on the features in play, checked against all of them at once.

Where the path seems to lead says which features may come alive in a group. It is solved on these;
then one product with X shows for all its points whether anybody else should have been there.

Reference: Tibshirani et al. (2012), Strong rules for discarding predictors in lasso-type problems.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers import rowwise
from regpath.core.solvers.model import Iterates, measured
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


def solve(sums: RowSums, goal: Goal, start: Points, before: float) -> Points:
    """Solve at each lambda from the solution at lambda `before`; see `newton.solve`."""
    lambdas, n_lambdas = goal.lambdas, len(goal.lambdas)
    path = Points(*(np.zeros((n_lambdas, *part.shape[1:])) for part in start))
    trail = Trail(measured(sums, start), before)
    members, factor = Members(sums), None
    low, group, rounds_only = 0, GROUP, None
    while low < n_lambdas:
        reach = int(np.sum(lambdas[low:] >= trail.lam / SPAN))
        here = slice(low, low + max(1, min(group, reach)))
        some = goal.at(here)
        found = _group(members, some, trail, factor, large=rounds_only)
        factor = found.factor
        if not found.n_solved and found.large:
            rounds_only = False  # a large factor takes time, but ill-conditioned data need it
            continue
        rounds_only = None
        if not found.n_solved and len(some.lambdas) > 1:
            group = max(1, len(some.lambdas) // 2)
            continue
        fits = members.features.size * sums.design.n <= DENSE
        if not found.n_solved and (fits or not members.sparse):
            found = _by_rows(members, some, trail)
        # What is not solved by now stays what it is; the certificate will tell.
        here = slice(low, low + max(1, found.n_solved))
        points = found.points.at(slice(0, max(1, found.n_solved)))
        path.put(here, points.points)
        trail.extend(points, lambdas[here])
        whole = found.n_solved == len(some.lambdas)
        low, group = here.stop, min(2 * group, GROUP) if whole else group
    return path


class Found(NamedTuple):
    """The solutions of the first `n_solved` of a group; and second derivatives that hold on."""

    points: Iterates
    n_solved: int
    factor: Factor | None
    large: bool = False  # whether they were sought without second derivatives, which could be had


def _group(
    members: Members,
    goal: Goal,
    trail: Trail,
    factor: Factor | None,
    large: bool | None = None,
) -> Found:
    """Solve a group of lambdas; features come into play until none outside objects."""
    sums, n_outputs = members.whole, members.whole.data.n_outputs
    penalty, lambdas, targets = goal.penalty, goal.lambdas, goal.targets
    ahead = trail.ahead(lambdas)
    nearness = trail.nearness(ahead, penalty, lambdas)
    alive = ahead.coefs.any(axis=(0, 1)) | trail.point.coefs[0].any(axis=0)
    needed = in_play(nearness, alive, penalty)
    if penalty.l1_ratio == 1.0:
        needed = distinct(needed, ahead.z, alive | (penalty.factors == 0.0))
    crowded = penalty.l1_ratio < 1.0 and alive.sum() > CROWD * sums.design.n
    if crowded and not members.sparse:
        return _by_rows(members, goal, trail)
    many = needed.size * n_outputs
    if large is None:
        large = many > (LARGEST_SPARSE if members.sparse else LARGEST_MATRIX)
    # Rounds of a large crowd are many: who is missing shows long before the last digit does.
    rough = replace(goal, targets=np.maximum(targets, ROUGH * lambdas)) if large else goal
    start = ahead.points
    for _ in range(ROUNDS):
        kept = members.gather(needed)
        chosen = members.features
        some = rough.of_features(chosen)
        here = Points(start.intercepts, start.coefs[:, :, chosen])
        crowd: Diagonal | Factored
        if large:
            crowd = Diagonal(members.sums, some, here)
        else:
            crowd = Factored(members.sums, some, here, factor if kept else None)
        likely = np.append(np.ones(n_outputs, dtype=bool), nearness[:, chosen].T.ravel() >= 1.0)
        for _ in range(ROUNDS):
            solved = crowd.refine(likely)
            points = members.measured(crowd.points)
            outside = objecting(points, rough, chosen)
            size = crowd.violation(points.z[:, :, chosen], points.slope)
            if outside.size or not solved.all():
                break
            if not ((size > crowd.targets) & ~crowd.stuck).any():
                if rough is goal:
                    break
                rough, crowd.targets = goal, targets
        factor = None if isinstance(crowd, Diagonal) else crowd.factor
        if not outside.size or not solved.all():
            break
        start = points.points
        needed = np.concatenate([chosen, outside])
    if not solved.all():
        for c in np.flatnonzero(solved):
            one = slice(c, c + 1)
            solved[c] = rough is goal and not objecting(points.at(one), goal.at(one), chosen).size
    steady = factor if sums.family.quadratic else None
    solved &= size <= np.maximum(targets, NEAR * lambdas)  # the last step may not be checked yet
    n_solved = int(np.argmin(np.append(solved, False)))
    return Found(points, n_solved, steady, large and many <= LARGEST_MATRIX)


def _by_rows(members: Members, goal: Goal, trail: Trail) -> Found:
    """The same without any matrix over the features in play."""
    sums, base, penalty = members.whole, trail.point, goal.penalty
    alive = base.coefs[0].any(axis=0)
    working = np.sort(in_play(trail.nearness(base, penalty, goal.lambdas), alive, penalty))
    for _ in range(ROUNDS):
        small = restricted(sums, working)
        found = rowwise.solve(small, goal.of_features(working), base.among(working))
        full = spread(found.coefs, working, base.coefs.shape[2])
        points = measured(sums, Points(found.intercepts, full))
        outside = objecting(points, goal, working)
        if not outside.size:
            break
        working = np.union1d(working, outside)
    return Found(points, len(goal.lambdas), None)
