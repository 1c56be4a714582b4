"""A batch whose second derivatives are known by their diagonals only, and by what steps teach.

For more living variables than a factor could hold: rounds are many, but each is two products
with the data, and sparse data make them short.
"""

from __future__ import annotations

import numpy as np

from regpath.core.solvers.kernels.lbfgs import divide_by_diagonal, first_loop, second_loop
from regpath.core.solvers.kernels.orthants import take_step, write_descent
from regpath.core.solvers.ledger import StepRules
from regpath.core.solvers.working_set.partial_hessian import hessian_diagonals
from regpath.core.solvers.working_set.quasi_newton import QuasiNewtonBatch
from regpath.core.threads import shares, side_by_side

MEASURED = (0, 2, 6)  # rounds before which diagonals are measured
PATIENCE = 16  # rounds without gain before a proximal step
LEAST = 1e-12  # relative; keeps a diagonal positive


class Diagonal(QuasiNewtonBatch):
    """See `QuasiNewtonBatch`."""

    max_rounds = 500
    rules = StepRules(margin=30.0, gain=0.9, over_best=True, patience=51)
    diagonals: np.ndarray  # (m, V)

    def _prepare(self, live: np.ndarray, turn: int, likely: np.ndarray) -> np.ndarray:
        if turn == 0:
            self.diagonals = np.ones(self.state.b.shape)
        if turn in MEASURED:
            found = hessian_diagonals(self.sums, self._points(self.state.b[live]))
            few = found[:, : self.n_outputs]
            self._weigh_intercepts(few[:, :, None] * np.eye(self.n_outputs))
            found += self.net.lambdas[live, None] * self.net.l2
            self.diagonals[live] = np.maximum(found, LEAST * found.max(axis=1, keepdims=True))
        return np.asarray(self.ledger.stalls[live] % PATIENCE == PATIENCE - 1)

    def _step_within_orthants(self, live: np.ndarray) -> None:
        def work(part: slice) -> None:
            some, active = live[part], self.state.active
            step = np.empty((some.size, active.shape[1]))
            write_descent(some, step, self.state, self.net)
            first_loop(some, step, active, self.pairs)
            divide_by_diagonal(some, step, self.diagonals, active, self.pairs)
            second_loop(some, step, active, self.pairs)
            take_step(some, step, self.state)

        side_by_side(work, shares(live.size, 1))

    def _step_across(self, live: np.ndarray) -> None:
        state, net = self.state, self.net
        curvature = self.diagonals[live]
        goal = state.b[live] - state.slope[live] / curvature
        box = net.lambdas[live, None] * net.l1 / curvature
        state.b[live] = np.sign(goal) * np.maximum(np.abs(goal) - box, 0.0)
        self.pairs.stored[live] = 0
