"""A crowd on one Cholesky factor: second derivatives near its middle serve all its points.

A handful of rounds, each with one short product, replace a factor for every point and round.
"""

from __future__ import annotations

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.solvers.kernels import lbfgs as teaching
from regpath.core.solvers.kernels import orthants
from regpath.core.solvers.model import SMALL
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.cholesky import Factor
from regpath.core.solvers.working_set.partial_hessian import curvature_among
from regpath.core.solvers.working_set.quasi_newton import Crowd
from regpath.core.threads import shares, side_by_side

RENEW = 12  # rounds after which second derivatives are measured anew, where points still move
DEAR, PATIENCE = 400, 3  # variables that make proximal steps dear, and guesses allowed there


class Factored(Crowd):
    """See `Crowd`; `factor` holds second derivatives near these points, if some are known."""

    max_rounds, stuck_after = 40, 8

    def __init__(
        self, sums: RowSums, goal: Goal, points: Points, factor: Factor | None = None
    ) -> None:
        super().__init__(sums, goal, points)
        self.factor = factor
        self.ridge = self.lambdas[len(self.lambdas) // 2] * self.l2

    def _prepare(self, live: np.ndarray, turn: int, likely: np.ndarray) -> np.ndarray:
        needed = self.active[live].any(axis=0)
        if self.factor is None or (turn > 0 and turn % RENEW == 0):
            place = live[live.size // 2]
            self.ridge = self.lambdas[place] * self.l2
            ids = np.flatnonzero(needed | likely)
            self.factor = Factor(self._curvature, self.b[place].copy(), self.ridge, ids)
            self.count[:] = 0
            few = self.n_outputs
            self._weigh_intercepts(self.factor.matrix[None, :few, :few])
        self.factor.cover(self._curvature, needed, self.ridge)
        self.factor.rest(self.active[live])
        return np.asarray(self.stalls[live] >= (PATIENCE if self.factor.ids.size > DEAR else 1))

    def _step_within_orthants(self, live: np.ndarray) -> None:
        factor = self._known
        known = (self.moves, self.bends, self.count, self.first, self.shares)
        Q = np.empty((live.size, factor.ids.size))
        teaching.pull(
            live,
            factor.ids,
            self.slope,
            self.lambdas,
            self.l1,
            self.sign,
            self.active,
            *known,
            Q,
        )
        Y = factor.half_solve(Q)
        if factor.resting.size:
            resting = factor.resting, factor.half, factor.gram
            orthants.hold(live, factor.ids, self.active, *resting, Y)
        R = factor.other_half(Y)
        teaching.move(live, factor.ids, R, self.b, self.sign, self.active, *known)

    def _step_across(self, live: np.ndarray) -> None:
        factor = self._known
        matrix = np.ascontiguousarray(factor.matrix)

        def work(part: slice) -> None:
            orthants.descend(
                live[part],
                factor.ids,
                matrix,
                self.b,
                self.slope,
                self.lambdas,
                self.l1,
                self.l2,
                self.size,
            )

        side_by_side(work, shares(live.size, max(1, int(SMALL / (1 + len(matrix)) ** 3))))

    @property
    def _known(self) -> Factor:
        assert self.factor is not None
        return self.factor

    def _curvature(self, point: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        intercept, coefs = point[: self.n_outputs], self._coefs(point[None])[0]
        return curvature_among(self.sums, intercept, coefs, left, right)
