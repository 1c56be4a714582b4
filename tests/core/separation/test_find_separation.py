"""The detector of separation, against all extreme directions of small integer data."""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

import regpath
from regpath.core.separation import find_separation as module


def problem_of(X, y, **more):
    n_classes = len(np.unique(y))
    family = "binomial" if n_classes == 2 else "multinomial"
    return regpath.Problem.from_arrays(np.asarray(X, float), y, family=family, **more)


def demands(X, y, n_classes):
    """Integer rows a: a direction d is allowed where a d >= 0, and gains where a d > 0."""
    Z = np.column_stack([X, np.ones(len(X), dtype=int)]).astype(object)
    rows, owners = [], []
    for i, z in enumerate(Z):
        for k in range(n_classes):
            if k == y[i]:
                continue
            row = np.zeros((n_classes, Z.shape[1]), dtype=object)
            row[y[i]] += z
            row[k] -= z
            rows.append(row[1:].ravel())
            owners.append(i)
    return np.array(rows, dtype=object), np.array(owners)


def minor(rows, j):
    """Determinant of integer rows without column j, by Laplace expansion."""
    square = np.delete(rows, j, axis=1)
    if len(square) == 0:
        return 1
    return sum((-1) ** k * square[0, k] * minor(square[1:], k) for k in range(len(square)))


def gains(A):
    """Demands on which some direction gains: the sum of all extreme directions, exactly."""
    size = A.shape[1]
    found = np.zeros(len(A), dtype=bool)
    for chosen in combinations(range(len(A)), size - 1):
        rows = A[list(chosen)]
        ray = np.array([(-1) ** j * minor(rows, j) for j in range(size)], dtype=object)
        for way in (ray, -ray):
            product = A @ way
            if (product >= 0).all():
                found |= np.asarray(product > 0, dtype=bool)
    return found


def expected(X, y):
    n_classes = len(np.unique(y))
    A, owners = demands(X, y, n_classes)
    gained = gains(A)
    boundary = np.zeros(len(X), dtype=bool)
    boundary[owners[~gained]] = True
    kind = "complete" if gained.all() else "quasi" if gained.any() else "none"
    return kind, boundary


def assert_proven(problem, found):
    """Check the direction on the rows, in plain numpy."""
    eta = problem.X @ np.atleast_2d(found.direction).T + found.intercept
    if problem.family == "binomial":
        eta = np.hstack([np.zeros_like(eta), eta])
    margins = eta[np.arange(len(eta)), problem.y][:, None] - eta
    margins = margins[np.arange(eta.shape[1]) != problem.y[:, None]].reshape(len(eta), -1)
    near = 1e-9 * max(1.0, np.abs(eta).max())
    np.testing.assert_allclose(margins.min(axis=1), found.margins, atol=near)
    assert margins[margins > near].min() == pytest.approx(1.0)
    np.testing.assert_array_equal((margins > near).any(axis=1), found.gaining)
    np.testing.assert_array_equal(found.margins == 0.0, found.boundary)


@cache
def small_case(seed):
    X, y = small_data(seed)
    return X, y, *expected(X, y)


def small_data(seed):
    rng = np.random.default_rng(seed)
    while True:
        n_classes = int(rng.integers(2, 4))
        p = 1 if n_classes == 3 else int(rng.integers(1, 3))
        n = 6 if n_classes == 3 else int(rng.integers(5, 14))
        X, y = rng.integers(-2, 3, (n, p)), rng.integers(0, n_classes, n)
        full = np.linalg.matrix_rank(np.column_stack([X, np.ones(n)])) == p + 1
        if len(np.unique(y)) == n_classes and full:
            return X, y


@pytest.mark.parametrize("newton", [True, False])
def test_small_integer_data_agree_with_every_extreme_direction(newton, monkeypatch):
    if not newton:
        monkeypatch.setattr(module, "_when_wide", lambda *_: None)
        monkeypatch.setattr(module, "NEWTON_WORK", 0.0)
    kinds = []
    for seed in range(60):
        X, y, kind, boundary = small_case(seed)
        problem = problem_of(X, y)
        found = regpath.find_separation(problem)
        kinds.append(kind)
        assert found.kind == kind, seed
        assert bool(found) == (kind != "none")
        np.testing.assert_array_equal(found.boundary, boundary)
        if found:
            assert_proven(problem, found)
    assert min(kinds.count(kind) for kind in ("none", "quasi", "complete")) >= 4


@pytest.mark.parametrize("name", ["four_points", "separable", "breast_cancer", "iris", "wine"])
def test_bundled_sets_carry_their_proof(name):
    entry = next(e for e in regpath.datasets.catalog() if e.name == name)
    problem = regpath.make_problem(regpath.datasets.load(name), entry.target)
    found = regpath.find_separation(problem)
    assert found.kind == ("quasi" if name == "iris" else "complete")
    assert_proven(problem, found)


