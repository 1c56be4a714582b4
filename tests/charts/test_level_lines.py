"""Lines of one height: on the level, closed where they close, else from border to border."""

import numpy as np
import pytest

from regpath.charts.level_lines import level_lines

AXIS = np.linspace(-2.0, 2.0, 41)


def curves(x, y):
    """The curves, each with its points."""
    points = np.column_stack([x, y])
    parts = np.split(points, np.flatnonzero(np.isnan(x)))
    return [part[~np.isnan(part[:, 0])] for part in parts]


def test_of_a_plane_the_line_is_straight_and_runs_from_border_to_border():
    x, y = level_lines((AXIS, AXIS), AXIS + 2.0 * AXIS[:, None], 0.3)
    (curve,) = curves(x, y)
    np.testing.assert_allclose(curve[:, 0] + 2.0 * curve[:, 1], 0.3, atol=1e-12)
    assert sorted(curve[[0, -1], 0]) == [-2.0, 2.0]


@pytest.mark.parametrize("radius", [0.5, 1.3])
def test_of_a_bowl_the_line_is_a_closed_ring(radius):
    x, y = level_lines((AXIS, AXIS), AXIS**2 + AXIS[:, None] ** 2, radius**2)
    (curve,) = curves(x, y)
    np.testing.assert_array_equal(curve[0], curve[-1])
    # Between points of the grid the height is not straight: by (step / 2)^2 at the most.
    np.testing.assert_allclose((curve**2).sum(axis=1), radius**2, atol=0.05**2 * 2)


def test_every_crossing_is_in_one_curve_also_in_a_saddle():
    x, y = level_lines((AXIS, AXIS), AXIS * AXIS[:, None], 0.0025)
    found = curves(x, y)
    assert len(found) == 2
    for curve in found:
        np.testing.assert_allclose(curve[:, 0] * curve[:, 1], 0.0025, atol=1e-12)


def test_where_nothing_is_crossed_there_is_no_line():
    x, y = level_lines((AXIS, AXIS), np.zeros((41, 41)), 1.0)
    assert len(x) == len(y) == 0
