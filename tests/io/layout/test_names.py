"""Headers of another number of names than the rows have cells."""

import pytest

from regpath.errors import DataError
from regpath.io import ReadOptions, read_table

ROWS = [["3", "lamp", "1.5"], ["7", "chair", "2.5"], ["11", "tent", "4.0"], ["12", "bed", "3.5"]]
MARKS = [",", ";", "\t", "|"]


def table(rows, delimiter=","):
    return "".join(delimiter.join(row) + "\n" for row in rows).encode()


def read(rows, delimiter=",", **answer):
    data = table(rows, delimiter)
    found = read_table(data)
    return found, {question.key: question for question in found.diagnosis.questions}


def answered(rows, key, delimiter=","):
    """What each answer to a question reads: names and first row."""
    _, questions = read(rows, delimiter)
    frames = [
        read_table(table(rows, delimiter), options=answer.options).frame
        for answer in questions[key].answers
    ]
    return [dict(zip(frame.columns, frame.iloc[0], strict=True)) for frame in frames]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("surplus", [1, 2, 5])
def test_delimiters_behind_the_header_hide_no_name(delimiter, surplus):
    found, questions = read([["id", "item", "size"] + [""] * surplus, *ROWS], delimiter)
    assert list(found.frame.columns) == ["id", "item", "size"]
    assert found.frame["id"].tolist() == [3, 7, 11, 12]
    assert not questions
    assert not [note for note in found.notes if "above the table" in note]


@pytest.mark.parametrize("names", [["id", "größe"], ["id", "размер"], ["city", "street"]])
@pytest.mark.parametrize("end", ["", " "])
def test_a_header_of_any_language_is_heard_with_a_delimiter_behind_it(names, end):
    rows = [["a", "x"], ["b", "y"], ["a", "x"]] if names[0] == "city" else [["1", "2"], ["3", "5"]]
    found, _ = read([[*names, end], *rows], ";")
    assert list(found.frame.columns) == names
    assert len(found.frame) == len(rows)


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "names_of_rows",
    [
        ["3", "7", "11", "12"],
        ["0", "1", "2", "3"],
        ["9", "2", "5", "1"],
        ["Ann", "Bob", "Cleo", "Dan"],
        ["a b", "c d", "e", "f g"],
        ["x1", "x2", "x3", "x5"],
    ],
)
def test_rows_that_are_one_longer_than_the_header_name_themselves(names_of_rows, delimiter):
    rows = [[name, "2.5", word] for name, word in zip(names_of_rows, "uvuv", strict=True)]
    found, questions = read([["size", "group"], *rows], delimiter)
    assert list(found.frame.columns) == ["row names", "size", "group"]
    assert found.frame["row names"].astype(str).tolist() == names_of_rows
    assert "row_names" in questions
    last = answered([["size", "group"], *rows], "row_names", delimiter)[1]
    assert list(last) == ["size", "group", "column 3"]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("years", [["1990", "1991"], ["1990", "1995", "2000"], ["1", "2", "3"]])
@pytest.mark.parametrize(
    "first", [["Mazda RX4", "Datsun", "Hornet"], ["3", "7", "11"], ["a1", "a2", "b1"]]
)
def test_years_over_rows_that_name_themselves_are_names(first, years, delimiter):
    cells = [[name, *(f"{i}.{j}5" for j in range(len(years)))] for i, name in enumerate(first)]
    found, questions = read([years, *cells], delimiter)
    assert list(found.frame.columns) == ["row names", *years]
    assert found.frame["row names"].astype(str).tolist() == first
    assert "header" in questions


@pytest.mark.parametrize("quote", ['"', ""])
def test_a_matrix_of_years_as_r_writes_it_keeps_its_years(quote):
    lines = ["Q1990Q,Q1991Q", "QMazda RX4Q,21,6.5", "QDatsun 710Q,22.8,4", "QHornetQ,21.4,6"]
    found = read_table("\n".join([*lines, ""]).replace("Q", quote).encode())
    assert list(found.frame.columns) == ["row names", "1990", "1991"]
    assert found.frame["1990"].tolist() == [21, 22.8, 21.4]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("surplus", [1, 2])
