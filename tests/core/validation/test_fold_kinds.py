from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import RepeatedKFold, ShuffleSplit, TimeSeriesSplit

import regpath
from regpath.core.validation import fold_kinds
from regpath.core.validation.fold_kinds import plan_folds
from regpath.core.validation.folds import check_trainable


def with_groups(problem, n_groups=12, seed=0):
    groups = np.random.default_rng(seed).integers(0, n_groups, problem.n_obs).astype(str)
    return replace(problem, row_groups=groups)


def with_times(problem, times):
    return replace(problem, row_times=np.asarray(times))


def test_the_kind_follows_the_rows(make_small):
    problem = make_small("gaussian")
    assert plan_folds(problem).kind == "random"
    assert plan_folds(with_groups(problem), n_folds=3).kind == "grouped"
    assert plan_folds(with_times(problem, np.arange(60)), n_folds=3).kind == "ordered"
    assert plan_folds(with_groups(problem), kind="random").kind == "random"
    assert plan_folds(problem, folds=np.arange(60) % 3).kind == "given"


@pytest.mark.parametrize("seed", range(5))
def test_a_group_is_never_parted_and_folds_are_even(family, seed, make_small):
    problem = with_groups(make_small(family, n=90), 24, seed)
    plan = plan_folds(problem, n_folds=4, seed=seed)
    assert sorted(np.concatenate([fold.test for fold in plan.folds])) == list(range(90))
    for fold in plan.folds:
        assert not set(problem.row_groups[fold.train]) & set(problem.row_groups[fold.test])
        assert len(fold.test) == pytest.approx(22.5, abs=5)
        for k in range(len(problem.classes)):
            share = np.mean(problem.y[fold.test] == k) - np.mean(problem.y == k)
            assert abs(share) < 0.2


def test_groups_are_spread_by_class_where_that_is_possible():
    # Twenty persons of three rows each, a quarter of whom are ill: five folds of one ill person.
    y = np.repeat([1] * 5 + [0] * 15, 3)
    X = np.random.default_rng(0).normal(size=(60, 2))
    problem = replace(regpath.Problem.from_arrays(X, y), row_groups=np.repeat(np.arange(20), 3))
    for fold in plan_folds(problem, n_folds=5, seed=3).folds:
        assert np.bincount(y[fold.test]).tolist() == [9, 3]


def test_a_row_without_a_group_stands_alone(make_small):
    groups = np.array(["a", "b", None] * 20, dtype=object)
    problem = replace(make_small("gaussian"), row_groups=groups)
    plan = plan_folds(problem, n_folds=5)
    both = [np.isin(["a", "b"], groups[fold.test].astype(str)).any() for fold in plan.folds]
    assert sum(both) == 2
    with pytest.raises(regpath.DataError, match="2 groups of rows cannot be dealt into 3 folds"):
        plan_folds(replace(problem, row_groups=np.array(["a", "b"] * 30)), n_folds=3)


@pytest.mark.parametrize("n_folds", [2, 5, 7])
def test_times_that_differ_give_the_folds_of_scikit_learn(n_folds, make_small):
    order = np.random.default_rng(1).permutation(60)
    problem = with_times(make_small("gaussian"), order)
    plan = plan_folds(problem, n_folds=n_folds)
    for fold, (train, test) in zip(
        plan.folds, TimeSeriesSplit(n_folds).split(problem.X), strict=True
    ):
        assert sorted(order[fold.train]) == train.tolist()
        assert sorted(order[fold.test]) == test.tolist()


