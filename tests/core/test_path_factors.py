"""Penalty factors at the level of paths."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, fit_path, lambda_max

GLMNET = pd.read_csv(Path(__file__).parents[1] / "reference" / "factor_glmnet.csv")


def standardized(problem):
    w = problem.weights
    mean = w @ problem.X
    return (problem.X - mean) / np.sqrt(w @ (problem.X - mean) ** 2)


@pytest.mark.parametrize("case", GLMNET["case"].unique())
def test_paths_are_those_of_glmnet(case):
    """Rows, weights and response as in tests/reference/factor_glmnet.R."""
    golden = GLMNET[GLMNET["case"] == case].reset_index(drop=True)
    spec = golden.loc[0]
    target = {"diabetes": "progression", "election_1996": "vote"}[spec["table"]]
    frame = regpath.datasets.load(spec["table"]).frame
    X = frame.drop(columns=target).select_dtypes("number")
    y, n, p = frame[target], len(frame), X.shape[1]
    weights = np.resize([1.0, 2.0, 3.0], n) if spec["weighted"] else np.ones(n)
    if spec["table"] == "diabetes":
        centre = np.average(y, weights=weights)
        y = (y - centre) / np.sqrt(np.average((y - centre) ** 2, weights=weights))
    factors = np.resize([float(f) for f in spec["factors"].split()], p)
    problem = Problem.from_arrays(X, y, sample_weight=weights)
    # glmnet rescales the factors to sum to p.
    lambdas = golden["lambda"].unique() * p / factors.sum()
    how = {"l1_ratio": spec["alpha"], "standardize": bool(spec["standardize"])}
    path = fit_path(problem, lambdas=lambdas, penalty_factor=factors, **how)
    assert path.converged.all()
    values = golden.pivot(index="feature", columns="lambda", values="value")[
        golden["lambda"].unique()
    ]
    ours = path.coef_path * path.x_scale[:, None]
    theirs = values.loc[list(X.columns)].to_numpy() * path.x_scale[:, None]
    assert ours == pytest.approx(theirs, abs=1e-6 * np.abs(theirs).max())
    intercepts = values.loc["(Intercept)"].to_numpy()
    assert path.intercept_path == pytest.approx(intercepts, rel=1e-5, abs=1e-6)
    ratios = golden.drop_duplicates("lambda")["dev_ratio"].to_numpy()
    assert path.dev_ratio == pytest.approx(ratios, abs=1e-8)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("standardize", [True, False])
def test_a_free_feature_is_in_from_the_first_point_on(family, l1_ratio, standardize, make_small):
    problem = make_small(family, weights=True)
    factors = [1, 0, 1, 2, 0]
    path = fit_path(
        problem, l1_ratio=l1_ratio, standardize=standardize, penalty_factor=factors, n_lambdas=12
    )
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()
    assert path.penalty_factor.tolist() == factors
    alive = np.abs(path.coef_path.reshape(-1, 5, 12)).max(axis=0)
    assert (alive[[1, 4]] > 0.0).all()
    assert path.dev_ratio[0] > 0.0
    if l1_ratio > 0.0:
        assert not alive[[0, 2, 3], 0].any()
        assert alive[[0, 2, 3], 1].any()
        start = lambda_max(
            problem, l1_ratio=l1_ratio, standardize=standardize, penalty_factor=factors
        )
        assert path.lambdas[0] == start


@pytest.mark.parametrize("l1_ratio", [1.0, 0.4])
def test_lambda_max_is_the_exact_start(family, l1_ratio, make_small):
    problem = make_small(family)
    factors = np.array([0.0, 1.0, 0.3, 2.0, 1.0])
    top = lambda_max(problem, l1_ratio=l1_ratio, penalty_factor=factors)
    path = fit_path(
        problem, l1_ratio=l1_ratio, penalty_factor=factors, lambdas=[2 * top, top, 0.99 * top]
    )
    assert path.n_nonzero[:2].tolist() == [1, 1]
    assert path.n_nonzero[2] > 1
    assert path.coef_path[..., 0] == pytest.approx(path.coef_path[..., 1], abs=0.0)
    assert path.converged.all()


def test_lambda_max_of_least_squares_by_hand(make_small):
    problem = make_small("gaussian", weights=True)
    w, Z, factors = problem.weights, standardized(problem), np.array([1.0, 0.0, 2.0, 0.5, 1.0])
    A = np.column_stack([np.ones(len(Z)), Z[:, 1]])
    beta = np.linalg.solve(A.T @ (w[:, None] * A), A.T @ (w * problem.y))
    z = np.abs(Z.T @ (w * (problem.y - A @ beta)))
    kept = factors > 0.0
    expected = (z[kept] / factors[kept]).max()
    assert lambda_max(problem, penalty_factor=factors) == pytest.approx(expected, rel=1e-10)


def test_for_the_lasso_factors_are_the_scale_of_columns(family, make_small):
    problem = make_small(family)
    factors = np.array([0.2, 1.0, 3.0, 0.5, 7.0])
    one = fit_path(problem, penalty_factor=factors, standardize=False, n_lambdas=10)
    scaled = Problem.from_arrays(problem.X / factors, problem.y, family=family)
    two = fit_path(scaled, standardize=False, n_lambdas=10)
    assert one.lambdas == pytest.approx(two.lambdas, rel=1e-12)
    assert one.coef_path == pytest.approx(two.coef_path / factors[:, None], abs=1e-6)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_equal_factors_are_a_stronger_lambda(family, l1_ratio, make_small):
    problem = make_small(family)
    one = fit_path(problem, l1_ratio=l1_ratio, penalty_factor=np.full(5, 4.0), n_lambdas=8)
    two = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=8)
    assert one.lambdas == pytest.approx(two.lambdas / 4.0, rel=1e-12)
    assert one.coef_path == pytest.approx(two.coef_path, abs=1e-6)


@pytest.mark.parametrize(("n", "p"), [(60, 5), (20, 50), (60, 200)])
@pytest.mark.parametrize("weights", [True, False])
def test_ridge_equals_its_closed_form(n, p, weights, make_small):
    problem = make_small("gaussian", n=n, p=p, weights=weights)
    factors = np.random.default_rng(1).uniform(0.1, 4.0, p)
    path = fit_path(problem, l1_ratio=0.0, penalty_factor=factors, n_lambdas=5)
    Z, w = standardized(problem), problem.weights
    y = problem.y - w @ problem.y
    for i, lam in enumerate(path.lambdas):
        closed = np.linalg.solve(Z.T @ (w[:, None] * Z) + lam * np.diag(factors), Z.T @ (w * y))
        assert path.coefs("standardized")[:, i] == pytest.approx(closed, rel=1e-6, abs=1e-9)
    assert path.converged.all()


def test_ridge_with_free_features_equals_its_closed_form(make_small):
    problem = make_small("gaussian", n=30, p=60)
    factors = np.ones(60)
    factors[[3, 40]] = 0.0
    path = fit_path(problem, l1_ratio=0.0, penalty_factor=factors, n_lambdas=5)
    Z, n = standardized(problem), 30
    for i, lam in enumerate(path.lambdas):
        closed = np.linalg.solve(Z.T @ Z / n + lam * np.diag(factors), Z.T @ problem.y / n)
        assert path.coefs("standardized")[:, i] == pytest.approx(closed, rel=1e-6, abs=1e-8)
    assert path.converged.all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_more_features_than_rows(family, l1_ratio, make_small):
    problem = make_small(family, n=40, p=120)
    factors = np.ones(120)
    factors[[0, 7]] = 0.0
    factors[20:30] = 3.0
    path = fit_path(problem, l1_ratio=l1_ratio, penalty_factor=factors, n_lambdas=15)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


def test_factors_by_name_are_those_by_place(make_small):
    problem = make_small("binomial")
    one = fit_path(problem, penalty_factor={"x1": 0.0, "x4": 2.0}, n_lambdas=6)
    two = fit_path(problem, penalty_factor=[1, 0, 1, 1, 2], n_lambdas=6)
    assert one.coef_path.tolist() == two.coef_path.tolist()


def test_check_path_reads_the_factors_of_the_path(family, make_small):
    problem = make_small(family)
    path = fit_path(problem, penalty_factor=[0, 1, 2, 1, 1], n_lambdas=8)
    report = regpath.check_path(problem, path)
    assert report["ok"].all()
    assert report["dual_gap"].to_numpy() == pytest.approx(path.dual_gap, abs=1e-9)
    wrong = replace(path, penalty_factor=np.array([0, 1, 2.01, 1, 1]))
    assert not regpath.check_path(problem, wrong)["ok"].all()
    free = path.coef_path.copy()
    free[..., 0, 3] += 1e-3 * (1.0 + np.arange(free[..., 0, 3].size)).reshape(free[..., 0, 3].shape)
    report = regpath.check_path(problem, replace(path, coef_path=free))
    assert report.index[~report["ok"]].tolist() == [3]


def test_folds_use_the_factors_of_the_path(make_small):
    problem = make_small("gaussian")
    path = fit_path(problem, penalty_factor=[0, 1, 2, 1, 1], n_lambdas=6)
    cv = regpath.cross_validate(problem, path, folds=np.arange(60) % 3)
    train = problem.take(np.flatnonzero(np.arange(60) % 3 != 0), keep_features=True)
    alone = fit_path(train, penalty_factor=[0, 1, 2, 1, 1], lambdas=path.lambdas)
    held = np.arange(60) % 3 == 0
    errors = (problem.y[held, None] - alone.decision_path(problem.X[held])) ** 2
    assert cv.fold_scores[0] == pytest.approx(errors.mean(axis=0), rel=1e-6)
