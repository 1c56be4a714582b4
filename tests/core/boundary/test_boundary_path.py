"""The boundary of drawn points: direction, confidence and margin, and points that give none."""

import numpy as np
import pytest

import regpath
from regpath.core.boundary.boundary_path import boundary_path
from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.core.boundary.plane import STEPS, Plane

LAMBDAS = np.logspace(0.5, -4.5, 21)
SQUARE = Plane(("a", "b"), ("circle", "square"), (-4.0, -4.0), (4.0, 4.0), (1.0, 1.0))


def drawn(rows, second, plane=SQUARE):
    return DrawnPoints.of(plane.places(np.array(rows, dtype=float)), np.array(second, dtype=bool))


def clouds(n=60, turn=0.0, seed=3):
    rng = np.random.default_rng(seed)
    second = np.arange(n) % 2 == 1
    X = rng.normal(size=(n, 2)) * 0.9 + np.where(second, 0.8, -0.8)[:, None] * [1.0, 0.0]
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return drawn(X @ np.array([[c, s], [-s, c]]), second)


def test_it_is_the_path_of_the_core_and_each_point_is_certified():
    points = clouds()
    found = boundary_path(points, SQUARE, LAMBDAS)
    problem = regpath.Problem.from_arrays(SQUARE.values(points.places), points.second, "binomial")
    path = regpath.fit_path(problem, l1_ratio=0.0, lambdas=LAMBDAS, standardize=False)
    assert found.coefs == pytest.approx(path.coef_path, abs=1e-12)
    assert found.path.converged.all()
    assert "Fitted at 21 strengths, each certified" in found.told
    assert found.scores["accuracy"].to_numpy() == pytest.approx(
        ((path.decision_path(problem) > 0) == points.second[:, None]).mean(axis=0)
    )


@pytest.mark.parametrize("turn", [0.0, 50.0, 130.0, 180.0, -90.0])
def test_turned_points_turn_the_direction_and_leave_the_confidence(turn):
    straight = boundary_path(clouds(), SQUARE, LAMBDAS)
    turned = boundary_path(clouds(turn=turn), SQUARE, LAMBDAS)
    apart = turned.direction - straight.direction - turn
    assert np.abs((apart + 180.0) % 360.0 - 180.0).max() < 0.2  # places are whole steps
    assert turned.confidence == pytest.approx(straight.confidence, rel=5e-3)
    assert np.abs(np.diff(turned.direction)).max() < 90.0  # no jump at half a turn


def test_the_margin_lies_between_log_odds_of_one_and_its_edges_are_half_a_width_away():
    found = boundary_path(clouds(turn=30.0), SQUARE, LAMBDAS)
    at = 12
    b, b0 = found.coefs[:, at], found.intercepts[at]
    across = b / np.hypot(*b)
    on_boundary = -b0 * b / (b @ b)
    for side, probability in ((1, 0.7311), (-1, 0.2689), (0, 0.5)):
        edge = on_boundary + side * 0.5 * found.width[at] * across
        assert found.probability(edge[None], at)[0] == pytest.approx(probability, abs=1e-4)


def test_with_standard_deviations_as_units_other_units_of_a_column_change_nothing():
    X = SQUARE.values(clouds().places)
    second = clouds().second
    found = []
    for factor in (1.0, 1000.0):
        rows = X * [1.0, factor]
        plane = Plane.around(rows, ("a", "b"), ("circle", "square"))
        points = drawn(rows, second, plane)
        found.append(boundary_path(points, plane, LAMBDAS, standardize=True))
    assert found[1].direction == pytest.approx(found[0].direction, abs=0.01)
    assert found[1].confidence == pytest.approx(found[0].confidence, rel=1e-4)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_separable_points_are_said_and_their_confidence_grows_to_the_end(l1_ratio):
    points = drawn([[-2, 0], [-1, 1], [1, 0], [2, -1]], [0, 0, 1, 1])
    found = boundary_path(points, SQUARE, LAMBDAS, l1_ratio=l1_ratio)
    assert found.separation == "complete"
    assert "every point on its own side" in found.told
    assert "would grow without end" in found.told
    growing = found.confidence[found.confidence > 0.0]
    assert (np.diff(growing) > 0.0).all()
    assert found.scores["accuracy"].iloc[-1] == 1.0


def test_points_on_the_line_itself_are_said_and_overlapping_ones_too():
    quasi = drawn([[-1, 0], [0, 0], [0, 0], [1, 0]], [0, 0, 1, 1])
    assert "but for points that lie on the line" in boundary_path(quasi, SQUARE, LAMBDAS).told
    assert "No line has every point" in boundary_path(clouds(), SQUARE, LAMBDAS).told


def test_l1_has_no_direction_where_both_coefficients_are_0():
    found = boundary_path(clouds(), SQUARE, LAMBDAS, l1_ratio=1.0)
    none = found.confidence == 0.0
    assert none[0]
    assert not none[-1]
    assert (np.isnan(found.direction) == none).all()
    assert np.isinf(found.width[none]).all()


@pytest.mark.parametrize(
    ("rows", "second", "state", "said"),
    [
        ([], [], "empty", "no points"),
        ([[0, 0]], [1], "one class", "All points (1) are of the class square"),
        ([[0, 0], [1, 2]], [0, 0], "one class", "Draw one of the class square"),
        ([[-1, -1], [1, 1], [-1, 1], [1, -1]], [0, 0, 1, 1], "flat", "No direction tells"),
        ([[1, 1], [1, 1], [1, 1]], [0, 1, 1], "flat", "the same everywhere"),
    ],
)
def test_points_that_give_no_boundary_are_said_and_are_no_error(rows, second, state, said):
    points = drawn(np.reshape(rows, (-1, 2)), second)
    found = boundary_path(points, SQUARE, LAMBDAS)
    assert found.state == state
    assert said in found.told
    assert found.to_frame().shape[0] == len(LAMBDAS)
    if state == "flat":
        share = np.mean(second)
        assert found.probability(np.array([[0.3, 0.1]]), 5) == pytest.approx(share)


def test_points_on_one_line_have_a_direction_along_it():
    points = drawn([[1, 0], [1, 1], [1, 2], [1, 3]], [0, 1, 0, 1])
    found = boundary_path(points, SQUARE, LAMBDAS)
    assert found.direction[-1] == pytest.approx(90.0)
    assert found.path.converged.all()


def test_a_plane_of_any_units_holds_its_points_and_is_a_square_in_its_units():
    X = np.random.default_rng(0).normal(size=(30, 2)) * [1e-3, 1e5] + [7.0, -1e6]
    plane = Plane.around(X, ("a", "b"), ("n", "y"))
    sides = (np.array(plane.high) - plane.low) / plane.unit
    assert sides[0] == pytest.approx(sides[1])
    places = plane.places(X)
    assert places.min() > 0
    assert places.max() < STEPS
    assert np.abs((plane.values(places) - X) / plane.unit).max() < sides[0] / STEPS
    same = Plane.around(np.ones((3, 2)), ("a", "b"), ("n", "y"))
    assert same.low[0] < 1.0 < same.high[0]