@pytest.mark.parametrize("times", ["few", "skewed", "dates"])
def test_nothing_is_learned_from_the_future(times, make_small):
    rng = np.random.default_rng(2)
    values = {
        "few": rng.integers(2015, 2021, 60),
        "skewed": np.where(np.arange(60) < 40, 0, np.arange(60) // 5),
        "dates": np.datetime64("2020-01-01") + rng.integers(0, 30, 60),
    }[times]
    problem = with_times(make_small("gaussian"), values)
    plan = plan_folds(problem, n_folds=3)
    seen = [fold.test for fold in plan.folds]
    assert len(np.unique(np.concatenate(seen))) == sum(map(len, seen))
    for fold, after in zip(plan.folds, [*plan.folds[1:], None], strict=True):
        assert values[fold.train].max() < values[fold.test].min()
        if after is not None:
            assert set(after.train) == set(fold.train) | set(fold.test)
    assert values[plan.folds[-1].test].max() == values.max()


def test_groups_that_reach_into_the_future_are_not_learned_from(make_small):
    groups = np.array([*range(30), *range(25, 55)])
    problem = replace(with_times(make_small("gaussian"), np.arange(60)), row_groups=groups)
    for fold in plan_folds(problem, n_folds=2).folds:
        assert fold.train.max() < fold.test.min()
        assert not set(groups[fold.train]) & set(groups[fold.test])
    stuck = replace(problem, row_groups=np.zeros(60))
    with pytest.raises(regpath.DataError, match="Every row before those of fold 0"):
        plan_folds(stuck, n_folds=2)


def test_what_cannot_be_ordered_or_grouped_is_refused(make_small):
    problem = make_small("gaussian")
    with pytest.raises(regpath.DataError, match="rows have no times"):
        plan_folds(problem, kind="ordered")
    with pytest.raises(regpath.DataError, match="rows have no groups"):
        plan_folds(problem, kind="grouped")
    with pytest.raises(regpath.DataError, match="3 different times cannot be cut into 3 folds"):
        plan_folds(with_times(problem, np.arange(60) % 3), n_folds=3)
    with pytest.raises(regpath.DataError, match="Some rows have no time"):
        plan_folds(with_times(problem, [np.nan, *range(59)]), n_folds=3)
    with pytest.raises(regpath.ParameterError, match=r"'n_repeats' .* must be 1 for 'ordered'"):
        plan_folds(with_times(problem, np.arange(60)), n_repeats=2)
    with pytest.raises(regpath.ParameterError, match="'kind' parameter of plan_folds"):
        plan_folds(problem, kind="blocked")
    with pytest.raises(regpath.ParameterError, match="'n_folds' parameter of plan_folds"):
        plan_folds(problem, n_folds=1)


def test_repeats_deal_anew_and_begin_with_the_seed_itself(make_small):
    problem = make_small("binomial")
    plan = plan_folds(problem, n_folds=4, n_repeats=3, seed=5)
    assert plan.repeats.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    once = plan_folds(problem, n_folds=4, seed=5)
    tests = [fold.test.tolist() for fold in plan.folds]
    assert tests[:4] == [fold.test.tolist() for fold in once.folds]
    assert tests[4:8] != tests[:4] != tests[8:]
    for r in range(3):
        held = np.concatenate(tests[4 * r : 4 * r + 4])
        assert sorted(held) == list(range(60))


def test_repeats_in_folds_of_ones_own_are_seen(make_small):
    problem = make_small("gaussian")
    pairs = RepeatedKFold(n_splits=5, n_repeats=3, random_state=0).split(problem.X)
    assert plan_folds(problem, folds=pairs).repeats.tolist() == np.repeat([0, 1, 2], 5).tolist()
    pairs = ShuffleSplit(6, test_size=0.5, random_state=0).split(problem.X)
    assert plan_folds(problem, folds=pairs).repeats.tolist() == [0] * 6


def test_leave_one_out_holds_out_each_row_once(make_small):
    plan = plan_folds(make_small("multinomial"), kind="leave_one_out")
    assert [fold.test.tolist() for fold in plan.folds] == [[i] for i in range(60)]
    assert all(sorted([*f.train, *f.test]) == list(range(60)) for f in plan.folds)


def test_leave_one_out_looks_only_at_rows_that_might_be_missed(monkeypatch):
    looked = []

    def look(problem, fold, k):
        looked.append(k)
        check_trainable(problem, fold, k)

    monkeypatch.setattr(fold_kinds, "check_trainable", look)
    x = np.arange(500.0)[:, None]
    for y in (np.arange(500) % 2, np.arange(500.0)):
        plan_folds(regpath.Problem.from_arrays(x, y), kind="leave_one_out")
    assert looked == []
    for y, weights in (
        ([1.0, 2.0, 2.0, 2.0], None),
        ([1.0, 3.0, 2.0, 2.0], [1.0, 0.0, 1.0, 1.0]),
        (["a", "b", "b", "b"], None),
        (["a", "a", "b", "b"], [1.0, 0.0, 1.0, 1.0]),
    ):
        family = "gaussian" if isinstance(y[0], float) else "auto"
        problem = regpath.Problem.from_arrays(
            [[0.0], [1.0], [2.0], [4.0]], y, family, sample_weight=weights
        )
        with pytest.raises(regpath.DataError, match=r"[Ff]old 0 \(counted from 0\)"):
            plan_folds(problem, kind="leave_one_out")
