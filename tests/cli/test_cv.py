"""The shell command that validates."""

from shlex import split

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.cli import main


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(80, 6)), columns=list("abcdef")).round(4)
    frame["y"] = np.where(frame["a"] + frame["b"] + rng.normal(size=80) > 0.8, "yes", "no")
    path = tmp_path / "data.csv"
    frame.to_csv(path, index=False)
    return path


def test_the_curve_is_written_and_the_choice_is_said(data, tmp_path, capsys):
    out = tmp_path / "cv.csv"
    words = ["cv", str(data), *split("--target y --n-folds 4 --n-repeats 2 --measure auc")]
    words += split("--rule within --rule-value 3 --n-lambdas 20 --seed 5 --out")
    words.append(str(out))
    assert main(words) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y")
    path = regpath.fit_path(problem, n_lambdas=20)
    cv = regpath.cross_validate(problem, path, n_folds=4, n_repeats=2, measure="auc", seed=5)
    written = pd.read_csv(out)
    expected = cv.to_frame()
    assert list(written.columns) == list(expected.columns)
    assert written.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-12)
    printed = capsys.readouterr()
    assert printed.out == ""
    choice = regpath.select_lambda(cv, rule="within", value=3.0)
    assert f"chosen by within: {choice.reason}" in printed.err
    assert "auc in 8 folds (2 repeats) of 80 rows" in printed.err
    assert "base rate: auc 0.5 without any feature" in printed.err


@pytest.mark.parametrize("rule", ["bic", "k_features", "stability", "min"])
def test_other_rules_and_weights_and_leaks(data, rule, capsys):
    words = ["cv", str(data), "--target", "y", "--n-folds", "3", "--n-lambdas", "8"]
    words += ["--rule", rule, "--class-weight", "balanced", "--leak", "scaling"]
    assert main(words) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("lambda,C,n_nonzero,mean,se,fold[0]")
    assert f"chosen by {rule}: lambda = " in printed.err
    assert "leak: With scaling learned outside of the folds" in printed.err


def test_leave_one_out_in_closed_form(data, capsys):
    words = ["cv", str(data), "--target", "a", "--features", "b", "c", "--l1-ratio", "0"]
    assert main([*words, "--folds", "leave_one_out", "--n-lambdas", "5"]) == 0
    printed = capsys.readouterr()
    assert "predicted in closed form" in printed.err
    assert len(printed.out.splitlines()) == 6


def test_groups_and_times_of_rows_are_columns(data, capsys):
    frame = pd.read_csv(data)
    frame["day"] = np.arange(80)
    frame["who"] = [f"person {k}" for k in np.arange(80) // 4]
    frame.to_csv(data, index=False)
    words = ["cv", str(data), "--target", "y", "--n-lambdas", "5", "--n-folds", "3"]
    problem = regpath.make_problem(regpath.read_table(data), "y", group="who")
    path = regpath.fit_path(problem, n_lambdas=5)
    cv = regpath.cross_validate(problem, path, n_folds=3)
    assert main([*words, "--group", "who"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split(",")[0] == repr(float(cv.lambdas[0]))
    assert float(out.splitlines()[3].split(",")[3]) == pytest.approx(cv.mean[2])
    assert main([*words, "--time", "day"]) == 0
    assert capsys.readouterr().out != out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--folds", "grouped"], 1, "The rows have no groups."),
        (["--measure", "r2"], 2, "'r2' cannot judge a binomial path."),
        (["--rule", "min", "--rule-value", "2"], 2, "'min' takes no number. Got --rule-value 2.0"),
        (["--n-folds", "1"], 2, "--n-folds must be a whole number of at least 2."),
        (["--folds", "leave_one_out", "--n-repeats", "3"], 2, "'n_repeats'"),
        (["--out", "DATA"], 2, "is the file to read"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(data, words, code, message, capsys):
    words = [str(data) if word == "DATA" else word for word in words]
    assert main(["cv", str(data), "--target", "y", "--n-lambdas", "4", *words]) == code
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("regpath: ") == 1
