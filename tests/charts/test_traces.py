import numpy as np
import plotly.graph_objects as go

from regpath.charts.theme import LIGHT
from regpath.charts.traces import add_base_line, add_cursor, band, joined_lines, line, markers


def test_curves_share_one_line_with_gaps():
    x, y = joined_lines(np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]]))
    np.testing.assert_equal(x, [1, 2, np.nan, 1, 2, np.nan])
    np.testing.assert_equal(y, [3, 4, np.nan, 5, 6, np.nan])


def test_a_line_without_words_stays_silent():
    silent = line([1, 2], [3, 4], "a", {"width": 1})
    assert (silent.mode, silent.hoverinfo, silent.hovertemplate) == ("lines", "skip", None)
    told = line([1, 2], [3, 4], "a", {"width": 1}, "%{y}", mode="lines+markers")
    assert (told.mode, told.hovertemplate) == ("lines+markers", "%{y}<extra></extra>")
    named = markers([1], [2], "a", {"size": 3}, "%{y}<extra>%{fullData.name}</extra>")
    assert (named.mode, named.hovertemplate) == ("markers", "%{y}<extra>%{fullData.name}</extra>")


def test_a_band_lies_between_its_curves():
    area = band(np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([4.0, 5.0]), "± 1 SE", "red")
    assert area.x.tolist() == [1, 2, 2, 1]
    assert area.y.tolist() == [4, 5, 1, 0]


def test_the_choice_and_the_base_rate_are_marked_in_the_colours_of_the_look():
    figure = go.Figure()
    add_cursor(figure, 0.1, LIGHT, "dot")
    add_base_line(figure, 0.6, LIGHT)
    upright, across = figure.layout.shapes
    assert (upright.x0, upright.x1, upright.line.color) == (0.1, 0.1, LIGHT.cursor)
    assert (across.y0, across.y1, across.line.color) == (0.6, 0.6, LIGHT.muted)
    assert figure.layout.annotations[0].text == "base rate"
