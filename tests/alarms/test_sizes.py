"""Imbalance and too few rows."""

import numpy as np
import pandas as pd
import pytest

import regpath


def classes(*counts, seed=0):
    labels = np.repeat([f"c{k}" for k in range(len(counts))], counts)
    rng = np.random.default_rng(seed)
    labels = rng.permutation(labels)
    frame = pd.DataFrame(rng.normal(size=(len(labels), 3)), columns=list("uvw"))
    return frame.assign(y=labels)


def test_imbalance_says_what_accuracy_hides(alarms_of):
    (alarm,) = alarms_of(classes(980, 20), "imbalance")
    assert "20 of 1000 rows have y = 'c1' (2.00%), 980 have 'c0'" in alarm.what
    assert "right in 98.0% of the rows" in alarm.effect


@pytest.mark.parametrize("counts", [(500, 500), (900, 100), (300, 200, 60)])
def test_what_is_merely_uneven_does_not_fire(counts, alarms_of):
    assert not alarms_of(classes(*counts), "imbalance")


def folds(n, **choices):
    return regpath.Recipe("y", n_folds=n, **choices)


def test_a_class_with_fewer_rows_than_folds(alarms_of, goes):
    frame = classes(100, 9)
    (alarm,) = alarms_of(frame, "class_smaller_than_folds", folds(10))
    left = regpath.split_problem(regpath.make_problem(frame, "y")).train.y.sum()
    assert f"{left} rows to learn from with y = 'c1', for 10 folds" in alarm.what
    assert alarm.remedy == f"Use {left} folds"
    assert goes(frame, alarm)
    assert not alarms_of(frame, "class_smaller_than_folds", folds(5))
    assert not alarms_of(frame, "class_smaller_than_folds", folds(10, folds="leave_one_out"))


def test_too_few_rows_of_an_amount(make_table, alarms_of):
    frame = make_table("gaussian", n=12)
    assert alarms_of(frame, "class_smaller_than_folds", folds(10))
    assert not alarms_of(frame, "class_smaller_than_folds", folds(9))


def test_a_class_of_one_row_cannot_be_split(alarms_of, goes):
    frame = classes(60, 1)
    (alarm,) = alarms_of(frame, "cannot_split")
    assert alarm.severity == "severe"
    assert "'c1'" in alarm.what
    assert goes(frame, alarm)


def test_more_features_than_rows(make_table, alarms_of):
    (alarm,) = alarms_of(make_table(n=40, p=35), "more_features_than_rows")
    assert "35 features for 30 rows to learn from" in alarm.what
    assert not alarms_of(make_table(n=60, p=35), "more_features_than_rows")
