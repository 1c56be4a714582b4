import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.problems.columns import choose_columns, duplicate_notes


def frame(**columns):
    rng = np.random.default_rng(0)
    base = {"x": rng.normal(size=30), "y": rng.normal(size=30)}
    return pd.DataFrame(base | columns, index=range(2, 32))


def test_kinds_follow_the_values():
    flags = pd.array([True, False] * 15, dtype="boolean")
    kinds, notes = choose_columns(frame(city=["a", "b", "c"] * 10, flag=flags), "y", None)
    assert kinds == {"x": "numeric", "city": "categorical", "flag": "numeric"}
    assert notes == ()


@pytest.mark.parametrize(
    ("name", "values", "note"),
    [
        ("c", 7.0, "Column 'c' is set aside: it is constant."),
        ("c", "same", "Column 'c' is set aside: it is constant."),
        ("c", np.nan, "Column 'c' is set aside: it holds no values."),
        ("row", range(1, 31), "Column 'row' is set aside: it numbers the rows."),
        ("case id", [900 + 7 * i for i in range(30)], "Column 'case id' is set aside: it numbers"),
        ("name", [f"n{i}" for i in range(30)], "text with 30 different values in 30 rows"),
        ("when", pd.date_range("2020", periods=30), "it holds dates; parts of them can be used"),
    ],
)
def test_columns_that_cannot_serve_are_set_aside_with_a_reason(name, values, note):
    table = frame()
    table[name] = values
    kinds, notes = choose_columns(table, "y", None)
    assert list(kinds) == ["x"]
    assert note in notes[0]


def test_many_columns_with_one_reason_share_a_note():
    _, notes = choose_columns(frame(**{f"c{i}": 1.0 for i in range(9)}), "y", None)
    assert notes == (
        "Columns 'c0', 'c1', 'c2' and 6 more are set aside, for each: it is constant.",
    )


def test_a_row_number_is_used_when_asked_for_or_alone():
    table = frame(row=range(30))
    assert "row" in choose_columns(table, "y", ["x", "row"])[0]
    kinds, notes = choose_columns(table[["row", "y"]], "y", None)
    assert list(kinds) == ["row"]
    assert "used all the same" in notes[0]


def test_years_are_not_row_numbers():
    assert "year" in choose_columns(frame(year=range(1990, 2020)), "y", None)[0]


def test_errors_name_column_and_row():
    table = frame()
    table.loc[[9, 12], "x"] = np.inf
    with pytest.raises(regpath.DataError) as refused:
        choose_columns(table, "y", None)
    assert refused.value.message == "Column 'x' holds 2 infinite values (first: row 9)."
    with pytest.raises(regpath.DataError, match="There is no column 'z'"):
        choose_columns(frame(), "y", ["z"])
    with pytest.raises(regpath.DataError, match="'y' is both target and feature"):
        choose_columns(frame(), "y", ["y"])
    with pytest.raises(regpath.DataError, match="No column can serve"):
        choose_columns(frame(x=1.0), "y", None)


def test_duplicates_are_noted():
    X = np.random.default_rng(0).normal(size=(9, 3))[:, [0, 1, 0, 2]]
    (note,) = duplicate_notes("abcd", X)
    assert note.startswith("Feature 'c' equals 'a' in every row")
    assert len(duplicate_notes([str(j) for j in range(20)], np.ones((4, 20)))) == 6


@pytest.mark.parametrize("n_levels", [16, 25, 30])
@pytest.mark.parametrize("also", [[], ["x"]])
def test_words_of_many_levels_are_used_when_asked_for_and_it_is_said(n_levels, also):
    table = frame(city=[f"c{i % n_levels}" for i in range(30)])
    kinds, notes = choose_columns(table, "y", ["city", *also])
    assert kinds["city"] == "categorical"
    assert f"text with {n_levels} different values in 30 rows, like an ID" in notes[0]
    assert "is used as it was asked for" in notes[0]
    assert "city" not in choose_columns(table, "y", None)[0]


def test_what_cannot_be_used_is_still_set_aside_when_asked_for():
    table = frame(one="same", when=pd.date_range("2020", periods=30))
    assert list(choose_columns(table, "y", ["x", "one", "when"])[0]) == ["x"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([f"{110 + k}/{60 + k}" for k in range(30)], "it holds two numbers in each cell"),
        ([f"{k + 1}h {k + 10}m" for k in range(30)], "it holds durations"),
        ([f"{k}.5" if k % 3 else f"PC {k}-{k}" for k in range(30)], "values that are not numbers"),
    ],
)
def test_what_is_set_aside_for_what_its_cells_hold_says_so(cells, reason):
    rows = "".join(f"{cell},{k % 7},{k % 5}\n" for k, cell in enumerate(cells))
    table = regpath.read_table(f"x,z,y\n{rows}".encode())
    (note,) = [n for n in regpath.make_problem(table, "y").notes if "'x'" in n]
    assert reason in note
    assert "like an ID" not in note
