"""Proximal Newton steps on a working set of features, warm-started along the grid.

At each lambda: replace the loss by its quadratic model, minimise model plus penalty, search along
the line to that minimiser, repeat until the optimality conditions hold. Features outside the
working set are checked with the full gradient, and join it where they violate them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from regpath.core.families import Family
from regpath.core.objective import correlation, kkt_violation, linear_predictor, null_model, penalty
from regpath.core.solvers.kernels import descend_rows
from regpath.core.solvers.quadratic import Quadratic

ALL_FEATURES = 500  # up to this many coefficients, every feature is always in the working set
GRAM_LIMIT = 1500  # up to this many coefficients, the quadratic model is formed as a matrix
CHEAP_MODEL = 5e6  # multiplications for which renewing the model costs less than a lost iteration
SLOW = 0.2  # an old model that shrinks the violation by less than this is renewed
ROUNDS = 50  # of growing the working set


@dataclass
class Model:
    """Quadratic model of the loss around some predictor, with the intercepts minimised out."""

    quadratic: Quadratic
    to_intercept: np.ndarray  # intercept's change = -(inverse @ slope0 + to_intercept @ change)
    inverse: np.ndarray


@dataclass
class State:
    """Where the solver stands; changed in place from one lambda to the next."""

    intercept: np.ndarray
    coefs: np.ndarray
    model: Model | None = None
    model_set: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.intp))


def solve(
    Z: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    lambdas: np.ndarray,
    l1_ratio: float,
    targets: np.ndarray,
    max_iter: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve at each lambda in turn; see `regpath.core.solvers.solve_path`."""
    null = null_model(Z, Y, weights, family)
    n_lambdas, (n_outputs, p) = len(lambdas), (Y.shape[1], Z.shape[1])
    intercepts = np.empty((n_lambdas, n_outputs))
    coefs = np.zeros((n_lambdas, n_outputs, p))
    state = State(null.intercept.copy(), np.zeros((n_outputs, p)))
    solver = _Solver(Z, Y, weights, family, l1_ratio, max_iter)
    before = null.gradient / max(l1_ratio, np.finfo(float).eps)
    for i, lam in enumerate(lambdas):
        solver.tol = targets[i]
        solver.solve_point(state, lam, before)
        intercepts[i], coefs[i] = state.intercept, state.coefs
        before = lam
    return intercepts, coefs


