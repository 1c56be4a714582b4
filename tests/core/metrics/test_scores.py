from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics

import regpath
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.metrics.scores import confusion_at, scores_by_class


def test_every_measure_of_the_family_is_a_column(family, make_small):
    problem = make_small(family, weights=True)
    path = regpath.fit_path(problem, n_lambdas=6)
    scores = regpath.score_path(path, problem)
    assert scores["lambda"].tolist() == path.lambdas.tolist()
    eta = path.decision_path(problem.X)
    assert list(scores.columns[1:]) == list(measures_of(family))
    for name in measures_of(family):
        assert scores[name].to_numpy() == pytest.approx(MEASURES[name].of(eta, problem))


@pytest.mark.parametrize("weights", [True, False])
@pytest.mark.parametrize("kind", ["binomial", "multinomial"])
def test_scores_by_class_are_those_of_scikit_learn(kind, weights, make_small):
    problem = make_small(kind, weights=weights)
    path = regpath.fit_path(problem, n_lambdas=5)
    frame = scores_by_class(path, problem).set_index(["class", "lambda"])
    w = problem.sample_weight
    for lam in path.lambdas[2:]:
        proba, guess = path.predict_proba(problem.X, lam), path.predict(problem.X, lam)
        codes = np.searchsorted(np.array(path.classes), guess)
        for k, label in enumerate(path.classes):
            own, told = problem.y == k, codes == k
            expected = {
                "recall": metrics.recall_score(own, told, sample_weight=w),
                "precision": metrics.precision_score(
                    own, told, sample_weight=w, zero_division=np.nan
                ),
                "auc": metrics.roc_auc_score(own, proba[:, k], sample_weight=w),
                "average_precision": metrics.average_precision_score(
                    own, proba[:, k], sample_weight=w
                ),
                "brier": metrics.brier_score_loss(own, proba[:, k], sample_weight=w),
            }
            row = frame.loc[(str(label), lam)].to_dict()
            assert row == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_scores_by_class_are_missing_where_there_are_none(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=3)
    ones = problem.rows_of(problem, np.flatnonzero(problem.y == 1))
    frame = scores_by_class(path, ones)
    assert frame["auc"].isna().all()
    assert frame.loc[frame["class"] == "0.0", "recall"].isna().all()
    gaussian = make_small("gaussian")
    with pytest.raises(regpath.ParameterError, match="no classes"):
        scores_by_class(regpath.fit_path(gaussian, n_lambdas=2), gaussian)


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
    name = {"gaussian": "r2", "poisson": "deviance_explained"}.get(family, "auc")
    assert regpath.score_path(path, held)[name].isna().all()


def test_a_gaussian_path_has_no_confusion(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=4)
    with pytest.raises(regpath.ParameterError):
        confusion_at(path, problem, path.lambdas[-1])
