import uuid

import numpy as np
import pandas as pd
import pytest

import regpath

KIND = "id_column"
RNG = np.random.default_rng(0)
N = 120
IDS = {
    "counter": np.arange(1, N + 1),
    "falling": np.arange(N, 0, -1),
    "shuffled": RNG.permutation(N) + 1,
    "tens": np.arange(N) * 10 + 100,
    "shuffled from 1000": RNG.permutation(N) + 1000,
    "rising": np.cumsum(RNG.integers(1, 9, N)) + 5000,
    "long whole numbers called id": RNG.choice(10**9, N, replace=False),
}
CODES = {
    "uuid": [str(uuid.UUID(int=int(i) << 70)) for i in RNG.integers(1, 2**50, N)],
    "code": [f"P-{i:05d}" for i in RNG.choice(10**5, N, replace=False)],
}


def asked_for(column):
    return regpath.Recipe("y", features=("x0", column))


@pytest.mark.parametrize("name", IDS)
def test_an_id_in_use_is_a_warning_and_goes(name, make_table, alarms_of, goes):
    column = "user_id" if "called" in name else "z"
    frame = make_table().assign(**{column: IDS[name]})
    (alarm,) = alarms_of(frame, KIND, asked_for(column))
    unsure = name in ("tens", "shuffled from 1000", "rising")  # amounts may look like these
    assert (alarm.severity, alarm.columns) == ("hint" if unsure else "warning", (column,))
    assert goes(frame, alarm, asked_for(column))


@pytest.mark.parametrize("name", CODES)
def test_codes_that_are_set_aside_are_a_hint(name, make_table, alarms_of):
    frame = make_table().assign(z=CODES[name])
    (alarm,) = alarms_of(frame, KIND)
    assert (alarm.severity, alarm.change) == ("hint", None)
    assert not alarms_of(frame, KIND, asked_for("x0"))  # whoever left it out knows


def test_an_id_that_is_set_aside_is_a_hint(make_table, alarms_of):
    (alarm,) = alarms_of(make_table().assign(z=IDS["counter"]), KIND)
    assert (alarm.severity, alarm.change) == ("hint", None)
    assert "counts the rows (1, 2, 3, ...)" in alarm.what


NOT_IDS = {
    "amounts": RNG.normal(size=N),
    "whole amounts, all different": RNG.choice(10**6, N, replace=False),
    "counts": RNG.poisson(20, N),
    "years": RNG.integers(1990, 2020, N),
    "pixels": RNG.integers(0, 17, N),
    "words": RNG.choice(["low", "middle", "high"], N),
    "ranks with ties": pd.Series(RNG.integers(0, 60, N)).rank().to_numpy(),
    "free text": [f"the patient {i} said {i * 7} times that it hurt" for i in range(N)],
}


@pytest.mark.parametrize("name", NOT_IDS)
def test_what_is_no_id_does_not_fire(name, make_table, alarms_of):
    frame = make_table().assign(z=NOT_IDS[name])
    assert not alarms_of(frame, KIND)
    if name != "free text":  # which no recipe can use
        assert not alarms_of(frame, KIND, asked_for("z"))


def test_a_column_that_serves_as_the_order_of_rows_is_no_news(make_table, alarms_of):
    frame = make_table().assign(z=IDS["counter"])
    assert not alarms_of(frame, KIND, regpath.Recipe("y", time="z"))
