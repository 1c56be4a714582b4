"""What a path is made of, wherever its rows are: no failure may be wild."""

import numpy as np
import pytest

from regpath import Problem, fit_path
from regpath.core import row_path
from regpath.core.fit import Points
from regpath.core.in_memory import in_memory
from regpath.core.objective import CERTIFIED
from regpath.core.penalty import Penalty
from tests.judge import worst_violations
from tests.responses import response_of


def objectives(path, problem):
    """The objective at every lambda (first axis), of the point at every lambda (second)."""
    data = in_memory(problem, path.standardize)
    coefs = path.coef_path.reshape(-1, problem.n_features, len(path.lambdas)).transpose(2, 0, 1)
    intercepts = path.intercept_path.reshape(-1, len(path.lambdas)).T
    scaled = coefs * path.x_scale
    eta = np.einsum("ckp,np->nck", coefs, problem.X) + intercepts
    loss = data.weights @ data.family.loss((data.Y + data.origin)[:, None], eta)
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    count = len(path.lambdas)
    return np.array([loss + penalty.value(scaled, np.repeat(lam, count)) for lam in path.lambdas])


def test_weights_of_any_size_are_solved_or_leave_the_lowest_point():
    rng = np.random.RandomState(0)
    X = rng.randn(30, 5)
    e = X[:, :3] @ [1.5, -1.0, 0.7]
    y = np.argmax(np.c_[e, -e, 0.0 * e] + rng.gumbel(size=(30, 3)), axis=1)
    weight = 10.0 ** np.random.RandomState(2).uniform(-6, 6, 30)
    problem = Problem.from_arrays(X, y, sample_weight=weight)
    path = fit_path(problem, n_lambdas=30, min_ratio=1e-3)
    # Weights of twelve orders leave few digits: which points are solved is up to the processor.
    assert (np.diff(path.dev_ratio) > -1e-3).all()
    assert path.converged.sum() >= 27
    assert worst_violations(problem, path)[path.converged].max() <= 1.01 * CERTIFIED


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_a_solver_that_goes_astray_leaves_no_point_worse_than_its_neighbours(
    family, l1_ratio, make_small, monkeypatch
):
    rng = np.random.default_rng(0)
    solve = row_path.solve_path

    def astray(data, goal, null, told=None):
        points = solve(data, goal, null, told)
        wild = rng.random(len(goal.lambdas)) < 0.4
        points.coefs[wild] *= -(10.0 ** rng.uniform(0, 3, (int(wild.sum()), 1, 1)))
        return points

    monkeypatch.setattr(row_path, "solve_path", astray)
    monkeypatch.setattr(row_path, "polish", lambda data, goal, points: points)
    problem = make_small(family)
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=20, min_ratio=0.05)
    assert not path.converged.all()
    values = objectives(path, problem)
    assert (np.diag(values) <= values.min(axis=1) * (1.0 + 1e-8)).all()
    assert path.dev_ratio.min() > -1e-9


def test_what_is_not_finite_is_replaced_by_a_point_that_is(make_small, monkeypatch):
    def lost(data, goal, null, told=None):
        return Points(*(np.full_like(part, np.nan) for part in null.repeated(len(goal.lambdas))))

    monkeypatch.setattr(row_path, "solve_path", lost)
    monkeypatch.setattr(row_path, "polish", lambda data, goal, points: points)
    path = fit_path(make_small("binomial"), n_lambdas=5)
    assert not path.coef_path.any()
    assert path.converged.tolist() == [True, False, False, False, False]


@pytest.mark.parametrize("seed", range(4))
def test_wild_weights_never_explain_less_than_nothing(seed, family):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(24, 6))
    y = response_of(family, X[:, 0] + 0.5 * rng.normal(size=24), cuts=(-0.4, 0.4))
    weight = 10.0 ** rng.uniform(-6, 6, 24)
    problem = Problem.from_arrays(X, y, family=family, sample_weight=weight)
    path = fit_path(problem, n_lambdas=12, min_ratio=1e-4)
    assert path.dev_ratio.min() >= -1e-9
