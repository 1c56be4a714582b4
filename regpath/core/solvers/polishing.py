"""Iterates that missed their goal are refined one by one, on second derivatives of their own."""

from __future__ import annotations

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers import rowwise
from regpath.core.solvers.model import Iterates, with_gradients
from regpath.core.solvers.newton_batch import cost_of, refine_each
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.screening import WorkingColumns, restricted, scattered

LARGEST_MATRIX = 1500  # coefficients in play whose second derivatives are measured at each step
ROUNDS = 50  # of features coming into play
MANY = 3000  # passes over the features that a point may take without a matrix: a guess


def polish_one_by_one(sums: RowSums, goal: Goal, points: Points, budget: float) -> Points:
    """Bring points, one for each lambda of `goal`, nearer to their targets.

    Stops once the steps have taken `budget` multiplications.
    """
    points, columns = points.copy(), WorkingColumns(sums)
    for k in range(len(goal.lambdas)):
        c = slice(k, k + 1)
        one, needed = goal.at(c), np.empty(0, dtype=np.intp)
        for _ in range(ROUNDS):
            here = with_gradients(sums, points.at(c))
            near = np.abs(here.z[0]).max(axis=0) >= one.penalty.box(one.lambdas)[0, 0]
            outside = np.setdiff1d(np.flatnonzero(near | here.coefs[0].any(axis=0)), needed)
            if not outside.size or budget < 0.0:
                break
            needed = np.union1d(needed, outside)
            columns.gather(needed)
            chosen = columns.features
            found, cost = _refined(columns, one.of_features(chosen), here.among(chosen))
            budget -= cost
            points.put(c, Points(found.intercepts, scattered(found.coefs, chosen, sums.p)))
    return points


def _refined(columns: WorkingColumns, goal: Goal, start: Iterates) -> tuple[Points, float]:
    """One point among the features in play, and about how many multiplications it took."""
    sums, (n_outputs, c) = columns.sums, start.coefs.shape[1:]
    if n_outputs * c <= LARGEST_MATRIX:
        found, rounds = refine_each(sums, goal, start.points)
        return found.points, rounds * cost_of(sums.design.n, found.coefs)
    cost = MANY * float(sums.design.X.nnz if columns.sparse else sums.design.n * n_outputs * c)
    if columns.sparse:
        batch = Diagonal(sums, goal, start.points)
        batch.refine(batch.state.active[0])
        return batch.points, cost
    dense = restricted(columns.whole, columns.features)
    return rowwise.solve(dense, goal, start), cost
