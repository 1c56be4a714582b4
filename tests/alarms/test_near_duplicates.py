import numpy as np
import pandas as pd
import pytest

from regpath.alarms.near_duplicates import SEED

KIND = "near_duplicate_columns"


@pytest.mark.parametrize(
    "copy",
    [
        lambda x: 2.54 * x - 3,
        lambda x: -x,
        lambda x: x + 0.01 * np.random.default_rng(5).normal(size=len(x)),
        lambda x: x.round(2),
        lambda x: x * 1e12 + 1e14,
    ],
)
def test_copies_of_an_amount(copy, make_table, alarms_of, goes):
    frame = make_table()
    frame["z"] = copy(frame["x1"])
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.columns == ("x1", "z")
    assert alarm.remedy == "Keep 'x1' alone"
    assert goes(frame, alarm)


def test_recoded_words(make_table, alarms_of, goes):
    frame = make_table()
    frame.insert(0, "size", np.random.default_rng(0).choice(["S", "M", "L"], len(frame)))
    frame["inches"] = frame["size"].map({"S": 30, "M": 40, "L": 35})
    frame["Größe"] = frame["size"].map({"S": "klein", "M": "mittel", "L": "groß"})
    (alarm,) = alarms_of(frame, KIND)
    assert set(alarm.columns) == {"size", "inches", "Größe"}
    assert goes(frame, alarm)


def test_every_member_is_near_the_one_that_stays(make_table, alarms_of):
    frame = make_table(n=400)
    rng = np.random.default_rng(0)
    drift = frame["x0"].copy()
    for k in range(30):  # neighbours are near copies, the ends are not
        drift = drift + 0.035 * rng.normal(size=400)
        frame[f"z{k}"] = drift
    columns = frame.drop(columns="y")
    alarms = alarms_of(frame, KIND)
    assert alarms
    left = set(columns) - {name for alarm in alarms for name in alarm.change.leave_out}
    near = columns.corr().abs()
    for alarm in alarms:
        for name in alarm.change.leave_out:
            assert near.loc[name, sorted(left)].max() > 0.999
    pairs = near.loc[sorted(left), sorted(left)].to_numpy()
    assert (pairs[np.triu_indices(len(left), 1)] <= 0.999).all()


def test_many_groups_are_one_alarm(make_table, alarms_of, goes):
    frame = make_table(p=12)
    for j in range(8):
        frame[f"z{j}"] = 3 * frame[f"x{j}"]
    (alarm,) = alarms_of(frame, KIND)
    assert "16 columns form 8 groups" in alarm.what
    assert goes(frame, alarm)


@pytest.mark.parametrize("strength", [0.9, 0.99, 0.998])
def test_what_correlates_only_does_not_fire(strength, make_table, alarms_of):
    frame = make_table(n=500)
    noise = np.random.default_rng(9).normal(size=500)
    frame["z"] = strength * frame["x1"] + np.sqrt(1 - strength**2) * noise
    assert not alarms_of(frame, KIND)


def test_columns_with_all_values_different_but_one_are_no_copies(make_table, alarms_of):
    frame = make_table(p=6)
    frame.loc[5, ["x1", "x2", "x3"]] = frame.loc[4, ["x1", "x2", "x3"]]
    assert not alarms_of(frame, KIND)


def test_a_square_says_something_of_its_own(make_table, alarms_of):
    frame = make_table(n=200)
    frame["age"] = np.random.default_rng(0).integers(20, 80, 200)
    frame["age squared"] = frame["age"] ** 2
    assert not alarms_of(frame, KIND)


def test_words_stay_where_numbers_repeat_them(make_table, alarms_of):
    frame = make_table()
    size = np.random.default_rng(0).choice(["S", "M", "L"], len(frame))
    frame.insert(0, "inches", pd.Series(size).map({"S": 30, "M": 40, "L": 35}))
    frame["size"] = size
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.remedy == "Keep 'size' alone"


@pytest.mark.parametrize(("n", "p"), [(12, 400), (60, 300), (500, 60)])
def test_copies_in_a_wide_table_are_those_that_all_pairs_show(n, p, alarms_of):
    """The first of each group stays; a later one joins the first group that it repeats."""
    rng = np.random.default_rng(n)
    X = rng.normal(size=(n, p))
    for k, size in enumerate((0.0, 0.01, 0.03, 0.05, 0.1)):  # correlations on both sides of 0.999
        for to, start in ((40 + k, 3), (20 + k, 4)):
            X[:, to] = (-1) ** k * (7.0 * X[:, start] + size * rng.normal(size=n)) + k
    X[:, 9] = 5.0  # says nothing
    frame = pd.DataFrame(X).add_prefix("x").assign(y=np.arange(n) % 2)
    close = np.abs(np.corrcoef(np.delete(X, 9, axis=1).T)) > 0.999
    names = np.delete(frame.columns[:p].to_numpy(), 9)
    groups, free = [], np.ones(len(names), dtype=bool)
    for j in range(len(names)):
        later = np.flatnonzero(close[j] & free & (np.arange(len(names)) > j))
        if free[j] and len(later):
            free[later] = False
            groups.append((names[j], *names[later]))
    assert len(groups) == 2
    assert [alarm.columns for alarm in alarms_of(frame, KIND)] == groups


@pytest.mark.parametrize("away", [-1e-3, -1e-9, 0.0, 1e-9, 1e-3])
def test_negatives_are_found_where_the_sign_hangs_on_rounding(away, alarms_of):
    """Columns across the first direction along which they are compared, and their negatives."""
    rng = np.random.default_rng(3)
    first = np.random.default_rng(SEED).normal(size=40)
    first -= first.mean()
    z = rng.normal(size=40)
    z -= z.mean() + (z - z.mean()) @ first / (first @ first) * first
    z += away * first
    frame = pd.DataFrame(rng.normal(size=(40, 3)), columns=list("abc"))
    frame = frame.assign(z=z, minus=-z, near=0.002 * rng.normal(size=40) - 2.0 * z)
    (alarm,) = alarms_of(frame.assign(y=np.arange(40) % 2), KIND)
    assert alarm.columns == ("z", "minus", "near")
