"""The bytes of a file, whatever it is, to a grid of cells: each format by its own road."""

from __future__ import annotations

import math
import re

import pyarrow as pa
import pyarrow.compute as pc

from regpath.errors import DataError
from regpath.io.findings import Findings
from regpath.io.formats.archives import (
    chosen_member,
    files_of,
    opened_zip,
    unpacked_gzip,
    unpacked_member,
)
from regpath.io.formats.columnar import read_columnar
from regpath.io.formats.excel import SheetRows, is_workbook, read_sheet
from regpath.io.formats.file_format import FileFormat
from regpath.io.formats.signatures import refuse_package, refuse_signature
from regpath.io.grid import Grid, RawTable
from regpath.io.layout.header import column_names
from regpath.io.layout.layout import lay_out, one_line_error
from regpath.io.layout.plain import lay_out_plain
from regpath.io.layout.ragged_rows import RowSource, rectangular
from regpath.io.layout.start import HEAD, find_start, note_start
from regpath.io.layout.tables import may_hold_several
from regpath.io.limits import Limits
from regpath.io.table import Reading
from regpath.io.text.decoding import decode, empty_file_error
from regpath.io.text.dialect import find_dialect
from regpath.io.text.records import Records, read_records
from regpath.io.text.sheet import Sheet, fast_sheet
from regpath.io.text.splitting import Dialect, begins_with_quoted_numbers, line_of_row
from regpath.wording import counted, listed

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and other files of its time
_PROTECTED = tuple(b"'" + mark for mark in (b"=", b"+", b"-", b"@", b"\t", b"\r"))
_SECOND_LINE = re.compile(rb"[\r\n]\s*\S")
_APOSTROPHE = "^'([=+\\-@\t\r])"


def read_grid(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    """Find out what a file is, and return its cells.

    Raises
    ------
    DataError
        If it holds no table, or one larger than the limits.
    """
    for known in FORMATS:
        if known.fits(data):
            return known.read(data, name, findings, limits)
    refuse_signature(data, name)
    return _read_text(data, name, findings, limits)


def _not_packed_again(data: bytes, name: str) -> bytes:
    """Refuse what was packed twice: nobody does so by mistake; a workbook is no archive."""
    is_zip = data.startswith(ZIP) and not is_workbook(opened_zip(data, name).namelist())
    if is_zip or data.startswith(GZIP):
        raise DataError("An archive lies within the archive.", "Unpack it, and bring the table.")
    return data


def _read_gzip(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    findings.obstacle("it is packed")
    content = _not_packed_again(unpacked_gzip(data, name, limits), name)
    return read_grid(content, name, findings, limits)


def _read_zip(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    with opened_zip(data, name) as archive:
        if is_workbook(archive.namelist()):
            return _read_workbook(data, name, findings, limits)
        refuse_package(archive, name)
        member = chosen_member(files_of(archive), findings.options.sheet, name)
        content = _not_packed_again(unpacked_member(archive, member, name, limits), name)
    findings.obstacle("it is packed")
    return read_grid(content, member.rsplit("/", 1)[-1], findings, limits)


def _read_workbook(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    wanted = findings.options.sheet
    found = read_sheet(data, name, limits, sheet=wanted, fill=findings.wants("merged_cells"))
    if not found.rows:
        raise empty_file_error(name)
    _note_workbook(found, findings)
    if len(found.sheets) > 1 and wanted is None:
        others = [sheet for sheet in found.sheets if sheet != found.sheet]
        findings.question(
            "sheet",
            f"The workbook has {len(found.sheets)} sheets: is {found.sheet!r} the one to be read?",
            "It is the first with more than one row; hidden sheets come last.",
            {sheet: {"sheet": sheet} for sheet in [found.sheet, *others]},
        )
    findings.obstacle("it is a workbook")
    source = RowSource("Row {}".format)
    records = rectangular(Records(found.rows, found.numbers), findings, source)
    grid, _ = lay_out(Sheet.of(records), name, findings)
    return RawTable(grid, Reading(obstacles=tuple(findings.obstacles)))


def _note_workbook(found: SheetRows, findings: Findings) -> None:
    if found.n_filled:
        findings.repair(
            "merged_cells",
            f"{counted(found.n_filled, 'cell', 'cells')} got the value of the cell above that "
            f"{'it is' if found.n_filled == 1 else 'they are'} merged with.",
            cells=found.n_filled,
        )
    if found.n_uncomputed:
        n = counted(found.n_uncomputed, "formula was", "formulas were")
        findings.repair(
            "formulas",
            f"{n} saved without a result and read as missing: open the workbook in a spreadsheet "
            "program and save it there.",
            cells=found.n_uncomputed,
            undo=None,
        )
    if found.n_errors:
        n = counted(found.n_errors, "cell holds", "cells hold")
        findings.repair(
            "errors",
            f"{n} an error such as #DIV/0! and {'is' if found.n_errors == 1 else 'are'} read as "
            "missing.",
            cells=found.n_errors,
            undo=None,
        )


def _read_columnar_file(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
    kind = "parquet" if data.startswith(PARQUET) else "arrow"
    grid, left_out = read_columnar(data, kind, name, limits)
    if not all(grid.shape):
        raise empty_file_error(name)
    if left_out:
        findings.repair(
            "nested_columns",
            f"{counted(len(left_out), 'column holds', 'columns hold')} lists or other values that "
            f"no cell can hold, and {'was' if len(left_out) == 1 else 'were'} left out: "
            f"{listed(left_out)}.",
            undo=None,
        )
    names, _, _ = column_names(grid.names)
    findings.step("rows of data", *grid.shape)
    findings.obstacle(f"it is {'a Parquet' if kind == 'parquet' else 'an Arrow'} file")
    return RawTable(
        Grid(tuple(names), grid.columns, grid.row_numbers),
        Reading(obstacles=tuple(findings.obstacles)),
    )


def _read_text(data: bytes, name: str, findings: Findings, limits: Limits) -> RawTable:
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
        found = pc.sum(marked).as_py() or 0
        cells += found
        columns.append(_unprotected(column) if found else column)
    names = tuple(_unprotected(pa.array(grid.names, pa.string())).to_pylist())
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


def _unprotected(column: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column, _APOSTROPHE, r"\1")


# The first that fits reads; what none fits is refused by its name, or is text.
FORMATS = [
    FileFormat("gzip", GZIP, _read_gzip),
    FileFormat("zip", ZIP, _read_zip),
    FileFormat("workbook", OLD_OFFICE, _read_workbook),
    FileFormat("parquet", PARQUET, _read_columnar_file, ending=PARQUET),
    FileFormat("arrow", b"ARROW1\0\0", _read_columnar_file),
]
