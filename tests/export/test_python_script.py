"""The short script is run by a Python of its own, and must make the same model."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export import python_script, table_csv
from tests.export.studies import bundled_study, messy_study


def carry_out(study, lam, folder, *arguments):
    """Run the script in an empty folder; return the model that it saved, and what it printed."""
    python_script(study, lam, folder / "again.py")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "again.py", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.model.json")
    return regpath.load_model(file), done.stdout


def test_a_bundled_set_needs_no_file_and_an_exact_strength_is_kept(tmp_path):
    study = bundled_study("penguins", l1_ratio=0.5, missing="indicator").with_strength(0.0123)
    model, printed = carry_out(study, 0.0123, tmp_path)
    rows = study.table.frame.head(100)
    np.testing.assert_allclose(
        model.predict_proba(rows), study.path.predict_proba(rows, 0.0123), atol=1e-9
    )
    assert "Other data" not in printed


def test_every_choice_of_a_file_and_of_a_recipe_is_said(tmp_path):
    study = messy_study()
    (tmp_path / "it's {data}.csv").write_bytes(table_csv(study.table))
    options = regpath.ReadOptions(kept=frozenset({"footer"})).saying("<b>dose</b>", kind="number")
    table = regpath.read_table(tmp_path / "it's {data}.csv", options=options)
    again = regpath.run_study(table, study.recipe)
    lam = again.path.lambdas[12]
    model, printed = carry_out(again, lam, tmp_path)
    assert "Other data" not in printed
    rows = table.frame.head(100)
    np.testing.assert_allclose(
        model.predict_proba(rows), again.path.predict_proba(rows, lam), atol=1e-9
    )


def test_other_data_are_told(tmp_path):
    study = bundled_study("iris")
    frame = study.table.frame.head(120)
    frame.to_csv(tmp_path / "other.csv", index=False)
    _, printed = carry_out(study, study.path.lambdas[9], tmp_path, "other.csv")
    assert "Other data" in printed


def test_the_names_of_data_cannot_become_code(tmp_path):
    evil = '"""\nimport os; os.mkdir("pwned")\n"""'
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(40, 2)), columns=["a", evil])
    frame["b"] = frame["a"] + rng.normal(size=40)
    frame.to_csv(tmp_path / "x.csv", index=False)
    table = regpath.read_table((tmp_path / "x.csv").read_bytes(), name=f"{evil}'.csv")
    name = next(c for c in table.frame if "import" in c)
    recipe = regpath.Recipe("b", features=("a", name), n_lambdas=5, test_size=0.0)
    study = regpath.run_study(table, recipe)
    model, _ = carry_out(study, study.path.lambdas[3], tmp_path, "x.csv")
    assert name in model.path.feature_names
    assert not (tmp_path / "pwned").exists()


def test_a_strength_beside_the_grid_is_refused():
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        python_script(bundled_study("iris"), 0.123456)