@pytest.mark.parametrize("header", ["dayunits,price,item", "größe,preis,art", "x,y,z"])
def test_names_over_rows_that_all_end_blank_may_be_shifted(header, surplus, delimiter):
    names = header.split(",")
    rows = [["0", str(i), f"{i}.5", *[""] * surplus] for i in range(8)]
    found, questions = read([names, *rows], delimiter)
    assert list(found.frame.columns) == names
    assert "names belong further right" in questions["row_names"].what
    _, shifted = answered([names, *rows], "row_names", delimiter)
    assert list(shifted)[surplus:] == names
    assert [shifted[name] for name in names[: 3 - surplus]] == [0, 0.5][surplus - 1 :]


@pytest.mark.parametrize("name", ["id", "Nr", "order_no"])
def test_an_id_above_numbers_that_differ_says_that_names_are_not_shifted(name):
    _, questions = read([[name, "size"], *([str(i), f"{i}.5", ""] for i in range(8))])
    assert not questions


def test_names_of_rows_that_repeat_are_asked_about_and_said_to_repeat():
    rows = [["north", "1.5", "2"], ["south", "2.5", "3"], ["north", "3.5", "5"]]
    found, questions = read([["a", "b"], *rows])
    assert found.frame["row names"].tolist() == ["north", "south", "north"]
    assert "occur again" in questions["row_names"].evidence


@pytest.mark.parametrize("header", ['"x","x"', '"a","b"'])
def test_what_r_writes_of_a_subset_needs_no_question(header):
    data = f'{header}\n"3",1,2.5\n"7",2,3.5\n"11",5,4.5\n'.encode()
    found = read_table(data)
    assert found.frame.iloc[:, 0].tolist() == [3, 7, 11]
    assert found.frame.columns[0] == "row names"
    assert "row_names" in {repair.key for repair in found.diagnosis.repairs}
    assert not found.diagnosis.questions


def test_equal_names_over_named_rows_stay_names():
    found, _ = read([["x", "x", "y"], ["ann", "1", "2", "3"], ["bob", "4", "5", "6"]])
    assert list(found.frame.columns) == ["row names", "x", "x (2)", "y"]


@pytest.mark.parametrize("name", ["id", "ID", "Nr", "index", "order_no", "case id"])
def test_below_the_name_of_an_id_it_is_rather_the_last_column_that_has_no_name(name):
    rows = [["1", "0.5", "sell", "0"], ["2", "0.7", "buy", "0"], ["3", "0.3", "buy", "1"]]
    found, questions = read([[name, "price", "side"], *rows])
    assert list(found.frame.columns) == [name, "price", "side", "column 4"]
    assert found.frame["price"].tolist() == [0.5, 0.7, 0.3]
    first, second, title = answered([[name, "price", "side"], *rows], "row_names")
    assert first["column 4"] == 0
    assert list(second) == ["row names", name, "price", "side"]
    assert list(title) == ["column 1", "column 2", "column 3", "column 4"]
    assert "row_names" in questions


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("surplus", [1, 2, 3])
def test_names_that_no_row_has_a_cell_for_are_asked_about(delimiter, surplus):
    names = ["id", "item", "size", "approve", "reject", "note"][: 3 + surplus]
    found, questions = read([names, *ROWS], delimiter)
    assert list(found.frame.columns) == names
    assert found.frame[names[-1]].isna().all()
    assert found.frame["size"].tolist() == [1.5, 2.5, 4.0, 3.5]
    first, second = answered([names, *ROWS], "surplus_names", delimiter)
    assert first["id"] == 3
    assert list(second) == names[surplus:]
    assert "surplus_names" in questions


