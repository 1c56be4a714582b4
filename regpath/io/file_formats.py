"""The list of file formats, and the bytes of a file to a grid of cells by the one that fits.

To add one: docs/extending/file_format.md.
"""

from __future__ import annotations

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
from regpath.io.layout.layout import lay_out
from regpath.io.layout.ragged_rows import RowSource, rectangular
from regpath.io.limits import Limits
from regpath.io.read_text import read_text
from regpath.io.table import Reading
from regpath.io.text.decoding import empty_file_error
from regpath.io.text.records import Records
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, listed, shown

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and other files of its time


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
    return read_text(data, name, findings, limits)


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
    found = read_sheet(
        data,
        name,
        limits,
        sheet=wanted,
        fill=findings.wants("merged_cells"),
        fill_numbers=findings.wants("merged_numbers"),
    )
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
    if found.filled_numbers:
        n_cells = counted(len(found.filled_numbers), "cell is", "cells are")
        findings.question(
            "merged_numbers",
            f"{n_cells} merged with a cell above that holds a number (first: "
            f"{shown(found.filled_numbers[0])}): is it the number of each row, or one of all "
            "together? Taken: of each row.",
            "A merged cell says that it holds for all, not how.",
            {
                "It is that of each row": {},
                "One of all: the rows below have none": {
                    "kept": findings.options.kept | {"merged_numbers"}
                },
            },
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


# The first that fits reads; what none fits is refused by its name, or is text.
FORMATS = [
    FileFormat("gzip", GZIP, _read_gzip),
    FileFormat("zip", ZIP, _read_zip),
    FileFormat("workbook", OLD_OFFICE, _read_workbook),
    FileFormat("parquet", PARQUET, _read_columnar_file, ending=PARQUET),
    FileFormat("arrow", b"ARROW1\0\0", _read_columnar_file),
]
