"""Workbooks of Excel and OpenDocument: the cells of one sheet as text."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
import sys
import zipfile
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from regpath.errors import DataError, ParameterError
from regpath.io.formats.archives import opened_zip, pieces_of_member, unpacked_member
from regpath.io.limits import Limits
from regpath.io.shapes import is_number
from regpath.wording import listed

_PROCESS = Path(__file__).with_name("sheet_process.py")
_SECONDS = 60.0  # a sheet of a million cells takes three
_SECONDS_PER_BYTE = 3e-6  # of a file without limits
_EXCEL = {"xl/workbook.xml", "xl/workbook.bin"}
_OPEN_DOCUMENT = frozenset(("mimetype", "content.xml", "META-INF/manifest.xml"))
_READ = (".xml", ".rels", ".bin")  # and not pictures
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(.{0,8000}?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v>[^<]")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_DAMAGED = "Open it in a spreadsheet program and save it again, as .xlsx or as CSV (UTF-8)."


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet that hold something.

    Attributes
    ----------
    sheets : tuple of str
        All sheets of the workbook, hidden ones last.
    sheet : str
        Which of them this is.
    rows : list of list of str
        Of equal length. Numbers with all their digits, dates as 2026-11-25, truth as true and
        false, formulas as what they came to.
    numbers : list of int
        The numbers that the program shows beside them.
    n_filled : int
        How many cells got the word of the cell above that they are merged with.
    filled_numbers : tuple of str
        The numbers that cells got of the cell above that they are merged with.
    n_uncomputed : int
        How many formulas were saved without what they come to (.xlsx alone tells).
    n_errors : int
        How many cells hold an error such as #DIV/0! (.xlsx alone tells).
    """

    sheets: tuple[str, ...]
    sheet: str
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    n_filled: int = 0
    filled_numbers: tuple[str, ...] = ()
    n_uncomputed: int = 0
    n_errors: int = 0


def is_workbook(files: Iterable[str]) -> bool:
    """Tell the files of a zip archive that is a workbook: .xlsx, .xlsb or .ods.

    >>> is_workbook(["xl/workbook.xml"]), is_workbook(["word/document.xml"])
    (True, False)
    """
    files = set(files)
    return bool(files & _EXCEL) or files.issuperset(_OPEN_DOCUMENT)


def read_sheet(
    data: bytes,
    name: str,
    limits: Limits,
    *,
    sheet: str | None = None,
    fill: bool = True,
    fill_numbers: bool = True,
) -> SheetRows:
    """Read a sheet, by default the first with more than one row.

    If `fill`, a cell that is merged with others below holds for each of them; one with a number
    if `fill_numbers`, too.

    Raises
    ------
    DataError
        If the workbook is damaged, protected, or larger than the limits.
    ParameterError
        If there is no such sheet.
    """
    is_zip = data.startswith(b"PK")
    if is_zip:
        _check_members(data, name, limits)
    head, cells = _from_process(data, name, limits, sheet)
    numbers, rows = [number for number, _ in cells], [row for _, row in cells]
    width = max(map(len, rows), default=0)
    limits.refuse_table(len(rows), width, name)
    rows = [row + [""] * (width - len(row)) for row in rows]
    filled = _fill_down(head["merged"], rows, numbers, fill_numbers=fill_numbers) if fill else []
    measured = tuple(value for value in filled if is_number(value))
    n_uncomputed, n_errors = _counts(data, head["sheet"], name, limits) if is_zip else (0, 0)
    return SheetRows(
        tuple(head["sheets"]),
        head["sheet"],
        rows,
        numbers,
        len(filled) - len(measured),
        measured,
        n_uncomputed,
        n_errors,
    )


def _from_process(
    data: bytes, name: str, limits: Limits, sheet: str | None
) -> tuple[dict[str, Any], list[tuple[int, list[str]]]]:
    request = {
        "sheet": sheet,
        "most_cells": limits.n_cells,
        "most_columns": limits.n_columns,
        "most_letters": limits.n_unpacked,
    }
    command = [sys.executable, "-P", str(_PROCESS), json.dumps(request)]
    seconds = _SECONDS + _SECONDS_PER_BYTE * len(data)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise _damaged(name) from error
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    trouble = next((each for each in answers if isinstance(each, dict) and "error" in each), None)
    if trouble is not None:
        raise _refusal(trouble, name, limits, sheet)
    return answers[0], answers[1:]


def _refusal(
    trouble: dict[str, Any], name: str, limits: Limits, sheet: str | None
) -> DataError | ParameterError:
    if trouble["error"] == "password":
        return DataError(
            f"{name!r} is a workbook that a password protects.",
            "Open it in a spreadsheet program, take the password away, and save it.",
        )
    if trouble["error"] == "sheet":
        return ParameterError(
            f"{name!r} has no sheet called {sheet!r}.",
            f"Its sheets are: {listed(trouble['sheets'])}.",
        ).answered_by("sheet")
    n_rows, n_columns = trouble["extent"]
    limits.refuse_table(n_rows, n_columns, name)
    limits.refuse_unpacked(trouble["letters"], trouble["letters"], name)
    return _damaged(name)


def _damaged(name: str) -> DataError:
    return DataError(f"{name!r} is a workbook that cannot be read.", _DAMAGED)


def _check_members(data: bytes, name: str, limits: Limits) -> None:
    """Refuse what unpacks to far too much, before a parser unpacks it."""
    with opened_zip(data, name) as archive:
        for member in archive.namelist():
            if member.endswith(_READ):
                for _ in pieces_of_member(archive, member, name, limits):
                    pass


def _counts(data: bytes, sheet: str, name: str, limits: Limits) -> tuple[int, int]:
    """How many formulas of a sheet have no result, and how many cells hold an error."""
    with opened_zip(data, name) as archive:
        member = _member_of(archive, sheet)
        content = unpacked_member(archive, member, name, limits) if member else b""
    n_uncomputed = n_errors = 0
    if b"<f" in content or b":f" in content or _ERROR.search(content):
        for kind, inside in _CELL.findall(content):
            n_errors += bool(_ERROR.search(kind))
            is_empty = _FORMULA.search(inside) and not _VALUE.search(inside)
            n_uncomputed += bool(is_empty and not _TEXT.search(kind))
    return n_uncomputed, n_errors


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file of an .xlsx that holds a sheet."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            keys = [value for name, value in element.attrib.items() if name.endswith("}id")]
            target = targets.get(keys[0], "") if keys else ""
            member = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            return member if member in archive.namelist() else None
    return None


def _fill_down(
    merged: Iterable[tuple[int, int, int]],
    rows: list[list[str]],
    numbers: list[int],
    *,
    fill_numbers: bool,
) -> list[str]:
    """Let a cell hold for those below that it is merged with; return what these hold then."""
    filled: list[str] = []
    n_seen = 0
    for column, top, last in merged:
        start = bisect_right(numbers, top + 1)
        if not start or numbers[start - 1] != top + 1 or column >= len(rows[0]):
            continue
        end = bisect_right(numbers, last + 1)
        n_seen += end - start
        if n_seen > len(rows) * len(rows[0]):  # cells that are merged many times, to no end
            break
        above = rows[start - 1][column]
        if not above or (not fill_numbers and is_number(above)):
            continue
        for row in rows[start:end]:
            if not row[column]:
                row[column] = above
                filled.append(above)
    return filled
