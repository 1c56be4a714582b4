"""--plot draws what a command found, and a terminal gets a small picture."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import cli
from regpath.cli.picture import picture


@pytest.fixture
def diabetes(tmp_path):
    file = tmp_path / "diabetes.csv"
    file.write_bytes(regpath.datasets.read_bytes("diabetes"))
    return file


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("path", []),
        ("cv", ["--n-folds", "3"]),
        ("stability", ["--pairs", "4"]),
        ("compare", ["--l1-ratios", "1", "0"]),
        ("compare", ["--l1-ratios", "1", "0.5", "--validate", "--n-folds", "3"]),
    ],
)
def test_each_result_is_drawn_beside_its_table(command, words, diabetes, tmp_path, capsys):
    plot, out = tmp_path / "a.html", tmp_path / "a.csv"
    asked = [command, str(diabetes), "--target", "progression", "--n-lambdas", "8", *words]
    assert cli.main([*asked, "--plot", str(plot), "--out", str(out)]) == 0
    assert "plotly-graph-div" in plot.read_text("utf-8")
    assert "<title>diabetes.csv</title>" in plot.read_text("utf-8")
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--plot", "a.gif"], ".html, .svg or .png"),
        (["--plot-size", "slide"], "decides nothing without --plot"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_any_work(words, told, diabetes, capsys):
    assert cli.main(["path", str(diabetes), "--target", "progression", *words]) == 2
    assert told in capsys.readouterr().err


def test_a_path_in_letters_names_the_largest_features_where_they_end():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=20)
    head, *lines, ends = picture(path).splitlines()
    curves = path.coefs("standardized")
    largest = np.argsort(-np.abs(curves).max(axis=1), kind="stable")[:6]
    named = [line.split(" ", 1)[1] for line in lines if " " in line]
    by_height = sorted(largest, key=lambda j: -curves[j, -1])
    assert named == [path.feature_names[j][:24] for j in by_height]
    assert max(map(len, (head, *lines, ends))) <= 79
    assert "per SD" in head
    assert f"{path.lambdas[-1]:.3g}" in ends


def test_hostile_names_and_flat_paths_are_drawn_as_text():
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.normal(size=(30, 2)), columns=["\x1b[31mred", "a\nb"])
    problem = regpath.Problem.from_arrays(X, X.iloc[:, 0] + rng.normal(size=30))
    for path in (regpath.fit_path(problem, n_lambdas=9), regpath.fit_path(problem, lambdas=[9.9])):
        drawn = picture(path)
        assert "\x1b" not in drawn
        assert len(drawn.splitlines()) == 14
