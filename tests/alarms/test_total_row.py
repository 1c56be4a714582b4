"""A row of totals that stays in the data sets off an alarm."""

import numpy as np
import pandas as pd
import pytest

import regpath


def frame_of(n=30, seed=0):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "region": [f"R{i % 7}" for i in range(n)],
            "pop": rng.integers(100, 900, n),
            "income": rng.normal(50, 9, n),
            "rate": rng.normal(5, 2, n),
        }
    )


def with_row(frame, place, row):
    parts = [frame.iloc[:place], pd.DataFrame([row], columns=frame.columns), frame.iloc[place:]]
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize("place", [0, 9, 30])
@pytest.mark.parametrize("name", ["Total", "Germany", None])
@pytest.mark.parametrize("missing", [False, True])
def test_a_row_that_sums_the_others_is_severe(place, name, missing, alarms_of):
    frame = frame_of()
    sums = frame[["pop", "income", "rate"]].sum().tolist()
    row = [name, sums[0], np.nan if missing else sums[1], sums[2]]
    alarms = alarms_of(with_row(frame, place, row), "total_row", regpath.Recipe("rate"))
    (alarm,) = alarms
    assert alarm.severity == "severe"
    assert f"Row {place} is the sum" in alarm.what
    assert alarm.change is None


@pytest.mark.parametrize("name", ["Total", "Summe", "Mean:", "Итого"])
def test_a_row_that_is_called_a_total_is_a_warning(name, alarms_of):
    frame = with_row(frame_of(), 4, [name, 5, 7.0, 1.0])
    (alarm,) = alarms_of(frame, "total_row", regpath.Recipe("rate"))
    assert alarm.severity == "warning"
    assert alarm.columns == ("region",)
    assert "row 4" in alarm.what


@pytest.mark.parametrize("level", ["total", "media", "all"])
def test_a_level_of_many_rows_or_an_ordinary_name_is_none(level, alarms_of):
    frame = frame_of()
    frame.loc[:: 4 if level == "total" else 29, "region"] = level
    assert not alarms_of(frame, "total_row", regpath.Recipe("rate"))
