"""Lambdas that are far apart, as one that is asked for alone."""

import numpy as np
import pytest

from regpath import Cancelled, Problem, fit_path, lambda_max
from regpath.core.fit import Goal
from regpath.core.penalty import Penalty
from regpath.core.solvers.working_set.solve import PASSING, STRIDE, _with_points_between
from tests.responses import response_of


def wide(family, n=60, p=400, seed=2):
    rng = np.random.default_rng(seed)
    X = np.sqrt(0.5) * (rng.normal(size=(n, p)) + rng.normal(size=(n, 1)))
    effects = np.array([1, -1, 0.5, 0.5, -0.5, 0.3, 0.3, 0.2, -0.2, 0.1])
    signal = X[:, :10] @ effects + rng.normal(size=n)
    y = rng.poisson(np.exp(0.5 * signal - 0.5)) if family == "poisson" else None
    y = response_of(family, signal) if y is None else y
    return Problem.from_arrays(X, y, family=family)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
@pytest.mark.parametrize("share", [1e-2, 1e-4])
def test_one_lambda_far_below_the_first_is_proven(family, l1_ratio, share):
    problem = wide(family)
    path = fit_path(
        problem, l1_ratio=l1_ratio, lambdas=[share * lambda_max(problem, l1_ratio=l1_ratio)]
    )
    assert path.converged.all()
    assert path.coef_path.shape[-1] == 1


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_the_way_to_one_lambda_tells_how_far_it_is_and_can_be_stopped(family):
    problem = wide(family)
    lam, heard = 1e-3 * lambda_max(problem), []
    fit_path(problem, lambdas=[lam], progress=heard.append)
    assert len(set(heard)) > 2
    assert heard == sorted(heard)

    def stop(share):
        if share > 0.0:
            raise Cancelled

    with pytest.raises(Cancelled):
        fit_path(problem, lambdas=[lam], progress=stop)


def goal_of(lambdas, l1_ratio=1.0):
    lambdas = np.array(lambdas)
    return Goal(lambdas, Penalty(l1_ratio, np.ones(3)), 1e-9 * lambdas)


def test_points_come_between_lambdas_that_are_far_apart_and_nowhere_else():
    goal = goal_of([0.9, 0.5, 0.49, 0.001])
    found, asked = _with_points_between(goal, 1.0)
    assert found.lambdas[asked].tolist() == goal.lambdas.tolist()
    assert found.targets[asked].tolist() == goal.targets.tolist()
    falls = np.append(1.0, found.lambdas[:-1]) / found.lambdas
    assert falls.min() > 1.0
    assert falls.max() <= STRIDE * (1.0 + 1e-9)
    assert len(found.lambdas) == 4 + 8
    between = np.delete(np.arange(12), asked)
    assert (found.targets[between] == PASSING * found.lambdas[between]).all()
    near = goal_of([0.9, 0.5, 0.3])
    assert _with_points_between(near, 1.0) == (near, slice(None))


def test_ridge_has_no_way_to_its_first_lambda():
    found, asked = _with_points_between(goal_of([1e3, 1.0], 0.0), 1e18)
    assert found.lambdas[0] == 1e3
    assert asked.tolist() == [0, 10]
