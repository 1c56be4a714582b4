"""Which delimiter, which quote."""

import pytest

from regpath.errors import DataError
from regpath.io import ReadOptions, read_table
from regpath.io.findings import Findings
from regpath.io.options import NO_DELIMITER
from regpath.io.text.decoding import DecodedText
from regpath.io.text.dialect import DELIMITERS, find_dialect


def dialect_of(text, **options):
    findings = Findings(ReadOptions(**options))
    return find_dialect(DecodedText(text.encode(), "utf-8"), findings)[0], findings


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_every_delimiter_is_found(delimiter):
    text = "name,x,y\nann,1.5,2\nbob,2.5,3\n".replace(",", delimiter)
    assert dialect_of(text)[0].delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ('a,b\n"x;y;z",1\n"u;v;w",2\n', ","),
        ("a,b\nx;y,1\nu;v,2\n", ","),
        ("a\tb\n1,2,3\tx\n1,2,4\ty\n", "\t"),
        ('a|b\n"1|\n2"|3\n', "|"),
        ("a,b\n1,2\n3,4,5\n6,7\n", ","),
        ("x\n1,5\n2,5\n", NO_DELIMITER),
        ("x\n1\n2\n", NO_DELIMITER),
        ("x", NO_DELIMITER),
        ("word\nhello\nwell, well\nbye\n", NO_DELIMITER),
        ("name\nAnn Lee\nBob Day\n", NO_DELIMITER),
        ("t;x\n12:30:11;5\n12:31:11;6\n", ";"),
        ("t,x\n12:30:11,5\n12:31:11,6\n", ","),
        ("a;b\n1 234,5;2 345,6\n3 456,7;4 567,8\n", ";"),
        ("My title, long\n\na;b\n1;2\n3;4\n", ";"),
    ],
)
def test_the_delimiter_that_splits_evenly_and_cleanly_wins(text, delimiter):
    assert dialect_of(text)[0].delimiter == delimiter


def test_apostrophes_quote_where_they_stand_around_cells():
    assert dialect_of("a,b\n'x, y',1\n'it',2\n")[0].quote == "'"
    assert dialect_of("a,b\nit's,1\nit's not,2\n")[0].quote == '"'


def test_a_backslash_escapes_only_where_it_stands_before_quotes():
    assert dialect_of('a,b\n"x \\"y\\", z",1\n"u",2\n')[0].escape == "\\"
    assert dialect_of('a,b\n"C:\\",1\n"D:\\",2\n')[0].escape == ""


def test_what_a_person_says_is_followed():
    assert dialect_of("a,b;c\n1,2;3\n", delimiter=";")[0].delimiter == ";"
    assert dialect_of('"a",b\n"1",2\n', quote="")[0].quote == ""


@pytest.mark.parametrize("line", ["sep=;", '"SEP=;"'])
def test_the_declaration_of_excel_is_followed(line):
    table = read_table(f"{line}\r\na;b\r\n1;2\r\n".encode())
    assert table.frame.to_dict("list") == {"a": [1], "b": [2]}
    assert table.frame.index.tolist() == [3]


def test_a_sample_that_ends_within_a_row_misleads_nobody():
    text = "a,b\n" + "x;1," + "y" * 2**19 + "\n" + "x;1," + "z" * 2**20
    assert dialect_of(text)[0].delimiter == ","


def test_the_delimiter_is_noted_unless_it_is_a_comma_and_can_be_undone():
    assert dialect_of("a,b\n1,2\n")[1].repairs == []
    (repair,) = dialect_of("a\tb\n1\t2\n")[1].repairs
    assert repair.what == "Columns are separated by tabs."
    assert repair.undo.delimiter == ","
    assert dialect_of("x\n1\n")[1].repairs[0].what.startswith("The file was read as one column")


@pytest.mark.parametrize("sign", [",", ";", "|"])
@pytest.mark.parametrize(
    "lines",
    [
        [["1"] * (k + 1) for k in range(1, 30)],
        [["a", "b", "c"], ["1", "2"], ["3"], ["4", "5", "6", "7"], ["8", "9"], ["1"] * 6] * 3,
        [["7"] * (1 + k * k % 11) for k in range(24)],
        [["ab", "cd ef"] * (1 + k * 7 % 6) for k in range(24)],
    ],
)
def test_lines_that_nothing_divides_evenly_are_asked_about(lines, sign):
    data = "\n".join(["text", *(sign.join(line) for line in lines)]).encode()
    table = read_table(data)
    assert table.frame.shape == (len(lines), 1)
    question = next(each for each in table.diagnosis.questions if each.key == "delimiter")
    one, divided = question.answers
    assert read_table(data, options=one.options).frame.equals(table.frame)
    with pytest.raises(DataError, match=r"Line .* has .* field"):
        read_table(data, options=divided.options)


@pytest.mark.parametrize(
    "cells", [["1,5", "2,5", "3,75"], ["Ann", "Bob", "Carl, Jr."], ["a b c", "d", "e f"]]
)
def test_one_column_that_nothing_could_divide_is_not_asked_about(cells):
    table = read_table("\n".join(["x", *cells * 5]).encode())
    assert table.frame.shape == (15, 1)
    assert "delimiter" not in {each.key for each in table.diagnosis.questions}
