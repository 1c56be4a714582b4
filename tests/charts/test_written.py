import re
from copy import deepcopy

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import regpath
from regpath.charts import LIGHT
from regpath.charts.curves import HOVER
from regpath.charts.finish import Axis, finish
from regpath.charts.strength import strength_axis
from regpath.charts.traces import line, markers
from regpath.charts.written import in_signs
from regpath.number_format import COMMA, POINT, writing

LAMBDAS, RMSE = np.array([0.5, 2e-5]), np.array([57_123.4, 0.25])


def drawn(hover=HOVER, **options):
    style = {"color": "#000000"}
    figure = go.Figure(line(LAMBDAS, RMSE, "0.5 mg", style, hover, **options))
    return finish(figure, LIGHT, x=strength_axis(LAMBDAS), y=Axis("RMSE"), height=300)


def told(figure, trace=0, point=0):
    """What pointing at a point says, without the box of the trace's name."""
    one = figure.data[trace]
    text = one.hovertemplate.replace("<extra></extra>", "")
    return re.sub(
        r"%\{customdata\[(\d+)\]\}", lambda m: str(one.customdata[point][int(m[1])]), text
    )


def test_pointing_tells_numbers_as_texts_write_them():
    assert told(drawn()) == "57,123 at λ = 0.5"
    assert told(drawn(), point=1) == "0.25 at λ = 2×10⁻⁵"


def test_what_stood_beside_the_data_stays_where_it_was():
    beside = np.column_stack([[0.000012, 3.0], [1234, 5]])
    hover = "%{y:+.3g} ± %{customdata[0]:.2g}, %{customdata[1]} features"
    figure = drawn(hover, customdata=beside)
    assert told(figure) == "+57,123 ± 1.2×10⁻⁵, 1234.0 features"
    assert np.asarray(figure.data[0].customdata)[:, :2].tolist() == beside.tolist()


def test_colours_and_frames_beside_are_told_too():
    marker = {"color": [0.5, 1e-5]}
    beside = pd.DataFrame({"low": [1e-7, 2.0]})
    hover = "%{marker.color:.4g} from %{customdata[0]:.4g}"
    figure = go.Figure(markers([1, 2], [1, 2], "cells", marker, hover, customdata=beside))
    finish(figure, LIGHT, x=Axis(), y=Axis(), height=300)
    assert told(figure) == "0.5 from 1×10⁻⁷"


def test_a_chart_drawn_for_everybody_gets_the_visitors_signs_once():
    with writing(COMMA):
        own = drawn()
    given = in_signs(deepcopy(drawn()), COMMA)
    assert told(given) == told(own) == "57.123 at λ = 0,5"
    assert given.layout.xaxis.ticktext == own.layout.xaxis.ticktext
    assert told(in_signs(given, COMMA)) == told(own)
    assert in_signs(drawn(), POINT) == drawn()


@pytest.mark.parametrize("numbers", [POINT, COMMA])
def test_no_chart_of_a_result_leaves_a_number_to_the_browsers_own_powers(numbers):
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=8)
    results = (
        path,
        regpath.cross_validate(problem, path, n_folds=3),
        regpath.compare_paths(problem, l1_ratios=(1.0, 0.0), n_lambdas=8),
        regpath.map_validation(problem, l1_ratios=(1.0, 0.5), n_lambdas=8, n_folds=3),
        regpath.relax_path(problem, path),
        regpath.split_intervals(problem),
        regpath.contributions(path, problem.X[0]),
    )
    with writing(numbers):
        figures = [result.plot() for result in results]
    for figure in figures:
        assert not re.search(r":\+?\.\d[ge]\}", " ".join(str(t.hovertemplate) for t in figure.data))
        for axis in (figure.layout.xaxis, figure.layout.yaxis):
            assert "g" not in (axis.tickformat or "")
            assert not any("e" in text for text in axis.ticktext or () if axis.type == "log")
