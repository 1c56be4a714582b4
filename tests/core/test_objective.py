"""The certificate against plain numpy: explicit losses, conjugates and feasible dual points."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import minimize

import regpath
from regpath.core.objective import inverted
from regpath.core.penalty import Penalty
from tests.certificates import Case, explicit_loss, explicit_mean
from tests.conftest import make

CASES = {
    "lasso": {},
    "lasso, weights": {"weights": True},
    "lasso, centred only": {"standardize": False},
    "elastic net, weights, centred only": {"l1_ratio": 0.4, "weights": True, "standardize": False},
    "ridge": {"l1_ratio": 0.0},
    "nearly the lasso": {"l1_ratio": 0.999},
    "factors, lasso, weights": {"factors": [1, 0, 2, 0.5, 0, 1], "weights": True},
    "factors, elastic net": {"l1_ratio": 0.6, "factors": [0, 1, 3, 1, 1, 0.1]},
    "factors, ridge, centred only": {
        "l1_ratio": 0.0,
        "factors": [0, 1, 3, 1, 1, 0.1],
        "standardize": False,
    },
    "more features than rows, lasso": {"n": 24, "p": 40},
    "more features than rows, elastic net": {"n": 24, "p": 40, "l1_ratio": 0.2},
}


@cache
def case_of(name, family):
    options = CASES[name]
    p = options.get("p", 6)
    problem = make(
        family, n=options.get("n", 50), p=p, seed=3, weights=options.get("weights", False)
    )
    factors = np.array(options.get("factors", np.ones(p)), dtype=float)
    if family == "poisson" and options.get("weights"):  # counted for different times
        exposure = np.exp(np.random.default_rng(5).normal(size=problem.n_obs))
        problem = replace(problem, exposure=exposure, exposure_name="exposure")
    return Case(problem, options.get("l1_ratio", 1.0), options.get("standardize", True), factors)


@cache
def solved(name, family):
    """Strengths, intercepts and coefficients of a case; whoever changes them makes his own."""
    found = case_of(name, family).solutions()
    for each in found:
        each.flags.writeable = False
    return found


@pytest.fixture(params=CASES)
def case(request, family):
    return case_of(request.param, family)


@pytest.fixture
def solutions(request, case, family):
    return solved(request.node.callspec.params["case"], family)


def test_a_solution_has_an_explicit_dual_point_of_the_same_value(case, solutions):
    lambdas, intercepts, coefs = solutions
    proof = case.proof(intercepts, coefs, lambdas)
    for i, lam in enumerate(lambdas):
        primal = case.primal(intercepts[i], coefs[i], lam)
        eta = case.eta(*case.balanced(intercepts[i], coefs[i]))
        dual = case.dual(case.Y - explicit_mean(case.name, eta), lam)
        assert -1e-13 * primal <= primal - dual <= 1e-8 * primal
        assert proof.dual_gap[i] <= 1e-8
        assert proof.kkt_violation[i] <= 1e-8


def test_the_bound_never_exceeds_the_optimum_and_is_tight(case, solutions):
    """Points are moved by `size`, intercepts and free coefficients too."""
    lambdas, intercepts, coefs = solutions
    rng = np.random.default_rng(2)
    for i, lam in enumerate(lambdas):
        optimum = case.primal(intercepts[i], coefs[i], lam)
        for size in (1e-8, 1e-6, 1e-4, 1e-2, 0.1, 1.0, 30.0):
            b = coefs[i] + size * rng.normal(size=coefs[i].shape)
            b0 = intercepts[i] + size * rng.normal(size=intercepts[i].shape)
            proof = case.proof([b0], [b], [lam])
            primal = case.primal(b0, b, lam)
            gap = proof.dual_gap[0] * primal
            assert gap >= primal - optimum - 1e-13 * primal
            assert gap <= primal * (1.0 + 1e-12)
            if size > 1e-2:
                continue
            eta = case.eta(*case.balanced(b0, b))
            best = primal - case.dual(case.Y - explicit_mean(case.name, eta), lam)
            # Below a gap that is good enough, balancing is not repeated.
            assert gap <= 40.0 * best + 1e-6 * primal


def test_balanced_points_have_the_gap_of_their_own_residuals(case, solutions):
    lambdas, intercepts, coefs = solutions
    rng = np.random.default_rng(3)
    for i, lam in enumerate(lambdas):
        for size in (1e-4, 1e-2, 0.3):
            b0, b = case.balanced(intercepts[i], coefs[i] + size * rng.normal(size=coefs[i].shape))
            primal = case.primal(b0, b, lam)
            u = case.Y - explicit_mean(case.name, case.eta(b0, b))
            z = case.Z.T @ (case.w[:, None] * u)
            z[case.free] = 0.0
            plain = -case.w @ case.conjugate(u)
            options = [primal]  # u = 0 is feasible
            box = lam * case.l1_ratio * case.factors[:, None]
            if case.l1_ratio < 1.0:
                unit = np.where(case.factors > 0.0, case.factors, 1.0)[:, None]
                over = np.maximum(np.abs(z) - box, 0.0) ** 2 / (2 * unit * (1 - case.l1_ratio))
                options.append(primal - plain + over.sum() / lam)
            if case.l1_ratio > 0.0:
                inside = box[:, 0] > 0.0
                t = 1.0 / max((np.abs(z[inside]) / box[inside]).max(), 1.0)
                options.append(primal - t * plain)
            gap = case.proof([b0], [b], [lam]).dual_gap[0] * primal
            assert gap == pytest.approx(min(options), rel=1e-6, abs=1e-11 * primal)
            best = primal - case.dual(u, lam)
            assert best - 1e-13 * primal <= gap <= 40.0 * best + 1e-13 * primal


def test_many_points_at_once_equal_one_at_a_time(case, solutions):
    lambdas, intercepts, coefs = solutions
    rng = np.random.default_rng(4)
    coefs = coefs + 0.01 * rng.normal(size=coefs.shape)
    together = case.proof(intercepts, coefs, lambdas)
    for i in range(len(lambdas)):
        alone = case.proof(intercepts[[i]], coefs[[i]], lambdas[[i]])
        for one, all_ in zip(alone, together, strict=True):
            assert one[0] == pytest.approx(all_[i], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("rows", "threads"), [(256, 1), (7, 1), (7, 3), (1, 2)])
def test_blocks_of_rows_and_threads_do_not_matter(
    case, solutions, cut_up, rows, threads, monkeypatch
):
    lambdas, intercepts, coefs = solutions
    coefs = coefs + 0.01 * np.random.default_rng(4).normal(size=coefs.shape)
    whole = case.proof(intercepts, coefs, lambdas)
    cut_up(rows, threads)
    monkeypatch.setattr(regpath.core.evidence, "COLUMNS", 4)
    monkeypatch.setattr(regpath.core.objective, "CACHED", 1)
    pieces = case.proof(intercepts, coefs, lambdas)
    for one, other in zip(whole, pieces, strict=True):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_the_optimum_is_the_one_that_scipy_finds(family, l1_ratio, make_small):
    """Positive and negative parts make the penalty smooth; bounds keep them so."""
    case = Case(make_small(family, n=40, p=3, weights=True), l1_ratio, True, np.array([1, 2, 0.5]))
    lambdas, intercepts, coefs = case.solutions()
    K, p = coefs.shape[1:]

    def value(theta, lam):
        b0, plus, minus = theta[:K], theta[K : K + K * p], theta[K + K * p :]
        b = (plus - minus).reshape(K, p)
        eta = case.eta(b0, b)
        loss = case.w @ explicit_loss(family, case.Y, eta)
        u = case.w[:, None] * (explicit_mean(family, eta) - case.Y)
        slope = (u.T @ case.Z + lam * (1 - l1_ratio) * case.factors * b).ravel()
        l1 = lam * l1_ratio * np.tile(case.factors, K)
        total = loss + l1 @ (plus + minus)
        total += lam * (1 - l1_ratio) / 2 * (case.factors * b**2).sum()
        return total, np.concatenate([u.sum(axis=0), slope + l1, l1 - slope])

    bounds = [(None, None)] * K + [(0.0, None)] * (2 * K * p)
    for i in (1, 3):
        found = minimize(
            value,
            np.zeros(K + 2 * K * p),
            args=(lambdas[i],),
            jac=True,
            bounds=bounds,
            method="L-BFGS-B",
            options={"maxiter": 5000, "ftol": 1e-16, "gtol": 1e-11},
        )
        primal = case.primal(intercepts[i], coefs[i], lambdas[i])
        assert primal == pytest.approx(found.fun, rel=1e-9)
        gap = case.proof(intercepts[[i]], coefs[[i]], lambdas[[i]]).dual_gap[0]
        assert primal * (1.0 - gap) <= found.fun * (1.0 + 1e-13)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.3, 0.9])
def test_penalty_conjugate_is_the_largest_difference(l1_ratio):
    z, lam, factors = np.random.default_rng(0).normal(size=(1, 2, 3)), 0.4, np.array([1, 2, 0.5])
    grid = np.linspace(-40, 40, 400_001)
    best = sum(
        np.max(
            z[0, k, j] * grid - lam * f * (l1_ratio * np.abs(grid) + (1 - l1_ratio) / 2 * grid**2)
        )
        for k in range(2)
        for j, f in enumerate(factors)
    )
    value = Penalty(l1_ratio, factors).conjugate(np.abs(z), np.array([lam]))
    assert value == pytest.approx(best, abs=1e-6)


def test_penalty_conjugate_of_the_lasso_is_a_box():
    penalty, lam = Penalty(1.0, np.array([1.0, 2.0])), np.array([0.5, 0.5])
    size = np.array([[[0.5, 1.0]], [[0.5, 1.0 + 1e-15]]])
    assert penalty.conjugate(size, lam).tolist() == [0.0, np.inf]


def test_penalty_value_and_shrinkage_by_hand():
    penalty = Penalty(0.25, np.array([1.0, 2.0, 0.0]))
    coefs = np.array([[[1.0, -2.0, 100.0]], [[0.0, 0.0, 3.0]]])
    lam = np.array([0.4, 1.0])
    by_hand = 0.4 * (0.25 * (1 + 2 * 2) + 0.375 * (1 + 2 * 4))
    assert penalty.value(coefs, lam) == pytest.approx([by_hand, 0.0])
    size = np.array([[[0.1, 0.4, 0.0]], [[0.1, 0.4, 0.0]]])
    assert penalty.shrinkage(size, lam) == pytest.approx([0.1 / 0.2, 1.0])
    assert Penalty(0.0, np.ones(3)).shrinkage(size, lam).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_soft_threshold_of_an_orthogonal_design_has_no_violation(l1_ratio):
    rng = np.random.default_rng(1)
    n, p, lam, f = 40, 4, 0.3, np.array([1.0, 0.5, 2.0, 0.0])
    Z = np.sqrt(n) * np.linalg.qr(rng.normal(size=(n, p)))[0]
    y = Z @ rng.normal(size=p) + rng.normal(size=n)
    z = Z.T @ y / n
    b = np.sign(z) * np.maximum(np.abs(z) - lam * l1_ratio * f, 0) / (1 + lam * (1 - l1_ratio) * f)
    penalty = Penalty(l1_ratio, f)
    assert penalty.violation((z - b)[None, None], b[None, None], np.array([lam])) < 1e-14
    for j in range(p):
        moved = b.copy()
        moved[j] += 0.01
        wrong = penalty.violation((z - moved)[None, None], moved[None, None], np.array([lam]))
        assert wrong > 0.005


def test_pseudo_inverses_of_singular_and_broken_matrices():
    stack = np.array([[[2.0, 0.0], [0.0, 0.0]], [[np.nan, 0.0], [0.0, 1.0]]])
    assert inverted(stack).tolist() == [[[0.5, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]]
    assert inverted(np.array([[[4.0]], [[0.0]]])).ravel().tolist() == [0.25, 0.0]


@pytest.mark.parametrize(
    "intercept", [-1000.0, -745.0, -40.0, 5.0, 30.0, 37.0, 40.0, 720.0, 1000.0]
)
def test_an_intercept_that_settles_every_row_proves_nothing(intercept, make_small):
    """Every expected response is 0 or 1, so nothing can bring the residuals into balance."""
    case = Case(make_small("binomial"), 1.0, True, np.ones(5))
    proof = case.proof([[intercept]], np.zeros((1, 1, 5)), [10.0])
    optimum = case.primal(case.null.intercept, case.null.coefs, 10.0)
    primal = case.primal(np.array([intercept]), np.zeros((1, 5)), 10.0)
    assert proof.dual_gap[0] * primal >= primal - optimum
    assert proof.kkt_violation[0] > 0.5
