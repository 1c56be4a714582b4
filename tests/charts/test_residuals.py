"""What is drawn of residuals, counts and groups are the numbers of their frames."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.charts import (
    DARK,
    LIGHT,
    counts_figure,
    gaps_figure,
    groups_figure,
    quantile_figure,
    residual_figure,
    subgroups_figure,
)
from regpath.charts.residuals import DRAWN, drawn_rows
from regpath.core.metrics.calibration import observed_by_predicted

RNG = np.random.default_rng(0)
MEANS = RNG.uniform(0.5, 5.0, size=200)
COUNTED = regpath.Problem.from_arrays(MEANS[:, None], RNG.poisson(MEANS), "poisson")


def named(figure):
    return {trace.name: trace for trace in figure.data}


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_residuals_and_the_means_of_tenths_are_drawn(look):
    found, groups = regpath.residuals(COUNTED, MEANS), observed_by_predicted(COUNTED, MEANS)
    drawn = named(residual_figure(found, groups, look=look))
    np.testing.assert_array_equal(drawn["rows"].x, found.expected)
    np.testing.assert_array_equal(drawn["rows"].y, found.residual)
    np.testing.assert_allclose(drawn["mean of a tenth"].y, groups["observed"] - groups["predicted"])
    quantiles = found.quantiles()
    drawn = named(quantile_figure(quantiles, look=look))
    np.testing.assert_array_equal(drawn["residuals"].y, quantiles["residual"])
    assert len(found.plot(by="normal").data) == 3
    assert found.plot().data[0].name == "rows"
    with pytest.raises(regpath.ParameterError, match="'by'"):
        found.plot(by="time")


def test_counts_are_drawn_as_roots_with_their_numbers_on_the_axis():
    frame = regpath.count_frequencies(COUNTED, MEANS)
    figure = counts_figure(frame, look=LIGHT)
    drawn = named(figure)
    np.testing.assert_allclose(np.square(drawn["observed"].y), frame["observed"])
    np.testing.assert_allclose(np.square(drawn["expected"].y), frame["expected"])
    axis = figure.layout.yaxis
    np.testing.assert_allclose(np.square(axis.tickvals), [float(t) for t in axis.ticktext])
    assert drawn["observed"].x[-1].endswith("+")
    curve = observed_by_predicted(COUNTED, MEANS)
    drawn = named(groups_figure(curve, look=LIGHT))
    np.testing.assert_array_equal(drawn["tenths of the rows"].y, curve["observed"])


def test_groups_stand_from_the_top_down_and_small_ones_are_hollow():
    names = pd.Series(["<b>one</b>"] * 190 + ["few"] * 10)
    found = regpath.scores_by_group(COUNTED, MEANS, names)
    frame = found.to_frame()
    for figure, column in (
        (subgroups_figure(frame, "poisson_deviance", look=LIGHT), "score"),
        (gaps_figure(frame, "count", look=LIGHT), "gap"),
    ):
        (dots,) = figure.data
        np.testing.assert_array_equal(dots.x, frame[column])
        low, high = figure.layout.yaxis.range
        assert low > high
        assert dots.marker.color[2] != dots.marker.color[1]
        assert figure.layout.yaxis.ticktext[2] == "few (10, few)"
        assert "<b>" not in figure.layout.yaxis.ticktext[1]


def test_of_many_rows_the_largest_residuals_are_always_drawn():
    values = RNG.normal(size=20_000)
    at = drawn_rows(values)
    assert len(at) <= DRAWN
    assert set(np.argsort(-np.abs(values))[:200]) <= set(at)
