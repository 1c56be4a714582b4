from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import regpath
from regpath.core.validation.one_standard_error import best_and_one_se


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
        f"lambda = {cv.lambda_min:.4g} has the smallest mean log-loss over the folds, "
        f"{mean.min():.4g}, and keeps {kept[cv.index_min]} of 5 features."
    )
    limit = mean.min() + se[mean.argmin()]
    assert regpath.select_lambda(cv).reason == (
        f"lambda = {cv.lambda_1se:.4g} is the largest with mean log-loss at most {limit:.4g} = "
        f"{mean.min():.4g} + {se[mean.argmin()]:.3g}, the best mean + its standard error: it has "
        f"{mean[cv.index_1se]:.4g}, and keeps {kept[cv.index_1se]} of 5 features, at "
        f"{mean[cv.index_1se] - mean.min():.3g} log-loss from the best."
    )
    assert f"largest mean accuracy over the folds, {gain.mean.max():.4g}" in (
        regpath.select_lambda(gain, rule="min").reason
    )
    limit = gain.mean.max() - gain.se[gain.mean.argmax()]
    assert f"mean accuracy at least {limit:.4g} =" in regpath.select_lambda(gain).reason


def test_a_choice_at_an_end_of_the_grid_is_remarked(cv):
    first = regpath.select_lambda(replace(cv, index_1se=0))
    assert first.reason.endswith("from the best; there is no ground to prefer any feature to none.")
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
    with pytest.raises(regpath.ParameterError, match=r"'1se' takes a CVResult\. Got RegPath inst"):
        regpath.select_lambda(cv.path)
    with pytest.raises(regpath.ParameterError, match=r"takes a CVResult or a RegPath\. Got None"):
        regpath.select_lambda(None)
    with pytest.raises(regpath.ParameterError, match="'min' takes no number"):
        regpath.select_lambda(cv, rule="min", value=3)
    with pytest.raises(regpath.ParameterError, match="'bic' needs the problem"):
        regpath.select_lambda(cv, rule="bic")
    with pytest.raises(regpath.ParameterError, match="'stability' needs frequencies"):
        regpath.select_lambda(cv, rule="stability")


@pytest.mark.parametrize("rule", ["within", "tolerance"])
def test_the_largest_lambda_within_a_slack(cv, gain, rule):
    for each in (cv, gain):
        loss = -each.mean if each.larger_is_better else each.mean
        for value in (1e-6, 0.02, 3.0, 30.0):
            slack = value * abs(loss.min()) / 100 if rule == "within" else value
            choice = regpath.select_lambda(each, rule=rule, value=value)
            assert loss[choice.index] <= loss.min() + slack + 1e-12
            assert (loss[: choice.index] > loss.min() + slack).all()
            assert choice.index <= each.index_min
            assert choice.score_lost == pytest.approx(loss[choice.index] - loss.min(), abs=1e-15)
            assert choice.n_kept == each.path.n_nonzero[choice.index]
    assert "the largest with mean log-loss at most " in regpath.select_lambda(cv, rule=rule).reason


def test_a_tolerance_for_errors_in_units_is_a_share_of_the_base_rate(make_small):
    problem = make_small("gaussian")
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=4)
    choice = regpath.select_lambda(cv, rule="tolerance")
    same = regpath.select_lambda(cv, rule="tolerance", value=0.01 * cv.null_score)
    assert choice == same
    assert choice.lam >= cv.lambda_min


def test_an_edge_offers_a_longer_grid(cv):
    last = regpath.select_lambda(replace(cv, index_min=11), rule="min")
    assert last.at_edge == "weak"
    assert last.min_ratio == pytest.approx(0.001)
    assert last.suggestion == (
        "Extend the grid to weaker penalties: min_ratio=0.001, or smaller lambdas where they are "
        "your own."
    )
    inner = regpath.select_lambda(cv)
    assert (inner.at_edge, inner.suggestion, inner.min_ratio) == ("", "", None)


@given(
    mean=arrays(float, 12, elements=st.sampled_from([0.1, 0.2, 0.3, 0.30000000000000004, 0.5])),
    se=arrays(float, 12, elements=st.floats(0.0, 0.3)),
    gain=st.booleans(),
    percent=st.floats(0.1, 60.0),
)
def test_ties_go_to_the_simpler_model_and_no_rule_is_weaker_than_min(mean, se, gain, percent):
    cv = template()
    index_min, index_1se = best_and_one_se(mean, se, gain)
    made = replace(
        cv, mean=mean, se=se, larger_is_better=gain, index_min=index_min, index_1se=index_1se
    )
    loss = -mean if gain else mean
    best = regpath.select_lambda(made, rule="min")
    assert loss[best.index] == pytest.approx(loss.min())
    assert (loss[: best.index] > loss.min() + 1e-9).all()
    for rule, value in (("1se", None), ("within", percent), ("tolerance", percent / 100)):
        choice = regpath.select_lambda(made, rule=rule, value=value)
        assert choice.lam >= best.lam
        assert choice.score_lost >= 0.0
        assert (choice.at_edge == "weak") == (choice.index == 11)


@cache
def template():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3))
    problem = regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=40))
    path = regpath.fit_path(problem, n_lambdas=12)
    return regpath.cross_validate(problem, path, n_folds=4)
