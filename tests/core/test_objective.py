from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.core.objective import (
    certify,
    kkt_violation,
    null_model,
    penalty,
    penalty_conjugate,
)
from regpath.core.standardize import standardized


@pytest.mark.parametrize("l1_ratio", [0.0, 0.3, 0.9])
def test_penalty_conjugate_is_the_largest_difference(l1_ratio):
    rng = np.random.default_rng(0)
    z, lam = rng.normal(size=(1, 3)), 0.4
    grid = np.linspace(-20, 20, 400_001)
    best = sum(
        np.max(z_j * grid - lam * (l1_ratio * np.abs(grid) + (1 - l1_ratio) / 2 * grid**2))
        for z_j in z[0]
    )
    assert penalty_conjugate(z, lam, l1_ratio) == pytest.approx(best, abs=1e-6)


def test_penalty_conjugate_of_the_lasso_is_a_box():
    assert penalty_conjugate(np.array([[0.5, -0.5]]), 0.5, 1.0) == 0.0
    assert penalty_conjugate(np.array([[0.5, -0.51]]), 0.5, 1.0) == np.inf


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_soft_threshold_of_an_orthogonal_design_has_no_violation(l1_ratio):
    rng = np.random.default_rng(1)
    n, p, lam = 40, 4, 0.3
    Z = np.sqrt(n) * np.linalg.qr(rng.normal(size=(n, p)))[0]
    y = Z @ rng.normal(size=p) + rng.normal(size=n)
    z = Z.T @ y / n
    b = np.sign(z) * np.maximum(np.abs(z) - lam * l1_ratio, 0) / (1 + lam * (1 - l1_ratio))
    assert kkt_violation((z - b)[None], b[None], lam, l1_ratio) < 1e-14
    moved = b + 0.01
    assert kkt_violation((z - moved)[None], moved[None], lam, l1_ratio) > 0.005


@pytest.mark.parametrize("l1_ratio", [0.0, 0.4, 1.0])
def test_the_gap_bounds_the_distance_to_the_optimum_wherever_it_is_measured(
    family, l1_ratio, make_small
):
    problem = make_small(family, weights=True)
    design = standardized(problem, True)
    null = null_model(design.Z, problem.Y, problem.weights, problem.loss)
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=5, min_ratio=0.01)
    lam = path.lambdas[2]

    def value(intercept, coefs):
        eta = design.Z @ coefs.T + intercept
        mean = problem.weights @ problem.loss.loss(problem.Y, eta)
        return mean + penalty(coefs, lam, l1_ratio)

    best = np.atleast_2d(path.coefs("standardized")[..., 2])
    shift = np.atleast_2d(path.coef_path[..., 2]) @ design.mean
    intercept = np.atleast_1d(path.intercept_path[..., 2]) + shift
    optimum = value(intercept, best)
    rng = np.random.default_rng(2)
    for size in (1e-6, 1e-3, 0.1, 2.0):
        coefs = best + size * rng.normal(size=best.shape)
        start = intercept + size * rng.normal(size=intercept.shape)
        proof = certify(
            design.Z, problem.Y, problem.weights, problem.loss, start, coefs, lam, l1_ratio, null
        )
        primal = value(start, coefs)
        assert proof.dual_gap * primal >= primal - optimum - 1e-12 * primal
        assert proof.kkt_violation > 0


def test_a_corrupted_coefficient_turns_its_point_not_ok(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    assert regpath.check_path(problem, path)["ok"].all()
    coefs = path.coef_path.copy()
    coefs[..., 0, 9] += 1e-3
    report = regpath.check_path(problem, replace(path, coef_path=coefs))
    assert report.index[~report["ok"]].tolist() == [9]


def test_a_corrupted_intercept_is_found_too(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    intercepts = path.intercept_path.copy()
    intercepts[..., 4] += 0.01 * np.arange(1, 1 + intercepts[..., 4].size).reshape(
        intercepts[..., 4].shape
    )
    report = regpath.check_path(problem, replace(path, intercept_path=intercepts))
    assert report.index[~report["ok"]].tolist() == [4]


def test_check_path_agrees_with_what_the_path_says_of_itself(family, make_small):
    problem = make_small(family, weights=True)
    path = regpath.fit_path(problem, l1_ratio=0.7, standardize=False)
    report = regpath.check_path(problem, path)
    assert report["kkt_violation"].to_numpy() == pytest.approx(path.kkt_violation, abs=1e-9)
    assert report["dual_gap"].to_numpy() == pytest.approx(path.dual_gap, abs=1e-9)


def test_check_path_refuses_another_problem(make_small):
    path = regpath.fit_path(make_small("gaussian"), n_lambdas=3)
    with pytest.raises(regpath.DataError, match="another target"):
        regpath.check_path(make_small("binomial"), path)
    with pytest.raises(regpath.DataError, match="other features"):
        regpath.check_path(make_small("gaussian", p=4), path)


@pytest.mark.parametrize("offset", [0.0, 1e4, 1e6, 1e8])
def test_the_certificate_does_not_feel_where_zero_is(offset, make_small):
    base = make_small("gaussian")
    problem = regpath.Problem.from_arrays(base.X, base.y + offset, family="gaussian")
    path = regpath.fit_path(problem, n_lambdas=20)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()
    coefs = path.coef_path.copy()
    coefs[:, 12] *= 1.01
    intercepts = problem.y.mean() - problem.X.mean(axis=0) @ coefs
    report = regpath.check_path(problem, replace(path, coef_path=coefs, intercept_path=intercepts))
    plain = regpath.fit_path(base, n_lambdas=20)
    expected = regpath.check_path(
        base,
        replace(plain, coef_path=coefs, intercept_path=intercepts - offset),
    )
    assert report["dual_gap"][12] == pytest.approx(expected["dual_gap"][12], rel=1e-3)
    assert report["dual_gap"][12] > 1e-6


def test_a_gap_below_zero_is_no_proof(make_small):
    problem = make_small("gaussian")
    design = standardized(problem, True)
    null = null_model(design.Z, problem.Y, problem.weights, problem.loss)

    class Wrong(type(problem.loss)):
        def conjugate(self, Y, residual):
            return super().conjugate(Y, residual) - 1e6

    proof = certify(
        design.Z, problem.Y, problem.weights, Wrong(), null.intercept, np.zeros((1, 5)),
        0.1, 0.5, null,
    )  # fmt: skip
    assert proof.dual_gap == np.inf
