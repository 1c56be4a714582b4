"""A batch on one Cholesky factor: second derivatives near its middle serve all its points.

A handful of rounds, each with one short product, replace a factor for every point and round.
"""

from __future__ import annotations

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers.kernels.lbfgs import first_loop, second_loop
from regpath.core.solvers.kernels.orthants import (
    hold_at_rest,
    proximal_step,
    take_step,
    write_descent,
)
from regpath.core.solvers.ledger import StepRules
from regpath.core.solvers.model import SMALL
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.cholesky import Factor
from regpath.core.solvers.working_set.partial_hessian import partial_hessian
from regpath.core.solvers.working_set.quasi_newton import QuasiNewtonBatch
from regpath.core.threads import shares, side_by_side

RENEW = 12  # rounds after which second derivatives are measured anew, where points still move
DEAR, PATIENCE = 400, 3  # variables that make proximal steps dear, and guesses allowed there


class Factored(QuasiNewtonBatch):
    """See `QuasiNewtonBatch`; `factor` holds second derivatives near these points, if known."""

    max_rounds = 40
    rules = StepRules(margin=30.0, gain=0.9, over_best=True, patience=9)

    def __init__(
        self, sums: RowSums, goal: Goal, points: Points, factor: Factor | None = None
    ) -> None:
        super().__init__(sums, goal, points)
        self.factor = factor
        self.ridge = goal.lambdas[len(goal.lambdas) // 2] * self.net.l2

    def _prepare(self, live: np.ndarray, turn: int, likely: np.ndarray) -> np.ndarray:
        needed = self.state.active[live].any(axis=0)
        if self.factor is None or (turn > 0 and turn % RENEW == 0):
            middle = live[live.size // 2]
            self.ridge = self.net.lambdas[middle] * self.net.l2
            ids, place = np.flatnonzero(needed | (likely & self.felt)), self.state.b[middle].copy()
            self.factor = Factor(self._hessian, place, self.ridge, ids)
            self.pairs.stored[:] = 0
            self._weigh_intercepts(self._corner(self.factor)[None])
        self.factor.cover(self._hessian, needed, self.ridge)
        self.factor.rest(self.state.active[live])
        few_guesses = PATIENCE if self.factor.ids.size > DEAR else 1
        return np.asarray(self.ledger.stalls[live] >= few_guesses)

    def _step_within_orthants(self, live: np.ndarray) -> None:
        factor, active = self._known, self.state.active
        step = np.empty((live.size, active.shape[1]))
        write_descent(live, step, self.state, self.net)
        first_loop(live, step, active, self.pairs)
        half = factor.half_solve(np.take(step, factor.ids, axis=1))
        if factor.resting.places.size:
            hold_at_rest(live, factor.ids, active, factor.resting, half)
        step[:] = 0.0
        step[:, factor.ids] = factor.other_half(half)
        second_loop(live, step, active, self.pairs)
        take_step(live, step, self.state)

    def _step_across(self, live: np.ndarray) -> None:
        factor = self._known
        matrix = np.ascontiguousarray(factor.matrix)

        def work(part: slice) -> None:
            proximal_step(live[part], factor.ids, matrix, self.state, self.net)

        side_by_side(work, shares(live.size, max(1, int(SMALL / (1 + len(matrix)) ** 3))))

    def _corner(self, factor: Factor) -> np.ndarray:
        """Second derivatives in the intercepts, which come first among the variables."""
        if self.n_outputs == 1:
            return factor.matrix[:1, :1]
        few = self.n_outputs - 1
        corner = np.empty((self.n_outputs, self.n_outputs))
        corner[1:, 1:] = factor.matrix[:few, :few]
        # The first output rests; softmax does not feel a step of all outputs together.
        corner[0, 1:] = corner[1:, 0] = -corner[1:, 1:].sum(axis=0)
        corner[0, 0] = -corner[0, 1:].sum()
        return corner

    @property
    def _known(self) -> Factor:
        assert self.factor is not None
        return self.factor

    def _hessian(self, b: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return partial_hessian(self.sums, self._points(b[None]), left, right)