def test_a_rare_level_is_named():
    problem = regpath.make_problem(regpath.datasets.load("rare_feature"), "outcome")
    found = regpath.find_separation(problem)
    assert found.kind == "quasi"
    assert found.features == ("rare",)
    assert (
        "'rare' by itself tells 'bought' from the rest in 4 rows, those where it is not 0."
        in found.reason
    )
    assert "4 rows of 200" in found.reason
    np.testing.assert_array_equal(~found.boundary, problem.X[:, found.feature_names.index("rare")])
    assert found.to_frame()["feature"].tolist() == ["rare"]
    rows = found.rows_frame(problem)
    np.testing.assert_array_equal(rows["row"], problem.frame.index)
    assert rows.loc[rows["gaining"], "class"].tolist() == ["bought"] * 4
    assert (rows.loc[rows["gaining"], "margin"] == 1.0).all()


def test_overlap_is_proven_and_has_no_direction():
    problem = regpath.make_problem(regpath.datasets.load("blobs"), "shape")
    found = regpath.find_separation(problem)
    assert found.kind == "none"
    assert not found
    assert not found.direction.any()
    assert found.features == ()
    assert found.to_frame().empty
    assert "weights of all rows balance" in found.reason


def test_more_features_than_rows_separate_any_classes():
    rng = np.random.default_rng(0)
    problem = problem_of(rng.normal(size=(20, 40)), rng.integers(0, 3, 20))
    found = regpath.find_separation(problem)
    assert found.kind == "complete"
    assert "general position" in found.reason
    assert_proven(problem, found)


def test_equal_rows_of_two_classes_are_not_told_apart_by_many_features():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(10, 30))
    X[1] = X[0]
    problem = problem_of(X, np.arange(10) % 2)
    found = regpath.find_separation(problem)
    assert found.kind == "quasi"
    np.testing.assert_array_equal(np.flatnonzero(found.boundary), [0, 1])
    assert_proven(problem, found)


def mixed(seed=0):
    """Two features, of which a sum separates in part; others that overlap."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(80, 4))
    X[:, 1] = np.maximum(0.0, rng.normal(size=80)) - X[:, 0]
    total = X[:, 0] + X[:, 1]
    return X, np.where(total > 1e-12, 1, rng.integers(0, 2, 80))


def test_a_direction_of_several_features_is_found_and_short():
    X, y = mixed()
    problem = problem_of(X, y)
    found = regpath.find_separation(problem)
    assert found.kind == "quasi"
    assert found.features == ("x0", "x1")
    assert found.alone.empty
    np.testing.assert_array_equal(~found.boundary, X[:, 0] + X[:, 1] > 1e-12)
    ratio = found.direction[0] / found.direction[1]
    assert ratio == pytest.approx(1.0)
    assert_proven(problem, found)


def test_order_of_rows_and_columns_and_units_do_not_matter():
    X, y = mixed(3)
    plain = regpath.find_separation(problem_of(X, y))
    rows, columns = np.random.default_rng(2).permutation(80), np.array([2, 0, 3, 1])
    scale = np.array([1e-6, 1e3, 1.0, 1e5])
    moved = regpath.find_separation(
        problem_of((X[rows] * scale + 7.0 * scale)[:, columns], y[rows])
    )
    assert moved.kind == plain.kind
    np.testing.assert_array_equal(moved.boundary, plain.boundary[rows])
    np.testing.assert_allclose(
        moved.direction * scale[columns], plain.direction[columns], rtol=1e-6, atol=1e-9
    )


def test_rows_without_weight_do_not_count():
    X, y = np.arange(8.0)[:, None], np.repeat([0, 1], 4)
    y[0] = 1
    weight = np.append(0.0, np.ones(7))
    assert regpath.find_separation(problem_of(X, y)).kind == "none"
    found = regpath.find_separation(problem_of(X, y, sample_weight=weight))
    assert found.kind == "complete"
    assert np.isnan(found.margins[0])


def test_dependent_columns_do_not_make_a_separation():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(60, 3))
    X = np.column_stack([X, X @ [1.0, 2.0, -1.0], np.ones(60)])
    assert regpath.find_separation(problem_of(X, rng.integers(0, 2, 60))).kind == "none"


def test_what_would_take_too_long_is_undecided(monkeypatch):
    monkeypatch.setattr(module, "MOST_NUMBERS", 10)
    X, y = mixed()
    found = regpath.find_separation(problem_of(X, y))
    assert found.kind == "undecided"
    assert not found
    X[:, 3] = np.where(np.arange(80) < 3, 5.0, 0.0)
    y[:3] = 1
    found = regpath.find_separation(problem_of(X, y))
    assert found.kind == "quasi"
    assert found.features == ("x3",)
    assert_proven(problem_of(X, y), found)


def test_least_squares_is_always_finite():
    problem = regpath.Problem.from_arrays(np.eye(4), [0.1, 0.2, 0.3, 0.7], family="gaussian")
    assert regpath.find_separation(problem).kind == "none"
