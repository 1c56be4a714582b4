"""Which delimiter."""

import pytest

from regpath.errors import DataError
from regpath.io import read_table
from regpath.io.dialect import DELIMITERS, delimiter_notes, find_delimiter
from regpath.io.records import NO_DELIMITER


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_every_delimiter_is_found(delimiter):
    text = "name,x,y\nann,1.5,2\nbob,2.5,3\n".replace(",", delimiter)
    assert find_delimiter(text)[0] == delimiter


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
    ],
)
def test_the_delimiter_that_splits_evenly_and_cleanly_wins(text, delimiter):
    assert find_delimiter(text)[0] == delimiter


def test_a_title_above_the_table_does_not_make_it_one_column():
    with pytest.raises(DataError) as caught:
        read_table(b"My report\na,b\n1,2\n3,4\n")
    assert caught.value.message == "Line 2 has 2 fields, but the header has 1."
    assert caught.value.hint.endswith("If the lines above hold a title, delete them.")


@pytest.mark.parametrize("line", ["sep=;", '"SEP=;"'])
def test_the_declaration_of_excel_is_followed(line):
    table = read_table(f"{line}\r\na;b\r\n1;2\r\n".encode())
    assert table.frame.to_dict("list") == {"a": [1], "b": [2]}


def test_a_sample_that_ends_within_a_row_misleads_nobody():
    text = "a,b\n" + "x;1," + "y" * 2**19 + "\n" + "x;1," + "z" * 2**20
    assert find_delimiter(text)[0] == ","


def test_notes_name_the_delimiter_unless_it_is_a_comma():
    assert delimiter_notes(",") == []
    assert delimiter_notes("\t") == ["Columns are separated by tabs."]
    assert delimiter_notes(NO_DELIMITER) == [
        "The file was read as one column: no comma, semicolon, tab or bar divides its first line."
    ]
