"""Whether there is a header, and the names of columns."""

import pytest

from regpath.io import read_table
from regpath.io.layout.header import column_names, count_header_rows, first_row_is_data


@pytest.mark.parametrize(
    ("lines", "is_data"),
    [
        ("5.1,3.5,setosa|4.9,3.0,setosa", True),
        ("5|7|9", True),
        ("1,7|2,5", True),
        ("5.1,NA|4.9,3.0", True),
        ("1,2,2|4,5,6", True),
        ("x,y|1,2", False),
        ("id,1|7,2", False),
        ("1990,1991,1992|5,6,7", False),
        ("country,1990,2000,2010|chad,6,7,8", False),
        ("0,1|5,6", False),
        (",0|0,5.5|1,6.5", False),
        ("1,2|a,b", False),
        ("name,city|ann,rome", False),
        ("a,b|1,2|3,4|a,b|5,6|a,b|7,8", False),
        ("a,b|x,y|a,b|z,y|a,b|x,w", False),
    ],
)
def test_the_first_row_is_data_if_it_looks_like_the_rows_below(lines, is_data):
    assert first_row_is_data([line.split(",") for line in lines.split("|")]) is is_data


def test_a_table_without_a_header_gets_names_and_a_note():
    table = read_table(b"5.1,a\n4.9,b\n4.7,c\n")
    assert table.frame.columns.tolist() == ["column 1", "column 2"]
    assert table.frame.index.tolist() == [1, 2, 3]
    assert table.notes == (
        "The first row looks like data, so it was not taken as names: "
        "the columns are called 'column 1', 'column 2'.",
    )


def test_names_are_kept_but_for_the_blanks_around_them():
    written = [" a b ", "<b>x</b>", "naïve\n🙂", "=1+1"]
    assert column_names(written) == (["a b", "<b>x</b>", "naïve\n🙂", "=1+1"], [], [])


def test_blank_names_are_filled_in():
    table = read_table(b"a, ,\n1,2,3\n")
    assert list(table.frame.columns) == ["a", "column 2", "column 3"]
    assert table.notes == (
        "2 columns have no name in the header and got one: 'column 2', 'column 3'.",
    )


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("a,a,a", ["a", "a (2)", "a (3)"]),
        ("a,a,a (2)", ["a", "a (3)", "a (2)"]),
        ("a (2),a,a", ["a (2)", "a", "a (3)"]),
        (",column 1", ["column 1", "column 1 (2)"]),
    ],
)
def test_names_become_distinct(written, names):
    assert column_names(written.split(","))[0] == names


def test_renamed_columns_are_noted():
    assert read_table(b"a,a\n1,2\n").notes == (
        "1 column shares its name with an earlier one and got a new one: 'a (2)'.",
    )


def test_names_that_are_numbers_are_asked_about():
    table = read_table(b"id,1990,1991\nx,5,6\n")
    (question,) = table.diagnosis.questions
    assert question.what == (
        "The first row was taken as names although it holds numbers ('1990', '1991'): "
        "does it hold names or data?"
    )
    data = read_table(b"id,1990,1991\nx,5,6\n", options=question.answers[1].options)
    assert data.frame.shape == (2, 3)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("a,b|1,2|3,4", 1),
        ("size,mass|mm,kg|1,2|3,4", 2),
        ("size,mass|(mm),(kg)|1,2|3,4", 2),
        ("name,age|ann,unknown|bob,3|cid,5", 1),
        ("A,,B,|x,y,x,y|1,2,3,4|5,6,7,8", 2),
        ("id,q1,q2,q3|ID,How old?,How tall?,How much?|1,2,3,4|5,6,7,8", 2),
        ("a,b,c|x,NA,NA|y,1,2|z,3,4", 1),
        ("word,other|x,y|u,v|a,b", 1),
    ],
)
def test_rows_of_the_header_are_counted(lines, count):
    assert count_header_rows([line.split(",") for line in lines.split("|")]) == count


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("mark", ["class", "meta", "Klasse", "цель"])
@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_row_that_marks_a_column_below_one_of_kinds_is_part_of_the_header(place, mark, delimiter):
    marks = [mark if j == place else "" for j in range(4)]
    head = [["age", "sex", "size", "ill"], ["c", "d", "c", "d"], marks]
    rows = [[str(30 + i), "mf"[i % 2], f"{i}.5", ["yes", "no"][i % 2]] for i in range(12)]
    data = "".join(delimiter.join(row) + "\n" for row in [*head, *rows]).encode()
    frame = read_table(data).frame
    assert list(frame.columns) == head[0]
    assert frame["age"].tolist() == list(range(30, 42))


def test_a_first_row_with_few_cells_is_data_where_others_are_like_it():
    rows = [["", "", "", "new"], ["1", "a", "2", ""], ["", "", "", "old"], ["3", "b", "4", "new"]]
    lines = [["age", "sex", "size", "note"], ["c", "d", "c", "d"], *rows, *rows[1:]]
    frame = read_table("".join(",".join(row) + "\n" for row in lines).encode()).frame
    assert frame["note"].tolist()[0] == "new"


