"""Excel workbooks (.xlsx): the cells of one sheet as text, read without loading the others."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.etree import ElementTree

from regpath.errors import DataError
from regpath.io.formats.archives import unpacked_member
from regpath.io.limits import Limits

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED_DOWN = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):\1([0-9]{1,7})")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
# What a format says outside of quotes, brackets and escapes.
_PLAIN_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DAMAGED = "Open it in a spreadsheet program and save it again, as .xlsx or as CSV (UTF-8)."
_EPOCH = datetime(1899, 12, 30)
_YEARS_FROM_1904 = timedelta(days=1462)
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576


class SheetRows(NamedTuple):
    """The rows of a sheet that hold something.

    Attributes
    ----------
    rows : list of list of str
    numbers : list of int
        The numbers that the program shows beside them.
    n_filled : int
        How many cells got the value of the cell above that they are merged with.
    n_uncomputed : int
        How many formulas were saved without what they come to.
    """

    rows: list[list[str]]
    numbers: list[int]
    n_filled: int = 0
    n_uncomputed: int = 0


class Workbook:
    """A workbook, of which nothing but the directory of its sheets has been read.

    Parameters
    ----------
    archive : ZipFile
    name : str
        What the file is called in messages.
    limits : Limits
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.archive, self.name, self.limits = archive, name, limits
        self._files = set(archive.namelist())
        try:
            self.sheets = self._find_sheets()
        except DataError:
            raise
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise self._damaged() from error
        if not self.sheets:
            raise self._damaged()

    def rows(self, sheet: str, *, fill: bool = True) -> SheetRows:
        """Return the rows of a sheet that hold something, and their numbers.

        Numbers are written with all their digits, dates as 2026-11-25, truth as true and false,
        and formulas as what they came to. If `fill`, a cell that is merged with others below
        holds for each of them.
        """
        try:
            strings = self._strings()
            dates = self._date_styles()
            return self._rows(self.sheets[sheet], strings, dates, fill)
        except DataError:
            raise
        except (ElementTree.ParseError, KeyError, ValueError, IndexError, OverflowError) as error:
            raise self._damaged() from error

    def _rows(self, file: str, strings: list[str], dates: set[int], fill: bool) -> SheetRows:
        rows, numbers, n_cells, width, number = [], [], 0, 0, 0
        n_letters, most = 0, self.limits.n_unpacked
        n_uncomputed, merged = 0, []
        for element in self._elements(file, "row", "mergeCell"):
            if _local(element) == "mergeCell":
                merged.append(element.get("ref") or "")
                continue
            number = int(element.get("r") or number + 1)
            row: list[str] = []
            for cell in element:
                found = _REFERENCE.fullmatch(cell.get("r") or "")
                j = _column(found[1]) if found else len(row)
                if j >= _MOST_COLUMNS or number > _MOST_ROWS or j < len(row):
                    raise ValueError(f"a cell at {cell.get('r')!r}")
                row += [""] * (j - len(row))
                row.append(self._text(cell, strings, dates))
                n_letters += len(row[-1])
                n_uncomputed += not row[-1] and _is_uncomputed(cell)
            while row and not row[-1]:  # cells that have a colour only
                row.pop()
            n_cells += len(row)
            width = max(width, len(row))
            if most is not None and n_letters > most:
                self.limits.refuse_unpacked(n_letters, n_letters, self.name)
            self.limits.refuse_table(-(-n_cells // max(1, width)), width, self.name)
            if any(map(str.strip, row)):
                rows.append(row)
                numbers.append(number)
        rows = [row + [""] * (width - len(row)) for row in rows]
        n_filled = _fill_down(merged, rows, numbers) if fill else 0
        return SheetRows(rows, numbers, n_filled, n_uncomputed)

    def _text(self, cell: ElementTree.Element, strings: list[str], dates: set[int]) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _written(cell)
        value = next((child.text or "" for child in cell if _local(child) == "v"), "")
        if kind == "s":
            return strings[int(value)] if value else ""
        if kind == "b":
            return {"1": "true", "0": "false"}.get(value, value)
        if kind != "n" or not value:  # "str": what a formula came to; "e": #N/A and its like
            return value
        if int(cell.get("s") or 0) in dates:
            return _date(float(value), self._from_1904)
        return _number(value)

    def _find_sheets(self) -> dict[str, str]:
        book = ElementTree.fromstring(self._read("xl/workbook.xml"))
        links = ElementTree.fromstring(self._read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        self._from_1904 = any(
            _local(e) == "workbookPr" and e.get("date1904") in ("1", "true") for e in book
        )
        found: dict[str, str] = {}
        hidden: dict[str, str] = {}
        for element in book.iter():
            if _local(element) == "sheet":
                key = next(v for k, v in element.attrib.items() if k.endswith("}id"))
                file = posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/")
                if file in self._files and "worksheets" in file:  # and not a chart
                    group = hidden if (element.get("state") or "visible") != "visible" else found
                    group[element.get("name") or file] = file
        return found | hidden

    def _strings(self) -> list[str]:
        file = "xl/sharedStrings.xml"
        return [_written(e) for e in self._elements(file, "si")] if file in self._files else []

    def _date_styles(self) -> set[int]:
        if "xl/styles.xml" not in self._files:
            return set()
        root = ElementTree.fromstring(self._read("xl/styles.xml"))
        dates = set(_DATE_FORMATS)
        for element in root.iter():
            if _local(element) == "numFmt" and _is_date(element.get("formatCode", "")):
                dates.add(int(element.get("numFmtId", "-1")))
        formats = next((e for e in root if _local(e) == "cellXfs"), ())
        return {i for i, xf in enumerate(formats) if int(xf.get("numFmtId", "0")) in dates}

    def _elements(self, file: str, *tags: str) -> Iterator[ElementTree.Element]:
        """Walk through the elements of some names, forgetting each when it has been seen."""
        for _, element in ElementTree.iterparse(io.BytesIO(self._read(file)), ("end",)):
            if _local(element) in tags:
                yield element
                element.clear()

    def _read(self, file: str) -> bytes:
        if file not in self._files:
            raise KeyError(file)
        return unpacked_member(self.archive, file, self.name, self.limits)

    def _damaged(self) -> DataError:
        return DataError(f"{self.name!r} is an Excel workbook that cannot be read.", _DAMAGED)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _written(element: ElementTree.Element) -> str:
    """Join the pieces of a text that is formatted in pieces; how it is pronounced is left out."""
    parts = []
    for child in element:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("r", "is"):
            parts.append(_written(child))
    return "".join(parts)


def _is_uncomputed(cell: ElementTree.Element) -> bool:
    """Tell a formula that was saved without a result from one that came to nothing."""
    return cell.get("t") != "str" and any(_local(child) == "f" for child in cell)


def _fill_down(merged: Iterable[str], rows: list[list[str]], numbers: list[int]) -> int:
    """Let a cell hold for those below that it is merged with; return how many these are."""
    filled, seen = 0, 0
    for found in filter(None, map(_MERGED_DOWN.fullmatch, merged)):
        j, top, last = _column(found[1]), int(found[2]), int(found[3])
        start = bisect_right(numbers, top)
        if not start or numbers[start - 1] != top or j >= len(rows[0]):
            continue
        for row in rows[start : bisect_right(numbers, last)]:
            seen += 1
            if not row[j] and rows[start - 1][j]:
                row[j] = rows[start - 1][j]
                filled += 1
        if seen > len(rows) * len(rows[0]):
            raise ValueError("cells that are merged many times")
    return filled


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _is_date(code: str) -> bool:
    return any(letter in _PLAIN_FORMAT.sub("", code).lower() for letter in "ymdhs")


def _date(days: float, from_1904: bool) -> str:
    if 0 <= days < 1:  # a time of day
        return str(timedelta(seconds=round(days * 86400)))
    # Lotus and Excel believe that 1900 was a leap year.
    shift = timedelta(days=1) if days < 60 and not from_1904 else timedelta(0)
    when = _EPOCH + (_YEARS_FROM_1904 if from_1904 else shift)
    when += timedelta(seconds=round(days * 86400))
    return when.date().isoformat() if days == int(days) else when.isoformat(" ")


def _number(value: str) -> str:
    """Write a number with the digits that it needs: 2.5E3 as 2500, 0.10000000000000001 as 0.1."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
