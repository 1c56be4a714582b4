"""Several tables in one file: which is read, and that it is asked."""

import pytest

from regpath.io import read_table

MARKS = [",", ";", "\t", "|"]
BETWEEN = [[], [""], [",,"], ["Travel,,"], ["", "Travel,,", ""], ["Travel"]]
FIRST = ["who,day,cost", "ann,mon,10", "bob,tue,20", "cid,wed,35", "dan,thu,40", "eve,fri,55"]


def read(lines, delimiter=","):
    data = "".join(line.replace(",", delimiter) + "\n" for line in lines).encode()
    table = read_table(data)
    return data, table, {question.key: question for question in table.diagnosis.questions}


def shapes(data, question):
    return [read_table(data, options=a.options).frame.shape for a in question.answers]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "between", [[], [""], [",,"], ["Travel,,"], ["", "Travel,,", ""], ["Travel"]]
)
@pytest.mark.parametrize("second", ["who,day,travel", "who,town,cost", "WHO,day,cost"])
def test_a_second_header_that_shares_names_starts_a_table(second, between, delimiter):
    lines = [*FIRST, *between, second, "fay,sat,7", "gus,sun,8", "ida,mon,9"]
    data, table, questions = read(lines, delimiter)
    assert table.frame["cost"].tolist() == [10, 20, 35, 40, 55]
    assert shapes(data, questions["tables"]) == [(5, 3), (3, 3)]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("between", [[], ["Weights,,,"], [""]])
def test_words_over_numbers_start_a_table_of_the_same_width(between, delimiter):
    first = ["name,x,y,z", *(f"a{i},{i},{i * 2},{i * 3}.5" for i in range(8))]
    second = ["thing,mass,size,age", *(f"b{i},{i},{i * 5},{i}.25" for i in range(5))]
    data, table, questions = read([*first, *between, *second], delimiter)
    assert table.frame["y"].tolist() == [2 * i for i in range(8)]
    assert shapes(data, questions["tables"]) == [(8, 4), (5, 4)]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("width", [2, 3, 5, 7])
def test_words_of_another_width_over_numbers_start_a_table(width, delimiter):
    first = ["name,x,y,z", *(f"a{i},{i},{i * 2},{i * 3}.5" for i in range(9))]
    second = [",".join(f"n{chr(97 + j)}x" for j in range(width))]
    second += [",".join(["u", *(str(i + j) for j in range(width - 1))]) for i in range(4)]
    data, table, questions = read([*first, *second], delimiter)
    assert table.frame.shape == (9, 4)
    assert shapes(data, questions["tables"]) == [(9, 4), (4, width)]


def test_a_table_of_words_alone_is_ended_by_a_header_like_its_own():
    lines = ["who,day,org", "A,Oct,X", "", "who,day,cost", "A,Oct,10"]
    data, _, questions = read(lines)
    assert sorted(shapes(data, questions["tables"])) == [(1, 3), (1, 3)]


NUMBERS = ["name,x,y", *(f"a{i},{i * 3 % 17},{i}.5" for i in range(14))]
WORDS = [
    "who,town,job",
    *(f"{'AB'[i % 2]},{'RO'[i // 2 % 2]},{'cs'[i // 3 % 2]}" for i in range(14)),
]
DAYS = [
    "дата,город,сумма",
    *(f"2020-01-{1 + i:02d},{'МПК'[i % 3]},{i * 7 % 50}" for i in range(14)),
]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("between", [[], [""], ["Second part,,"], ["", "Second part", ""]])
@pytest.mark.parametrize(
    ("first", "second"),
    [(NUMBERS, "words"), (WORDS, "numbers"), (WORDS, "few"), (DAYS, "numbers"), (DAYS, "few")],
)
def test_a_row_of_words_where_columns_change_their_kind_starts_a_table(
    first, second, between, delimiter
):
    n = 3 if second == "few" else 8
    cells = [["red", "blue", "old"][i % 3] if second == "words" else str(5 * i) for i in range(n)]
    below = ["cola,colb,colc", *(f"k{i},{cells[i]},{cells[(i + 1) % n]}" for i in range(n))]
    data, table, questions = read([*first, *between, *below], delimiter)
    assert list(table.frame.columns) == first[0].split(",")
    assert shapes(data, questions["tables"]) == [(14, 3), (n, 3)]


@pytest.mark.parametrize("n", [8, 14])
@pytest.mark.parametrize("between", [[], ["Second part"], [""]])
def test_a_first_table_is_no_note_above_a_wider_one(between, n):
    second = ["a,b,c,d,e", *(f"k{i},{i},{i}.5,{i + 2},{i * i}" for i in range(n))]
    for first in (NUMBERS, WORDS):
        data, _, questions = read([*first, *between, *second])
        assert shapes(data, questions["tables"]) == [(14, 3), (n, 5)]


def test_a_column_that_holds_words_and_then_numbers_starts_no_table():
    lines = ["who,town,code", *(f"Ann {i},Rome {i},none yet" for i in range(9))]
    _, table, questions = read([*lines, *(f"Bob {i},Oslo {i},{i}" for i in range(9))])
    assert len(table.frame) == 18
    assert "tables" not in questions


@pytest.mark.parametrize(
    "row",
    [
        "fay,sat,unknown",
        "who,sat,12",
        "fay,who,none",
        "total,all,12",
        "fay,day,missing",
    ],
)
def test_rows_with_a_word_among_numbers_start_no_table(row):
    _, _, questions = read([*FIRST, row, "gus,sun,8", "ida,mon,9"])
    assert "tables" not in questions


def test_the_header_itself_again_starts_no_table():
    _, table, questions = read([*FIRST, FIRST[0], "gus,sun,8", "ida,mon,9"])
    assert len(table.frame) == 7
    assert "tables" not in questions


def test_labels_of_missing_values_in_two_columns_start_no_table():
    lines = ["a,b,c", *(f"x{i},{i},{i}.5" for i in range(9)), "x9,refused,unknown"]
    lines += [f"y{i},{i},{i}.5" for i in range(9)] + ["y9,unknown,refused"]
    _, _, questions = read([*lines, "z,1,2"])
    assert "tables" not in questions


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(
    "second", ["region,2021,2022", "region,2021,2023", "region,2021", "region,2021,2022,2023"]
)
def test_a_header_of_other_years_starts_a_table(second, between, delimiter):
    width = second.count(",") + 1
    first = ["region,2019,2020", *(f"a{i},{10 + i * 7 % 9},{i * 3}.5" for i in range(8))]
    rows = [",".join([f"b{i}", *(str(i * j % 7) for j in range(1, width))]) for i in range(5)]
    data, table, questions = read([*first, *between, second, *rows], delimiter)
    assert list(table.frame) == ["region", "2019", "2020"]
    assert table.frame["2020"].tolist() == [i * 3 + 0.5 for i in range(8)]
    assert shapes(data, questions["tables"]) == [(8, 3), (5, width)]


def test_years_below_a_header_of_words_start_a_table_if_its_first_name_is_there_again():
    first = ["region,low,high", *(f"a{i},{10 + i * 7 % 9},{i * 3}.5" for i in range(8))]
    second = ["region,2021,2022", *(f"b{i},{i},{i * 2}" for i in range(5))]
    data, _, questions = read([*first, "", *second])
    assert shapes(data, questions["tables"]) == [(8, 3), (5, 3)]


def test_a_row_of_years_that_is_called_otherwise_starts_no_table():
    lines = ["region,2019,2020", *(f"a{i},{2000 + i},{2001 + i}" for i in range(8))]
    _, table, questions = read(lines)
    assert len(table.frame) == 8
    assert "tables" not in questions
