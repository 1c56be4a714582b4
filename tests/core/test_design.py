import numpy as np
import pytest
from regpath.core.standardize import moments, standardized

from regpath import Problem


def test_columns_have_mean_zero_and_spread_one(make_small):
    problem = make_small("gaussian", weights=True)
    design = standardized(problem, True)
    assert problem.weights @ design.Z == pytest.approx(0.0, abs=1e-14)
    assert problem.weights @ design.Z**2 == pytest.approx(1.0)
    assert design.Z * design.penalty_scale + design.mean == pytest.approx(problem.X)


def test_without_standardising_columns_are_centred_only(make_small):
    problem = make_small("gaussian")
    design = standardized(problem, False)
    assert pytest.approx(problem.X - problem.X.mean(axis=0)) == design.Z
    assert design.scale == pytest.approx(problem.X.std(axis=0))


def test_rounding_noise_is_not_spread():
    X = np.array([[0.1, 1e9], [0.1, 1e9], [0.1, 1e9 + 1e-5]])
    assert moments(X, np.full(3, 1 / 3))[1][0] == 0.0
    problem = Problem.from_arrays(X, [0.0, 1.0, 4.0], family="gaussian")
    assert not standardized(problem, True).Z[:, 0].any()
