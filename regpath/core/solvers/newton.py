"""Proximal Newton steps for many lambdas at once, between second derivatives at a few.

A group of neighbouring lambdas starts from the quadratic model at the last solution. Second
derivatives at both ends of the group, blended in log lambda, serve every point of it, and each
step corrects them by how the gradient really changed (BFGS). The exact gradients of all points
come from one pass over the rows. A point that this does not bring nearer quickly gets second
derivatives of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.objective import Penalty
from regpath.core.solvers.model import Anchors, Models, Points, measured, slope_along
from regpath.core.solvers.sums import RowSums

MAX_ROUNDS = 80  # passes over the rows for one group
GROUP = 8  # lambdas that are solved together, to begin with; kernels like multiples of 8
LARGEST_GROUP = 16
ROUGH = 1e-3  # accuracy of predictions, relative to lambda: their models are not better
LOOK_AGAIN = 2  # the round in which the far end of a group is near enough to be measured anew
SLOW = 0.3  # a point whose violation shrinks by less than this gets second derivatives of its own
GIVE_UP = 5  # steps in a row, on its own second derivatives, that hardly help: rounding noise


@dataclass
class Batch:
    """C points on their way to the solutions at their lambdas; changed in place.

    `old` is where each point came from, if that is known. The second end of all blends is near
    the last point.
    """

    which: np.ndarray  # (C,) number of the model in RowSums.models
    lambdas: np.ndarray
    targets: np.ndarray
    intercepts: np.ndarray
    coefs: np.ndarray
    models: Models
    old: Points | None = None


def refine(sums: RowSums, penalty: Penalty, batch: Batch) -> tuple[Points, int]:
    """Step until every point meets its target or cannot come nearer; gradients and rounds."""
    count = len(batch.lambdas)
    curved = sums.family.name != "gaussian"
    now = Points(
        batch.intercepts, batch.coefs, np.zeros_like(batch.coefs), np.zeros_like(batch.intercepts)
    )
    old = Points(*(part.copy() for part in (batch.old or now)))
    moved = np.full(count, batch.old is not None)
    drop = np.full(count, np.inf)  # how steeply the last step went down
    last = np.full(count, np.inf)
    own = np.zeros(count, dtype=bool)
    stalls = np.zeros(count, dtype=int)
    todo = np.arange(count)
    rounds = 0
    while todo.size and rounds < MAX_ROUNDS:
        rounds += 1
        lambdas, targets = batch.lambdas[todo], batch.targets[todo]
        now.z[todo], now.slope[todo] = sums.gradient(
            now.intercepts[todo], now.coefs[todo], batch.which[todo]
        )
        here, before = now.at(todo), old.at(todo)
        violation = penalty.violation(here.z, here.coefs, lambdas)
        weight = batch.models.intercept_weight(todo, sums.family.largest_curvature)
        size = np.maximum(violation, weight * np.abs(here.slope).max(axis=1))
        ended = (size <= targets) | ~np.isfinite(size)
        far = np.zeros(todo.size, dtype=bool)
        if curved:
            shift, change = before.intercepts - here.intercepts, before.coefs - here.coefs
            back = slope_along(here, shift, change, penalty, lambdas)
            # The objective is convex: where the way back goes down steeply, it was too far.
            far = ~(back >= -0.5 * drop[todo]) & ~ended
            taught = moved[todo] & ~ended
            batch.models.learn(todo[taught], before.at(taught), here.at(taught))
            slow = ~far & ~ended & (size > SLOW * last[todo])
            stalls[todo] = np.where(slow & own[todo], stalls[todo] + 1, 0)
            ended |= stalls[todo] >= GIVE_UP
            if rounds == LOOK_AGAIN and not ended[-1] and not own[-1]:
                ahead = sums.curvature(now.intercepts[-1], now.coefs[-1], int(batch.which[-1]))
                batch.models.replace(batch.models.ends[-1, 1], Anchors.of([ahead]))
            fresh = todo[slow & ~ended]
            if fresh.size:
                curvatures = [
                    sums.curvature(now.intercepts[c], now.coefs[c], int(batch.which[c]))
                    for c in fresh
                ]
                batch.models.renew(fresh, Anchors.of(curvatures))
                own[fresh] = True
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
            shift, change = batch.models.steps(some, here, penalty, lambdas, 0.1 * targets[going])
            drop[some] = -slope_along(here, shift, change, penalty, lambdas)
            for was, part in zip(old, here, strict=True):
                was[some] = part
            now.intercepts[some] += shift
            now.coefs[some] += change
            moved[some] = True
        todo = todo[~ended]
    return now, rounds


def advance(
    sums: RowSums,
    penalty: Penalty,
    base: Points,
    anchors: Anchors,
    before: float,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> Batch:
    """A batch at `lambdas`, predicted from the one point `base`, the solution at `before`."""
    count = len(lambdas)
    every = np.arange(count)
    old = base.at(np.zeros(count, dtype=np.intp))
    models = Models(anchors, np.zeros((count, 2), dtype=np.int64), np.zeros(count))
    if sums.family.name == "gaussian":
        shift, change = models.steps(every, old, penalty, lambdas, 0.1 * targets, ahead=True)
    else:
        rough = ROUGH * lambdas
        shift, change = models.steps(every, old, penalty, lambdas, rough, ahead=True)
        end = sums.curvature((old.intercepts + shift)[-1], (old.coefs + change)[-1], 0)
        models.anchors = anchors.and_(Anchors.of([end]))
        models.ends[:, 1] = 1
        share = np.log(before / lambdas) / np.log(before / lambdas[-1])
        # Half way between both ends of a step, second derivatives are right to one order more.
        models.share = 0.5 * share
        shift, change = models.steps(every, old, penalty, lambdas, rough, ahead=True)
        models.share = share
    intercepts, coefs = old.intercepts + shift, old.coefs + change
    which = np.zeros(count, dtype=np.intp)
    return Batch(which, lambdas, targets, intercepts, coefs, models, old)


def solve(
    sums: RowSums,
    penalty: Penalty,
    intercept: np.ndarray,
    coefs: np.ndarray,
    before: float,
    lambdas: np.ndarray,
    targets: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve at each lambda, with every feature in play, from the solution at lambda `before`."""
    n_lambdas, (n_outputs, p) = len(lambdas), coefs.shape
    all_intercepts = np.empty((n_lambdas, n_outputs))
    all_coefs = np.empty((n_lambdas, n_outputs, p))
    base = measured(sums, intercept[None], coefs[None])
    anchors = Anchors.of([sums.curvature(intercept, coefs, 0)])
    low, group = 0, GROUP
    while low < n_lambdas:
        here = slice(low, min(low + group, n_lambdas))
        batch = advance(sums, penalty, base, anchors, before, lambdas[here], targets[here])
        points, rounds = refine(sums, penalty, batch)
        anchors = batch.models.anchors.only(batch.models.ends[-1:, 1])
        all_intercepts[here], all_coefs[here] = batch.intercepts, batch.coefs
        base, before = points.at(np.array([-1])), lambdas[here][-1]
        low, group = here.stop, next_group(group, rounds)
    return all_intercepts, all_coefs


def next_group(group: int, rounds: int) -> int:
    """Size of the next group of lambdas, from the rounds that this one took."""
    if rounds <= 5:
        return min(2 * group, LARGEST_GROUP)
    return max(group // 2, 2) if rounds > 8 else group


def refine_each(
    sums: RowSums,
    penalty: Penalty,
    lambdas: np.ndarray,
    targets: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
) -> Points:
    """Refine points of the only model from second derivatives at each of them."""
    every = np.arange(len(lambdas))
    curvatures = [sums.curvature(intercepts[c], coefs[c], 0) for c in every]
    ends = np.repeat(every[:, None], 2, axis=1).astype(np.int64)
    models = Models(Anchors.of(curvatures), ends, np.zeros(len(every)))
    batch = Batch(
        np.zeros(len(every), dtype=np.intp),
        lambdas,
        targets,
        intercepts.copy(),
        coefs.copy(),
        models,
    )
    return refine(sums, penalty, batch)[0]
