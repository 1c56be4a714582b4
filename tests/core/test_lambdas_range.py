"""Where the default grid begins and ends: by hand, by its bounds, and on the bundled tables."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, fit_path, lambda_max, lambda_range

RATIOS = (0.0, 0.05, 0.5)


def by_hand(problem, factors):
    """s'Hs / s'Fs at s = g / F, from dense matrices."""
    w = problem.weights / problem.weights.sum()
    Z = problem.X - w @ problem.X
    Z = Z / np.sqrt(w @ Z**2)
    mean = w @ problem.Y
    step = (Z.T @ (w[:, None] * (problem.Y - mean))) / factors[:, None]
    bend = np.eye(1)
    if problem.family != "gaussian":
        many = len(mean) > 1
        bend = np.diag(mean) - np.outer(mean, mean) if many else np.diag(mean * (1.0 - mean))
    H = np.kron(bend, (Z * w[:, None]).T @ Z)
    s = step.T.ravel()
    return s @ H @ s / (s**2 @ np.tile(factors, len(bend)))


@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial"])
def test_the_curvature_is_that_along_the_gradient(make_small, family):
    problem = make_small(family, weights=True)
    factors = np.linspace(0.5, 2.0, problem.n_features)
    expected = by_hand(problem, factors)
    start, end = lambda_range(problem, l1_ratio=0.0, penalty_factor=factors)
    assert start == pytest.approx(100.0 * expected, rel=1e-9)
    faded = 1e-4 if family == "gaussian" else 1e-5
    assert end == pytest.approx(faded * expected, rel=1e-9)


@pytest.mark.parametrize(("n", "p", "ratio"), [(30, 3, 1e-4), (10, 20, 1e-2)])
def test_the_grid_of_the_lasso_is_that_of_glmnet(make_small, n, p, ratio):
    problem = make_small("gaussian", n=n, p=p)
    top = lambda_max(problem)
    assert lambda_range(problem) == pytest.approx((top, ratio * top), rel=1e-12)
    np.testing.assert_allclose(fit_path(problem).lambdas, top * ratio ** np.linspace(0, 1, 100))


@pytest.mark.parametrize("l1_ratio", RATIOS)
@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial"])
def test_a_path_begins_all_but_empty(make_small, family, l1_ratio):
    """The bound: a gain of at most 2 % of a step along the gradient, itself less than all."""
    problem = make_small(family, n=60, p=5)
    path = fit_path(problem, l1_ratio=l1_ratio)
    assert (path.lambdas[0], path.lambdas[-1]) == pytest.approx(
        lambda_range(problem, l1_ratio=l1_ratio), rel=1e-12
    )
    assert path.dev_ratio[0] <= 0.02 * path.dev_ratio[-1]
    assert path.converged.all()
    if l1_ratio > 0.0:
        assert path.n_nonzero[0] == 0


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def rows_of(rng, n=40, p=4):
    X = rng.normal(size=(n, p)) + 0.5 * rng.normal(size=(n, 1))
    return X, X @ rng.normal(size=p) + rng.normal(size=n)


def test_ridge_feels_no_unit_and_the_lasso_that_of_the_response(rng):
    X, y = rows_of(rng)
    plain, large = (Problem.from_arrays(X, k * y + 7.0, family="gaussian") for k in (1.0, 1e6))
    assert lambda_range(large, l1_ratio=0.0) == pytest.approx(
        lambda_range(plain, l1_ratio=0.0), rel=1e-9
    )
    assert lambda_range(large) == pytest.approx(1e6 * np.array(lambda_range(plain)), rel=1e-9)
    units = Problem.from_arrays(X * [1.0, 1e3, -1e-3, 5.0], y, family="gaussian")
    for ratio in (*RATIOS, 1.0):
        assert lambda_range(units, l1_ratio=ratio) == pytest.approx(
            lambda_range(plain, l1_ratio=ratio), rel=1e-9
        )


@pytest.mark.parametrize("l1_ratio", [*RATIOS, 1.0])
def test_repeated_rows_are_weights(rng, l1_ratio):
    X, y = rows_of(rng)
    frame = pd.DataFrame(X, columns=list("abcd")).assign(y=np.where(y > 0.0, "yes", "no"))
    frame["count"] = rng.integers(1, 4, len(y))
    weighted = regpath.make_problem(frame, "y", weights="count")
    repeated = frame.loc[frame.index.repeat(frame["count"])].drop(columns="count")
    plain = regpath.make_problem(repeated.reset_index(drop=True), "y")
    assert lambda_range(weighted, l1_ratio=l1_ratio) == pytest.approx(
        lambda_range(plain, l1_ratio=l1_ratio), rel=1e-9
    )


def test_a_ridge_grid_moves_as_its_solutions_do(rng):
    """Features that come twice share a coefficient: the same fit at twice the strength."""
    X, y = rows_of(rng)
    once, twice = (Problem.from_arrays(Z, y, family="gaussian") for Z in (X, np.hstack([X, X])))
    ends = np.array(lambda_range(once, l1_ratio=0.0))
    assert lambda_range(twice, l1_ratio=0.0) == pytest.approx(2.0 * ends, rel=1e-9)
    fits = [fit_path(p, l1_ratio=0.0, n_lambdas=9).dev_ratio for p in (once, twice)]
    np.testing.assert_allclose(*fits, rtol=1e-6)


def test_turned_features_have_the_same_grid(rng):
    X, y = rows_of(rng)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    how = {"l1_ratio": 0.0, "standardize": False}
    first, second = (Problem.from_arrays(Z, y, family="gaussian") for Z in (X, X @ turn))
    assert lambda_range(first, **how) == pytest.approx(lambda_range(second, **how), rel=1e-9)


def test_sparse_rows_and_features_without_a_penalty(rng):
    from scipy import sparse

    X, y = rows_of(rng, n=80)
    X[np.abs(X) < 0.7] = 0.0
    factors = [0.0, 1.0, 1.0, 2.0]
    dense, thin = (
        Problem.from_arrays(Z, y > 0.0, family="binomial") for Z in (X, sparse.csr_array(X))
    )
    for ratio in RATIOS:
        start, end = lambda_range(dense, l1_ratio=ratio, penalty_factor=factors)
        assert 0.0 < end < start < np.inf
        assert lambda_range(thin, l1_ratio=ratio, penalty_factor=factors) == pytest.approx(
            (start, end), rel=1e-9
        )


@pytest.mark.parametrize("unit", [1e-60, 1e60])
def test_numbers_of_any_size_stay_in_range(rng, unit):
    X, y = rows_of(rng)
    plain, scaled = (Problem.from_arrays(X, k * y, family="gaussian") for k in (1.0, unit))
    assert lambda_range(scaled, l1_ratio=0.0) == pytest.approx(
        lambda_range(plain, l1_ratio=0.0), rel=1e-9
    )


def bundled():
    """All tables but digits, which takes half a minute, and four points, too few for folds."""
    entries = regpath.datasets.catalog()
    return [e for e in entries if e.name not in ("digits", "four_points")]


@pytest.mark.parametrize("entry", bundled(), ids=lambda entry: entry.name)
@pytest.mark.parametrize("l1_ratio", [0.0, 0.1])
def test_validation_turns_inside_the_grid_or_fit_is_complete(entry, l1_ratio):
    problem = regpath.make_problem(regpath.datasets.load(entry.name), entry.target)
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=50)
    cv = regpath.cross_validate(problem, path, n_folds=5)
    # Half a decade is left, or else deviance has stopped rising: the less penalty, the better.
    left = np.log10(path.lambdas[cv.index_min] / path.lambdas[-1])
    still = (path.dev_ratio[-1] - path.dev_ratio[-6]) / path.dev_ratio[-1]
    assert left > 0.5 or still < 0.005
    # Nothing happens in less than a quarter of the axis at its strong end.
    assert np.argmax(path.dev_ratio > 0.02 * path.dev_ratio[-1]) < 0.25 * len(path.lambdas)


@pytest.mark.parametrize("name", ["diabetes", "election_1996", "twins", "blobs"])
def test_criteria_of_ridge_choose_inside_the_grid(name):
    entry = next(e for e in regpath.datasets.catalog() if e.name == name)
    problem = regpath.make_problem(regpath.datasets.load(name), entry.target)
    path = fit_path(problem, l1_ratio=0.0)
    for rule in ("aic", "aicc", "bic", "ebic"):
        found = regpath.select_lambda(path, rule=rule, problem=problem)
        assert 0 < found.index < 99, rule
        assert found.at_edge == ""


def test_ridge_on_the_default_table_has_its_u():
    """All but AIC, which has no reason to stop where the classes come apart."""
    problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    path = fit_path(problem, l1_ratio=0.0)
    cv = regpath.cross_validate(problem, path)
    assert cv.mean[-1] > 1.5 * cv.mean[cv.index_min]
    assert 0 < cv.index_1se < cv.index_min < 80
    for rule in ("bic", "ebic"):
        assert regpath.select_lambda(path, rule=rule, problem=problem).at_edge == ""


def test_a_response_in_large_units_is_not_cut_off():
    """With y in thousandths, an elastic net is all but ridge: its L2 part must fade, too."""
    table = regpath.datasets.load("diabetes")
    plain = regpath.make_problem(table, "progression")
    large = Problem.from_arrays(plain.X, 1000.0 * plain.y, family="gaussian")
    for ratio in (0.5, 0.0):
        path = fit_path(large, l1_ratio=ratio)
        cv = regpath.cross_validate(large, path, n_folds=5)
        assert 10 < cv.index_min < 90
        assert path.dev_ratio[-1] == pytest.approx(fit_path(plain).dev_ratio[-1], rel=1e-3)
