from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from sklearn import metrics

import regpath
from regpath.core.families import FAMILIES
from regpath.core.metrics.measures import MEASURES, check_measure
from regpath.core.metrics.ranking import Ranking


def expected(name, problem, path, lam):
    """The same number from scikit-learn's functions and plain numpy."""
    y, w = problem.y, problem.sample_weight
    if problem.family == "gaussian":
        guess = path.predict(problem.X, lam)
        of = {
            "mse": metrics.mean_squared_error,
            "mae": metrics.mean_absolute_error,
            "r2": metrics.r2_score,
            "rmse": metrics.root_mean_squared_error,
            "deviance_explained": metrics.r2_score,
        }
        return of[name](y, guess, sample_weight=w)
    if problem.family == "poisson":
        of = {
            "poisson_deviance": metrics.mean_poisson_deviance,
            "mse": metrics.mean_squared_error,
            "mae": metrics.mean_absolute_error,
            "rmse": metrics.root_mean_squared_error,
            "deviance_explained": partial(metrics.d2_tweedie_score, power=1),
        }
        return of[name](y, path.predict(problem.X, lam), sample_weight=w)
    proba = path.predict_proba(problem.X, lam)
    if name == "accuracy":
        return metrics.accuracy_score(y, proba.argmax(axis=1), sample_weight=w)
    if name == "log_loss":
        return metrics.log_loss(y, proba, sample_weight=w)
    if name == "balanced_accuracy":
        return metrics.balanced_accuracy_score(y, proba.argmax(axis=1), sample_weight=w)
    if name == "deviance_explained":
        return metrics.d2_log_loss_score(y, proba, sample_weight=w)
    if name in ("auc", "average_precision"):
        of = {"auc": metrics.roc_auc_score, "average_precision": metrics.average_precision_score}
        # Two classes are scored by the second, more of them each against the rest.
        ones = [1] if name == "average_precision" and proba.shape[1] == 2 else range(proba.shape[1])
        return np.mean([of[name](y == k, proba[:, k], sample_weight=w) for k in ones])
    errors = np.square(proba - np.eye(proba.shape[1])[y]).sum(axis=1)
    return np.average(errors, weights=w) / (2.0 if problem.family == "binomial" else 1.0)


@pytest.mark.parametrize("weights", [True, False])
def test_measures_are_those_of_scikit_learn(family, weights, make_small):
    problem = make_small(family, weights=weights)
    path = regpath.fit_path(problem, n_lambdas=5)
    eta = path.decision_path(problem.X)
    able = [measure for measure in MEASURES.values() if measure.judges(family)]
    assert len(able) == (5 if family in ("gaussian", "poisson") else 7)
    for measure in able:
        values = measure.of(eta, problem)
        assert values.shape == (5,)
        for value, lam in zip(values, path.lambdas, strict=True):
            assert value == pytest.approx(expected(measure.name, problem, path, lam), abs=1e-12)


def test_the_area_counts_ties_by_half_and_weights_in_full():
    rng = np.random.default_rng(3)
    marks = rng.integers(0, 4, size=(50, 3)).astype(float)
    positive, weights = rng.random(50) < 0.4, rng.integers(0, 3, 50).astype(float)
    values = Ranking(marks).area(positive, weights)
    for column, value in zip(marks.T, values, strict=True):
        above = column[positive][:, None] - column[~positive]
        credit = (above > 0) + 0.5 * (above == 0)
        pairs = weights[positive][:, None] * weights[~positive]
        assert value == pytest.approx((credit * pairs).sum() / pairs.sum(), abs=1e-14)
    same = Ranking(np.zeros((4, 1)))
    assert same.area(np.array([True, False] * 2), np.ones(4)).tolist() == [0.5]


@pytest.mark.parametrize("weights", [True, False])
def test_means_over_rows_take_many_weightings_at_once(family, weights, make_small):
    problem = make_small(family, weights=weights)
    eta = regpath.fit_path(problem, n_lambdas=4).decision_path(problem.X)
    many = np.random.default_rng(0).integers(0, 3, size=(6, 60)).astype(float)
    for measure in MEASURES.values():
        if FAMILIES[family].kind in measure.kinds and measure.of_one_row:
            weighed = measure.weighed(eta, problem)
            one_by_one = np.stack([weighed(weights) for weights in many])
            assert weighed(many) == pytest.approx(one_by_one, rel=1e-12)


def test_average_precision_is_that_of_scikit_learn_with_ties():
    rng = np.random.default_rng(4)
    marks = rng.integers(0, 5, size=(40, 3)).astype(float)
    positive, weights = rng.random(40) < 0.3, rng.integers(0, 3, 40).astype(float)
    values = Ranking(marks).average_precision(positive, weights)
    for column, value in zip(marks.T, values, strict=True):
        of = metrics.average_precision_score(positive, column, sample_weight=weights)
        assert value == pytest.approx(of, abs=1e-14)


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("binomial", "auc"),
        ("binomial", "average_precision"),
        ("multinomial", "balanced_accuracy"),
        ("binomial", "deviance_explained"),
        ("gaussian", "deviance_explained"),
        ("gaussian", "r2"),
    ],
)
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


def test_a_person_is_told_of_every_measure_under_a_label_of_its_own():
    assert all(f'"{name}"' in regpath.cross_validate.__doc__ for name in MEASURES)
    labels = [measure.label for measure in MEASURES.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)
