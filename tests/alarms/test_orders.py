"""Rows sorted by the target, targets that move with time, rows that share a key."""

import numpy as np
import pandas as pd
import pytest


def test_sorted_classes_and_amounts(make_table, alarms_of):
    for kind in ("binomial", "multinomial", "gaussian"):
        frame = make_table(kind)
        assert not alarms_of(frame, "sorted_by_target")
        in_order = frame.sort_values("y", ignore_index=True)
        (alarm,) = alarms_of(in_order, "sorted_by_target")
        assert alarm.severity == "hint"
        assert alarms_of(in_order[::-1].reset_index(drop=True), "sorted_by_target")


DAYS = pd.date_range("2024-01-01", periods=300, freq="D")
WHEN = {
    "dates": DAYS,
    "dates as text": DAYS.strftime("%Y-%m-%d"),
    "counter": np.arange(300) + 1,
    "years": np.repeat(np.arange(1990, 2020), 10),
}


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("kind", ["binomial", "gaussian"])
def test_a_target_that_moves_with_time(when, kind, make_table, alarms_of, goes):
    frame = make_table(kind, n=300)
    assert not alarms_of(frame.assign(z=WHEN[when]), "time_order")
    signal = frame["x0"] + np.linspace(-1.5, 1.5, 300)
    frame["y"] = signal if kind == "gaussian" else np.where(signal > 0, "sick", "well")
    frame = frame.assign(z=WHEN[when])
    (alarm,) = alarms_of(frame, "time_order")
    assert (alarm.columns, alarm.severity) == (("z",), "hint")
    if when == "dates as text":
        assert (alarm.remedy, alarm.change) == ("Read 'z' as a date: Split by 'z'", None)
    else:
        assert goes(frame, alarm)


def test_row_numbers_beside_the_table_are_no_event(make_table, alarms_of):
    frame = make_table("gaussian", n=300)
    frame["y"] = frame["x0"] + np.linspace(-1.5, 1.5, 300)
    frame.insert(0, "Unnamed: 0", np.arange(300))
    assert not alarms_of(frame, "time_order")


def test_a_series_that_time_tells_is_no_leak(make_table, alarms_of):
    frame = make_table("gaussian", n=100)
    frame["year"] = np.arange(1921, 2021)
    frame["y"] = np.exp((frame["year"] - 1920) / 40) + 0.1 * np.sin(frame["year"])
    kinds = {alarm.kind for alarm in alarms_of(frame) if "year" in alarm.columns}
    assert kinds == {"time_order"}


def test_a_target_that_waves_with_time(make_table, alarms_of):
    frame = make_table("gaussian", n=300)
    frame["y"] = np.sin(np.arange(300) / 12) + 0.2 * frame["x0"]
    (alarm,) = alarms_of(frame.assign(z=DAYS), "time_order")
    assert "neighbours in it explain" in alarm.what


def visits(n_patients=60, n_visits=5, seed=0):
    rng = np.random.default_rng(seed)
    n = n_patients * n_visits
    patient = rng.permutation(np.repeat(np.arange(n_patients), n_visits))
    frame = pd.DataFrame({"x": rng.normal(size=n), "pressure": rng.normal(size=n)})
    frame["height"] = rng.normal(170, 9, n_patients).round(1)[patient]
    frame["sex"] = rng.choice(["f", "m"], n_patients)[patient]
    frame["y"] = np.where(frame["x"] + rng.normal(size=n) > 0, "sick", "well")
    return frame, patient


KEYS = {
    "whole numbers": lambda patient: 10_000 + 37 * patient,
    "codes": lambda patient: [f"P{k:04d}" for k in patient],
    "words": lambda patient: [f"name{'abcdefghij'[k % 10]}{'klmnopq'[k // 10]}" for k in patient],
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_rows_share(key, alarms_of, goes):
    frame, patient = visits()
    (alarm,) = alarms_of(frame.assign(who=KEYS[key](patient)), "row_groups")
    assert (alarm.columns, alarm.severity) == (("who",), "hint")
    assert (
        "60 different values in 300 rows, and rows of one value agree in 'height', 'sex'"
        in alarm.what
    )
    assert "75 test rows share theirs" in alarm.what
    assert alarm.change.settings == (("group", "who"),)
    assert goes(frame.assign(who=KEYS[key](patient)), alarm)


def test_a_repeated_id_by_its_name(alarms_of):
    frame, patient = visits()
    frame = frame.drop(columns=["height", "sex"])
    assert not alarms_of(frame.assign(who=10_000 + patient), "row_groups")
    assert alarms_of(frame.assign(patient_id=10_000 + patient), "row_groups")


@pytest.mark.parametrize("seed", range(5))
def test_amounts_with_ties_are_no_keys(seed, alarms_of):
    rng = np.random.default_rng(seed)
    age = rng.integers(20, 80, 400)
    frame = pd.DataFrame({"age": age, "x": rng.normal(size=400)})
    frame["months"] = age * 12
    frame["group"] = np.where(age < 40, "young", np.where(age < 60, "middle", "old"))
    frame["sex"] = rng.choice(["f", "m"], 400)
    frame["y"] = np.where(age + rng.normal(size=400) * 20 > 50, "sick", "well")
    assert not alarms_of(frame, "row_groups")
