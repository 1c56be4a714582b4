import numpy as np
import pytest

KIND = "constant_in_class"


def test_a_stand_in_for_one_class(make_table, alarms_of, goes):
    frame = make_table("multinomial", n=150)
    days = np.random.default_rng(0).integers(-90, 90, 150)
    frame["days"] = np.where(frame["y"] == "b", 0, np.where(days == 0, 1, days))
    found = [a for a in alarms_of(frame) if "days" in a.columns and a.severity != "hint"]
    assert [alarm.kind for alarm in found] == [KIND]
    n_b = int((frame["y"] == "b").sum())
    assert f"'days' is 0 in all {n_b} rows with y = 'b', and in 0 of {150 - n_b} others" in (
        found[0].what
    )
    assert goes(frame, found[0])


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_a_value_that_others_have_too_does_not_fire(share, make_table, alarms_of):
    frame = make_table(n=200)
    rng = np.random.default_rng(0)
    zero = (frame["y"] == "sick") | (rng.uniform(size=200) < share)
    frame["z"] = np.where(zero, 0.0, rng.exponential(size=200))
    assert not alarms_of(frame, KIND)


def test_a_small_class_proves_nothing(make_table, alarms_of):
    frame = make_table(n=200)
    frame["y"] = np.where(np.arange(200) < 9, "sick", "well")
    frame["z"] = np.where(np.arange(200) < 9, 0.5, np.arange(200))
    assert not alarms_of(frame, KIND)
