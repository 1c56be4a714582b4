"""Rows that are longer or shorter than the header."""

import pytest

from regpath.errors import DataError
from regpath.io import read_table

MARKS = [",", ";", "\t", "|"]


def read(rows, delimiter=","):
    data = "".join(delimiter.join(row) + "\n" for row in rows).encode()
    found = read_table(data)
    return data, found, {question.key: question for question in found.diagnosis.questions}


def with_answer(data, question, i):
    return read_table(data, options=question.answers[i].options).frame


def shop(n=20):
    """Rows whose item is never blank and whose comment mostly is."""
    things = ["Lamp 5", "Tent 7", "Bed 2", "Chair 9"]
    return [
        [
            str(i),
            things[i % 4] + str(i),
            ["red", "blue"][i % 2],
            f"http://x/{i}",
            "" if i % 7 else "sold",
        ]
        for i in range(1, n)
    ]


NAMES = ["id", "item", "colour", "page", "comment"]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("before", [1, 2, 4, 5])
def test_rows_that_grow_by_a_field_are_all_kept(before, delimiter):
    short = [[str(i), f"{i}.5"] for i in range(before)]
    long = [[str(i), f"{i}.5", str(i % 2)] for i in range(before, 16)]
    _, found, questions = read([["temp", "load"], *short, *long], delimiter)
    assert list(found.frame.columns) == ["temp", "load", "column 3"]
    assert found.frame["temp"].tolist() == list(range(16))
    assert found.frame["column 3"].isna().sum() == before
    assert {"unnamed_columns", "row_names"} & set(questions)


@pytest.mark.parametrize("kind", ["words", "dates", "numbers"])
def test_a_field_that_appears_late_has_a_column_of_its_own(kind):
    cell = {"words": "late", "dates": "2020-01-02", "numbers": "7"}[kind]
    rows = [[str(i), f"{i}.5"] for i in range(30)]
    data, found, questions = read([["a", "b"], *rows[:28], [*rows[28], cell], [*rows[29], cell]])
    assert found.frame["a"].tolist() == list(range(30))
    assert found.frame["column 3"].notna().sum() == 2
    assert len(with_answer(data, questions["unnamed_columns"], 1)) == 28


def test_a_delimiter_within_a_name_is_no_column_of_its_own():
    rows = [[name, str(i), f"{i}.5"] for i, name in enumerate("abcdefghijkl")]
    rows[5] = ["Dan", " Jr.", "5", "5.5"]
    _, found, questions = read([["name", "age", "size"], *rows])
    assert len(found.frame) == 11
    assert "unnamed_columns" not in questions
    assert "uneven_rows" in {repair.key for repair in found.diagnosis.repairs}


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("row", [2, 10, 17])
def test_a_delimiter_too_many_in_a_row_that_ends_blank_is_asked_about(row, place, delimiter):
    rows = shop()
    rows[row] = [*rows[row][:4], ""]
    rows[row].insert(place, "")
    data, found, questions = read([NAMES, *rows], delimiter)
    question = questions["shifted_rows"]
    assert f"first: row {row + 2}" in question.what
    assert found.frame["id"].tolist() == [i for i in range(1, 20) if i != row + 1]
    assert len(with_answer(data, question, 1)) == 19


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("surplus", [1, 3])
def test_blank_fields_behind_a_row_that_fits_are_cut(delimiter, surplus):
    rows = shop()
    rows[4] = rows[4] + [""] * surplus
    _, found, questions = read([NAMES, *rows], delimiter)
    assert len(found.frame) == 19
    assert not questions
    (note,) = [r.what for r in found.diagnosis.repairs if r.key == "surplus_fields"]
    assert "first: row 6" in note


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_short_row_whose_lost_cell_is_not_the_last_is_left_out(place):
    rows = shop()
    rows[6] = [*rows[6][:4], "sold"]
    del rows[6][place]
    _, found, _ = read([NAMES, *rows])
    assert 7 not in found.frame["id"].tolist()
    assert len(found.frame) == 18


@pytest.mark.parametrize("missing", [1, 2])
def test_a_short_row_whose_cells_fit_is_filled_up_and_asked_about(missing):
    rows = shop()
    rows[6] = rows[6][: 5 - missing]
    _, found, questions = read([NAMES, *rows])
    assert len(found.frame) == 19
    assert "short_rows" in questions


def test_rows_of_many_lengths_are_refused_with_their_line():
    with pytest.raises(DataError, match="Line 2 has 2 fields, but the header has 3"):
        read(
            [
                ["a", "b", "c"],
                ["1", "2"],
                ["3", "4", "5", "6"],
                ["8", "9", "1"],
                ["1"],
                ["2", "3"],
                ["1"],
            ]
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("row", ["13,,4.5,27,", ",13,4.5,27,", "13,4.5,,27,"])
def test_a_surplus_delimiter_among_numbers_that_fit_either_way_is_asked_about(row, delimiter):
    lines = ["a,b,c,d", *(f"{k * 7 % 13},{k}.5,{k * 5 % 11},{k * 3 % 7}" for k in range(30))]
    lines[9] = row
    table = read_table("\n".join([*lines, ""]).replace(",", delimiter).encode())
    (question,) = [q for q in table.diagnosis.questions if q.key == "shifted_rows"]
    assert "row 10" in question.what
    assert len(table.frame) == 29


def test_a_blank_like_others_before_a_surplus_one_is_a_missing_value():
    lines = ["a,b,c", *(f"{k},{k if k % 3 else ''},{k * 3 % 7}" for k in range(30))]
    lines[10] += ","
    table = read_table("\n".join([*lines, ""]).encode())
    assert len(table.frame) == 30
