import numpy as np
import plotly.graph_objects as go
import pytest

from regpath.charts import CONFIG, DARK, LIGHT
from regpath.charts.theme import DASHES, dressed

LOOKS = ((LIGHT, LIGHT.paper), (DARK, DARK.paper), (DARK, "#171614"))


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0


def luminance(channels):
    low = channels <= 0.04045
    linear = np.where(low, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_that_of_wcag():
    assert contrast(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21.0)
    assert contrast(rgb("#777777"), rgb("#ffffff")) == pytest.approx(4.478, abs=1e-3)


@pytest.mark.parametrize(("look", "paper"), LOOKS)
def test_lines_and_text_stand_out(look, paper):
    lines = (look.rest, look.cursor, look.warn, look.positive, look.negative, look.train)
    for colour in (*lines, look.test, *look.lines):
        assert contrast(rgb(colour), rgb(paper)) >= 3.0, colour
    for colour in (look.ink, look.muted):
        assert contrast(rgb(colour), rgb(paper)) >= 4.5, colour


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_counts_can_be_read_on_every_shade(look):
    start, end = map(rgb, look.shades)
    for share in np.linspace(0.0, 1.0, 101):
        assert contrast(rgb(look.ink), start + share * (end - start)) >= 4.5


def test_neighbouring_lines_differ_and_dashes_tell_the_rest_apart():
    for look in (LIGHT, DARK):
        assert len(set(look.lines)) == len(look.lines)
        assert len(look.lines) * len(DASHES) >= 24


def test_a_figure_scrolls_with_the_page_and_sends_nothing():
    figure = dressed(go.Figure(go.Scatter(x=[1], y=[1])), LIGHT, height=123)
    assert figure.layout.height == 123
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False