@dataclass
class _Solver:
    Z: np.ndarray
    Y: np.ndarray
    weights: np.ndarray
    family: Family
    l1_ratio: float
    max_iter: int
    tol: float = 0.0

    def solve_point(self, state: State, lam: float, before: float) -> None:
        """Bring `state` to the solution at `lam`; `before` is the lambda it comes from."""
        p = self.Z.shape[1]
        if self.l1_ratio == 0.0 or p * self.Y.shape[1] <= ALL_FEATURES:
            self._iterate(state, lam, np.arange(p))
            return
        z = self._correlation(state)
        working = _likely(z, state.coefs, self.l1_ratio * (2.0 * lam - before))
        for _ in range(ROUNDS):
            self._iterate(state, lam, working)
            z = self._correlation(state)
            excess = np.abs(z).max(axis=0) - lam * self.l1_ratio - self.tol
            excess[working] = -np.inf
            excess[state.coefs.any(axis=0)] = -np.inf
            outside = np.flatnonzero(excess > 0.0)
            if outside.size == 0:
                return
            room = max(100, working.size)
            worst = outside[np.argsort(-excess[outside], kind="stable")[:room]]
            working = np.union1d(working, worst)

    def _correlation(self, state: State) -> np.ndarray:
        eta = linear_predictor(self.Z, state.intercept, state.coefs)
        return correlation(self.Z, self.Y - self.family.mean(eta), self.weights)

    def _iterate(self, state: State, lam: float, working: np.ndarray) -> None:
        """Newton steps on the features in `working`; the others keep their value of zero."""
        Z = self.Z if working.size == self.Z.shape[1] else np.asfortranarray(self.Z[:, working])
        b = state.coefs[:, working]
        eta = Z @ b.T + state.intercept
        size = b.size
        renew_always = Z.shape[0] * float(size) ** 2 <= CHEAP_MODEL
        if not np.array_equal(working, state.model_set):
            state.model, state.model_set = None, working
        last, stalls = np.inf, 0
        for _ in range(self.max_iter):
            mean = self.family.mean(eta)
            residual = self.Y - mean
            z = correlation(Z, residual, self.weights)
            slope0 = -(self.weights @ residual)
            size_now = max(
                kkt_violation(z, b, lam, self.l1_ratio), float(np.abs(slope0).max(initial=0.0))
            )
            if size_now <= self.tol:
                break
            fresh = state.model is None or renew_always
            if size_now > SLOW * last:
                fresh = True
                stalls = stalls + 1 if size_now > 0.5 * last else stalls
                if stalls >= 8:  # rounding noise: no further progress can be made here
                    break
            last = size_now
            change, shift = self._direction(state, Z, mean, residual, z, slope0, b, lam, fresh)
            step = self._step_length(Z, eta, b, change, shift, z, slope0, lam)
            if step == 0.0:
                if fresh:
                    break
                state.model = None
                continue
            b = b + change if step == 1.0 else b + step * change
            state.intercept = state.intercept + step * shift
            eta = Z @ b.T + state.intercept
        state.coefs[:] = 0.0
        state.coefs[:, working] = b

    def _direction(
        self,
        state: State,
        Z: np.ndarray,
        mean: np.ndarray,
        residual: np.ndarray,
        z: np.ndarray,
        slope0: np.ndarray,
        b: np.ndarray,
        lam: float,
        fresh: bool,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Change of coefficients and intercepts to the minimiser of model plus penalty."""
        l1, l2 = lam * self.l1_ratio, lam * (1.0 - self.l1_ratio)
        tol = 0.1 * self.tol
        if b.size > max(GRAM_LIMIT, 2 * len(Z)):
            return self._direction_by_rows(Z, mean, residual, b, l1, l2)
        if fresh:
            state.model = quadratic_model(Z, mean, self.weights, self.family)
        model = state.model
        assert model is not None
        slope = -z.ravel() - model.to_intercept.T @ slope0
        start = b.ravel()
        new = model.quadratic.minimise(model.quadratic.A @ start - slope, l1, l2, start, tol)
        change = new - start
        shift = -(model.inverse @ slope0 + model.to_intercept @ change)
        return change.reshape(b.shape), shift

    def _direction_by_rows(
        self,
        Z: np.ndarray,
        mean: np.ndarray,
        residual: np.ndarray,
        b: np.ndarray,
        l1: float,
        l2: float,
    ) -> tuple[np.ndarray, np.ndarray]:
        many = b.shape[0] > 1
        share = mean if many else self.family.curvature(mean, 0, 0)[:, None]
        share = np.ascontiguousarray(share.T) * self.weights
        slope = -np.ascontiguousarray(residual.T) * self.weights
        new, shift = np.ascontiguousarray(b).copy(), np.zeros(b.shape[0])
        columns = np.ascontiguousarray(Z.T)  # no copy: Z is column-major
        descend_rows(columns, slope, share, float(many), new, shift, l1, l2, self.tol**2, 500)
        return new - b, shift

    def _step_length(
        self,
        Z: np.ndarray,
        eta: np.ndarray,
        b: np.ndarray,
        change: np.ndarray,
        shift: np.ndarray,
        z: np.ndarray,
        slope0: np.ndarray,
        lam: float,
    ) -> float:
        """Armijo backtracking on the whole objective; 0 where no step lowers it."""
        if self.family.name == "gaussian":
            return 1.0
        toward = Z @ change.T + shift
        old = float(self.weights @ self.family.loss(self.Y, eta))
        old_penalty = penalty(b, lam, self.l1_ratio)
        drop = float(-(z * change).sum() + slope0 @ shift)
        drop += penalty(b + change, lam, self.l1_ratio) - old_penalty
        if abs(drop) <= 1e-11 * (old + old_penalty):
            return 1.0  # below the rounding noise of the objective: Newton's own step is better
        step = 1.0
        while step > 1e-10:
            loss = float(self.weights @ self.family.loss(self.Y, eta + step * toward))
            new = loss + penalty(b + step * change, lam, self.l1_ratio)
            if new <= old + old_penalty + 1e-4 * step * drop:
                return step
            step *= 0.5
        return 0.0


def quadratic_model(Z: np.ndarray, mean: np.ndarray, weights: np.ndarray, family: Family) -> Model:
    """Second derivatives of the mean loss in (coefs, intercepts), intercepts minimised out."""
    n_outputs, p = mean.shape[1], Z.shape[1]
    A = np.empty((n_outputs, p, n_outputs, p))
    cross = np.empty((n_outputs, p, n_outputs))
    corner = np.empty((n_outputs, n_outputs))
    for k in range(n_outputs):
        for m in range(k, n_outputs):
            h = weights * family.curvature(mean, k, m)
            scaled = h[:, None] * Z
            block = Z.T @ scaled
            A[k, :, m, :] = block
            A[m, :, k, :] = block.T
            cross[k, :, m] = cross[m, :, k] = scaled.sum(axis=0)
            corner[k, m] = corner[m, k] = h.sum()
    inverse = np.linalg.pinv(corner, rcond=1e-12, hermitian=True)
    flat = cross.reshape(n_outputs * p, n_outputs)
    to_intercept = inverse @ flat.T
    full = A.reshape(n_outputs * p, n_outputs * p) - flat @ to_intercept
    return Model(Quadratic(np.ascontiguousarray(full)), to_intercept, inverse)


def _likely(z: np.ndarray, coefs: np.ndarray, bar: float) -> np.ndarray:
    """Features that are alive, and those that the sequential strong rule cannot rule out.

    Reference: Tibshirani et al. (2012), Strong rules for discarding predictors in lasso-type
    problems.
    """
    alive = coefs.any(axis=0)
    strength = np.abs(z).max(axis=0)
    room = max(100, 2 * int(alive.sum()) + 50)
    order = np.argsort(-strength, kind="stable")[:room]
    likely = order[strength[order] >= bar]
    return np.union1d(np.flatnonzero(alive), likely)
