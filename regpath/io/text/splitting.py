"""Text to rows of cells by a dialect, one by one: the slow way, which takes whatever comes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from regpath.io.options import NO_DELIMITER

if TYPE_CHECKING:
    from _csv import Reader as CsvReader  # the standard library has no public name for it

RUNS = {" ": r"[ \t]+", "  ": r"[ \t]{2,}"}
_LONGEST_CELL = 2**27  # letters
_START_BYTES, _START_LINES = 2**16, 50  # in which quotes around names of rows are looked for


@dataclass(frozen=True)
class Dialect:
    """How rows are written.

    Parameters
    ----------
    delimiter : str, default=","
        " " is any run of blanks, "  " a run of two and more.
    quote : str, default='"'
        "" if nothing is quoted.
    escape : str, default=""
        What protects a quote in place of doubling it.
    spaced : bool, default=False
        Whether blanks stand between a delimiter and a quote.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether RFC 4180, but for the delimiter, describes it."""
        other = self.quote not in (None, "", '"') or not self.delimiter.isascii()
        return not (self.escape or self.spaced or other or self.delimiter in RUNS)


def row_reader(content: bytes, dialect: Dialect, *, strict: bool = True) -> CsvReader:
    """Split text into rows of cells, lazily; CR, LF and CRLF end a line."""
    # A field of more than 128 kB is an error otherwise, and for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    lines: Iterator[str] = TextIOWrapper(BytesIO(content), encoding="utf-8", newline="")
    delimiter = dialect.delimiter
    if delimiter in RUNS:
        lines, delimiter = _runs_as_one_delimiter(lines, dialect), NO_DELIMITER
    return csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.spaced,
        strict=strict,
    )


def _runs_as_one_delimiter(lines: Iterator[str], dialect: Dialect) -> Iterator[str]:
    """Put one mark in place of each run of blanks that is not quoted."""
    quote = re.escape(dialect.quote)
    quoted = rf"{quote}[^{quote}]*{quote}|" if quote else ""
    pattern = re.compile(rf"{quoted}({RUNS[dialect.delimiter]})")
    for line in lines:
        words = line.strip(" \t\r\n")
        yield pattern.sub(lambda found: NO_DELIMITER if found[1] else found[0], words) + "\n"


def line_of_row(content: bytes, dialect: Dialect, number: int) -> int:
    """Return the line on which a row starts; a quoted line end makes rows longer than lines."""
    reader = row_reader(content, dialect, strict=False)
    for _ in range(number - 1):
        next(reader)
    return reader.line_num + 1


def begins_with_quoted_numbers(content: bytes, dialect: Dialect) -> bool:
    """Tell names of rows as R writes them: all begin with a quote, though they are numbers."""
    if not dialect.quote:
        return False
    quote = re.escape(dialect.quote.encode())
    lines = list(filter(bytes.strip, content[:_START_BYTES].splitlines()))[1:_START_LINES]
    delimiter = re.escape(dialect.delimiter.encode())
    named = re.compile(rb"%b[0-9]+(?:\.[0-9]+)?%b" % (quote, quote))  # 3.1 is the second 3
    unquoted = re.compile(delimiter + rb"\s*-?[0-9.]")
    return bool(lines) and all(map(named.match, lines)) and any(map(unquoted.search, lines))
