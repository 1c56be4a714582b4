"""Frames of every sort: alarms or a clear error, and remedies that can be carried out."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.alarms import find_alarms

COLUMNS = (
    lambda rng, n: rng.normal(size=n),
    lambda rng, n: rng.integers(0, 3, n),
    lambda rng, n: rng.choice(["a", "b"], n),
    lambda rng, n: np.full(n, 7.0),
    lambda rng, n: np.full(n, np.nan),
    lambda rng, n: pd.date_range("2020-01-01", periods=n),
    lambda rng, n: pd.date_range("2020-01-01", periods=n, tz="Europe/Oslo"),
    lambda rng, n: pd.to_timedelta(rng.integers(0, 99, n), unit="h"),
    lambda rng, n: pd.array(rng.integers(0, 9, n), dtype="Int64"),
    lambda rng, n: pd.array(rng.random(n) < 0.5, dtype="boolean"),
    lambda rng, n: rng.random(n) < 0.3,
    lambda rng, n: pd.Categorical(rng.choice(list("xyz"), n)),
    lambda rng, n: [f"u{i}" for i in range(n)],
    lambda rng, n: np.arange(n),
    lambda rng, n: rng.normal(size=n) * 10.0 ** rng.integers(-150, 150),
    lambda rng, n: rng.integers(0, 2, n) * 1e300,
    lambda rng, n: np.array([1, "a", None, 2.5], dtype=object)[rng.integers(0, 4, n)],
    lambda rng, n: np.where(rng.random(n) < 0.05, np.inf, rng.normal(size=n)),
)


def any_frame(rng):
    n = int(rng.choice([3, 4, 5, 8, 20, 50, 150]))
    columns = {}
    for j in range(int(rng.integers(2, 9))):
        column = pd.Series(COLUMNS[rng.integers(len(COLUMNS))](rng, n))
        if column.dtype.kind not in "ib":
            column = column.mask(rng.random(n) < rng.choice([0, 0, 0.1, 0.6]))
        columns[f"c{j}" if rng.random() < 0.9 else f"{j}_id"] = column
    if rng.random() < 0.3:
        columns["again"] = columns.get("c0", column)
    return pd.DataFrame(columns)


@pytest.mark.parametrize("seed", range(120))
def test_alarms_or_a_clear_error(seed):
    rng = np.random.default_rng(seed)
    frame = any_frame(rng)
    recipe = regpath.Recipe(
        str(rng.choice(frame.columns)),
        missing=str(rng.choice(["impute", "drop", "indicator"])),
        test_size=float(rng.choice([0.0, 0.25])),
    )
    try:
        alarms = find_alarms(frame, recipe)
    except regpath.RegpathError:
        return
    for alarm in alarms:
        assert alarm.what
        assert alarm.effect
        assert alarm.remedy
        assert set(alarm.columns) <= set(frame.columns)
        if alarm.change is not None:
            find_alarms(frame, alarm.change.apply(recipe))
