"""Sums over the rows: all that a certificate needs of the data, in one pass.

Nothing here knows a solver; it is numpy alone, so that the proof of a point does not lean on the
kernels that found it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regpath.core.design import Design, change_of_basis
from regpath.core.fit import FitData, Points
from regpath.core.threads import dealt, summed

SMALL_REST = 1e-5  # share of the squares left to explain, below which they are summed by rows
COLUMNS = 128  # points times outputs that one block of rows meets at a time


class Sums(NamedTuple):
    """Sums over rows for C points: loss (C,), gradients z (C, K, p), and what balancing needs."""

    loss: np.ndarray
    z: np.ndarray
    slope: np.ndarray  # (C, K, q): sum_i w_i u_i a_i, with a_i = (1, unpenalized features)
    corner: np.ndarray  # (C, K q, K q): sum_i w_i curvature_i (x) a_i a_i'
    steepest: np.ndarray  # (C,): no row's curvature is larger
    reach: float  # largest entry of a_i, over all rows

    def at(self, part: slice) -> Sums:
        """Those of some points."""
        loss, z, slope, corner, steepest = (some[part] for some in self[:5])
        return Sums(loss, z, slope, corner, steepest, self.reach)


class Squares(NamedTuple):
    """Sums of products over rows: all that least squares asks of the data.

    With a_i = (z_i, 1) and weights that sum to one: `gram` = sum w a a' (p + 1, p + 1), `pull` =
    sum w a y (p + 1,), `total` = sum w y^2.
    """

    gram: np.ndarray
    pull: np.ndarray
    total: float

    @classmethod
    def mixed(cls, parts: list[Squares], shares: np.ndarray) -> Squares:
        """Sums over several parts of the rows, each times its share."""
        return cls(
            np.tensordot(shares, np.stack([part.gram for part in parts]), axes=1),
            np.tensordot(shares, np.stack([part.pull for part in parts]), axes=1),
            float(shares @ [part.total for part in parts]),
        )

    def seen_from(self, old: Design, new: Design) -> Squares:
        """The same sums in the coordinates of another design of the same features."""
        turn = change_of_basis(old, new)
        return Squares(turn @ self.gram @ turn.T, turn @ self.pull, self.total)

    def at(self, points: Points) -> Sums:
        """Loss and gradients of C points."""
        full = np.concatenate([points.coefs[:, 0], points.intercepts], axis=1)
        image = full @ self.gram
        z = self.pull - image
        loss = 0.5 * (self.total - (full * (self.pull + z)).sum(axis=1))
        corner = np.full((len(full), 1, 1), self.gram[-1, -1])
        return Sums(loss, z[:, None, :-1], z[:, -1:, None], corner, np.ones(len(full)), 1.0)


def squares(data: FitData, only: np.ndarray | None = None) -> Squares:
    """Sums of products of the features in the penalty's coordinates, over all rows or some."""
    design = data.design
    blocks: list[Any] = design.row_blocks(design.p)
    if only is not None:
        blocks = np.array_split(only, max(1, len(only) // (blocks[0].stop - blocks[0].start)))

    def add(part: list[Any]) -> np.ndarray:
        total = np.zeros((design.p + 2, design.p + 2))
        for rows in part:
            block = design.standardized(rows)
            full = np.ones((len(block), design.p + 2))
            full[:, :-2] = block
            full[:, -1:] = data.Y[rows]
            if data.offset is not None:  # of least squares it is a part of the response
                full[:, -1] -= data.offset[rows]
            full *= np.sqrt(data.weights[rows])[:, None]
            total += full.T @ full
        return total

    total = summed(add, blocks)
    return Squares(total[:-1, :-1], total[:-1, -1], float(total[-1, -1]))


def sums_over_rows(
    data: FitData, penalized: np.ndarray, points: Points, known: Squares | None = None
) -> Sums:
    """Loss and gradients of C points: one pass over the rows, side by side."""
    n_points, _, p = points.coefs.shape
    short = p <= min(2 * n_points, data.n // 2)
    if data.family.quadratic and penalized.all() and (short or known is not None):
        moments = known or squares(data)
        with np.errstate(all="ignore"):
            sums = moments.at(points)
        # Where almost nothing is left to explain, differences of large sums would be noise.
        if (sums.loss > SMALL_REST * moments.total).all():
            return sums
    seen = _Seen(data, np.flatnonzero(~penalized), points)

    def add(part: list[slice]) -> _Totals:
        totals = _Totals(data, seen)
        with np.errstate(all="ignore"):  # what is not finite is no proof
            for rows in part:
                totals.add(rows)
        return totals

    return _joined(dealt(add, data.design.row_blocks(seen.width)), data.design, seen)


class _Seen:
    """C points as blocks of rows meet them: a few at a time, and living features only."""

    def __init__(self, data: FitData, free: np.ndarray, points: Points) -> None:
        self.count, self.n_outputs, self.p = points.coefs.shape
        self.free, self.q = free, 1 + free.size
        with np.errstate(all="ignore"):
            beta, self.start = data.design.raw(points.coefs)
            self.start += points.intercepts
        alive = np.flatnonzero(beta.any(axis=(0, 1)))
        # Products with few columns alone are the faster ones.
        self.columns = alive if 4 * alive.size <= self.p else None
        beta = beta if self.columns is None else beta[:, :, alive]
        self.flat = beta.reshape(self.count * self.n_outputs, -1).T
        step = max(1, COLUMNS // self.n_outputs)
        self.chunks = [slice(low, low + step) for low in range(0, self.count, step)]
        self.width = min(self.count, step) * self.n_outputs


class _Totals:
    """Sums over some of the rows, for the points `seen`."""

    def __init__(self, data: FitData, seen: _Seen) -> None:
        self.data, self.seen = data, seen
        wide, largest = seen.count * seen.n_outputs, data.family.largest_curvature
        self.unbounded = bool(np.isinf(largest))
        self.loss = np.zeros(seen.count)
        self.gradient = np.zeros((seen.p, wide))
        self.total = np.zeros((seen.q, wide))
        self.corner = np.zeros((seen.q**2, seen.count, seen.n_outputs, seen.n_outputs))
        self.steepest = np.full(seen.count, 0.0 if self.unbounded else largest)
        self.reach = 1.0

    def add(self, rows: slice) -> None:
        """Add a block of rows."""
        design, seen = self.data.design, self.seen
        block, w = design.block(rows), self.data.weights[rows]
        extra = np.ones((len(w), seen.q))
        if seen.free.size:
            extra[:, 1:] = design.standardized(rows, seen.free)
            self.reach = max(self.reach, float(np.abs(extra).max()))
        pairs = (extra[:, :, None] * extra[:, None, :]).reshape(len(w), -1) * w[:, None]
        taken = block if seen.columns is None else block[:, seen.columns]
        for chunk in seen.chunks:
            wide = slice(chunk.start * seen.n_outputs, chunk.stop * seen.n_outputs)
            eta = (taken @ seen.flat[:, wide]).reshape(len(w), -1, seen.n_outputs)
            residual = self._judge(self.data.with_offset(eta, rows), rows, chunk, pairs)
            self.gradient[:, wide] += block.T @ residual
            self.total[:, wide] += extra.T @ residual

    def _judge(self, eta: np.ndarray, rows: slice, chunk: slice, pairs: np.ndarray) -> np.ndarray:
        """Add losses and curvatures of some points; their weighted residuals, in place of `eta`."""
        data, w = self.data, self.data.weights[rows]
        eta += self.seen.start[chunk]
        y = data.Y[rows, None, :]
        losses, mean, bend = data.family.evaluate(y, eta)
        self.loss[chunk] += w @ losses
        self.corner[:, chunk] += data.family.bent(bend, pairs)
        if self.unbounded:  # then there is one output, and `bend` is its curvature
            largest = bend[w > 0.0, :, 0].max(axis=0, initial=0.0)
            self.steepest[chunk] = np.maximum(self.steepest[chunk], largest)
        residual = np.subtract(y, mean, out=eta)
        residual *= w[:, None, None]
        result: np.ndarray = residual.reshape(len(w), -1)
        return result


def _joined(found: list[_Totals], design: Design, seen: _Seen) -> Sums:
    """The sums over all rows, in the coordinates of the penalty."""
    K, q = seen.n_outputs, seen.q
    with np.errstate(all="ignore"):
        loss = np.sum([part.loss for part in found], axis=0)
        gradient = np.sum([part.gradient for part in found], axis=0)
        total = np.sum([part.total for part in found], axis=0)
        corner = np.sum([part.corner for part in found], axis=0)
        gradient -= np.outer(design.centre, total[0])
        gradient *= design.inverse[:, None]
    corner = corner.reshape(q, q, seen.count, K, K).transpose(2, 3, 0, 4, 1)
    return Sums(
        loss=loss,
        z=np.ascontiguousarray(gradient.T).reshape(seen.count, K, seen.p),
        slope=total.T.reshape(seen.count, K, q),
        corner=corner.reshape(seen.count, K * q, K * q),
        steepest=np.max([part.steepest for part in found], axis=0),
        reach=max(part.reach for part in found),
    )


def curvature_along(data: FitData, point: Points, step: np.ndarray) -> float:
    """Second derivative of the mean loss at one point along a step of its coefs, (K, p)."""
    design, family = data.design, data.family
    beta, shift = design.raw(np.stack([step, point.coefs[0]]))
    shift[1] += point.intercepts[0]

    def add(part: list[slice]) -> float:
        total = 0.0
        for rows in part:
            block = design.block(rows)
            along, eta = (block @ b.T + s for b, s in zip(beta, shift, strict=True))
            bend = family.curvature(family.mean(data.with_offset(eta, rows)))
            total += float(data.weights[rows] @ np.einsum("nk,nkl,nl->n", along, bend, along))
        return total

    return float(sum(dealt(add, design.row_blocks(2 * data.n_outputs))))
