r"""The objective and its certificate: the one place where the mathematics is written.

minimise over (b0, b):  (1/W) sum_i w_i loss(y_i, b0 + z_i b)
                        + lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ]

Shapes: Y (n, K), intercepts (C, K), coefs (C, K, p) for C points; `weights` (n,) sum to one, and
the penalty factors f (p,) are one unless the caller says otherwise. Nothing here iterates towards
a solution: a certificate is computed in one pass over the data from the numbers that are to be
proven, whoever found them. docs/certificate.md derives it.

Reference: Fenchel duality, e.g. Boyd & Vandenberghe, Convex Optimization, chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regpath.core.design import Design
from regpath.core.families import Family
from regpath.core.threads import n_threads, side_by_side

ROUNDING = 1e-9  # relative; sums over rows keep several digits more
CERTIFIED = 1e-6  # largest KKT violation and relative gap of a point that counts as proven
BALANCED = 1e-14  # imbalance of residuals that counts as rounding, relative to their size
CACHED = 1 << 15  # numbers of one array that stay in a core's cache
COLUMNS = 128  # points times outputs that one block of rows meets at a time


class Certificates(NamedTuple):
    """Proof of C points; each shape (C,).

    `kkt_violation` is the largest violation of the optimality conditions divided by the largest
    gradient of the null model; `dual_gap` is (primal - dual) / primal, an upper bound on the
    relative distance to the smallest possible objective; `loss` is the weighted mean loss.
    """

    kkt_violation: np.ndarray
    dual_gap: np.ndarray
    loss: np.ndarray

    @property
    def worst(self) -> np.ndarray:
        """The larger of violation and gap."""
        return np.maximum(self.kkt_violation, self.dual_gap)

    def at(self, where: np.ndarray) -> Certificates:
        """Those of some points."""
        return Certificates(*(part[where] for part in self))

    def replaced(self, where: np.ndarray, other: Certificates) -> Certificates:
        """The same with other certificates at some points."""
        result = Certificates(*(part.copy() for part in self))
        for part, new in zip(result, other, strict=True):
            part[where] = new
        return result


class NullModel(NamedTuple):
    """The model without penalised features.

    `gradient` is its largest gradient over penalised features and classes, `entry` the same
    divided by the penalty factors. Of the intercept alone, without any feature, are `loss`, from
    which explained deviance is counted, and `spread`, the largest standard deviation of the
    residuals over the classes: with `gradient` the scale against which violations are measured.
    """

    intercept: np.ndarray
    coefs: np.ndarray
    loss: float
    gradient: float
    entry: float
    spread: float


@dataclass(frozen=True)
class Penalty:
    """lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ], with its conjugate.

    `factors` has shape (p,); methods take coefficients or gradients of shape (C, K, p) and
    lambdas of shape (C,).
    """

    l1_ratio: float
    factors: np.ndarray

    def value(self, coefs: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Penalty of each point, shape (C,)."""
        l1 = np.abs(coefs).sum(axis=1) @ self.factors
        l2 = np.square(coefs).sum(axis=1) @ self.factors
        return np.asarray(lambdas * (self.l1_ratio * l1 + 0.5 * (1.0 - self.l1_ratio) * l2))

    def conjugate(self, size: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Fenchel conjugate at gradients of absolute value `size`, shape (C,).

        Infinite outside the box for the pure lasso. Features without penalty must come as zero.
        """
        excess = np.maximum(size - self.box(lambdas), 0.0)
        if self.l1_ratio == 1.0:
            return np.where(excess.any(axis=(1, 2)), np.inf, 0.0)
        factors = np.where(self.penalised, self.factors, 1.0)
        squares = np.square(excess).sum(axis=1) @ (1.0 / factors)
        return np.asarray(squares / (2.0 * lambdas * (1.0 - self.l1_ratio)))

    def shrinkage(self, size: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Largest multiple, up to 1, of gradients of absolute value `size` inside the box; (C,)."""
        if self.l1_ratio == 0.0:
            return np.zeros(len(size))
        factors = np.where(self.penalised, self.factors, 1.0)
        farthest = (size.max(axis=1) / factors).max(axis=1)
        return np.asarray(1.0 / np.maximum(farthest / (lambdas * self.l1_ratio), 1.0))

    def box(self, lambdas: np.ndarray) -> np.ndarray:
        """Largest gradient of an empty feature, shape (C, 1, p)."""
        return (lambdas * self.l1_ratio)[:, None, None] * self.factors

    def violation(self, z: np.ndarray, coefs: np.ndarray, lambdas: np.ndarray) -> np.ndarray:
        """Largest violation of 0 in -z + subdifferential of the penalty at `coefs`; (C,)."""
        ridge = (lambdas * (1.0 - self.l1_ratio))[:, None, None] * self.factors
        pull = z - ridge * coefs
        box = self.box(lambdas)
        wrong = np.where(
            coefs != 0.0,
            np.abs(pull - box * np.sign(coefs)),
            np.maximum(np.abs(pull) - box, 0.0),
        )
        return np.asarray(wrong.max(axis=(1, 2), initial=0.0))

    @property
    def penalised(self) -> np.ndarray:
        """Which features have a penalty, shape (p,)."""
        return self.factors > 0.0


class _Sums(NamedTuple):
    """Sums over rows for C points: loss (C,), gradients z (C, K, p), and what balancing needs."""

    loss: np.ndarray
    z: np.ndarray
    slope: np.ndarray  # (C, K, q): sum_i w_i u_i a_i, with a_i = (1, unpenalised features)
    corner: np.ndarray  # (C, K q, K q): sum_i w_i curvature_i (x) a_i a_i'
    reach: float  # largest entry of a_i, over all rows

    def at(self, part: slice) -> _Sums:
        """Those of some points."""
        loss, z, slope, corner = (some[part] for some in self[:4])
        return _Sums(loss, z, slope, corner, self.reach)


def null_model(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    factors: np.ndarray,
    intercept: np.ndarray | None = None,
    coefs: np.ndarray | None = None,
) -> NullModel:
    """Measure the model without penalised features.

    `intercept` (K,) and `coefs` (K, p) are its fit where some features have no penalty; without
    such features it is known in closed form.
    """
    if intercept is None or coefs is None:
        intercept = family.null_intercept(Y, weights)
        coefs = np.zeros((Y.shape[1], design.p))
    penalty = Penalty(1.0, factors)
    sums = _sums(design, Y, weights, family, penalty, intercept[None], coefs[None])
    size = np.abs(sums.z[0]).max(axis=0, initial=0.0)[penalty.penalised]
    alone = np.tile(family.null_intercept(Y, weights), (len(Y), 1))
    plain = Y - family.mean(alone)
    return NullModel(
        intercept=intercept,
        coefs=coefs,
        loss=float(weights @ family.loss(Y, alone)),
        gradient=float(size.max(initial=0.0)),
        entry=float((size / factors[penalty.penalised]).max(initial=0.0)),
        spread=float(np.sqrt((weights @ np.square(plain)).max())),
    )


def certify(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    penalty: Penalty,
    null: NullModel,
) -> Certificates:
    """Compute the certificates of C points from the data.

    In one pass, but for points whose residuals are too far out of balance to prove them.
    """
    sums = _sums(design, Y, weights, family, penalty, intercepts, coefs)
    violation, gap, balance, cost = _proven(design, family, coefs, lambdas, penalty, null, sums)
    with np.errstate(all="ignore"):
        primal = sums.loss + penalty.value(coefs, lambdas)
        far = np.flatnonzero(~(gap <= CERTIFIED * primal) & np.isfinite(balance).all(axis=(1, 2)))
    if far.size:
        # The same point with intercepts in better balance suggests a better dual point; its loss
        # is lower by at most `cost`, since the loss is convex.
        free = np.append(False, ~penalty.penalised)
        near = np.concatenate([intercepts[far, :, None], coefs[far]], axis=2)
        near[:, :, free] += balance[far, :, 1:]
        near[:, :, 0] += balance[far, :, 0]
        moved = near[:, :, 1:]
        again = _sums(design, Y, weights, family, penalty, near[:, :, 0], moved)
        _, other, _, _ = _proven(design, family, moved, lambdas[far], penalty, null, again)
        gap[far] = np.fmin(gap[far], other + cost[far])
    with np.errstate(all="ignore"):
        # Whatever the residuals are worth, no loss is below zero.
        gap = np.fmin(gap, primal)
        wrong = ~np.isfinite(violation) | ~np.isfinite(primal) | (primal < 0.0)
        wrong |= gap < -ROUNDING * primal
        relative = np.maximum(gap, 0.0) / np.where(primal > 0.0, primal, 1.0)
    return Certificates(
        np.where(wrong, np.inf, violation), np.where(wrong, np.inf, relative), sums.loss
    )


def _proven(
    design: Design,
    family: Family,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    penalty: Penalty,
    null: NullModel,
    sums: _Sums,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """KKT violation (C,), gap (C,), and the step (C, K, q) to balance with what it costs (C,)."""
    few = max(1, CACHED // coefs[0].size)

    def prove(part: slice) -> tuple[np.ndarray, ...]:
        with np.errstate(all="ignore"):  # what is not finite is no proof
            some = sums.at(part)
            # The intercept's column of ones has size 1, as a standardised feature has: the spread
            # of the null residuals is the largest gradient that such a column can have.
            violation = np.maximum(
                penalty.violation(some.z, coefs[part], lambdas[part]) / (null.gradient or 1.0),
                np.abs(some.slope[:, :, 0]).max(axis=1) / null.spread,
            )
            gap = _gap(design, family, penalty, coefs[part], lambdas[part], null, some)
            return violation, *gap

    parts = [slice(low, low + few) for low in range(0, len(coefs), few)]
    found = side_by_side(prove, parts)
    violation, gap, balance, cost = (np.concatenate(each) for each in zip(*found, strict=True))
    return violation, gap, balance, cost


def _gap(
    design: Design,
    family: Family,
    penalty: Penalty,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    null: NullModel,
    sums: _Sums,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Primal minus the best of two dual values that the residuals suggest, shape (C,).

    Infinite where they suggest none. Also the step to balance, and what it costs.
    """
    n_points = len(coefs)
    slope = sums.slope.reshape(n_points, -1)
    balance = np.einsum("cij,cj->ci", inverted(sums.corner), slope)
    cost = np.maximum((slope * balance).sum(axis=1), 0.0)
    left = np.abs(slope - np.einsum("cij,cj->ci", sums.corner, balance)).max(axis=1)
    usable = left <= BALANCED * sums.reach * (1.0 if family.bounded else null.spread)
    if family.bounded:  # expected responses must stay between 0 and 1
        usable &= np.abs(balance).sum(axis=1) * sums.reach <= 0.5
    # How far balancing can move the gradient of a feature (Cauchy-Schwarz).
    spread = design.scale * design.inverse
    moved = np.sqrt(cost * family.largest_curvature)[:, None, None] * spread
    size = np.abs(sums.z) + moved
    reach = moved * np.abs(coefs)
    value = penalty.value(coefs, lambdas)
    if not penalty.penalised.all():  # balanced residuals do not feel features without penalty
        size[:, :, ~penalty.penalised] = 0.0
        reach[:, :, ~penalty.penalised] = 0.0
        coefs = coefs * penalty.penalised
    fit = (sums.z * coefs - reach).sum(axis=(1, 2)) - cost
    dual = sums.loss + fit
    slack = value - fit  # primal - dual, without cancellation
    plain = slack + penalty.conjugate(size, lambdas)
    # A shrunk residual stays feasible in every family, and loses at most its share of the dual.
    shrunk = slack + (1.0 - penalty.shrinkage(size, lambdas)) * dual
    gap = np.where(usable, np.minimum(plain, shrunk), np.inf)
    return gap, balance.reshape(sums.slope.shape), cost


def inverted(corner: np.ndarray) -> np.ndarray:
    """Pseudo-inverses of a stack of small symmetric matrices (C, q, q)."""
    corner = np.where(np.isfinite(corner).all(axis=(1, 2), keepdims=True), corner, 0.0)
    if corner.shape[1] == 1:
        return np.divide(1.0, corner, out=np.zeros_like(corner), where=corner > 0.0)
    return np.asarray(np.linalg.pinv(corner, rcond=1e-12, hermitian=True))


def _sums(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    penalty: Penalty,
    intercepts: np.ndarray,
    coefs: np.ndarray,
) -> _Sums:
    """Loss and gradients of C points: one pass over the rows, side by side."""
    n_points, n_outputs, p = coefs.shape
    free = np.flatnonzero(~penalty.penalised)
    with np.errstate(all="ignore"):
        beta, offset = design.raw(coefs)
        offset += intercepts
    alive = np.flatnonzero(beta.any(axis=(0, 1)))
    few = 4 * alive.size <= p  # then products with these columns alone are the faster ones
    flat = (beta[:, :, alive] if few else beta).reshape(n_points * n_outputs, -1).T
    step = max(1, COLUMNS // n_outputs)
    chunks = [slice(low, low + step) for low in range(0, n_points, step)]
    blocks = design.row_blocks(min(n_points, step) * n_outputs)
    q = 1 + free.size

    def add(part: list[slice]) -> list[np.ndarray]:
        with np.errstate(all="ignore"):  # what is not finite is no proof
            return measured(part)

    def measured(part: list[slice]) -> list[np.ndarray]:
        loss = np.zeros(n_points)
        gradient = np.zeros((p, n_points * n_outputs))
        total = np.zeros((q, n_points * n_outputs))
        corner = np.zeros((q * q, n_points * n_outputs * n_outputs))
        reach = np.ones(1)
        for rows in part:
            block, w = design.block(rows), weights[rows]
            taken = block[:, alive] if few else block
            extra = np.ones((len(w), q))
            if free.size:
                extra[:, 1:] = design.standardized(rows, free)
                reach[0] = max(reach[0], np.abs(extra).max())
            pairs = (extra[:, :, None] * extra[:, None, :]).reshape(len(w), q * q)
            for chunk in chunks:
                wide = slice(chunk.start * n_outputs, chunk.stop * n_outputs)
                eta = (taken @ flat[:, wide]).reshape(len(w), -1, n_outputs)
                eta += offset[chunk]
                y = Y[rows, None, :]
                loss[chunk] += w @ family.loss(y, eta)
                mean = family.mean(eta)
                bend = family.curvature(mean) * w[:, None, None, None]
                many = slice(wide.start * n_outputs, wide.stop * n_outputs)
                corner[:, many] += pairs.T @ bend.reshape(len(w), -1)
                residual = ((y - mean) * w[:, None, None]).reshape(len(w), -1)
                gradient[:, wide] += block.T @ residual
                total[:, wide] += extra.T @ residual
        return [loss, gradient, total, corner, reach]

    count = min(n_threads(), len(blocks))
    found = side_by_side(add, [blocks[k::count] for k in range(count)])
    loss, gradient, total, corner = (np.sum([f[i] for f in found], axis=0) for i in range(4))
    gradient -= np.outer(design.offset, total[0])
    gradient *= design.inverse[:, None]
    return _Sums(
        loss=loss,
        z=np.ascontiguousarray(gradient.T).reshape(n_points, n_outputs, p),
        slope=total.T.reshape(n_points, n_outputs, q),
        corner=corner.reshape(q, q, n_points, n_outputs, n_outputs)
        .transpose(2, 3, 0, 4, 1)
        .reshape(n_points, n_outputs * q, n_outputs * q),
        reach=float(max(f[4][0] for f in found)),
    )
