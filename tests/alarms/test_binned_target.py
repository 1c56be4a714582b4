import numpy as np
import pandas as pd
import pytest

KIND = "binned_target"


@pytest.mark.parametrize("cuts", [1, 3, 8])
@pytest.mark.parametrize("words", [False, True])
def test_a_grade_made_from_the_score(cuts, words, make_table, alarms_of, goes):
    frame = make_table("gaussian", n=200)
    edges = np.quantile(frame["y"], np.arange(1, cuts + 1) / (cuts + 1))
    grade = np.digitize(frame["y"], edges)
    frame["grade"] = [f"grade {k}" for k in grade] if words else grade * grade
    (alarm,) = alarms_of(frame, KIND)
    assert (alarm.columns, alarm.severity) == (("grade",), "severe")
    assert f"The {cuts + 1} levels of 'grade' cut 'y' into intervals" in alarm.what
    lowest = frame.loc[grade == 0, "y"].max()
    assert f"up to {lowest:.6g}" in alarm.what
    assert goes(frame, alarm)


def test_levels_that_overlap_do_not_fire(make_table, alarms_of):
    frame = make_table("gaussian", n=200)
    noisy = frame["y"] + 0.1 * np.random.default_rng(0).normal(size=200)
    frame["z"] = np.digitize(noisy, [-1, 0, 1])
    assert not alarms_of(frame, KIND)


def test_tied_amounts_part_nothing(make_table, alarms_of):
    frame = make_table("gaussian", n=200)
    frame["y"] = np.where(np.arange(200) < 160, 0.0, np.arange(200) + 0.5)
    frame["z"] = pd.Series(np.arange(200) < 150).map({True: "a", False: "b"})
    assert not alarms_of(frame, KIND)
