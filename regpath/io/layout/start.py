"""Where a table begins below titles, notes and comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regpath.io.findings import Findings
from regpath.io.layout.number_names import count_up
from regpath.io.layout.profiles import Profiles
from regpath.io.shapes import extent, filled, holds_values, is_value, is_word, usual_width
from regpath.wording import counted, shown

HEAD = 100  # rows in which the beginning of a table is looked for
COMMENT = ("#", "%", "//", "--", "!")
_OTHERS = (",", ";", "\t", "|")
YEAR = 4  # digits: fewer that count up are more likely data, unless their rows have names


def find_start(rows: Sequence[Sequence[str]]) -> int:
    """Return the position of the first row that belongs to the table.

    Above it stand rows that are shorter or sparser than the table: titles, dates, notes. A row of
    another length that parses like the rest, and a row of names above it, are no such rows.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows that hold something; `HEAD` of them are enough.

    Examples
    --------
    >>> find_start([["My report"], ["a", "b"], ["1", "2"], ["3", "4"]])
    1
    >>> find_start([["a", "b"], ["1", "2"], ["3", "4", "x"], ["5", "6", "y"], ["7", "8", "z"]])
    0
    """
    # The delimiters behind a title alone in its row say nothing of the table.
    width = usual_width([row for row in rows if len(row) == 1 or filled(row) > 1] or rows)
    if width == 1:
        return 0
    full = (i for i, row in enumerate(rows) if _is_as_wide(row, width))
    start = next((i for i in full if not _is_sparse(rows[i], rows[i + 1 : i + 4])), 0)
    if not start or not _looks_like_data(rows[start], rows[start + 1 :]):
        return start
    return _with_rows_above(rows, start, width)


def _is_as_wide(row: Sequence[str], width: int) -> bool:
    """Tell a row of a length, blank cells at its end not counted."""
    return extent(row) <= width <= len(row)


def _with_rows_above(rows: Sequence[Sequence[str]], start: int, width: int) -> int:
    """Go up from the first full row of data as long as rows belong to it."""
    profiles = Profiles.of(rows[start:], width)
    while start:
        above = rows[start - 1]
        if may_name(split_otherwise(above, width)) or _is_header(above, rows[start:], width):
            return start - 1
        if not (len(above) > 1 and any(map(is_value, above)) and profiles.take(above)):
            return start
        start -= 1
    return start


def _looks_like_data(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell data from names: there are values, or most of the words occur again below."""
    if any(map(is_value, row)):
        return True
    alike = [other for other in below if len(other) == len(row)]
    again = sum(
        any(cell == other[j] for other in alike)
        for j, cell in enumerate(map(str.strip, row))
        if cell
    )
    return 2 * again > filled(row)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Tell names of another number than the cells of the rows."""
    names = [cell.strip() for cell in row if cell.strip()]
    first = [other[0].strip() for other in below if len(other) == width]
    if len(row) == width - 1 and count_up(names):  # years over rows that have names
        alike = all(len(name) == YEAR for name in names) or are_row_names(first)
        return alike and len(names) == len(row) and len(set(first)) == len(first)
    if not names or not all(map(is_word, names)):
        return False
    if len(names) > 1:
        return not is_prose(row, below[0])
    alone = width == 2 and len(row) == 1 and " " not in row[0].strip()
    numbers = len(set(first)) == len(first) and all(map(str.isdecimal, first))
    return alone and (numbers or are_row_names(first))


def is_prose(row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell a sentence that its commas cut: blanks stand behind them, unlike below."""
    return any(c.startswith(" ") for c in row[1:]) and not any(c.startswith(" ") for c in below[1:])


def are_row_names(cells: Sequence[str]) -> bool:
    """Tell names of rows: 1, 2, 3, ..., or words that are all different."""
    stripped = [cell.strip() for cell in cells]
    if stripped == [str(i) for i in range(1, len(stripped) + 1)]:
        return True
    return len(set(stripped)) == len(stripped) and all(map(is_word, stripped))


def split_otherwise(row: Sequence[str], width: int) -> list[str]:
    """Split a row that is one cell at another delimiter, if that gives words for every column."""
    if len(row) != 1:
        return []
    ways = ([cell.strip(' "') for cell in row[0].split(other)] for other in _OTHERS)
    return next((cells for cells in ways if len(cells) == width and may_name(cells)), [])


def may_name(row: Sequence[str]) -> bool:
    """Tell whether all cells are words, and different."""
    names = [cell.strip() for cell in row]
    return len(names) > 1 and all(map(is_word, names)) and len(set(names)) == len(names)


def note_start(above: Sequence[Sequence[str]], first_number: int, findings: Findings) -> None:
    """Note what stands above the table."""
    if above:
        rows = counted(len(above), "row", "rows")
        first = shown(" ".join(cell.strip() for cell in above[0] if cell.strip()))
        findings.repair(
            "notes_above",
            f"{rows} above the table (first: {first}) {'is' if len(above) == 1 else 'are'} no part "
            f"of it and left out; the header is in row {first_number}.",
            cells=sum(map(filled, above)),
            before=first,
            undo=replace(findings.options, skip_rows=0),
        )


def _is_sparse(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell a title in a row that a spreadsheet filled up with delimiters."""
    width, n = len(row), filled(row)
    # A title alone in its row may have more delimiters than the table.
    least = 3 if n == 1 else width
    header = any(
        least <= len(r) <= width and n < filled(r) >= len(r) - 1 and _are_words(r) for r in below
    )
    if not header or len(below) < 2:
        return False
    if n == 1:
        return width > 2 or (extent(row) == 1 and not is_value(row[0]))
    return n == 2 and width > 3 and extent(row) == 2


def _are_words(row: Sequence[str]) -> bool:
    return all(is_word(cell) for cell in row if cell.strip())


def begins_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows begin with words above a column of values."""
    if len(rows) < 2 or len(rows[0]) < 2 or not all(map(is_word, rows[0])):
        return False
    below = [row for row in rows[1:HEAD] if len(row) == len(rows[0])]
    return any(map(holds_values, zip(*below, strict=True)))
