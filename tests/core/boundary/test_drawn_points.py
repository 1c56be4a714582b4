"""Drawn points: bounded, written in a link and back, and shaken by a seed."""

import numpy as np
import pytest

from regpath.core.boundary.drawn_points import MOST, DrawnPoints, plane_and_points_of
from regpath.core.boundary.plane import STEPS


def some(n=40, seed=0):
    rng = np.random.default_rng(seed)
    return DrawnPoints(rng.integers(0, STEPS + 1, (n, 2)), rng.random(n) < 0.5)


def together(points):
    return sorted(points.as_told())


@pytest.mark.parametrize("n", [0, 1, 40, MOST])
def test_a_link_brings_back_exactly_the_same_points(n):
    points = some(n)
    text = points.to_text()
    assert len(text) == 4 * n + 1
    assert together(DrawnPoints.from_text(text)) == together(points)
    assert DrawnPoints.told(points.as_told()) == points


@pytest.mark.parametrize(
    "text", ["", "AAAA", "AAA.AAAA", "AA A.AAAA", "A.A.A", "ÄAAA.AAAA", "AAAA" * (MOST + 1) + "."]
)
def test_what_is_no_points_in_a_link_is_none(text):
    assert DrawnPoints.from_text(text) is None


@pytest.mark.parametrize(
    "said",
    [
        None,
        "points",
        [1, 2, 3],
        [[1, 2]],
        [[1, 2, 3]],
        [[-1, 2, 0]],
        [[1, STEPS + 1, 0]],
        [[1.5, 2, 0]],
        [[True, 2, 0]],
        [[1, 2, 0]] * (MOST + 1),
    ],
)
def test_a_browser_that_says_something_else_is_not_heard(said):
    assert DrawnPoints.told(said) is None


def test_of_many_rows_a_bounded_number_is_drawn_always_the_same():
    places = np.random.default_rng(1).integers(0, STEPS, (500, 2))
    one, other = (DrawnPoints.of(places, places[:, 0] > 2000) for _ in range(2))
    assert len(one) == MOST
    assert one == other
    assert (one.second == (one.places[:, 0] > 2000)).all()


@pytest.mark.parametrize("kind", ["move", "flip"])
def test_noise_is_that_of_its_seed_and_its_amount(kind):
    points = some(MOST)
    once = points.with_noise(kind, 0.1, seed=4)
    assert once == points.with_noise(kind, 0.1, seed=4)
    assert once != points.with_noise(kind, 0.1, seed=5)
    assert points.with_noise(kind, 0.0, seed=4) == points


def test_moved_points_keep_their_class_and_stay_inside_and_flipped_ones_their_place():
    points = some(MOST)
    moved = points.with_noise("move", 0.05, seed=0)
    assert (moved.second == points.second).all()
    assert (moved.places >= 0).all()
    assert (moved.places <= STEPS).all()
    inner = ((points.places > 0.2 * STEPS) & (points.places < 0.8 * STEPS)).all(axis=1)
    steps = (moved.places - points.places)[inner] / STEPS
    assert 0.03 < steps.std() < 0.07
    flipped = points.with_noise("flip", 0.2, seed=0)
    assert (flipped.places == points.places).all()
    assert (flipped.second != points.second).sum() == 20


@pytest.mark.parametrize("n", [1, 30, 5000])
@pytest.mark.parametrize("per_sd", [True, False])
def test_the_points_fill_the_plane_but_for_a_tenth_of_their_range_on_each_side(n, per_sd):
    X = np.random.default_rng(1).lognormal(sigma=1.5, size=(n, 2)) * [1.0, 5.0]
    plane, points = plane_and_points_of(
        X, X[:, 0] > 1.0, ("a", "b"), ("no", "yes"), per_sd=per_sd, most=60
    )
    assert len(points) == min(n, 60)
    if n == 1:
        return
    shares = np.ptp(points.places, axis=0) / STEPS
    assert shares.max() == pytest.approx(1 / 1.2, abs=0.001)
    assert points.places.min() > 0.05 * STEPS
    assert points.places.max() < 0.95 * STEPS
    exact = X[points.second.argmax()] if n <= 60 else None
    if exact is not None:
        found = plane.values(points.places)[points.second.argmax()]
        assert np.all(np.abs(found - exact) <= plane.step)
