"""Text to rows of cells."""

import pytest

from regpath.errors import DataError
from regpath.io.records import read_records


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_ends_a_row(end):
    records = read_records(end.join(["a,b", "1,2", "3,4"]), ",")
    assert records.cells == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert records.numbers == [1, 2, 3]
    assert records.notes == []


def test_quotes_protect_delimiters_line_ends_and_quotes():
    text = 'a,b\n"x,\r\ny","say ""hi"""\nc\u2028d,e\n'
    records = read_records(text, ",")
    assert records.cells[1:] == [["x,\r\ny", 'say "hi"'], ["c\u2028d", "e"]]
    assert records.numbers == [1, 2, 3]


def test_blank_rows_are_left_out_and_keep_their_numbers():
    records = read_records("a,b\n\n1,2\n , \n,\n3,4\n\n", ",")
    assert records.numbers == [1, 3, 6]
    assert records.notes == ["3 blank rows were left out."]


def test_one_blank_row_is_one():
    assert read_records("a,b\n\n1,2\n", ",").notes == ["1 blank row was left out."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,c\n1,2,3\n4,5\n", "Line 3 has 2 fields, but the header has 3."),
        ("a,b,c\n1,2,3\n4\n", "Line 3 has 1 field, but the header has 3."),
        ("a,b\n1,2,3\n", "Line 2 has 3 fields, but the header has 2."),
        ('a,b\n"x\ny",1\n\n1,2,3\n', "Line 5 has 3 fields, but the header has 2."),
        ("a,b,\n1,2\n", "Line 2 has 2 fields, but the header has 3."),
    ],
)
def test_rows_of_another_length_are_refused_with_their_line(text, message):
    with pytest.raises(DataError) as caught:
        read_records(text, ",")
    assert caught.value.message == message
    assert caught.value.hint.startswith(
        "Look there for a missing or a surplus ',', or for text with ',' in it"
    )


def test_blank_fields_beyond_the_last_column_are_cut():
    records = read_records("a,b\n1,2,,\n3,4\n", ",")
    assert records.cells == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert records.notes == [
        "1 row ends in blank fields beyond the last column; they were left out."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'a,b\n1,2\n3,"4\n5,6\n',
            "The row that starts on line 3 opens a quote that is never closed.",
        ),
        ('a,b\n1,"2" inch\n', "In the row that starts on line 2, text follows a closing quote."),
        (
            'a,b\n1,"' + "x" * 200_000 + '"\n',
            "The row that starts on line 2 holds a field of over 131072 characters.",
        ),
    ],
)
def test_broken_quotes_are_refused_with_their_line(text, message):
    with pytest.raises(DataError) as caught:
        read_records(text, ",")
    assert caught.value.message == message
    assert caught.value.hint == ('Close each quote on its line; write a quote within quotes as "".')
