"""Complementary halves."""

import numpy as np
import pytest

import regpath
from regpath.core.stability_selection.complementary_pairs import deal_halves


def problem_of(y, **more):
    X = np.random.default_rng(0).normal(size=(len(y), 2))
    return regpath.Problem.from_arrays(X, y, **more)


def test_halves_share_nothing_and_deal_classes_evenly():
    problem = problem_of(np.repeat([0, 1, 2], [21, 10, 3]), family="multinomial")
    pairs = deal_halves(problem, 8, 3)
    for first, second in pairs:
        assert not np.intersect1d(first, second).size
        for half in (first, second):
            assert np.bincount(problem.y[half]).tolist() == [10, 5, 1]
            assert (np.diff(half) > 0).all()
    assert len({tuple(first) for first, _ in pairs}) == 8


def test_same_seed_same_halves_and_every_row_gets_its_turn():
    problem = problem_of(np.random.default_rng(1).normal(size=31))
    one, two = (deal_halves(problem, 40, seed) for seed in (5, 5))
    assert all((a == c).all() and (b == d).all() for (a, b), (c, d) in zip(one, two, strict=True))
    counts = np.bincount(np.concatenate([half for pair in one for half in pair]), minlength=31)
    assert counts.min() > 30
    assert counts.sum() == 40 * 30


def test_rows_without_weight_sit_out():
    weight = np.where(np.arange(20) < 5, 0.0, 1.0)
    problem = problem_of(np.arange(20.0), family="gaussian", sample_weight=weight)
    assert all(half.min() >= 5 for pair in deal_halves(problem, 4, 0) for half in pair)


def test_rows_that_belong_together_stay_together():
    from dataclasses import replace

    groups = np.repeat(np.arange(12), 3)
    problem = replace(problem_of(np.tile([0, 1, 1], 12)), row_groups=groups)
    for first, second in deal_halves(problem, 5, 0):
        assert not np.intersect1d(groups[first], groups[second]).size
        assert len(first) == len(second) == 18


def test_a_class_of_one_row_is_named():
    problem = problem_of(np.array(["a"] * 9 + ["rare"]))
    with pytest.raises(regpath.DataError, match="Class 'rare' of target 'y' has too few rows"):
        deal_halves(problem, 2, 0)


def test_a_response_that_does_not_vary_in_a_half_is_refused():
    y = np.where(np.arange(10) == 0, 1.0, 0.0)
    with pytest.raises(regpath.DataError, match="same in every row of a half"):
        deal_halves(problem_of(y, family="gaussian"), 2, 0)
