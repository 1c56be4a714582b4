"""The short script is run by a Python of its own, and must make the same model."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export import python_script, table_csv
from tests.export.studies import bundled_study, messy_study


def run(study, lam, folder, *arguments):
    """Run the script in a folder."""
    python_script(study, lam, folder / "again.py")
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "again.py", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def carry_out(study, lam, folder, *arguments):
    """Run the script in an empty folder; return the model that it saved, and what it printed."""
    done = run(study, lam, folder, *arguments)
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


@pytest.mark.parametrize("gone", ["bill_depth_mm", "island", "species", "year", "sex"])
def test_a_file_that_lacks_a_column_of_the_fit_is_refused_by_its_name(gone, tmp_path):
    choices = {"weights": "year", "terms": ("bill_depth_mm^2",), "missing": "indicator"}
    study = bundled_study("penguins", **choices)
    study.table.frame.drop(columns=gone).to_csv(tmp_path / "rows.csv", index=False)
    done = run(study, study.path.lambdas[9], tmp_path, "rows.csv")
    assert done.returncode == 1
    assert done.stderr.strip() == f"The file lacks columns that the model needs: {gone}."
    assert not list(tmp_path.glob("*.model.json"))


def test_a_file_that_lacks_columns_of_which_something_is_said_is_refused_by_their_names(tmp_path):
    frame = bundled_study("penguins").table.frame
    frame.to_csv(tmp_path / "rows.csv", index=False)
    said = regpath.ReadOptions().saying("sex", kind="category").saying("year", kind="number")
    table = regpath.read_table(tmp_path / "rows.csv", options=said)
    study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    frame.drop(columns=["sex", "year"]).to_csv(tmp_path / "less.csv", index=False)
    done = run(study, study.path.lambdas[9], tmp_path, "less.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("No model can be made of these data. ")
    assert "columns 'sex', 'year', which are not in the file" in done.stderr
    assert "Traceback" not in done.stderr


def test_of_a_wide_table_the_columns_of_a_role_alone_are_looked_for_by_name():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(30, 400))).add_prefix("gene")
    table = regpath.Table.from_frame(frame.assign(w=1.0, y=frame["gene0"]))
    study = regpath.run_study(table, regpath.Recipe("y", weights="w", n_lambdas=5))
    source = python_script(study, study.path.lambdas[3])
    assert "gene" not in source
    assert "for column in ['w', 'y'] if column not in" in source
