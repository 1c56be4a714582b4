"""Certificates before a second judge, who counts in sixty digits."""

from dataclasses import replace

import numpy as np
import pytest

from regpath import Problem, check_path, fit_path
from regpath.core.objective import CERTIFIED
from tests.judge import worst_violations
from tests.responses import response_of

OFFSETS = (0.0, 1e3, 1e6, 1e8, 1e10, 1e11)  # of features, in spreads


def hard_problem(family, seed):
    """A few rows and features: shifted, scaled, weighed and all but collinear, as may be."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(12, 24)), int(rng.integers(1, 4))
    X = rng.normal(size=(n, p))
    if p > 1:
        X[:, 1] = X[:, 0] + 10.0 ** rng.integers(-6, 1) * X[:, 1]
    y = response_of(family, X[:, 0] + 0.7 * rng.normal(size=n), cuts=(-0.4, 0.4))
    X = X * 10.0 ** rng.integers(-8, 8, p)
    X += rng.choice(OFFSETS, p) * X.std(axis=0)
    if family == "gaussian":
        y = 10.0 ** rng.integers(-8, 8) * (y + rng.choice(OFFSETS[:-1]))
    weight = 10.0 ** rng.uniform(-2, 2, n) if rng.random() < 0.5 else None
    exposure = rng.uniform(0.1, 10.0, n) if family == "poisson" else None
    return Problem.from_arrays(X, y, family=family, sample_weight=weight, exposure=exposure)


def claims_that_fail(problem, path):
    """Points that are certified and not optimal, as the judge sees them."""
    return np.flatnonzero(path.converged & (worst_violations(problem, path) > 1.01 * CERTIFIED))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_whatever_is_certified_is_optimal_in_sixty_digits(family, l1_ratio):
    proven = 0
    for seed in range(12):
        problem = hard_problem(family, seed)
        path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=4, min_ratio=0.01)
        assert claims_that_fail(problem, path).tolist() == [], f"seed {seed}"
        proven += int(path.converged.sum())
    assert proven >= 24  # of 48: the others are beyond what numbers of float64 can express


def test_a_point_whose_intercept_was_rounded_away_is_not_claimed():
    rng = np.random.RandomState(14)
    x = rng.randn(12)
    y = 1e6 + 4e-7 * (x + rng.randn(12))
    problem = Problem.from_arrays(x[:, None], y)
    path = fit_path(problem, n_lambdas=5, min_ratio=0.01)
    judged = worst_violations(problem, path)
    assert judged[2] > 1e-5  # no intercept of float64 is nearer than that
    assert path.kkt_violation[1:] == pytest.approx(judged[1:], rel=1e-3)
    assert path.converged.tolist() == (judged <= CERTIFIED).tolist()


def test_the_judge_finds_a_corrupted_point(family, make_small):
    problem = make_small(family, n=20, p=3)
    path = fit_path(problem, n_lambdas=3, min_ratio=0.1)
    assert claims_that_fail(problem, path).size == 0
    intercepts = path.intercept_path.copy()
    intercepts.reshape(-1, 3)[0, 1] += 1e-4
    wrong = replace(path, intercept_path=intercepts)
    assert claims_that_fail(problem, wrong).tolist() == [1]


def corrupted(problem, path, kind, rng):
    """The path with one number of its second point changed in the fourth digit, or a like fault."""
    coefs, intercepts = path.coef_path.copy(), path.intercept_path.copy()
    one = coefs.reshape(-1, len(path.lambdas))
    size = np.abs(one * np.tile(path.x_scale, len(one) // len(path.x_scale))[:, None]).max(axis=0)
    some = int(rng.choice(np.flatnonzero(one[:, 1])))
    unit = path.x_scale[some % len(path.x_scale)]
    if kind == "coefficient":
        one[some, 1] += 1e-4 * size[1] / unit
    elif kind == "dropped":
        one[some, 1] = 0.0
    elif kind == "sign":
        one[some, 1] *= -1.0
    elif kind == "neighbour":
        one[:, 1] = one[:, 2]
    else:
        spread = problem.y.std() if problem.family == "gaussian" else 1.0
        intercepts.reshape(-1, len(path.lambdas))[0, 1] += 1e-3 * spread
    return replace(path, coef_path=coefs, intercept_path=intercepts)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("kind", ["coefficient", "dropped", "sign", "neighbour", "intercept"])
def test_judge_and_certificate_catch_the_same_corruptions(family, l1_ratio, kind):
    caught = 0
    for seed in range(6):
        problem = hard_problem(family, seed)
        path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=3, min_ratio=0.1)
        if not (path.converged.all() and path.coef_path[..., 1].any()):
            continue
        wrong = corrupted(problem, path, kind, np.random.default_rng(seed))
        assert not check_path(problem, wrong)["ok"][1], f"seed {seed}"
        assert worst_violations(problem, wrong)[1] > CERTIFIED, f"seed {seed}"
        caught += 1
    assert caught >= 2
