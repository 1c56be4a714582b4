"""Many living features and few rows: coordinate descent by rows, then exact systems.

Where more coefficients live than a matrix over them could hold, the quadratic model of a Newton
step is minimized without ever forming it: sweeps of coordinate descent find who lives, and one
linear system, in as many unknowns as there are rows or living coefficients (whichever are fewer),
gives exact values.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from regpath.core.fit import FitData, Goal, Points
from regpath.core.objective import inverted
from regpath.core.solvers.kernels.row_descent import RowQuadratic, descend_rows
from regpath.core.solvers.ledger import Ledger, StepRules
from regpath.core.solvers.model import Iterates, Step, slope_along, with_gradients
from regpath.core.solvers.sums import RowSums

NEWTON_STEPS = 60  # at the most; the proof judges what is reached
ROUNDS = 30  # of sweeps followed by an exact system
SWEEPS = 10  # of coordinate descent in one round
LARGEST = 6000  # unknowns of an exact system: its matrix takes 290 MB
PROXIMAL = 1e-10  # of the largest curvature: keeps singular systems solvable
WORSE = 100.0  # times the least violation: a round that leads there is the last one
# Of a step that was too far, and what each keeps at the least: where means are exponential, the
# slope out there says little of how far it was.
SHORTENINGS, SHORTEST = 12, 0.3
STEP_RULES = StepRules(margin=np.inf, gain=0.5, over_best=True, patience=5)


def solve(sums: RowSums, goal: Goal, start: Iterates) -> Points:
    """Points at each lambda in turn, from the one point `start`.

    `sums` must be of features in the penalty's coordinates, dense and column-major.
    """
    points = []
    here = start
    for c in range(len(goal.lambdas)):
        here = _point(sums, goal.at(slice(c, c + 1)), here)
        points.append(here.points)
    return Points(*(np.concatenate(parts) for parts in zip(*points, strict=True)))


def _point(sums: RowSums, goal: Goal, here: Iterates) -> Iterates:
    """Newton steps from `here` to the solution at the one lambda of `goal`."""
    ledger, every = Ledger(goal.targets, STEP_RULES), np.zeros(1, dtype=np.intp)
    for _ in range(NEWTON_STEPS):
        violation = goal.penalty.violation(here.z, here.coefs, goal.lambdas)
        size = np.maximum(violation, np.abs(here.slope).max(axis=1))
        ledger.count_stalls(every, size, np.ones(1, dtype=bool))
        if size[0] <= goal.targets[0] or ledger.stuck[0]:
            break
        exact = max(float(goal.targets[0]), 0.01 * float(size[0]))
        step = _RowModel(sums.data, here, goal).minimize(0.1 * min(float(size[0]), exact))
        ledger.drop[:] = -slope_along(here, step, goal)
        keep = 1.0
        for _ in range(SHORTENINGS):
            moved = here.intercepts + keep * step.intercepts, here.coefs + keep * step.coefs
            there = with_gradients(sums, Points(*moved))
            back = slope_along(there, Step(-step.intercepts, -step.coefs), goal)
            if sums.family.quadratic or not ledger.too_far(every, size, back)[0]:
                break
            keep *= float(ledger.share_to_keep(every, back, SHORTEST)[0])
        here = there
    return here


class _RowModel:
    """The quadratic model of the loss at one point, plus the penalty, by rows."""

    def __init__(self, data: FitData, here: Iterates, goal: Goal) -> None:
        penalty, lam, coefs = goal.penalty, float(goal.lambdas[0]), here.coefs[0]
        self.Z, self.here = data.design.X, here
        alive = np.flatnonzero(coefs.any(axis=0))
        eta = self.Z[:, alive] @ coefs[:, alive].T + here.intercepts[0]
        mean = data.family.mean(data.with_offset(eta, slice(None)))
        self.many = coefs.shape[0] > 1
        share = mean if self.many else data.family.curvature(mean)[:, 0]
        self.quadratic = RowQuadratic(
            np.ascontiguousarray(self.Z.T),
            np.ascontiguousarray(((mean - data.Y) * data.weights[:, None]).T),
            np.ascontiguousarray((share * data.weights[:, None]).T),
            float(self.many),
            np.array(coefs, order="C"),
            lam * penalty.l1_ratio * penalty.factors,
            lam * (1.0 - penalty.l1_ratio) * penalty.factors,
        )
        self.root = _roots(share, data.weights, self.many)
        free = self.quadratic.l1 + self.quadratic.l2 == 0.0
        self.free = np.tile(free, (len(coefs), 1))

    def minimize(self, tol: float) -> Step:
        """The change of the one point that minimizes it."""
        old = self.quadratic.old
        b, shift = old.copy(), np.zeros(len(old))
        best = (np.inf, b, shift)
        for _ in range(ROUNDS):
            descend_rows(self.quadratic, b, shift, tol * tol, SWEEPS)
            b, shift = self._settled(b, shift)
            wrong = self._violation(b, shift)
            if wrong < best[0]:
                best = (wrong, b.copy(), shift.copy())
            if wrong <= tol or wrong > WORSE * best[0]:
                break
        _, b, shift = best
        return Step(shift[None], (b - old)[None])

    def _violation(self, b: np.ndarray, shift: np.ndarray) -> float:
        """How far `b` and `shift` are from the minimizer of the model."""
        curvature, l1, l2 = self.quadratic.curvature, self.quadratic.l1, self.quadratic.l2
        change = (b - self.quadratic.old) @ self.Z.T + shift[:, None]
        curved = curvature * change
        if self.many:
            total = curvature.sum(axis=0)
            common = np.divide(curved.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
            curved = curved - curvature * common
        by_row = self.quadratic.slope + curved
        slope = by_row @ self.Z + l2 * b
        alive = np.abs(slope + l1 * np.sign(b))
        wrong = np.where(b != 0.0, alive, np.maximum(np.abs(slope) - l1, 0.0))
        return float(max(wrong.max(), np.abs(by_row.sum(axis=1)).max()))

    def _settled(self, b: np.ndarray, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Exact values on the support and signs of `b`; stops where a sign would change."""
        alive = (b != 0.0) & ~self.free
        k, j = np.nonzero(alive)
        if not len(k) or min(len(k), self.root.shape[0] * self.root.shape[1]) > LARGEST:
            return b, shift
        goal = self._minimizer(b, alive)
        if goal is None or not np.isfinite(goal).all():
            return b, shift
        now = b[k, j]
        cut = (now * goal <= 0.0) & (self.quadratic.l1[j] > 0.0)
        first = float((now[cut] / (now[cut] - goal[cut])).min()) if cut.any() else 1.0
        new = now + first * (goal - now)
        new[cut & (now / np.where(cut, now - goal, 1.0) <= first)] = 0.0
        result = b.copy()
        result[k, j] = new
        return self._with_free(result) if first == 1.0 else (result, shift)

    def _minimizer(self, b: np.ndarray, alive: np.ndarray) -> np.ndarray | None:
        """Minimizer over the coefficients `alive`, with their signs; what is free follows."""
        k, j = np.nonzero(alive)
        old, z = self.quadratic.old, self.here.z[0]
        V = self._columns(k, j)
        cross = self._base.T @ V
        V = V - self._base @ (self._to_free @ cross)
        rhs = z[k, j] + cross.T @ (self._to_free @ self._slope_free)
        rhs += V.T @ (V @ old[k, j])
        # Features that no longer live leave the model at minus their old value.
        gone = (old != 0.0) & ~alive & ~self.free
        if gone.any():
            rhs += V.T @ (self._columns(*np.nonzero(gone)) @ old[gone])
        now, l1, l2 = b[k, j], self.quadratic.l1[j], self.quadratic.l2[j]
        proximal = PROXIMAL * (float((V * V).sum(axis=0).max()) + float(l2.max()))
        return _solve_ridge(V, l2 + proximal, rhs - l1 * np.sign(now) + proximal * now)

    def _with_free(self, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Exact values of intercepts and features without a penalty, given the others."""
        old, n_outputs = self.quadratic.old, len(b)
        moved = np.where(self.free, 0.0, b - old)
        k, j = np.nonzero(moved)
        image = self._columns(k, j) @ moved[k, j] if len(k) else np.zeros(len(self._base))
        full = -self._to_free @ (self._slope_free + self._base.T @ image)
        b[self.free] = old[self.free] + full[n_outputs:]
        return b, full[:n_outputs]

    @cached_property
    def _base(self) -> np.ndarray:
        """Columns of the intercepts, followed by features without a penalty."""
        n, width, n_outputs = self.root.shape
        columns = self._columns(*np.nonzero(self.free))
        return np.hstack([self.root.reshape(n * width, n_outputs), columns])

    @cached_property
    def _to_free(self) -> np.ndarray:
        return np.asarray(inverted((self._base.T @ self._base)[None])[0])

    @cached_property
    def _slope_free(self) -> np.ndarray:
        """Gradients of the loss in what has no penalty."""
        return np.concatenate([-self.here.slope[0], -self.here.z[0][self.free]])

    def _columns(self, k: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Columns of the root of the second derivatives, shape (n K, number of coefficients)."""
        n = len(self.Z)
        return np.asarray(self.root[:, :, k] * self.Z[:, None, j]).reshape(
            n * len(self.root[0]), -1
        )


def _roots(mean: np.ndarray, weights: np.ndarray, many: bool) -> np.ndarray:
    """Roots R (n, K, K) of each row's weighted second derivatives R'R."""
    if not many:
        result: np.ndarray = np.sqrt(weights[:, None] * mean)[:, :, None]
        return result
    q = np.sqrt(mean)
    # diag(m) - mm' is diag(q) times a projection times diag(q).
    root = (np.eye(mean.shape[1]) - q[:, :, None] * q[:, None, :]) * q[:, None, :]
    return np.asarray(root * np.sqrt(weights)[:, None, None])


def _solve_ridge(V: np.ndarray, ridge: np.ndarray, rhs: np.ndarray) -> np.ndarray | None:
    """Solve (V'V + diag(ridge)) x = rhs in whichever of both spaces is smaller."""
    try:
        if V.shape[1] <= V.shape[0]:
            matrix = V.T @ V
            matrix[np.diag_indices_from(matrix)] += ridge
            factor = cho_factor(matrix, lower=True, overwrite_a=True, check_finite=False)
            return np.asarray(cho_solve(factor, rhs, check_finite=False))
        scaled = V / ridge
        matrix = scaled @ V.T
        matrix[np.diag_indices_from(matrix)] += 1.0
        factor = cho_factor(matrix, lower=True, overwrite_a=True, check_finite=False)
        return np.asarray((rhs - V.T @ cho_solve(factor, scaled @ rhs, check_finite=False)) / ridge)
    except LinAlgError:
        return None
