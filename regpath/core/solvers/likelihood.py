"""Maximum likelihood without a penalty: Newton steps, and what they prove about a finite answer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

STEPS = 40  # Newton needs about ten where the answer is finite
SLOW = 6  # steps that hardly lower the gradient: so it goes where the answer is not finite
ROUNDING = 1e-13  # relative, of a mean loss
EPSILON = 1e-15  # of a mean over rows, relative to the largest
POSITIVE = 1e-10  # a weight above this is not rounding


class Maximum(NamedTuple):
    """Where Newton steps came to.

    `coefs` (K - 1, q) belong to the classes after the first. `violation` is the largest gradient
    relative to the spread of the response. `finite` says that it is proven that no direction
    raises the likelihood for ever: positive weights of all demands balance exactly (Gordan's
    theorem), or the loss rises on all sides of `coefs`. `separates` says whether `coefs` put every
    row on its side.
    """

    coefs: np.ndarray
    violation: float
    finite: bool
    separates: bool


@np.errstate(all="ignore")
def maximise(
    Z: np.ndarray, y: np.ndarray, weights: np.ndarray, n_classes: int, *, to: float = 1.0
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
        Violation that is wanted; 1 is content with a proof.
    """
    Y = np.eye(n_classes)[y]
    coefs = np.zeros((n_classes - 1, Z.shape[1]))
    proba, loss = _at(Z, coefs, y, weights)
    share = weights @ Y
    spread = float(np.sqrt((share * (1.0 - share)).max()))
    # Who wants the fit itself waits longer: near separation it takes many steps.
    patience = SLOW if to >= 1.0 else STEPS
    violation, before, slow = np.inf, np.inf, 0
    for _ in range(STEPS):
        gradient = (weights[:, None] * (Y - proba))[:, 1:].T @ Z
        violation = float(np.abs(gradient).max()) / spread
        slow, before = slow + (violation > 0.2 * before), violation
        bend = _second(Z, proba[:, 1:], weights)
        step = _newton(bend, gradient)
        if step is None or slow > patience:
            break
        if violation <= to and (
            _balanced(Z, Y, weights, proba, step) or _surrounded(Z, bend, gradient)
        ):
            return Maximum(coefs, violation, True, False)
        length, moved = 1.0, _at(Z, coefs + step, y, weights)
        limit = loss + ROUNDING * abs(loss)
        while not moved[1] <= limit and length > 1e-6:
            length *= 0.5
            moved = _at(Z, coefs + length * step, y, weights)
        if not moved[1] <= limit:
            break
        coefs, (proba, loss) = coefs + length * step, moved
        if _separates(Z, coefs, y):
            return Maximum(coefs, violation, False, True)
    return Maximum(coefs, violation, False, False)


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


def _second(Z: np.ndarray, proba: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Second derivatives of the mean loss, shape (k q, k q)."""
    k, q = proba.shape[1], Z.shape[1]
    hessian = np.empty((k, q, k, q))
    for a in range(k):
        for b in range(a, k):
            bend = weights * proba[:, a] * ((a == b) - proba[:, b])
            hessian[a, :, b] = hessian[b, :, a] = Z.T @ (bend[:, None] * Z)
    return hessian.reshape(k * q, -1)


def _newton(hessian: np.ndarray, gradient: np.ndarray) -> np.ndarray | None:
    """Second derivatives against the gradient; None where they are singular."""
    try:
        step = np.linalg.solve(hessian, gradient.ravel())
    except np.linalg.LinAlgError:
        return None
    return step.reshape(gradient.shape) if np.isfinite(step).all() else None


def _surrounded(Z: np.ndarray, hessian: np.ndarray, gradient: np.ndarray) -> bool:
    """Whether the loss rises on all sides of this point, so that its minimum is near.

    In coordinates in which the second derivatives are the identity, third derivatives along v are
    at most R |v| times the second, where R is the reach of the rows; then 2 R |gradient| <= 1 is
    enough (Bach 2010, Self-concordant analysis for logistic regression, proposition 2). This also
    proves fits that are nearly sure of some rows, whose probabilities are too small to balance
    anything in floating point.
    """
    k, q = gradient.shape
    try:
        root = np.linalg.cholesky(hessian)
    except np.linalg.LinAlgError:
        return False
    slope = float(np.linalg.norm(np.linalg.solve(root, gradient.ravel())))
    reach = 0.0
    for a in range(k):
        rows = np.linalg.solve(root, np.eye(k * q)[:, a * q : (a + 1) * q] @ Z.T)
        reach = max(reach, float(np.sqrt(np.square(rows).sum(axis=0).max())))
    reach *= 1.0 if k == 1 else 2.0  # two linear predictors move against each other
    return 2.0 * reach * (slope + EPSILON * reach) <= 1.0


def _balanced(
    Z: np.ndarray, Y: np.ndarray, weights: np.ndarray, proba: np.ndarray, step: np.ndarray
) -> bool:
    """Whether probabilities of other classes, as the step would change them, are all positive.

    They balance then: the gradient at the linearised probabilities is zero, but for rounding.
    """
    moved = _eta(Z, step)
    changed = proba * (1.0 + moved - (proba * moved).sum(axis=1, keepdims=True))
    least = np.where(Y > 0.0, np.inf, changed).min(axis=1)
    left = np.abs((weights[:, None] * (Y - changed)).T @ Z).max()
    return bool(least.min() > POSITIVE and left <= 1e-3 * (weights * least).min())


def _separates(Z: np.ndarray, coefs: np.ndarray, y: np.ndarray) -> bool:
    eta = _eta(Z, coefs)
    own = eta[np.arange(len(y)), y]
    eta[np.arange(len(y)), y] = -np.inf
    return bool((own - eta.max(axis=1) > 1e-9 * np.abs(coefs).max()).all())
