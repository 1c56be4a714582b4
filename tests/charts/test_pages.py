"""Charts of the pages about choosing: they draw the numbers of the frames beside them."""

import numpy as np
import pytest

import regpath
from regpath import charts
from regpath.charts import DARK
from regpath.core.comparison.compare import compare_paths
from regpath.core.comparison.validation_map import map_validation
from regpath.core.leakage.leak import leak_gap


@pytest.fixture(scope="module")
def study():
    table = regpath.datasets.load("breast_cancer")
    return regpath.run_study(table, regpath.Recipe("diagnosis", n_lambdas=15, min_ratio=0.01))


@pytest.fixture(scope="module")
def cv(study):
    return regpath.cross_validate(study.train, study.path, n_folds=4)


def test_calibration_and_threshold(study, cv):
    told = cv.out_of_fold(study.train, cv.lambda_1se)
    curve = regpath.calibration_curve(study.train, told)
    _, bins = charts.calibration_figure(curve, look=DARK).data
    assert bins.x.tolist() == curve["predicted"].tolist()
    assert bins.y.tolist() == curve["observed"].tolist()
    found = regpath.choose_threshold(cv, study.train, cv.lambda_1se)
    line, mark = charts.precision_figure(found.curve, look=DARK, at=7, base=0.4).data
    known = found.curve.dropna(subset="precision")
    assert line.x.tolist() == known["true_positive_rate"].tolist()
    assert line.y.tolist() == known["precision"].tolist()
    assert mark.y[0] == found.curve["precision"][7]


def test_classes_and_bands(study):
    scores = regpath.scores_by_class(study.path, study.test)
    drawn = charts.classes_figure(scores, "recall", look=DARK).data
    assert [trace.name for trace in drawn] == list(study.path.classes)
    assert drawn[1].y.tolist() == scores["recall"][scores["class"] == "malignant"].tolist()
    band = regpath.bootstrap_band(study.path, study.test, n_boot=20)
    figure = charts.band_figure(band, "log_loss", look=DARK, index=3, base=0.6)
    area, line = figure.data
    assert line.y.tolist() == band["score"].tolist()
    assert area.y.tolist() == [*band["high"], *band["low"][::-1]]


def test_leaks_and_peeking(study, cv):
    gap = leak_gap(study.train, study.path, cv, n_selected=5)
    honest, leaking = charts.gap_figure(
        gap.lambdas, gap.honest, gap.leaked, gap.measure, look=DARK
    ).data
    assert honest.y.tolist() == gap.honest.tolist()
    assert leaking.y.tolist() == gap.leaked.tolist()
    frame = regpath.peeking(n_rounds=2, n_looks=3)
    looked, _ = charts.peeking_figure(frame, look=DARK).data
    assert looked.y.tolist() == frame.groupby("look")["test_accuracy"].mean().tolist()


def test_stability(study):
    found = regpath.assess_stability(study.train, study.path, n_pairs=4)
    stable = found.stable_set()
    figure = charts.frequency_figure(found, stable, look=DARK, top=3)
    frame = found.to_frame()
    for trace in figure.data[-3:]:
        assert trace.y.tolist() == frame[f"frequency[{trace.name}]"].tolist()
    at = found.ever[:, stable.index]
    leading = [found.path.feature_names.index(trace.name) for trace in figure.data[-3:]]
    assert at[leading].min() >= np.delete(at, leading).max()
    (limit,) = charts.false_figure(found, stable, 1.0, look=DARK).data
    drawn, limits = np.array(limit.y, float), found.expected_false()
    finite = np.isfinite(limits)
    assert drawn[finite].tolist() == limits[finite].tolist()


@pytest.mark.parametrize("by", ["deviance", "shrinkage"])
def test_penalties_are_drawn_over_the_scale_that_they_share(study, by):
    both = compare_paths(study.train, l1_ratios=(1.0, 0.0), n_lambdas=15)
    figures = [
        charts.aligned_figure(both, k, by, look=DARK, level=0.3, named=k == 1) for k in (0, 1)
    ]
    assert figures[0].layout.yaxis.range == figures[1].layout.yaxis.range
    for k, figure in enumerate(figures):
        trace = figure.data[-1]
        j = both.paths[k].feature_names.index(trace.name)
        assert trace.x.tolist() == both.scale_of(k, by).tolist()
        assert trace.y.tolist() == both.paths[k].coefs("standardized")[j].tolist()
    frame = both.to_frame(by, 10, study.test)
    first, _ = charts.aligned_scores_figure(frame, "log_loss", by, look=DARK).data
    assert first.y.tolist() == frame["log_loss"][frame["penalty"] == first.name].tolist()


def test_every_cell_of_the_map_is_a_mark_that_says_where_it_is(study):
    found = map_validation(study.train, l1_ratios=(1.0, 0.5), n_lambdas=6, n_folds=3)
    cells, *marked = charts.map_figure(found, found.cell(1, 2), look=DARK).data
    frame = found.to_frame()
    assert list(cells.marker.color) == frame["mean"].tolist()
    assert np.asarray(cells.customdata)[:, :2].tolist() == [
        [ratio, point] for ratio in range(2) for point in range(6)
    ]
    assert (np.array(cells.marker.line.width) > 0).tolist() == frame["within_1se"].tolist()
    assert marked[-1].x[0] == found.cell(1, 2).lam


def test_a_stands_behind_b_and_the_penalized_behind_the_relaxed(study):
    other = regpath.fit_path(study.train, l1_ratio=0.5, n_lambdas=15, min_ratio=0.01)
    at = (study.path.lambdas[5], other.lambdas[7])
    figure = charts.pinned_figure(study.path, other, at, look=DARK)
    ghosts = [trace for trace in figure.data if trace.name == "A"]
    named = [trace for trace in figure.data if trace.name in other.feature_names]
    assert len(ghosts) == len(named) == 8
    letters = {note.text: note.x for note in figure.layout.annotations if "<b>" in note.text}
    assert letters == {"<b>A</b>": np.log10(at[0]), "<b>B</b>": np.log10(at[1])}
    j = other.feature_names.index(named[0].name)
    assert named[0].y.tolist() == other.coefs("standardized")[j].tolist()
    assert ghosts[0].y.tolist() == study.path.coefs("standardized")[j].tolist()
    relaxed = regpath.relax_path(study.train, study.path)
    figure = charts.relaxed_figure(study.path, relaxed.coefs(0.5), 5, look=DARK)
    trace = figure.data[-1]
    j = study.path.feature_names.index(trace.name)
    expected = relaxed.coefs(0.5)[j] * study.path.x_scale[j]
    np.testing.assert_allclose(np.array(trace.y, float), expected)


def test_intervals_and_contributions(study):
    found = regpath.split_intervals(study.train, rule="1se")
    scale = np.full(len(found.table), 2.0)
    (points,) = charts.intervals_figure(found, scale, look=DARK).data
    np.testing.assert_allclose(points.x, 2.0 * found.table["estimate"])
    np.testing.assert_allclose(points.x + points.error_x.array, 2.0 * found.table["high"])
    parts = regpath.contributions(study.path, study.train.X[0])
    names = study.path.feature_names
    figure = charts.parts_figure(parts.parts, names, study.path.lambdas, 8, look=DARK)
    j = names.index(figure.data[-1].name)
    assert figure.data[-1].y.tolist() == parts.parts[j].tolist()
    (bars,) = charts.parts_bars(parts, 8, look=DARK).data
    at = parts.at(float(study.path.lambdas[8]))["contribution"]
    assert bars.x.tolist() == at[at != 0.0].head(12).tolist()
