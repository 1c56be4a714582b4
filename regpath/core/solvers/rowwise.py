"""Many living features and few rows: coordinate descent by rows, then exact systems.

Where more coefficients live than a matrix over them could hold, the quadratic model of a Newton
step is minimized without ever forming it: sweeps of coordinate descent find who lives, and one
linear system, in as many unknowns as there are rows or living coefficients (whichever are fewer),
gives exact values.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from regpath.core.fit import FitData, Goal, Points
from regpath.core.objective import inverted
from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels.row_descent import descend_rows
from regpath.core.solvers.model import Iterates, measured, slope_along
from regpath.core.solvers.sums import RowSums

NEWTON_STEPS = 60
ROUNDS = 30  # of sweeps followed by an exact system
SWEEPS = 10
LARGEST = 6000  # unknowns of an exact system
PROXIMAL = 1e-10  # keeps singular systems solvable; its effect vanishes as the iterates settle
HALVINGS = 12


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
    penalty, lam, target = goal.penalty, goal.lambdas, float(goal.targets[0])
    best = np.inf
    stalls = 0
    for _ in range(NEWTON_STEPS):
        size = max(
            float(penalty.violation(here.z, here.coefs, lam)[0]), float(np.abs(here.slope).max())
        )
        stalls = stalls + 1 if size > 0.5 * best else 0
        best = min(best, size)
        if size <= target or stalls > 4:
            break
        inner = _Inner(sums.data, here, penalty, float(lam[0]))
        shift, change = inner.minimize(0.1 * min(size, max(target, 0.01 * size)))
        drop = -slope_along(here, shift, change, penalty, lam)
        keep = 1.0
        for _ in range(HALVINGS):
            moved = Points(here.intercepts + keep * shift, here.coefs + keep * change)
            there = measured(sums, moved)
            back = float(slope_along(there, -shift, -change, penalty, lam)[0])
            # The objective is convex: where the way back goes down steeply, it was too far.
            if back >= -0.5 * float(drop[0]) or sums.family.quadratic:
                break
            keep *= float(np.clip(drop[0] / (drop[0] - back), 0.1, 0.7))
        here = there
    return here


class _Inner:
    """The quadratic model of the loss at one point, plus the penalty, by rows."""

    def __init__(self, data: FitData, here: Iterates, penalty: Penalty, lam: float) -> None:
        Z, Y, weights, family = data.design.X, data.Y, data.weights, data.family
        self.Z, self.here = Z, here
        self.l1 = lam * penalty.l1_ratio * penalty.factors
        self.l2 = lam * (1.0 - penalty.l1_ratio) * penalty.factors
        coefs = here.coefs[0]
        alive = np.flatnonzero(coefs.any(axis=0))
        eta = Z[:, alive] @ coefs[:, alive].T + here.intercepts[0]
        mean = family.mean(data.with_offset(eta, slice(None)))
        self.many = coefs.shape[0] > 1
        share = mean if self.many else family.curvature(mean)[:, 0]
        self.share = np.ascontiguousarray((share * weights[:, None]).T)
        self.push = np.ascontiguousarray(((mean - Y) * weights[:, None]).T)
        self.root = _roots(mean if self.many else share, weights, self.many)

    def minimize(self, tol: float) -> tuple[np.ndarray, np.ndarray]:
        """Changes of intercepts (1, K) and coefs (1, K, p)."""
        old = self.here.coefs[0]
        b, shift = np.ascontiguousarray(old).copy(), np.zeros(len(old))
        columns = np.ascontiguousarray(self.Z.T)
        best = (np.inf, b, shift)
        for _ in range(ROUNDS):
            descend_rows(
                columns, self.push, self.share, float(self.many), old, b, shift, self.l1, self.l2,
                tol * tol, SWEEPS,
            )  # fmt: skip
            b, shift = self._settled(b, shift)
            wrong = self._violation(b, shift)
            if wrong < best[0]:
                best = (wrong, b.copy(), shift.copy())
            if wrong <= tol or wrong > 100.0 * best[0]:
                break
        _, b, shift = best
        return shift[None], (b - old)[None]

    def _violation(self, b: np.ndarray, shift: np.ndarray) -> float:
        change = (b - self.here.coefs[0]) @ self.Z.T + shift[:, None]
        bent = self.share * change
        if self.many:
            total = self.share.sum(axis=0)
            common = np.divide(bent.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
            bent = bent - self.share * common
        slope = (self.push + bent) @ self.Z + self.l2 * b
        alive = np.abs(slope + self.l1 * np.sign(b))
        wrong = np.where(b != 0.0, alive, np.maximum(np.abs(slope) - self.l1, 0.0))
        return float(max(wrong.max(), np.abs((self.push + bent).sum(axis=1)).max()))

    def _settled(self, b: np.ndarray, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Exact values on the support and signs of `b`; stops where a sign would change."""
        n_outputs = len(b)
        free = np.tile(self.l1 + self.l2 == 0.0, (n_outputs, 1))
        alive = (b != 0.0) & ~free
        k, j = np.nonzero(alive)
        unknowns = min(len(k), self.root.shape[0] * self.root.shape[1])
        if not len(k) or unknowns > LARGEST:
            return b, shift
        V = self._columns(k, j)
        base = self._free(free)
        gram = base.T @ base
        to_free = inverted(gram[None])[0]
        cross = base.T @ V
        V = V - base @ (to_free @ cross)
        fk, fj = np.nonzero(free)
        slope_free = np.concatenate([-self.here.slope[0], -self.here.z[0][fk, fj]])
        old = self.here.coefs[0]
        # Features that no longer live leave the model at minus their old value.
        gone = (old != 0.0) & ~alive & ~free
        rhs = self.here.z[0][k, j] + cross.T @ (to_free @ slope_free)
        rhs += V.T @ (V @ old[k, j])
        if gone.any():
            rhs += V.T @ (self._columns(*np.nonzero(gone)) @ old[gone])
        now = b[k, j]
        l1, l2 = self.l1[j], self.l2[j]
        proximal = PROXIMAL * (float((V * V).sum(axis=0).max()) + float(l2.max()))
        goal = _solve_ridge(V, l2 + proximal, rhs - l1 * np.sign(now) + proximal * now)
        if goal is None or not np.isfinite(goal).all():
            return b, shift
        cut = (now * goal <= 0.0) & (l1 > 0.0)
        step = float((now[cut] / (now[cut] - goal[cut])).min()) if cut.any() else 1.0
        new = now + step * (goal - now)
        if cut.any():
            stopped = cut & (now / np.where(cut, now - goal, 1.0) <= step)
            new[stopped] = 0.0
        result = b.copy()
        result[k, j] = new
        moved = np.zeros_like(b)
        moved[~free] = (result - old)[~free]
        mk, mj = np.nonzero(moved)
        image = self._columns(mk, mj) @ moved[mk, mj] if len(mk) else np.zeros(len(base))
        full = -to_free @ (slope_free + base.T @ image)
        if step == 1.0:
            result[fk, fj] = old[fk, fj] + full[n_outputs:]
            return result, full[:n_outputs]
        return result, shift

    def _columns(self, k: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Columns of the root of the second derivatives, shape (n K, number of coefficients)."""
        n = len(self.Z)
        return np.asarray(self.root[:, :, k] * self.Z[:, None, j]).reshape(
            n * len(self.root[0]), -1
        )

    def _free(self, free: np.ndarray) -> np.ndarray:
        """The same for intercepts, followed by features without a penalty."""
        n, width, n_outputs = self.root.shape
        k, j = np.nonzero(free)
        return np.hstack([self.root.reshape(n * width, n_outputs), self._columns(k, j)])


def _roots(mean: np.ndarray, weights: np.ndarray, many: bool) -> np.ndarray:
    """Roots R (n, K, K) of each row's weighted second derivatives R'R."""
    if not many:
        return np.sqrt(weights[:, None] * mean)[:, :, None]
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
