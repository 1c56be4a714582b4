"""Which delimiter a text uses, judged by how evenly and how cleanly it splits the first rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice

from regpath.io.missing import MISSING
from regpath.io.numbers import is_number
from regpath.io.records import NO_DELIMITER, row_reader

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

_SAMPLE_LENGTH = 2**20
_SAMPLE_ROWS = 200
_SAMPLE_CELLS = 2000
_DECLARATION = re.compile(r"\ufeff?\"?sep=([,;\t|])\"?(?=[\r\n])", re.IGNORECASE)


def find_delimiter(text: str) -> tuple[str, str]:
    r"""Find the delimiter of a text.

    Parameters
    ----------
    text : str
        A decoded file.

    Returns
    -------
    delimiter : str
        One of `DELIMITERS`, or `NO_DELIMITER` if the text is a single column.
    text : str
        The text without the `sep=;` that Excel may write on the first line; the line itself
        stays, blank, so that line numbers hold.

    Examples
    --------
    >>> find_delimiter("a;b\n1,5;2,5\n")[0]
    ';'
    """
    declared = _DECLARATION.match(text)
    if declared:
        return declared[1], text[declared.end() :]
    samples = {delimiter: _first_rows(text, delimiter) for delimiter in DELIMITERS}
    return _best(samples), text


def delimiter_notes(delimiter: str) -> list[str]:
    """Say which delimiter was found, unless it is the comma."""
    if delimiter == ",":
        return []
    if delimiter == NO_DELIMITER:
        return [
            "The file was read as one column: "
            "no comma, semicolon, tab or bar divides its first line."
        ]
    return [f"Columns are separated by {DELIMITERS[delimiter]}."]


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in row_reader(text[:_SAMPLE_LENGTH], delimiter, strict=False):
            if any(map(str.strip, row)):
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                return rows
    except csv.Error:  # an endless quote; reading in earnest will say where it opens
        pass
    # The sample may have cut the last row in two.
    return rows[:-1] if len(text) > _SAMPLE_LENGTH and len(rows) > 1 else rows


def _best(samples: dict[str, list[list[str]]]) -> str:
    for delimiter, rows in samples.items():
        if not rows:  # nothing but this delimiter, or a quote that never ends
            return delimiter
    best = max(samples, key=lambda delimiter: _fit(samples[delimiter]))
    if len(samples[best][0]) > 1:
        return best
    below = (d for d, rows in samples.items() if _splits_all_but_the_header(rows))
    return next(below, NO_DELIMITER)


def _fit(rows: list[list[str]]) -> tuple[bool, bool, float, float, int]:
    """Rank a delimiter: the header agrees with the rows, the rows agree, the cells are clean."""
    widths = Counter(map(len, rows))
    common, frequency = widths.most_common(1)[0]
    width = len(rows[0])
    splits = width > 1
    return splits and width == common, splits, frequency / len(rows), _cleanness(rows), common


def _cleanness(rows: list[list[str]]) -> float:
    """Return the share of cells that no other delimiter could split, numbers excepted.

    It tells `1,5;2,5` split at the semicolon (two numbers) from the same split at the commas.
    """
    cells = [cell.strip() for cell in islice((c for row in rows for c in row), _SAMPLE_CELLS)]
    clean = [
        cell in MISSING or DELIMITERS.keys().isdisjoint(cell) or is_number(cell) for cell in cells
    ]
    return sum(clean) / len(clean)


def _splits_all_but_the_header(rows: list[list[str]]) -> bool:
    """Tell a title or a broken header above a table from one column of decimal commas."""
    below = rows[1:]
    if not below:
        return False
    width, frequency = Counter(map(len, below)).most_common(1)[0]
    decimals = all(is_number(",".join(row).strip()) for row in below if len(row) > 1)
    return width > 1 and 2 * frequency > len(below) and not decimals
