"""Which of several tables in one file is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow.compute as pc

from regpath.io.findings import Findings
from regpath.io.layout.footer import valued_columns
from regpath.io.layout.start import (
    COMMENT,
    HEAD,
    YEAR,
    begins_table,
    find_start,
    is_prose,
    may_name,
)
from regpath.io.shapes import extent, filled, is_absent, is_value, is_word
from regpath.io.text.records import Records
from regpath.io.text.sheet import Sheet

_MOST_TABLES = 10  # with more, blank rows are part of one table
_MOST_GAPS = 200  # runs of blank rows; with more, they are part of the table
_HEADER_ROWS = 3  # of one table: names, labels, units
_MOST_SECOND = 0.001  # of many rows may look like headers; with more, they are data
_ALIKE = 0.5  # of its names a second header shares with the first
_MOSTLY = 0.8  # of the cells of a column of words are words, as of one of values are values
_FEWEST_WORDS = 4  # rows of a table of words alone, its header among them
# Rows at the beginning and at the end: if columns hold words in these and values in those, a
# second table is looked for.
_FIRST, _TAIL = 10, 2


def choose_table(records: Records, findings: Findings) -> Records:
    """Keep the largest of several tables, and ask about the others."""
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
        "Each has a header of its own, below a blank row, a title or rows of numbers; the one with "
        "the most rows is taken.",
        answers,
    )
    findings.obstacle("it holds several tables")
    return records.take(range(first, last))


def holds_second_header(rows: Sequence[Sequence[str]], header: Sequence[str], i: int) -> bool:
    """Tell whether a row among rows of one length is the header of another table.

    It shares names with the first header, but not all; or it holds words, each another one, in
    two columns and more that hold numbers above and below, or numbers on one side and words on
    the other.

    >>> rows = [["a", "b", "c"], ["1", "2", "4"], ["d", "b", "c"], ["6", "7", "8"]]
    >>> holds_second_header(rows, rows[0], 2)
    True
    """
    row = rows[i]
    if _shares_all_but_years(row, header):
        return True
    names = [cell.strip() for cell in row if cell.strip()]
    if len(names) < 2 or not all(map(is_word, names)) or list(row) == list(header):
        return False
    if names[0].startswith(COMMENT) or is_prose(row, header):
        return False
    if _shares_names(row, header):
        return True
    above, below = rows[max(1, i - HEAD) : i], rows[i + 1 : i + HEAD]
    alike = [other for other in below if len(other) == len(row)]
    if len(row) != len(rows[i - 1]):  # a table of another width
        next_rows = below[:2]
        values = set(valued_columns(alike))
        return len(next_rows) > 0 and all(len(r) == len(row) for r in next_rows) and bool(values)
    values = set(valued_columns(above)) & set(valued_columns(alike)) | _changed(above, alike)
    if i <= _HEADER_ROWS or len(values) < 2 or len(below) < 2:
        return False
    words = [row[j].strip() for j in sorted(values)]
    known = {other[j].strip() for other in (*above, *alike) for j in values if j < len(other)}
    return all(words) and len(set(names)) == len(names) and not known & set(words)


def _changed(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns that hold values in some rows, and words in others."""
    values, words = set(valued_columns(above)), set(_word_columns(above))
    return (values & set(_word_columns(below))) | (words & set(valued_columns(below)))


def _word_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns in which nearly all that is present are words."""
    found = []
    for j in range(max(map(len, rows), default=0)):
        present = [row[j] for row in rows if j < len(row) and not is_absent(row[j])]
        if present and sum(map(is_word, present)) >= _MOSTLY * len(present):
            found.append(j)
    return found


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell a table: words over values, or over words of which some recur and none is a name."""
    if begins_table(rows):
        return True
    width = len(rows[0])
    rows = rows[:HEAD]
    if len(rows) < _FEWEST_WORDS or width < 2 or any(filled(row) != width for row in rows):
        return False
    if any(len(row) != width for row in rows) or not may_name(rows[0]):
        return False
    columns = [[cell.strip() for cell in column] for column in zip(*rows, strict=True)]
    named = all(column[0] not in column[1:] for column in columns)
    return named and any(len(set(column[1:])) < len(column) - 1 for column in columns)


