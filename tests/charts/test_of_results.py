"""Every result draws itself, with the numbers of its frame, and names what it cannot do."""

import numpy as np
import plotly.graph_objects as go
import pytest

import regpath
from regpath import charts
from regpath.charts import DARK, LIGHT


@pytest.fixture(scope="module")
def results():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=12)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    return {
        "path": path,
        "cv": cv,
        "stability": regpath.assess_stability(problem, path, n_pairs=4),
        "comparison": regpath.compare_paths(problem, l1_ratios=(1.0, 0.0), n_lambdas=12),
        "map": regpath.map_validation(problem, l1_ratios=(1.0, 0.5), n_lambdas=8, n_folds=3),
        "groups": regpath.scores_by_group(
            problem, path.predict(problem, path.lambdas[5]), problem.frame["sex"].astype(str)
        ),
        "leak": regpath.leak_gap(problem, path, cv, leak=["scaling"]),
        "relaxed": regpath.relax_path(problem, path),
        "intervals": regpath.split_intervals(problem),
        "contributions": regpath.contributions(path, problem.X[0]),
    }


NAMES = (
    "path",
    "cv",
    "stability",
    "comparison",
    "map",
    "groups",
    "leak",
    "relaxed",
    "intervals",
    "contributions",
)


@pytest.mark.parametrize("name", NAMES)
def test_each_result_has_a_chart_in_both_looks_and_sizes(name, results):
    for dark, look in ((False, LIGHT), (True, DARK)):
        figure = results[name].plot(dark=dark, height=277)
        assert isinstance(figure, go.Figure)
        assert figure.data
        assert figure.layout.height == 277
        assert figure.layout.paper_bgcolor == look.paper


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_choice_is_named(name, results):
    with pytest.raises(regpath.ParameterError, match="no choice called 'colour'"):
        results[name].plot(colour="red")


def test_the_curves_are_those_of_the_frame(results):
    path = results["path"]
    frame = path.to_frame("standardized")
    drawn = {trace.name: trace for trace in path.plot(top=20).data}
    for name in path.feature_names:
        np.testing.assert_array_equal(drawn[name].y, frame[f"coef[{name}]"])
        np.testing.assert_array_equal(drawn[name].x, frame["lambda"])


def test_a_strength_is_marked_and_one_beside_the_grid_is_refused(results):
    path = results["path"]
    marked = path.plot(lam=path.lambdas[4])
    assert path.lambdas[4] in [shape.x0 for shape in marked.layout.shapes]
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        path.plot(lam=0.1234)


def test_a_class_is_chosen_by_its_name():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    path = regpath.fit_path(problem, n_lambdas=8)
    first, last = path.plot(), path.plot(label="virginica")
    titles = [figure.layout.yaxis.title.text for figure in (first, last)]
    assert titles == ["coefficient per SD, class setosa", "coefficient per SD, class virginica"]
    found = regpath.contributions(path, problem.X[0])
    assert found.plot(label="virginica").layout.yaxis.title.text == "contribution, class virginica"
    assert first.data[0].y.tolist() != last.data[0].y.tolist()
    with pytest.raises(regpath.ParameterError, match="'label'"):
        path.plot(label="tulip")
    with pytest.raises(regpath.ParameterError, match="several classes"):
        regpath.fit_path(
            regpath.make_problem(regpath.datasets.load("diabetes"), "progression"), n_lambdas=4
        ).plot(label="x")


def test_units_scale_the_curves(results):
    path = results["path"]
    assert path.plot(units="original").layout.yaxis.title.text == "coefficient"
    with pytest.raises(regpath.ParameterError, match="odds"):
        path.plot(units="odds_ratio")


def test_groups_are_drawn_by_score_or_by_gap(results):
    groups = results["groups"]
    for by, column in (("score", "score"), ("gap", "gap")):
        (dots,) = groups.plot(by=by).data
        np.testing.assert_array_equal(dots.x, groups.to_frame()[column])
    assert groups.plot(by="gap").layout.xaxis.title.text == "progression: observed less told"
    assert "mse of 2 groups of 442 rows" in groups._repr_html_()
    with pytest.raises(regpath.ParameterError, match="'by'"):
        groups.plot(by="size")


def test_every_chart_of_a_class_says_which():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    path = regpath.fit_path(problem, n_lambdas=8)
    both = regpath.compare_paths(problem, l1_ratios=(1.0, 0.5), n_lambdas=8)
    cv = regpath.cross_validate(problem, path, n_folds=3)
    at = (path.lambdas[3], path.lambdas[4])
    figures = [
        path.plot(label="versicolor", units="odds_ratio"),
        both.plot(penalty="lasso", label="versicolor"),
        regpath.relax_path(problem, path).plot(label="versicolor"),
        charts.pinned_figure(path, path, at, look=LIGHT, k=1),
        charts.fold_paths_figure(cv, [0, 1], look=LIGHT, index=3, k=1),
    ]
    titles = [figure.layout.yaxis.title.text for figure in figures]
    bars = charts.parts_bars(regpath.contributions(path, problem.X[0]), 5, look=LIGHT, k=1)
    titles.append(bars.layout.xaxis.title.text)
    assert [title for title in titles if not title.endswith(", class versicolor")] == []
