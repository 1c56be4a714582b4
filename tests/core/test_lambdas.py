import numpy as np
import pytest

import regpath
from regpath import Problem, lambda_grid, lambda_max


def test_lambda_max_is_the_largest_correlation_with_the_null_residual(make_small):
    problem = make_small("gaussian", weights=True)
    w = problem.weights
    mean = w @ problem.X
    Z = (problem.X - mean) / np.sqrt(w @ (problem.X - mean) ** 2)
    z = Z.T @ (w * (problem.y - w @ problem.y))
    assert lambda_max(problem) == pytest.approx(np.abs(z).max(), rel=1e-12)
    assert lambda_max(problem, l1_ratio=0.25) == pytest.approx(4 * np.abs(z).max(), rel=1e-12)


def test_ridge_uses_the_floor(make_small):
    problem = make_small("binomial")
    assert lambda_max(problem, l1_ratio=0.0) == pytest.approx(1000 * lambda_max(problem))


def test_grid_is_geometric_and_strictly_decreasing():
    grid = lambda_grid(2.0, n_lambdas=50, min_ratio=1e-3)
    assert grid[0] == 2.0
    assert grid[-1] == pytest.approx(2e-3)
    assert (np.diff(grid) < 0).all()
    assert np.ptp(np.diff(np.log(grid))) < 1e-12
    assert lambda_grid(2.0, n_lambdas=1).tolist() == [2.0]


@pytest.mark.parametrize(
    "wrong", [{"lambda_max": 0.0}, {"n_lambdas": 0}, {"n_lambdas": 2.5}, {"min_ratio": 1.0}]
)
def test_wrong_arguments_are_refused(wrong):
    with pytest.raises(regpath.ParameterError, match="of lambda_grid must be"):
        lambda_grid(**{"lambda_max": 1.0, **wrong})


def test_default_ratio_depends_on_the_shape(make_small):
    tall = regpath.fit_path(make_small("gaussian", n=30, p=3), n_lambdas=5)
    wide = regpath.fit_path(make_small("gaussian", n=10, p=20), n_lambdas=5)
    assert tall.lambdas[-1] / tall.lambdas[0] == pytest.approx(1e-4)
    assert wide.lambdas[-1] / wide.lambdas[0] == pytest.approx(1e-2)


def test_huge_and_tiny_columns_do_not_overflow():
    X = np.array([[1e200, 1e-200], [2e200, 3e-200], [4e200, 2e-200]])
    assert np.isfinite(lambda_max(Problem.from_arrays(X, [0.0, 1.0, 5.0], family="gaussian")))


@pytest.mark.parametrize(
    ("start", "ratio"), [(1.0, 1.0 - 1e-15), (1e-300, 1e-200)], ids=["too close", "underflow"]
)
def test_a_grid_that_cannot_decrease_is_refused(start, ratio):
    """Repeated or zero strengths: `fit_path` would refuse such a grid from a caller."""
    with pytest.raises(regpath.ParameterError):
        lambda_grid(start, n_lambdas=100, min_ratio=ratio)
