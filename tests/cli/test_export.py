"""`regpath export`: the model at one strength in each form."""

import io
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import skops.io

import regpath
from regpath import cli


@pytest.fixture
def tumours(tmp_path):
    file = tmp_path / "tumours.csv"
    file.write_bytes(regpath.datasets.read_bytes("breast_cancer"))
    return file


WORDS = ("--target", "diagnosis", "--n-lambdas", "20", "--n-folds", "4")


def test_what_is_exported_predicts(tumours, tmp_path, capsys):
    out = tmp_path / "model.json"
    assert cli.main(["export", str(tumours), *WORDS, "--out", str(out)]) == 0
    assert "chosen by 1se" in capsys.readouterr().err
    assert cli.main(["predict", str(out), str(tumours), "--only"]) == 0
    found = pd.read_csv(io.StringIO(capsys.readouterr().out))
    recipe = regpath.Recipe("diagnosis", n_lambdas=20, n_folds=4, test_size=0.0)
    study = regpath.run_study(regpath.read_table(tumours), recipe)
    lam = regpath.choose_strength(study, regpath.validate_study(study)).lam
    assert found["prediction"].tolist() == study.path.predict(study.table, lam).tolist()


def test_a_strength_is_honoured_exactly(tumours, tmp_path):
    out = tmp_path / "model.json"
    assert cli.main(["export", str(tumours), *WORDS, "--lambda", "0.0123", "--out", str(out)]) == 0
    model = regpath.load_model(out)
    assert model.lam == 0.0123
    assert model.path.converged.all()
    table = regpath.read_table(tumours)
    problem = regpath.make_problem(table, "diagnosis")
    alone = regpath.fit_path(problem, lambdas=[0.05, 0.0123])
    spread = alone.x_scale
    np.testing.assert_allclose(
        model.path.coef_path[:, 0] * spread, alone.coef_path[:, 1] * spread, atol=1e-5
    )


def test_a_query_and_a_card_come_on_standard_output(tumours, capsysbinary):
    words = ["export", str(tumours), *WORDS, "--lambda", "0.02", "--as"]
    assert cli.main([*words, "sql"]) == 0
    assert b"SELECT" in capsysbinary.readouterr().out
    assert cli.main([*words, "card"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"<!doctype html>")


def test_a_pipeline_is_written_with_its_card_beside_it(tumours, tmp_path, capsys):
    out = tmp_path / "tumours.skops"
    words = ["--lambda", "0.05", "--threshold", "0.3", "--as", "pipeline", "--out", str(out)]
    assert cli.main(["export", str(tumours), *WORDS, *words]) == 0
    assert f"its model card: {out}.md" in capsys.readouterr().err
    table = regpath.read_table(tumours)
    predicted = skops.io.load(out).predict(table.frame)
    recipe = regpath.Recipe("diagnosis", n_lambdas=20, n_folds=4, test_size=0.0)
    study = regpath.run_study(table, recipe).with_strength(0.05)
    expected = regpath.Model.from_study(study, 0.05, threshold=0.3).predict(table)
    assert predicted.tolist() == expected.tolist()
    assert "probability of 0.3" in (tmp_path / "tumours.skops.md").read_text("utf-8")


def test_a_script_runs_beside_its_data(tumours, tmp_path):
    out = tmp_path / "again.py"
    words = ["--lambda", "0.05", "--as", "script", "--out", str(out)]
    assert cli.main(["export", str(tumours), *WORDS, *words]) == 0
    done = subprocess.run(
        [sys.executable, out.name], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "largest difference from regpath" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--lambda", "-1"], "A strength is above 0; -1 is not."),
        (["--lambda", "nan"], "nan is no number."),
        (["--lambda", "inf"], "A strength is a number above 0."),
        (["--lambda", "0.02", "--threshold", "2"], "between 0 and 1"),
        (["--lambda", "0.02", "--as", "card", "--threshold", "0.3"], "decides nothing"),
    ],
)
def test_what_does_not_serve_is_refused(tumours, words, told, capsys):
    try:
        code = cli.main(["export", str(tumours), *WORDS, *words])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert told in capsys.readouterr().err
