import numpy as np
import pandas as pd
import pytest

from regpath.charts import DARK, LIGHT, bars_figure, confusion_figure, fit_figure
from regpath.charts.outcome import BARS, DOTS
from regpath.charts.theme import plain
from regpath.core.scores import confusion_at


def test_bars_are_the_coefficients_largest_on_top(study_of):
    path = study_of("binomial").path
    coefs = path.coef_at(path.lambdas[-1], "standardized")
    bar = bars_figure(coefs, look=LIGHT, title="per SD").data[0]
    alive = coefs[coefs != 0.0]
    order = alive.abs().sort_values(ascending=False, kind="stable").index
    assert list(bar.x)[::-1] == alive[order].tolist()
    assert list(bar.customdata)[::-1] == [plain(name) for name in order]
    signs = [LIGHT.positive if value > 0.0 else LIGHT.negative for value in bar.x]
    assert list(bar.marker.color) == signs


@pytest.mark.parametrize("count", [0, 1, BARS + 5])
def test_at_most_the_largest_bars(count):
    coefs = pd.Series(np.arange(1.0, count + 1), index=[f"<x{j}>" for j in range(count)])
    figure = bars_figure(pd.concat([coefs, pd.Series({"zero": 0.0})]), look=DARK, title="t")
    assert list(figure.data[0].x) == list(range(count, 0, -1))[:BARS][::-1]
    assert not any("<" in text for text in figure.layout.yaxis.ticktext or ())


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_cells_are_the_rows_of_the_confusion_matrix(study_of, family):
    study = study_of(family)
    counts = confusion_at(study.path, study.test, study.path.lambdas[9])
    figure = confusion_figure(counts, look=LIGHT)
    heat = figure.data[0]
    values = counts.to_numpy()
    assert np.array(heat.customdata).tolist() == values.tolist()
    assert np.array(heat.z) == pytest.approx(values / values.sum(axis=1, keepdims=True))
    assert heat.zmin == 0
    assert heat.zmax == 1
    cells = {(a.y, a.x): a.text for a in figure.layout.annotations}
    assert cells == {
        (i, j): str(values[i, j]) for i in range(len(values)) for j in range(len(values))
    }
    names = [plain(label) for label in study.path.classes]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert list(axis.ticktext) == names
    assert figure.layout.yaxis.autorange == "reversed"


def test_a_class_without_rows_has_no_share():
    counts = pd.DataFrame([[3, 1], [0, 0]], index=["a", "b"], columns=["a", "b"])
    assert np.array(confusion_figure(counts, look=LIGHT).data[0].z).tolist() == [
        [0.75, 0.25],
        [0, 0],
    ]


def test_dots_are_predictions_and_the_line_is_their_equality(study_of):
    study = study_of("gaussian")
    predicted = study.path.predict(study.test.X, study.path.lambdas[9])
    line, dots = fit_figure(study.test.y, predicted, look=LIGHT).data
    assert dots.x.tolist() == predicted.tolist()
    assert dots.y.tolist() == study.test.y.tolist()
    both = np.concatenate([predicted, study.test.y])
    assert list(line.x) == list(line.y) == [both.min(), both.max()]


def test_of_many_dots_a_part_is_drawn_in_pairs():
    observed = np.arange(3.0 * DOTS)
    dots = fit_figure(observed, observed + 0.5, look=LIGHT).data[1]
    assert len(dots.x) == DOTS
    assert len(np.unique(dots.y)) == DOTS
    assert (dots.x - dots.y).tolist() == [0.5] * DOTS
