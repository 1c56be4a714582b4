"""Where a table begins below titles, notes and comments, and which of several tables is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from regpath.io.findings import Findings
from regpath.io.shapes import extent, filled, holds_values, is_value, is_word, usual_width
from regpath.io.text.records import Records
from regpath.wording import counted, shown

HEAD = 100  # rows in which the beginning of a table is looked for
_MOST_TABLES = 10  # with more, blank rows are part of one table
_OTHERS = (",", ";", "\t", "|")


def find_start(rows: Sequence[Sequence[str]]) -> int:
    """Return the position of the first row that belongs to the table.

    Above it stand rows that are shorter or sparser than the table: titles, dates, notes.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows that hold something; `HEAD` of them are enough.

    Examples
    --------
    >>> find_start([["My report"], ["a", "b"], ["1", "2"], ["3", "4"]])
    1
    """
    width = usual_width(rows)
    if width == 1:
        return 0
    start = next(
        (
            i
            for i, row in enumerate(rows)
            if len(row) == width and not _is_sparse(row, rows[i + 1 : i + 4])
        ),
        0,
    )
    if (
        start
        and any(map(is_value, rows[start]))
        and _may_name(split_otherwise(rows[start - 1], width) or rows[start - 1])
    ):
        return start - 1  # a header of another length than its rows; the reason comes later
    return start


def split_otherwise(row: Sequence[str], width: int) -> list[str]:
    """Split a row that is one cell at another delimiter, if that gives words for every column."""
    if len(row) != 1:
        return []
    ways = ([cell.strip(' "') for cell in row[0].split(other)] for other in _OTHERS)
    return next((cells for cells in ways if len(cells) == width and _may_name(cells)), [])


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


def choose_table(records: Records, findings: Findings) -> Records:
    """Keep the largest of several tables that blank rows divide, and ask about the others."""
    tables = _tables(records)
    if len(tables) < 2:
        return records
    first, last = max(tables, key=lambda table: (table[1] - table[0], -table[0]))
    answers = {
        f"rows {records.numbers[a]} to {records.numbers[b - 1]}": {
            "skip_rows": records.numbers[a] - 1,
            "skip_footer": len(records.rows) - b,
        }
        for a, b in sorted(tables, key=lambda table: table != (first, last))
    }
    where = " and ".join(sorted(answers, key=lambda label: int(label.split()[1])))
    findings.question(
        "tables",
        f"The file holds {len(tables)} tables ({where}): which of them is to be read? "
        f"Taken: {next(iter(answers))}.",
        "Blank rows divide them, and each has a header of its own; the one with the most rows is "
        "taken.",
        answers,
    )
    findings.obstacle("it holds several tables")
    return records.take(range(first, last))


def _tables(records: Records) -> list[tuple[int, int]]:
    """Return where tables begin and end, if there are several."""
    gaps = [i for i, (a, b) in enumerate(pairwise(records.numbers), start=1) if b - a > 1]
    if not gaps or len(gaps) > 200:
        return []
    edges = [0, *gaps, len(records.rows)]
    tables: list[tuple[int, int]] = []
    header: list[str] = []
    for a, b in pairwise(edges):
        block = records.rows[a:b]
        start = a + find_start(block[:HEAD])
        if not _begins_table(records.rows[start:b]):
            if tables:
                tables[-1] = (tables[-1][0], b)
        elif tables and records.rows[start] == header:
            tables[-1] = (tables[-1][0], b)  # the same table goes on under its header again
        else:
            tables.append((start, b))
            header = records.rows[start]
    return tables if len(tables) <= _MOST_TABLES else []


def _begins_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows begin with words above a column of values."""
    if len(rows) < 2 or len(rows[0]) < 2 or not all(map(is_word, rows[0])):
        return False
    below = [row for row in rows[1:HEAD] if len(row) == len(rows[0])]
    columns = list(zip(*below, strict=True))
    return any(map(holds_values, columns))


def _is_sparse(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell a title in a row that a spreadsheet filled up with delimiters."""
    width, n = len(row), filled(row)
    header = any(len(r) == width and n < filled(r) >= width - 1 and _are_words(r) for r in below)
    if not header or len(below) < 2:
        return False
    if n == 1:
        return width > 2 or (extent(row) == 1 and not is_value(row[0]))
    return n == 2 and width > 3 and extent(row) == 2


def _are_words(row: Sequence[str]) -> bool:
    return all(is_word(cell) for cell in row if cell.strip())


def _may_name(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row]
    return len(names) > 1 and all(map(is_word, names)) and len(set(names)) == len(names)
