"""Points that missed their goal are refined one by one, on second derivatives of their own."""

from __future__ import annotations

import numpy as np

from regpath.core.penalty import Penalty
from regpath.core.solvers import newton, rowwise
from regpath.core.solvers.model import Points, measured
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.working_columns import Members, restricted, spread

LARGEST_MATRIX = 1500  # coefficients in play whose second derivatives are measured at each step
ROUNDS = 50  # of features coming into play
MANY = 3000  # passes over the features that a point may take without a matrix: a guess


def polish(
    sums: RowSums,
    penalty: Penalty,
    lambdas: np.ndarray,
    targets: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    budget: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Bring points nearer to their targets; returns intercepts (L, K) and coefs (L, K, p).

    Stops once the steps have taken `budget` multiplications.
    """
    intercepts, coefs = intercepts.copy(), coefs.copy()
    members = Members(sums)
    for c in range(len(lambdas)):
        lam, target = lambdas[c : c + 1], targets[c : c + 1]
        needed = np.empty(0, dtype=np.intp)
        for _ in range(ROUNDS):
            here = measured(sums, intercepts[c : c + 1], coefs[c : c + 1])
            near = np.abs(here.z[0]).max(axis=0) >= penalty.box(lam)[0, 0]
            outside = np.setdiff1d(np.flatnonzero(near | here.coefs[0].any(axis=0)), needed)
            if not outside.size or budget < 0.0:
                break
            needed = np.union1d(needed, outside)
            members.gather(needed)
            chosen = members.features
            start = Points(
                here.intercepts, here.coefs[:, :, chosen], here.z[:, :, chosen], here.slope
            )
            some = Penalty(penalty.l1_ratio, penalty.factors[chosen])
            found, cost = _refined(members, some, lam, target, start)
            budget -= cost
            intercepts[c], coefs[c] = found[0][0], spread(found[1], chosen, coefs.shape[2])[0]
    return intercepts, coefs


def _refined(
    members: Members, penalty: Penalty, lam: np.ndarray, target: np.ndarray, start: Points
) -> tuple[tuple[np.ndarray, np.ndarray], float]:
    """One point among the features in play, and about how many multiplications it took."""
    sums, (n_outputs, c) = members.sums, start.coefs.shape[1:]
    if n_outputs * c <= LARGEST_MATRIX:
        points, rounds = newton.refine_each(
            sums, penalty, lam, target, start.intercepts, start.coefs
        )
        cost = rounds * newton.cost_of(sums.design.n, points.coefs)
        return (points.intercepts, points.coefs), cost
    cost = MANY * float(sums.design.X.nnz if members.sparse else sums.design.n * n_outputs * c)
    if members.sparse:
        crowd = Diagonal(sums, penalty, lam, target, start.intercepts, start.coefs)
        crowd.refine(crowd.active[0])
        return (crowd.intercepts, crowd.coefs), cost
    dense = restricted(members.whole, members.features)
    return rowwise.solve(dense, dense.design.X, penalty, start, lam, target), cost
