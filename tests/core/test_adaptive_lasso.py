"""The adaptive lasso: its factors, its path, and what every refit learns for itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, adaptive_factors, cross_validate, fit_path
from regpath.core import adaptive_lasso

GLMNET = pd.read_csv(Path(__file__).parents[1] / "reference" / "adaptive_glmnet.csv")
TABLES = {
    "gaussian": ("diabetes", "progression"),
    "gaussian_squared": ("diabetes", "progression"),
    "binomial": ("election_1996", "vote"),
}


def standardized(problem):
    mean = problem.weights @ problem.X
    return (problem.X - mean) / np.sqrt(problem.weights @ np.square(problem.X - mean))


@pytest.mark.parametrize("case", TABLES)
def test_paths_are_those_of_glmnet(case, monkeypatch):
    """Data and response as in tests/reference/adaptive_glmnet.R, which takes one ridge fit."""
    golden = GLMNET[GLMNET["case"] == case]
    name, target = TABLES[case]
    frame = regpath.datasets.load(name).frame
    X, y = frame.drop(columns=target).select_dtypes("number"), frame[target]
    if case != "binomial":
        y = (y - y.mean()) / y.std(ddof=0)
    problem = Problem.from_arrays(X, y)
    monkeypatch.setattr(adaptive_lasso, "STRENGTHS", golden["first_lambda"].unique())
    learned = adaptive_factors(problem, gamma=float(golden["gamma"].iloc[0]))
    theirs = golden.drop_duplicates("feature")["factor"].to_numpy()
    assert learned.factors == pytest.approx(theirs, rel=1e-5)
    path = fit_path(problem, lambdas=golden["lambda"].unique(), penalty_factor=learned)
    values = golden["value"].to_numpy().reshape(len(path.lambdas), -1).T
    size = np.abs(values * path.x_scale[:, None]).max()
    ours = path.coefs("standardized")
    assert ours == pytest.approx(values * path.x_scale[:, None], abs=1e-5 * size)


def test_the_first_fit_of_least_squares_is_ridge_in_closed_form(make_small):
    problem = make_small("gaussian", weights=True)
    learned = adaptive_factors(problem, gamma=2.0)
    Z, w = standardized(problem), problem.weights
    gram, cross = (Z.T * w) @ Z, Z.T @ (w * (problem.y - w @ problem.y))
    estimate = np.abs(np.linalg.solve(gram + learned.lam * np.eye(len(gram)), cross))
    assert learned.estimates == pytest.approx(estimate, rel=1e-7)
    assert learned.factors == pytest.approx((estimate.max() / estimate) ** 2, rel=1e-6)
    assert learned.factors.min() == 1.0


@pytest.mark.parametrize("standardize", [True, False])
def test_the_path_is_a_lasso_on_columns_divided_by_their_factors(family, standardize, make_small):
    problem = make_small(family, weights=True)
    learned = adaptive_factors(problem, standardize=standardize)
    path = fit_path(problem, penalty_factor=learned, standardize=standardize, n_lambdas=15)
    divisor = learned.factors * (path.x_scale if standardize else 1.0)
    divided = replace(problem, X=problem.X / divisor)
    plain = fit_path(divided, lambdas=path.lambdas, standardize=False)
    coefs = path.coef_path * divisor[:, None]
    assert coefs == pytest.approx(plain.coef_path, abs=1e-5 * np.abs(coefs).max())
    assert path.lambdas[0] == pytest.approx(fit_path(divided, standardize=False).lambdas[0])


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("gamma", [0.5, 1.0, 3.0])
def test_every_point_is_proven_for_the_factors_of_the_path(family, l1_ratio, gamma, make_small):
    problem = make_small(family)
    learned = adaptive_factors(problem, gamma=gamma)
    path = fit_path(problem, l1_ratio=l1_ratio, penalty_factor=learned, n_lambdas=20)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()
    assert path.penalty_factor.tolist() == learned.factors.tolist()
    assert "adaptive" in repr(path)


def planted(noise):
    """Three of four features matter, and the fourth correlates with all of them (Zou 2006, 5.1).

    Features have the covariances that are given and the noise is orthogonal to them, exactly, so
    that what theory says of many rows is true of these: the lasso cannot leave the fourth out while
    it keeps the others, since the covariances with it times inverse times signs are above 1.
    """
    rng, n = np.random.default_rng(0), 200
    inner, outer = -0.39, 0.23
    covariance = np.full((4, 4), inner) + (1 - inner) * np.eye(4)
    covariance[3, :3] = covariance[:3, 3] = outer
    basis = np.linalg.qr(np.column_stack([np.ones(n), rng.normal(size=(n, 5))]))[0] * np.sqrt(n)
    X = basis[:, 1:5] @ np.linalg.cholesky(covariance).T
    assert abs(covariance[3, :3] @ np.linalg.solve(covariance[:3, :3], np.ones(3))) > 1.0
    return Problem.from_arrays(X, X @ [5.6, 5.6, 5.6, 0.0] + noise * basis[:, 5])


def test_it_finds_the_features_that_the_lasso_cannot():
    problem = planted(noise=0.5)
    truth = np.array([True, True, True, False])
    plain = fit_path(problem).coef_path != 0.0
    assert not (plain == truth[:, None]).all(axis=0).any()
    adaptive = fit_path(problem, penalty_factor=adaptive_factors(problem))
    found = (adaptive.coef_path != 0.0) == truth[:, None]
    assert found.all(axis=0).sum() >= 20
    bic = regpath.select_lambda(adaptive, rule="bic", problem=problem)
    assert found[:, bic.index].all()


def test_strong_coefficients_are_shrunk_less_than_by_a_lasso_that_keeps_as_few():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(300, 12))
    true = np.array([3.0, -2.0, 1.5] + [0.0] * 9)
    problem = Problem.from_arrays(X, X @ true + rng.normal(size=300))
    errors = []
    for factors in (None, adaptive_factors(problem)):
        path = fit_path(problem, penalty_factor=factors)
        last = np.flatnonzero(path.n_nonzero == 3)[-1]
        assert (path.coef_path[:, last] != 0.0).tolist() == (true != 0.0).tolist()
        errors.append(np.abs(path.coef_path[:3, last] - true[:3]).sum())
    assert errors[1] < 0.7 * errors[0]


def test_units_of_a_column_change_nothing(make_small):
    problem = make_small("gaussian")
    scaled = replace(problem, X=problem.X * [1.0, 1e3, 1.0, 1e-3, 1.0])
    first, second = adaptive_factors(problem), adaptive_factors(scaled)
    assert second.factors == pytest.approx(first.factors, rel=1e-6)


@pytest.mark.parametrize("seed", [0, 1])
def test_each_fold_learns_from_its_own_rows(family, seed, make_small):
    problem = make_small(family, n=90, seed=seed)
    path = fit_path(problem, penalty_factor=adaptive_factors(problem), n_lambdas=10)
    cv = cross_validate(problem, path, n_folds=3)
    for fold, own in zip(cv.folds, cv.fold_paths, strict=True):
        train = problem.take(fold.train, keep_features=True)
        assert own.penalty_factor.tolist() == adaptive_factors(train).factors.tolist()
        assert own.penalty_factor.tolist() != path.penalty_factor.tolist()


def test_held_out_rows_have_no_say_in_the_factors_of_their_fold(make_small):
    problem = make_small("gaussian", n=90)
    labels = np.arange(90) % 3
    path = fit_path(problem, penalty_factor=adaptive_factors(problem), n_lambdas=10)
    before = cross_validate(problem, path, folds=labels).fold_paths[0]
    other = replace(problem, y=np.where(labels == 0, -3.0 * problem.y, problem.y))
    again = fit_path(other, penalty_factor=adaptive_factors(other), lambdas=path.lambdas)
    after = cross_validate(other, again, folds=labels).fold_paths[0]
    assert again.penalty_factor.tolist() != path.penalty_factor.tolist()
    assert after.penalty_factor == pytest.approx(before.penalty_factor, rel=1e-9)
    assert after.coef_path == pytest.approx(before.coef_path, rel=1e-6, abs=1e-9)


def test_factors_that_were_given_stay_the_same_in_folds(make_small):
    problem = make_small("gaussian")
    path = fit_path(problem, penalty_factor=adaptive_factors(problem).factors, n_lambdas=10)
    assert path.learned_factors is None
    cv = cross_validate(problem, path, n_folds=3)
    for own in cv.fold_paths:
        assert own.penalty_factor.tolist() == path.penalty_factor.tolist()


def test_weights_of_classes_count_in_the_factors_of_folds(make_small):
    problem = make_small("binomial", n=90)
    weights = {True: 5.0, False: 1.0}
    weighted = regpath.weigh_classes(problem, weights)
    path = fit_path(weighted, penalty_factor=adaptive_factors(weighted), n_lambdas=8)
    cv = cross_validate(problem, path, n_folds=3, class_weight=weights)
    train = weighted.take(cv.folds[0].train, keep_features=True)
    own = cv.fold_paths[0].penalty_factor
    assert own == pytest.approx(adaptive_factors(train).factors, rel=1e-9)


def test_every_other_refit_learns_its_own_factors_too(make_small, monkeypatch):
    problem = make_small("binomial", n=80)
    path = fit_path(problem, penalty_factor=adaptive_factors(problem), n_lambdas=8)
    learned = []
    true = adaptive_lasso.AdaptiveFactors.learned_on

    def told(self, part, **how):
        learned.append(part.n_obs)
        return true(self, part, **how)

    monkeypatch.setattr(adaptive_lasso.AdaptiveFactors, "learned_on", told)
    regpath.assess_stability(problem, path, n_pairs=2)
    assert learned == [40] * 4
    cv = cross_validate(problem, path, n_folds=4)
    learned.clear()
    gap = regpath.leak_gap(problem, path, cv, leak=["scaling", "selecting"], n_selected=3)
    assert len(learned) == 8  # with the leak and without
    assert np.isfinite(gap.gap).all()
    learned.clear()
    how = {"penalty_factor": path.learned_factors, "n_lambdas": 5, "n_folds": 3}
    regpath.map_validation(problem, l1_ratios=(1.0, 0.5), **how)
    assert len(learned) == 6


def test_ridge_with_learned_factors_has_no_closed_form_for_left_out_rows(make_small):
    problem = make_small("gaussian", n=24)
    factors = adaptive_factors(problem)
    how = {"l1_ratio": 0.0, "n_lambdas": 4}
    cv = cross_validate(
        problem, fit_path(problem, penalty_factor=factors, **how), kind="leave_one_out"
    )
    assert len(cv.fold_paths) == 24


def test_a_feature_without_an_estimate_stays_out(make_small):
    problem = make_small("gaussian")
    X = problem.X.copy()
    X[:, 2] = 1.5
    still = replace(problem, X=X)
    learned = adaptive_factors(still, gamma=2.0)
    assert learned.factors[2] == pytest.approx(adaptive_lasso.LARGEST, rel=1e-12)
    path = fit_path(still, penalty_factor=learned)
    assert path.converged.all()
    assert not path.coef_path[2].any()


def test_factors_beside_the_learned_ones_multiply_them(make_small):
    problem = make_small("binomial")
    first = problem.feature_names[0]
    free = adaptive_factors(problem, penalty_factor={first: 0.0})
    assert free.factors[0] == 0.0
    assert free.factors[1:].min() == 1.0
    path = fit_path(problem, penalty_factor=free, n_lambdas=5)
    assert path.coef_path[0].all()
    again = path.factors_on(problem.take(np.arange(50)))
    assert again.factors[0] == 0.0


def test_what_cannot_be_is_refused(make_small):
    problem = make_small("gaussian")
    learned = adaptive_factors(problem)
    with pytest.raises(regpath.ParameterError, match="per standard deviation"):
        fit_path(problem, penalty_factor=learned, standardize=False)
    with pytest.raises(regpath.ParameterError, match="'gamma' parameter of adaptive_factors"):
        adaptive_factors(problem, gamma=0.0)
    with pytest.raises(regpath.ParameterError, match=r"finite numbers.*keep a feature out"):
        fit_path(problem, penalty_factor=[1, 1, 1, 1, np.inf])
    few = make_small("binomial").take(np.r_[0:60])
    rare = replace(few, y=(np.arange(60) == 0).astype(few.y.dtype))
    with pytest.raises(regpath.DataError, match="adaptive lasso"):
        adaptive_factors(rare)
