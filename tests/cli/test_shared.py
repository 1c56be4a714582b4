"""Tables in broom's names, from a shell."""

import io

import pandas as pd
import pytest

import regpath
from regpath import cli


@pytest.fixture
def iris(tmp_path):
    file = tmp_path / "iris.csv"
    file.write_bytes(regpath.datasets.read_bytes("iris"))
    return file


def table_of(words, capsysbinary):
    assert cli.main(words) == 0
    return pd.read_csv(io.BytesIO(capsysbinary.readouterr().out))


@pytest.mark.parametrize(
    ("command", "words", "columns"),
    [
        ("path", [], ["class", "term", "step", "estimate", "lambda", "dev.ratio"]),
        ("path", ["--write", "knots"], ["class", "term", "step", "lambda", "event", "sign"]),
        ("cv", ["--n-folds", "3"], ["lambda", "estimate", "std.error"]),
        ("stability", ["--pairs", "3", "--write", "frequencies"], ["term", "step", "lambda"]),
    ],
)
def test_a_table_has_the_columns_of_broom(command, words, columns, iris, capsysbinary):
    asked = [command, str(iris), "--target", "species", "--n-lambdas", "6", *words]
    frame = table_of([*asked, "--broom"], capsysbinary)
    assert list(frame)[: len(columns)] == columns
    assert len(frame)
    ours = table_of(asked, capsysbinary)
    assert "dev.ratio" not in ours
    assert set(frame["lambda"].round(12)) <= set(
        regpath.fit_path(
            regpath.make_problem(regpath.read_table(iris), "species"), n_lambdas=6
        ).lambdas.round(12)
    )


def test_predictions_are_those_of_augment(iris, tmp_path, capsysbinary):
    table = regpath.read_table(iris)
    study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=6))
    regpath.export.model(study, study.path.lambdas[3], tmp_path / "model.json")
    frame = table_of(["predict", str(tmp_path / "model.json"), str(iris), "--broom"], capsysbinary)
    expected = regpath.export.augment(
        regpath.score_rows(regpath.load_model(tmp_path / "model.json"), table)
    )
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False)


@pytest.mark.parametrize(
    ("command", "words", "told"),
    [
        ("path", ["--broom", "--units", "standardized"], "--units standardized decides nothing"),
        ("stability", ["--broom"], "--write frequencies"),
    ],
)
def test_what_broom_has_no_table_for_is_refused(command, words, told, iris, capsys):
    assert cli.main([command, str(iris), "--target", "species", *words]) == 2
    assert told in capsys.readouterr().err
