"""Durations that name their units, and durations beside marks: offered as minutes."""

import numpy as np
import pytest

from regpath.io import read_table
from regpath.io.columns.worded_durations import minutes_of


def read(cells, **options):
    rows = ["x\ty", *(f"{cell}\t{k % 7}" for k, cell in enumerate(cells))]
    return read_table("\n".join(rows).encode(), **options)


def asked(table):
    return [each for each in table.diagnosis.questions if each.key == "minutes:x"]


@pytest.mark.parametrize(
    ("form", "minutes"),
    [
        ("{a}h {b}m", (60, 1)),
        ("{a}h{b}", (60, 1)),
        ("{a} hrs {b} min", (60, 1)),
        ("{a} Std. {b} Min.", (60, 1)),
        ("{a}m{b}s", (1, 1 / 60)),
        ("{a}'{b}\"", (1, 1 / 60)),
        ("PT{a}M{b}S", (1, 1 / 60)),
        ("{a} days {b}:00:00", (1440, 60)),
    ],
)
def test_they_are_asked_about_and_offered_as_minutes(form, minutes):
    a, b = np.arange(2, 26), np.arange(30, 54) % 24 + 10
    table = read([form.format(a=i, b=j) for i, j in zip(a, b, strict=True)])
    (question,) = asked(table)
    cells = [form.format(a=i, b=j) for i, j in zip(a, b, strict=True)]
    found = read(cells, options=question.answers[1].options)
    np.testing.assert_allclose(found.frame["x (minutes)"], a * minutes[0] + b * minutes[1])
    assert not asked(found)
    assert not asked(read(cells, options=question.answers[0].options))


@pytest.mark.parametrize("mark", ["DNF", "n/s", "abandoned"])
def test_what_is_no_duration_is_missing_and_counted(mark):
    cells = [f"{k}:{k + 10}" if k % 9 else mark for k in range(3, 40)]
    (question,) = asked(read(cells))
    assert "durations" in question.what
    found = read(cells, options=question.answers[1].options)
    expected = [k + (k + 10) / 60 if k % 9 else np.nan for k in range(3, 40)]
    np.testing.assert_allclose(found.frame["x (minutes)"], expected)
    assert any("no durations are missing" in note for note in found.notes)


@pytest.mark.parametrize("text", ["", "5", "12.5", "red", "h", "5 kg", "4:75", "PT", "2020-01-02"])
def test_what_is_no_duration_is_none(text):
    assert np.isnan(minutes_of(text)[0])
