"""What a path is worth: objective, KKT violation and dual bound, from the data in float64.

Written apart from regpath and from every peer, so that no solver is its own judge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import entr, expit, logsumexp, softmax

from benchmarks.work import Work

BLOCK = 5_000_000  # numbers in one block of linear predictors


@dataclass(frozen=True, eq=False)
class Verdict:
    """One number per lambda, shape (L,).

    Attributes
    ----------
    objective : ndarray
    kkt : ndarray
        Largest violation of the optimality conditions, intercept included, over the largest
        gradient of the null model.
    bound : ndarray
        Value of the dual problem: no point can have a smaller objective.
    """

    objective: np.ndarray
    kkt: np.ndarray
    bound: np.ndarray

    def worst_gap(self, best: np.ndarray) -> float:
        """Largest (P - P*) / P* over the path."""
        gap = float(((self.objective - best) / best).max())
        return gap if np.isfinite(gap) else np.inf


def null_gradient(work: Work) -> float:
    """Largest gradient of the model without features."""
    Y = work.one_hot()
    return float(np.abs(work.X.T @ (Y - Y.mean(axis=0))).max()) / len(Y)


def judge(work: Work, intercepts: np.ndarray, coefs: np.ndarray) -> Verdict:
    """Judge a path of (L, K) intercepts and (L, K, p) coefficients."""
    Y, scale = work.one_hot(), null_gradient(work)
    size = max(1, BLOCK // Y.size)
    X = work.X.tocsr() if work.sparse else work.X
    rows = []
    for start in range(0, len(work.lambdas), size):
        part = slice(start, start + size)
        L, K, p = coefs[part].shape
        eta = np.asarray(X @ coefs[part].reshape(L * K, p).T).reshape(len(Y), L, K)
        eta += intercepts[part]
        dual_eta = _balanced(work.family, Y, eta)
        z = _pull(X, Y - _mean(work.family, eta.swapaxes(0, 1)))
        residual = Y - _mean(work.family, dual_eta.swapaxes(0, 1))
        dual_z = _pull(X, residual)
        for i, lam in enumerate(work.lambdas[part]):
            b, b0_pull = coefs[start + i], (Y - _mean(work.family, eta[:, i])).mean(axis=0)
            loss = losses(work.family, Y, eta[:, i]).mean()
            kkt = max(_violation(z[i], b, lam, work.l1_ratio), float(np.abs(b0_pull).max()))
            bound = _dual(work.family, Y, residual[i], dual_z[i], lam, work.l1_ratio)
            rows.append((loss + _penalty(b, lam, work.l1_ratio), kkt / scale, bound))
    return Verdict(*np.array(rows).T)


def _pull(X: np.ndarray, residual: np.ndarray) -> np.ndarray:
    """x_j' u / n for each lambda and class: (L, n, K) residuals to shape (L, K, p)."""
    L, n, K = residual.shape
    flat = residual.swapaxes(0, 1).reshape(n, L * K)
    return np.asarray(X.T @ flat).T.reshape(L, K, -1) / n


def losses(family: str, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
    """Loss of each row, from (n, K) responses and predictors."""
    if family == "gaussian":
        return 0.5 * (Y - eta)[:, 0] ** 2
    if family == "binomial":
        # The sign turns the loss into log(1 + exp(-margin)): exact where y fits eta.
        return np.logaddexp(0.0, np.where(Y == 1.0, -eta, eta))[:, 0]
    return logsumexp(eta, axis=1) - (Y * eta).sum(axis=1)


def _mean(family: str, eta: np.ndarray) -> np.ndarray:
    if family == "gaussian":
        return eta
    return expit(eta) if family == "binomial" else softmax(eta, axis=-1)


def _penalty(b: np.ndarray, lam: float, l1_ratio: float) -> float:
    return lam * float(l1_ratio * np.abs(b).sum() + 0.5 * (1.0 - l1_ratio) * (b * b).sum())


def _violation(z: np.ndarray, b: np.ndarray, lam: float, l1_ratio: float) -> float:
    pull = z - lam * (1.0 - l1_ratio) * b
    inside = np.maximum(np.abs(pull) - lam * l1_ratio, 0.0)
    return float(np.where(b != 0.0, np.abs(pull - lam * l1_ratio * np.sign(b)), inside).max())


def _balanced(family: str, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
    """Shift every (n, K) predictor until residuals sum to zero: only those are dual feasible."""
    shift = np.zeros(eta.shape[1:])
    for _ in range(8 if family != "gaussian" else 1):
        mean = _mean(family, eta + shift)
        excess = (mean - Y[:, None, :]).mean(axis=0)
        if family == "gaussian":
            shift = shift - excess
        elif family == "binomial":
            shift = shift - excess / np.maximum((mean * (1.0 - mean)).mean(axis=0), 1e-12)
        else:
            outer = np.einsum("nlk,nlm->lkm", mean, mean) / len(Y)
            curvature = np.einsum("nlk,km->lkm", mean, np.eye(Y.shape[1])) / len(Y) - outer
            shift = shift - np.einsum("lkm,lm->lk", np.linalg.pinv(curvature, 1e-12), excess)
    return eta + shift


def _dual(
    family: str, Y: np.ndarray, u: np.ndarray, z: np.ndarray, lam: float, l1_ratio: float
) -> float:
    """The better of two dual points: the residuals, and the residuals shrunk into the box."""
    excess = np.maximum(np.abs(z) - lam * l1_ratio, 0.0)
    box = min(1.0, lam * l1_ratio / max(float(np.abs(z).max()), 1e-300))
    shrunk = _dual_loss(family, Y, box * u)
    if l1_ratio == 1.0:
        return shrunk
    whole = _dual_loss(family, Y, u) - float((excess**2).sum()) / (2.0 * lam * (1.0 - l1_ratio))
    return max(shrunk, whole)


def _dual_loss(family: str, Y: np.ndarray, u: np.ndarray) -> float:
    if family == "gaussian":
        return float((u * (Y - 0.5 * u)).mean())
    m = np.clip(Y - u, 0.0, 1.0)
    entropy = entr(m) + entr(1.0 - m) if family == "binomial" else entr(m)
    return float(entropy.sum(axis=1).mean())
