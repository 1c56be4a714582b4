"""Figures as data: every number that is drawn stands in a frame of the result."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, Recipe
from regpath.charts import (
    DARK,
    LIGHT,
    bars_figure,
    confusion_figure,
    fit_figure,
    paths_figure,
    scores_figure,
)
from regpath.charts.paths import DRAWN, LABELLED, describe_paths
from regpath.charts.scores import describe_scores
from regpath.core.scores import confusion_at


def study_of(name, **choices):
    target = next(e.target for e in regpath.datasets.catalog() if e.name == name)
    return regpath.run_study(regpath.datasets.load(name), Recipe(target=target, **choices))


@pytest.fixture(scope="module")
def cancer():
    return study_of("breast_cancer", n_lambdas=40)


def named(figure):
    return [trace for trace in figure.data if trace.name]


def test_named_curves_are_the_largest_and_equal_the_frame(cancer):
    path = cancer.path
    figure = paths_figure(path, index=7, look=LIGHT)
    frame = path.to_frame("standardized")
    curves = named(figure)
    assert len(curves) == LABELLED
    for curve in curves:
        assert np.array_equal(curve.x, path.lambdas)
        assert np.array_equal(curve.y, frame[f"coef[{curve.name}]"])
    sizes = np.abs(path.coefs("standardized")).max(axis=1)
    shown = {path.feature_names.index(curve.name) for curve in curves}
    assert shown == set(np.argsort(-sizes)[:LABELLED].tolist())


def test_all_other_curves_are_one_grey_trace(cancer):
    path = cancer.path
    figure = paths_figure(path, index=0, look=LIGHT)
    (rest,) = [trace for trace in figure.data if trace.line.color == LIGHT.rest]
    curves = np.array(rest.y).reshape(-1, len(path.lambdas) + 1)
    assert np.isnan(curves[:, -1]).all()
    alive = path.coef_path.any(axis=1).sum()
    assert len(curves) == alive - LABELLED


def test_count_equals_the_frame(cancer):
    figure = paths_figure(cancer.path, index=0, look=LIGHT)
    count = figure.data[-1]
    assert np.array_equal(count.y, cancer.path.to_frame()["n_nonzero"])


@pytest.mark.parametrize("index", [0, 17, 39])
def test_the_cursor_stands_at_its_lambda_in_both_charts(cancer, index):
    for figure in (
        paths_figure(cancer.path, index=index, look=DARK),
        scores_figure(cancer, index=index, look=DARK),
    ):
        cursor = figure.layout.shapes[-1]
        assert cursor.x0 == cursor.x1 == cancer.path.lambdas[index]
        assert (cursor.yref, cursor.y0, cursor.y1) == ("paper", 0, 1)


def test_the_axis_runs_from_strong_to_weak_and_says_so(cancer):
    for figure in (
        paths_figure(cancer.path, index=0, look=LIGHT),
        scores_figure(cancer, index=0, look=LIGHT),
    ):
        left, right = figure.layout.xaxis.range
        assert left >= np.log10(cancer.path.lambdas[0])
        assert right <= np.log10(cancer.path.lambdas[-1])
        words = [note.text for note in figure.layout.annotations]
        assert "← stronger" in words
        assert "weaker →" in words


def test_score_lines_equal_the_scores(cancer):
    figure = scores_figure(cancer, index=0, look=LIGHT)
    assert [trace.name for trace in figure.data] == ["train", "test"] * 2
    for trace, score in zip(figure.data, ["accuracy"] * 2 + ["log_loss"] * 2, strict=True):
        assert np.array_equal(trace.y, cancer.scores_of(trace.name)[score])
    assert "test accuracy" in describe_scores(cancer, 3)


def test_without_test_rows_only_train_is_drawn():
    figure = scores_figure(study_of("diabetes", test_size=0.0, n_lambdas=9), index=0, look=LIGHT)
    assert {trace.name for trace in figure.data} == {"train"}


def test_points_that_miss_their_certificate_are_hollow(cancer):
    proven = cancer.path.converged.copy()
    proven[[5, 9]] = False
    figure = paths_figure(replace(cancer.path, converged=proven), index=0, look=LIGHT)
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert len(marks) == LABELLED + 1
    for mark in marks:
        assert mark.marker.symbol == "circle-open"
        assert np.array_equal(mark.x, cancer.path.lambdas[[5, 9]])
    assert not [t for t in paths_figure(cancer.path, index=0, look=LIGHT).data
                if t.mode == "markers"]  # fmt: skip


def test_hostile_names_are_text_everywhere(make_small):
    problem = make_small("binomial", p=3)
    evil = "<img src=x onerror=alert(1)>"
    path = regpath.fit_path(replace(problem, feature_names=(evil, "b", "c")), n_lambdas=9)
    coefs = path.coef_at(path.lambdas[-1])
    table = pd.DataFrame([[1, 2], [3, 4]], index=[evil, "b"], columns=[evil, "b"])
    for figure in (
        paths_figure(path, index=0, look=LIGHT),
        bars_figure(coefs, look=LIGHT, title="t"),
        confusion_figure(table, look=LIGHT),
    ):
        text = figure.to_json()
        assert "<img" not in text
        assert "&lt;img" in text or "\\u003cimg" not in text


def test_each_class_has_its_own_curves():
    path = study_of("iris", n_lambdas=9).path
    for k in range(3):
        figure = paths_figure(path, index=0, look=LIGHT, class_index=k, units="original")
        for curve in named(figure):
            j = path.feature_names.index(curve.name)
            assert np.array_equal(curve.y, path.coef_path[k, j])


def test_thousands_of_features_become_some_hundred_lines():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 900)), rng.normal(size=30)
    path = regpath.fit_path(Problem.from_arrays(X, y, family="gaussian"), l1_ratio=0.0, n_lambdas=4)
    figure = paths_figure(path, index=0, look=LIGHT)
    (rest,) = [trace for trace in figure.data if trace.line.color == LIGHT.rest]
    assert np.isnan(rest.y).sum() == DRAWN - LABELLED


@pytest.mark.parametrize("lambdas", [[0.5], [1e3], [1e3, 5e2]])
def test_one_point_and_empty_paths_can_be_drawn(lambdas, make_small):
    path = regpath.fit_path(make_small("gaussian", p=1), lambdas=lambdas)
    assert paths_figure(path, index=0, look=LIGHT).to_json()
    assert describe_paths(path).startswith("Coefficients of 1 features")


def test_bars_are_the_largest_coefficients(cancer):
    coefs = cancer.path.coef_at(cancer.path.lambdas[20], "standardized")
    (bars,) = bars_figure(coefs, look=LIGHT, title="t").data
    alive = coefs[coefs != 0]
    top = alive.loc[alive.abs().sort_values(ascending=False).index[:15]]
    assert np.array_equal(np.array(bars.x)[::-1], top)
    assert np.array_equal(np.array(bars.marker.color) == LIGHT.positive, np.array(bars.x) > 0)


def test_confusion_cells_show_rows_of_data(cancer):
    counts = confusion_at(cancer.path, cancer.test, cancer.path.lambdas[20])
    figure = confusion_figure(counts, look=LIGHT)
    cells = [int(note.text) for note in figure.layout.annotations]
    assert cells == counts.to_numpy().ravel().tolist()
    assert sum(cells) == cancer.test.n_obs


def test_fit_figure_draws_every_row_up_to_a_limit():
    rng = np.random.default_rng(0)
    observed = rng.normal(size=5000)
    line, dots = fit_figure(observed, observed + 1, look=LIGHT).data
    assert len(dots.x) == 2000
    assert set(dots.y) <= set(observed)
    assert list(line.x) == list(line.y)
    _, dots = fit_figure(observed[:9], observed[:9], look=LIGHT).data
    assert np.array_equal(dots.y, observed[:9])


def test_a_very_bad_r2_does_not_flatten_the_chart(cancer):
    study = study_of("diabetes", n_lambdas=9)
    scores = study.scores.copy()
    scores.loc[0, "r2"] = -40.0
    figure = scores_figure(replace(study, scores=scores), index=0, look=LIGHT)
    assert figure.layout.yaxis.range[0] == -1.0
