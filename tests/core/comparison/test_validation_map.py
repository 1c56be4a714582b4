"""Scores over penalties and strengths."""

import numpy as np
import pytest

import regpath


@pytest.fixture(scope="module")
def found():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    ratios = (1.0, 0.5, 0.0)
    made = regpath.map_validation(problem, l1_ratios=ratios, n_lambdas=15, n_folds=5, seed=2)
    return problem, made


def test_each_row_is_a_cross_validation_on_the_same_folds(found):
    problem, made = found
    for k, ratio in enumerate((1.0, 0.5, 0.0)):
        path = regpath.fit_path(problem, l1_ratio=ratio, n_lambdas=15)
        alone = regpath.cross_validate(problem, path, n_folds=5, seed=2)
        np.testing.assert_allclose(made.mean[k], alone.mean, rtol=1e-6)
        np.testing.assert_allclose(made.lambdas[k], path.lambdas)
        for fold, other in zip(made.results[0].folds, alone.folds, strict=True):
            np.testing.assert_array_equal(fold.test, other.test)


def test_best_and_simplest_by_hand(found):
    _, made = found
    best = made.best
    assert made.mean[best.ratio, best.point] == made.mean.min()
    limit = best.mean + best.se
    np.testing.assert_array_equal(made.within, made.mean <= limit * (1 + 1e-12))
    assert made.within[best.ratio, best.point]
    kept = np.where(made.within, made.n_nonzero, 10**6)
    simplest = made.simplest
    assert simplest.n_nonzero == kept.min()
    tied = made.mean[kept == kept.min()]
    assert simplest.mean == tied.min() <= limit


def test_frame_marks_one_cell_each(found):
    _, made = found
    frame = made.to_frame()
    assert len(frame) == 45
    assert frame["best"].sum() == frame["simplest"].sum() == 1
    row = frame[frame["simplest"]].iloc[0]
    assert (row["l1_ratio"], row["lambda"]) == (made.simplest.l1_ratio, made.simplest.lam)
    np.testing.assert_array_equal(frame["within_1se"], made.within.ravel())
    assert "5 common folds" in repr(made)


def test_gains_are_compared_as_gains():
    problem = regpath.make_problem(regpath.datasets.load("election_1996"), "vote")
    made = regpath.map_validation(
        problem, l1_ratios=(1.0, 0.5), n_lambdas=8, n_folds=3, measure="auc"
    )
    assert made.best.mean == made.mean.max()
    assert (made.mean[made.within] >= made.best.mean - made.best.se - 1e-12).all()


def test_own_folds_from_a_splitter_and_progress(found):
    from sklearn.model_selection import KFold

    problem, _ = found
    told = []
    made = regpath.map_validation(
        problem,
        l1_ratios=(1.0, 0.5),
        n_lambdas=4,
        folds=KFold(3).split(problem.X),
        progress=told.append,
    )
    assert len(made.results[1].folds) == 3
    few, many = (regpath.map_seconds(made.results[0].path, n_folds=k) for k in (3, 10))
    assert 0.0 < few < many
    assert told[-1] == 1.0
    assert (np.diff(told) >= 0.0).all()


def test_class_weights_are_for_fits_and_not_for_scores():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(150, 3))
    problem = regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=150) > 1.2)
    how = {"n_folds": 4, "class_weight": "balanced"}
    found = regpath.map_validation(problem, l1_ratios=(1.0, 0.5), n_lambdas=6, **how)
    weighted = regpath.weigh_classes(problem, "balanced")
    for ratio, cv in zip(found.l1_ratios, found.results, strict=True):
        path = regpath.fit_path(weighted, l1_ratio=ratio, lambdas=cv.lambdas)
        want = regpath.cross_validate(problem, path, **how)
        np.testing.assert_allclose(cv.mean, want.mean, rtol=1e-9)


@pytest.mark.parametrize("n_lambdas", [1, 2, 12])
def test_a_strength_that_is_said_has_a_cell_of_every_penalty(n_lambdas):
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    start, _ = regpath.lambda_range(problem)  # on the grid of the lasso alone
    said = (start, 1.2345, 80.0)
    made = regpath.map_validation(
        problem, l1_ratios=(1.0, 0.0), n_lambdas=n_lambdas, extra_lambdas=said, n_folds=3
    )
    assert made.lambdas.shape == (2, n_lambdas + 3)
    assert (np.diff(made.lambdas) < 0.0).all()
    for cv in made.results:
        assert set(said) <= set(cv.lambdas)
        assert cv.path.converged.all()


def test_a_list_of_strengths_is_that_of_every_penalty():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    made = regpath.map_validation(
        problem, l1_ratios=(1.0, 0.0), lambdas=[10.0, 1.0, 0.1], extra_lambdas=(1.0, 5.0), n_folds=3
    )
    assert made.lambdas.tolist() == [[10.0, 5.0, 1.0, 0.1]] * 2
    with pytest.raises(regpath.ParameterError, match="strictly decreasing"):
        regpath.map_validation(problem, lambdas=[1.0, 10.0])


def test_what_is_no_strength_is_refused():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    with pytest.raises(regpath.ParameterError, match="'extra_lambdas' parameter of map_validation"):
        regpath.map_validation(problem, extra_lambdas=(0.1, -1.0))
