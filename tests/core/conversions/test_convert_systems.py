"""A converted strength gives the other system's own model."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, PoissonRegressor, Ridge

import regpath
from regpath.core.conversions.convert import convert

REFERENCE = Path(__file__).parents[2] / "reference"
GLMNET = pd.read_csv(REFERENCE / "strength_glmnet.csv")
OTHERS = pd.read_csv(REFERENCE / "strength_others.csv")
TARGETS = {"breast_cancer": "diagnosis", "diabetes": "progression"}


def coefs_of(problem, lam, l1_ratio):
    path = regpath.fit_path(problem, lambdas=[lam], l1_ratio=l1_ratio)
    assert path.converged.all()
    return path.coefs("standardized")[..., 0].ravel()


def standardized(problem):
    X = np.asarray(problem.X)
    return (X - X.mean(axis=0)) / X.std(axis=0)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.4, 1.0])
def test_c_gives_the_logistic_regression_of_scikit_learn(l1_ratio):
    problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    C = 0.05
    lam = convert("C", C, n=problem.n_obs, to="lambda")
    theirs = LogisticRegression(
        C=C,
        l1_ratio=l1_ratio,
        solver="saga" if l1_ratio else "newton-cholesky",
        tol=1e-7,
        max_iter=20_000,
        random_state=0,
    ).fit(standardized(problem), problem.Y[:, 0])
    mine = coefs_of(problem, lam, l1_ratio)
    np.testing.assert_allclose(theirs.coef_[0], mine, atol=1e-4 * np.abs(mine).max())


@pytest.mark.parametrize(
    ("system", "value", "model", "l1_ratio"),
    [
        ("lasso_alpha", 2.0, Lasso(alpha=2.0, tol=1e-12, max_iter=100_000), 1.0),
        (
            "lasso_alpha",
            2.0,
            ElasticNet(alpha=2.0, l1_ratio=0.3, tol=1e-12, max_iter=100_000),
            0.3,
        ),
        ("ridge_alpha", 50.0, Ridge(alpha=50.0), 0.0),
    ],
)
def test_alpha_gives_the_linear_regressions_of_scikit_learn(system, value, model, l1_ratio):
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    lam = convert(system, value, n=problem.n_obs, to="lambda")
    theirs = model.fit(standardized(problem), problem.y)
    mine = coefs_of(problem, lam, l1_ratio)
    np.testing.assert_allclose(theirs.coef_, mine, atol=1e-6 * np.abs(mine).max())


@pytest.mark.parametrize("case", GLMNET["case"].unique())
def test_glmnet_scales_a_gaussian_target_first(case):
    given = GLMNET[GLMNET["case"] == case].set_index("term")
    alpha, strength = given["alpha"].iloc[0], given["lambda"].iloc[0]
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    sd = float(problem.y.std())
    l1_ratio = alpha / (alpha + (1.0 - alpha) / sd)
    how = {"l1_ratio": l1_ratio, "family": "gaussian", "sd_y": sd}
    lam = convert("glmnet", strength, to="lambda", **how)
    path = regpath.fit_path(problem, lambdas=[lam], l1_ratio=l1_ratio)
    theirs = given["estimate"].drop("(Intercept)").loc[list(path.feature_names)]
    mine = path.coef_path[:, 0]
    np.testing.assert_allclose(theirs, mine, atol=1e-6 * np.abs(mine).max())


def test_alpha_gives_the_poisson_regression_of_scikit_learn():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(200, 5))
    y = rng.poisson(np.exp(0.5 + X @ [0.5, -0.3, 0.2, 0.0, 0.0]))
    problem = regpath.Problem.from_arrays(X, y, family="poisson")
    lam = convert("poisson_alpha", 0.3, to="lambda")
    theirs = PoissonRegressor(alpha=0.3, solver="newton-cholesky", tol=1e-12)
    theirs.fit(standardized(problem), problem.y)
    mine = coefs_of(problem, lam, 0.0)
    np.testing.assert_allclose(theirs.coef_, mine, atol=1e-6 * np.abs(mine).max())


@pytest.mark.parametrize("case", OTHERS["case"].unique())
def test_statsmodels_and_glmnet_give_our_model_at_their_own_strengths(case):
    given = OTHERS[OTHERS["case"] == case].set_index("term")
    system, data, value, mix = (given[name].iloc[0] for name in ("system", "data", "value", "mix"))
    problem = regpath.make_problem(regpath.datasets.load(data), TARGETS[data])
    lam = convert(system, value, n=problem.n_obs, to="lambda", l1_ratio=mix, family=problem.family)
    mine = coefs_of(problem, lam, mix)
    theirs = given["estimate"].loc[list(problem.feature_names)]
    np.testing.assert_allclose(theirs, mine, atol=2e-5 * np.abs(mine).max())
