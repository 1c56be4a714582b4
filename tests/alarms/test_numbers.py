"""What is told of all columns of numbers at once is what each tells alone."""

import re

import numpy as np
import pandas as pd
import pytest

from regpath.alarms.case import Case
from regpath.alarms.columns import Column, Columns
from regpath.alarms.numbers import NumericColumns
from regpath.alarms.times import times_of
from regpath.core.problems.split import split_problem
from regpath.errors import DataError
from regpath.io import Table
from regpath.recipe import Recipe

RNG = np.random.default_rng(0)
N = 40
COLUMNS = {
    "normal": RNG.normal(size=N),
    "few": RNG.integers(0, 4, N),
    "one": np.ones(N),
    "empty": np.full(N, np.nan),
    "gaps": np.where(RNG.random(N) < 0.3, np.nan, np.round(RNG.normal(size=N), 1)),
    "infinite": np.append(RNG.normal(size=N - 1), np.inf),
    "counter": np.arange(N),
    "falling": np.arange(N, 0, -1),
    "years": RNG.integers(1950, 2020, N),
    "quarters": 1950 + np.arange(N) / 4,
    "counter with a gap": np.where(np.arange(N) == 5, np.nan, np.arange(N)),
    "class": np.repeat([1.0, 0.0], [12, N - 12]) * RNG.normal(size=N),
    "words": RNG.choice(["a", "b"], N),
    "day": pd.date_range("2024-01-01", periods=N),
}


def test_facts_are_those_of_each_column():
    frame = pd.DataFrame(COLUMNS)
    numbers = NumericColumns.of(frame, np.arange(N))
    assert set(numbers.names) == set(COLUMNS) - {"words", "day"}
    for name in numbers.names:
        alone, together = Column.of(frame[name]), numbers.column(name)
        np.testing.assert_array_equal(together.values, alone.values)
        assert together.n_levels == len(alone.levels)
        assert together.n_codes == alone.n_codes
        assert together.has_gaps == alone.missing.any()
        assert together.is_whole == alone.is_whole
        if times_of(alone) is not None:
            assert name in numbers.may_tell_time


def test_columns_that_vary_in_each_class_are_told_from_others():
    numbers = NumericColumns.of(pd.DataFrame(COLUMNS), np.arange(N))
    varied = numbers.varied(np.repeat([0, 1], [12, N - 12]), 2)
    assert {"normal", "few", "counter"} <= varied
    assert not varied & {"one", "empty", "gaps", "class"}


def test_rows_of_a_sample_are_taken():
    rows = np.array([3, 7, 9])
    numbers = NumericColumns.of(pd.DataFrame(COLUMNS), rows)
    np.testing.assert_array_equal(numbers.column("counter").values, rows)


def test_columns_are_made_when_they_are_asked_for():
    made = []
    frame = pd.DataFrame(COLUMNS)

    def make(name):
        made.append(name)
        return Column.of(frame[name])

    columns = Columns(frame.columns, make)
    assert list(columns) == list(COLUMNS)
    assert "few" in columns
    assert "none" not in columns
    assert len(columns) == len(COLUMNS)
    assert not made
    assert [c.name for c in columns.but(set(COLUMNS) - {"words", "few"})] == ["few", "words"]
    assert columns["few"] is columns["few"]
    assert made == ["few", "words"]
    with pytest.raises(KeyError):
        columns["none"]


@pytest.mark.parametrize("settings", [{}, {"group": "key"}, {"time": "when"}, {"test_size": 0.5}])
def test_rows_are_split_as_for_a_study_and_refused_as_there(settings):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(30, 3)), columns=list("abc"))
    frame["key"], frame["when"] = np.arange(30) // 3, np.arange(30)
    frame["late"] = np.where(np.arange(30) < 24, np.nan, rng.normal(size=30))
    for y in (rng.normal(size=30), rng.integers(0, 2, 30), np.arange(30) >= 27):
        for used in (["a", "b", "late"], ["late"]):
            recipe = Recipe("y", features=used, **settings)
            case = Case.of(Table.from_frame(frame.assign(y=y)), recipe, None)
            if isinstance(case.split, DataError):
                with pytest.raises(DataError, match=re.escape(case.split.message)):
                    split_problem(case.problem, test_size=recipe.test_size, seed=0)
                continue
            expected = split_problem(case.problem, test_size=recipe.test_size, seed=0)
            np.testing.assert_array_equal(case.split[0], expected.train_rows)
            np.testing.assert_array_equal(case.split[1], expected.test_rows)
