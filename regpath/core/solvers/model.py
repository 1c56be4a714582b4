"""Quadratic models of the loss around some points, and steps to their minimizers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.row_data import ModelSums
from regpath.core.solvers.hessians import Blend, ReducedHessians
from regpath.core.solvers.kernels.bfgs_quadratic import Blends, Steps, minimize_each
from regpath.core.threads import shares, side_by_side

MEMORY = 5  # pairs that a point remembers, to correct second derivatives with
SMALL = 1e6  # multiplications that are done sooner than handed to another thread


class Step(NamedTuple):
    """Changes of C points: of intercepts (C, K), and of coefs (C, K, p)."""

    intercepts: np.ndarray
    coefs: np.ndarray

    def at(self, chosen: np.ndarray) -> Step:
        """Those of some points."""
        return Step(self.intercepts[chosen], self.coefs[chosen])


class Iterates(NamedTuple):
    """C points on their way, with minus the gradients of the loss there, `z` and `slope`."""

    intercepts: np.ndarray  # (C, K)
    coefs: np.ndarray  # (C, K, p)
    z: np.ndarray  # (C, K, p)
    slope: np.ndarray  # (C, K)

    def at(self, chosen: np.ndarray | slice) -> Iterates:
        """Some of them."""
        return Iterates(*(part[chosen] for part in self))

    def among(self, features: np.ndarray) -> Iterates:
        """The same points, seen by some features alone."""
        coefs, z = self.coefs[:, :, features], self.z[:, :, features]
        return Iterates(self.intercepts, coefs, z, self.slope)

    @property
    def points(self) -> Points:
        """Without the gradients."""
        return Points(self.intercepts, self.coefs)

    def move(self, some: np.ndarray, step: Step, share: np.ndarray | float = 1.0) -> None:
        """Move some of the points by a share (C,) of their steps, in place."""
        share = np.asarray(share)
        self.intercepts[some] += share[..., None] * step.intercepts
        self.coefs[some] += share[..., None, None] * step.coefs


def with_gradients(sums: ModelSums, points: Points) -> Iterates:
    """Points of the only model of `sums`, with their gradients."""
    z, slope = sums.gradient(*points, np.zeros(len(points.coefs), dtype=np.intp))
    return Iterates(*points, z, slope)


class QuadraticModels:
    """One quadratic model for each of C points: shared second derivatives, corrected by BFGS.

    Parameters
    ----------
    blend : Blend
        What second derivatives the points start from; each corrects them by its own last steps.
    """

    def __init__(self, blend: Blend) -> None:
        self.blend = blend
        count, size = len(blend.nodes), blend.hessians.matrix.shape[1]
        self.s, self.y = np.zeros((2, count, MEMORY, size))
        self.n_pairs = np.zeros(count, dtype=np.int64)

    def store_pairs(self, chosen: np.ndarray, old: Iterates, new: Iterates) -> None:
        """Keep how the gradient changed between two places of each point; the oldest pair goes."""
        if not chosen.size:
            return
        to_intercept, _ = self.blend.intercept_parts(chosen)
        y = (old.z - new.z).reshape(len(chosen), -1)
        y -= np.einsum("ckj,ck->cj", to_intercept, old.slope - new.slope)
        full = chosen[self.n_pairs[chosen] == MEMORY]
        self.s[full, :-1] = self.s[full, 1:]
        self.y[full, :-1] = self.y[full, 1:]
        self.n_pairs[full] -= 1
        newest = self.n_pairs[chosen]
        self.s[chosen, newest] = (new.coefs - old.coefs).reshape(len(chosen), -1)
        self.y[chosen, newest] = y
        self.n_pairs[chosen] += 1

    def renew(self, chosen: np.ndarray, hessians: ReducedHessians) -> None:
        """Give some points second derivatives of their own, which need no correction yet."""
        self.blend.renew(chosen, hessians)
        self.n_pairs[chosen] = 0

    def steps(self, chosen: np.ndarray, points: Iterates, goal: Goal, chain: bool = False) -> Step:
        """Changes that minimize model plus penalty to the targets of `goal`, for some points.

        In a `chain`, all points are the same place, and the steps go to ever weaker penalties.
        """
        n_points, n_outputs, _ = points.coefs.shape
        to_intercept, inverse = self.blend.intercept_parts(chosen)
        slope = np.einsum("ckj,ck->cj", to_intercept, points.slope)
        slope -= points.z.reshape(n_points, -1)
        factors, l1_ratio = np.tile(goal.penalty.factors, n_outputs), goal.penalty.l1_ratio
        l1 = goal.lambdas[:, None] * l1_ratio * factors
        l2 = goal.lambdas[:, None] * (1.0 - l1_ratio) * factors
        start = points.coefs.reshape(n_points, -1)
        # Kernels take writable arrays only.
        steps = Steps(np.array(start), slope, l1, l2, np.array(goal.targets))
        nodes, mix = self.blend.nodes[chosen], self.blend.mix[chosen]
        pairs = self.s[chosen], self.y[chosen], self.n_pairs[chosen]

        def work(c: slice) -> None:
            own = (nodes[c], mix[c], *(part[c] for part in pairs))
            blends = Blends(self.blend.hessians.matrix, *own)
            minimize_each(blends, Steps(*(part[c] for part in steps)), chain)

        least = max(1, int(SMALL / (1 + start.shape[1]) ** 3))
        side_by_side(work, shares(n_points, least))
        change = steps.b - start
        shift = np.einsum("ckl,cl->ck", inverse, points.slope)
        shift -= np.einsum("ckj,cj->ck", to_intercept, change)
        return Step(shift, change.reshape(points.coefs.shape))


def slope_along(points: Iterates, step: Step, goal: Goal) -> np.ndarray:
    """Derivative of the objective at `points` in the direction of a step, shape (C,)."""
    penalty, lambdas = goal.penalty, goal.lambdas[:, None, None]
    l1 = lambdas * penalty.l1_ratio * penalty.factors
    l2 = lambdas * (1.0 - penalty.l1_ratio) * penalty.factors
    change = step.coefs
    kink = np.where(points.coefs != 0.0, np.sign(points.coefs) * change, np.abs(change))
    smooth = ((l2 * points.coefs - points.z) * change).sum(axis=(1, 2))
    smooth -= (points.slope * step.intercepts).sum(axis=1)
    return np.asarray(smooth + (l1 * kink).sum(axis=(1, 2)))
