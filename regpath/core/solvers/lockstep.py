"""Newton in lockstep: many models on the same small data go down their paths side by side.

Where second derivatives at many points come from one short product (`ModelSums.cheap`), what a fit
costs is the number of calls. So the models share them: a group of lambdas of all models is one
batch of Newton steps, from the last solution of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers import newton
from regpath.core.solvers.hessians import Blend, ReducedHessians
from regpath.core.solvers.model import Iterates, QuadraticModels
from regpath.core.solvers.newton_batch import NewtonBatch


def solve(sums: ModelSums, goals: Sequence[Goal], starts: Points) -> list[Points]:
    """Solve every model of `sums` at each lambda.

    Parameters
    ----------
    sums : ModelSums
        Of M models.
    goals : sequence of Goal
        One for each model; they differ in their targets only.
    starts : Points
        Where each path begins, M points: its model without penalized features.
    """
    n_models, n_lambdas = len(starts.coefs), len(goals[0].lambdas)
    every = np.arange(n_models)
    paths = Points(*(np.empty((n_models, n_lambdas, *part.shape[1:])) for part in starts))
    ends = Iterates(*starts, *sums.gradient(*starts, every))
    hessians = ReducedHessians.of(sums.curvatures(*starts, every))
    low, group = 0, newton.GROUP
    while low < n_lambdas:
        here = slice(low, min(low + group, n_lambdas))
        batch = _ahead([goal.at(here) for goal in goals], ends, hessians)
        iterates, rounds = batch.refine(sums)
        count = here.stop - low
        for path, part in zip(paths, batch.points, strict=True):
            path[:, here] = part.reshape(n_models, count, *part.shape[1:])
        last = count * (every + 1) - 1
        ends = iterates.at(last)
        blend = batch.models.blend
        hessians = blend.hessians.only(blend.nodes[last, 0])
        low, group = here.stop, newton.next_group(group, rounds)
    return [paths.at(m) for m in range(n_models)]


def _ahead(goals: list[Goal], ends: Iterates, hessians: ReducedHessians) -> NewtonBatch:
    """A batch of all models at some lambdas, predicted from where each of them stands."""
    model = np.repeat(np.arange(len(goals)), len(goals[0].lambdas))
    old = ends.at(model)
    models = QuadraticModels(Blend.plain(hessians, model))
    goal = joined_goals(goals)
    rough = goal.aiming(newton.ROUGH * goal.lambdas)
    step = models.steps(np.arange(len(model)), old, rough)
    points = Points(old.intercepts + step.intercepts, old.coefs + step.coefs)
    return NewtonBatch(model, goal, points, models, old)


def joined_goals(goals: Sequence[Goal]) -> Goal:
    """The goals of several models one after the other, as one."""
    lambdas = np.concatenate([goal.lambdas for goal in goals])
    targets = np.concatenate([goal.targets for goal in goals])
    return replace(goals[0], lambdas=lambdas, targets=targets)
