"""Pictures of lessons: the boundary is where the probability is a half."""

import numpy as np

from regpath.charts.teaching import boundary_figure, cost_figure, walk_figure
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
    assert [trace.name for trace in figure.data[2:4]] == ["margin (27 to 73 %)", "boundary"]


def test_the_margin_is_drawn_where_the_log_odds_are_one():
    eta = np.tile(2.0 * AXIS, (5, 1))
    points, y = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0, 1])
    figure = boundary_figure(
        (AXIS, AXIS), 1 / (1 + np.exp(-eta)), points, y, names="ab", classes=("n", "y"), look=LIGHT
    )
    (margin,) = (trace for trace in figure.data if str(trace.name).startswith("margin"))
    x = np.asarray(margin.x, dtype=float)
    assert np.abs(np.abs(x[np.isfinite(x)]) - 0.5).max() < 0.15  # between points of a coarse grid


def test_the_smallest_cost_stands_above_the_axis_also_where_a_walk_left_the_numbers():
    figure = cost_figure(np.array([0.7, 0.5, np.inf]), 0.3, look=LIGHT)
    low, high = figure.layout.yaxis.range
    assert low < 0.3
    assert 0.7 < high < 1.0


def test_a_certified_answer_is_named_and_stands_within_the_picture_however_far_the_walk():
    near, far = np.array([[0.0, 0.0], [0.5, 0.1]]), np.array([[0.0, 0.0], [1e308, -np.inf]])
    for points in (near, far):
        figure = walk_figure(points, np.array([2.0, -1.0]), ["a", "b"], look=LIGHT)
        low, high = figure.layout.yaxis.range
        assert low < -1.0
        assert 2.0 < high < np.inf
        told = [trace.name for trace in figure.data if trace.showlegend is not False]
        assert told == ["a", "certified answer", "b"]
    assert [trace.name for trace in cost_figure(np.array([0.7, 0.5]), 0.3, look=LIGHT).data] == [
        "your walk",
        "certified answer",
    ]
