"""Strong rules and the working set: who is in play, its columns, and gradients of all from these.

Reference: Tibshirani et al. (2012), Strong rules for discarding predictors in lasso-type problems.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from regpath.core.design import Design, plain_design
from regpath.core.fit import Goal, Points
from regpath.core.penalty import Penalty
from regpath.core.solvers.model import Iterates
from regpath.core.solvers.residual_sums import residual_sums
from regpath.core.solvers.sums import RowSums

TALL, WIDE = 0.2, 0.5  # share of the features that may be gathered from tall and wide X
SPARE = 1.5  # so many times the features that are needed may be kept
NEARLY_ALIVE = 0.15  # relative distance from coming alive at which a feature is in play
LOWEST = 1e-3  # share of lambda that the strong rule looks down to, at the lowest
COPY = 1e-12  # relative difference of gradients that is rounding
AT_ONCE = 50  # violators that come into play in one round, or as many as are in play already
ROOM = 200  # features that may come into play at first


class WorkingColumns:
    """Columns of the features in play: dense ones standardized side by side, sparse ones as is.

    Attributes
    ----------
    features : ndarray of int, shape (c,)
        In the order in which they came.
    sums : RowSums
        Of these features.
    """

    def __init__(self, whole: RowSums) -> None:
        self.whole = whole
        self.sparse = whole.design.is_sparse
        self._columns: Any = whole.design.X.tocsc() if self.sparse else None
        self.sums = whole
        self._room = whole.p * (TALL if whole.design.n > whole.p else WIDE)
        self._clear()

    @property
    def complete(self) -> bool:
        """Whether all features are in play, and none of them was gathered."""
        return self.features.size == self.whole.p and self.sums is self.whole

    def _clear(self) -> None:
        self.features = np.empty(0, dtype=np.intp)
        self._buffer = np.empty((self.whole.design.n, 0), order="F")

    def gather(self, needed: np.ndarray) -> bool:
        """Bring features into play; True if those that were there before kept their places."""
        if self.complete:
            return True
        if not self.sparse and needed.size > self._room:
            # Gathering so many would take as much memory as X: all are in play, as they are.
            kept = self.features.size == 0
            self._clear()
            self.features, self.sums = np.arange(self.whole.p), self.whole
            return kept
        inside = np.zeros(self.whole.p, dtype=bool)
        inside[self.features] = True
        known = inside[needed]
        kept = self.features.size + int((~known).sum()) <= SPARE * needed.size + ROOM
        if not kept:
            self._clear()
        missing = needed[~known] if kept else needed
        if missing.size:
            self.features = np.concatenate([self.features, missing])
            self.sums = self._gathered(missing)
        return kept

    def _gathered(self, missing: np.ndarray) -> RowSums:
        whole, count = self.whole, self.features.size
        design = whole.design
        if self.sparse:
            few, f = self._columns[:, self.features].tocsr(), self.features
            small = Design(few, design.mean[f], design.scale[f], design.inverse[f], None)
        else:
            if count > self._buffer.shape[1]:
                wider = np.empty((design.n, count + count // 4), order="F")
                wider[:, : count - missing.size] = self._buffer[:, : count - missing.size]
                self._buffer = wider
            self._buffer[:, count - missing.size : count] = design.columns(missing)
            small = plain_design(self._buffer[:, :count])
        return RowSums.single(replace(whole.data, design=small))

    def with_gradients(self, points: Points) -> Iterates:
        """Points of the features in play among all features, with their gradients."""
        data, design = self.whole.data, self.whole.design
        beta, start = self.sums.design.raw(points.coefs)
        start += points.intercepts
        z, slope = residual_sums(
            data,
            design.row_blocks(start.size),
            Points(start, beta),
            np.ones((1, len(start))),
            predictors=self.sums.design,
        )
        z -= slope[:, :, None] * design.centre
        z *= design.inverse
        full = scattered(points.coefs, self.features, data.p)
        return Iterates(points.intercepts, full, z, slope)


class Extrapolation:
    """The last one or two points of a path, with all features, and where they seem to lead.

    Coefficients and gradients run straight in log lambda, more or less.
    """

    def __init__(self, point: Iterates, lam: float) -> None:
        self.point, self.lam = point, lam
        self._earlier: tuple[Iterates, float] | None = None

    def extend(self, points: Iterates, lambdas: np.ndarray) -> None:
        """Add solved points."""
        if len(lambdas) > 1:
            self._earlier = points.at(np.array([-2])), float(lambdas[-2])
        else:
            self._earlier = self.point, self.lam
        self.point, self.lam = points.at(np.array([-1])), float(lambdas[-1])

    def at(self, lambdas: np.ndarray) -> Iterates:
        """Points that are to be expected at `lambdas`; coefficients do not change sign."""
        if self._earlier is None:
            return self.point.at(np.zeros(len(lambdas), dtype=np.intp))
        old, lam = self._earlier
        share = np.log(self.lam / lambdas) / np.log(lam / self.lam)
        intercepts, coefs, z, slope = (
            new + share.reshape(-1, *[1] * (new.ndim - 1)) * (new - was)
            for new, was in zip(self.point, old, strict=True)
        )
        coefs *= self.point.coefs * coefs > 0.0
        return Iterates(intercepts, coefs, z, 0.0 * slope)

    def nearness(self, ahead: Iterates, penalty: Penalty, lambdas: np.ndarray) -> np.ndarray:
        """Gradients over what brings a coefficient to life, the largest of a group; (K, p).

        Before anything is known of where the path leads, the sequential strong rule speaks.
        """
        down_to = lambdas
        if self._earlier is None:
            down_to = np.maximum(2.0 * lambdas[-1:] - self.lam, LOWEST * lambdas[-1:])
            ahead = ahead.at(np.zeros(1, dtype=np.intp))
        box = penalty.box(down_to)
        size = np.full(np.broadcast_shapes(ahead.z.shape, box.shape), np.inf)
        np.divide(np.abs(ahead.z), box, out=size, where=box > 0.0)
        return np.asarray(size.max(axis=0))


def strong_set(nearness: np.ndarray, alive: np.ndarray, penalty: Penalty) -> np.ndarray:
    """Features that the strong rule keeps: alive, free, or likely to come alive, the nearest first.

    If there are none, the nearest one.
    """
    settled = alive | (penalty.factors == 0.0) | (penalty.l1_ratio == 0.0)
    near = np.where(settled, 0.0, nearness.max(axis=0))
    room = ROOM + 3 * int(settled.sum())
    close = np.flatnonzero(near >= 1.0 - NEARLY_ALIVE)
    close = close[np.argsort(-near[close], kind="stable")[:room]]
    found = np.concatenate([np.flatnonzero(settled), close])
    return found if found.size else np.argmax(near, keepdims=True)


def deduplicated(features: np.ndarray, z: np.ndarray, settled: np.ndarray) -> np.ndarray:
    """Leave out features whose gradients `z` (C, K, p) are those of another one, up to sign.

    Under a lasso one of several copies does what all of them could. Whoever is not a copy after
    all will violate its optimality condition. Those in the mask `settled` (p,) stay.
    """
    shares = np.random.default_rng(0).uniform(0.5, 1.5, z.shape[:2])
    key = np.abs(np.einsum("ck,ckp->p", shares, z[:, :, features]))
    stays = settled[features]
    order = np.argsort(key, kind="stable")
    kind = np.zeros(features.size, dtype=np.intp)  # copies have the same
    kind[order[1:]] = np.cumsum(np.diff(key[order]) > COPY * key[order][1:])
    # Of each kind the settled ones stay, or else the first.
    first, taken = np.zeros((2, features.size), dtype=bool)
    first[np.unique(kind, return_index=True)[1]] = True
    taken[kind[stays]] = True
    first &= ~taken[kind]
    result: np.ndarray = features[stays | first]
    return result


def violators(points: Iterates, goal: Goal, working: np.ndarray) -> np.ndarray:
    """Features outside of `working` that should be in play, the worst first, not all at once."""
    box = goal.penalty.box(goal.lambdas)[:, 0]
    excess = np.abs(points.z).max(axis=1) - box - goal.targets[:, None]
    excess[:, working] = -np.inf
    worst = excess.max(axis=0)
    outside = np.flatnonzero(worst > 0.0)
    if goal.penalty.l1_ratio == 1.0:
        outside = deduplicated(outside, points.z, np.zeros(worst.size, dtype=bool))
    return outside[np.argsort(-worst[outside], kind="stable")[: max(AT_ONCE, working.size)]]


def scattered(coefs: np.ndarray, features: np.ndarray, p: int) -> np.ndarray:
    """Coefficients (C, K, c) of some features among those of all, (C, K, p)."""
    full = np.zeros((*coefs.shape[:2], p))
    full[:, :, features] = coefs
    return full


def restricted(sums: RowSums, features: np.ndarray) -> RowSums:
    """Sums for some features alone, standardized once and for all; dense."""
    small = plain_design(np.asfortranarray(sums.design.columns(features)))
    return RowSums.single(replace(sums.data, design=small))
