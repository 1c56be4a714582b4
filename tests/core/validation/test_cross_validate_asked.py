"""What a cross-validation can be asked: repeats, progress, refusals, base rates, fold paths."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import mean_poisson_deviance
from sklearn.model_selection import ShuffleSplit

import regpath


def test_results_are_frozen_and_print_what_matters(make_small):
    problem = make_small("binomial")
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=9), n_folds=3)
    for array in (cv.fold_scores, cv.mean, cv.se, cv.fold_weights, cv.folds[0].train):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    text = repr(cv)
    assert text.startswith("CVResult(binomial, target 'y', log_loss in 3 folds of 60 rows)")
    assert f"lambda_1se = {cv.lambda_1se:.4g} (point {cv.index_1se + 1} of 9)" in text
    frame = cv.to_frame()
    assert frame["fold[2]"].tolist() == cv.fold_scores[2].tolist()
    assert frame["mean"].tolist() == cv.mean.tolist()
    assert frame["n_nonzero"].tolist() == cv.path.n_nonzero.tolist()


def test_the_same_seed_gives_the_same_result(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=4)
    scores = [regpath.cross_validate(problem, path, seed=s).fold_scores.tolist() for s in (1, 1, 2)]
    assert scores[0] == scores[1]
    assert scores[0] != scores[2]


def test_what_does_not_fit_is_refused(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=3)
    other = problem.take(np.arange(50))
    with pytest.raises(regpath.DataError, match="fit on 60 rows, and the problem has 50"):
        regpath.cross_validate(other, path)
    with pytest.raises(regpath.ParameterError, match=r"cross_validate takes a RegPath"):
        regpath.cross_validate(problem, None)
    with pytest.raises(regpath.ParameterError, match="'r2' cannot judge a binomial path"):
        regpath.cross_validate(problem, path, measure="r2")
    cv = regpath.cross_validate(problem, path, n_folds=3)
    with pytest.raises(regpath.DataError, match="fit on 60 rows"):
        cv.out_of_fold(other)
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        cv.out_of_fold(problem, 123.0)


def test_a_fold_that_cannot_be_fit_is_named():
    problem = regpath.Problem.from_arrays(
        np.eye(8)[:, :1], [1.0, 2.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.5], family="gaussian"
    )
    path = regpath.fit_path(problem, n_lambdas=3)
    with pytest.raises(regpath.DataError, match=r"^Fold 0 \(counted from 0\) cannot be fit\. No f"):
        regpath.cross_validate(problem, path, folds=np.arange(8) % 4)


def test_repeats_make_the_mean_steadier_and_the_error_no_smaller(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=6)
    cv = regpath.cross_validate(problem, path, n_folds=5, n_repeats=4, seed=1)
    once = [regpath.cross_validate(problem, path, n_folds=5, seed=1 + r) for r in range(4)]
    assert cv.mean == pytest.approx(np.mean([each.mean for each in once], axis=0))
    assert cv.se == pytest.approx(np.sqrt(np.mean([each.se**2 for each in once], axis=0)))
    assert cv.se.min() > 0.0
    naive = np.std(cv.fold_scores, axis=0) / np.sqrt(19)
    assert (cv.se > 1.5 * naive).all()
    assert "in 20 folds (4 repeats) of 60 rows" in repr(cv)
    assert cv.fold_paths[7].coef_path == pytest.approx(once[1].fold_paths[2].coef_path, abs=1e-9)
    everyone = cv.out_of_fold(problem)
    assert everyone == pytest.approx(np.mean([e.out_of_fold(problem) for e in once], axis=0))


def test_rows_held_out_again_and_again_are_remarked(make_small):
    problem = make_small("gaussian")
    pairs = ShuffleSplit(4, test_size=0.5, random_state=0).split(problem.X)
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=3), folds=pairs)
    assert "it is too small" in cv.notes[0]


def test_progress_rises_to_one_and_can_stop(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    for how in ({"n_repeats": 2}, {"folds": np.arange(60) % 6}):
        heard = []
        regpath.cross_validate(problem, path, n_folds=4, progress=heard.append, **how)
        assert heard == sorted(heard)
        assert heard[-1] == 1.0
        assert len(heard) > 5

    def stop(share):
        if share > 0.1:
            raise regpath.Cancelled

    with pytest.raises(regpath.Cancelled):
        regpath.cross_validate(problem, path, progress=stop)


def test_the_base_rate_is_learned_in_each_fold(family, make_small):
    problem = make_small(family, weights=True)
    path = regpath.fit_path(problem, n_lambdas=3)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    scores = []
    for fold in cv.folds:
        w, y = problem.sample_weight[fold.train], problem.y[fold.train]
        v, z = problem.sample_weight[fold.test], problem.y[fold.test]
        if family == "gaussian":
            scores.append(np.average(np.square(z - np.average(y, weights=w)), weights=v))
        elif family == "poisson":
            rate = np.full(len(z), np.average(y, weights=w))
            scores.append(mean_poisson_deviance(z, rate, sample_weight=v))
        else:
            share = np.bincount(y, weights=w) / w.sum()
            scores.append(np.average(-np.log(share[z]), weights=v))
    assert cv.null_score == pytest.approx(np.average(scores, weights=cv.fold_weights))


@pytest.mark.parametrize("kind", ["grouped", "ordered"])
def test_groups_and_times_of_rows_are_respected_unasked(kind, make_small):
    rng = np.random.default_rng(0)
    labels = rng.permutation(np.repeat(np.arange(15), 4))
    facts = {"grouped": "row_groups", "ordered": "row_times"}
    problem = replace(make_small("gaussian"), **{facts[kind]: labels})
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=5), n_folds=3)
    assert cv.kind == kind
    for fold, fold_path in zip(cv.folds, cv.fold_paths, strict=True):
        if kind == "grouped":
            assert not set(labels[fold.train]) & set(labels[fold.test])
        else:
            assert labels[fold.train].max() < labels[fold.test].min()
        alone = regpath.fit_path(problem.take(fold.train), lambdas=cv.lambdas)
        assert fold_path.coef_path == pytest.approx(alone.coef_path, abs=1e-8)


def test_fold_coefs_are_the_paths_of_the_folds(family, make_small):
    problem = make_small(family)
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=4), n_folds=3)
    frame = cv.fold_coefs()
    assert len(frame) == 3 * 5 * 4 * (3 if family == "multinomial" else 1)
    some = cv.fold_coefs(["x3", "x1"])
    lines = some[(some["fold"] == 2) & (some["feature"] == "x1")]
    expected = cv.fold_paths[2].coef_path[..., 1, :] * cv.path.x_scale[1]
    assert lines["coefficient"].to_numpy() == pytest.approx(expected.ravel())
    assert lines["lambda"].to_numpy()[:4] == pytest.approx(cv.lambdas)
    if family == "multinomial":
        assert lines["class"].tolist() == np.repeat(problem.classes, 4).tolist()
    with pytest.raises(regpath.ParameterError, match="no feature called 'x9'"):
        cv.fold_coefs(["x9"])
    with pytest.warns(DeprecationWarning, match="CVResult.fold_coefs"):
        assert cv.ghosts().equals(frame)


def test_the_estimate_of_time_grows_with_the_work(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=10)
    five, ten = (regpath.plan_folds(problem, n_folds=k) for k in (5, 10))
    assert 0.0 < regpath.cv_seconds(problem, path, five) < regpath.cv_seconds(problem, path, ten)
