"""A process of its own that reads one sheet of a workbook: bytes in, JSON lines out.

The parser is native code. What a damaged or wicked workbook asks of it (two cells at opposite
corners are 400 GB) ends a process, so it gets one whose memory is limited. Imports nothing of
regpath, so that it starts in a tenth of a second; `excel.py` starts it and says what went wrong.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import inf
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 3 * 2**30  # bytes: a cell takes 24, so about a hundred million cells


def main() -> None:
    """Read the workbook on standard input as the request in the first argument asks."""
    _limit_memory()
    request = json.loads(sys.argv[1])
    for line in answer(sys.stdin.buffer.read(), **request):
        sys.stdout.write(json.dumps(line) + "\n")


def answer(
    data: bytes,
    sheet: str | None,
    most_cells: int | None,
    most_columns: int | None,
    most_letters: int | None,
) -> Iterator[Any]:
    """First what there is to say, then each row that holds something: [number, cells].

    Without a `sheet`, the first with more than one row is read, else the first with any. What is
    larger than the limits ends with an error that says by which extent.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        yield {"error": "password"}
        return
    names = _names(book)
    if sheet is not None and sheet not in names:
        yield {"error": "sheet", "sheets": names}
        return
    chosen, opened = _chosen(book, names if sheet is None else [sheet])
    extent = (opened.total_height, opened.total_width) if opened is not None else (0, 0)
    # Values far apart make a sheet large; rows without any do not.
    if extent[1] > (most_columns or inf):
        yield {"error": "large", "extent": extent, "letters": 0}
        return
    yield {"sheets": names, "sheet": chosen, "merged": _merged_down(opened)}
    n_cells = n_letters = 0
    for number, row in _rows(opened):
        n_cells += len(row)
        n_letters += sum(map(len, row))
        if n_cells > (most_cells or inf) or n_letters > (most_letters or inf):
            yield {"error": "large", "extent": extent, "letters": n_letters}
            return
        yield [number, row]


def _names(book: CalamineWorkbook) -> list[str]:
    """Sheets of cells, hidden ones last."""
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    shown = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
    return [*shown, *(each.name for each in sheets if each.name not in shown)]


def _chosen(book: CalamineWorkbook, names: list[str]) -> tuple[str, CalamineSheet | None]:
    first: tuple[str, CalamineSheet | None] = (names[0] if names else "", None)
    for name in names:
        opened = book.get_sheet_by_name(name)
        n_rows = sum(1 for _ in islice(_rows(opened), 2))
        if n_rows == 2:
            return name, opened
        if n_rows and first[1] is None:
            first = name, opened
    return first


def _merged_down(sheet: CalamineSheet | None) -> list[tuple[int, int, int]]:
    """Column, first and last row of the cells that are merged with those below, from 0."""
    ranges = (sheet.merged_cell_ranges if sheet is not None else None) or []
    return [(left, top, end) for (top, left), (end, right) in ranges if left == right and end > top]


def _rows(sheet: CalamineSheet | None) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with the number that the program shows beside them."""
    if sheet is None or sheet.start is None:
        return
    left = [""] * sheet.start[1]  # iter_rows gives blank rows above, but no blank columns
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = left + list(map(cell_text, cells))
        while row and not row[-1]:
            row.pop()
        if any(map(str.strip, row)):
            yield number, row


def cell_text(value: Any) -> str:
    """Write a cell as a person would: 2.0 as 2, a day as 2026-11-25, truth as true.

    >>> cell_text(2.0), cell_text(0.1), cell_text(True), cell_text(timedelta(hours=30))
    ('2', '0.1', 'true', '30:00:00')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        moment = value + timedelta(microseconds=500_000)
        return moment.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
    return _clock(value) if isinstance(value, timedelta) else _number(float(value))


def _clock(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # Windows, or a system with limits of its own
        pass


if __name__ == "__main__":
    main()
