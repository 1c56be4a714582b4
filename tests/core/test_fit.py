from dataclasses import replace

import numpy as np
import pytest

from regpath.core import solvers
from regpath.core.fit import AIM, TOL, Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.objective import null_model
from regpath.core.penalty import Penalty
from regpath.core.row_path import finished
from regpath.core.solvers.working_set import solve as working_set


@pytest.fixture(params=["few", "ridge", "factored", "diagonal", "rows"])
def regime(request, monkeypatch):
    """Each way to solve a path, however small the data."""
    if request.param == "ridge":
        monkeypatch.setattr(solvers, "RIDGE_FEATURES", 0)
    elif request.param != "few":
        monkeypatch.setattr(solvers, "ALL_FEATURES", 0)
        monkeypatch.setattr(solvers, "GRAM_FEATURES", 0)
    if request.param == "diagonal":
        monkeypatch.setattr(working_set, "LARGEST_MATRIX", 0)
    if request.param == "rows":
        monkeypatch.setattr(working_set, "CROWDED", 0)
    return request.param


def solved(data, l1_ratio):
    """Certified points of a short path, in the coordinates of the penalty."""
    null = null_model(data, np.ones(data.p))
    lambdas = null.entry / max(l1_ratio, 0.1) * np.geomspace(0.9, 0.05, 6)
    goal = Goal.of(lambdas, Penalty(l1_ratio, np.ones(data.p)), null)
    points = solvers.solve_path(data, goal, null)
    proven = finished(data, goal, null, points.copy())
    assert (proven.proof.worst <= TOL).all()
    return lambdas, Points(*data.design.from_raw_units(*proven.points, data.origin))


def test_an_offset_of_least_squares_is_a_part_of_the_response(regime, make_small):
    l1_ratio = 0.0 if regime == "ridge" else 0.5
    data = in_memory(make_small("gaussian", n=60, p=8, weights=True), True)
    offset = np.random.default_rng(0).normal(size=data.n)
    _, one = solved(replace(data, offset=offset), l1_ratio)
    _, two = solved(replace(data, Y=data.Y - offset[:, None]), l1_ratio)
    assert one.coefs == pytest.approx(two.coefs, abs=1e-6)
    assert one.intercepts == pytest.approx(two.intercepts, abs=1e-6)


def test_an_offset_is_added_to_every_prediction(regime, make_small):
    l1_ratio = 0.0 if regime == "ridge" else 0.5
    data = in_memory(make_small("binomial", n=60, p=8, weights=True), True)
    offset = 2.0 * np.random.default_rng(0).normal(size=data.n)
    lambdas, points = solved(replace(data, offset=offset), l1_ratio)
    Z = data.design.columns(np.arange(8))
    for lam, b0, b in zip(lambdas, *points, strict=True):
        mean = 1.0 / (1.0 + np.exp(-(offset + b0[0] + Z @ b[0])))
        z = Z.T @ (data.weights * (data.Y[:, 0] - mean)) - lam * (1.0 - l1_ratio) * b[0]
        alive = b[0] != 0.0
        assert z[alive] == pytest.approx(lam * l1_ratio * np.sign(b[0][alive]), abs=1e-6)
        assert (np.abs(z[~alive]) <= lam * l1_ratio + 1e-6).all()
        assert data.weights @ (data.Y[:, 0] - mean) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("name", ["gaussian", "binomial"])
def test_the_null_model_balances_residuals_with_an_offset(name, make_small):
    data = in_memory(make_small(name, weights=True), True)
    offset = 5.0 * np.random.default_rng(0).normal(size=data.n)
    data = replace(data, offset=offset)
    eta = data.null_eta()
    assert eta == pytest.approx(offset[:, None] + data.null_intercept())
    residuals = data.Y - data.family.mean(eta)
    assert data.weights @ residuals == pytest.approx(0.0, abs=1e-12 * np.abs(residuals).max())


def test_an_offset_that_all_classes_share_is_nothing(make_small):
    data = in_memory(make_small("multinomial"), True)
    offset = np.random.default_rng(0).normal(size=data.n)
    _, one = solved(replace(data, offset=offset), 0.5)
    _, two = solved(data, 0.5)
    assert one.coefs == pytest.approx(two.coefs, abs=1e-6)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_targets_leave_room_for_the_certificate(l1_ratio, make_small):
    data = in_memory(make_small("binomial"), True)
    null = null_model(data, np.ones(data.p))
    lambdas = null.entry * np.geomspace(1.0, 1e-6, 5)
    goal = Goal.of(lambdas, Penalty(l1_ratio, np.ones(data.p)), null, 1e-6)
    assert (goal.targets <= 0.5 * AIM * null.gradient).all()
    assert (l1_ratio < 1.0) or (goal.targets <= 0.25 * 1e-6 * lambdas).all()
    assert goal.accepting(1e-3).targets is goal.targets
    assert goal.tighter(0.1).targets == pytest.approx(0.1 * goal.targets)
    some = goal.at(slice(1, 3)).of_features(np.array([0, 2]))
    assert some.lambdas.tolist() == lambdas[1:3].tolist()
    assert some.penalty.factors.size == 2


def test_points_are_put_in_the_place_of_others():
    points = Points(np.zeros((3, 1)), np.zeros((3, 1, 2)))
    kept = points.copy()
    points.put(np.array([0, 2]), Points(np.ones((2, 1)), np.ones((2, 1, 2))))
    assert points.coefs[:, 0, 0].tolist() == points.intercepts[:, 0].tolist() == [1.0, 0.0, 1.0]
    assert not kept.coefs.any()
    assert points.at(1).coefs.shape == (1, 2)
