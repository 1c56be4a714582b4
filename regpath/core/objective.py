r"""The objective and its certificate: the one place where the mathematics is written.

minimize over (b0, b):  (1/W) sum_i w_i loss(y_i, b0 + z_i b)
                        + lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ]

Shapes: Y (n, K), intercepts (C, K), coefs (C, K, p) for C points; weights (n,) sum to one, and
the penalty factors f (p,) are one unless the caller says otherwise. Nothing here iterates towards
a solution: a certificate is computed in one pass over the data from the numbers that are to be
proven, whoever found them. docs/certificate.md derives it.

Reference: Fenchel duality, e.g. Boyd & Vandenberghe, Convex Optimization, chapter 5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.evidence import Squares, Sums
from regpath.core.fit import Goal, NullModel, Points
from regpath.core.row_data import RowData
from regpath.core.threads import side_by_side

SINGULAR = 1e-12  # share of the largest eigenvalue below which one counts as none
ROUNDING = 1e-9  # relative; sums over rows keep several digits more
CERTIFIED = 1e-6  # largest KKT violation and relative gap of a point that counts as proven
BALANCED = 1e-14  # imbalance of residuals that counts as rounding, relative to their size
LEAST_POINTS, SHARE = 32, 0.03  # points certified together, and as a share of the rows if wide
CACHED = 1 << 15  # numbers of one array that stay in a core's cache


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
        result: np.ndarray = np.maximum(self.kkt_violation, self.dual_gap)
        return result

    def at(self, where: np.ndarray) -> Certificates:
        """Those of some points."""
        return Certificates(*(part[where] for part in self))

    def replaced(self, where: np.ndarray, other: Certificates) -> Certificates:
        """The same with other certificates at some points."""
        result = Certificates(*(part.copy() for part in self))
        for part, new in zip(result, other, strict=True):
            part[where] = new
        return result


def null_model(
    data: RowData,
    factors: np.ndarray,
    found: Points | None = None,
    known: Squares | None = None,
) -> NullModel:
    """Measure the model without penalized features.

    `found` is its fit, one point, where some features have no penalty; without such features it
    is known in closed form. For `known` see `certify`.
    """
    alone = data.null_sums()
    if found is None:
        none = np.zeros((1, data.n_outputs, data.p))
        found = Points(alone.intercept[None], none)
    penalized = factors > 0.0
    sums = data.certificate_sums(penalized, found, known)
    size = np.abs(sums.z[0]).max(axis=0, initial=0.0)[penalized]
    return NullModel(
        intercept=found.intercepts[0],
        coefs=found.coefs[0],
        loss=alone.loss,
        gradient=float(size.max(initial=0.0)),
        entry=float((size / factors[penalized]).max(initial=0.0)),
        spread=alone.spread,
    )


def certify(
    data: RowData, goal: Goal, null: NullModel, points: Points, known: Squares | None = None
) -> Certificates:
    """Compute the certificates of C points, one for each lambda of `goal`, from the data.

    In one pass, but for points whose residuals are too far out of balance to prove them, and for
    many points of so many features that their gradients would not fit beside X. `known` are the
    sums of products for least squares, where the caller has them already.
    """
    few = max(1, len(points.coefs))
    if data.p > data.n:
        # Sparse X itself takes next to nothing.
        sparse = data.arrays is not None and data.arrays.design.is_sparse
        share = 0.0 if sparse else SHARE
        few = int(max(LEAST_POINTS, share * data.n / data.n_outputs))
    parts = [slice(low, low + few) for low in range(0, len(points.coefs), few)]
    found = [_certified(data, goal.at(c), null, points.at(c), known) for c in parts]
    return Certificates(*(np.concatenate(each) for each in zip(*found, strict=True)))


def _certified(
    data: RowData, goal: Goal, null: NullModel, points: Points, known: Squares | None
) -> Certificates:
    penalized = goal.penalty.penalized
    sums = data.certificate_sums(penalized, points, known)
    violation, gap, balance, cost = _proven(data, goal, null, points.coefs, sums)
    with np.errstate(all="ignore"):
        primal = sums.loss + goal.penalty.value(points.coefs, goal.lambdas)
        far = np.flatnonzero(~(gap <= CERTIFIED * primal) & np.isfinite(balance).all(axis=(1, 2)))
    if far.size:
        # The same point with intercepts in better balance suggests a better dual point; its loss
        # is lower by at most `cost`, since the loss is convex.
        moved = _balanced(points.at(far), balance[far], penalized)
        again = data.certificate_sums(penalized, moved)
        _, other, _, _ = _proven(data, goal.at(far), null, moved.coefs, again)
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


def _balanced(points: Points, balance: np.ndarray, penalized: np.ndarray) -> Points:
    """Points moved by `balance` (C, K, q): intercepts first, then features without a penalty."""
    coefs = points.coefs.copy()
    coefs[:, :, ~penalized] += balance[:, :, 1:]
    return Points(points.intercepts + balance[:, :, 0], coefs)


def _proven(
    data: RowData, goal: Goal, null: NullModel, coefs: np.ndarray, sums: Sums
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """KKT violation (C,), gap (C,), and the step (C, K, q) to balance with what it costs (C,)."""
    few = max(1, CACHED // coefs[0].size)

    def prove(part: slice) -> tuple[np.ndarray, ...]:
        with np.errstate(all="ignore"):  # what is not finite is no proof
            some, here = sums.at(part), goal.at(part)
            # The intercept's column of ones has size 1, as a standardized feature has: the spread
            # of the null residuals is the largest gradient that such a column can have.
            violation = np.maximum(
                here.penalty.violation(some.z, coefs[part], here.lambdas) / (null.gradient or 1.0),
                np.abs(some.slope[:, :, 0]).max(axis=1) / null.spread,
            )
            return violation, *_gap(data, here, null, coefs[part], some)

    parts = [slice(low, low + few) for low in range(0, len(coefs), few)]
    found = side_by_side(prove, parts)
    violation, gap, balance, cost = (np.concatenate(each) for each in zip(*found, strict=True))
    return violation, gap, balance, cost


def _gap(
    data: RowData, goal: Goal, null: NullModel, coefs: np.ndarray, sums: Sums
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Primal minus the best of two dual values that the residuals suggest, shape (C,).

    Infinite where they suggest none. Also the step to balance, and what it costs.
    """
    n_points, family, penalty = len(coefs), data.family, goal.penalty
    slope = sums.slope.reshape(n_points, -1)
    balance = np.einsum("cij,cj->ci", inverted(sums.corner), slope)
    cost = np.maximum((slope * balance).sum(axis=1), 0.0)
    left = np.abs(slope - np.einsum("cij,cj->ci", sums.corner, balance)).max(axis=1)
    usable = left <= BALANCED * sums.reach * (1.0 if family.has_classes else null.spread)
    if family.has_domain:  # expected responses must stay probabilities, or above 0
        usable &= np.abs(balance).sum(axis=1) * sums.reach <= 0.5
    # How far balancing can move the gradient of a feature (Cauchy-Schwarz).
    spread = data.design.scale * data.design.inverse
    moved = np.sqrt(cost * sums.steepest)[:, None, None] * spread
    size = np.abs(sums.z) + moved
    reach = moved * np.abs(coefs)
    value = penalty.value(coefs, goal.lambdas)
    if not penalty.penalized.all():  # balanced residuals do not feel features without penalty
        size[:, :, ~penalty.penalized] = 0.0
        reach[:, :, ~penalty.penalized] = 0.0
        coefs = coefs * penalty.penalized
    fit = (sums.z * coefs - reach).sum(axis=(1, 2)) - cost
    dual = sums.loss + fit
    slack = value - fit  # primal - dual, without cancellation
    plain = slack + penalty.conjugate(size, goal.lambdas)
    # A shrunk residual stays feasible in every family, and loses at most its share of the dual.
    shrunk = slack + (1.0 - penalty.shrinkage(size, goal.lambdas)) * dual
    gap = np.where(usable, np.minimum(plain, shrunk), np.inf)
    return gap, balance.reshape(sums.slope.shape), cost


def inverted(corner: np.ndarray) -> np.ndarray:
    """Pseudo-inverses of a stack of small symmetric matrices (C, q, q)."""
    corner = np.where(np.isfinite(corner).all(axis=(1, 2), keepdims=True), corner, 0.0)
    if corner.shape[1] == 1:
        result: np.ndarray = np.divide(1.0, corner, out=np.zeros_like(corner), where=corner > 0.0)
        return result
    return np.asarray(np.linalg.pinv(corner, rcond=SINGULAR, hermitian=True))
