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

    def replaced(self, where: np.ndarray, other: Certificates) -> Certificates:
        """The same with other certificates at some points."""
        result = Certificates(*(part.copy() for part in self))
        for part, new in zip(result, other, strict=True):
            part[where] = new
        return result


class NullModel(NamedTuple):
    """The model without penalised features.

    `gradient` is its largest gradient over penalised features and classes, `entry` the same
    divided by the penalty factors, `spread` the largest standard deviation of its residuals over
    the classes: the scales against which violations are measured.
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
    # The spread of the residuals of the intercept alone: no unpenalised feature is needed for it.
    plain = Y - family.mean(family.null_intercept(Y, weights)[None])
    return NullModel(
        intercept=intercept,
        coefs=coefs,
        loss=float(sums.loss[0]),
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
    """Compute the certificates of C points from the data, in one pass."""
    sums = _sums(design, Y, weights, family, penalty, intercepts, coefs)
    few = max(1, CACHED // coefs[0].size)
    parts = [slice(low, low + few) for low in range(0, len(coefs), few)]

    def prove(part: slice) -> tuple[np.ndarray, np.ndarray]:
        some = sums.at(part)
        return _prove(design, family, coefs[part], lambdas[part], penalty, null, some)

    found = side_by_side(prove, parts)
    violation, gap = (np.concatenate([pair[i] for pair in found]) for i in range(2))
    return Certificates(violation, gap, sums.loss)


def _prove(
    design: Design,
    family: Family,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    penalty: Penalty,
    null: NullModel,
    sums: _Sums,
) -> tuple[np.ndarray, np.ndarray]:
    """KKT violation and relative gap of some points, from their sums over the rows."""
    # The intercept's column of ones has size 1, as a standardised feature has: the spread of the
    # null residuals is the largest gradient that such a column can have.
    violation = np.maximum(
        penalty.violation(sums.z, coefs, lambdas) / (null.gradient or 1.0),
        np.abs(sums.slope[:, :, 0]).max(axis=1) / null.spread,
    )
    value = penalty.value(coefs, lambdas)
    primal = sums.loss + value
    gap = _gap(design, family, penalty, coefs, lambdas, value, sums)
    # A gap below zero by more than rounding means that one of the two values is wrong.
    wrong = ~np.isfinite(violation) | ~np.isfinite(gap) | (gap < -ROUNDING * primal)
    relative = np.maximum(gap, 0.0) / np.where(primal > 0.0, primal, 1.0)
    return np.where(wrong, np.inf, violation), np.where(wrong, np.inf, relative)


def _gap(
    design: Design,
    family: Family,
    penalty: Penalty,
    coefs: np.ndarray,
    lambdas: np.ndarray,
    value: np.ndarray,
    sums: _Sums,
) -> np.ndarray:
    """Primal minus the best of two dual values that the residuals suggest, shape (C,)."""
    n_points = len(coefs)
    slope = sums.slope.reshape(n_points, -1)
    inverse = inverted(sums.corner)
    balance = np.einsum("cij,cj->ci", inverse, slope)
    cost = np.maximum((slope * balance).sum(axis=1), 0.0)
    inside = np.abs(balance).sum(axis=1) * sums.reach <= 0.5
    # How far balancing can move the gradient of a feature (Cauchy-Schwarz).
    moved = np.sqrt(cost * family.largest_curvature)[:, None, None] * (design.scale * design.inverse)
    size = np.abs(sums.z) + moved
    reach = moved * np.abs(coefs)
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
    return np.where(inside, np.minimum(plain, shrunk), np.inf)


def inverted(corner: np.ndarray) -> np.ndarray:
    """Pseudo-inverses of a stack of small symmetric matrices (C, q, q)."""
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
    beta, offset = design.raw(coefs)
    offset += intercepts
    alive = np.flatnonzero(beta.any(axis=(0, 1)))
    if 4 * alive.size > p:
        alive = None
    flat = beta.reshape(n_points * n_outputs, p).T if alive is None else None
    few = None if alive is None else beta[:, :, alive].reshape(n_points * n_outputs, -1).T
    step = max(1, COLUMNS // n_outputs)
    chunks = [slice(low, low + step) for low in range(0, n_points, step)]
    blocks = design.row_blocks(min(n_points, step) * n_outputs)
    q = 1 + free.size

    def add(part: list[slice]) -> list[np.ndarray]:
        loss = np.zeros(n_points)
        gradient = np.zeros((p, n_points * n_outputs))
        total = np.zeros((q, n_points * n_outputs))
        corner = np.zeros((q * q, n_points * n_outputs * n_outputs))
        reach = np.ones(1)
        for rows in part:
            block, w = design.block(rows), weights[rows]
            taken = block if few is None else block[:, alive]
            extra = np.ones((len(w), q))
            if free.size:
                extra[:, 1:] = design.standardized(rows, free)
                reach[0] = max(reach[0], np.abs(extra).max())
            pairs = (extra[:, :, None] * extra[:, None, :]).reshape(len(w), q * q)
            for chunk in chunks:
                wide = slice(chunk.start * n_outputs, chunk.stop * n_outputs)
                B = flat[:, wide] if few is None else few[:, wide]
                eta = (taken @ B).reshape(len(w), -1, n_outputs)
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
