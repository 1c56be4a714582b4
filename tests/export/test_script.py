"""The script is run in a process of its own, and must reach the same model."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Recipe
from regpath.export import sklearn_script
from tests.export.scripts import run_script


def carry_out(table, recipe, source, tmp_path, *, share=0.5, within=1e-6):
    """Run the script of one point; return its study, position and printed text."""
    study = regpath.run_study(table, recipe)
    index = int(share * (len(study.path.lambdas) - 1))
    script = tmp_path / "model.py"
    script.write_text(sklearn_script(study, study.path.lambdas[index]), encoding="utf-8")
    done = run_script(script, source, FutureWarning, DeprecationWarning)
    assert done.returncode == 0, done.stderr
    difference = float(done.stdout.split("per SD:")[1].split()[0])
    assert difference < within
    if study.test is not None:
        score = {"gaussian": "r2", "poisson": "deviance_explained"}.get(
            study.path.family, "accuracy"
        )
        printed = float(done.stdout.split("test score:")[1])
        assert printed == pytest.approx(study.scores_of("test")[score].iloc[index], abs=1e-7)
    return done.stdout


@pytest.mark.parametrize(
    ("name", "l1_ratio"),
    [
        ("diabetes", 1.0),
        ("diabetes", 0.5),
        ("diabetes", 0.0),
        ("penguins", 1.0),
        ("election_1996", 0.0),
    ],
)
def test_bundled_sets(name, l1_ratio, tmp_path):
    entry = next(e for e in regpath.datasets.catalog() if e.name == name)
    table = regpath.datasets.load(name)
    source = tmp_path / f"{name}.csv"
    source.write_bytes(regpath.datasets.read_bytes(name))
    recipe = Recipe(target=entry.target, l1_ratio=l1_ratio, seed=3)
    carry_out(table, recipe, source, tmp_path)


@pytest.mark.parametrize(
    ("name", "l1_ratio", "how"),
    [
        ("diabetes", 1.0, {}),
        ("diabetes", 1.0, {"standardize": False, "test_size": 0.0}),
        ("diabetes", 0.0, {"adaptive": 0.5}),
        ("penguins", 1.0, {"adaptive": 2.0, "class_weight": "balanced"}),
        ("penguins", 0.0, {"missing": "indicator"}),
    ],
)
def test_features_that_pay_by_factors(name, l1_ratio, how, tmp_path):
    source = tmp_path / f"{name}.csv"
    source.write_bytes(regpath.datasets.read_bytes(name))
    target = regpath.datasets.entry_of(name).target
    recipe = Recipe(target, **{"l1_ratio": l1_ratio, "adaptive": 1.0, "n_lambdas": 30, **how})
    carry_out(regpath.datasets.load(name), recipe, source, tmp_path)


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("diabetes", {"l1_ratio": 0.5}),
        ("breast_cancer", {"l1_ratio": 0.3, "class_weight": "balanced"}),
        ("penguins", {"l1_ratio": 0.7}),
    ],
)
def test_factors_in_an_elastic_net_are_fit_by_an_estimator_of_our_own(name, recipe, tmp_path):
    source = tmp_path / f"{name}.csv"
    source.write_bytes(regpath.datasets.read_bytes(name))
    target = regpath.datasets.entry_of(name).target
    recipe = Recipe(target, **{"adaptive": 1.0, "n_lambdas": 30, **recipe})
    carry_out(regpath.datasets.load(name), recipe, source, tmp_path, within=1e-6)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_a_symmetric_softmax_of_two_classes_is_a_logistic_regression(l1_ratio, tmp_path):
    source = tmp_path / "breast_cancer.csv"
    source.write_bytes(regpath.datasets.read_bytes("breast_cancer"))
    recipe = Recipe("diagnosis", family="multinomial", l1_ratio=l1_ratio, n_lambdas=30)
    table = regpath.datasets.load("breast_cancer")
    carry_out(table, recipe, source, tmp_path, share=0.4)


def messy_rows(n=90, seed=0):
    rng = np.random.default_rng(seed)
    age, dose = rng.normal(50, 10, n), rng.gamma(2.0, 900.0, n)
    signal = (age - 50) / 10 + dose / 900 + rng.normal(size=n)
    return rng, age, dose, signal


def test_a_european_file_with_gaps_and_words(tmp_path):
    rng, age, dose, signal = messy_rows()
    smoker = rng.choice(["Ja", "nein", ""], len(age))
    flag = rng.choice(["yes", "NO", "n/a"], len(age))
    lines = ["Größe;Dosis;smoker;flag;Ergebnis"]
    for a, d, s, f, y in zip(age, dose, smoker, flag, signal, strict=True):
        money = f"{d:,.2f}".translate(str.maketrans(",.", ".,"))
        lines.append(
            f"{a:.2f};{money};{s};{f};{'krank' if y > 2 else 'gesund'}".replace(".", ",", 1)
        )
    lines[5] = ";".join(["NA", *lines[5].split(";")[1:]])
    source = tmp_path / "daten.csv"
    source.write_bytes("\r\n".join(lines).encode("cp1252"))
    table = regpath.read_table(source)
    assert table.reading.encoding == "cp1252"
    assert (",", ".") in table.reading.columns["Dosis"].rewrites
    carry_out(table, Recipe(target="Ergebnis"), source, tmp_path)
    carry_out(table, Recipe(target="Ergebnis", missing="drop"), source, tmp_path)


def test_a_file_without_header_and_numeric_classes(tmp_path):
    _, age, dose, signal = messy_rows(seed=1)
    source = tmp_path / "raw.data"
    rows = zip(age, dose, np.where(signal > 2, 10, 2), strict=True)
    source.write_text("".join(f"{a:.3f},{d:.1f},{y}\n" for a, d, y in rows))
    table = regpath.read_table(source)
    assert not table.reading.has_header
    carry_out(table, Recipe(target="column 3"), source, tmp_path)


def test_a_true_false_target_and_no_test_rows(tmp_path):
    _, age, dose, signal = messy_rows(seed=2)
    source = tmp_path / "t.tsv"
    rows = zip(age, dose, np.where(signal > 2, "TRUE", "False"), strict=True)
    source.write_text("a\tb\ty\n" + "".join(f"{a:.3f}\t{d:.1f}\t{y}\n" for a, d, y in rows))
    out = carry_out(
        regpath.read_table(source),
        Recipe(target="y", test_size=0.0, l1_ratio=0.0),
        source,
        tmp_path,
    )
    assert "test score" not in out


def test_unstandardized(tmp_path):
    _, age, dose, signal = messy_rows(seed=3)
    source = tmp_path / "u.csv"
    pd.DataFrame({"age": age / 10, "dose": dose / 900, "y": signal}).to_csv(source, index=False)
    carry_out(regpath.read_table(source), Recipe(target="y", standardize=False), source, tmp_path)


def test_hostile_names_are_quoted_text(tmp_path):
    rng, age, _, signal = messy_rows(seed=4)
    evil = ["{x}", "'''\"\"\"", "a\\n'b", "🙂 {0!r}", 'q"', "print(1) #"]
    frame = pd.DataFrame(rng.normal(size=(len(age), 6)), columns=evil)
    frame["c}{"] = rng.choice(['"""', "{evil}", "\\"], len(age))
    frame["y'\"{}"] = np.where(signal + frame[evil[0]] > 2, "'; raise SystemExit(9) #", '{"no"}')
    source = tmp_path / "evil's {data}.csv"
    frame.to_csv(source, index=False)
    out = carry_out(regpath.read_table(source), Recipe(target="y'\"{}"), source, tmp_path)
    assert "🙂" in out


def test_what_has_no_counterpart_is_refused(monkeypatch):
    table = regpath.datasets.load("blobs")
    target = regpath.datasets.entry_of("blobs").target
    study = regpath.run_study(table, Recipe(target=target, n_lambdas=5))
    with pytest.raises(regpath.ParameterError, match="is not on the grid"):
        sklearn_script(study, 0.123456)
    monkeypatch.setattr(type(study.path.loss), "script", "")  # a family that somebody added
    with pytest.raises(regpath.ParameterError, match="No script is written"):
        sklearn_script(study, study.path.lambdas[2])
