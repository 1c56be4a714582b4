"""Newton's method behind saga reaches the certified point, from wherever it starts."""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import regpath
from regpath.export.finishing import FINISH, FINISH_IMPORTS

given = {"np": np}
with warnings.catch_warnings():  # the script lets saga stop early
    exec(f"{FINISH_IMPORTS}\n{FINISH}", given)
finish = given["finish"]


def problem_of(family, wide=False):
    rng = np.random.default_rng(3)
    n, p = (24, 48) if wide else (150, 12)
    X = rng.normal(size=(n, p)) @ (np.eye(p) + 0.4 * rng.normal(size=(p, p)) / np.sqrt(p))
    signal = X[:, :3] @ np.array([1.0, -0.7, 0.5]) + 0.7 * rng.normal(size=n)
    y = (signal > 0.0).astype(int) if family == "binomial" else np.digitize(signal, [-0.7, 0.7])
    w = rng.uniform(0.2, 2.0, n)
    return regpath.Problem.from_arrays(X, y, family=family, sample_weight=w)


def starts(path, index, rng):
    """Nothing kept; the solution; much that is wrong, with wrong signs."""
    right = path.coef_path[..., index]
    return {
        "nothing": np.zeros_like(right),
        "the solution": right,
        "noise": rng.normal(size=right.shape) * (rng.random(right.shape) < 0.4),
    }


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.05])
def test_any_start_comes_to_the_certified_point(family, wide, l1_ratio):
    problem = problem_of(family, wide)
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=12)
    Z = (problem.X - path.x_mean) / path.x_scale
    for index in (2, 7, 11):
        want = np.atleast_2d(path.coefs("standardized")[..., index])
        for start in starts(path, index, np.random.default_rng(1)).values():
            start = np.atleast_2d(start)
            fitted = SimpleNamespace(
                coef_=start, intercept_=np.zeros(len(start)), classes_=np.unique(problem.y)
            )
            w = problem.sample_weight
            finish(fitted, Z, problem.y, float(path.lambdas[index]), l1_ratio, w)
            np.testing.assert_allclose(fitted.coef_, want, rtol=0, atol=1e-6)
