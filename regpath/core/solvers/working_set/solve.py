"""Working sets: groups of lambdas on the features in play, checked against all of them at once.

Where the path seems to lead says which features may come alive in a group. It is solved on these;
then one product with X shows for all its points whether another should have been there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers import rowwise
from regpath.core.solvers.model import Iterates, with_gradients
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.cholesky import Factor
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.factored import Factored
from regpath.core.solvers.working_set.quasi_newton import NEAR, QuasiNewtonBatch
from regpath.core.solvers.working_set.screening import (
    Extrapolation,
    WorkingColumns,
    deduplicated,
    restricted,
    scattered,
    strong_set,
    violators,
)

# Lambdas that are solved together. Half took 1.3 times as long for sparse words, twice 1.6 times
# for correlated features.
GROUP = 8
# Factor within which lambdas of a group lie: their models are much the same. Half of it took 1.3
# times as long for sparse words.
SPAN = 2.5
# Factor by which lambda falls between neighbours, at the most: further down nobody knows who is in
# play. One lambda 1000 times below the first took 10 to 35 times as long as the way there.
STRIDE = 2.0
PASSING = 1e-4  # violation relative to lambda at which a point on the way is left
ROUNDS = 50  # of features coming into play
LARGEST_MATRIX = 4000  # coefficients in play whose second derivatives are kept: 128 MB
LARGEST_SPARSE = 500  # the same where products with the data cost little
ROUGH = 1e-3  # violation relative to lambda at which a batch without a factor is looked at first
DENSE = 4_000_000  # numbers that sparse columns may take for a moment, as a last resort: 32 MB
CROWDED = 4  # living features per row; above, a system in the rows is the smaller one


class GroupResult(NamedTuple):
    """The solutions of the first `n_solved` of a group; and second derivatives that hold on."""

    iterates: Iterates
    n_solved: int
    factor: Factor | None


def solve(
    sums: RowSums,
    goal: Goal,
    start: Points,
    before: float,
    told: Callable[[float], None] | None = None,
) -> Points:
    """Solve at each lambda from the solution at lambda `before`; see `newton.solve`."""
    goal, asked = _with_points_between(goal, before)
    lambdas, n_lambdas = goal.lambdas, len(goal.lambdas)
    path = Points(*(np.zeros((n_lambdas, *part.shape[1:])) for part in start))
    track = Extrapolation(with_gradients(sums, start), before)
    columns, factor = WorkingColumns(sums), None
    low, group = 0, GROUP
    while low < n_lambdas:
        if told is not None:
            told(low / n_lambdas)
        within = int(np.sum(lambdas[low:] >= track.lam / SPAN))
        some = goal.at(slice(low, low + max(1, min(group, within))))
        found = _group(columns, some, track, factor)
        factor = found.factor
        if not found.n_solved and len(some.lambdas) > 1:
            group = max(1, len(some.lambdas) // 2)
            continue
        fits = columns.features.size * sums.design.n <= DENSE
        if not found.n_solved and (fits or not columns.sparse):
            found = _by_rows(columns, some, track)
        # What is not solved by now stays what it is; the certificate will tell.
        n_done = max(1, found.n_solved)
        here, iterates = slice(low, low + n_done), found.iterates.at(slice(0, n_done))
        path.put(here, iterates.points)
        track.extend(iterates, lambdas[here])
        whole = found.n_solved == len(some.lambdas)
        low, group = here.stop, min(2 * group, GROUP) if whole else group
    return path.at(asked)


def _with_points_between(goal: Goal, before: float) -> tuple[Goal, np.ndarray | slice]:
    """The goal with lambdas between those that are far apart, and where those asked for are."""
    lambdas = goal.lambdas
    # Ridge has no lambda at which the path would begin.
    first = lambdas[0] if goal.penalty.l1_ratio == 0.0 else before
    above = np.append(first, lambdas[:-1])
    steps = np.maximum(np.ceil(np.log(above / lambdas) / np.log(STRIDE)), 1.0).astype(int)
    if (steps == 1).all():
        return goal, slice(None)
    ways = zip(above, lambdas, steps, strict=True)
    every = np.concatenate([np.geomspace(a, b, count + 1)[1:] for a, b, count in ways])
    asked = np.cumsum(steps) - 1
    targets = np.maximum(np.repeat(goal.targets, steps), PASSING * every)
    every[asked], targets[asked] = lambdas, goal.targets
    return Goal(every, goal.penalty, targets, goal.tol), asked


def _group(
    columns: WorkingColumns, goal: Goal, track: Extrapolation, factor: Factor | None
) -> GroupResult:
    """Solve a group of lambdas with a factor of second derivatives or without, or by rows."""
    predicted = track.at(goal.lambdas)
    nearness = track.nearness(predicted, goal.penalty, goal.lambdas)
    alive = predicted.coefs.any(axis=(0, 1)) | track.point.coefs[0].any(axis=0)
    needed = strong_set(nearness, alive, goal.penalty)
    if goal.penalty.l1_ratio == 1.0:
        needed = deduplicated(needed, predicted.z, alive | (goal.penalty.factors == 0.0))
    crowded = goal.penalty.l1_ratio < 1.0 and alive.sum() > CROWDED * columns.whole.data.n
    if crowded and not columns.sparse:
        return _by_rows(columns, goal, track)
    prediction = _Prediction(predicted.points, nearness, needed)
    size = needed.size * columns.whole.data.n_outputs
    if size <= (LARGEST_SPARSE if columns.sparse else LARGEST_MATRIX):
        return _on_columns(columns, goal, prediction, factor, Factored)
    found = _on_columns(columns, goal, prediction, None, Diagonal)
    if not found.n_solved and size <= LARGEST_MATRIX:
        # A large factor takes time, but ill-conditioned data need it.
        found = _on_columns(columns, goal, prediction, None, Factored)
    return found


class _Prediction(NamedTuple):
    """Where points are expected, how near features are to coming alive, and who is needed."""

    points: Points
    nearness: np.ndarray
    needed: np.ndarray


def _on_columns(
    columns: WorkingColumns,
    goal: Goal,
    prediction: _Prediction,
    factor: Factor | None,
    kind: type[Diagonal] | type[Factored],
) -> GroupResult:
    """Solve a group on the features in play; others join until none violates its condition."""
    start, nearness, needed = prediction
    n_outputs = columns.whole.data.n_outputs
    for _ in range(ROUNDS):
        kept = columns.gather(needed)
        chosen = columns.features
        some = columns.sums, goal.of_features(chosen), start.among(chosen)
        with_factor = kind is Factored
        batch = Factored(*some, factor if kept else None) if with_factor else Diagonal(*some)
        likely = np.append(np.ones(n_outputs, dtype=bool), nearness[:, chosen].T.ravel() >= 1.0)
        found = _refined(columns, batch, goal, likely)
        factor = batch.factor if isinstance(batch, Factored) else None
        if not found.outside.size or not found.solved.all():
            break
        start, needed = found.iterates.points, np.concatenate([chosen, found.outside])
    solved, iterates = found.solved, found.iterates
    if not solved.all():
        for c in np.flatnonzero(solved):
            one = slice(c, c + 1)
            solved[c] = found.exact and not violators(iterates.at(one), goal.at(one), chosen).size
    # The last step may not be checked yet.
    solved &= found.size <= np.maximum(goal.targets, NEAR * goal.lambdas)
    steady = factor if columns.whole.family.quadratic else None
    return GroupResult(iterates, int(np.argmin(np.append(solved, False))), steady)


class _Refined(NamedTuple):
    """What a batch came to, seen by all features."""

    iterates: Iterates
    outside: np.ndarray  # features that should be in play
    solved: np.ndarray  # (m,), whether points are at their targets among the features in play
    size: np.ndarray  # (m,), violation there
    exact: bool  # whether the targets were those of the goal


def _refined(
    columns: WorkingColumns, batch: QuasiNewtonBatch, goal: Goal, likely: np.ndarray
) -> _Refined:
    """Refine a batch until all is well among its features, or others are needed.

    Rounds without a factor are many, so who is missing is asked first, long before the last digit.
    """
    phases = [goal]
    if isinstance(batch, Diagonal):
        phases.insert(0, goal.aiming(np.maximum(goal.targets, ROUGH * goal.lambdas)))
    for phase in phases:
        batch.aim(phase.targets)
        for _ in range(ROUNDS):
            solved = batch.refine(likely)
            iterates = columns.with_gradients(batch.points)
            outside = violators(iterates, phase, columns.features)
            size = batch.violation(iterates.z[:, :, columns.features], iterates.slope)
            found = _Refined(iterates, outside, solved, size, phase is goal)
            if outside.size or not solved.all():
                return found
            if not ((size > phase.targets) & ~batch.ledger.stuck).any():
                break
    return found


def _by_rows(columns: WorkingColumns, goal: Goal, track: Extrapolation) -> GroupResult:
    """The same without any matrix over the features in play."""
    sums, base = columns.whole, track.point
    alive = base.coefs[0].any(axis=0)
    nearness = track.nearness(base, goal.penalty, goal.lambdas)
    working = np.sort(strong_set(nearness, alive, goal.penalty))
    for _ in range(ROUNDS):
        small = restricted(sums, working)
        found = rowwise.solve(small, goal.of_features(working), base.among(working))
        full = scattered(found.coefs, working, base.coefs.shape[2])
        iterates = with_gradients(sums, Points(found.intercepts, full))
        outside = violators(iterates, goal, working)
        if not outside.size:
            break
        working = np.union1d(working, outside)
    return GroupResult(iterates, len(goal.lambdas), None)
