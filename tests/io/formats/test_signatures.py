"""Files that hold no table are called by their name."""

import io
import zipfile

import pytest

from regpath.errors import DataError
from regpath.io import read_table


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "a,b\n1,2\n")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("word/document.xml", "[Content_Types].xml"), "a Word document (.docx)"),
        (zipped("META-INF/manifest.xml"), "an OpenDocument file, but no workbook"),
        (b"\x09\x08\x10\0\0\x06\x05\0" + bytes(100), "a very old Excel workbook"),
        (b"BZh91AY&SY\x00\x01", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "a Zstandard archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"SQLite format 3\0" + bytes(20), "an SQLite database"),
        (b"\n <!DOCTYPE html><html></html>", "a web page"),
        (b"<HTML>", "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
        (b'{"a": [1, 2], "b": 3}', "a JSON file"),
        (b'[\n  {"a": 1},\n  {"a": 2}\n]\n', "a JSON file"),
        (b'{"a": 1}\n{"a": 2}\n', "a JSON file"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(data, kind):
    with pytest.raises(DataError) as caught:
        read_table(data, name="data.csv")
    assert caught.value.message == f"'data.csv' is {kind}, not a CSV file."
    assert caught.value.hint


@pytest.mark.parametrize(
    "text", ["PAR1,PAR2\n1,2\n", "BZh,b\n1,2\n", "[a],[b]\n1,2\n", "{x},{y}\n1,2\n"]
)
def test_names_may_look_like_a_signature(text):
    assert read_table(text.encode()).frame.shape == (1, 2)
