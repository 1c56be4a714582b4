"""Text to rows of cells."""

import csv

import pytest

from regpath.errors import DataError
from regpath.io import ReadOptions, read_table
from regpath.io.findings import Findings
from regpath.io.text.records import read_records
from regpath.io.text.splitting import Dialect, line_of_row, row_reader


def records_of(text, **dialect):
    findings = Findings(ReadOptions())
    return read_records(text.encode(), Dialect(**dialect), findings)[0], findings


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_ends_a_row(end):
    records, findings = records_of(end.join(["a,b", "1,2", "3,4"]))
    assert records.rows == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert records.numbers == [1, 2, 3]
    assert findings.repairs == []


def test_quotes_protect_delimiters_line_ends_and_quotes():
    records, _ = records_of('a,b\n"x,\r\ny","say ""hi"""\nc\u2028d,e\n')
    assert records.rows[1:] == [["x,\r\ny", 'say "hi"'], ["c\u2028d", "e"]]
    assert records.numbers == [1, 2, 3]


def test_blank_rows_are_left_out_and_keep_their_numbers():
    assert records_of("a,b\n\n1,2\n , \n,\n3,4\n\n")[0].numbers == [1, 3, 6]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'a,b\n1,2\n3,"4, x\n5,6\n',
            "The row that starts on line 3 opens a quote that is never closed.",
        ),
        (
            'a,b\n1,"2" inch, 3\n3,4\n',
            "In the row that starts on line 2, text follows a closing quote.",
        ),
        (
            'a,b,c\n1,2,"3\n4,5,6\n7,8,9\n1,1,1"\n2,2,2\n',
            "The row that starts on line 2 holds a quoted text of 4 lines that look like rows of "
            "the table.",
        ),
    ],
)
def test_broken_quotes_are_refused_with_their_line(text, message):
    with pytest.raises(DataError) as caught:
        records_of(text)
    assert caught.value.message == message
    assert "quote" in caught.value.hint


def test_a_stray_quote_in_an_even_table_is_text():
    records, findings = records_of('size,n\n5" nail,1\n"6" nail,2\n"a ""b""",3\n')
    assert [row[0] for row in records.rows] == ["size", '5" nail', '"6" nail', 'a "b"']
    assert findings.repairs[0].what == (
        "Quotes do not pair on line 3; they were read as part of the text."
    )


def test_a_file_that_is_cut_off_within_quotes_loses_its_last_line():
    records, findings = records_of('a,b\n1,"x"\n2,"y')
    assert records.rows == [["a", "b"], ["1", "x"]]
    assert findings.repairs[0].key == "cut_off"


def test_a_long_cell_is_read():
    assert records_of('a,b\n1,"' + "x" * 200_000 + '"\n')[0].rows[1][1] == "x" * 200_000


def test_a_file_that_ends_in_an_escape_is_cut_off_there():
    records, findings = records_of('a,b\n"x",1\nu,\\', escape="\\")
    assert records.rows == [["a", "b"], ["x", "1"]]
    assert findings.repairs[0].key == "cut_off"
    with pytest.raises(DataError, match="never closed"):
        records_of('a,b,c\n"x,1\nu,\\', escape="\\")


def test_a_cell_without_end_is_refused_both_ways(monkeypatch):
    monkeypatch.setattr("regpath.io.text.splitting._LONGEST_CELL", 1000)
    before = csv.field_size_limit(1000)
    try:
        with pytest.raises(DataError, match="starts on line 2 holds a cell of over"):
            records_of("a,b\n" + "x" * 2000 + ",1\n")
        with pytest.raises(DataError, match="starts on line 1 holds a cell of over"):
            read_table(b"x" * 2000 + b"\n1\n2\n")
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("delimiter", "line", "cells"),
    [
        (" ", "  a \t 'b c'  1.5 ", ["a", "b c", "1.5"]),
        ("  ", "New York   12  3.4", ["New York", "12", "3.4"]),
    ],
)
def test_runs_of_blanks_are_one_delimiter(delimiter, line, cells):
    assert list(row_reader(line.encode(), Dialect(delimiter, "'"))) == [cells]


def test_backslashes_protect_quotes():
    dialect = Dialect(escape="\\")
    assert list(row_reader(rb'"say \"hi\", you",1', dialect)) == [['say "hi", you', "1"]]


def test_the_line_of_a_row_counts_quoted_line_ends():
    assert line_of_row(b'a,b\n"x\ny",1\n\n1,2\n', Dialect(), 4) == 5
