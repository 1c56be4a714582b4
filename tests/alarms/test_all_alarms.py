"""All alarms together: on noise, on the bundled data, on the same data in another order."""

import time

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.alarms import case, find_alarms
from regpath.core.uniqueness import collinear as core_collinear

FOOLED = {
    "target_copy",
    "separating_column",
    "one_class_column",
    "missing_by_class",
    "binned_target",
    "constant_in_class",
    "id_column",
    "near_duplicate_columns",
    "repeated_rows",
    "twins_across_split",
    "row_groups",
    "time_order",
    "sorted_by_target",
    "collinear_columns",
}


def noise(seed):
    """Columns of every sort that have nothing to do with the target."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(40, 200))
    frame = pd.DataFrame(rng.normal(size=(n, 5)), columns=[f"x{j}" for j in range(5)])
    frame["count"] = rng.poisson(3, n)
    frame["whole"] = rng.integers(0, 10**6, n)
    frame["flag"] = rng.integers(0, 2, n)
    frame["word"] = rng.choice(["red", "green", "blue"], n)
    frame["many"] = [f"w{k}" for k in rng.integers(0, n // 3, n)]
    frame = frame.mask(rng.uniform(size=frame.shape) < 0.05)
    targets = (rng.normal(size=n), rng.choice(["u", "v"], n), rng.choice(["a", "b", "c"], n))
    frame["y"] = targets[seed % 3]
    return frame


@pytest.mark.parametrize("seed", range(100))
def test_pure_noise_fools_nobody(seed):
    assert not FOOLED & {alarm.kind for alarm in find_alarms(noise(seed), regpath.Recipe("y"))}


# What fires on the bundled data: separable classes, files sorted by class, wide tables, the
# taco valley (y is 4 x1 and 8 x2 exactly), spectra whose neighbours repeat one another.
BUNDLED = {
    "breast_cancer": {"separation"},
    "wine": {"separation", "sorted_by_target"},
    "iris": {"separation", "one_class_column", "sorted_by_target"},
    "digits": {"separation"},
    "diabetes": set(),
    "penguins": {"separation", "sorted_by_target"},
    "election_1996": {"repeated_rows"},
    "fermentation": {"near_duplicate_columns", "more_features_than_rows"},
    "twins": set(),
    "separable": {"separation"},
    "sparse_truth": set(),
    "wide_noise": {"separation", "more_features_than_rows"},
    "rare_feature": {"rare_level_separates"},
    "taco_valley": {"target_copy", "near_duplicate_columns"},
    "four_points": {"separation", "cannot_split", "class_smaller_than_folds"},
    "blobs": {"sorted_by_target"},
    "units": set(),
    "no_help_needed": set(),
}


@pytest.mark.parametrize("entry", regpath.datasets.catalog(), ids=lambda entry: entry.name)
def test_bundled_data_set_off_what_is_true_of_them(entry):
    alarms = find_alarms(regpath.datasets.load(entry.name), regpath.Recipe(entry.target))
    assert {alarm.kind for alarm in alarms} == BUNDLED[entry.name]


def signature(alarms):
    return {(alarm.kind, alarm.severity, frozenset(alarm.columns)) for alarm in alarms}


def troubled(kind, seed=0):
    rng = np.random.default_rng(seed)
    n = 150
    frame = pd.DataFrame(rng.normal(size=(n, 4)), columns=list("abcd"))
    frame["twin"] = -3 * frame["b"] + 1
    frame["sum"] = frame["c"] + frame["d"]
    codes = rng.integers(0, 3, n)
    frame["y"] = codes.astype(float) * rng.uniform(1, 2, n) if kind == "gaussian" else codes
    frame["leak"] = frame["y"] * 7 + 1
    frame["gone"] = np.where(codes == 1, np.nan, rng.normal(size=n))
    return frame


@pytest.mark.parametrize("kind", ["gaussian", "multinomial"])
@pytest.mark.parametrize("seed", range(3))
def test_order_of_columns_and_rows_changes_nothing(kind, seed):
    frame = troubled(kind)
    recipe = regpath.Recipe("y", family=kind)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(frame))
    expected = signature(find_alarms(frame, recipe))
    assert {"target_copy", "near_duplicate_columns", "collinear_columns"} <= {
        a for a, *_ in expected
    }
    assert signature(find_alarms(frame.iloc[rows].reset_index(drop=True), recipe)) == expected
    columns = frame[rng.permutation(frame.columns)]
    # Which column of a relation is surplus depends on the order; the columns that it ties do not.
    assert signature(find_alarms(columns, recipe)) == expected


def test_a_study_and_its_table_say_the_same():
    table = regpath.datasets.load("wine")
    recipe = regpath.Recipe("cultivar", n_lambdas=5, seed=3)
    study = regpath.run_study(table, recipe)
    assert find_alarms(study) == find_alarms(table, recipe)


def test_repeated_row_numbers_do_no_harm(make_table):
    frame = make_table()
    frame["z"] = (frame["y"] == "sick").astype(int)
    expected = signature(find_alarms(frame, regpath.Recipe("y")))
    frame.index = [0] * len(frame)
    assert signature(find_alarms(frame, regpath.Recipe("y"))) == expected


def test_a_table_needs_a_recipe(make_table):
    with pytest.raises(regpath.ParameterError, match="needs a recipe"):
        find_alarms(make_table())


def test_data_that_cannot_be_used_say_why(make_table):
    with pytest.raises(regpath.DataError, match="no column 'z'"):
        find_alarms(make_table(), regpath.Recipe("z"))


def test_beyond_a_size_a_sample_is_looked_at(monkeypatch, make_table):
    monkeypatch.setattr(case, "MOST_CELLS", 7200)
    monkeypatch.setattr(core_collinear, "MOST_NUMBERS", 10_000)
    frame = make_table(n=3000)
    frame["z"] = (frame["y"] == "sick").astype(int)
    frame["sum"] = frame["x1"] + frame["x2"]
    alarms = find_alarms(frame, regpath.Recipe("y"))
    assert [a.kind for a in alarms] == ["target_copy", "collinear_columns", "sampled"]
    assert "1200 of 3000 rows" in alarms[-1].what


def test_class_data_take_no_time():
    table = regpath.datasets.load("breast_cancer")
    recipe = regpath.Recipe("diagnosis")
    find_alarms(table, recipe)
    taken = []
    for _ in range(3):
        start = time.process_time()
        find_alarms(table, recipe)
        taken.append(time.process_time() - start)
    assert min(taken) < 1.0  # of the processor: 0.1 s on a quiet machine
