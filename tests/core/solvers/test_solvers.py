import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from regpath.core.standardize import standardized

import regpath
from regpath.core.families import FAMILIES
from regpath.core.objective import null_model
from regpath.core.solvers import gaussian, newton
from regpath.core.solvers.quadratic import Quadratic, violation


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 12), st.sampled_from([0.0, 0.3]))
@settings(deadline=None, max_examples=60)
def test_quadratic_reaches_its_optimality_conditions(seed, p, rank, l2):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(rank, p))
    A, q = root.T @ root, root.T @ rng.normal(size=rank)
    for l1 in (0.0, 0.2 * np.abs(q).max()):
        b = Quadratic(np.ascontiguousarray(A)).minimise(q, l1, l2, np.zeros(p), 1e-9)
        assert violation(A @ b - q, b, l1, l2) <= 1e-9 * max(1.0, np.abs(q).max())


def solve_small(family, make_small, solver, l1_ratio=0.6, **limits):
    problem = make_small(family, n=50, p=12)
    design = standardized(problem, True)
    null = null_model(design.Z, problem.Y, problem.weights, problem.loss)
    lambdas = null.gradient / l1_ratio * np.geomspace(0.9, 0.01, 8)
    targets = np.full(8, 1e-11)
    return solver.solve(
        design.Z, problem.Y, problem.weights, FAMILIES[family], lambdas, l1_ratio, targets, 200
    )


def test_working_sets_and_row_kernel_agree_with_the_plain_way(family, make_small, monkeypatch):
    plain = solve_small(family, make_small, newton)
    monkeypatch.setattr(newton, "ALL_FEATURES", 0)
    on_sets = solve_small(family, make_small, newton)
    monkeypatch.setattr(newton._Solver, "_direction", by_rows)
    on_rows = solve_small(family, make_small, newton)
    for other in (on_sets, on_rows):
        assert other[1] == pytest.approx(plain[1], abs=1e-6)


def by_rows(self, state, Z, mean, residual, z, slope0, b, lam, fresh):
    l1, l2 = lam * self.l1_ratio, lam * (1 - self.l1_ratio)
    return self._direction_by_rows(Z, mean, residual, b, l1, l2)


def test_gram_solver_agrees_with_newton(make_small):
    one = solve_small("gaussian", make_small, gaussian)
    two = solve_small("gaussian", make_small, newton)
    assert one[0] == pytest.approx(two[0], abs=1e-10)
    assert one[1] == pytest.approx(two[1], abs=1e-8)


def test_ridge_by_rotation_agrees_with_the_dual_form():
    rng = np.random.default_rng(0)
    n, p = 15, 80
    X, y = rng.normal(size=(n, p)), rng.normal(size=n)
    path = regpath.fit_path(
        regpath.Problem.from_arrays(X, y, family="gaussian"), l1_ratio=0.0, n_lambdas=4
    )
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    for i, lam in enumerate(path.lambdas):
        dual = Z.T @ np.linalg.solve(Z @ Z.T + n * lam * np.eye(n), y - y.mean())
        assert path.coefs("standardized")[:, i] == pytest.approx(dual, abs=1e-9)
