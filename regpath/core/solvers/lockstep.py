"""Many models on the same small data march down their paths side by side.

Where second derivatives at many points come from one short product (`RowSums.cheap`), what a fit
costs is the number of calls. So the models share them: a group of lambdas of all models is one
batch of Newton steps, from the last solution of each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers import newton
from regpath.core.solvers.model import Anchors, Iterates, Models
from regpath.core.solvers.sums import RowSums


def solve(sums: RowSums, goals: Sequence[Goal], starts: Points) -> list[Points]:
    """Solve every model of `sums` at each lambda.

    Parameters
    ----------
    sums : RowSums
        Of M models.
    goals : sequence of Goal
        One for each model; they differ in their targets only.
    starts : Points
        Where each path begins, M points: its model without penalized features.
    """
    n_models, n_lambdas = len(starts.coefs), len(goals[0].lambdas)
    every = np.arange(n_models)
    paths = Points(*(np.empty((n_models, n_lambdas, *part.shape[1:])) for part in starts))
    place = Iterates(*starts, *sums.gradient(*starts, every))
    anchors = Anchors.of(sums.curvatures(*starts, every))
    low, group = 0, newton.GROUP
    while low < n_lambdas:
        here = slice(low, min(low + group, n_lambdas))
        batch = _ahead([goal.at(here) for goal in goals], place, anchors)
        points, rounds = newton.refine(sums, goals[0].penalty, batch)
        count = here.stop - low
        for path, part in zip(paths, points.points, strict=True):
            path[:, here] = part.reshape(n_models, count, *part.shape[1:])
        last = count * (every + 1) - 1
        place = points.at(last)
        anchors = batch.models.anchors.only(batch.models.ends[last, 0])
        low, group = here.stop, newton.next_group(group, rounds)
    return [paths.at(m) for m in range(n_models)]


def _ahead(goals: list[Goal], place: Iterates, anchors: Anchors) -> newton.Batch:
    """A batch of all models at some lambdas, predicted from the place of each."""
    n_models, count = len(goals), len(goals[0].lambdas)
    which = np.repeat(np.arange(n_models), count)
    old = place.at(which)
    models = Models(
        anchors,
        np.repeat(which[:, None], 3, axis=1).astype(np.int64),
        np.tile([1.0, 0.0, 0.0], (len(which), 1)),
    )
    lambdas = np.concatenate([goal.lambdas for goal in goals])
    targets = np.concatenate([goal.targets for goal in goals])
    rough = newton.ROUGH * lambdas
    shift, change = models.steps(np.arange(len(which)), old, goals[0].penalty, lambdas, rough)
    return newton.Batch(
        which, lambdas, targets, old.intercepts + shift, old.coefs + change, models, old
    )
