"""A whole path at once, for rows that are dear to pass over: all lambdas are one batch.

Where a pass over the rows costs more than everything that is done with its answer, as when they lie
in files or on other machines, groups of lambdas one after the other would take passes one after the
other. So all points start from a path that is near, such as that of a sample, and step together:
a pass gives the exact gradients of all of them. Second derivatives are measured at some of the
points, blended for the others, and corrected by each point's own steps (proximal Newton with BFGS).
After the first step they are measured once more, in the pass that gives the gradients anyway.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.row_data import DearRows, ModelSums, WarmStart
from regpath.core.solvers.hessians import Blend, ReducedHessians, interpolation
from regpath.core.solvers.model import Iterates, QuadraticModels
from regpath.core.solvers.newton_batch import INEXACT, NewtonBatch

TINY = np.finfo(float).tiny


def solve(
    data: DearRows,
    sums: ModelSums,
    goal: Goal,
    start: WarmStart,
    told: Callable[[float], None] | None = None,
) -> Points:
    """Points at each lambda of `goal`, from a start near all of them."""
    if told is not None:
        told(0.0)
    stepped = _stepped(goal, start)
    again = data.look_again(stepped, goal)
    if again is not None:
        start = _better(goal, start, again)
    batch = NewtonBatch(
        np.zeros(len(goal.lambdas), dtype=np.intp),
        goal,
        start.points.copy(),
        QuadraticModels(_blend(goal, start)),
        gradients=start.gradients,
        dear=True,
        told=told,
    )
    batch.refine(sums)
    return batch.points


def _stepped(goal: Goal, start: WarmStart) -> Points:
    """One step of every point, to the minimizers of the quadratic models at the start."""
    every = np.arange(len(goal.lambdas))
    here = Iterates(*start.points, *start.gradients)
    inexact = np.maximum(0.1 * goal.targets, INEXACT * _violation(goal, start))
    step = QuadraticModels(_blend(goal, start)).steps(every, here, goal.aiming(inexact))
    points = start.points
    return Points(points.intercepts + step.intercepts, points.coefs + step.coefs)


def _violation(goal: Goal, at: WarmStart) -> np.ndarray:
    z, slope = at.gradients
    violation = goal.penalty.violation(z, at.points.coefs, goal.lambdas)
    return np.asarray(np.maximum(violation, np.abs(slope).max(axis=1)))


def _better(goal: Goal, start: WarmStart, again: WarmStart) -> WarmStart:
    """The second look; but points that the step has not improved stay where they were."""
    worse = ~(_violation(goal, again) < _violation(goal, start))
    for new, old in (
        *zip(again.points, start.points, strict=True),
        *zip(again.gradients, start.gradients, strict=True),
    ):
        new[worse] = old[worse]
    return again


def _blend(goal: Goal, start: WarmStart) -> Blend:
    """Second derivatives of each point: those of three anchors around it, by log lambda."""
    depth, known = -np.log(goal.lambdas), -np.log(start.anchors)
    count = len(known)
    if count < 3:
        nodes = np.zeros((len(depth), 3), dtype=np.int64)
        nodes[:, 1:] = count - 1
        share = np.clip((depth - known[0]) / max(known[-1] - known[0], TINY), 0.0, 1.0)
        mix = np.stack([1.0 - share, share, np.zeros_like(share)], axis=1)
        return Blend(ReducedHessians.of(start.hessians), nodes, mix)
    middle = np.abs(depth[:, None] - known[1:-1]).argmin(axis=1) + 1
    nodes = middle[:, None] + np.array([-1, 0, 1])
    inside = np.clip(depth, known[0], known[-1])  # beyond the last one it is the best guess
    mix = np.empty((len(depth), 3))
    for k in np.unique(middle):
        here = middle == k
        mix[here] = interpolation(known[k - 1 : k + 2], inside[here])
    return Blend(ReducedHessians.of(start.hessians), nodes.astype(np.int64), mix)
