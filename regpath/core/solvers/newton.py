"""Proximal Newton steps for many lambdas at once, between second derivatives at a few.

A group of neighbouring lambdas starts from the quadratic model at the last solution. Second
derivatives at both ends of the group, blended in log lambda, serve every point of it, and each
step corrects them by how the gradient really changed (BFGS). The exact gradients of all points
come from one pass over the rows. A point that this does not bring nearer quickly gets second
derivatives of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.penalty import Penalty
from regpath.core.solvers.model import Anchors, Iterates, Models, blend, measured, slope_along
from regpath.core.solvers.sums import RowSums

MAX_ROUNDS = 80  # passes over the rows for one group
GROUP = 8  # lambdas that are solved together, to begin with; kernels like multiples of 8
LARGEST_GROUP = 16
ROUGH = 1e-3  # accuracy of predictions, relative to lambda: their models are not better
DEAR = 30  # coefficients per point of a group; then second derivatives are measured rarely
LOOK_AGAIN = 2  # the round in which the far end of a group is near enough to be measured anew
INEXACT = 0.01  # accuracy of a step relative to the violation that it starts from
LEAST_RATE, SURE = 1e-3, 2.0  # how much a step is trusted to gain without being checked
SLOW = 0.3  # a point whose violation shrinks by less than this gets second derivatives of its own
STUCK, GIVE_UP = 0.7, 5  # so many steps in a row that hardly help are rounding noise


@dataclass
class Batch:
    """C points on their way to the solutions at their lambdas; changed in place.

    `old` is where each point came from, if that is known. `pivots` are the points near which the
    second ends of the blends were measured, before these points were known well.
    """

    which: np.ndarray  # (C,) number of the model in RowSums.models
    lambdas: np.ndarray
    targets: np.ndarray
    intercepts: np.ndarray
    coefs: np.ndarray
    models: Models
    old: Iterates | None = None
    pivots: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    known: tuple[np.ndarray, np.ndarray] | None = None  # z and slope at the start


def refine(sums: RowSums, penalty: Penalty, batch: Batch) -> tuple[Iterates, int]:
    """Step until every point meets its target or cannot come nearer; gradients and rounds."""
    count = len(batch.lambdas)
    curved = not sums.family.quadratic
    now = Iterates(
        batch.intercepts, batch.coefs, np.zeros_like(batch.coefs), np.zeros_like(batch.intercepts)
    )
    old = Iterates(*(part.copy() for part in (batch.old or now)))
    moved = np.full(count, batch.old is not None)
    drop = np.full(count, np.inf)  # how steeply the last step went down
    last = np.full(count, np.inf)
    own = np.zeros(count, dtype=bool)
    stalls = np.zeros(count, dtype=int)
    todo = np.arange(count)
    rounds = 0
    # Second derivatives of many coefficients cost many passes: then steps have to teach them.
    dear = batch.coefs[0].size > DEAR * count
    again, slower = (0, 2.0 * SLOW) if dear else (LOOK_AGAIN, SLOW)
    while todo.size and rounds < MAX_ROUNDS:
        rounds += 1
        lambdas, targets = batch.lambdas[todo], batch.targets[todo]
        if rounds == 1 and batch.known is not None:
            now.z[:], now.slope[:] = batch.known
        else:
            now.z[todo], now.slope[todo] = sums.gradient(
                now.intercepts[todo], now.coefs[todo], batch.which[todo]
            )
        here, before = now.at(todo), old.at(todo)
        violation = penalty.violation(here.z, here.coefs, lambdas)
        weight = batch.models.intercept_weight(todo, sums.family.largest_curvature)
        size = np.maximum(violation, weight * np.abs(here.slope).max(axis=1))
        broken = todo[~np.isfinite(size)]  # the last step led out of the range of numbers
        for part, was in zip(now, old, strict=True):
            part[broken] = was[broken]
        ended = (size <= targets) | ~np.isfinite(size)
        far = np.zeros(todo.size, dtype=bool)
        if curved:
            shift, change = before.intercepts - here.intercepts, before.coefs - here.coefs
            back = slope_along(here, shift, change, penalty, lambdas)
            # The objective is convex: where the way back goes down steeply, it was too far.
            far = ~(back >= -0.5 * drop[todo]) & ~ended
            taught = moved[todo] & ~ended & (not sums.cheap)
            batch.models.learn(todo[taught], before.at(taught), here.at(taught))
            slow = ~far & ~ended & (size > slower * last[todo])
            # On separable data a full Newton step shrinks the gradient by e, and no faster.
            stuck = ~far & own[todo] & (size > STUCK * last[todo])
            stalls[todo] = np.where(stuck, stalls[todo] + 1, 0)
            ended |= stalls[todo] >= GIVE_UP
            if rounds == again and not sums.cheap:
                _look_again(
                    sums, batch, now, np.intersect1d(batch.pivots, todo[~ended & ~own[todo]])
                )
            # Where second derivatives cost next to nothing, every step has its own.
            fresh = todo[(slow | sums.cheap) & ~far & ~ended]
            if fresh.size:
                where = (now.intercepts[fresh], now.coefs[fresh], batch.which[fresh])
                rough = not own[fresh].any()
                batch.models.renew(fresh, Anchors.of(sums.curvatures(*where, rough=rough)))
                own[fresh] = True
        # Steps shrink the violation at a steady rate, or better: one that will do is not checked.
        # The certificate checks them all; only pivots must be known exactly.
        rate = np.maximum(size / last[todo], LEAST_RATE)
        enough = np.isfinite(last[todo]) & ~far & (SURE * rate * size <= targets)
        enough &= ~np.isin(todo, batch.pivots)
        last[todo] = np.where(far, last[todo], size)
        going = ~ended & ~far
        if far.any():
            some = todo[far]
            keep = np.clip(drop[some] / (drop[some] - back[far]), 0.1, 0.7)
            drop[some] *= keep
            now.intercepts[some] += (1.0 - keep)[:, None] * shift[far]
            now.coefs[some] += (1.0 - keep)[:, None, None] * change[far]
        if going.any():
            some, here, lambdas = todo[going], here.at(going), lambdas[going]
            # A model that is a few per cent off need not be minimized to the last digit.
            tol = np.maximum(0.1 * targets[going], INEXACT * size[going])
            shift, change = batch.models.steps(some, here, penalty, lambdas, tol)
            drop[some] = -slope_along(here, shift, change, penalty, lambdas)
            for was, part in zip(old, here, strict=True):
                was[some] = part
            now.intercepts[some] += shift
            now.coefs[some] += change
            moved[some] = True
        todo = todo[~ended & ~enough]
    return now, rounds


def _look_again(sums: RowSums, batch: Batch, now: Iterates, pivots: np.ndarray) -> None:
    """Measure the far ends of blends anew."""
    for c in pivots:
        where = (now.intercepts[c], now.coefs[c], int(batch.which[c]))
        ahead = Anchors.of(sums.curvature(*where, rough=True)[None])
        batch.models.replace(batch.models.ends[c, 2], ahead)


class Place(NamedTuple):
    """Where a path stands: the last solution, its lambda, and second derivatives on the way.

    `anchors` holds one or two, of which the last belongs to this place and the first to the one
    before, at lambda `earlier`.
    """

    point: Iterates
    lam: float
    anchors: Anchors
    earlier: float


def advance(sums: RowSums, goal: Goal, place: Place) -> Batch:
    """A batch at the lambdas of `goal`, predicted from the one point at `place`."""
    penalty, lambdas, targets = goal.penalty, goal.lambdas, goal.targets
    count = len(lambdas)
    every = np.arange(count)
    old = place.point.at(np.zeros(count, dtype=np.intp))
    last = len(place.anchors.matrix) - 1
    models = Models(
        place.anchors,
        np.full((count, 3), last, dtype=np.int64),
        np.tile([1.0, 0.0, 0.0], (count, 1)),
    )
    if sums.family.quadratic:
        shift, change = models.steps(every, old, penalty, lambdas, 0.1 * targets, ahead=True)
    else:
        rough = ROUGH * lambdas
        shift, change = models.steps(every, old, penalty, lambdas, rough, ahead=True)
        where = ((old.intercepts + shift)[-1], (old.coefs + change)[-1], 0)
        end = Anchors.of(sums.curvature(*where, rough=True)[None])
        models.anchors = place.anchors.and_(end)
        models.ends = np.tile(np.array([0, last, last + 1], dtype=np.int64), (count, 1))
        nodes = -np.log([place.earlier, place.lam, lambdas[-1]])
        # A step feels the second derivatives on its whole way, not only those at its start.
        models.mix = blend(nodes, -np.log(lambdas), average=True)
        shift, change = models.steps(every, old, penalty, lambdas, rough, ahead=True)
        models.mix = blend(nodes, -np.log(lambdas))
    intercepts, coefs = old.intercepts + shift, old.coefs + change
    which = np.zeros(count, dtype=np.intp)
    return Batch(which, lambdas, targets, intercepts, coefs, models, old, every[-1:])


def solve(sums: RowSums, goal: Goal, start: Points, before: float) -> Points:
    """Solve at each lambda, with every feature in play, from the solution at lambda `before`."""
    n_lambdas = len(goal.lambdas)
    path = Points(*(np.empty((n_lambdas, *part.shape[1:])) for part in start))
    anchors = Anchors.of(sums.curvature(start.intercepts[0], start.coefs[0], 0)[None])
    place = Place(measured(sums, start), before, anchors, before)
    low, group = 0, GROUP
    while low < n_lambdas:
        here = slice(low, min(low + group, n_lambdas))
        batch = advance(sums, goal.at(here), place)
        points, rounds = refine(sums, goal.penalty, batch)
        path.put(here, Points(batch.intercepts, batch.coefs))
        place = moved_on(batch, points, place)
        low, group = here.stop, next_group(group, rounds)
    return path


def moved_on(batch: Batch, points: Iterates, place: Place) -> Place:
    """The place at the end of a batch."""
    end = batch.models.ends[-1]
    anchors = batch.models.anchors
    if end[1] == end[2]:  # the last point got second derivatives of its own
        return Place(points.at(np.array([-1])), batch.lambdas[-1], anchors.only(end[:1]), place.lam)
    kept = anchors.only(end[1:])
    return Place(points.at(np.array([-1])), batch.lambdas[-1], kept, place.lam)


def next_group(group: int, rounds: int) -> int:
    """Size of the next group of lambdas, from the rounds that this one took."""
    if rounds <= 5:
        return min(2 * group, LARGEST_GROUP)
    return max(group // 2, 2) if rounds > 8 else group


def refine_each(sums: RowSums, goal: Goal, points: Points) -> tuple[Iterates, int]:
    """Refine points of the only model from second derivatives at each of them; also the rounds."""
    every = np.arange(len(goal.lambdas))
    which = np.zeros(len(every), dtype=np.intp)
    anchors = Anchors.of(sums.curvatures(*points, which))
    ends = np.repeat(every[:, None], 3, axis=1).astype(np.int64)
    models = Models(anchors, ends, np.tile([1.0, 0.0, 0.0], (len(every), 1)))
    batch = Batch(which, goal.lambdas, goal.targets, *points.copy(), models)
    return refine(sums, goal.penalty, batch)


def cost_of(n: int, coefs: np.ndarray) -> float:
    """Multiplications of a step of C points (C, K, p), each on second derivatives of its own."""
    size = float(coefs[0].size)
    return len(coefs) * size**2 * (n + size / 3.0)
