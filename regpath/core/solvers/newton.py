"""Newton along a path: groups of neighbouring lambdas, between second derivatives at a few.

A group starts from the quadratic model at the last solution. Second derivatives at both ends of
the group, blended in log lambda, serve every point of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.hessians import Blend, ReducedHessians, interpolation
from regpath.core.solvers.model import Iterates, QuadraticModels, with_gradients
from regpath.core.solvers.newton_batch import NewtonBatch

GROUP = 8  # lambdas that are solved together, to begin with; kernels like multiples of 8
# Lambdas together, after groups that needed few rounds; eight took 1.2 to 1.4 times as long.
LARGEST_GROUP = 16
# Passes of a group, up to which the next doubles, or is halved. Two in place of five took 1.5 times
# as long for 10 000 x 40, 1.1 for few rows.
FEW_ROUNDS, MANY_ROUNDS = 5, 8
ROUGH = 1e-3  # accuracy of predictions, relative to lambda: their models are not better


class PathPosition(NamedTuple):
    """Where a path stands: the last solution, its lambda, and second derivatives on the way.

    `hessians` holds one or two, of which the last belongs to this place and the first to the one
    before, at lambda `earlier`.
    """

    point: Iterates
    lam: float
    hessians: ReducedHessians
    earlier: float


def solve(
    sums: ModelSums,
    goal: Goal,
    start: Points,
    before: float,
    told: Callable[[float], None] | None = None,
) -> Points:
    """Solve at each lambda, with every feature in play, from the solution at lambda `before`."""
    n_lambdas = len(goal.lambdas)
    path = Points(*(np.empty((n_lambdas, *part.shape[1:])) for part in start))
    hessian = sums.curvature(start.intercepts[0], start.coefs[0], 0)
    known = ReducedHessians.of(hessian[None])
    position = PathPosition(with_gradients(sums, start), before, known, before)
    low, group = 0, GROUP
    while low < n_lambdas:
        if told is not None:
            told(low / n_lambdas)
        here = slice(low, min(low + group, n_lambdas))
        batch = ahead(sums, goal.at(here), position)
        iterates, rounds = batch.refine(sums)
        path.put(here, batch.points)
        position = _moved_on(batch, iterates, position)
        low, group = here.stop, next_group(group, rounds)
    return path


def ahead(sums: ModelSums, goal: Goal, position: PathPosition) -> NewtonBatch:
    """A batch at the lambdas of `goal`, predicted from the one point at `position`."""
    count = len(goal.lambdas)
    every = np.arange(count)
    old = position.point.at(np.zeros(count, dtype=np.intp))
    last = len(position.hessians.matrix) - 1
    models = QuadraticModels(Blend.plain(position.hessians, np.full(count, last)))
    if sums.family.quadratic:
        step = models.steps(every, old, goal.tighter(0.1), chain=True)
    else:
        rough = goal.aiming(ROUGH * goal.lambdas)
        step = models.steps(every, old, rough, chain=True)
        end = (old.intercepts + step.intercepts)[-1], (old.coefs + step.coefs)[-1]
        measured = ReducedHessians.of(sums.curvature(*end, 0, rough=True)[None])
        nodes = np.tile(np.array([0, last, last + 1], dtype=np.int64), (count, 1))
        at, depth = (
            -np.log([position.earlier, position.lam, goal.lambdas[-1]]),
            -np.log(goal.lambdas),
        )
        # A step feels the second derivatives on its whole way, not only those at its start.
        models.blend = Blend(
            position.hessians.and_(measured), nodes, interpolation(at, depth, average=True)
        )
        step = models.steps(every, old, rough, chain=True)
        models.blend.mix = interpolation(at, depth)
    points = Points(old.intercepts + step.intercepts, old.coefs + step.coefs)
    model = np.zeros(count, dtype=np.intp)
    return NewtonBatch(model, goal, points, models, old, pivots=every[-1:])


def _moved_on(batch: NewtonBatch, iterates: Iterates, position: PathPosition) -> PathPosition:
    """The position at the end of a batch."""
    blend = batch.models.blend
    end = blend.nodes[-1]
    # The last point may have got second derivatives of its own.
    kept = blend.hessians.only(end[:1] if end[1] == end[2] else end[1:])
    last = iterates.at(np.array([-1]))
    return PathPosition(last, batch.goal.lambdas[-1], kept, position.lam)


def next_group(group: int, rounds: int) -> int:
    """Size of the next group of lambdas, from the rounds that this one took."""
    if rounds <= FEW_ROUNDS:
        return min(2 * group, LARGEST_GROUP)
    return max(group // 2, 2) if rounds > MANY_ROUNDS else group
