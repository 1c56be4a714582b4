"""`--engine` of commands: rows that are read block by block, and what is refused there."""

from io import StringIO

import pandas as pd
import pytest

import regpath
from regpath.cli import main
from regpath.cli.elsewhere import _PassLine
from tests.rows.stored import planted, written


@pytest.mark.parametrize("engine", ["here", "processes"])
def test_the_path_of_a_file_beyond_memory_is_written(tmp_path, capsys, engine):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    words = ["path", str(file), "--target", "y", "--engine", engine, "--l1-ratio", "0.5"]
    assert main([*words, "--n-lambdas", "12"]) == 0
    printed = capsys.readouterr()
    rows = regpath.read_rows(file, "y")
    expected = regpath.fit_path(rows, l1_ratio=0.5, n_lambdas=12).to_frame()
    found = pd.read_csv(StringIO(printed.out))
    assert list(found) == list(expected)
    assert found.to_numpy(float) == pytest.approx(expected.to_numpy(float), rel=1e-8, abs=1e-10)
    assert "passes over the rows" in printed.err
    assert "400 rows" in printed.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--test-size", "0.2"], "--test-size is for tables in memory"),
        (["--coding", "reference"], "--coding is for tables in memory"),
        (["--decimal", ","], "options of reading are for text"),
        (["--engine", "spark"], "--engine must be"),
        (["--missing", "drop"], "--missing must be"),
    ],
)
def test_what_such_rows_do_not_take_is_refused_by_its_option(tmp_path, capsys, words, message):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    assert main(["path", str(file), "--target", "y", "--engine", "here", *words]) != 0
    assert message.lower() in capsys.readouterr().err.lower()


@pytest.mark.parametrize(("family", "measure"), [("binomial", "log_loss"), ("gaussian", "mse")])
@pytest.mark.parametrize("engine", ["here", "processes"])
def test_a_validation_beyond_memory_is_that_of_the_same_folds_in_memory(
    tmp_path, capsys, engine, family, measure
):
    frame = planted(family)
    file = written(frame, tmp_path / "big.parquet")
    words = ["cv", str(file), "--target", "y", "--engine", engine, "--l1-ratio", "0.5"]
    how = ["--n-lambdas", "12", "--n-folds", "4", "--seed", "3", "--folds", "random"]
    assert main([*words, *how, "--rule", "min"]) == 0
    printed = capsys.readouterr()
    labels = regpath.read_rows(file, "y").fold_labels(4, seed=3)
    problem = regpath.make_problem(frame, "y")
    path = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=12)
    cv = regpath.cross_validate(problem, path, folds=labels)
    found, expected = pd.read_csv(StringIO(printed.out)), cv.to_frame()
    assert list(found) == list(expected)
    # Proven to a gap of 1e-6 of the objective; means over rows differ by no more.
    assert found["mean"].to_numpy() == pytest.approx(expected["mean"].to_numpy(), rel=1e-6)
    assert found["n_nonzero"].tolist() == expected["n_nonzero"].tolist()
    choice = regpath.select_lambda(cv, rule="min")
    assert f"chosen by min: {choice.reason}" in printed.err
    assert f"base rate: {measure} {cv.null_score:.4g}" in printed.err
    assert "passes over the rows" in printed.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--folds", "leave_one_out"], "--folds is for tables in memory"),
        (["--n-repeats", "3"], "--n-repeats is for tables in memory"),
        (["--class-weight", "balanced"], "--class-weight is for tables in memory"),
        (["--leak", "scaling"], "--leak is for tables in memory"),
        (["--test-size", "0.25"], "--test-size is for tables in memory"),
        (["--rule", "bic"], "--rule bic asks for more than a validation"),
        (["--rule", "stability"], "--rule stability asks for more than a validation"),
        (["--measure", "auc"], "auc needs all held-out rows at once"),
        (["--measure", "mse"], "cannot judge"),
        (["--n-folds", "1"], "--n-folds must be"),
    ],
)
def test_a_validation_of_such_rows_refuses_what_they_cannot_do(tmp_path, capsys, words, message):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    how = ["cv", str(file), "--target", "y", "--engine", "here", "--n-lambdas", "5"]
    assert main([*how, *words]) != 0
    assert message.lower() in capsys.readouterr().err.lower()


