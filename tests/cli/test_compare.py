"""regpath compare."""

import numpy as np
import pytest

import regpath
from regpath import cli


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(1)
    X = np.round(rng.normal(size=(50, 3)), 3)
    y = np.round(X @ [1.0, 0.5, 0.0] + rng.normal(size=50), 3)
    path = tmp_path / "d.csv"
    rows = [",".join(map(str, row)) for row in np.column_stack([X, y])]
    path.write_text("a,b,c,y\n" + "\n".join(rows) + "\n")
    return path


def test_levels(data, tmp_path, capsys):
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--n-lambdas", "12", "--levels", "5"]
    assert cli.main([*words, "--by", "shrinkage", "--out", str(out)]) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y")
    want = regpath.compare_paths(problem, n_lambdas=12).to_frame("shrinkage", 5)
    frame = regpath.read_table(out).frame
    assert list(frame.columns) == list(want.columns)
    np.testing.assert_array_equal(frame["lambda"], want["lambda"])
    assert "lasso: deviance explained up to" in capsys.readouterr().err


def test_validation_on_common_folds(data, tmp_path, capsys):
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--n-lambdas", "6", "--validate"]
    words += ["--l1-ratios", "1", "0.5", "--n-folds", "4", "--measure", "mae", "--out", str(out)]
    assert cli.main(words) == 0
    frame = regpath.read_table(out).frame
    assert len(frame) == 12
    assert "mae of 2 penalties on 4 common folds" in capsys.readouterr().err


def test_penalties_share_the_factors_of_an_adaptive_lasso(data, tmp_path):
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--n-lambdas", "8", "--adaptive", "2"]
    assert cli.main([*words, "--levels", "5", "--out", str(out)]) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y")
    learned = regpath.adaptive_factors(problem, gamma=2.0)
    want = regpath.compare_paths(problem, n_lambdas=8, penalty_factor=learned)
    frame = regpath.read_table(out).frame
    np.testing.assert_array_equal(frame["lambda"], want.to_frame("deviance", 5)["lambda"])
    assert cli.main([*words, "--validate", "--n-folds", "3", "--out", str(out)]) == 0
    want = regpath.map_validation(problem, n_lambdas=8, penalty_factor=learned, n_folds=3)
    np.testing.assert_array_equal(regpath.read_table(out).frame["mean"], want.to_frame()["mean"])


def test_a_strength_that_is_said_is_honoured_exactly(data, tmp_path):
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--n-lambdas", "8", "--l1-ratios", "1", "0"]
    words += ["--extra-lambdas", "0.01234", "--out", str(out)]
    assert cli.main(words) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y")
    want = regpath.compare_paths(
        problem, l1_ratios=(1.0, 0.0), n_lambdas=8, extra_lambdas=(0.01234,)
    )
    frame = regpath.read_table(out).frame
    np.testing.assert_array_equal(frame["lambda"], want.to_frame("deviance", 50)["lambda"])
    assert cli.main([*words, "--validate", "--n-folds", "3"]) == 0
    frame = regpath.read_table(out).frame
    assert frame.loc[frame["lambda"] == 0.01234, "l1_ratio"].tolist() == [1.0, 0.0]


def test_a_list_of_strengths_is_that_of_every_penalty(data, tmp_path, capsys):
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--l1-ratios", "1", "0", "--out", str(out)]
    words += ["--lambdas", "0.01", "1", "0.1", "--validate", "--n-folds", "3"]
    assert cli.main(words) == 0
    frame = regpath.read_table(out).frame
    assert frame["lambda"].tolist() == [1.0, 0.1, 0.01] * 2
    words[words.index("0.1")] = "-0.1"
    assert cli.main(words) != 0
    assert "--lambdas must be a positive number. Got -0.1 instead." in capsys.readouterr().err
    words[words.index("-0.1")] = "1.0"
    assert cli.main(words) != 0
    assert "--lambdas must be different numbers. Got [1.0, 1.0] instead." in capsys.readouterr().err


def test_progress_is_for_watchers_only(monkeypatch, capsys):
    from regpath.cli.shared import progress_line

    assert progress_line() is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    show = progress_line()
    show(0.5)
    show(1.0)
    assert capsys.readouterr().err == "\r 50%\r100%\n"


def test_rows_of_a_group_are_held_out_together(data, tmp_path):
    lines = data.read_text().splitlines()
    grouped = [f"{line},{'g' if k == 0 else f'p{k % 8}'}" for k, line in enumerate(lines)]
    data.write_text("\n".join(grouped) + "\n")
    out = tmp_path / "out.csv"
    words = ["compare", str(data), "--target", "y", "--n-lambdas", "6", "--validate", "--group"]
    assert cli.main([*words, "g", "--l1-ratios", "1", "--n-folds", "4", "--out", str(out)]) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y", group="g")
    want = regpath.map_validation(problem, l1_ratios=[1.0], n_lambdas=6, n_folds=4)
    assert problem.row_groups is not None
    np.testing.assert_allclose(regpath.read_table(out).frame["mean"], want.mean[0], rtol=1e-9)
