"""Arrays in, arrays out: the only place that iterates. One file per regime, chosen here.

The layer law (docs/architecture.md) keeps problems, tables and paths out of here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regpath.core.families import Family
from regpath.core.fit import FitData, Goal, NullModel, Points
from regpath.core.penalty import Penalty
from regpath.core.row_data import DearRows, RowData

# Which way is taken where: figures are processor seconds of one core (benchmarks.thresholds).
FREE = 1e-13  # of the response's spread: gradient left to features without a penalty, at lambda_max
GRAM_FEATURES = 4000  # a p x p Gram matrix of this size takes 128 MB
# Features per row up to which a large Gram matrix still has the digits that a path ends with.
NEARLY_SQUARE = 0.8
# More coefficients than this make conjugate gradients the faster way. At 100 they took 0.5 times as
# long with 4 rows for each, 0.9 with 30 and 1.3 with 150; at 120 of four classes 1.9.
RIDGE_FEATURES = 150
BUDGET = 5e10  # multiplications that polishing a path may take: some seconds
# Up to this many coefficients, every feature is always in play. At 100 working sets took 0.7 times
# as long with 4 rows for each, 1.4 with 30, 1.5 with 150; at 220 every feature took three times.
ALL_FEATURES = 150
FOLD_FEATURES = 350  # up to this many, folds share passes over the rows
FOLD_ROWS = 10  # rows per coefficient, and per further class, at which that begins to pay
FEW = 60  # coefficients, with which it always does


@np.errstate(all="ignore")  # what is not finite is noticed, and is no proof
def solve_path(
    data: RowData, goal: Goal, null: NullModel, told: Callable[[float], None] | None = None
) -> Points:
    """Minimize the objective of `core.objective` at each lambda of `goal`.

    Parameters
    ----------
    data : RowData
    goal : Goal
        Its targets are wishes: the caller certifies what was reached.
    null : NullModel
        The solution at lambda = infinity, where the path starts.
    told : callable, default=None
        Told the share of the lambdas that is done; what it raises ends the work.

    Returns
    -------
    Points
        One for each lambda, in the coordinates of `data`.
    """
    # Compiled kernels take a moment to load: each regime loads its own.
    n, p, size = data.n, data.p, data.p * data.n_outputs
    penalty, arrays = goal.penalty, data.arrays
    tall = p <= (n if p <= ALL_FEATURES else NEARLY_SQUARE * n)
    if data.family.quadratic and tall and p <= GRAM_FEATURES:
        from regpath.core.solvers import gram

        return gram.solve(data.model_sums(), goal, null, told, arrays)
    ridge_pays = penalty.l1_ratio == 0.0 and (p > n or size > RIDGE_FEATURES)
    if ridge_pays and penalty.penalized.all() and arrays is not None:
        from regpath.core.solvers import ridge

        return ridge.solve(arrays, goal, null, told)
    if arrays is None and isinstance(data, DearRows):
        from regpath.core.solvers import whole_path

        near = data.warm_start(goal)
        if near is not None:
            return whole_path.solve(data, data.model_sums(), goal, near, told)
    # The lambda at which the null model is the solution.
    before = max(null.entry / max(penalty.l1_ratio, np.finfo(float).eps), goal.lambdas[0])
    if size <= ALL_FEATURES or arrays is None:
        from regpath.core.solvers import newton

        return newton.solve(data.model_sums(), goal, null.repeated(1), before, told)
    from regpath.core.solvers.sums import RowSums
    from regpath.core.solvers.working_set import solve as working_set

    return working_set.solve(RowSums.single(arrays), goal, null.repeated(1), before, told)


def folds_fit_together(family: Family, n: int, p: int, size: int, l1_ratio: float) -> bool:
    """Whether all folds of a problem with `size` coefficients can share passes over the rows."""
    if family.quadratic:
        return p <= min(GRAM_FEATURES, n // 2)
    if size > FEW and n < FOLD_ROWS * size * max(1, size // p - 1):
        return False
    return size <= (RIDGE_FEATURES if l1_ratio == 0.0 else FOLD_FEATURES) and p <= n // 2


@np.errstate(all="ignore")
def solve_free(data: FitData, free: np.ndarray) -> tuple[Points, float]:
    """Fit the features `free` without a penalty.

    Returns one point, and the violation that was reached, relative to the spread of the response.
    """
    from regpath.core.solvers.newton_batch import refine_each
    from regpath.core.solvers.sums import RowSums
    from regpath.core.solvers.working_set.screening import restricted

    small = restricted(RowSums.single(data), free)
    spread = float(np.sqrt((data.weights @ np.square(data.Y - data.weights @ data.Y)).max()))
    goal = Goal(np.ones(1), Penalty(1.0, np.zeros(free.size)), np.full(1, FREE * spread))
    start = Points(data.null_intercept()[None], np.zeros((1, data.n_outputs, free.size)))
    found, _ = refine_each(small, goal, start)
    coefs = np.zeros((1, data.n_outputs, data.p))
    coefs[:, :, free] = found.coefs
    violation = max(float(np.abs(found.z).max()), float(np.abs(found.slope).max()))
    return Points(found.intercepts, coefs), violation / spread


@np.errstate(all="ignore")
def polish(data: RowData, goal: Goal, points: Points) -> Points:
    """Bring points that missed their goal nearer to it, each on second derivatives of its own.

    Takes one point for each lambda of `goal`, and returns better ones. Points that no budget is
    left for stay as they are.
    """
    from regpath.core.solvers import polishing
    from regpath.core.solvers.newton_batch import cost_of, refine_each
    from regpath.core.solvers.sums import RowSums

    if points.coefs[0].size > ALL_FEATURES and data.arrays is not None:
        return polishing.polish_one_by_one(RowSums.single(data.arrays), goal, points, BUDGET)
    sums = data.model_sums()
    points, spent = points.copy(), 0.0
    few = 8 if data.arrays is not None else len(goal.lambdas)  # rows elsewhere: passes are dear
    for low in range(0, len(goal.lambdas), few):
        if spent > BUDGET:
            break
        c = slice(low, low + few)
        found, rounds = refine_each(sums, goal.at(c), points.at(c))
        points.put(c, Points(found.intercepts, found.coefs))
        spent += rounds * cost_of(data.n, found.coefs)
    if data.family.quadratic:
        from regpath.core.solvers import gram

        return gram.refined(sums, goal, points, data.arrays)
    return points


def warm_up() -> None:
    """Load every compiled kernel, and compile those that no cache holds."""
    from regpath.core.solvers import folds, gram, newton, ridge
    from regpath.core.solvers.working_set import solve as working_set

    assert all((folds, gram, newton, ridge, working_set))
