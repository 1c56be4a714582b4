"""Text of any encoding and dialect to a grid of cells."""

from __future__ import annotations

import math
import re

import pyarrow as pa
import pyarrow.compute as pc

from regpath.io.findings import Findings
from regpath.io.grid import Grid, RawTable
from regpath.io.layout.layout import lay_out, one_line_error
from regpath.io.layout.plain import lay_out_plain
from regpath.io.layout.ragged_rows import RowSource, rectangular
from regpath.io.layout.start import HEAD, find_start, note_start
from regpath.io.layout.tables import may_hold_several
from regpath.io.limits import Limits
from regpath.io.table import Reading
from regpath.io.text.decoding import decode, empty_file_error
from regpath.io.text.dialect import find_dialect
from regpath.io.text.records import read_records
from regpath.io.text.sheet import Sheet, fast_sheet
from regpath.io.text.splitting import Dialect, begins_with_quoted_numbers, line_of_row
from regpath.wording import counted

# What spreadsheets run a cell for that begins with it, the wide signs of East Asia too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
_PROTECTED = tuple(f"'{sign}".encode() for sign in FORMULA_SIGNS)
_SECOND_LINE = re.compile(rb"[\r\n]\s*\S")
_FORMULA = "^[=@\uff1d\uff20]"  # signs that begin no number
_APOSTROPHE = f"^'('*[{re.escape(''.join(FORMULA_SIGNS))}])"


def read_text(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    """Return the cells of a text file.

    Raises
    ------
    DataError
        If it holds no table, or one larger than the limits.
    """
    text = decode(data, name, findings)
    dialect, content = find_dialect(text, findings)
    _refuse_many_cells(content, dialect, name, limits)
    if findings.options.header_rows is None and not _SECOND_LINE.search(content):
        raise one_line_error(name)
    sheet = fast_sheet(content, dialect) if _is_untold(findings) else None
    plain = None if sheet is None else lay_out_plain(sheet, name, findings)
    if sheet is not None and plain is None:
        sheet = _even_rows(sheet, findings)
    if sheet is None:
        sheet, content = _uneven_rows(content, dialect, name, findings)
    skipped = line_of_row(content, dialect, int(sheet.numbers[0])) - 1
    grid, header_rows = (plain, 1) if plain is not None else lay_out(sheet, name, findings)
    if b"'" in content and any(mark in content for mark in _PROTECTED):
        grid = _without_apostrophes(grid, findings)
    if not dialect.is_plain:
        findings.obstacle("it is quoted or divided in another way than pandas knows")
    reading = Reading(
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        skipped_lines=skipped,
        has_header=header_rows > 0,
        renamed=header_rows > 0
        and list(grid.names) != [row[0].strip() for row in _first_row(sheet)],
        obstacles=tuple(findings.obstacles),
    )
    return RawTable(grid, reading)


def _first_row(sheet: Sheet) -> list[list[str]]:
    return [column.slice(0, 1).to_pylist() for column in sheet.columns]


def _refuse_many_cells(content: bytes, dialect: Dialect, name: str, limits: Limits) -> None:
    """Refuse before cutting what has far too many cells; a quoted delimiter may be counted."""
    most, widest = limits.n_cells or math.inf, limits.n_columns or math.inf
    if most == widest == math.inf:
        return
    lines = max(content.count(b"\n"), content.count(b"\r")) + 1
    cells = lines + content.count(dialect.delimiter.encode())
    if cells > 2 * most or cells > 2 * widest * lines:
        limits.refuse_table(lines, round(cells / lines), name)


def _is_untold(findings: Findings) -> bool:
    """Tell whether the fast way is open: nobody said where the table begins and ends."""
    return findings.options.skip_rows is None and findings.options.skip_footer is None


def _even_rows(sheet: Sheet, findings: Findings) -> Sheet | None:
    """Go on in the fast way if it is open; what it finds is what the other way would find."""
    head = sheet.rows(0, min(HEAD, len(sheet)))
    start = find_start(head)
    if may_hold_several(sheet, start):
        return None
    note_start(head[:start], int(sheet.numbers[start]), findings)
    return sheet.slice(start, len(sheet))


def _uneven_rows(
    content: bytes, dialect: Dialect, name: str, findings: Findings
) -> tuple[Sheet, bytes]:
    records, content = read_records(content, dialect, findings)
    if not records.rows:
        raise empty_file_error(name)
    source = RowSource(
        lambda number: f"Line {line_of_row(content, dialect, number)}",
        is_cut_off=not content.endswith((b"\n", b"\r")),
        has_quoted_names=begins_with_quoted_numbers(content, dialect),
    )
    return Sheet.of(rectangular(records, findings, source)), content


def _without_apostrophes(grid: Grid, findings: Findings) -> Grid:
    """Take away the apostrophe that keeps a spreadsheet from running a cell as a formula."""
    if not findings.wants("apostrophes"):
        return grid
    cells, columns = 0, []
    for column in grid.columns:
        marked = pc.match_substring_regex(column, _APOSTROPHE)
        found = 0 if _has_bare(column) else pc.sum(marked).as_py() or 0
        cells += found
        columns.append(_unprotected(column) if found else column)
    heads = pa.array(grid.names, pa.string())
    names = grid.names if _has_bare(heads) else tuple(_unprotected(heads).to_pylist())
    cells += sum(a != b for a, b in zip(names, grid.names, strict=True))
    if not cells or len(set(names)) < len(names):
        return grid
    findings.repair(
        "apostrophes",
        f"{counted(cells, 'cell starts', 'cells start')} with an apostrophe that keeps "
        "spreadsheets from running it as a formula; it was taken away.",
        cells=cells,
    )
    findings.obstacle("apostrophes stand before its formulas")
    return Grid(names, tuple(columns), grid.row_numbers)


def _has_bare(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether a formula stands there without an apostrophe: whoever protects any protects all."""
    return bool(pc.any(pc.match_substring_regex(column, _FORMULA)).as_py())


def _unprotected(column: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column, _APOSTROPHE, r"\1")
