"""Text whose quotes do not pair, line by line: what can be mended, and what cannot be read."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from regpath.io.options import NO_DELIMITER
from regpath.io.shapes import extent, usual_width
from regpath.io.text.splitting import RUNS, Dialect, row_reader

_MOST_LINES = 100  # of one row; a quote that is closed later has swallowed rows
_SAMPLE_LINES = 300  # that tell how wide a row is
_STRETCH = 256  # lines that are looked at together, since most are well


@dataclass(frozen=True)
class PairedText:
    """A text whose quotes pair.

    Parameters
    ----------
    content : bytes
        With as many lines as before; those that cannot be read are blank.
    mended : tuple of int
        The lines, counted from 1, in which a quote within a quoted text was not doubled.
    unread : tuple of int
        The lines that cannot be read.
    """

    content: bytes
    mended: tuple[int, ...]
    unread: tuple[int, ...]


def pair_quotes(content: bytes, dialect: Dialect, most: int) -> PairedText | None:
    """Read each row for itself, and blank the lines that are none; None if they are too many.

    A row may go on over several lines, if they are no rows themselves and it has the usual number
    of cells then.
    """
    lines = content.splitlines(keepends=True)
    width = _usual_width(lines, dialect)
    lost = lost_delimiter(dialect)
    mended: list[int] = []
    unread: list[int] = []
    i, is_open = 0, False  # whether a line above has opened a quote that none has closed
    while i < len(lines) and len(unread) <= most:
        if i % _STRETCH == 0 and not is_open and _are_rows(lines[i : i + _STRETCH], dialect, lost):
            i += _STRETCH
            continue
        n_lines = 0
        if not _is_broken(lines[i], dialect, lost, is_open=is_open):
            n_lines = _length(lines, i, dialect, width)
        if not n_lines:
            whole = _with_inner_quotes(lines[i], dialect, width)
            (unread if whole is None else mended).append(i + 1)
            is_open = whole is None and not is_open and _is_odd(lines[i], dialect)
            lines[i] = (whole or b"") + lines[i][len(lines[i].rstrip(b"\r\n")) :]
        i += n_lines or 1
    if len(unread) > most:
        return None
    return PairedText(b"".join(lines), tuple(mended), tuple(unread))


def lost_delimiter(dialect: Dialect) -> re.Pattern[bytes] | None:
    """Return what finds a quote that opens within a cell and closes at the end of a later one.

    `11,Cap 11"warm, and red",2` has lost a delimiter before its quote. Inch marks have a blank or
    a delimiter behind them, and digits before them.
    """
    if not dialect.is_plain or not dialect.quote or dialect.delimiter == NO_DELIMITER:
        return None
    d, q = re.escape(dialect.delimiter.encode()), re.escape(dialect.quote.encode())
    cell = rb"(?:^|D)[^DQ\r\n]+Q[^DQ\s][^DQ\r\n]*D[^Q\r\n]*[^DQ\s0-9]Q(?=D|[\r\n]|$)"
    return re.compile(cell.replace(b"D", d).replace(b"Q", q), re.MULTILINE)


def looks_like_row(line: str, dialect: Dialect, width: int) -> bool:
    """Tell whether a line within a cell is rather a row of the table."""
    cells = line.rstrip("\r\n").split(dialect.delimiter)
    return len(cells) == width and extent(cells) == width


def _are_rows(lines: Sequence[bytes], dialect: Dialect, lost: re.Pattern[bytes] | None) -> bool:
    """Tell lines that are a row each, at once."""
    text = b"".join(lines)
    if lost is not None and lost.search(text):
        return False
    try:
        return sum(1 for _ in row_reader(text, dialect)) == len(lines)
    except csv.Error:
        return False


def _is_broken(
    line: bytes, dialect: Dialect, lost: re.Pattern[bytes] | None, *, is_open: bool
) -> bool:
    if lost is not None and lost.search(line):
        return True
    return is_open and _closes_only(line, dialect)


def _is_odd(line: bytes, dialect: Dialect) -> bool:
    return line.count(dialect.quote.encode()) % 2 == 1


def _usual_width(lines: Sequence[bytes], dialect: Dialect) -> int:
    rows = [_strict(line, dialect) for line in lines[:_SAMPLE_LINES] if line.strip()]
    read = [row for row in rows if row]
    return usual_width(read) if read else 0


def _strict(text: bytes, dialect: Dialect) -> list[str] | None:
    """Read a text as one row; None if it is none."""
    try:
        rows = list(row_reader(text, dialect))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _length(lines: Sequence[bytes], i: int, dialect: Dialect, width: int) -> int:
    """Return over how many lines the row goes that starts on one; 0 if that is no row."""
    if dialect.quote.encode() not in lines[i] or _strict(lines[i], dialect) is not None:
        return 1
    for n in range(2, min(_MOST_LINES, len(lines) - i) + 1):
        inner = lines[i + n - 2]
        if n > 2 and looks_like_row(inner.decode(), dialect, width):
            return 0
        row = _strict(b"".join(lines[i : i + n]), dialect)
        if row is not None:
            return n if len(row) == width else 0
    return 0


def _closes_only(line: bytes, dialect: Dialect) -> bool:
    """Tell a line with one quote, at the end of a cell that none has opened."""
    text = line.decode().rstrip("\r\n")
    if text.count(dialect.quote) != 1:
        return False
    before, after = text.split(dialect.quote)
    opens = not before or before.endswith(dialect.delimiter)
    return not opens and (not after or after.startswith(dialect.delimiter))


def _with_inner_quotes(line: bytes, dialect: Dialect, width: int) -> bytes | None:
    """Double the quotes of a line that stand within quoted texts.

    Its quotes close before a delimiter only; None if it has not the usual number of cells then.
    """
    if not dialect.is_plain or not dialect.quote or dialect.delimiter in (*RUNS, NO_DELIMITER):
        return None
    q, d = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = re.compile(rf"{q}(?P<quoted>.*?){q}(?={d}|$)|(?P<plain>[^{d}{q}]*)(?={d}|$)")
    cells: list[str] = []
    position, text = 0, line.decode().rstrip("\r\n")
    while len(cells) < width and (found := cell.match(text, position)) is not None:
        inner = found["quoted"]
        cells.append(found["plain"] if inner is None else _quoted(inner, dialect.quote))
        if found.end() == len(text):
            return dialect.delimiter.join(cells).encode() if len(cells) == width else None
        position = found.end() + len(dialect.delimiter)
    return None


def _quoted(text: str, quote: str) -> str:
    plain = text.replace(quote * 2, quote)
    return quote + plain.replace(quote, quote * 2) + quote
