"""Many lambdas at once: active-set steps, corrected by what they teach.

Each point of a group of neighbouring lambdas takes semismooth quasi-Newton steps in an orthant of
its own (`orthants`), from exact gradients: one product with the data serves all points. What the
steps start from, a first guess of second derivatives, is the business of `factored` and `diagonal`.

Variables are counted as (1 + p) K: the K intercepts first, then each feature's K coefficients.

Reference: Hintermuller, Ito and Kunisch (2002), The primal-dual active set strategy as a
semismooth Newton method.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.objective import inverted
from regpath.core.solvers.kernels import lbfgs as teaching
from regpath.core.solvers.kernels import orthants
from regpath.core.solvers.sums import RowSums

SURE = 30.0  # how much a step is trusted to gain without being checked
LEAST = 0.1  # share of a step that is worth while
NEAR = 1e-4  # violation relative to lambda that may be rounding


class Crowd(ABC):
    """m points on their way to the solutions at their lambdas; `refine` moves them.

    Parameters
    ----------
    sums : RowSums
        Of the features in play, c of them.
    goal : Goal
        For these features, m lambdas.
    points : Points
        Where the m points begin.
    """

    memory = 6  # steps that a point remembers
    max_rounds: int
    stuck_after: int  # rounds without gain after which a point stays what it is

    def __init__(
        self,
        sums: RowSums,
        goal: Goal,
        points: Points,
    ) -> None:
        intercepts, coefs = points
        lambdas, penalty = goal.lambdas, goal.penalty
        self.sums, self.penalty, self.lambdas, self.targets = sums, penalty, lambdas, goal.targets
        self.n_outputs = intercepts.shape[1]
        factors = np.repeat(np.append(0.0, penalty.factors), self.n_outputs)
        self.l1 = penalty.l1_ratio * factors
        self.l2 = (1.0 - penalty.l1_ratio) * factors
        full = np.concatenate([intercepts[:, None], coefs.transpose(0, 2, 1)], axis=1)
        self.b = np.ascontiguousarray(full.reshape(len(lambdas), -1))
        m, shape = len(lambdas), self.b.shape
        self.old, self.old_slope = self.b.copy(), np.zeros(shape)
        self.slope, self.sign = np.zeros(shape), np.zeros(shape)
        self.active = np.zeros(shape, dtype=bool)
        self.moved = np.zeros(m, dtype=bool)
        self.moves, self.bends = np.zeros((2, m, self.memory, shape[1]))
        self.count, self.first = np.zeros((2, m), dtype=np.int64)
        self.shares = np.zeros((m, self.memory))
        self.weight = np.ones(shape[1])  # of each variable's violation
        self.size, self.back, self.drop = np.full((3, m), np.inf)
        self.best, self.stalls = np.full(m, np.inf), np.zeros(m, dtype=int)
        self.nearest = self.b.copy()
        # Whether the last step guessed an orthant; whether that led astray, and whether any did.
        self.guessed, self.astray, self.doubted = np.zeros((3, m), dtype=bool)

    @property
    def intercepts(self) -> np.ndarray:
        """Shape (m, K)."""
        return self.b[:, : self.n_outputs]

    @property
    def coefs(self) -> np.ndarray:
        """Shape (m, K, c)."""
        return self._coefs(self.b)

    @property
    def points(self) -> Points:
        """Where they are."""
        return Points(self.intercepts, self.coefs)

    @property
    def stuck(self) -> np.ndarray:
        """Which points do not come nearer any more, shape (m,)."""
        return self.stalls > self.stuck_after

    def _coefs(self, b: np.ndarray) -> np.ndarray:
        return b[:, self.n_outputs :].reshape(len(b), -1, self.n_outputs).transpose(0, 2, 1)

    def refine(self, likely: np.ndarray) -> np.ndarray:
        """Step until every point meets its target; which are there, or next to it, at the end.

        `likely` (V,) says which variables may come alive soon.
        """
        live = np.arange(len(self.lambdas))
        done = np.zeros(len(live), dtype=bool)
        last = np.full(len(self.lambdas), np.inf)
        for turn in range(self.max_rounds):
            self._measure(live)
            size = self.size[live]
            gained = size < 0.9 * self.best[live]
            far = self.back[live] < -0.5 * self.drop[live]
            # A proximal step that leads too far has not failed: it is only too long.
            waits = far & ~self.guessed[live]
            self.stalls[live] = np.where(gained, 0, self.stalls[live] + ~waits)
            nearer = size < self.best[live]
            self.best[live[nearer]] = size[nearer]
            self.nearest[live[nearer]] = self.b[live[nearer]]
            ended = (size <= self.targets[live]) | self.stuck[live]
            far &= ~ended
            self._step_back(live[far])
            rate = np.maximum(size / last[live], 1e-3)
            enough = np.isfinite(last[live]) & (SURE * rate * size <= self.targets[live])
            enough &= ~far & ~self.doubted[live]
            last[live] = np.where(far, last[live], size)
            going = live[~ended & ~far]
            if not np.isfinite(size).all():
                break
            if going.size:
                self._step(going, turn, likely)
            done[live] = (
                size <= np.maximum(self.targets[live], NEAR * self.lambdas[live])
            ) | enough
            live = live[~ended & ~enough]
            if not live.size:
                break
        self.b[~done] = self.nearest[~done]
        return done

    def violation(self, z: np.ndarray, slope: np.ndarray) -> np.ndarray:
        """How far points (m,) are from the optimum: gradients z (m, K, c) and slope (m, K)."""
        violation = self.penalty.violation(z, self.coefs, self.lambdas)
        balance = (self.weight[: self.n_outputs] * np.abs(slope)).max(axis=1)
        return np.asarray(np.maximum(violation, balance))

    def _measure(self, live: np.ndarray) -> None:
        b = self.b[live]
        z, slope = self.sums.gradient(
            b[:, : self.n_outputs], self._coefs(b), np.zeros(len(live), dtype=np.intp)
        )
        self.slope[live, : self.n_outputs] = -slope
        self.slope[live, self.n_outputs :] = -z.transpose(0, 2, 1).reshape(len(live), -1)
        orthants.look(
            live,
            self.n_outputs,
            self.b,
            self.slope,
            self.old,
            self.lambdas,
            self.l1,
            self.l2,
            self.weight,
            self.sign,
            self.active,
            self.size,
            self.back,
        )

    def _step_back(self, far: np.ndarray) -> None:
        """The objective is convex: where the way back goes down steeply, it was too far."""
        if far.size:
            drop = self.drop[far]
            keep = np.clip(drop / (drop - self.back[far]), 0.0, 0.7)
            # Singular second derivatives make guesses lead anywhere.
            astray = self.guessed[far] & (keep < LEAST)
            keep = np.where(astray, 0.0, np.maximum(keep, LEAST))
            self.astray[far] = astray
            self.doubted[far] |= astray
            self.drop[far] *= keep
            self.b[far] += (1.0 - keep)[:, None] * (self.old[far] - self.b[far])

    def _step(self, live: np.ndarray, turn: int, likely: np.ndarray) -> None:
        lost = self._prepare(live, turn, likely)
        start, slope = self.b[live].copy(), self.slope[live].copy()
        astray = self.astray[live]
        taught = live[self.moved[live] & ~astray]
        memory = self.moves, self.bends, self.count, self.first
        teaching.learn(taught, self.b, self.slope, self.old, self.old_slope, *memory)
        # Where guessing the orthant has failed, a model of the objective knows better.
        lost = (lost & (self.size[live] > NEAR * self.lambdas[live])) | astray
        self._step_within_orthants(live[~lost])
        self.old[live], self.old_slope[live] = start, slope
        self._look_down(live)
        # Nor does a step within an orthant always lead down, once it stops at zeros.
        lost |= ~(self.drop[live] > 0.0)
        if lost.any():
            some = live[lost]
            self.b[some] = self.old[some]
            self._step_across(some)
            self._look_down(some)
        self.guessed[live], self.astray[live], self.moved[live] = ~lost, False, True

    def _look_down(self, live: np.ndarray) -> None:
        orthants.steepness(live, self.b, self.old, self.old_slope, self.lambdas, self.l1, self.drop)

    @abstractmethod
    def _prepare(self, live: np.ndarray, turn: int, likely: np.ndarray) -> np.ndarray:
        """Get ready for a step of the points `live`; which of them have lost their way."""

    @abstractmethod
    def _step_within_orthants(self, live: np.ndarray) -> None:
        """Move points within their orthants."""

    @abstractmethod
    def _step_across(self, live: np.ndarray) -> None:
        """Move points downhill for certain, if not too far: a proximal step."""

    def _weigh_intercepts(self, corner: np.ndarray) -> None:
        """Let an imbalance of residuals count as much as it costs a dual point, which has none.

        Where rows hardly bend the loss, balancing moves all gradients by that much. `corner`
        (C, K, K) holds second derivatives in the intercepts.
        """
        inverse = np.diagonal(inverted(corner), axis1=1, axis2=2).max()
        ratio = self.sums.family.largest_curvature * float(inverse)
        self.weight[: self.n_outputs] = np.sqrt(max(ratio, 1.0))
