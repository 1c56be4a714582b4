"""A crowd whose second derivatives are known by their diagonals only, and by what steps teach.

For more living variables than a factor could hold: rounds are many, but each is two products
with the data, and sparse data make them short.
"""

from __future__ import annotations

import numpy as np

from regpath.core.solvers.kernels import lbfgs as teaching
from regpath.core.solvers.working_set.partial_hessian import curvature_diagonals
from regpath.core.solvers.working_set.quasi_newton import Crowd
from regpath.core.threads import shares, side_by_side

MEASURED = (0, 2, 6)  # rounds before which diagonals are measured
PATIENCE = 16  # rounds without gain before a proximal step
LEAST = 1e-12  # relative; keeps a diagonal positive


class Diagonal(Crowd):
    """See `Crowd`."""

    max_rounds, stuck_after = 500, 50
    diagonals: np.ndarray  # (m, V)

    def _prepare(self, live: np.ndarray, turn: int, likely: np.ndarray) -> np.ndarray:
        if turn == 0:
            self.diagonals = np.ones(self.b.shape)
        if turn in MEASURED:
            b = self.b[live]
            found = curvature_diagonals(self.sums, b[:, : self.n_outputs], self._coefs(b))
            few = found[:, : self.n_outputs]
            self._weigh_intercepts(few[:, :, None] * np.eye(self.n_outputs))
            found += self.lambdas[live, None] * self.l2
            self.diagonals[live] = np.maximum(found, LEAST * found.max(axis=1, keepdims=True))
        return np.asarray(self.stalls[live] % PATIENCE == PATIENCE - 1)

    def _step_within_orthants(self, live: np.ndarray) -> None:
        every = np.arange(self.b.shape[1])
        known = self.moves, self.bends, self.count, self.first, self.shares

        def work(part: slice) -> None:
            some = live[part]
            Q = np.empty((some.size, every.size))
            where = self.sign, self.active
            teaching.pull(some, every, self.slope, self.lambdas, self.l1, *where, *known, Q)
            teaching.spread(some, self.diagonals, self.active, *known[:4], Q)
            teaching.move(some, every, Q, self.b, *where, *known)

        side_by_side(work, shares(live.size, 1))

    def _step_across(self, live: np.ndarray) -> None:
        bend = self.diagonals[live]
        goal = self.b[live] - self.slope[live] / bend
        box = self.lambdas[live, None] * self.l1 / bend
        self.b[live] = np.sign(goal) * np.maximum(np.abs(goal) - box, 0.0)
        self.count[live] = 0
