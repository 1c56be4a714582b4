"""One column that tells the target, judged on rows that did not help to tell it."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from regpath.alarms.columns import Column
from regpath.alarms.strength import (
    areas,
    explained,
    explained_of,
    held_out_means,
    held_out_means_of,
)

KIND = "separating_column"


def coded(frame):
    return pd.factorize(frame["y"], sort=True)[0]


@pytest.mark.parametrize("kind", ["binomial", "multinomial"])
@pytest.mark.parametrize("seed", range(5))
def test_classes_with_a_little_noise(kind, seed, make_table, alarms_of, goes):
    frame = make_table(kind, seed=seed)
    frame["z"] = coded(frame) + np.random.default_rng(seed).normal(scale=0.1, size=len(frame))
    (alarm,) = alarms_of(frame, KIND)
    assert (alarm.columns, alarm.severity) == (("z",), "severe")
    assert goes(frame, alarm)


def test_the_threshold_is_told(make_table, alarms_of):
    frame = make_table()
    frame["z"] = np.where(frame["y"] == "sick", 10.0, 20.0) + np.arange(len(frame)) / len(frame)
    (alarm,) = alarms_of(frame, KIND)
    low = frame.loc[frame["y"] == "sick", "z"].max()
    high = frame.loc[frame["y"] == "well", "z"].min()
    assert f"'sick' up to {low:g}, 'well' from {high:g} on" in alarm.what


def test_levels_that_tell_together_are_one_column(make_table, alarms_of, goes):
    frame = make_table(n=300)
    rng = np.random.default_rng(1)
    frame["z"] = [f"{word}{rng.integers(6)}" for word in frame["y"]]
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.columns == ("z",)
    assert goes(frame, alarm)


def test_a_band_in_the_middle_is_found(make_table, alarms_of):
    frame = make_table(n=400)
    x = np.random.default_rng(0).normal(size=400)
    frame["z"], frame["y"] = x, np.where(np.abs(x) < 0.7, "in", "out")
    assert [alarm.columns for alarm in alarms_of(frame, KIND)] == [("z",)]


@pytest.mark.parametrize("bend", [np.sin, np.square, lambda x: np.round(x * 3)])
def test_an_amount_of_any_shape(bend, make_table, alarms_of, goes):
    frame = make_table("gaussian", n=500)
    x = np.random.default_rng(0).normal(size=500) * 2
    frame["z"], frame["y"] = x, bend(x)
    found = [a for a in alarms_of(frame) if a.kind in (KIND, "target_copy") and "z" in a.columns]
    assert len(found) == 1
    assert goes(frame, found[0])


@pytest.mark.parametrize("kind", ["binomial", "gaussian"])
def test_many_levels_predict_nothing(kind, make_table, alarms_of):
    frame = make_table(kind, n=200)
    rng = np.random.default_rng(0)
    frame["z"] = [f"v{rng.integers(90)}" for _ in range(200)]
    frame["w"] = rng.permutation(200) * 7
    assert not alarms_of(frame, KIND)


def test_one_class_of_several_is_a_hint(make_table, alarms_of):
    frame = make_table("multinomial", n=150)
    rng = np.random.default_rng(0)
    for name in ("z", "w"):
        frame[name] = np.where(frame["y"] == "b", 5.0, 0.0) + rng.uniform(size=150)
    (alarm,) = alarms_of(frame, "one_class_column")
    assert set(alarm.columns) == {"z", "w"}
    assert alarm.severity == "hint"
    assert "'b'" in alarm.what


def test_areas_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 9, size=(80, 3)).astype(float), rng.integers(0, 3, 80)
    ranks = pd.DataFrame(X).rank().to_numpy()
    expected = [[roc_auc_score(y == k, X[:, j]) for k in range(3)] for j in range(3)]
    np.testing.assert_allclose(areas(ranks, np.eye(3)[y]), expected)


def test_held_out_means_use_other_rows_only():
    words = Column.of(pd.Series(list("aabba"), dtype=object))
    y = np.array([[1.0], [2.0], [3.0], [5.0], [6.0]])
    np.testing.assert_allclose(held_out_means(words, y)[:, 0], [4.0, 3.5, 5.0, 3.0, 1.5])
    alone = Column.of(pd.Series(list("abcaa"), dtype=object))
    assert held_out_means(alone, y)[1, 0] == y.mean()
    numbers = Column.of(pd.Series([3.0, 1.0, 2.0, 2.0, np.nan]))
    # 1 has 2 as its neighbour; each 2 has the other; 3 lies between the 2s and the missing one.
    np.testing.assert_allclose(held_out_means(numbers, y)[:, 0], [5.0, 4.0, 5.0, 3.0, 1.0])


def test_a_changed_target_does_not_change_its_own_prediction():
    rng = np.random.default_rng(0)
    column = Column.of(pd.Series(rng.integers(0, 12, 60).astype(float)))
    y = rng.normal(size=(60, 1))
    told = held_out_means(column, y)
    for i in range(0, 60, 7):
        other = y.copy()
        other[i] += 100.0
        if np.sum(column.values == column.values[i]) > 1:
            assert held_out_means(column, other)[i, 0] == pytest.approx(told[i, 0])


def test_explained_is_one_minus_the_share_of_errors():
    y = np.array([[1.0], [2.0], [4.0]])
    assert explained(y, y)[0] == 1.0
    assert explained(np.full((3, 1), y.mean()), y)[0] == 0.0


@pytest.mark.parametrize("n_classes", [1, 3])
def test_many_columns_tell_at_once_what_each_tells_alone(n_classes):
    rng = np.random.default_rng(0)
    Y = rng.normal(size=(40, n_classes))
    values = np.column_stack(
        [
            rng.normal(size=40),
            rng.integers(0, 5, 40),
            rng.integers(0, 35, 40),
            np.ones(40),
            np.where(rng.random(40) < 0.3, np.nan, rng.normal(size=40)),
            np.append(np.ones(39), 2.0),
        ]
    )
    together = held_out_means_of(values, Y)
    for j, column in enumerate(values.T):
        alone = held_out_means(Column.of(pd.Series(column)), Y)
        np.testing.assert_allclose(together[j], alone, rtol=1e-12)
        np.testing.assert_allclose(explained(together, Y)[j], explained(alone, Y), rtol=1e-12)
    shares = explained_of(values, Y)
    np.testing.assert_allclose(shares, explained(together, Y), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_of_few_rows_as_much_is_explained_as_their_neighbours_tell(n):
    rng = np.random.default_rng(n)
    values, Y = rng.normal(size=(n, 5)), rng.normal(size=(n, 2))
    each = explained(held_out_means_of(values, Y), Y)
    np.testing.assert_allclose(explained_of(values, Y), each, rtol=1e-12, atol=1e-12)
