"""Quasi-Newton batches: many lambdas at once, orthant-wise steps, corrected by L-BFGS.

Each point of a group of neighbouring lambdas takes semismooth quasi-Newton steps in an orthant of
its own (`orthants`), from exact gradients: one product with the data serves all points. What the
steps start from, a first guess of second derivatives, is the business of `factored` and `diagonal`.

Variables are counted as (1 + p) K: the K intercepts first, then each feature's K coefficients.

Reference: Hintermuller, Ito and Kunisch (2002), The primal-dual active set strategy as a
semismooth Newton method.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.objective import inverted
from regpath.core.solvers.kernels.lbfgs import Pairs, store_pairs
from regpath.core.solvers.kernels.orthants import Net, State, find_drop, find_orthants
from regpath.core.solvers.ledger import Ledger, StepRules
from regpath.core.solvers.sums import RowSums

MEMORY = 6  # pairs that a point remembers
SHORTEST = 0.1  # share of a step that is worth while
NEAR = 1e-4  # violation relative to lambda that may be rounding


class QuasiNewtonBatch(ABC):
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

    max_rounds: ClassVar[int]
    rules: ClassVar[StepRules]

    def __init__(self, sums: RowSums, goal: Goal, points: Points) -> None:
        self.sums, self.goal = sums, goal
        intercepts, coefs = points
        m, self.n_outputs = intercepts.shape
        factors = np.repeat(np.append(0.0, goal.penalty.factors), self.n_outputs)
        l1_ratio = goal.penalty.l1_ratio
        b = np.concatenate([intercepts[:, None], coefs.transpose(0, 2, 1)], axis=1)
        self.state = State.at(np.array(b.reshape(m, -1), order="C"))
        self.net = Net(
            np.array(goal.lambdas),
            l1_ratio * factors,
            (1.0 - l1_ratio) * factors,
            np.ones(len(factors)),
        )
        # Softmax feels only differences of what has no penalty: the first output never moves.
        redundant = (factors == 0.0) & (np.arange(len(factors)) % self.n_outputs == 0)
        self.felt = ~redundant if self.n_outputs > 1 else np.ones(len(factors), dtype=bool)
        self.pairs = Pairs.none(m, MEMORY, len(factors))
        self.ledger = Ledger(np.array(goal.targets), self.rules, self.state.drop)
        self.nearest = self.state.b.copy()
        self.moved = np.zeros(m, dtype=bool)
        # Whether the last step guessed an orthant; whether that led astray, and whether any did.
        self.guessed, self.astray, self.doubted = np.zeros((3, m), dtype=bool)

    @property
    def points(self) -> Points:
        """Where they are: intercepts (m, K) and coefs (m, K, c)."""
        intercepts, coefs = self._points(self.state.b)
        if self.n_outputs > 1:  # what softmax does not feel is centred
            intercepts = intercepts - intercepts.mean(axis=1, keepdims=True)
            free = self.goal.penalty.factors == 0.0
            if free.any():
                coefs = coefs - free * coefs.mean(axis=1, keepdims=True)
        return Points(intercepts, coefs)

    def _points(self, b: np.ndarray) -> Points:
        coefs = b[:, self.n_outputs :].reshape(len(b), -1, self.n_outputs)
        return Points(b[:, : self.n_outputs], coefs.transpose(0, 2, 1))

    def aim(self, targets: np.ndarray) -> None:
        """Ask for other targets (m,), where the points are."""
        self.ledger.targets = targets

    def refine(self, likely: np.ndarray) -> np.ndarray:
        """Step until every point meets its target; which are there, or next to it, at the end.

        `likely` (V,) says which variables may come alive soon.
        """
        state, ledger = self.state, self.ledger
        live = np.arange(len(self.moved))
        done, trusted = np.zeros((2, len(live)), dtype=bool)
        ledger.last[:] = np.inf
        for turn in range(self.max_rounds):
            self._measure(live)
            size = state.size[live]
            nearer = live[size < ledger.best[live]]
            self.nearest[nearer] = state.b[nearer]
            far = ledger.too_far(live, size, state.back[live])
            # A proximal step that leads too far has not failed: it is only too long.
            ledger.count_stalls(live, size, ~far | self.guessed[live])
            ended, enough, _ = ledger.judge(live, size, far, self.doubted[live])
            if not np.isfinite(size).all():
                break
            self._step_back(live[far & ~ended])
            going = live[~ended & ~far]
            if going.size:
                self._step(going, turn, likely)
            near = size <= np.maximum(ledger.targets[live], NEAR * self.net.lambdas[live])
            done[live], trusted[live] = near | enough, enough
            live = live[~ended & ~enough]
            if not live.size:
                break
        # A step that nobody has measured counts only where its rate speaks for it.
        state.b[~trusted] = self.nearest[~trusted]
        return done

    def violation(self, z: np.ndarray, slope: np.ndarray) -> np.ndarray:
        """How far points (m,) are from the optimum: gradients z (m, K, c) and slope (m, K)."""
        violation = self.goal.penalty.violation(z, self.points.coefs, self.goal.lambdas)
        balance = (self.net.weight[: self.n_outputs] * np.abs(slope)).max(axis=1)
        return np.asarray(np.maximum(violation, balance))

    def _measure(self, live: np.ndarray) -> None:
        """Exact gradients, and what they say of orthants and violations."""
        where = self._points(self.state.b[live])
        z, slope = self.sums.gradient(*where, np.zeros(len(live), dtype=np.intp))
        self.state.slope[live, : self.n_outputs] = -slope
        self.state.slope[live, self.n_outputs :] = -z.transpose(0, 2, 1).reshape(len(live), -1)
        find_orthants(live, self.n_outputs, self.state, self.net)

    def _step_back(self, far: np.ndarray) -> None:
        """Keep a part of steps that went too far."""
        if far.size:
            state = self.state
            keep = self.ledger.share_to_keep(far, state.back[far], 0.0)
            # Singular second derivatives make guesses lead anywhere.
            astray = self.guessed[far] & (keep < SHORTEST)
            keep = np.where(astray, 0.0, np.maximum(keep, SHORTEST))
            self.astray[far] = astray
            self.doubted[far] |= astray
            state.drop[far] *= keep
            state.b[far] += (1.0 - keep)[:, None] * (state.old[far] - state.b[far])

    def _step(self, live: np.ndarray, turn: int, likely: np.ndarray) -> None:
        state = self.state
        lost = self._prepare(live, turn, likely)
        start, slope = state.b[live].copy(), state.slope[live].copy()
        astray = self.astray[live]
        taught = live[self.moved[live] & ~astray]
        change = state.b[taught] - state.old[taught], state.slope[taught] - state.old_slope[taught]
        store_pairs(taught, *change, self.pairs)
        # Where guessing the orthant has failed, a model of the objective knows better.
        lost = (lost & (state.size[live] > NEAR * self.net.lambdas[live])) | astray
        self._step_within_orthants(live[~lost])
        state.old[live], state.old_slope[live] = start, slope
        find_drop(live, state, self.net)
        # Nor does a step within an orthant always lead down, once it stops at zeros.
        lost |= ~(state.drop[live] > 0.0)
        if lost.any():
            some = live[lost]
            state.b[some] = state.old[some]
            self._step_across(some)
            find_drop(some, state, self.net)
        self.guessed[live], self.astray[live], self.moved[live] = ~lost, False, True

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
        ratio = self.sums.data.steepest * float(inverse)
        self.net.weight[: self.n_outputs] = np.sqrt(max(ratio, 1.0))
