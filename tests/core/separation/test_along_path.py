"""Where weights only grow."""

import numpy as np
import pytest

import regpath
from regpath.core.separation.along_path import separated_from


def fitted(name, target, **options):
    problem = regpath.make_problem(regpath.datasets.load(name), target)
    return problem, regpath.fit_path(problem, **options)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.0])
def test_complete_from_where_every_row_is_right(l1_ratio):
    problem, path = fitted("separable", "outcome", l1_ratio=l1_ratio)
    start = separated_from(problem, path)
    eta = path.decision_path(problem.X)
    right = (((eta > 0.0) == (problem.y == 1)[:, None]) & (eta != 0.0)).all(axis=0)
    assert right[start:].all()
    assert start == 0 or not right[start - 1]


def test_part_from_where_the_rare_weight_grows():
    problem, path = fitted("rare_feature", "outcome")
    start = separated_from(problem, path)
    rare = path.coef_path[path.feature_names.index("rare")]
    assert start is not None
    assert start > 0
    assert (np.abs(rare[start:]) > 0).all()
    assert (np.diff(np.abs(rare[start:])) > 0).all()


def test_none_where_classes_overlap_or_the_path_ends_before():
    assert separated_from(*fitted("blobs", "shape")) is None
    assert separated_from(*fitted("separable", "outcome", min_ratio=0.9)) is None
    assert separated_from(*fitted("diabetes", "progression")) is None


def test_the_path_alone_tells_complete_separation(monkeypatch):
    problem, path = fitted("separable", "outcome")
    whole = separated_from(problem, path, regpath.find_separation(problem))
    monkeypatch.setattr("regpath.core.separation.along_path.find_separation", None)
    assert separated_from(problem, path) == whole
    monkeypatch.setattr("regpath.core.separation.along_path.QUICK", 0.0)
    assert separated_from(*fitted("rare_feature", "outcome"), quick=True) is None


def test_classes_that_are_told_apart_in_part():
    problem, path = fitted("iris", "species")
    start = separated_from(problem, path)
    setosa = problem.y == 0
    eta = path.decision_path(problem.X[setosa])
    assert start is not None
    assert (eta.argmax(axis=1)[:, start:] == 0).all()
