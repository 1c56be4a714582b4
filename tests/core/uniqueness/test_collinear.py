"""Exact relations between features."""

import numpy as np
import pytest

import regpath


def problem_of(X, names=None):
    y = np.random.default_rng(9).normal(size=len(X))
    return regpath.Problem.from_arrays(X, y, family="gaussian", feature_names=names)


def test_names_the_features_of_a_relation_and_no_others():
    X = np.random.default_rng(0).normal(size=(50, 5))
    X = np.column_stack([X, X[:, 1] - 2.0 * X[:, 3] + 7.0, 1e6 * X[:, 0], np.ones(50)])
    groups = regpath.collinear_groups(problem_of(X))
    assert groups == [("x0", "x6"), ("x1", "x3", "x5")]


def test_relations_that_share_a_feature_are_one_group():
    X = np.random.default_rng(1).normal(size=(40, 3))
    X = np.column_stack([X, X[:, 0] + X[:, 1], X[:, 1] - X[:, 2]])
    assert regpath.collinear_groups(problem_of(X)) == [("x0", "x1", "x2", "x3", "x4")]


def test_levels_of_a_column_sum_to_one():
    problem = regpath.make_problem(regpath.datasets.load("penguins"), "species")
    assert regpath.collinear_groups(problem) == [
        ("island=Biscoe", "island=Dream", "island=Torgersen")
    ]


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
def test_units_and_order_do_not_matter(scale):
    X = np.random.default_rng(2).normal(size=(30, 4))
    X[:, 2] = X[:, 0] - X[:, 3]
    scales = np.array([scale, 1.0, 1.0, 1.0])
    order = np.array([3, 1, 0, 2])
    names = np.array(["a", "b", "c", "d"])[order]
    (group,) = regpath.collinear_groups(problem_of((X * scales)[:, order], list(names)))
    assert sorted(group) == ["a", "c", "d"]


def test_nearly_equal_is_not_equal():
    X = np.random.default_rng(3).normal(size=(30, 2))
    near = np.column_stack([X, X[:, 0] + 1e-6 * X[:, 1] ** 2])
    assert regpath.collinear_groups(problem_of(near)) == []


def test_more_features_than_rows_are_one_group():
    X = np.random.default_rng(4).normal(size=(6, 9))
    (group,) = regpath.collinear_groups(problem_of(X))
    assert len(group) == 9


def test_too_many_numbers_are_refused(monkeypatch):
    monkeypatch.setattr("regpath.core.uniqueness.collinear.MOST_NUMBERS", 10)
    with pytest.raises(regpath.DataError, match="30 rows x 2 features are too many"):
        regpath.collinear_groups(problem_of(np.random.default_rng(0).normal(size=(30, 2))))
