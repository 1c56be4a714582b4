"""Proximal Newton steps of many points at once, on second derivatives that they share.

The exact gradients of all points come from one pass over the rows. Each step corrects the shared
second derivatives by how the gradient really changed (BFGS); a point that this does not bring
nearer quickly gets second derivatives of its own.

Reference: Lee, Sun and Saunders (2014), Proximal Newton-type methods for minimizing composite
functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.hessians import Blend, ReducedHessians
from regpath.core.solvers.ledger import Ledger, StepRules
from regpath.core.solvers.model import Iterates, QuadraticModels, Step, slope_along

MAX_ROUNDS = 80  # passes over the rows for one batch
DEAR = 30  # coefficients per point; with more, second derivatives are measured rarely
PIVOT_ROUND = 2  # the round in which a pivot is near enough for second derivatives there
INEXACT = 0.01  # accuracy of a step relative to the violation that it starts from
SLOW = 0.3  # rate of shrinking above which a point gets second derivatives of its own
SLOW_DEAR = 0.6  # the same where these are dear
SHORTEST = 0.1  # share of a step that is kept, at the least, where it was too far
# On separable data a full Newton step shrinks the gradient by e, and no faster: 0.37.
STEP_RULES = StepRules(margin=2.0, gain=0.7, over_best=False, patience=5)


@dataclass
class NewtonBatch:
    """C points on their way to the solutions at their lambdas; changed in place.

    Attributes
    ----------
    model : ndarray of int, shape (C,)
        Number of the model in the sums that each point belongs to.
    goal : Goal
        The lambda and the target of each point.
    points : Points
    models : QuadraticModels
    old : Iterates or None
        Where each point came from, if that is known.
    pivots : ndarray of int
        The points near which the second ends of the blends were measured, before these points
        were known well.
    gradients : tuple of ndarray of shape (C, K, p), (C, K), or None
        `z` and `slope` at the start, if they are known.
    dear : bool
        Whether a pass for second derivatives costs as much as one for all gradients.
    told : callable or None
        Told after each round the share of the points that are at their end.
    """

    model: np.ndarray
    goal: Goal
    points: Points
    models: QuadraticModels
    old: Iterates | None = None
    pivots: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    gradients: tuple[np.ndarray, np.ndarray] | None = None
    dear: bool = False
    told: Callable[[float], None] | None = None

    def refine(self, sums: ModelSums) -> tuple[Iterates, int]:
        """Step until every point is there or comes no nearer; gradients and rounds."""
        return _Refinement(sums, self).run()


def refine_each(sums: ModelSums, goal: Goal, points: Points) -> tuple[Iterates, int]:
    """Refine points of the only model from second derivatives at each of them; also the rounds."""
    every = np.arange(len(goal.lambdas))
    model = np.zeros(len(every), dtype=np.intp)
    hessians = ReducedHessians.of(sums.curvatures(*points, model))
    models = QuadraticModels(Blend.plain(hessians, every))
    return NewtonBatch(model, goal, points.copy(), models).refine(sums)


def cost_of(n: int, coefs: np.ndarray) -> float:
    """Multiplications of a step of C points (C, K, p), each on second derivatives of its own."""
    size = float(coefs[0].size)
    return len(coefs) * size**2 * (n + size / 3.0)


class _Refinement:
    """The rounds of one batch."""

    def __init__(self, sums: ModelSums, batch: NewtonBatch) -> None:
        self.sums, self.batch, self.models = sums, batch, batch.models
        coefs, count = batch.points.coefs, len(batch.points.coefs)
        self.curved = not sums.family.quadratic
        self.now = Iterates(*batch.points, *map(np.zeros_like, batch.points[::-1]))
        self.old = Iterates(*(part.copy() for part in (batch.old or self.now)))
        self.moved = np.full(count, batch.old is not None)
        self.own = np.zeros(count, dtype=bool)  # who has second derivatives of its own
        self.pivot = np.zeros(count, dtype=bool)
        self.pivot[batch.pivots] = True
        self.ledger = Ledger(batch.goal.targets, STEP_RULES)
        # Where they cost many passes, steps have to teach them.
        self.dear = batch.dear or coefs[0].size > DEAR * count

    def run(self) -> tuple[Iterates, int]:
        todo, ledger = np.arange(len(self.own)), self.ledger
        rounds = 0
        while todo.size and rounds < MAX_ROUNDS:
            rounds += 1
            goal, before = self.batch.goal.at(todo), self.old.at(todo)
            here, size = self._measure(todo, goal, rounds)
            way_back = Step(before.intercepts - here.intercepts, before.coefs - here.coefs)
            back = slope_along(here, way_back, goal)
            far = ledger.too_far(todo, size, back) & self.curved
            ledger.count_stalls(todo, size, self.own[todo] & ~far)
            ledger.stalls[todo[far]] = 0  # where means are exponential, many steps are shortened
            verdict = ledger.judge(todo, size, far, self.pivot[todo])
            if self.curved:
                taught = self.moved[todo] & ~verdict.ended & (not self.sums.cheap)
                self.models.store_pairs(todo[taught], before.at(taught), here.at(taught))
                self._renew(todo, ~far & ~verdict.ended, verdict.rate, rounds)
            if far.any():
                keep = ledger.share_to_keep(todo[far], back[far], SHORTEST)
                ledger.drop[todo[far]] *= keep
                self.now.move(todo[far], way_back.at(far), 1.0 - keep)
            going = ~verdict.ended & ~far
            if going.any():
                self._step(todo[going], here.at(going), goal.at(going), size[going])
            todo = todo[~verdict.ended & ~verdict.enough]
            if self.batch.told is not None:
                self.batch.told(1.0 - len(todo) / len(self.own))
        return self.now, rounds

    def _measure(self, todo: np.ndarray, goal: Goal, rounds: int) -> tuple[Iterates, np.ndarray]:
        """The points with their gradients, and how far each is from its optimum, shape (C,)."""
        now = self.now
        if rounds == 1 and self.batch.gradients is not None:
            now.z[:], now.slope[:] = self.batch.gradients
        else:
            where = now.intercepts[todo], now.coefs[todo], self.batch.model[todo]
            now.z[todo], now.slope[todo] = self.sums.gradient(*where)
        here = now.at(todo)
        violation = goal.penalty.violation(here.z, here.coefs, goal.lambdas)
        weight = self.models.blend.intercept_weight(todo, self.sums.steepest)
        size = np.maximum(violation, weight * np.abs(here.slope).max(axis=1))
        broken = todo[~np.isfinite(size)]
        if broken.size:  # the last step led out of the range of numbers
            for part, was in zip(now, self.old, strict=True):
                part[broken] = was[broken]
            here = now.at(todo)
        return here, size

    def _renew(self, todo: np.ndarray, going: np.ndarray, rate: np.ndarray, rounds: int) -> None:
        """Measure second derivatives anew where steps shrink the violation too slowly."""
        if rounds == PIVOT_ROUND and not self.dear and not self.sums.cheap:
            self._measure_pivots(todo[going & ~self.own[todo]])
        slow = rate > (SLOW_DEAR if self.dear else SLOW)
        # Where second derivatives cost next to nothing, every step has its own.
        fresh = todo[(slow | self.sums.cheap) & going]
        if fresh.size:
            where = self.now.intercepts[fresh], self.now.coefs[fresh], self.batch.model[fresh]
            rough = not self.own[fresh].any()
            hessians = self.sums.curvatures(*where, rough=rough)
            self.models.renew(fresh, ReducedHessians.of(hessians))
            self.own[fresh] = True

    def _measure_pivots(self, going: np.ndarray) -> None:
        """Measure the far ends of blends anew."""
        for c in going[self.pivot[going]]:
            where = self.now.intercepts[c], self.now.coefs[c], int(self.batch.model[c])
            ahead = ReducedHessians.of(self.sums.curvature(*where, rough=True)[None])
            self.models.blend.replace(self.models.blend.nodes[c, 2], ahead)

    def _step(self, some: np.ndarray, here: Iterates, goal: Goal, size: np.ndarray) -> None:
        # A model that is a few per cent off need not be minimized to the last digit.
        inexact = np.maximum(0.1 * goal.targets, INEXACT * size)
        step = self.models.steps(some, here, goal.aiming(inexact))
        self.ledger.drop[some] = -slope_along(here, step, goal)
        for was, part in zip(self.old, here, strict=True):
            was[some] = part
        self.now.move(some, step)
        self.moved[some] = True
