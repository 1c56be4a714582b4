"""Pictures of lessons: the boundary is where the probability is a half."""

import numpy as np

from regpath.charts.teaching import boundary_figure, cost_figure
from regpath.charts.theme import LIGHT

AXIS = np.linspace(-2.0, 2.0, 5)


def test_both_classes_are_drawn_with_a_name_and_a_sign_of_their_own():
    points, y = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0, 1])
    figure = boundary_figure(
        (AXIS, AXIS), np.full((5, 5), 0.5), points, y, names="ab", classes=("no", "yes"), look=LIGHT
    )
    first, second = figure.data[-2:]
    assert (first.name, second.name) == ("no", "yes")
    assert first.marker.symbol != second.marker.symbol
    assert [trace.name for trace in figure.data[1:3]][1] == "boundary"


def test_the_smallest_cost_stands_above_the_axis_also_where_a_walk_left_the_numbers():
    figure = cost_figure(np.array([0.7, 0.5, np.inf]), 0.3, look=LIGHT)
    low, high = figure.layout.yaxis.range
    assert low < 0.3
    assert 0.7 < high < 1.0
