from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics

import regpath
from regpath.core.scores import confusion_at


@pytest.mark.parametrize("weights", [True, False])
def test_scores_are_those_of_scikit_learn(family, weights, make_small):
    problem = make_small(family, weights=weights)
    path = regpath.fit_path(problem, n_lambdas=6)
    scores = regpath.score_path(path, problem)
    assert scores["lambda"].tolist() == path.lambdas.tolist()
    w = problem.sample_weight
    for i, lam in enumerate(path.lambdas):
        row = scores.iloc[i]
        guess = path.predict(problem.X, lam)
        if family == "gaussian":
            expected = {
                "r2": metrics.r2_score(problem.y, guess, sample_weight=w),
                "rmse": metrics.root_mean_squared_error(problem.y, guess, sample_weight=w),
            }
        else:
            proba = path.predict_proba(problem.X, lam)
            area = [
                metrics.roc_auc_score(problem.y == k, proba[:, k], sample_weight=w)
                for k in range(proba.shape[1])
            ]
            expected = {
                "accuracy": metrics.accuracy_score(problem.y, guess, sample_weight=w),
                "log_loss": metrics.log_loss(problem.y, proba, sample_weight=w),
                "auc": np.mean(area),
            }
        assert row.drop("lambda").to_dict() == pytest.approx(expected, abs=1e-9)


def test_what_cannot_be_scored_is_missing_and_not_made_up(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=4)
    one_class = problem.rows_of(problem, np.flatnonzero(problem.y == 1))
    assert regpath.score_path(path, one_class)["auc"].isna().all()
    flat = make_small("gaussian")
    constant = flat.rows_of(flat, np.array([3]))
    assert regpath.score_path(regpath.fit_path(flat, n_lambdas=4), constant)["r2"].isna().all()


def test_confusion_counts_rows(make_small):
    problem = make_small("multinomial")
    path = regpath.fit_path(problem, n_lambdas=5)
    table = confusion_at(path, problem, path.lambdas[-1])
    expected = metrics.confusion_matrix(problem.y, path.predict(problem.X, path.lambdas[-1]))
    assert table.to_numpy().tolist() == expected.tolist()
    assert table.index.tolist() == table.columns.tolist() == list(path.classes)


def test_rows_of_weight_zero_cannot_make_a_score(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=4)
    weight = (problem.y == problem.y[0]).astype(float)
    held = replace(problem, sample_weight=weight * (problem.n_obs / weight.sum()))
    name = "r2" if family == "gaussian" else "auc"
    assert regpath.score_path(path, held)[name].isna().all()


def test_a_gaussian_path_has_no_confusion(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=4)
    with pytest.raises(regpath.ParameterError):
        confusion_at(path, problem, path.lambdas[-1])
