"""Second derivatives at a few points, and how many points share them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.objective import inverted


class ReducedHessians(NamedTuple):
    """Second derivatives at A points, with the intercepts minimized out.

    `matrix` (A, K p, K p); a change d of the coefficients moves the intercepts by
    -(inverse @ slope + to_intercept @ d), with `to_intercept` (A, K, K p) and `inverse` (A, K, K).
    """

    matrix: np.ndarray
    to_intercept: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, hessians: np.ndarray) -> ReducedHessians:
        """Reduce second derivatives (A, K, p + 1, K, p + 1), as `RowSums` gives them."""
        count, n_outputs, wide = hessians.shape[:3]
        size = n_outputs * (wide - 1)
        corner = hessians[:, :, -1, :, -1]
        cross = hessians[:, :, -1, :, :-1].reshape(count, n_outputs, size)
        inverse = inverted(corner)
        to_intercept = inverse @ cross
        matrix = hessians[:, :, :-1, :, :-1].reshape(count, size, size)
        matrix = matrix - cross.transpose(0, 2, 1) @ to_intercept
        return cls(matrix, to_intercept, inverse)

    def and_(self, other: ReducedHessians) -> ReducedHessians:
        """Those of both."""
        return ReducedHessians(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    def only(self, chosen: np.ndarray | slice) -> ReducedHessians:
        """Some of them."""
        return ReducedHessians(*(part[chosen] for part in self))


class Blend:
    """Second derivatives of C points, each a blend of three of the A that are known.

    Parameters
    ----------
    hessians : ReducedHessians
    nodes : ndarray of int, shape (C, 3)
    mix : ndarray of shape (C, 3)
        Point c has the sum of mix[c, k] times number nodes[c, k].
    """

    def __init__(self, hessians: ReducedHessians, nodes: np.ndarray, mix: np.ndarray) -> None:
        self.hessians, self.nodes, self.mix = hessians, nodes, mix

    @classmethod
    def plain(cls, hessians: ReducedHessians, which: np.ndarray) -> Blend:
        """Point c has number which[c] alone."""
        nodes = np.repeat(np.asarray(which, dtype=np.int64)[:, None], 3, axis=1)
        return cls(hessians, nodes, np.tile([1.0, 0.0, 0.0], (len(nodes), 1)))

    def intercept_parts(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """`to_intercept` (C, K, K p) and `inverse` (C, K, K) of some points."""
        nodes, mix = self.nodes[chosen], self.mix[chosen, :, None, None]
        return (
            sum(mix[:, k] * self.hessians.to_intercept[nodes[:, k]] for k in range(3)),
            sum(mix[:, k] * self.hessians.inverse[nodes[:, k]] for k in range(3)),
        )

    def intercept_weight(self, chosen: np.ndarray, steepest: float) -> np.ndarray:
        """How much an imbalance of the residuals counts beside a gradient, shape (C,).

        A dual point must be balanced; where rows hardly bend the loss that moves all gradients
        by this multiple of the imbalance, at the most.
        """
        diagonal = np.diagonal(self.hessians.inverse, axis1=1, axis2=2).max(axis=1)
        diagonal = diagonal[self.nodes[chosen]].max(axis=1)
        result: np.ndarray = np.sqrt(np.maximum(steepest * diagonal, 1.0))
        return result

    def renew(self, chosen: np.ndarray, hessians: ReducedHessians) -> None:
        """Give some points second derivatives of their own; those without users are dropped."""
        stays = np.ones(len(self.nodes), dtype=bool)
        stays[chosen] = False
        used = np.unique(self.nodes[stays])
        numbers = np.zeros(len(self.hessians.matrix), dtype=np.int64)
        numbers[used] = np.arange(len(used))
        self.nodes = numbers[self.nodes]
        self.nodes[chosen] = len(used) + np.arange(len(chosen))[:, None]
        self.mix[chosen] = [1.0, 0.0, 0.0]
        self.hessians = self.hessians.only(used).and_(hessians)

    def replace(self, number: int, new: ReducedHessians) -> None:
        """Put other second derivatives in the place of a known one."""
        for part, value in zip(self.hessians, new, strict=True):
            part[number] = value[0]


def interpolation(nodes: np.ndarray, at: np.ndarray, *, average: bool = False) -> np.ndarray:
    """Weights of three values at `nodes` (3,) that interpolate them, shape (C, 3).

    With `average`, of their mean between the middle node and `at` (C,), by Simpson's rule. Nodes
    that coincide share the weight of a straight line through the others.
    """
    if average:
        middle = np.full_like(at, nodes[1])
        parts = [interpolation(nodes, x) for x in (middle, 0.5 * (middle + at), at)]
        return np.asarray((parts[0] + 4.0 * parts[1] + parts[2]) / 6.0)
    weights = np.zeros((len(at), 3))
    if nodes[0] == nodes[1]:
        share = (at - nodes[1]) / (nodes[2] - nodes[1])
        weights[:, 1], weights[:, 2] = 1.0 - share, share
        return weights
    for k, (i, j) in enumerate(((1, 2), (0, 2), (0, 1))):
        share = (at - nodes[i]) * (at - nodes[j])
        weights[:, k] = share / ((nodes[k] - nodes[i]) * (nodes[k] - nodes[j]))
    return weights
