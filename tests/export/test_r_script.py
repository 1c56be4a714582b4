"""The R script is run by R, and must predict what the path predicts."""

import os
import subprocess

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export import r_script, table_csv
from regpath.export.r_literals import r_text, r_vector
from regpath.export.tables import to_csv
from tests.export.programs import RSCRIPT, needs_r
from tests.export.studies import bundled_study, messy_study

AGREES = 1e-6


def run_r(folder):
    return subprocess.run(
        [RSCRIPT, "model.R", "table.csv", "out.csv"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def answer(study, lam, folder):
    """What R predicts for every row of the table, and what the script printed."""
    (folder / "table.csv").write_bytes(table_csv(study.table))
    r_script(study, lam, folder / "model.R")
    done = run_r(folder)
    assert done.returncode == 0, done.stderr
    return pd.read_csv(folder / "out.csv"), done.stdout


def check(study, lam, folder):
    found, printed = answer(study, lam, folder)
    frame = study.table.frame
    if study.path.classes:
        shares = found.filter(like="probability of ").to_numpy()
        np.testing.assert_allclose(shares, study.path.predict_proba(frame, lam), atol=AGREES)
        labels = [str(label) for label in study.path.predict(frame, lam)]
        assert found["prediction"].astype(str).tolist() == labels
    else:
        expected = study.path.predict(frame, lam)
        scale = np.abs(expected).max()
        np.testing.assert_allclose(found["prediction"], expected, atol=AGREES * scale)
    assert "largest difference from regpath" in printed
    return printed


@needs_r
@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("breast_cancer", {}),
        ("diabetes", {"l1_ratio": 0.5}),
        ("election_1996", {"l1_ratio": 0.0}),
        ("iris", {"l1_ratio": 0.3, "class_weight": "balanced"}),
        ("penguins", {"missing": "indicator"}),
        ("wine", {"standardize": False, "l1_ratio": 0.0}),
        ("diabetes", {"adaptive": 1.0, "l1_ratio": 0.5}),
    ],
)
def test_r_predicts_what_the_path_predicts(name, choices, tmp_path):
    study = bundled_study(name, **choices)
    check(study, study.path.lambdas[12], tmp_path)


@needs_r
@pytest.mark.parametrize(
    "choices", [{}, {"missing": "drop"}, {"missing": "mean", "coding": "reference"}]
)
def test_repairs_codings_and_hostile_names_are_kept(choices, tmp_path):
    study = messy_study(**choices)
    check(study, study.path.lambdas[12], tmp_path)


@needs_r
def test_counts_with_exposures_and_weights(tmp_path):
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"age": rng.normal(40.0, 9.0, 90), "years": rng.uniform(0.5, 4.0, 90)})
    frame["site"] = rng.choice(["=Oslo", "+Rio", "Größe"], 90)
    frame["events"] = rng.poisson(np.exp(0.03 * (frame["age"] - 40.0)) * frame["years"])
    frame["w"] = rng.uniform(0.0, 2.0, 90).round(2)
    frame.loc[::9, "age"] = np.nan
    recipe = regpath.Recipe(
        "events", family="poisson", exposure="years", weights="w", l1_ratio=0.5, n_lambdas=12
    )
    study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
    check(study, study.path.lambdas[8], tmp_path)


@needs_r
def test_names_and_values_cannot_become_code(tmp_path):
    evil = 'x"); system("touch pwned"); c("'
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({evil: rng.normal(size=60), "\\U{": rng.choice(["a'b", evil, "{"], 60)})
    frame["\n# y"] = np.where(frame[evil] + rng.normal(size=60) > 0, '"\\', "=no")
    recipe = regpath.Recipe("\n# y", n_lambdas=8, l1_ratio=0.0, test_size=0.0)
    study = regpath.run_study(regpath.Table.from_frame(frame, name=evil), recipe)
    check(study, study.path.lambdas[5], tmp_path)
    assert not (tmp_path / "pwned").exists()


@needs_r
def test_levels_that_differ_by_an_apostrophe_stay_two(tmp_path):
    rng = np.random.default_rng(4)
    words = ["=1", "'=1", "''=1", "＝1", "'－1"]
    frame = pd.DataFrame({"w": rng.choice(words, 90), "x": rng.normal(size=90)})
    frame["y"] = frame["x"] + (frame["w"] == "=1") - (frame["w"] == "'=1") + rng.normal(size=90)
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("y", n_lambdas=8))
    check(study, study.path.lambdas[6], tmp_path)


@needs_r
def test_a_column_that_the_table_lacks_is_named(tmp_path):
    study = bundled_study("penguins", weights="year")
    lam = study.path.lambdas[12]
    r_script(study, lam, tmp_path / "model.R")
    for gone in ("bill_depth_mm", "species", "year"):
        frame = study.table.frame.drop(columns=gone)
        (tmp_path / "table.csv").write_bytes(to_csv(frame))
        done = run_r(tmp_path)
        assert done.returncode != 0
        assert f"lacks columns that the model needs: {gone}" in done.stderr
    (tmp_path / "table.csv").write_bytes(to_csv(study.table.frame.head(50)))
    assert "has 50 rows, and regpath read 344" in run_r(tmp_path).stderr


@needs_r
def test_one_feature_and_an_exact_strength_do(tmp_path):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"a": rng.normal(size=40)})
    frame["b"] = 2.0 * frame["a"] + rng.normal(size=40)
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("b", n_lambdas=8))
    printed = check(study.with_strength(0.0321), 0.0321, tmp_path)
    assert "a " in printed


def test_numbers_and_texts_of_r_are_ascii():
    assert r_text("a\tö🙂\x01") == '"a\\t\\u00f6\\U0001f642\\u0001"'
    assert r_vector([True, 2, 0.5, "x"]) == 'c(TRUE, 2, 0.5, "x")'
    with pytest.raises(regpath.ParameterError, match="R cannot hold"):
        r_text("a\0b")


def test_a_strength_beside_the_grid_is_refused():
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        r_script(bundled_study("iris"), 0.123456)
