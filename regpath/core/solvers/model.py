"""Quadratic models of the loss around some points, and steps to their minimizers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.fit import Points
from regpath.core.objective import inverted
from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels.bfgs_quadratic import minimize_each
from regpath.core.solvers.sums import RowSums
from regpath.core.threads import shares, side_by_side

MEMORY = 5  # steps that a point remembers, to learn second derivatives from
SMALL = 1e6  # multiplications that are done sooner than handed to another thread


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


def measured(sums: RowSums, points: Points) -> Iterates:
    """Iterates of the only model of `sums`, with their gradients."""
    z, slope = sums.gradient(*points, np.zeros(len(points.coefs), dtype=np.intp))
    return Iterates(*points, z, slope)


class Anchors(NamedTuple):
    """Second derivatives at A points, with the intercepts minimized out.

    `matrix` (A, K p, K p); a change d of the coefficients moves the intercepts by
    -(inverse @ slope + to_intercept @ d), with `to_intercept` (A, K, K p) and `inverse` (A, K, K).
    """

    matrix: np.ndarray
    to_intercept: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, curvatures: np.ndarray) -> Anchors:
        """Anchors from second derivatives (A, K, p + 1, K, p + 1), as `RowSums` gives them."""
        count, n_outputs, wide = curvatures.shape[:3]
        size = n_outputs * (wide - 1)
        corner = curvatures[:, :, -1, :, -1]
        cross = curvatures[:, :, -1, :, :-1].reshape(count, n_outputs, size)
        inverse = inverted(corner)
        to_intercept = inverse @ cross
        matrix = curvatures[:, :, :-1, :, :-1].reshape(count, size, size)
        matrix = matrix - cross.transpose(0, 2, 1) @ to_intercept
        return cls(matrix, to_intercept, inverse)

    def and_(self, other: Anchors) -> Anchors:
        """The anchors of both."""
        return Anchors(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    def only(self, chosen: np.ndarray | slice) -> Anchors:
        """Some of them."""
        return Anchors(*(part[chosen] for part in self))


def blend(nodes: np.ndarray, at: np.ndarray, *, average: bool = False) -> np.ndarray:
    """Weights of three values at `nodes` (3,) that interpolate them, shape (C, 3).

    With `average`, of their mean between the middle node and `at` (C,). Nodes that coincide share
    the weight of a straight line through the others.
    """
    if average:
        middle = np.full_like(at, nodes[1])
        parts = [blend(nodes, x) for x in (middle, 0.5 * (middle + at), at)]
        return np.asarray((parts[0] + 4.0 * parts[1] + parts[2]) / 6.0)
    weights = np.zeros((len(at), 3))
    if nodes[0] == nodes[1]:
        share = (at - nodes[1]) / (nodes[2] - nodes[1])
        weights[:, 1], weights[:, 2] = 1.0 - share, share
        return weights
    for k in range(3):
        others = np.delete(nodes, k)
        weights[:, k] = np.prod((at[:, None] - others) / (nodes[k] - others), axis=1)
    return weights


class Models:
    """One quadratic model for each of C points: three anchors, blended, and what steps taught.

    Parameters
    ----------
    anchors : Anchors
    ends : ndarray of int, shape (C, 3)
    mix : ndarray of shape (C, 3)
        Point c uses the sum of mix[c, k] times anchor ends[c, k].
    """

    def __init__(self, anchors: Anchors, ends: np.ndarray, mix: np.ndarray) -> None:
        self.anchors, self.ends, self.mix = anchors, ends, mix
        size = anchors.matrix.shape[1]
        self.moves = np.zeros((len(ends), MEMORY, size))
        self.bends = np.zeros((len(ends), MEMORY, size))
        self.n_moves = np.zeros(len(ends), dtype=np.int64)

    def intercept_parts(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """`to_intercept` (C, K, K p) and `inverse` (C, K, K) of some points."""
        ends, mix = self.ends[chosen], self.mix[chosen, :, None, None]
        return (
            sum(mix[:, k] * self.anchors.to_intercept[ends[:, k]] for k in range(3)),
            sum(mix[:, k] * self.anchors.inverse[ends[:, k]] for k in range(3)),
        )

    def intercept_weight(self, chosen: np.ndarray, largest_curvature: float) -> np.ndarray:
        """How much an imbalance of the residuals counts beside a gradient, shape (C,).

        A dual point must be balanced; where rows hardly bend the loss that moves all gradients
        by this multiple of the imbalance, at the most.
        """
        diagonal = np.diagonal(self.anchors.inverse, axis1=1, axis2=2).max(axis=1)
        diagonal = diagonal[self.ends[chosen]].max(axis=1)
        return np.sqrt(np.maximum(largest_curvature * diagonal, 1.0))

    def learn(self, chosen: np.ndarray, old: Iterates, new: Iterates) -> None:
        """Remember how the gradient changed between two places of each point."""
        if not chosen.size:
            return
        to_intercept, _ = self.intercept_parts(chosen)
        bend = (old.z - new.z).reshape(len(chosen), -1)
        bend -= np.einsum("ckj,ck->cj", to_intercept, old.slope - new.slope)
        full = chosen[self.n_moves[chosen] == MEMORY]
        self.moves[full, :-1] = self.moves[full, 1:]
        self.bends[full, :-1] = self.bends[full, 1:]
        self.n_moves[full] -= 1
        place = self.n_moves[chosen]
        self.moves[chosen, place] = (new.coefs - old.coefs).reshape(len(chosen), -1)
        self.bends[chosen, place] = bend
        self.n_moves[chosen] += 1

    def renew(self, chosen: np.ndarray, anchors: Anchors) -> None:
        """Give some points an anchor of their own each; anchors without users are dropped."""
        stays = np.ones(len(self.ends), dtype=bool)
        stays[chosen] = False
        used = np.unique(self.ends[stays])
        numbers = np.zeros(len(self.anchors.matrix), dtype=np.int64)
        numbers[used] = np.arange(len(used))
        self.ends = numbers[self.ends]
        self.ends[chosen] = len(used) + np.arange(len(chosen))[:, None]
        self.mix[chosen] = [1.0, 0.0, 0.0]
        self.n_moves[chosen] = 0
        self.anchors = self.anchors.only(used).and_(anchors)

    def replace(self, anchor: int, new: Anchors) -> None:
        """Put other second derivatives in the place of an anchor."""
        for part, value in zip(self.anchors, new, strict=True):
            part[anchor] = value[0]

    def steps(
        self,
        chosen: np.ndarray,
        points: Iterates,
        penalty: Penalty,
        lambdas: np.ndarray,
        tol: np.ndarray,
        ahead: bool = False,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Changes of intercepts and coefs that minimize model plus penalty, for some points.

        With `ahead`, all points are the same place, and the steps go to ever weaker penalties.
        """
        n_points, n_outputs, _ = points.coefs.shape
        to_intercept, inverse = self.intercept_parts(chosen)
        slope = np.einsum("ckj,ck->cj", to_intercept, points.slope)
        slope -= points.z.reshape(n_points, -1)
        factors = np.tile(penalty.factors, n_outputs)
        l1 = lambdas[:, None] * penalty.l1_ratio * factors
        l2 = lambdas[:, None] * (1.0 - penalty.l1_ratio) * factors
        start = points.coefs.reshape(n_points, -1)
        new, tol = np.array(start), np.array(tol)  # kernels take writable arrays only
        ends, mix = self.ends[chosen], self.mix[chosen]
        moves, bends, n_moves = self.moves[chosen], self.bends[chosen], self.n_moves[chosen]

        def work(c: slice) -> None:
            minimize_each(
                self.anchors.matrix,
                ends[c],
                mix[c],
                moves[c],
                bends[c],
                n_moves[c],
                slope[c],
                l1[c],
                l2[c],
                new[c],
                tol[c],
                ahead,
            )

        least = max(1, int(SMALL / (1 + new.shape[1]) ** 3))
        side_by_side(work, shares(n_points, least))
        change = new - start
        shift = np.einsum("ckl,cl->ck", inverse, points.slope)
        shift -= np.einsum("ckj,cj->ck", to_intercept, change)
        return shift, change.reshape(points.coefs.shape)


def slope_along(
    points: Iterates, shift: np.ndarray, change: np.ndarray, penalty: Penalty, lambdas: np.ndarray
) -> np.ndarray:
    """Derivative of the objective at `points` in the direction of a step, shape (C,)."""
    l1 = lambdas[:, None, None] * penalty.l1_ratio * penalty.factors
    l2 = lambdas[:, None, None] * (1.0 - penalty.l1_ratio) * penalty.factors
    kink = np.where(points.coefs != 0.0, np.sign(points.coefs) * change, np.abs(change))
    smooth = ((l2 * points.coefs - points.z) * change).sum(axis=(1, 2))
    smooth -= (points.slope * shift).sum(axis=1)
    return np.asarray(smooth + (l1 * kink).sum(axis=(1, 2)))
