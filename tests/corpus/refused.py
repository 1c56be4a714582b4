"""What is no table, under the name of one."""

from tests.corpus.case import Case
from tests.corpus.containers import zipped


def refused(name: str, data: bytes, message: str) -> Case:
    return Case(name, f"it is {message}", data, None, message=message)


CASES = [
    refused("nothing.csv", b"", "is empty"),
    refused("blanks.csv", b" \n\t\n\r\n", "is empty"),
    refused("delimiters.csv", b",,,\n,,,\n", "is empty"),
    refused("mark.csv", b"\xef\xbb\xbf", "is empty"),
    refused("zeros.csv", bytes(5000), "is empty"),
    refused("image.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    refused("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
    refused("gif.csv", b"GIF89a\1\0\1\0\x80", "a GIF image"),
    refused("paper.csv", b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    refused(
        "old.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "a workbook that cannot be read",
    ),
    refused(
        "sheet.ods",
        zipped({"mimetype": b"x", "META-INF/manifest.xml": b""}),
        "an OpenDocument file",
    ),
    refused("letter.docx", zipped({"word/document.xml": b""}), "a Word document"),
    refused("binary.xlsb", zipped({"xl/workbook.bin": b""}), "a workbook that cannot be read"),
    refused("arrays.npz", zipped({"a.npy": b"\x93NUMPY"}), "a set of NumPy arrays"),
    refused("array.npy", b"\x93NUMPY\1\0v\0", "a NumPy array"),
    refused("page.csv", b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", "a web page"),
    refused("table.html", b"<table><tr><td>1</td></tr></table>", "a web page"),
    refused("feed.csv", b'<?xml version="1.0"?>\n<a><b>1</b></a>', "an XML file"),
    refused("records.csv", b'[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', "a JSON file"),
    refused("lines.csv", b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "a JSON file"),
    refused("pretty.json", b'{\n  "a": [1, 2],\n  "b": [3, 4]\n}\n', "a JSON file"),
    refused(
        "weka.arff",
        b"% title\n@relation x\n@attribute a numeric\n@data\n1,y\n2,n\n",
        "an ARFF file",
    ),
    refused("dump.sql", b"INSERT INTO t VALUES (1,'a',2.5);\n" * 5, "a dump of an SQL database"),
    refused("sparse.txt", b"1 1:0.5 2:0.3\n-1 1:0.2 3:0.7\n1 2:0.1 3:0.9\n", "a LIBSVM file"),
    refused("work.py", b"import os\n\ndef f(x, y):\n    return x + y, 1\n\nf(1, 2)\n", "a script"),
    refused("base.csv", b"SQLite format 3\0" + bytes(84), "an SQLite database"),
    refused("survey.sav", b"$FL2@(#) SPSS DATA FILE" + bytes(50), "an SPSS file"),
    refused("survey.dta", b"<stata_dta><header>", "a Stata file"),
    refused("work.RData", b"RDX3\nX\n\0\0\0\3", "an R workspace"),
    refused("packed.bz2", b"BZh91AY&SY\0\0\1", "a bzip2 archive"),
    refused("packed.xz", b"\xfd7zXZ\0\0\4", "an xz archive"),
    refused("packed.7z", b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive"),
    refused("store.h5", b"\x89HDF\r\n\x1a\n\0", "an HDF5 file"),
    refused("noise.csv", bytes((i * 89 + i * i) % 256 for i in range(4000)), "is not a text file"),
]
