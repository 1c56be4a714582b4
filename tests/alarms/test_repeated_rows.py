import numpy as np
import pandas as pd
import pytest

import regpath

KINDS = ("repeated_rows", "twins_across_split", "conflicting_labels")


def of(alarms, kind):
    return [alarm for alarm in alarms if alarm.kind == kind]


@pytest.mark.parametrize("kind", ["binomial", "gaussian"])
def test_repeated_rows_are_counted_and_go(kind, make_table, alarms_of, goes):
    frame = make_table(kind)
    frame = pd.concat([frame, frame.iloc[[3, 3, 10]]], ignore_index=True)
    frame.index += 2
    (alarm,) = alarms_of(frame, "repeated_rows")
    assert alarm.severity == "warning"
    assert alarm.what.startswith("3 rows repeat")
    assert "(first: row 122 as row 5)" in alarm.what
    assert goes(frame, alarm)


def test_twins_across_the_split_of_the_recipe(make_table, alarms_of, goes):
    frame = make_table()
    frame = pd.concat([frame, frame.iloc[:40]], ignore_index=True)
    recipe = regpath.Recipe("y", seed=5)
    (alarm,) = alarms_of(frame, "twins_across_split", recipe)
    problem = regpath.make_problem(frame, "y")
    split = regpath.split_problem(problem, seed=5)
    train = {tuple(row) for row in frame.iloc[split.train_rows].to_numpy()}
    expected = sum(tuple(row) in train for row in frame.iloc[split.test_rows].to_numpy())
    assert alarm.what.startswith(f"{expected} of {len(split.test_rows)} test rows")
    assert alarm.severity == "severe"
    assert goes(frame, alarm, recipe)
    assert not alarms_of(frame, "twins_across_split", regpath.Recipe("y", test_size=0.0))


@pytest.mark.parametrize(("kind", "of"), [("binomial", "class"), ("gaussian", "amount")])
def test_conflicting_targets(kind, of, make_table, alarms_of):
    frame = make_table(kind)
    twin = frame.iloc[[7]].assign(y="sick" if frame["y"][7] == "well" else "well")
    if kind == "gaussian":
        twin["y"] = frame["y"][7] + 1.0
    frame = pd.concat([frame, twin], ignore_index=True)
    (alarm,) = alarms_of(frame, "conflicting_labels")
    assert f"2 rows agree in every used column with a row of another {of}" in alarm.what
    assert "rows 7 and 120" in alarm.what


@pytest.mark.parametrize("seed", range(10))
def test_coarse_columns_repeat_by_chance(seed, alarms_of):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.integers(0, 3, size=(200, 4)), columns=list("abcd"))
    frame["y"] = rng.choice(["u", "v"], 200)
    assert not [alarm for alarm in alarms_of(frame) if alarm.kind in KINDS]


def test_gaps_are_equal_to_one_another(make_table, alarms_of, goes):
    frame = make_table()
    frame.loc[[3, 9], "x1"] = np.nan
    frame = pd.concat([frame, frame.iloc[[3, 9]]], ignore_index=True)
    (alarm,) = alarms_of(frame, "repeated_rows")
    assert alarm.what.startswith("2 rows repeat")
    assert goes(frame, alarm)


def test_columns_that_are_not_used_do_not_count(make_table, alarms_of):
    frame = make_table()
    frame = pd.concat([frame, frame.iloc[:5]], ignore_index=True)
    frame["id"] = np.arange(1, len(frame) + 1)
    assert alarms_of(frame, "repeated_rows")
