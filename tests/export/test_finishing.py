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


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_many_coefficients_come_in_at_once(n_classes, monkeypatch):
    rng = np.random.default_rng(1)
    n, p = 200, 120
    X = rng.normal(size=(n, p)) + 2.0 * rng.normal(size=(n, 1))  # all of them correlated
    signal = X @ (rng.normal(size=(p, n_classes)) * (rng.random((p, 1)) < 0.2))
    y = (signal + rng.gumbel(size=signal.shape)).argmax(axis=1)
    family = "binomial" if n_classes == 2 else "multinomial"
    problem = regpath.Problem.from_arrays(X, y, family=family)
    path = regpath.fit_path(problem, n_lambdas=8, min_ratio=1e-2)
    kept, solves, solve = int((path.coef_path[..., -1] != 0.0).sum()), [], np.linalg.solve
    monkeypatch.setattr(np.linalg, "solve", lambda *a: solves.append(1) or solve(*a))
    empty = np.zeros_like(np.atleast_2d(path.coef_path[..., -1]))
    fitted = SimpleNamespace(
        coef_=empty, intercept_=np.zeros(len(empty)), classes_=np.unique(problem.y)
    )
    Z, lam = (problem.X - path.x_mean) / path.x_scale, float(path.lambdas[-1])
    finish(fitted, Z, problem.y, lam, 1.0, np.ones(n))
    assert len(solves) < 1.5 * kept  # one after the other they take four to six for each
    found = fitted.intercept_ + Z @ fitted.coef_.T
    certified = path.intercept_path[..., -1] + problem.X @ path.coef_path[..., -1].T
    told, proved = (path.loss.probabilities(np.squeeze(each)) for each in (found, certified))
    np.testing.assert_allclose(told, proved, rtol=0, atol=1e-6)
