"""What a person names is used, or it is said why not: a column of every kind that is no feature."""

import numpy as np
import pandas as pd
import pytest

import regpath

N = 300
USED = {
    "PatientID": (np.random.default_rng(1).permutation(N) + 1000, 1, "seems to number the rows"),
    "row": (np.arange(1, N + 1), 1, "seems to number the rows"),
    "key": ([f"P{i:05d}" for i in range(N)], N, "300 different values in 300 rows, like an ID"),
    "city": ([f"c{i % 200}" for i in range(N)], 200, "200 different values in 300 rows"),
    "text": ([f"{i} words, and then some" for i in range(N)], N, "300 different values"),
    "wait": (pd.to_timedelta(np.arange(N) % 7, unit="h"), 1, "counted in hours"),
}
ASIDE = {
    "one": (np.ones(N), "it is constant"),
    "word": (["a"] * N, "it is constant"),
    "empty": (np.full(N, np.nan), "it holds no values"),
    "nothing": (pd.Series([None] * N, dtype=object), "it holds no values"),
    "when": (pd.date_range("2020-01-01", periods=N), "it holds dates; parts of them can be used"),
}


def frame_with(name, cells):
    rng = np.random.default_rng(0)
    return pd.DataFrame({"x": rng.normal(size=N), name: cells, "y": rng.normal(size=N)})


@pytest.mark.parametrize("name", USED)
def test_a_doubtful_column_that_is_named_is_used_with_a_note(name):
    cells, n_features, told = USED[name]
    frame = frame_with(name, cells)
    for features in (["x", name], [name], name):
        problem = regpath.make_problem(frame, "y", features=features)
        assert problem.groups.count(name) == n_features
        assert any(repr(name) in note and told in note for note in problem.notes)


@pytest.mark.parametrize("name", ASIDE)
def test_a_column_that_cannot_serve_is_named_with_the_reason(name):
    cells, why = ASIDE[name]
    frame = frame_with(name, cells)
    problem = regpath.make_problem(frame, "y", features=["x", name])
    assert problem.groups == ("x",)
    assert any(f"Column {name!r} is set aside: {why}" in note for note in problem.notes)
    with pytest.raises(regpath.DataError, match=f"Column {name!r} is set aside: {why}"):
        regpath.make_problem(frame, "y", features=[name])


def test_a_column_of_containers_is_refused_by_name():
    frame = frame_with("lists", [[i] for i in range(N)])
    with pytest.raises(regpath.DataError, match="Column 'lists' holds objects of type list"):
        regpath.make_problem(frame, "y", features=["x", "lists"])
