"""Text to rows of cells: quotes, line ends, blank rows, and rows of the wrong length."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from regpath.errors import DataError
from regpath.io.wording import counted

if TYPE_CHECKING:
    from _csv import Reader as CsvReader  # the standard library has no public name for it

NO_DELIMITER = "\x1f"  # decoding refuses control characters, so this one never occurs


@dataclass(frozen=True)
class Records:
    """The rows of a file that hold something, all of one length.

    Parameters
    ----------
    cells : list of list of str
        The cells as they are written, the first row included; `cells[i][j]` is column j of row i.
    numbers : list of int
        `numbers[i]` is the number that a spreadsheet shows beside `cells[i]`, counted from 1.
    notes : list of str
        What was left out.
    """

    cells: list[list[str]]
    numbers: list[int]
    notes: list[str]


def row_reader(text: str, delimiter: str, *, strict: bool = True) -> CsvReader:
    """Split text into rows of cells, lazily; quotes are respected, CR, LF and CRLF end a line."""
    # A StringIO would hold four bytes for every character.
    lines = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def read_records(text: str, delimiter: str) -> Records:
    """Split text into rows, drop blank rows, and refuse rows whose length differs from the first.

    Raises
    ------
    DataError
        If a quote is not closed, or a row has more or fewer fields than the header.
    """
    try:
        rows = list(row_reader(text, delimiter))
    except csv.Error as error:
        raise _quote_error(text, delimiter, error) from error
    kept = [(number, row) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    numbers = [number for number, _ in kept]
    cells = [row for _, row in kept]
    notes = _blank_note(numbers[-1] - numbers[0] + 1 - len(kept)) if kept else []
    if len(set(map(len, cells))) > 1:
        cells, trimmed = _trimmed(cells)
        notes += trimmed
        _refuse_ragged(text, delimiter, cells, numbers)
    return Records(cells, numbers, notes)


def _blank_note(blank: int) -> list[str]:
    return [f"{counted(blank, 'blank row was', 'blank rows were')} left out."] if blank else []


def _trimmed(rows: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Cut blank cells beyond the header's width: spreadsheets leave them, and nothing is lost."""
    width = len(rows[0])
    surplus = [len(row) > width and not any(map(str.strip, row[width:])) for row in rows]
    if not any(surplus):
        return rows, []
    rows = [row[:width] if cut else row for row, cut in zip(rows, surplus, strict=True)]
    what = counted(sum(surplus), "row ends", "rows end")
    return rows, [f"{what} in blank fields beyond the last column; they were left out."]


def _refuse_ragged(text: str, delimiter: str, rows: list[list[str]], numbers: list[int]) -> None:
    width = len(rows[0])
    for position, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        if len(row) != width:
            line = _first_line(text, delimiter, number)
            title = " If the lines above hold a title, delete them." if position == 1 else ""
            raise DataError(
                f"Line {line} has {counted(len(row), 'field')}, but the header has {width}.",
                f"Look there for a missing or a surplus {delimiter!r}, or for text with "
                f"{delimiter!r} in it that is not in quotes.{title}",
            )


def _first_line(text: str, delimiter: str, number: int) -> int:
    """Return the line on which a row starts; a quoted line end makes rows longer than lines."""
    reader = row_reader(text, delimiter)
    for _ in range(number - 1):
        next(reader)
    return reader.line_num + 1


def _quote_error(text: str, delimiter: str, error: csv.Error) -> DataError:
    reader = row_reader(text, delimiter)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    if "unexpected end" in str(error):
        what = f"The row that starts on line {line} opens a quote that is never closed."
    elif "field limit" in str(error):
        limit = csv.field_size_limit()
        what = f"The row that starts on line {line} holds a field of over {limit} characters."
    else:
        what = f"In the row that starts on line {line}, text follows a closing quote."
    return DataError(what, 'Close each quote on its line; write a quote within quotes as "".')
