import numpy as np
import pytest

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
