"""What a file is, by its first bytes and never by its name; what is not a table is refused."""

from __future__ import annotations

import json
import re
from zipfile import ZipFile

from regpath.errors import DataError

_SAVE_AS = "Open it in the program that made it, save the table as CSV (UTF-8), and bring that."
_UNPACK = "Unpack it, and bring the table that is inside."
_CONVERT = "Read it in the program that made it, and write the table as CSV (UTF-8) or Parquet."

_REFUSED = (
    (b"\x09\x08\x10\0\0\x06\x05\0", "a very old Excel workbook", _SAVE_AS),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _SAVE_AS),
    (b"\xff\xd8\xff", "a JPEG image", _SAVE_AS),
    (b"GIF87a", "a GIF image", _SAVE_AS),
    (b"GIF89a", "a GIF image", _SAVE_AS),
    (b"II*\0", "a TIFF image", _SAVE_AS),
    (b"MM\0*", "a TIFF image", _SAVE_AS),
    (b"%PDF-", "a PDF document", _SAVE_AS),
    (b"{\\rtf", "a rich-text document (.rtf)", _SAVE_AS),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", _CONVERT),
    (b"SQLite format 3\0", "an SQLite database", _CONVERT),
    (b"$FL2", "an SPSS file (.sav)", _CONVERT),
    (b"$FL3", "an SPSS file (.sav)", _CONVERT),
    (b"<stata_dta>", "a Stata file (.dta)", _CONVERT),
    (b"HEADER RECORD*******LIB", "a SAS transport file (.xpt)", _CONVERT),
    (b"RDX2\n", "an R workspace (.RData)", _CONVERT),
    (b"RDX3\n", "an R workspace (.RData)", _CONVERT),
    (b"X\n\0\0\0", "an R object (.rds)", _CONVERT),
    (b"\x93NUMPY", "a NumPy array (.npy)", _CONVERT),
    (b"ORC\x08", "an ORC file", _CONVERT),
    (b"Obj\x01", "an Avro file", _CONVERT),
    (b"FEA1", "an old Feather file", _CONVERT),
    (b"\x7fELF", "a program", _SAVE_AS),
    (b"MZ\x90\0", "a program", _SAVE_AS),
)
_PACKAGES = (
    ("word/document.xml", "a Word document (.docx)", _SAVE_AS),
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _SAVE_AS),
    ("Index/Document.iwa", "a Numbers or Pages document", _SAVE_AS),
    ("META-INF/manifest.xml", "an OpenDocument file, but no workbook", _SAVE_AS),
    ("AndroidManifest.xml", "a program", _SAVE_AS),
)
_MARKUP = re.compile(r"<(!doctype html|html|head|body|table|\?xml|svg)\b", re.IGNORECASE)
_SQL = r"(?:\s*--.*\n)*\s*(?:insert into|create table|begin transaction)\b"
_KINDS_OF_TEXT = (
    (re.compile(r"(?:\s*%.*\n)*\s*@relation\b", re.IGNORECASE), "an ARFF file of Weka"),
    (re.compile(_SQL, re.IGNORECASE), "a dump of an SQL database"),
    (re.compile(r"(?:[-+]?[0-9][0-9.e+-]*(?: [0-9]+:[0-9.e+-]+)+\s*\n){2}"), "a LIBSVM file"),
    (re.compile(r"\s*(?:from \w[\w.]* )?import \w|\s*#!/|\s*library\(\w"), "a script"),
)
_DOWNLOAD = "The download may have led to a login or preview page: download the file itself."
_JSON_START = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\]\"\d-])")


def refuse_signature(data: bytes, name: str) -> None:
    """Refuse by name what begins as other programs' files do."""
    for signature, kind, hint in _REFUSED:
        if data.startswith(signature) and not _is_words(signature, data):
            raise not_a_table(name, kind, hint)


def not_a_table(name: str, kind: str, hint: str = _SAVE_AS) -> DataError:
    """Word the error for a file that is something else."""
    return DataError(f"{name!r} is {kind}, not a CSV file.", hint)


def refuse_other_text(start: str, name: str) -> None:
    """Refuse web pages, XML, JSON and what other programs write by name."""
    words = start.lstrip().removeprefix("\ufeff").lstrip()
    found = _MARKUP.match(words)
    if found:
        kind = "an XML file" if found[1].lower() == "?xml" else "a web page"
        raise not_a_table(name, kind, _DOWNLOAD)
    for pattern, kind in _KINDS_OF_TEXT:
        if pattern.match(words):
            raise not_a_table(name, kind, _CONVERT)
    if _JSON_START.match(words) and _is_json(words):
        raise not_a_table(name, "a JSON file", _CONVERT)


def _is_words(signature: bytes, data: bytes) -> bool:
    """Tell a header that happens to begin like a signature made of letters alone: BZh,size."""
    return signature.isalnum() and data[:200].isascii() and b"\0" not in data[:200]


def _is_json(start: str) -> bool:
    """Tell JSON, or the beginning of it, from a table whose first cell begins with a bracket."""
    first = start.splitlines()[0]
    try:
        return isinstance(json.loads(first), dict | list)
    except (ValueError, RecursionError):
        pass
    try:
        json.loads(start)
    except (ValueError, RecursionError) as error:
        # What is cut off fails at its end; a table fails at the end of its first cell.
        return getattr(error, "pos", 0) > min(len(start), 400) - 100 or first.strip() in "[{"
    return True


def refuse_package(archive: ZipFile, name: str) -> None:
    """Refuse documents that are zip archives inside."""
    files = archive.namelist()
    for file, kind, hint in _PACKAGES:
        if file in files:
            raise not_a_table(name, kind, hint)
    if files and all(file.endswith(".npy") for file in files):
        raise not_a_table(name, "a set of NumPy arrays (.npz)", _CONVERT)
