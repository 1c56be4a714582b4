import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import KFold, RepeatedKFold, TimeSeriesSplit

import regpath
from regpath.core.validation.folds import Fold, make_folds, resolve_folds


def resolve(problem, folds=None, *, n_folds=5, seed=0):
    return resolve_folds(problem, folds, n_folds=n_folds, seed=seed, caller="cross_validate")


@pytest.mark.parametrize("n_folds", [2, 7, 60])
def test_rows_and_classes_are_dealt_evenly(family, n_folds, make_small):
    problem = make_small(family)
    dealt = make_folds(problem, n_folds=n_folds)
    assert dealt.shape == (60,)
    assert np.ptp(np.bincount(dealt, minlength=n_folds)) <= 1
    for k in range(len(problem.classes)):
        assert np.ptp(np.bincount(dealt[problem.y == k], minlength=n_folds)) <= 1


def test_the_seed_decides_who_sits_together(make_small):
    problem = make_small("binomial")
    assert make_folds(problem, 5, seed=3).tolist() == make_folds(problem, 5, seed=3).tolist()
    assert make_folds(problem, 5, seed=3).tolist() != make_folds(problem, 5, seed=4).tolist()
    # Neighbours in the data are no more often together than strangers are.
    ordered = regpath.Problem.from_arrays(np.arange(1000.0)[:, None], np.repeat([0, 1], 500))
    dealt = make_folds(ordered, 5)
    assert np.mean(dealt[1:] == dealt[:-1]) == pytest.approx(0.2, abs=0.04)


def test_folds_made_here_hold_every_row_out_once(family, make_small):
    problem = make_small(family)
    folds = resolve(problem)
    held = np.concatenate([fold.test for fold in folds])
    assert sorted(held.tolist()) == list(range(60))
    for fold in folds:
        assert sorted([*fold.train, *fold.test]) == list(range(60))


@pytest.mark.parametrize("kind", [list, np.array, pd.Series, pd.Categorical, pd.Index])
def test_labels_of_any_kind_say_who_is_held_out_together(kind, make_small):
    problem = make_small("gaussian")
    labels = ["west", "east", "north"] * 20
    values = kind(labels) if kind is not pd.Series else pd.Series(labels, index=range(60, 0, -1))
    east, north, west = resolve(problem, values)
    assert east.test.tolist() == list(range(1, 60, 3))
    assert north.test.tolist() == list(range(2, 60, 3))
    assert west.test.tolist() == list(range(0, 60, 3))


@pytest.mark.parametrize(
    "splitter",
    [KFold(4), TimeSeriesSplit(3), RepeatedKFold(n_splits=3, n_repeats=2, random_state=0)],
)
def test_the_pairs_of_scikit_learn_are_taken_as_they_come(splitter, make_small):
    problem = make_small("gaussian")
    expected = list(splitter.split(problem.X))
    for given in (splitter.split(problem.X), expected, [Fold(*pair) for pair in expected]):
        folds = resolve(problem, given)
        assert len(folds) == len(expected)
        for fold, (train, test) in zip(folds, expected, strict=True):
            assert fold.train.tolist() == train.tolist()
            assert fold.test.tolist() == test.tolist()


@pytest.mark.parametrize(
    ("folds", "message"),
    [
        ([0, 1, 0], r"label for each of the 60 rows, or pairs .* Got list of length 3 instead"),
        (KFold(3), r"Got KFold instead\. A splitter of scikit-learn gives the pairs"),
        ("abc", "Got str instead"),
        ([np.arange(30), np.arange(30, 60)], "Got list of length 2 instead"),
        (np.zeros((60, 2)), "Got ndarray of length 60 instead"),
        ([0.0, np.nan] * 30, r"label of row 1 \(counted from 0\) is missing"),
        ([1] * 60, "at least 2 folds. Got 1 instead. For one pair"),
        ([([0, 1], [2, 3])], "at least 2 folds. Got 1 instead"),
        ([([0, 1], [2]), ([0, 1], [2], [3])], r"Fold 1 \(counted from 0\) .* Got 3 entries"),
        ([([0, 1], [2]), ([0, 5], [5])], r"Fold 1 .* both learns from row 5 and holds it out"),
        ([([0, 1], [])] * 2, "rows of fold 0 .* from 0 to 59, at least one to learn from"),
        ([([0, 1], [60])] * 2, "rows of fold 0"),
        ([([0, -1], [2])] * 2, "rows of fold 0"),
        ([([0, 0], [2])] * 2, "rows of fold 0"),
        ([([True] * 60, [False] * 60)] * 2, "np.flatnonzero makes them from a mask"),
    ],
)
def test_folds_that_do_not_fit_are_refused(folds, message, make_small):
    with pytest.raises(regpath.ParameterError, match=message):
        resolve(make_small("gaussian"), folds)


def test_too_few_rows_for_so_many_folds_are_refused(make_small):
    with pytest.raises(regpath.DataError, match=r"60 rows cannot be dealt into 61 folds\. Use at"):
        make_folds(make_small("gaussian"), 61)
    with pytest.raises(regpath.ParameterError, match="'n_folds' parameter of make_folds"):
        make_folds(make_small("gaussian"), 1)
    rare = regpath.Problem.from_arrays(np.arange(9.0)[:, None], ["a"] * 8 + ["b"])
    with pytest.raises(regpath.DataError, match=r"Class 'b' .* only one row, so it cannot be both"):
        make_folds(rare, 3)


def test_a_fold_must_have_something_to_learn_from():
    X = np.arange(12.0)[:, None]
    labels = np.arange(12) // 3
    classes = regpath.Problem.from_arrays(X, ["a"] * 3 + ["b"] * 9)
    with pytest.raises(regpath.DataError, match=r"Fold 0 .* no row of class 'a' of target 'y' to"):
        resolve(classes, labels)
    # A class that is missing from the rows held out does no harm.
    assert len(resolve(classes, np.arange(12) % 4)) == 4
    flat = regpath.Problem.from_arrays(X, [0.0] * 6 + [1.0, 2.0, 3.0] * 2, family="gaussian")
    with pytest.raises(regpath.DataError, match=r"same in every row that fold 1 \(counted from 0"):
        resolve(flat, np.arange(12) // 6)


def test_rows_of_weight_zero_teach_nothing():
    X, y = np.arange(8.0)[:, None], ["a", "a", "b", "b"] * 2
    problem = regpath.Problem.from_arrays(X, y, sample_weight=[1, 1, 0, 0, 1, 1, 1, 1])
    with pytest.raises(regpath.DataError, match=r"Fold 1 .* no row of class 'b'"):
        resolve(problem, np.arange(8) // 4)