def test_a_measure_that_folds_cannot_take_is_refused_before_the_path(tmp_path, capsys, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("the path was fit")

    monkeypatch.setattr("regpath.cli.elsewhere.fit_path", never)
    file = written(planted("binomial"), tmp_path / "big.parquet")
    words = ["cv", str(file), "--target", "y", "--engine", "here", "--measure", "auc"]
    assert main(words) == 2
    assert "auc" in capsys.readouterr().err


def test_a_person_who_watches_sees_how_far_each_pass_is(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    file = written(planted("gaussian"), tmp_path / "big.parquet")
    words = ["cv", str(file), "--target", "y", "--engine", "here", "--n-lambdas", "5"]
    assert main(words) == 0
    told = capsys.readouterr().err
    assert all(f"pass {k}: 100%" in told for k in (1, 2, 3, 4))
    assert "4 passes over the rows" in told


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_validation_beyond_memory_is_drawn(tmp_path, kind):
    if kind == "svg":
        pytest.importorskip("kaleido")
    file = written(planted("gaussian"), tmp_path / "big.parquet")
    picture = tmp_path / f"curve.{kind}"
    words = ["cv", str(file), "--target", "y", "--engine", "here", "--n-lambdas", "5"]
    assert main([*words, "--out", str(tmp_path / "cv.csv"), "--plot", str(picture)]) == 0
    assert picture.stat().st_size > 1000


class Interrupted(_PassLine):
    """Is interrupted in the fourth pass."""

    def __call__(self, seen):
        super().__call__(seen)
        if (seen.number, seen.done) == (4, 1):
            raise KeyboardInterrupt


@pytest.mark.parametrize("command", ["path", "cv", "stability"])
def test_a_command_that_is_interrupted_goes_on_from_its_checkpoint(
    tmp_path, capsys, monkeypatch, command
):
    file, kept = written(planted("binomial"), tmp_path / "big.parquet"), tmp_path / "kept"
    words = [command, str(file), "--target", "y", "--engine", "here", "--n-lambdas", "8"]
    assert main(words) == 0
    expected = capsys.readouterr()
    words += ["--checkpoint", str(kept)]
    with monkeypatch.context() as patch:
        patch.setattr("regpath.cli.elsewhere._PassLine", Interrupted)
        patch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        assert main(words) == 130
    told = capsys.readouterr().err.splitlines()
    assert told[-2].startswith("pass 4:")
    assert told[-1].startswith("stopped: the same command goes on from")
    assert main(words) == 0
    found = capsys.readouterr()
    assert found.out == expected.out
    # Passes 2 and 3 were finished; the first is made each time, and knows the rows.
    assert "passes over the rows, 2 of them before, from" in found.err
    written(planted("binomial", seed=1), file)
    assert main(words) == 1
    assert "is of other rows" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["path", "cv", "stability"])
def test_a_checkpoint_of_a_table_in_memory_is_refused(tmp_path, capsys, command):
    file = written(planted("gaussian"), tmp_path / "t.parquet")
    words = [command, str(file), "--target", "y", "--checkpoint", str(tmp_path / "kept")]
    assert main(words) == 2
    assert "--checkpoint decides nothing without --engine" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["here", "processes"])
def test_what_halves_of_rows_beyond_memory_select_is_written(tmp_path, capsys, engine):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    words = ["stability", str(file), "--target", "y", "--engine", engine, "--n-lambdas", "8"]
    assert main([*words, "--pairs", "3", "--seed", "5", "--write", "frequencies"]) == 0
    printed = capsys.readouterr()
    rows = regpath.read_rows(file, "y")
    path = regpath.fit_path(rows, n_lambdas=8)
    expected = regpath.assess_stability(rows, path, n_pairs=3, seed=5)
    found = pd.read_csv(StringIO(printed.out))
    assert list(found) == list(expected.to_frame())
    numbers = expected.to_frame().select_dtypes("number")
    assert found[list(numbers)].to_numpy() == pytest.approx(numbers.to_numpy(), rel=1e-8)
    assert "certified 48 of 48 points of 6 halves" in printed.err
    assert "passes over the rows" in printed.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--class-weight", "balanced"], "--class-weight is for tables in memory"),
        (["--pairs", "1"], "--pairs must be"),
        (["--l1-ratio", "0"], "ridge keeps every feature"),
    ],
)
def test_halves_of_such_rows_refuse_what_they_cannot_do(tmp_path, capsys, words, message):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    how = ["stability", str(file), "--target", "y", "--engine", "here", "--n-lambdas", "5"]
    assert main([*how, *words]) != 0
    assert message in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        (["path"], "the path 5 to 11,"),
        (["cv", "--n-folds", "3"], "the path 5 to 11, 3 folds 7 to 15,"),
        (["stability", "--pairs", "2"], "the path 5 to 11, 2 pairs 9 to 18,"),
    ],
)
def test_what_a_run_will_cost_is_told_before_it_begins(
    tmp_path, capsys, monkeypatch, words, passes
):
    class BegunError(Exception):
        """The path is about to be fit."""

    def never(*args, **kwargs):
        raise BegunError

    monkeypatch.setattr("regpath.cli.elsewhere.fit_path", never)
    file = written(planted("binomial"), tmp_path / "big.parquet")
    with pytest.raises(BegunError):
        main([words[0], str(file), "--target", "y", "--engine", "here", *words[1:]])
    told = capsys.readouterr().err
    assert f"the first pass over {file.stat().st_size / 1e6:,.1f} MB took" in told
    assert f"expected are passes of {passes} and about" in told
