"""ROC, gain and net benefit: their numbers are those of the frames, the chosen one is marked."""

import numpy as np
import pytest

import regpath
from regpath.charts import DARK, LIGHT, benefit_figure, gain_figure, roc_figure


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(1)
    y = rng.random(80) < 0.4
    p = np.clip(0.4 + 0.3 * y + 0.2 * rng.normal(size=80), 0.01, 0.99)
    problem = regpath.Problem.from_arrays(p[:, None], y.astype(int))
    told = np.column_stack([1.0 - p, p])
    return regpath.threshold_curve(problem, told), regpath.decision_curve(problem, told)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_curves_are_the_columns_and_the_chosen_row_is_marked(found, look):
    curve, benefit = found
    for figure, x in (
        (roc_figure(curve, look=look, at=7), "false_positive_rate"),
        (gain_figure(curve, look=look, at=7), "share_told"),
    ):
        drawn = {trace.name: trace for trace in figure.data}
        np.testing.assert_array_equal(drawn["thresholds"].x, curve[x])
        np.testing.assert_array_equal(drawn["thresholds"].y, curve["true_positive_rate"])
        assert drawn["chosen"].x[0] == curve[x].iloc[7]
    figure = benefit_figure(benefit, look=look, threshold=0.5)
    drawn = {trace.name: trace for trace in figure.data}
    np.testing.assert_array_equal(drawn["model"].y, benefit["net_benefit"])
    assert drawn["chosen"].y[0] == pytest.approx(benefit["net_benefit"].iloc[49])
