"""The picture of drawn points: every one of them, and as square as the plane."""

import numpy as np
import pytest

from regpath.charts.drawn_boundary import drawn_boundary_figure
from regpath.charts.theme import LIGHT
from regpath.core.boundary.boundary_path import boundary_path
from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.core.boundary.plane import Plane

LAMBDAS = np.array([1.0, 0.1, 0.01])


def test_points_boundary_and_margin_are_drawn_at_one_strength():
    X = np.random.default_rng(0).normal(size=(30, 2)) * [1.0, 50.0]
    second = X[:, 0] + X[:, 1] / 50.0 > 0.2
    plane = Plane.around(X, ("a", "b"), ("no", "yes"))
    points = DrawnPoints.of(plane.places(X), second)
    found = boundary_path(points, plane, LAMBDAS, standardize=True)
    figure = drawn_boundary_figure(found, 1, look=LIGHT)
    names = [str(trace.name) for trace in figure.data]
    assert "boundary at λ = 0.1" in names
    assert any(name.startswith("margin") for name in names)
    assert sum(len(t.x) for t in figure.data if t.name in ("no", "yes")) == 30
    assert figure.layout.yaxis.scaleratio == pytest.approx(plane.unit[0] / plane.unit[1])
    on = next(trace for trace in figure.data if str(trace.name).startswith("boundary"))
    x, y = np.asarray(on.x, dtype=float), np.asarray(on.y, dtype=float)
    known = np.isfinite(x)
    at = found.probability(np.column_stack([x[known], y[known]]), 1)
    assert np.abs(at - 0.5).max() < 0.01


def test_a_model_without_a_direction_is_drawn_without_a_boundary():
    plane = Plane.around(np.array([[0.0, 0.0], [1.0, 1.0]]), ("a", "b"), ("no", "yes"))
    places = np.array([[100, 100], [3000, 3000], [100, 3000], [3000, 100]])
    points = DrawnPoints.of(places, np.array([False, False, True, True]))
    figure = drawn_boundary_figure(boundary_path(points, plane, LAMBDAS), 0, look=LIGHT)
    assert sum(len(t.x) for t in figure.data if t.name in ("no", "yes")) == 4