@pytest.mark.parametrize("kinds", [["d", "d", "d"], ["string", "continuous", "date"]])
@pytest.mark.parametrize("marks", [[], ["", "", "class"], ["meta", "", "class"]])
def test_a_row_of_kinds_is_no_data_in_a_table_of_words(kinds, marks):
    rows = [["first", "adult", "male"], ["second", "child", "female"], ["crew", "adult", "male"]]
    lines = [["status", "age", "sex"], kinds, *([marks] if marks else []), *rows, *rows]
    frame = read_table("".join("\t".join(row) + "\n" for row in lines).encode()).frame
    assert list(frame.columns) == ["status", "age", "sex"]
    assert frame["status"].tolist()[:2] == ["first", "second"]


def test_letters_that_occur_below_are_levels_and_no_kinds():
    frame = read_table(b"a,b\nd,c\nc,d\nd,d\nc,c\n").frame
    assert len(frame) == 4


ROWS = [[f"b{i}", *(f"{(i * 7 - j * 11) % 50}.5" for j in range(4))] for i in range(12)]


def rows_below(header, delimiter=","):
    width = len(header.split(","))
    lines = [header, *(",".join(row[:width]) for row in ROWS)]
    return "".join(line.replace(",", delimiter) + "\n" for line in lines).encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "header",
    [
        "region,2021",
        "region,2021,2023",
        "region,2015,2019,2020",
        "region,2020,2015,1990",
        "region,1990,2000,2010,2015",
        "region,2019-01-01,2019-02-01,2019-03-01",
        "region,1/22/20,1/23/20",
        "region,31.12.2019,31.12.2020",
        "time,08:00,09:00,12:00",
        "region,10%,20%,50%",
        "region,$5,$10",
        "",
    ],
)
def test_years_dates_and_shares_above_other_numbers_are_names(header, delimiter):
    header = header or "region,€ 5,€ 10"
    table = read_table(rows_below(header, delimiter))
    assert list(table.frame) == header.split(",")
    assert len(table.frame) == 12
    assert all(dtype.kind == "f" for dtype in table.frame.dtypes[1:])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["dose,0.1,0.5,0.9", "who,5,10,30", "x,1e-3,1e-2,1e-1,1"])
def test_numbers_that_rise_as_in_no_row_below_may_be_names_and_are_asked_about(header, delimiter):
    data = rows_below(header, delimiter)
    table = read_table(data)
    assert len(table.frame) == 13
    questions = {question.key: question for question in table.diagnosis.questions}
    taken, other = (read_table(data, options=a.options) for a in questions["header"].answers)
    assert len(taken.frame) == 13
    assert list(other.frame) == header.split(",")
    assert not {q.key for t in (taken, other) for q in t.diagnosis.questions} & {"header"}


@pytest.mark.parametrize(
    "lines",
    [
        [f"a{i},{1990 + i},{2000 + i * 7 % 20}" for i in range(12)],
        [f"a{i},{i},{i + 2},{i + 5}" for i in range(12)],
        [f"{2000 + i * 5 % 12},{i}.5,b" for i in range(12)],
        [f"{'xy'[i % 2]},{10 + i * 7 % 5},{20 + i * 3 % 7}" for i in range(12)],
        [f"2020-01-{i + 1:02d},{i * 7 % 5}.5,{i}" for i in range(12)],
        [f"${i}.5,{i * 7 % 5},w{i}" for i in range(12)],
    ],
)
def test_first_rows_like_the_others_are_data_without_a_question(lines):
    table = read_table("".join(line + "\n" for line in lines).encode())
    assert len(table.frame) == 12
    assert "header" not in {question.key for question in table.diagnosis.questions}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("years", ["2019,2020,2021", "2010,2015,2020", "2021,2020,2019"])
def test_years_below_the_name_of_a_group_are_names(years, delimiter):
    rows = [f"O{i},T{i % 3},{10 + i * 7 % 31},{i * 5 % 29},{i * 3 % 23}" for i in range(20)]
    lines = ["Organisation,Type,Numbers,,", f",,{years}", *rows, ""]
    table = read_table("\n".join(lines).replace(",", delimiter).encode())
    assert len(table.frame) == 20
    assert list(table.frame)[:2] == ["Organisation", "Type"]
    assert all(y in name for y, name in zip(years.split(","), list(table.frame)[2:], strict=True))


@pytest.mark.parametrize("n", [2, 3, 4])
def test_questions_of_a_survey_below_their_keys_are_names(n):
    asked = ["How old are you?", "How happy were you?", "How many rooms?", "How far is it?"][:n]
    rows = [",".join(str((i * (j + 3)) % 17) for j in range(n)) for i in range(20)]
    keys = ",".join(f"Q{j}" for j in range(n))
    table = read_table("\n".join([keys, ",".join(asked), *rows, ""]).encode())
    assert len(table.frame) == 20
    assert all(dtype.kind == "i" for dtype in table.frame.dtypes)
