import json
from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.charts import DARK, LIGHT, paths_figure
from regpath.charts.paths import DRAWN, LABELLED, describe_paths
from regpath.charts.strength import HOLLOW
from regpath.charts.theme import plain


def fitted(p=4, *, n_lambdas=12, **options):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(40, p)) * rng.uniform(0.5, 3.0, p)
    y = X @ rng.normal(size=p) + rng.normal(size=40)
    problem = regpath.Problem.from_arrays(X, y, family="gaussian")
    return regpath.fit_path(problem, n_lambdas=n_lambdas, **options)


def named_of(figure):
    return {trace.name: trace for trace in figure.data if trace.name}


@pytest.mark.parametrize("units", ["original", "standardized"])
def test_every_drawn_number_is_in_the_frame(study_of, units):
    path = study_of("gaussian").path
    frame = path.to_frame(units)
    figure = paths_figure(path, index=3, look=LIGHT, units=units)
    named = named_of(figure)
    assert set(named) == {plain(name) for name in path.feature_names}
    for name in path.feature_names:
        trace = named[plain(name)]
        assert trace.x.tolist() == frame["lambda"].tolist()
        assert trace.y.tolist() == frame[f"coef[{name}]"].tolist()
    count = next(trace for trace in figure.data if trace.yaxis == "y2")
    assert count.y.tolist() == frame["n_nonzero"].tolist()
    assert "SD" in figure.layout.yaxis.title.text or units == "original"


def test_of_a_multinomial_path_one_class_is_drawn(study_of):
    path = study_of("multinomial").path
    frame = path.to_frame("standardized")
    for index, label in enumerate(path.classes):
        for name, trace in named_of(
            paths_figure(path, index=0, look=DARK, class_index=index)
        ).items():
            original = next(f for f in path.feature_names if plain(f) == name)
            assert trace.y.tolist() == frame[f"coef[{label}][{original}]"].tolist()


@pytest.mark.parametrize("index", [0, 7, -1])
def test_the_cursor_is_at_the_chosen_lambda_on_an_axis_from_strong_to_weak(study_of, index):
    path = study_of("binomial").path
    figure = paths_figure(path, index=index, look=LIGHT)
    cursor = [shape for shape in figure.layout.shapes if shape.xref == "x"]
    assert [(s.x0, s.x1, s.yref) for s in cursor] == [(path.lambdas[index],) * 2 + ("paper",)]
    for axis in (figure.layout.xaxis, figure.layout.xaxis2):
        assert axis.type == "log"
        left, right = axis.range
        assert left >= np.log10(path.lambdas[0])
        assert right <= np.log10(path.lambdas[-1])


def test_names_are_text_and_labels_are_short(study_of):
    path = study_of("gaussian").path
    figure = paths_figure(path, index=0, look=LIGHT)
    labels = [a for a in figure.layout.annotations if a.hovertext]
    assert {a.hovertext for a in labels} == {plain(name) for name in path.feature_names}
    shown = [trace.name for trace in figure.data if trace.name] + [a.text for a in labels]
    assert not any("<" in text for text in shown)
    places = sorted(a.y for a in labels)
    low, high = figure.layout.yaxis.range
    assert low <= places[0]
    assert places[-1] <= high


def test_the_largest_have_names_and_the_rest_share_a_trace():
    path = fitted(15, l1_ratio=0.0)
    figure = paths_figure(path, index=0, look=LIGHT)
    values = path.coefs("standardized")
    ranked = np.argsort(-np.abs(values).max(axis=1), kind="stable")
    assert list(named_of(figure)) == [path.feature_names[j] for j in ranked[:LABELLED]]
    grey = [trace for trace in figure.data if trace.line.color == LIGHT.rest]
    assert len(grey) == 1
    y = np.array(grey[0].y, float).reshape(15 - LABELLED, -1)
    assert y[:, :-1].tolist() == values[ranked[LABELLED:]].tolist()
    assert np.isnan(y[:, -1]).all()


def test_no_more_lines_are_drawn_than_can_be_told_apart():
    path = fitted(DRAWN + 20, l1_ratio=0.0, n_lambdas=3)
    figure = paths_figure(path, index=0, look=LIGHT)
    grey = next(trace for trace in figure.data if trace.line.color == LIGHT.rest)
    assert np.isnan(np.array(grey.x, float)).sum() == DRAWN - LABELLED
    assert f"{DRAWN + 20} features" in describe_paths(path)


def test_points_without_proof_are_hollow():
    path = fitted()
    bad = np.zeros(len(path.lambdas), bool)
    assert not [t for t in paths_figure(path, index=0, look=LIGHT).data if t.mode == "markers"]
    bad[[2, 5]] = True
    figure = paths_figure(replace(path, converged=~bad), index=0, look=LIGHT)
    hollow = [trace for trace in figure.data if trace.mode == "markers"]
    assert len(hollow) == 5  # four features and the count of them
    assert {trace.marker.symbol for trace in hollow} == {HOLLOW}
    assert all(trace.x.tolist() == path.lambdas[bad].tolist() for trace in hollow)
    drawn = sorted(trace.y.tolist() for trace in hollow if trace.yaxis == "y")
    assert drawn == sorted(path.coefs("standardized")[:, bad].tolist())


@pytest.mark.parametrize(
    "path",
    [fitted(1), fitted(n_lambdas=1), fitted(1, n_lambdas=1), fitted(lambdas=[1e6, 1e5])],
    ids=["one feature", "one lambda", "one of both", "all zero"],
)
def test_small_paths_are_drawn(path):
    for unproven in (False, True):
        path = replace(path, converged=np.full(len(path.lambdas), not unproven))
        figure = paths_figure(path, index=0, look=LIGHT)
        left, right = figure.layout.xaxis.range
        assert left > right
        low, high = figure.layout.yaxis.range
        assert low < 0.0 < high
        alive = int(np.count_nonzero(path.coef_path.any(axis=1)))
        assert len(named_of(figure)) == alive


def test_the_description_names_the_largest(study_of):
    path = study_of("multinomial").path
    text = describe_paths(path, 1)
    sizes = np.abs(path.coefs("standardized")[1]).max(axis=1)
    assert f"Largest per SD: {path.feature_names[int(sizes.argmax())]}" in text
    assert f"{path.n_nonzero[0]} features are kept at the strong end" in text


@pytest.mark.parametrize("height", [330, 400, 640])
def test_labels_do_not_overlap_in_pixels(height):
    path = fitted(30, l1_ratio=0.0)
    crowded = replace(path, coef_path=path.coef_path * 1e-3 + np.eye(30)[:, :1])
    for each in (path, crowded):
        layout = paths_figure(each, index=0, look=LIGHT, height=height).layout
        inner = height - layout.margin.t - layout.margin.b
        pixels = inner * np.diff(layout.yaxis.domain)[0] / np.diff(layout.yaxis.range)[0]
        labels = [a for a in layout.annotations if a.hovertext]
        assert len(labels) == LABELLED
        apart = np.diff(sorted(a.y for a in labels)) * pixels
        assert apart.min() >= labels[0].font.size


def test_figures_hold_what_a_browser_can_read(study_of):
    path = study_of("binomial").path
    sent = json.loads(paths_figure(path, index=2, look=DARK).to_json())
    assert set(sent) >= {"data", "layout"}
    assert len(sent["data"]) == len(paths_figure(path, index=2, look=DARK).to_plotly_json()["data"])