def test_two_words_over_two_words_keep_the_longer_header():
    found, _ = read([["id", "item", "approve", "reject"], ["x1", "lamp"], ["x2", "lamp"]])
    assert list(found.frame.columns) == ["id", "item", "approve", "reject"]
    assert found.frame["item"].tolist() == ["lamp", "lamp"]


@pytest.mark.parametrize("where", [0, 1, 2])
def test_a_blank_name_too_many_is_left_out_and_asked_about(where):
    names = ["id", "item", "size"]
    header = [*names[:where], "", *names[where:]]
    found, questions = read([header, *ROWS])
    assert list(found.frame.columns) == names
    assert "surplus_names" in questions
    assert len(questions["surplus_names"].answers) == 3


@pytest.mark.parametrize("row", ["1,5,2", "1,25,3"])
def test_halves_of_decimal_numbers_are_no_names_of_rows(row):
    with pytest.raises(DataError) as caught:
        read_table(f"a,b\n{row}\n1,75,8\n4,5,5\n".encode())
    assert "decimal commas" in caught.value.hint


def test_names_of_rows_that_were_drawn_twice_need_no_question():
    found = read_table(b'"a","b"\n"3",1,2.5\n"3.1",4,3.5\n"7",6,1.5\n"7.1",2,8.5\n')
    assert list(found.frame.columns) == ["row names", "a", "b"]
    assert not found.diagnosis.questions


@pytest.mark.parametrize("title", ["x", "weight"])
def test_one_name_over_numbers_of_rows_is_asked_about_and_may_be_a_title(title):
    rows = [[title], ["3", "1.5"], ["7", "2.5"], ["11", "4.0"], ["12", "3.5"]]
    found, questions = read(rows)
    assert list(found.frame.columns) == ["row names", title]
    assert len(questions["row_names"].answers) == 3
    first, _, as_title = answered(rows, "row_names")
    assert first == {"row names": 3, title: 1.5}
    assert as_title == {"column 1": 3, "column 2": 1.5}


def test_three_names_over_pairs_of_numbers_are_no_name_of_decimal_commas():
    found, questions = read([["a", "b", "c"], ["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]])
    assert list(found.frame.columns) == ["a", "b", "c"]
    assert found.frame["b"].tolist() == [2, 4, 6, 8]
    assert "surplus_names" in questions


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("n_rows", [40, 400])
def test_numbers_with_decimals_that_occur_again_name_no_rows(delimiter, mark, n_rows):
    if delimiter == mark:
        return
    rows = [
        (f"0.{k * 7 % 23:02d}", f"{k}.5", "ab"[k % 2], f"{k * k % 91}.25") for k in range(n_rows)
    ]
    lines = [delimiter.join(row).replace(".", mark) for row in rows]
    data = "\n".join([delimiter.join(("dose", "size", "group")), *lines, ""]).encode()
    table = read_table(data)
    assert table.frame["dose"].tolist() == [float(row[0]) for row in rows]
    assert table.frame["group"].tolist() == [row[2] for row in rows]
    (question,) = (q for q in table.diagnosis.questions if q.key == "row_names")
    assert "name no rows" in question.evidence
    other = read_table(data, options=question.answers[1].options)
    assert other.frame["dose"].tolist() == [float(row[1]) for row in rows]


@pytest.mark.parametrize(
    ("side", "names"),
    [("left", ["a", "b", "c", "column 4"]), ("right", ["row names", "a", "b", "c"])],
)
def test_who_says_where_the_names_are_needs_no_other_sign_of_it(side, names):
    rows = [f"{k * 7 % 13},{k * 5 % 11},{k * 3 % 7},{k % 2}" for k in range(15)]
    data = "\n".join(["a,b,c", *rows, ""]).encode()
    with pytest.raises(DataError, match="decimal commas"):
        read_table(data)
    table = read_table(data, options=ReadOptions(names_at=side))
    assert list(table.frame) == names
    step, base = (7, 13) if side == "left" else (5, 11)
    assert table.frame["a"].tolist() == [k * step % base for k in range(15)]
