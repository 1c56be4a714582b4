"""Many sparse features: coordinate descent over their few entries, on sets that look ahead.

A Gram matrix of sparse features would be dense; a sweep over their entries is thousands of times
shorter. So lambdas are solved by Newton steps whose inner problem never leaves the columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regpath.core.penalty import Penalty
from regpath.core.solvers import working
from regpath.core.solvers.model import measured
from regpath.core.solvers.sparse_columns import LANES, solve_lanes
from regpath.core.solvers.sums import RowSums
from regpath.core.threads import n_threads, side_by_side

ROUGH = 3e-3  # violation relative to lambda at which the working set is looked at first
ROUNDS = 50  # of growing the working set


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
    columns = sums.design.X.tocsc()
    n_lambdas, p = len(lambdas), coefs.shape[1]
    all_intercepts, all_coefs = np.empty((n_lambdas, 1)), np.zeros((n_lambdas, 1, p))
    base = measured(sums, intercept[None], coefs[None])
    group = LANES * n_threads()
    speed = np.zeros(p)  # of the coefficients in -log lambda, at the last two points
    for low in range(0, n_lambdas, group):
        here = slice(low, min(low + group, n_lambdas))
        lam, target = lambdas[here], targets[here]
        chosen = working.likely(base, penalty, 2.0 * lam[-1] - before)
        b0 = np.tile(base.intercepts, (len(lam), 1))
        b = base.coefs + np.log(before / lam)[:, None, None] * speed
        b[b * base.coefs <= 0.0] = 0.0
        # Who is missing shows long before the last digit does.
        goal = np.maximum(target, ROUGH * lam)
        for _ in range(ROUNDS):
            _refine(sums, columns, penalty, chosen, b0, b, lam, goal)
            points = measured(sums, b0, b)
            outside = working.objecting(points, penalty, lam, goal, chosen)
            if outside.size:
                chosen = np.union1d(chosen, outside)
            elif (goal > target).any():
                goal = target
            else:
                break
        all_intercepts[here], all_coefs[here] = b0, b
        if len(lam) > 1:
            speed = (b[-1, 0] - b[-2, 0]) / np.log(lam[-2] / lam[-1])
        base, before = points.at(np.array([-1])), lam[-1]
    return all_intercepts, all_coefs


def _refine(
    sums: RowSums,
    columns: Any,
    penalty: Penalty,
    chosen: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> None:
    """Minimise over the features `chosen` at each lambda, in place."""
    few = columns[:, chosen]
    design = sums.design
    y, weights = np.ascontiguousarray(sums.Y[:, 0]), np.array(sums.models.weights)
    starts, rows = few.indptr.astype(np.int64), few.indices.astype(np.uint32)
    mean, inverse, factors = design.mean[chosen], design.inverse[chosen], penalty.factors[chosen]

    def work(part: slice) -> None:
        count = len(lambdas[part])
        # Lanes without a lambda of their own repeat the last one.
        lanes = np.minimum(np.arange(LANES), count - 1)
        lam = lambdas[part][lanes]
        b0 = intercepts[part][lanes, 0]
        b = np.ascontiguousarray(coefs[part][:, 0, chosen][lanes].T)
        solve_lanes(
            starts,
            rows,
            few.data,
            mean,
            inverse,
            factors,
            y,
            weights,
            lam * penalty.l1_ratio,
            lam * (1.0 - penalty.l1_ratio),
            sums.family.name == "binomial",
            b0,
            b,
            targets[part][lanes],
        )
        intercepts[part, 0] = b0[:count]
        found = np.zeros((count, coefs.shape[2]))
        found[:, chosen] = b.T[:count]
        coefs[part, 0] = found

    side_by_side(work, [slice(low, low + LANES) for low in range(0, len(lambdas), LANES)])
