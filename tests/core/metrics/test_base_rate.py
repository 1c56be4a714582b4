import numpy as np
import pytest

import regpath


def test_the_line_is_the_score_of_the_empty_model(family, make_small):
    problem = make_small(family, weights=True)
    train, test, _, _ = regpath.split_problem(problem, test_size=0.4)
    path = regpath.fit_path(train, n_lambdas=4)
    assert path.n_nonzero[0] == 0
    for rows in (train, test):
        expected = regpath.score_path(path, rows).iloc[0].drop("lambda")
        assert regpath.null_scores(train, rows).to_numpy() == pytest.approx(
            expected.to_numpy(float), nan_ok=True
        )
    assert regpath.null_scores(train).equals(regpath.null_scores(train, train))


def test_it_is_missing_where_it_is_undefined(make_small):
    problem = make_small("binomial")
    ones = problem.rows_of(problem, np.flatnonzero(problem.y == 1))
    assert np.isnan(regpath.null_scores(problem, ones)["auc"])


def test_the_base_rate_of_a_validation_knows_no_class_weights():
    rng = np.random.default_rng(0)
    problem = regpath.Problem.from_arrays(rng.normal(size=(100, 2)), np.arange(100) % 10 == 0)
    path = regpath.fit_path(regpath.weigh_classes(problem, "balanced"), n_lambdas=3)
    cv = regpath.cross_validate(problem, path, n_folds=5, class_weight="balanced")
    assert cv.null_score == pytest.approx(-0.1 * np.log(0.1) - 0.9 * np.log(0.9))
    assert cv.mean[0] == pytest.approx(np.log(2.0), rel=0.05)
