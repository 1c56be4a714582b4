"""--plot draws what a command found, and a terminal gets a small picture."""

import sys

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import cli


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
        (["--plot", "no/a.svg"], "Make the folder 'no' first"),
        (["--plot-size", "slide"], "decides nothing without --plot"),
        (["--plot-class", "a"], "decides nothing without --plot"),
        (["--out", "no/a.csv"], "--out 'no/a.csv' lies in a folder that is not there"),
        (["--out", "."], "--out '.' is a folder. Name a file in it."),
        (["--out", "a.xlsx"], "--out writes a table as .csv or .parquet"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_any_work(words, told, diabetes, capsys):
    assert cli.main(["path", str(diabetes), "--target", "progression", *words]) in (1, 2)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "missing", "told"),
    [
        (["path"], "package", "takes the package kaleido"),
        (["cv"], "browser", "takes Chrome or Chromium, and none is found"),
        (["stability"], "browser", "takes Chrome or Chromium"),
        (["compare"], "package", "takes the package kaleido"),
    ],
)
def test_a_picture_that_nothing_can_draw_is_refused_before_any_work(
    command, missing, told, diabetes, tmp_path, monkeypatch, capsys
):
    if missing == "package":
        monkeypatch.setitem(sys.modules, "kaleido", None)
    else:
        chromium = pytest.importorskip("choreographer.browsers.chromium").Chromium
        monkeypatch.setattr(chromium, "find_browser", lambda **_: None)
    monkeypatch.setattr("regpath.io.read_table", None)  # nothing is read
    words = [*command, str(diabetes), "--target", "progression"]
    assert cli.main([*words, "--plot", str(tmp_path / "a.png")]) == 2
    assert told in capsys.readouterr().err


def test_the_curves_of_a_class_are_drawn_by_its_name(tmp_path, capsys):
    file, plot = tmp_path / "iris.csv", tmp_path / "a.html"
    file.write_bytes(regpath.datasets.read_bytes("iris"))
    words = ["path", str(file), "--target", "species", "--n-lambdas", "5", "--plot", str(plot)]
    assert cli.main([*words, "--plot-class", "virginica"]) == 0
    assert "coefficient per SD, class virginica" in plot.read_text("utf-8")
    assert cli.main([*words, "--plot-class", "tulip"]) == 2
    assert "--plot-class must be one of 'setosa'" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["species", "petal_length"])
@pytest.mark.parametrize("engine", [[], ["--engine", "processes"]])
def test_a_class_without_curves_is_refused_before_any_path(target, engine, tmp_path, monkeypatch):
    def never(*_, **__):
        raise AssertionError("a path was begun")

    frame = regpath.datasets.load("iris").frame
    file = tmp_path / "iris.parquet"
    frame.to_parquet(file)
    monkeypatch.setattr("regpath.cli.path.fit_recipe", never)
    monkeypatch.setattr("regpath.cli.elsewhere.fit_path", never)
    words = ["path", str(file), "--target", target, "--plot", str(tmp_path / "a.html"), *engine]
    assert cli.main([*words, "--plot-class", "tulip"]) in (1, 2)


def test_a_table_is_parquet_where_its_name_says_so(diabetes, tmp_path):
    out = tmp_path / "a.parquet"
    words = ["path", str(diabetes), "--target", "progression", "--n-lambdas", "5"]
    assert cli.main([*words, "--out", str(out)]) == 0
    path = regpath.fit_path(
        regpath.make_problem(regpath.read_table(diabetes), "progression"), n_lambdas=5
    )
    np.testing.assert_array_equal(pd.read_parquet(out)["lambda"], path.lambdas)
