import numpy as np
import plotly.graph_objects as go
import pytest

from regpath.charts.curves import (
    add_curves,
    apart,
    finish_named,
    largest,
    names_below,
    padded,
    until,
)
from regpath.charts.finish import Axis
from regpath.charts.theme import LIGHT

ALIKE = "names that begin alike and differ at their end: {}"


def test_the_largest_come_first_and_nothing_is_not_among_them():
    values = np.array([[0.0, 1.0], [0.0, 0.0], [-3.0, 0.0], [np.nan, 2.0]])
    assert largest(values).tolist() == [2, 3, 0]
    assert largest(values, 1).tolist() == [2]


def test_labels_keep_their_distance_near_their_place():
    rng = np.random.default_rng(0)
    for n in (1, 5, 9):
        wanted = rng.uniform(-1, 1, n)
        placed = apart(wanted, 0.2, (-1.0, 1.0))
        assert (np.diff(np.sort(placed)) >= 0.2 - 1e-12).all()
        assert placed.min() >= -1.0
        assert placed.max() <= 1.0 + 1e-12
        assert (np.argsort(placed) == np.argsort(wanted)).all()
    assert apart(np.array([0.0, 1.0]), 0.2, (-1.0, 1.0)).tolist() == [0.0, 1.0]


def test_ranges_hold_what_is_finite():
    low, high = padded(np.array([np.nan, 1.0, 3.0, np.inf]), 0.1)
    assert (low, high) == pytest.approx((0.8, 3.2))
    assert padded(np.array([np.nan])) == (-1.0, 1.0)
    assert padded(np.array([2.0]))[0] < 2.0 < padded(np.array([2.0]))[1]


def test_a_chart_is_scaled_to_what_is_chosen():
    values = np.zeros((2, 100))
    assert until(values, 10).shape == (2, 51)
    assert until(values, 60).shape == (2, 86)
    assert until(values, 99).shape == (2, 100)


@pytest.mark.parametrize("form", ["{}: a name of more letters than stand at an end", ALIKE])
@pytest.mark.parametrize("named", [1, 3, 8])
def test_names_go_below_a_narrow_chart_which_keeps_its_height_and_gets_their_width(named, form):
    x, curves = np.geomspace(1, 0.01, 5), np.arange(1.0, 51.0).reshape(10, 5)
    names = [form.format(j) for j in range(10)]
    figure, top = go.Figure(), largest(curves, named)
    add_curves(figure, x, curves, names, LIGHT, top=top)
    ends = [(names[j], curves[j, -1]) for j in top]
    y = Axis("", {"range": [0.0, 60.0]})
    figure = finish_named(figure, LIGHT, x=Axis("λ"), y=y, ends=ends, height=400)
    beside = figure.layout.margin.r
    inner = 400 - figure.layout.margin.t - figure.layout.margin.b
    others = len(figure.layout.annotations) - named
    narrow = names_below(figure)
    margin = narrow.layout.margin
    assert narrow.layout.height - margin.t - margin.b == inner
    assert margin.r < beside - 100
    assert narrow.layout.showlegend
    assert len(narrow.layout.annotations) == others
    assert [trace.name for trace in narrow.data if trace.showlegend] == [names[j] for j in top]


def test_a_chart_without_names_at_ends_stays_as_it_is_on_a_narrow_page():
    figure = go.Figure(layout={"height": 300})
    assert names_below(figure).to_dict() == go.Figure(layout={"height": 300}).to_dict()
