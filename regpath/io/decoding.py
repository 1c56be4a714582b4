"""Bytes to text: refuse what is not text and say what it is, find the encoding of what is."""

from __future__ import annotations

import codecs
import re

from regpath.errors import DataError

_SAVE_AS = "Open it in the program that made it, save the table as CSV (UTF-8), and upload that."

_SIGNATURES = (
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and upload the CSV file that is inside."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", _SAVE_AS),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _SAVE_AS),
    (b"\xff\xd8\xff", "a JPEG image", _SAVE_AS),
    (b"%PDF-", "a PDF document", _SAVE_AS),
)
_MARKUP = (("<!doctype html", "a web page"), ("<html", "a web page"), ("<?xml", "an XML file"))

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """Turn the bytes of a file into text.

    Parameters
    ----------
    data : bytes
        The file as it is.
    name : str
        What the file is called in messages.

    Returns
    -------
    text : str
        The text, without a byte order mark and without control characters.
    encoding : str
        Python's name of the encoding.
    notes : list of str
        One sentence if the encoding had to be guessed.

    Raises
    ------
    DataError
        If there is nothing in the file, or if it is not a text file.
    """
    if not data.strip():
        raise empty(name)
    _refuse_binary(data, name)
    text, encoding, notes = _decoded(data, name)
    if not text.strip():
        raise empty(name)
    _refuse_control_characters(text, name)
    _refuse_markup(text, name)
    return text, encoding, notes


def empty(name: str) -> DataError:
    """Word the error for a file that holds nothing."""
    return DataError(
        f"{name!r} is empty.", "Choose a file with a header line and at least one row of data."
    )


def line_of(text: str | bytes, position: int) -> int:
    """Return the number of the line, counted from 1, that holds a position of the text."""
    before = text[:position] if isinstance(text, bytes) else text[:position].encode()
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, kind, hint in _SIGNATURES:
        if data.startswith(signature):
            raise DataError(f"{name!r} is {kind}, not a CSV file.", hint)
    if data.startswith(b"PK\x03\x04"):
        workbook = b"xl/" in data
        kind = "an Excel workbook (.xlsx)" if workbook else "a zip archive"
        hint = _SAVE_AS if workbook else "Unpack it, and upload the CSV file that is inside."
        raise DataError(f"{name!r} is {kind}, not a CSV file.", hint)
    if data.startswith(b"PAR1") and data.endswith(b"PAR1"):  # a column may be called PAR1
        raise DataError(f"{name!r} is a Parquet file, not a CSV file.", _SAVE_AS)


def _decoded(data: bytes, name: str) -> tuple[str, str, list[str]]:
    encoding = next((enc for mark, enc in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding, []
    except UnicodeDecodeError as error:
        if encoding not in ("utf-8", "utf-8-sig"):
            raise DataError(
                f"{name!r} starts like {encoding.upper()} text, but byte {error.start} does not "
                "fit that encoding.",
                "The file is damaged or cut off: save it again as CSV (UTF-8).",
            ) from error
        return _decoded_8_bit(data, line_of(data, error.start))


def _decoded_8_bit(data: bytes, bad_line: int) -> tuple[str, str, list[str]]:
    try:
        text, encoding, shown = data.decode("cp1252"), "cp1252", "Windows-1252"
    except UnicodeDecodeError:
        text, encoding, shown = data.decode("latin-1"), "latin-1", "Latin-1"
    note = (
        f"The file is not UTF-8 (line {bad_line}), so it was read as {shown}: "
        "check the letters with accents."
    )
    return text, encoding, [note]


def _refuse_control_characters(text: str, name: str) -> None:
    found = _CONTROL.search(text)
    if found:
        raise DataError(
            f"{name!r} is not a text file: line {line_of(text, found.start())} holds the control "
            f"character 0x{ord(found[0]):02X}.",
            _SAVE_AS,
        )


def _refuse_markup(text: str, name: str) -> None:
    start = text[:1000].lstrip().lower()
    for opening, kind in _MARKUP:
        if start.startswith(opening):
            raise DataError(
                f"{name!r} is {kind}, not a CSV file.",
                "The download may have led to a login or preview page: download the file itself.",
            )
