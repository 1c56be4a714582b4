"""Bytes to text."""

import gzip
import io
import zipfile

import pytest

from regpath.errors import DataError
from regpath.io import read_table
from regpath.io.decoding import decode, line_of


def zipped(inner):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(inner, "a,b")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (gzip.compress(b"a,b\n1,2\n"), "a gzip archive"),
        (zipped("data.csv"), "a zip archive"),
        (zipped("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Excel workbook (.xls)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PAR1\x15\x04PAR1", "a Parquet file"),
        (b"\n <!DOCTYPE html><html></html>", "a web page"),
        (b"<HTML>", "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
    ],
)
def test_what_is_not_csv_is_called_by_its_name(data, kind):
    with pytest.raises(DataError) as caught:
        decode(data, "data.csv")
    assert caught.value.message == f"'data.csv' is {kind}, not a CSV file."
    assert caught.value.hint


def test_a_column_may_be_called_like_a_signature():
    assert decode(b"PAR1,PAR2\n1,2\n", "data.csv")[0] == "PAR1,PAR2\n1,2\n"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b",,\n,,\n"]
)
def test_an_empty_file_is_refused(data):
    with pytest.raises(DataError) as caught:
        read_table(data)
    assert str(caught.value) == (
        "'upload.csv' is empty. Choose a file with a header line and at least one row of data."
    )


@pytest.mark.parametrize(("byte", "shown"), [(b"\0", "0x00"), (b"\x1f", "0x1F")])
def test_control_characters_are_refused_with_their_line(byte, shown):
    with pytest.raises(DataError) as caught:
        decode(b"a,b\r\n1,2\r\n3," + byte, "data.csv")
    assert caught.value.message == (
        f"'data.csv' is not a text file: line 3 holds the control character {shown}."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_decoded_without_a_note(encoding):
    text, found, notes = decode("größe,ж,🙂\n".encode(encoding), "data.csv")
    assert (text, notes) == ("größe,ж,🙂\n", [])
    assert "größe".encode(found).decode(found) == "größe"


def test_big_endian_utf_16():
    assert decode(b"\xfe\xff" + "é,b\n".encode("utf-16-be"), "data.csv")[0] == "é,b\n"


def test_utf_16_that_is_cut_off_is_refused():
    with pytest.raises(DataError, match="starts like UTF-16 text, but byte 8 does not fit"):
        decode("a,b".encode("utf-16") + b"\n", "data.csv")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [(b"a\n\x80\xe9\n", "a\n€é\n", "Windows-1252"), (b"a\n\x81\xe9\n", "a\n\x81é\n", "Latin-1")],
)
def test_eight_bit_text_is_decoded_with_a_note(data, text, encoding):
    note = (
        f"The file is not UTF-8 (line 2), so it was read as {encoding}: "
        "check the letters with accents."
    )
    found, encoding, notes = decode(data, "data.csv")
    assert (found, notes) == (text, [note])
    assert data.decode(encoding) == text


@pytest.mark.parametrize("text", ["a\nb\nc", "a\rb\rc", "a\r\nb\r\nc"])
def test_lines_are_counted_whatever_ends_them(text):
    assert line_of(text, text.index("c")) == line_of(text.encode(), text.index("c")) == 3
