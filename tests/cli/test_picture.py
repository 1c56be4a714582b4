"""Pictures in a terminal: what stands in them is what was found, and they fit."""

import io

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import cli
from regpath.cli.picture import (
    SHADES,
    WIDE,
    comparison_picture,
    map_picture,
    picture,
    stability_picture,
)

FITS = 79  # letters of a terminal


@pytest.fixture(scope="module")
def diabetes():
    return regpath.make_problem(regpath.datasets.load("diabetes"), "progression")


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


def test_stability_shades_each_feature_by_its_share_and_begins_with_the_first_stable(diabetes):
    path = regpath.fit_path(diabetes, lambdas=np.geomspace(40.0, 0.4, WIDE))  # a letter each
    found = regpath.assess_stability(diabetes, path, n_pairs=6)
    head, *lines, ends = stability_picture(found, 0.75).splitlines()
    assert "from 0.75 on" in head
    assert ends.startswith("lambda 40 ")
    named = [line[WIDE + 1 :] for line in lines]
    stable = found.features_frame(0.75).set_index("feature")["stable_from"].fillna(0.0)
    assert stable[named].is_monotonic_decreasing
    assert sorted(named) == sorted(path.feature_names)
    for line, name in zip(lines, named, strict=True):
        share = found.frequency_so_far[path.feature_names.index(name)]
        assert [sign == SHADES[-1] for sign in line[:WIDE]] == (share >= 0.75).tolist()
        assert [sign == " " for sign in line[:WIDE]] == (share < 0.125).tolist()
    assert max(map(len, (head, *lines, ends))) <= FITS


def test_a_comparison_shows_the_same_features_under_each_penalty_on_one_scale(diabetes):
    found = regpath.compare_paths(diabetes, l1_ratios=(1.0, 0.5, 0.2, 0.0), n_lambdas=15)
    for by, words in (
        ("deviance", "deviance explained"),
        ("shrinkage", "size of the coefficients"),
    ):
        lines = comparison_picture(found, by).splitlines()
        heads = [line for line in lines if line.endswith(":")]
        assert heads == ["lasso:", "elastic net 0.2:", "ridge:"]
        assert lines[-1].startswith(f"{words} 0 ")
        assert len(lines) == 2 + 3 * 7
        panels = [lines[i + 1 : i + 7] for i, line in enumerate(lines) if line in heads]
        names = [{line.split(" ", 1)[1].strip() for line in each} for each in panels]
        assert names[0] == names[1] == names[2]
        assert max(map(len, lines)) <= FITS


def test_a_map_shows_the_scores_of_its_penalties(diabetes):
    found = regpath.map_validation(diabetes, l1_ratios=(1.0, 0.5), n_lambdas=8, n_folds=3)
    head, *lines, ends = map_picture(found).splitlines()
    assert head.startswith("mse, ")
    assert f"{found.mean.min():.3g} to {found.mean.max():.3g}" in head
    assert {line[WIDE:].strip() for line in lines} == {"", "lasso", "elastic net 0.5"}
    assert ends.startswith(f"lambda {found.lambdas.max():.3g} ")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("command", "words", "told"),
    [
        ("path", [], "coefficient per SD"),
        ("cv", ["--n-folds", "3"], "coefficient per SD"),
        ("stability", ["--pairs", "4"], "share of halves"),
        ("compare", ["--l1-ratios", "1", "0"], "coefficient per SD"),
        ("compare", ["--l1-ratios", "1", "0", "--validate", "--n-folds", "3"], "dotted: the best"),
    ],
)
def test_a_terminal_gets_the_picture_and_a_log_gets_none(
    command, words, told, tmp_path, monkeypatch, capsys
):
    file = tmp_path / "diabetes.csv"
    file.write_bytes(regpath.datasets.read_bytes("diabetes"))
    asked = [command, str(file), "--target", "progression", "--n-lambdas", "8", *words]
    assert cli.main(asked) == 0
    assert told not in capsys.readouterr().err
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    assert cli.main(asked) == 0
    assert told in screen.getvalue()


def test_no_feature_and_one_strength_are_drawn_too(diabetes):
    path = regpath.fit_path(diabetes, lambdas=[1e4])
    found = regpath.assess_stability(diabetes, path, n_pairs=2)
    assert len(stability_picture(found, 0.75).splitlines()) == 12
    both = regpath.compare_paths(diabetes, l1_ratios=(1.0,), n_lambdas=2)
    assert comparison_picture(both, "deviance").count("\n") == 8


def test_a_picture_says_of_which_class_it_is():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    path = regpath.fit_path(problem, n_lambdas=8)
    assert picture(path).startswith("coefficient per SD of class setosa, ")
    both = regpath.compare_paths(problem, l1_ratios=(1.0, 0.5), n_lambdas=8)
    head = "coefficient per SD of class setosa, "
    assert comparison_picture(both, "deviance").startswith(head)
