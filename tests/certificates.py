"""What a certificate is held against: losses, means, conjugates and dual points, written out."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import logsumexp, softmax, xlogy

import regpath
from regpath.core.families import FAMILIES
from regpath.core.fit import Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.null import solve_null
from regpath.core.objective import certify
from regpath.core.penalty import Penalty


def explicit_loss(name, Y, eta):
    if name == "gaussian":
        return 0.5 * (Y - eta)[:, 0] ** 2
    if name == "binomial":
        return (np.logaddexp(0.0, eta) - Y * eta)[:, 0]
    if name == "poisson":
        return (np.exp(eta) - Y * eta + xlogy(Y, Y) - Y)[:, 0]
    return logsumexp(eta, axis=1) - np.sum(Y * eta, axis=1)


def explicit_mean(name, eta):
    if name == "gaussian":
        return eta
    if name == "poisson":
        return np.exp(eta)
    return 1.0 / (1.0 + np.exp(-eta)) if name == "binomial" else softmax(eta, axis=1)


def explicit_conjugate(name, Y, u):
    """Conjugate of each row's loss at -u; infinite outside its domain."""
    if name == "gaussian":
        return (0.5 * u**2 - u * Y)[:, 0]
    m = Y - u
    assert m.min() >= -1e-14
    m = np.clip(m, 0.0, None)
    if name == "poisson":
        return (xlogy(m, m) - m - xlogy(Y, Y) + Y)[:, 0]
    if name == "binomial":
        assert m.max() <= 1.0 + 1e-14
        return (xlogy(m, m) + xlogy(1.0 - m, np.clip(1.0 - m, 0.0, None)))[:, 0]
    assert m.sum(axis=1) == pytest.approx(1.0, abs=1e-13)
    return xlogy(m, m).sum(axis=1)


@dataclass
class Case:
    """A small problem, with everything that a certificate needs in plain arrays."""

    problem: regpath.Problem
    l1_ratio: float
    standardize: bool
    factors: np.ndarray

    def __post_init__(self):
        p = self.problem
        self.w, self.Y, self.name = p.sample_weight / p.sample_weight.sum(), p.Y, p.family
        self.mean = self.w @ p.X
        scale = np.sqrt(self.w @ (p.X - self.mean) ** 2)
        self.unit = scale if self.standardize else np.ones_like(scale)
        self.Z = (p.X - self.mean) / self.unit
        self.free = np.flatnonzero(self.factors == 0.0)
        self.A = np.column_stack([np.ones(len(self.Z)), self.Z[:, self.free]])
        self.data = in_memory(p, self.standardize)
        self.penalty = Penalty(self.l1_ratio, self.factors)
        self.null = solve_null(p.feature_names, self.data, self.factors)
        self.offset = 0.0 if p.offset is None else p.offset[:, None]

    def solutions(self, lambdas=None):
        """Strengths (L,), intercepts (L, K) and coefs (L, K, p) of a tight fit."""
        path = regpath.fit_path(
            self.problem,
            l1_ratio=self.l1_ratio,
            standardize=self.standardize,
            penalty_factor=self.factors,
            lambdas=lambdas,
            n_lambdas=4,
            min_ratio=0.02,
            tol=1e-10,
        )
        raw = np.moveaxis(path.coef_path.reshape(-1, len(self.unit), len(path.lambdas)), 2, 0)
        starts = path.intercept_path.reshape(-1, len(path.lambdas)).T + raw @ self.mean
        return path.lambdas, starts - self.problem.origin, raw * self.unit

    def eta(self, intercept, coefs):
        return self.Z @ coefs.T + intercept + self.offset

    def primal(self, intercept, coefs, lam):
        loss = self.w @ explicit_loss(self.name, self.Y, self.eta(intercept, coefs))
        l1, l2 = np.abs(coefs) @ self.factors, coefs**2 @ self.factors
        return loss + lam * (self.l1_ratio * l1 + (1.0 - self.l1_ratio) / 2 * l2).sum()

    def balanced(self, intercept, coefs):
        """The same with intercepts and free coefficients moved until residuals balance."""
        theta = np.column_stack([intercept, coefs[:, self.free]])
        rest = np.where(self.factors == 0.0, 0.0, coefs)
        family = FAMILIES[self.name]
        for _ in range(60):
            mean = explicit_mean(self.name, self.Z @ rest.T + self.A @ theta.T + self.offset)
            slope = (self.A.T @ (self.w[:, None] * (self.Y - mean))).T
            bend = self.w[:, None, None] * family.curvature(mean)
            H = np.einsum("ikl,ia,ib->kalb", bend, self.A, self.A).reshape(slope.size, -1)
            step = (np.linalg.pinv(H, rcond=1e-13) @ slope.ravel()).reshape(slope.shape)
            theta = theta + step / max(1.0, np.abs(step).max())
            if np.abs(step).max() < 1e-10:  # the next one is as its square, below rounding
                break
        coefs = rest.copy()
        coefs[:, self.free] = theta[:, 1:]
        return theta[:, 0], coefs

    def conjugate(self, u):
        """Of each row's loss as a function of what the model adds to the offset, at -u."""
        return explicit_conjugate(self.name, self.Y, u) + (u * self.offset)[:, 0]

    def dual(self, u, lam):
        """Dual value at balanced residuals, shrunk into the box where that is better."""
        assert np.abs((self.w[:, None] * u).T @ self.A).max() < 1e-12

        def value(t):
            size = np.abs(self.Z.T @ (self.w[:, None] * (t * u)))
            size[self.free] = 0.0
            box = lam * self.l1_ratio * self.factors[:, None]
            over = np.maximum(size - box, 0.0)
            over[over < 1e-13 * lam] = 0.0
            ridge = lam * (1.0 - self.l1_ratio) * np.maximum(self.factors, 1e-300)
            if ridge.any():
                cost = (over**2 / (2.0 * ridge[:, None])).sum()
            else:
                cost = np.inf if over.any() else 0.0
            return -self.w @ self.conjugate(t * u) - cost

        size = np.abs(self.Z.T @ (self.w[:, None] * u)).max(axis=1)
        size[self.free] = 0.0
        far = (size / np.maximum(lam * self.l1_ratio * self.factors, 1e-300)).max()
        return max(value(1.0), value(1.0 / max(far, 1.0)), 0.0)

    def proof(self, intercepts, coefs, lambdas):
        goal = Goal.of(np.array(lambdas), self.penalty, self.null)
        return certify(self.data, goal, self.null, Points(np.array(intercepts), np.array(coefs)))