def _shares_names(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether at least half of some names, and two, or all but years stand in a header too."""
    if _shares_all_but_years(row, header):
        return True
    names = [cell.strip() for cell in row if cell.strip()]
    known = {cell.strip() for cell in header}
    shared = sum(name in known for name in names)
    return shared >= 2 and shared >= _ALIKE * len(names)


def _shares_all_but_years(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell names that are those of a header, and other years that rise.

    >>> _shares_all_but_years(["region", "2021", "2022"], ["region", "2019", "2020"])
    True
    """
    years = [cell.strip() for cell in row[1:] if cell.strip().isdecimal()]
    shared = [j for j, cell in enumerate(row) if cell.strip() and not cell.strip().isdecimal()]
    if not years or 0 not in shared or list(row) == list(header) or not is_word(row[0]):
        return False
    if any(j >= len(header) or row[j].strip() != header[j].strip() for j in shared):
        return False
    alone = len(years) == 1 and any(cell.strip().isdecimal() for cell in header)
    rise = len(years) > 1 and years == sorted(set(years))
    return all(len(year) == YEAR for year in years) and (alone or rise)


def _tables(records: Records) -> list[tuple[int, int]]:
    """Return where tables begin and end, if there are several."""
    rows = records.rows
    tables: list[tuple[int, int]] = []
    header: list[str] = []
    for a, b in _blocks(records):
        start = a + find_start(rows[a:b][:HEAD])
        second = bool(header) and _shares_names(rows[start], header) and b - start > 1
        if not header:
            above = _above(rows, a, start)
            tables, header = [*above, (start, b)], rows[start]
            is_table = _is_table(rows[start:b])
        elif rows[start] == header or not (second or _is_table(rows[start:b])):
            tables[-1] = (tables[-1][0], b)  # goes on, perhaps under its header again
        elif second or is_table:
            tables[-1] = (tables[-1][0], _above_title(rows, tables[-1][1]))
            tables.append((start, b))
            header, is_table = rows[start], True
        else:
            tables, header, is_table = [(start, b)], rows[start], True
    found = [part for table in tables for part in _parts(rows, *table)]
    return found if len(found) <= _MOST_TABLES else []


def _above(rows: Sequence[list[str]], first: int, end: int) -> list[tuple[int, int]]:
    """Return the table among the rows above another that is wider, if there is one."""
    end = _above_title(rows, end)
    if end - first < _FEWEST_WORDS:
        return []
    start = first + find_start(rows[first:end][:HEAD])
    if end - start < _FEWEST_WORDS or len({len(row) for row in rows[start:end]}) > 1:
        return []
    return [(start, end)] if _is_table(rows[start:end]) else []


def _blocks(records: Records) -> list[tuple[int, int]]:
    """Return the stretches of rows that blank rows divide; one if they are very many."""
    gaps = [i for i, (a, b) in enumerate(pairwise(records.numbers), start=1) if b - a > 1]
    if len(gaps) > _MOST_GAPS:
        gaps = []
    return list(pairwise([0, *gaps, len(records.rows)]))


def _parts(rows: Sequence[list[str]], start: int, end: int) -> list[tuple[int, int]]:
    """Divide a table at headers within it; a title above such a header belongs to neither."""
    body = rows[start:end]
    if len(body) < 4:
        return [(start, end)]
    header = body[0]
    values = valued_columns(body[1:_FIRST])
    starts = [start]
    for i in _candidates(body, header, values):
        titled = i > 2 and filled(body[i - 1]) == 1 and is_word(body[i - 1][0])
        titled = titled and body[i] != header
        if holds_second_header(body, header, i) or (titled and begins_table(body[i:])):
            starts.append(start + i)
    ends = [_above_title(rows, s) for s in starts[1:]] + [end]
    return list(zip(starts, ends, strict=True))


def _candidates(
    body: Sequence[list[str]], header: Sequence[str], values: Sequence[int]
) -> list[int]:
    """Return the rows that may be a header by one cell of theirs, so that few are looked at."""
    width = len(header)
    first = values[0] if values else None
    found = set()
    was_word = False
    for i in range(2, len(body) - 1):
        row = body[i]
        if len(row) < 2 or extent(row) < 2:
            continue
        named = row[0] == header[0] or (width > 1 and row[1:2] == list(header[1:2]))
        other = len(row) != len(body[i - 1])
        word = first is not None and first < len(row) and row[first].lstrip()[:1].isalpha()
        if named or (word and not was_word) or (other and not is_value(row[-1])):
            found.add(i)
        was_word = word
    found |= _where_kinds_change(body)
    return sorted(found) if len(found) <= max(HEAD, _MOST_SECOND * len(body)) else []


def _where_kinds_change(body: Sequence[list[str]]) -> set[int]:
    """Return the rows with the last word above values, or the first word below them."""
    found = set()
    for j in _changed(body[1:_FIRST], body[-_TAIL:]):
        words = [i for i, row in enumerate(body) if i and j < len(row) and is_word(row[j])]
        found |= {words[0], words[-1]}
    return {i for i in found if 1 < i < len(body) - 1}


def _above_title(rows: Sequence[Sequence[str]], start: int) -> int:
    """Return where the table above a header ends, a title between them left out."""
    end = start
    while end > 1 and filled(rows[end - 1]) == 1 and is_word(rows[end - 1][0]):
        end -= 1
    return end


def may_hold_several(sheet: Sheet, start: int) -> bool:
    """Tell whether some row of a sheet may be the header of a second table; it is quick to tell."""
    head = sheet.rows(start, min(len(sheet), start + HEAD))
    values = valued_columns(head[1:])
    if _changed(head[1:_FIRST], sheet.rows(max(start + 1, len(sheet) - _TAIL), len(sheet))):
        return True
    mask = pc.and_(
        pc.not_equal(sheet.columns[0], ""), pc.equal(sheet.columns[0], head[0][0])
    ).to_numpy()
    if len(sheet.columns) > 1:
        mask |= pc.equal(sheet.columns[1], head[0][1]).to_numpy()
    if values:
        mask |= pc.match_substring_regex(sheet.columns[values[0]], r"^\s*\pL").to_numpy()
    found = np.flatnonzero(mask[start + 2 :]) + start + 2
    if not 0 < len(found) <= max(HEAD, _MOST_SECOND * len(sheet)):
        return False
    for i in found.tolist():
        first = max(start, i - HEAD)
        near = [head[0], *sheet.rows(first + 1, min(len(sheet), i + HEAD))]
        position = i - first
        titled = filled(near[position - 1]) == 1
        if titled or holds_second_header(near, head[0], position):
            return True
    return False
