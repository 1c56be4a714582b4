import numpy as np
import pytest

import regpath

KIND = "collinear_columns"


@pytest.mark.parametrize("kind", ["binomial", "gaussian"])
def test_parts_and_their_sum(kind, make_table, alarms_of, goes):
    frame = make_table(kind)
    frame["total"] = frame["x1"] + frame["x2"] - 3 * frame["x3"] + 7
    (alarm,) = alarms_of(frame, KIND)
    assert set(alarm.columns) == {"x1", "x2", "x3", "total"}
    assert alarm.remedy == "Leave 'total' out"
    assert goes(frame, alarm)


def test_a_column_that_another_determines(make_table, alarms_of, goes):
    frame = make_table(n=200)
    city = np.random.default_rng(0).integers(0, 6, 200)
    frame["city"] = [f"city {k}" for k in city]
    frame["region"] = np.array(["north", "north", "south", "south", "west", "west"])[city]
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.remedy == "Leave 'region' out"
    assert goes(frame, alarm)


def test_levels_of_one_column_do_not_fire(make_table, alarms_of):
    frame = make_table()
    frame["size"] = np.random.default_rng(0).choice(["S", "M", "L"], len(frame))
    assert not alarms_of(frame, KIND)


def test_copies_are_told_once(make_table, alarms_of):
    frame = make_table()
    frame["z"] = 2 * frame["x1"]
    assert alarms_of(frame, "near_duplicate_columns")
    assert not alarms_of(frame, KIND)


def test_gaps_in_the_same_rows_do_not_make_a_column_surplus(make_table, alarms_of):
    frame = make_table(n=200)
    frame.loc[np.random.default_rng(0).uniform(size=200) < 0.2, ["x1", "x2"]] = np.nan
    (alarm,) = alarms_of(frame, KIND, regpath.Recipe("y", missing="indicator"))
    assert (alarm.columns, alarm.severity, alarm.change) == (("x1", "x2"), "hint", None)


def test_products_are_no_columns_to_leave_out(make_table, alarms_of, goes):
    frame = make_table(n=200)
    frame["flag"] = np.random.default_rng(0).integers(0, 2, 200)
    recipe = regpath.Recipe("y", terms=("flag^2",))
    (alarm,) = alarms_of(frame, KIND, recipe)
    assert "flag" in alarm.columns
    assert (alarm.severity, alarm.change) == ("hint", None)
