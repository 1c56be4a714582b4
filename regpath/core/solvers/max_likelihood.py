"""Maximum likelihood without a penalty: Newton steps, and what they prove about a finite answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from regpath.core.fit import FitData

LEAST_STEP = 1e-6  # of a Newton step: a shorter one that lowers no loss is lost in rounding
APART = 1e-9  # of the largest coefficient: a lead over other classes that no rounding makes
STEPS = 40  # Newton needs about ten where the answer is finite
SLOW = 6  # steps that hardly lower the gradient, after which a mere proof is given up
ROUNDING = 1e-13  # relative, of a mean loss
POSITIVE = 1e-7  # a weight above this is far from rounding
INDEPENDENT = 1e-12  # ratio of eigenvalues, the squares of sizes
SLOWLY = 0.2  # of the violation before: a Newton step near an end that exists leaves far less
NEGLIGIBLE = 1e-3  # of the lightest weight: an imbalance that weights still positive can take up


class Maximum(NamedTuple):
    """Where Newton steps came to.

    `coefs` (K - 1, q) belong to the classes after the first. `violation` is the largest gradient
    relative to the spread of the response. `finite` says whether positive weights of all
    demands balance exactly: a proof that no direction raises the likelihood for ever, by Gordan's
    theorem. `separates` says whether `coefs` put every row on its side.
    """

    coefs: np.ndarray
    violation: float
    finite: bool
    separates: bool


@np.errstate(all="ignore")
def maximize(
    Z: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    n_classes: int,
    *,
    to: float = 1.0,
    progress: Callable[[float], None] | None = None,
) -> Maximum:
    """Newton steps with halving, until the gradient is below `to` and an answer is proven.

    Parameters
    ----------
    Z : ndarray of shape (n, q)
        Independent columns of about size one, with a column of ones.
    y : ndarray of int, shape (n,)
    weights : ndarray of shape (n,)
        Positive, sum to one.
    n_classes : int
    to : float, default=1.0
        Violation that is wanted; 1 is content with a proof. Where rounding stops the steps before
        that, the violation that was reached says so.
    progress : callable, default=None
        Called before each step with the share of the most steps that is done.
    """
    Y = np.eye(n_classes)[y]
    coefs = np.zeros((n_classes - 1, Z.shape[1]))
    proba, loss = _at(Z, coefs, y, weights)
    share = weights @ Y
    spread = float(np.sqrt((share * (1.0 - share)).max()))
    violation, before, slow, finite = np.inf, np.inf, 0, False
    for done in range(STEPS):
        if progress is not None:
            progress(done / STEPS)
        gradient = (weights[:, None] * (Y - proba))[:, 1:].T @ Z
        violation = float(np.abs(gradient).max()) / spread
        slow, before = slow + (violation > SLOWLY * before), violation
        step = _newton(Z, proba[:, 1:], weights, gradient)
        if step is None or (to >= 1.0 and slow > SLOW):
            break
        finite = finite or _balanced(Z, Y, weights, proba, step)
        if finite and violation <= to:
            return Maximum(coefs, violation, True, False)
        length, moved = 1.0, _at(Z, coefs + step, y, weights)
        limit = loss + ROUNDING * abs(loss)
        while not moved[1] <= limit and length > LEAST_STEP:
            length *= 0.5
            moved = _at(Z, coefs + length * step, y, weights)
        if not moved[1] <= limit:
            break
        coefs, (proba, loss) = coefs + length * step, moved
        if not finite and _separates(Z, coefs, y):
            return Maximum(coefs, violation, False, True)
    return Maximum(coefs, violation, finite, False)


@np.errstate(all="ignore")
def maximize_smooth(Z: np.ndarray, data: FitData, *, to: float) -> Maximum:
    """Newton steps with halving for one output whose curvature changes by a factor e^t within t.

    Of such losses (counts, for one) a Newton decrement says whether a finite answer exists and is
    near: that is so where decrement times the largest leverage is below 1/2.

    Parameters
    ----------
    Z : ndarray of shape (n, q)
        Independent columns of about size one, the last one of ones.
    data : FitData
        Responses, weights (positive, sum to one), family and offset of these rows.
    to : float
        Violation that is wanted.

    References
    ----------
    F. Bach (2010), Self-concordant analysis for logistic regression, Electronic Journal of
    Statistics 4, proposition 2.
    """
    family, weights, every = data.family, data.weights, slice(None)
    theta = np.zeros(Z.shape[1])
    theta[-1] = data.null_intercept()[0]
    spread = float(np.sqrt(weights @ np.square(data.Y - family.mean(data.null_eta()))[:, 0]))

    def at(theta: np.ndarray) -> tuple[np.ndarray, float]:
        eta = data.with_offset((Z @ theta)[:, None], every)
        return family.mean(eta), float(weights @ family.loss(data.Y, eta))

    violation, finite, (mean, loss) = np.inf, False, at(theta)
    for _ in range(STEPS):
        gradient = Z.T @ (weights * (data.Y - mean)[:, 0])
        violation = float(np.abs(gradient).max()) / spread
        hessian = Z.T @ ((weights * family.curvature(mean)[:, 0, 0])[:, None] * Z)
        try:
            inverse = np.linalg.inv(hessian)
        except np.linalg.LinAlgError:
            break
        step = inverse @ gradient
        leverage = np.sqrt(np.einsum("ij,jk,ik->i", Z, inverse, Z).max())
        near = leverage * np.sqrt(max(gradient @ step, 0.0)) <= 0.5
        finite = bool(near and _invertible(hessian))
        if (finite and violation <= to) or not np.isfinite(step).all():
            break
        length, moved = 1.0, at(theta + step)
        limit = loss + ROUNDING * abs(loss)
        while not moved[1] <= limit and length > LEAST_STEP:
            length *= 0.5
            moved = at(theta + length * step)
        if not moved[1] <= limit:
            break
        theta, (mean, loss) = theta + length * step, moved
    return Maximum(theta[None], violation, finite, False)


def _eta(Z: np.ndarray, coefs: np.ndarray) -> np.ndarray:
    return np.hstack([np.zeros((len(Z), 1)), Z @ coefs.T])


def _at(
    Z: np.ndarray, coefs: np.ndarray, y: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, float]:
    """Probabilities (n, K) and mean loss."""
    eta = _eta(Z, coefs)
    eta -= eta.max(axis=1, keepdims=True)
    proba = np.exp(eta)
    total = proba.sum(axis=1)
    loss = np.log(total) - eta[np.arange(len(y)), y]
    return proba / total[:, None], float(weights @ loss)


def _newton(
    Z: np.ndarray, proba: np.ndarray, weights: np.ndarray, gradient: np.ndarray
) -> np.ndarray | None:
    """Second derivatives against the gradient; None where they are singular."""
    k, q = gradient.shape
    hessian = np.empty((k, q, k, q))
    for a in range(k):
        for b in range(a, k):
            bend = weights * proba[:, a] * ((a == b) - proba[:, b])
            hessian[a, :, b] = hessian[b, :, a] = Z.T @ (bend[:, None] * Z)
    try:
        step = np.linalg.solve(hessian.reshape(k * q, -1), gradient.ravel())
    except np.linalg.LinAlgError:
        return None
    return step.reshape(k, q) if np.isfinite(step).all() else None


def _balanced(
    Z: np.ndarray, Y: np.ndarray, weights: np.ndarray, proba: np.ndarray, step: np.ndarray
) -> bool:
    """Whether probabilities of other classes, as the step would change them, prove a finite answer.

    They balance, since the gradient at the linearized probabilities is zero; so they do if all
    are positive. Rows that are nearly certain may be left out: the others balance after a second
    such step, and if their features are independent, no direction spares them all.
    """
    changed = _linearized(Z, proba, step)
    sure = _least(Y, changed) > POSITIVE
    if sure.sum() <= Z.shape[1]:
        return False
    Z, Y, weights, proba, changed = (part[sure] for part in (Z, Y, weights, proba, changed))
    if not sure.all():
        left = (weights[:, None] * (Y - changed))[:, 1:].T @ Z
        again = _newton(Z, proba[:, 1:], weights, left)
        if again is None or not _independent(Z):
            return False
        changed = changed + _linearized(Z, proba, again) - proba
    least = _least(Y, changed)
    left = np.abs((weights[:, None] * (Y - changed)).T @ Z).max()
    return bool(least.min() > 0.5 * POSITIVE and left <= NEGLIGIBLE * (weights * least).min())


def _linearized(Z: np.ndarray, proba: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Probabilities as a step changes them to first order."""
    moved = _eta(Z, step)
    return np.asarray(proba * (1.0 + moved - (proba * moved).sum(axis=1, keepdims=True)))


def _least(Y: np.ndarray, proba: np.ndarray) -> np.ndarray:
    """Smallest probability of another class than the row's own."""
    return np.asarray(np.where(Y > 0.0, np.inf, proba).min(axis=1))


def _independent(Z: np.ndarray) -> bool:
    """Whether the columns are clearly independent."""
    return _invertible(Z.T @ Z)


def _invertible(gram: np.ndarray) -> bool:
    """Whether the inverse of products of columns is more than their rounding."""
    unit = np.sqrt(np.diag(gram))
    if not unit.all():
        return False
    sizes = np.linalg.eigvalsh(gram / unit / unit[:, None])
    return bool(sizes[0] > INDEPENDENT * sizes[-1])


def _separates(Z: np.ndarray, coefs: np.ndarray, y: np.ndarray) -> bool:
    eta = _eta(Z, coefs)
    own = eta[np.arange(len(y)), y]
    eta[np.arange(len(y)), y] = -np.inf
    return bool((own - eta.max(axis=1) > APART * np.abs(coefs).max()).all())
