"""Whatever a recipe chooses, its script does the same; each script is run."""

import gzip

import numpy as np
import pytest

import regpath
from regpath import ReadOptions, Recipe, run_study
from regpath.export import sklearn_script
from tests.export.scripts import run_script


def text(n=90, seed=0):
    """A file with gaps, rare levels, currencies, groups, dates and weights."""
    rng = np.random.default_rng(seed)
    age, dose = rng.normal(50, 9, n).round(1), rng.gamma(2.0, 900.0, n).round(2)
    signal = (age - 50) / 10 + dose / 900 + rng.normal(size=n)
    rare = ["Oslo", "Rome", "Bern", "Kyiv", "Riga"]
    city = rng.choice(rare, n, p=[0.45, 0.3, 0.15, 0.05, 0.05])
    days = np.datetime64("2020-01-01") + rng.permutation(n)
    lines = ["age,dose,city,smoker,pain,patient,visit,w,amount,state"]
    for i in range(n):
        shown = "" if i % 11 == 4 else f"{age[i]}"
        place = "?" if i % 13 == 5 else city[i]
        day = days[i].astype(object).strftime("%d/%m/%Y")
        smokes = ["Ja", "nein"][i % 7 % 2]
        pain = ["low", "medium", "high"][i % 5 % 3]
        state = "ill" if signal[i] > 2 else "healthy"
        lines.append(
            f'{shown},"€{dose[i]:,.2f}",{place},{smokes},{pain},p{i // 3},{day},{i % 4},'
            f"{signal[i]:.3f},{state}"
        )
    return "\n".join(lines).encode()


FEATURES = ("age", "dose", "city", "smoker")
READ = (
    ReadOptions()
    .saying("visit", parts=("days", "year", "month", "weekday"))
    .saying("pain", kind="ordinal")
)
CASES = {
    "mean, by group": {"missing": "mean", "group": "patient"},
    "indicator, terms": {
        "missing": "indicator",
        "terms": ("age × dose", "age^2", "city × smoker"),
    },
    "rare, grouped, reference": {
        "min_level_count": 8,
        "coding": "reference",
        "level_groups": (("city", "north", ("Oslo", "Riga")),),
    },
    "weights": {"weights": "w", "features": (*FEATURES, "pain")},
    "order, weights": {
        "weights": "w",
        "target": "state",
        "l1_ratio": 0.0,
        "classes": ("ill", "healthy"),
    },
    "balanced": {"class_weight": "balanced", "target": "state", "weights": "w"},
    "balanced, once": {
        "class_weight": "balanced",
        "target": "state",
        "l1_ratio": 0.0,
        "duplicates": "drop",
        "features": ("city", "smoker", "pain"),
    },
    "time": {"time": "visit"},
    "time, group, rare": {
        "time": "visit",
        "group": "patient",
        "missing": "indicator",
        "min_level_count": 8,
        "terms": ("age × city",),
        "weights": "w",
    },
    "dates": {
        "features": (
            "age",
            "visit (days)",
            "visit (year)",
            "visit (month)",
            "visit (weekday)",
            "pain",
        ),
    },
}


def carried_out(case, folder):
    """Run the script of the middle of a path."""
    source = folder / "data.csv"
    if not source.exists():
        source.write_bytes(text())
    table = regpath.read_table(source, options=READ)
    choices = {"target": "amount", "features": FEATURES, "n_lambdas": 20, **case}
    study = run_study(table, Recipe(**choices))
    script = folder / f"{abs(hash(str(choices)))}.py"
    script.write_text(sklearn_script(study, study.path.lambdas[9]), encoding="utf-8")
    return study, run_script(script, source, FutureWarning)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("choices")
    (folder / "data.csv").write_bytes(text())
    return {name: carried_out(case, folder) for name, case in CASES.items()}


@pytest.mark.parametrize("case", CASES)
def test_the_script_makes_the_same_model(case, outcomes):
    study, done = outcomes[case]
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split("per SD:")[1].split()[0]) < 1e-6
    score = "accuracy" if study.path.classes else "r2"
    printed = float(done.stdout.split("test score:")[1])
    assert printed == pytest.approx(study.scores_of("test")[score].iloc[9], abs=1e-9)


def packed(content):
    return gzip.compress(content)


def with_a_line_of_totals(content):
    return content + b"sum,,,,,,,,999.9,\n"


def with_comments(content):
    head, _, rest = content.partition(b"\n")
    lines = rest.split(b"\n")
    return b"\n".join([head, *lines[:9], b"# a break in the recording", *lines[9:]])


@pytest.mark.parametrize("damage", [packed, with_a_line_of_totals, with_comments])
@pytest.mark.parametrize("target", ["amount", "smoker"])
def test_what_pandas_cannot_read_the_script_lets_regpath_read(damage, target, tmp_path):
    source = tmp_path / "data.csv"
    source.write_bytes(damage(text()))
    table = regpath.read_table(source)
    assert table.reading.obstacles
    features = tuple(name for name in FEATURES if name != target)
    study = run_study(table, Recipe(target=target, features=features, n_lambdas=20))
    script = sklearn_script(study, study.path.lambdas[9])
    assert "# regpath reads the file, since plain pandas would read other cells:\n# - " in script
    (tmp_path / "model.py").write_text(script, encoding="utf-8")
    done = run_script(tmp_path / "model.py", source, FutureWarning)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split("per SD:")[1].split()[0]) < 1e-6
