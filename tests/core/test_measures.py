from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics

import regpath
from regpath.core.measures import MEASURES, area, check_measure


def expected(name, problem, path, lam):
    """The same number from scikit-learn's functions and plain numpy."""
    y, w = problem.y, problem.sample_weight
    if problem.family == "gaussian":
        guess = path.predict(problem.X, lam)
        of = {
            "mse": metrics.mean_squared_error,
            "rmse": metrics.root_mean_squared_error,
            "mae": metrics.mean_absolute_error,
            "r2": metrics.r2_score,
        }
        return of[name](y, guess, sample_weight=w)
    proba = path.predict_proba(problem.X, lam)
    if name == "accuracy":
        return metrics.accuracy_score(y, proba.argmax(axis=1), sample_weight=w)
    if name == "log_loss":
        return metrics.log_loss(y, proba, sample_weight=w)
    if name == "auc":
        one = [
            metrics.roc_auc_score(y == k, column, sample_weight=w)
            for k, column in enumerate(proba.T)
        ]
        return np.mean(one)
    errors = np.square(proba - np.eye(proba.shape[1])[y]).sum(axis=1)
    return np.average(errors, weights=w) / (2.0 if problem.family == "binomial" else 1.0)


@pytest.mark.parametrize("weights", [True, False])
def test_measures_are_those_of_scikit_learn(family, weights, make_small):
    problem = make_small(family, weights=weights)
    path = regpath.fit_path(problem, n_lambdas=5)
    eta = path.decision_path(problem.X)
    able = [measure for measure in MEASURES.values() if family in measure.families]
    assert len(able) == 4
    for measure in able:
        values = measure.of(eta, problem)
        assert values.shape == (5,)
        for value, lam in zip(values, path.lambdas, strict=True):
            assert value == pytest.approx(expected(measure.name, problem, path, lam), abs=1e-12)


def test_the_area_counts_ties_by_half_and_weights_in_full():
    rng = np.random.default_rng(3)
    marks = rng.integers(0, 4, size=(50, 3)).astype(float)
    positive, weights = rng.random(50) < 0.4, rng.integers(0, 3, 50).astype(float)
    values = area(marks, positive, weights)
    for column, value in zip(marks.T, values, strict=True):
        above = column[positive][:, None] - column[~positive]
        credit = (above > 0) + 0.5 * (above == 0)
        pairs = weights[positive][:, None] * weights[~positive]
        assert value == pytest.approx((credit * pairs).sum() / pairs.sum(), abs=1e-14)
    assert area(np.zeros((4, 1)), np.array([True, False] * 2), np.ones(4)).tolist() == [0.5]


@pytest.mark.parametrize(("family", "name"), [("binomial", "auc"), ("gaussian", "r2")])
def test_what_is_undefined_is_missing(family, name, make_small):
    problem = make_small(family)
    eta = regpath.fit_path(problem, n_lambdas=3).decision_path(problem.X)
    alone = (problem.y == problem.y[0]) * 1.0
    one = replace(problem, sample_weight=alone)
    assert np.isnan(MEASURES[name].of(eta, one)).all()
    assert MEASURES[name].undefined


def test_a_measure_must_exist_and_suit_the_family():
    assert check_measure("auto", "gaussian", "f").name == "mse"
    assert check_measure("auto", "multinomial", "f").name == "log_loss"
    with pytest.raises(regpath.ParameterError, match="'measure' parameter of f must be one of"):
        check_measure("deviance", "binomial", "f")
    with pytest.raises(regpath.ParameterError, match=r"'auc' cannot judge a gaussian path\. Choo"):
        check_measure("auc", "gaussian", "f")
