r"""The objective and its certificate: the one place where the mathematics is written.

minimise over (b0, b):  (1/W) sum_i w_i loss(y_i, b0 + z_i b)
                        + lambda [ l1_ratio ||b||_1 + (1 - l1_ratio)/2 ||b||_2^2 ]

Shapes: Z (n, p), Y (n, K), intercept (K,), coefs (K, p); `weights` (n,) sum to one. The intercept
is not penalised. Nothing here iterates towards a solution: a certificate is computed from the
data and from the numbers that are to be proven, whoever found them.

Reference: Fenchel duality, e.g. Boyd & Vandenberghe, Convex Optimization, chapter 5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.families import Family

ROUNDING = 1e-9  # relative; sums over rows keep several digits more
CERTIFIED = 1e-6  # largest KKT violation and relative gap of a point that counts as proven


class Certificate(NamedTuple):
    """Proof of one point.

    `kkt_violation` is the largest violation of the optimality conditions divided by the largest
    gradient of the null model; `dual_gap` is (primal - dual) / primal, an upper bound on the
    relative distance to the smallest possible objective; `loss` is the weighted mean loss.
    """

    kkt_violation: float
    dual_gap: float
    loss: float


class NullModel(NamedTuple):
    """The model without features.

    `gradient` is its largest gradient over features and classes, `spread` the largest standard
    deviation of its residuals over the classes: the scales against which violations are measured.
    """

    intercept: np.ndarray
    loss: float
    gradient: float
    spread: float


def penalty(coefs: np.ndarray, lam: float, l1_ratio: float) -> float:
    """Elastic-net penalty of `coefs`."""
    l1 = np.abs(coefs).sum()
    return float(lam * (l1_ratio * l1 + 0.5 * (1.0 - l1_ratio) * np.square(coefs).sum()))


def penalty_conjugate(z: np.ndarray, lam: float, l1_ratio: float) -> float:
    """Fenchel conjugate of the penalty at `z`; infinite outside the box for the pure lasso."""
    excess = np.maximum(np.abs(z) - lam * l1_ratio, 0.0)
    if l1_ratio == 1.0:
        return np.inf if excess.any() else 0.0
    return float(np.square(excess).sum() / (2.0 * lam * (1.0 - l1_ratio)))


def linear_predictor(Z: np.ndarray, intercept: np.ndarray, coefs: np.ndarray) -> np.ndarray:
    """b0 + z_i b for each row and class, shape (n, K)."""
    active = np.flatnonzero(coefs.any(axis=0))
    if 4 * active.size < coefs.shape[1]:
        return Z[:, active] @ coefs[:, active].T + intercept
    return Z @ coefs.T + intercept


def correlation(Z: np.ndarray, residual: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """sum_i w_i z_i u_i: minus the gradient of the mean loss in the coefficients, shape (K, p)."""
    return (Z.T @ (weights[:, None] * residual)).T


def null_model(Z: np.ndarray, Y: np.ndarray, weights: np.ndarray, family: Family) -> NullModel:
    """Fit the model without features."""
    intercept = family.null_intercept(Y, weights)
    eta = np.broadcast_to(intercept, Y.shape)
    residual = Y - family.mean(eta)
    return NullModel(
        intercept=intercept,
        loss=float(weights @ family.loss(Y, eta)),
        gradient=float(np.abs(correlation(Z, residual, weights)).max(initial=0.0)),
        spread=float(np.sqrt((weights @ np.square(residual)).max())),
    )


def kkt_violation(z: np.ndarray, coefs: np.ndarray, lam: float, l1_ratio: float) -> float:
    """Largest violation of 0 in -z + lambda * subdifferential of the penalty at `coefs`."""
    pull = z - lam * (1.0 - l1_ratio) * coefs
    alive = coefs != 0.0
    violation = np.where(
        alive,
        np.abs(pull - lam * l1_ratio * np.sign(coefs)),
        np.maximum(np.abs(pull) - lam * l1_ratio, 0.0),
    )
    return float(violation.max(initial=0.0))


def balance_intercept(
    family: Family, Y: np.ndarray, weights: np.ndarray, eta: np.ndarray
) -> np.ndarray:
    """Shift `eta` by constants until the weighted residuals of every class sum to zero.

    Only such residuals are feasible in the dual problem, because the intercept is free.
    """
    n_outputs = Y.shape[1]
    best, best_size = eta, np.inf
    for _ in range(20):
        mean = family.mean(eta)
        gradient = weights @ (mean - Y)
        size = float(np.abs(gradient).max())
        if size >= best_size:
            break
        best, best_size = eta, size
        if size < 1e-15:
            break
        hessian = np.array(
            [
                [weights @ family.curvature(mean, k, m) for m in range(n_outputs)]
                for k in range(n_outputs)
            ]
        )
        eta = eta - np.linalg.pinv(hessian, rcond=1e-12, hermitian=True) @ gradient
    return best


def dual_objective(
    Z: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    eta: np.ndarray,
    lam: float,
    l1_ratio: float,
) -> float:
    """Value of the dual problem at the point that the primal predictions `eta` suggest."""
    residual = Y - family.mean(balance_intercept(family, Y, weights, eta))
    z = correlation(Z, residual, weights)
    plain = -float(weights @ family.conjugate(Y, residual)) - penalty_conjugate(z, lam, l1_ratio)
    # A shrunk residual stays feasible in every family: the domain of the conjugate is convex.
    # Inside the box the penalty's conjugate is zero; for the lasso it is infinite outside.
    box = lam * l1_ratio
    shrink = min(1.0, box / max(float(np.abs(z).max(initial=0.0)), np.finfo(float).tiny))
    return max(plain, -float(weights @ family.conjugate(Y, shrink * residual)))


def certify(
    Z: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    intercept: np.ndarray,
    coefs: np.ndarray,
    lam: float,
    l1_ratio: float,
    null: NullModel,
) -> Certificate:
    """Compute the certificate of one point from the data."""
    eta = linear_predictor(Z, intercept, coefs)
    residual = Y - family.mean(eta)
    z = correlation(Z, residual, weights)
    # The intercept's column of ones has size 1, as a standardised feature has: the spread of the
    # null residuals is the largest gradient that such a column can have.
    violation = max(
        kkt_violation(z, coefs, lam, l1_ratio) / null.gradient,
        float(np.abs(weights @ residual).max()) / null.spread,
    )
    loss = float(weights @ family.loss(Y, eta))
    primal = loss + penalty(coefs, lam, l1_ratio)
    gap = primal - dual_objective(Z, Y, weights, family, eta, lam, l1_ratio)
    # A gap below zero by more than rounding means that one of the two values is wrong.
    if not np.isfinite([violation, gap]).all() or gap < -ROUNDING * primal:
        return Certificate(np.inf, np.inf, loss)
    return Certificate(violation, max(gap, 0.0) / primal if primal > 0.0 else 0.0, loss)
