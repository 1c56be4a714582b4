"""Maximum likelihood without a penalty, against its own conditions and closed forms."""

import numpy as np
import pytest

from regpath.core.solvers.max_likelihood import maximize


def data(n_classes, seed=0, n=200, q=3):
    rng = np.random.default_rng(seed)
    Z = np.hstack([rng.normal(size=(n, q)), np.ones((n, 1))])
    return Z, rng.integers(0, n_classes, n), np.full(n, 1.0 / n)


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_gradient_vanishes_where_classes_overlap(n_classes):
    Z, y, weights = data(n_classes)
    end = maximize(Z, y, weights, n_classes, to=1e-12)
    assert end.finite
    assert not end.separates
    assert end.violation <= 1e-12
    eta = np.hstack([np.zeros((len(Z), 1)), Z @ end.coefs.T])
    proba = np.exp(eta) / np.exp(eta).sum(axis=1, keepdims=True)
    gradient = (weights[:, None] * (np.eye(n_classes)[y] - proba)).T @ Z
    np.testing.assert_allclose(gradient, 0.0, atol=1e-12)


def test_two_by_two_table_has_its_log_odds():
    x = np.repeat([0.0, 0.0, 1.0, 1.0], [6, 2, 3, 9])
    y = np.repeat([0, 1, 0, 1], [6, 2, 3, 9])
    Z = np.column_stack([x, np.ones(20)])
    end = maximize(Z, y, np.full(20, 0.05), 2, to=1e-12)
    np.testing.assert_allclose(end.coefs, [[np.log(9 / 3) - np.log(2 / 6), np.log(2 / 6)]])


@pytest.mark.parametrize("n_classes", [2, 3])
def test_separated_classes_are_told_and_never_finite(n_classes):
    Z, _, weights = data(n_classes, n=90)
    y = np.argsort(np.argsort(Z[:, 0])) * n_classes // 90
    end = maximize(Z, y, weights, n_classes)
    assert end.separates
    assert not end.finite
    eta = np.hstack([np.zeros((len(Z), 1)), Z @ end.coefs.T])
    assert (eta.argmax(axis=1) == y).all()


def test_rows_that_are_told_apart_in_part_prove_nothing():
    Z, y, weights = data(2)
    Z[:, 0] = 0.0
    Z[:4, 0] = 10.0
    y[:4] = 1
    end = maximize(Z, y, weights, 2)
    assert not end.finite
    assert not end.separates


@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_fit_that_is_nearly_sure_of_some_rows_is_finite_all_the_same(n_classes):
    Z, y, weights = data(n_classes)
    Z[:n_classes, 0] = np.linspace(-300.0, 300.0, n_classes)  # far out, on the right side
    y = np.clip(np.digitize(Z[:, 0] + np.sin(7.0 * Z[:, 1]), np.arange(n_classes - 1)), 0, None)
    end = maximize(Z, y, weights, n_classes, to=1e-9)
    assert end.finite
    assert not end.separates
    eta = np.hstack([np.zeros((len(Z), 1)), Z @ end.coefs.T])
    proba = np.exp(eta - eta.max(axis=1, keepdims=True))
    proba /= proba.sum(axis=1, keepdims=True)
    assert proba.min() < 1e-15  # no weight that could balance anything
    gradient = (weights[:, None] * (np.eye(n_classes)[y] - proba)).T @ Z
    np.testing.assert_allclose(gradient, 0.0, atol=1e-9)
