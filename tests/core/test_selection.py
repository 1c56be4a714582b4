from dataclasses import replace

import numpy as np
import pytest

import regpath


@pytest.fixture
def cv(make_small):
    problem = make_small("binomial", n=90, seed=1)
    path = regpath.fit_path(problem, n_lambdas=12, min_ratio=0.01)
    return regpath.cross_validate(problem, path, n_folds=5)


@pytest.fixture
def gain(make_small):
    problem = make_small("binomial", n=90, seed=1)
    path = regpath.fit_path(problem, n_lambdas=12, min_ratio=0.01)
    return regpath.cross_validate(problem, path, n_folds=5, measure="accuracy")


def test_the_rule_decides(cv):
    assert cv.index_1se < cv.index_min
    best, simple = regpath.select_lambda(cv, rule="min"), regpath.select_lambda(cv)
    assert (best.lam, best.index, best.rule) == (cv.lambda_min, cv.index_min, "min")
    assert (simple.lam, simple.index, simple.rule) == (cv.lambda_1se, cv.index_1se, "1se")


def test_the_reason_gives_formula_and_consequence(cv, gain):
    kept, mean, se = cv.path.n_nonzero, cv.mean, cv.se
    assert regpath.select_lambda(cv, rule="min").reason == (
        f"lambda = {cv.lambda_min:.4g} has the smallest mean log_loss over the folds, "
        f"{mean.min():.4g}, and keeps {kept[cv.index_min]} of 5 features."
    )
    limit = mean.min() + se[mean.argmin()]
    assert regpath.select_lambda(cv).reason == (
        f"lambda = {cv.lambda_1se:.4g} is the largest with mean log_loss at most {limit:.4g} = "
        f"{mean.min():.4g} + {se[mean.argmin()]:.2g}, the best mean + its standard error: it has "
        f"{mean[cv.index_1se]:.4g}, and keeps {kept[cv.index_1se]} of 5 features."
    )
    assert f"largest mean accuracy over the folds, {gain.mean.max():.4g}" in (
        regpath.select_lambda(gain, rule="min").reason
    )
    limit = gain.mean.max() - gain.se[gain.mean.argmax()]
    assert f"mean accuracy at least {limit:.4g} =" in regpath.select_lambda(gain).reason


def test_a_choice_at_an_end_of_the_grid_is_remarked(cv):
    first = regpath.select_lambda(replace(cv, index_1se=0))
    assert first.reason.endswith(
        "and keeps no feature; the folds give no ground to prefer any feature to none."
    )
    last = regpath.select_lambda(replace(cv, index_min=11), rule="min")
    assert last.reason.endswith("it is the weakest of the grid, and a weaker one may do better.")


def test_a_grid_that_begins_too_late_is_remarked(make_small):
    problem = make_small("gaussian")
    strong = regpath.lambda_max(problem)
    path = regpath.fit_path(problem, lambdas=strong * np.array([1e-2, 1e-3, 1e-4]))
    cv = regpath.cross_validate(problem, path, n_folds=5)
    assert cv.index_1se == 0
    assert regpath.select_lambda(cv).reason.endswith(
        "it is the strongest of the grid, and a stronger one may do as well."
    )


def test_what_is_no_rule_or_no_result_is_refused(cv):
    with pytest.raises(regpath.ParameterError, match="'rule' parameter of select_lambda must be"):
        regpath.select_lambda(cv, rule="2se")
    with pytest.raises(regpath.ParameterError, match=r"takes a CVResult\. Got RegPath instead"):
        regpath.select_lambda(cv.path)
