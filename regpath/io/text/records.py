"""Text to rows of cells, and what is done where quotes do not pair."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from regpath.errors import DataError
from regpath.io.findings import BEFORE, Findings
from regpath.io.options import NO_DELIMITER
from regpath.io.shapes import usual_width
from regpath.io.text.splitting import Dialect, line_of_row, row_reader
from regpath.io.text.stray_quotes import looks_like_row, lost_delimiter, pair_quotes

ONE_UNEVEN_IN = 10  # rows that may be left out; with more, the rows are not understood
FEWEST_ROWS = 5  # of more rows than these one may be left out
_SAMPLE_ROWS = 200  # that tell how wide a row is
_NAMED = 5  # lines that a note names
_HINT = 'Close each quote on its line; write a quote within quotes as "".'


@dataclass(frozen=True)
class Records:
    """The rows of a file that hold something, of any length.

    Parameters
    ----------
    rows : list of list of str
        The cells as they are written; `rows[i][j]` is column j of row i.
    numbers : list of int
        `numbers[i]` is the number that a spreadsheet shows beside `rows[i]`, counted from 1.
    """

    rows: list[list[str]]
    numbers: list[int]

    @classmethod
    def of(cls, rows: Sequence[list[str]]) -> Records:
        """Number rows, and leave out the blank ones."""
        kept = [(i, row) for i, row in enumerate(rows, start=1) if any(map(str.strip, row))]
        return cls([row for _, row in kept], [i for i, _ in kept])

    def take(self, positions: Sequence[int]) -> Records:
        """Keep some rows."""
        return Records([self.rows[i] for i in positions], [self.numbers[i] for i in positions])

    def padded(self, positions: Iterable[int], width: int) -> Records:
        """Fill some rows up with blank cells to a width."""
        short = set(positions)
        rows = [
            row + [""] * (width - len(row)) if i in short else row
            for i, row in enumerate(self.rows)
        ]
        return Records(rows, self.numbers)


def read_records(content: bytes, dialect: Dialect, findings: Findings) -> tuple[Records, bytes]:
    """Split text into rows.

    Returns
    -------
    records : Records
    content : bytes
        The text that they were read from: lines that cannot be read are blank in it.

    Raises
    ------
    DataError
        If quotes do not pair in more than a few lines, and no way of reading them gives an even
        table.
    """
    try:
        records = Records.of(list(row_reader(content, dialect)))
    except csv.Error as error:
        if "field limit" in str(error):
            raise DataError(
                f"The row that starts on line {_last_good_line(content, dialect) + 1} holds a cell "
                "of over 130 million letters.",
                "Look there for a quote that is not closed, or for a file that is no table.",
            ) from error
        return _with_stray_quotes(content, dialect, findings, str(error))
    swallowed = _swallowed_rows(records, content, dialect)
    lost = lost_delimiter(dialect)
    if swallowed is not None or (lost is not None and lost.search(content)):
        paired = _line_by_line(content, dialect, findings)
        if paired is not None:
            return read_records(paired, dialect, findings)
    if swallowed is not None:
        raise swallowed
    return records, content


def _with_stray_quotes(
    content: bytes, dialect: Dialect, findings: Findings, error: str
) -> tuple[Records, bytes]:
    line = _last_good_line(content, dialect) + 1
    unclosed = "unexpected end" in error
    lines = content.splitlines()
    if unclosed and line == len(lines) > 2 and not content.endswith((b"\n", b"\r")):
        findings.repair(
            "cut_off",
            f"The last line ({line}) ends within a quoted text: the file was cut off there, so "
            "the line was left out.",
            before=lines[-1].decode()[:BEFORE],
            undo=None,
        )
        findings.obstacle("its last line was left out")
        return read_records(b"\n".join([*lines[:-1], b""]), dialect, findings)
    reader = row_reader(content, replace(dialect, quote="", escape=""), strict=False)
    rows = [[_unquoted(cell, dialect.quote) for cell in row] for row in reader]
    records = Records.of(rows)
    if not _is_even(records):
        paired = _line_by_line(content, dialect, findings)
        if paired is not None:
            return read_records(paired, dialect, findings)
        records = Records.of(list(row_reader(content, dialect, strict=False)))
        if not _is_even(records) or any("\n" in c or "\r" in c for r in records.rows for c in r):
            raise _quote_error(line, unclosed)
    findings.repair(
        "stray_quotes",
        f"Quotes do not pair on line {line}; they were read as part of the text.",
        undo=None,
    )
    findings.obstacle("its quotes do not pair")
    return records, content


def _line_by_line(content: bytes, dialect: Dialect, findings: Findings) -> bytes | None:
    """Leave out the lines whose quotes do not pair; None if they are more than a few."""
    n = sum(1 for line in content.splitlines() if line.strip())
    paired = pair_quotes(content, dialect, max(n // ONE_UNEVEN_IN, 1 if n > FEWEST_ROWS else 0))
    if paired is None or paired.content == content:
        return None
    if paired.mended:
        findings.repair(
            "stray_quotes",
            f"Quotes within quoted text are not doubled on {_lines(paired.mended)}; they were read "
            "as part of the text.",
            cells=len(paired.mended),
            undo=None,
        )
    if paired.unread:
        findings.repair(
            "unpaired_quotes",
            f"Quotes do not pair on {_lines(paired.unread)}, so that nobody knows where cells "
            f"end; {'it was' if len(paired.unread) == 1 else 'they were'} left out.",
            before=content.splitlines()[paired.unread[0] - 1].decode()[:BEFORE],
            undo=None,
        )
    findings.obstacle("its quotes do not pair")
    return paired.content


def _lines(numbers: Sequence[int]) -> str:
    first = ", ".join(map(str, numbers[:_NAMED]))
    rest = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"{'line' if len(numbers) == 1 else 'lines'} {first}{rest}"


def _unquoted(cell: str, quote: str) -> str:
    text = cell.strip()
    if len(text) > 1 and text[0] == text[-1] == quote:
        return text[1:-1].replace(quote * 2, quote)
    return cell


def _is_even(records: Records) -> bool:
    """Tell whether all rows are equally long, and more than one cell."""
    lengths = set(map(len, records.rows))
    return len(lengths) == 1 and lengths != {1}


def _last_good_line(content: bytes, dialect: Dialect) -> int:
    reader, line = row_reader(content, dialect), 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error:
        pass
    return line


def _quote_error(line: int, unclosed: bool) -> DataError:
    if unclosed:
        what = f"The row that starts on line {line} opens a quote that is never closed."
    else:
        what = f"In the row that starts on line {line}, text follows a closing quote."
    return DataError(what, _HINT).answered_by("quote")


def _swallowed_rows(records: Records, content: bytes, dialect: Dialect) -> DataError | None:
    """Word the error for a quote that is closed only rows later, by the quote of another cell."""
    if dialect.delimiter == NO_DELIMITER:
        return None
    width = 0
    for number, row in zip(records.numbers, records.rows, strict=True):
        for cell in row:
            if "\n" not in cell and "\r" not in cell:
                continue
            width = width or usual_width(records.rows[:_SAMPLE_ROWS])
            inner = cell.splitlines()[1:-1]
            alike = sum(looks_like_row(line, dialect, width) for line in inner)
            if alike > (0 if width > 2 else 1):
                line = line_of_row(content, dialect, number)
                return DataError(
                    f"The row that starts on line {line} holds a quoted text of "
                    f"{len(inner) + 2} lines that look like rows of the table.",
                    "Look there for a quote that is not closed on its line.",
                ).answered_by("quote")
    return None
