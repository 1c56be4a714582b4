"""What is wrong is not proven: corrupted points, broken gradients, hostile units and offsets."""

from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.core import in_memory
from regpath.core.families import FAMILIES
from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels import residuals
from tests.certificates import Case, explicit_loss
from tests.responses import response_of


def test_a_corrupted_coefficient_turns_its_point_not_ok(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    assert regpath.check_path(problem, path)["ok"].all()
    coefs = path.coef_path.copy()
    coefs[..., 0, 9] += 1e-3
    report = regpath.check_path(problem, replace(path, coef_path=coefs))
    assert report.index[~report["ok"]].tolist() == [9]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e200, 1e308])
def test_what_is_not_finite_is_no_proof(family, wrong, make_small):
    problem = make_small(family, p=3)
    path = regpath.fit_path(problem, n_lambdas=6, l1_ratio=0.5)
    for name in ("coef_path", "intercept_path"):
        broken = getattr(path, name).copy()
        broken[..., 4].flat[0] = wrong
        if name == "coef_path" and broken.ndim == 2:
            broken[0, 4] = wrong
        report = regpath.check_path(problem, replace(path, **{name: broken}))
        assert report.index[~report["ok"]].tolist() == [4]


def test_a_corrupted_intercept_is_found_too(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    intercepts = path.intercept_path.copy()
    intercepts[..., 4] += 0.01 * np.arange(1, 1 + intercepts[..., 4].size).reshape(
        intercepts[..., 4].shape
    )
    report = regpath.check_path(problem, replace(path, intercept_path=intercepts))
    assert report.index[~report["ok"]].tolist() == [4]


@pytest.mark.parametrize("distance", [1e-3, 1e-5, 1e-6, 1e-7, 1e-9])
def test_nearly_collinear_free_features_are_not_proven_too_good(family, distance):
    """Their difference explains what chance lets it, however small it is."""
    rng = np.random.default_rng(0)
    x, other, signal = rng.normal(size=(3, 200))
    X = np.column_stack([x, x + distance * other, signal])
    eta = x + signal + other / 3 + rng.normal(size=200)
    y = response_of(family, eta)
    problem = regpath.Problem.from_arrays(X, y, family=family)
    # The same question, asked so that it is easy.
    easy = regpath.Problem.from_arrays(np.column_stack([x, other, signal]), y, family=family)
    factors = [0.0, 0.0, 1.0]
    lambdas = regpath.lambda_max(easy, penalty_factor=factors) * np.array([0.5, 0.1])
    good = regpath.fit_path(easy, penalty_factor=factors, lambdas=lambdas)
    assert good.converged.all()
    try:
        path = regpath.fit_path(problem, penalty_factor=factors, lambdas=lambdas)
    except regpath.DataError:  # refused: no proof, so none that is wrong
        return
    for i, lam in enumerate(lambdas):
        values = []
        for fit, asked in ((path, problem), (good, easy)):
            eta = fit.decision_path(asked.X)[..., i].reshape(200, -1)
            Y = asked.Y + asked.origin if family == "gaussian" else asked.Y
            size = np.abs(fit.coefs("standardized").reshape(-1, 3, 2)[:, 2, i]).sum()
            values.append(explicit_loss(family, Y, eta).mean() + lam * size)
        # The scale of the third feature is the same, that of the others does not count.
        assert values[0] * (1.0 - path.dual_gap[i]) <= values[1] * (1.0 + 1e-12)


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


@pytest.mark.parametrize("unit", [1e-60, 1e-20, 1e20, 1e60])
def test_the_certificate_does_not_feel_the_unit_of_the_response(unit, make_small):
    base = make_small("gaussian")
    problem = regpath.Problem.from_arrays(base.X, base.y * unit, family="gaussian")
    path = regpath.fit_path(problem, n_lambdas=8, l1_ratio=0.5)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


def test_a_wrong_gradient_is_no_proof(family, make_small, monkeypatch):
    """The gradient of the certificate is off in the fourth digit."""
    case = Case(make_small(family), 1.0, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = in_memory.sums_over_rows

    def wrong(*args):
        sums = right(*args)
        return sums._replace(z=sums.z * (1.0 + 5e-4 * np.arange(sums.z.shape[2])))

    monkeypatch.setattr(in_memory, "sums_over_rows", wrong)
    assert (case.proof(intercepts, coefs, lambdas).worst[1:] > 1e-6).all()


def test_a_loss_below_zero_is_no_proof(family, make_small, monkeypatch):
    case = Case(make_small(family), 0.5, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = in_memory.sums_over_rows

    def wrong(*args):
        sums = right(*args)
        return sums._replace(loss=sums.loss - 1e6)

    monkeypatch.setattr(in_memory, "sums_over_rows", wrong)
    assert np.isinf(case.proof(intercepts, coefs, lambdas).worst).all()


def test_a_gap_below_zero_is_no_proof(make_small, monkeypatch):
    case = Case(make_small("gaussian"), 0.5, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = Penalty.conjugate
    monkeypatch.setattr(Penalty, "conjugate", lambda *args: right(*args) - 1.0)
    assert np.isinf(case.proof(intercepts, coefs, lambdas).worst).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_a_solver_with_a_wrong_gradient_is_found_out(family, l1_ratio, make_small, monkeypatch):
    kernels = FAMILIES[family].kernels
    right = residuals.RESIDUALS[kernels]

    def wrong(eta, offset, shares, pattern, Y, weights):
        right(eta, offset, shares, pattern, Y, weights)
        eta *= 1.0 + 1e-3 * np.arange(len(eta))[:, None] / len(eta)

    monkeypatch.setitem(residuals.RESIDUALS, kernels, wrong)
    path = regpath.fit_path(make_small(family), l1_ratio=l1_ratio, n_lambdas=6)
    assert not path.converged[1:].any()
