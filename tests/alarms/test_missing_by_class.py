import numpy as np
import pytest

KIND = "missing_by_class"


def with_gaps(frame, where):
    return frame.assign(z=np.where(where, np.nan, np.random.default_rng(1).normal(size=len(frame))))


def test_known_for_one_class_only_is_severe(make_table, alarms_of, goes):
    frame = make_table().set_axis(range(2, 122), axis=0)
    frame = with_gaps(frame, frame["y"] == "well")
    (alarm,) = alarms_of(frame, KIND)
    n_well = int((frame["y"] == "well").sum())
    assert alarm.severity == "severe"
    assert f"missing in {n_well} of {n_well} rows with y = 'well', and in 0 of" in alarm.what
    assert f"first gap: row {frame.index[frame['z'].isna()][0]}" in alarm.what
    assert goes(frame, alarm)


def test_gaps_in_one_class_only_are_a_warning(make_table, alarms_of, goes):
    frame = make_table(n=200)
    rng = np.random.default_rng(0)
    frame = with_gaps(frame, (frame["y"] == "sick") & (rng.uniform(size=200) < 0.3))
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.severity == "warning"
    assert goes(frame, alarm)


def test_one_class_of_three(make_table, alarms_of):
    frame = make_table("multinomial", n=150)
    (alarm,) = alarms_of(with_gaps(frame, frame["y"] != "b"), KIND)
    assert "'b'" in alarm.what
    assert alarm.severity == "severe"
    some = np.random.default_rng(0).uniform(size=150) < 0.3
    (alarm,) = alarms_of(with_gaps(frame, (frame["y"] != "b") | some), KIND)
    assert alarm.severity == "warning"


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("kind", ["binomial", "multinomial", "gaussian"])
def test_gaps_anywhere_do_not_fire(kind, seed, make_table, alarms_of):
    frame = make_table(kind, seed=seed)
    gaps = np.random.default_rng(seed).uniform(size=(120, 4)) < 0.2
    frame[["x0", "x1", "x2", "x3"]] = frame[["x0", "x1", "x2", "x3"]].mask(gaps)
    assert not alarms_of(frame, KIND)


def test_more_gaps_in_one_class_do_not_fire(make_table, alarms_of):
    frame = make_table(n=300)
    often = np.where(frame["y"] == "sick", 0.3, 0.1)
    assert not alarms_of(with_gaps(frame, np.random.default_rng(0).uniform(size=300) < often), KIND)
