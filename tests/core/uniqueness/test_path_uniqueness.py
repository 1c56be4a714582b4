"""Where the lasso has more than one solution."""

import numpy as np
import pytest

import regpath


def problem_of(X, family="gaussian", seed=0):
    rng = np.random.default_rng(seed)
    signal = X[:, 0] - 0.5 * X[:, -1] + 0.5 * rng.normal(size=len(X))
    y = signal if family == "gaussian" else (signal > np.median(signal)).astype(int)
    return regpath.Problem.from_arrays(X, y, family=family)


def moved(path, shift):
    """The same path with other coefficients."""
    from dataclasses import replace

    return replace(path, coef_path=path.coef_path + shift)


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
@pytest.mark.parametrize("standardize", [True, False])
def test_copies_share_and_the_shared_solutions_are_certified_too(family, standardize):
    X = np.random.default_rng(1).normal(size=(80, 4))
    X = np.column_stack([X, X[:, 0], X[:, 3] * -1.0 + 5.0])
    problem = problem_of(X, family)
    path = regpath.fit_path(problem, n_lambdas=12, standardize=standardize)
    table = regpath.path_uniqueness(problem, path)
    assert table["features"].iloc[-1] == ("x0", "x3", "x4", "x5")
    alive = (path.coef_path[[0, 3, 4, 5]] != 0.0).any(axis=0)
    assert not table["unique"][alive].any()
    # Half of x0's coefficient handed to its copy is as good, and the certificate says so.
    shift = np.zeros_like(path.coef_path)
    shift[0], shift[4] = path.coef_path[4] - path.coef_path[0], 0.0
    shift[0], shift[4] = 0.5 * shift[0], -0.5 * shift[0]
    other = moved(path, shift)
    assert np.abs(shift[:, -1]).max() > 0.1
    assert regpath.check_path(problem, other)["ok"].all()


def test_independent_features_are_unique_everywhere():
    X = np.random.default_rng(2).normal(size=(40, 5))
    problem = problem_of(X)
    assert regpath.path_uniqueness(problem, regpath.fit_path(problem))["unique"].all()


def test_more_features_than_rows_in_general_position_are_unique():
    X = np.random.default_rng(3).normal(size=(15, 40))
    problem = problem_of(X)
    path = regpath.fit_path(problem, n_lambdas=20)
    assert regpath.path_uniqueness(problem, path)["unique"].all()


def test_a_ridge_part_makes_it_unique():
    X = np.random.default_rng(4).normal(size=(30, 2))
    problem = problem_of(X[:, [0, 0, 1]])
    path = regpath.fit_path(problem, l1_ratio=0.9, n_lambdas=5)
    assert regpath.path_uniqueness(problem, path)["unique"].all()


def test_a_relation_that_signs_forbid_to_use_leaves_it_unique():
    # x2 = x0 + x1 can replace equal parts of x0 and x1 only, and here their signs differ.
    rng = np.random.default_rng(5)
    X = np.linalg.qr(rng.normal(size=(60, 3)))[0]
    X -= X.mean(axis=0)
    X = np.column_stack([X[:, 0], X[:, 1], X[:, 0] + X[:, 1], X[:, 2]])
    y = X[:, 0] - X[:, 1] + 0.01 * rng.normal(size=60)
    problem = regpath.Problem.from_arrays(X, y)
    path = regpath.fit_path(problem, n_lambdas=10, min_ratio=0.3, standardize=False)
    assert len(regpath.collinear_groups(problem)) == 1
    table = regpath.path_uniqueness(problem, path)
    assert table["unique"].all()


def test_classes_that_share_a_shift():
    # With two symmetric classes any part of a coefficient may be handed to the other one.
    X = np.random.default_rng(6).normal(size=(60, 2))
    y = np.arange(60) % 2
    X[:, 0] += y
    problem = regpath.Problem.from_arrays(X, y, family="multinomial")
    path = regpath.fit_path(problem, n_lambdas=6)
    table = regpath.path_uniqueness(problem, path)
    assert not table["unique"].iloc[-1]
    centred = path.coef_path - path.coef_path.mean(axis=0)
    other = moved(path, centred + 0.5 * np.abs(centred[0]) - path.coef_path)
    assert np.abs(other.coef_path - path.coef_path)[:, :, -1].max() > 0.1
    assert regpath.check_path(problem, other)["ok"].all()
