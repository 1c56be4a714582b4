"""The road from the bytes of a file to a Table, and the notes of what was repaired on the way."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from regpath.io.cells import Cut, cut_into_cells
from regpath.io.columns import Cells, Column, settle_points, type_column
from regpath.io.findings import Findings
from regpath.io.limits import Limits
from regpath.io.numbers import COMMA, PLAIN, POINT, may_be_thousands
from regpath.io.options import ReadOptions
from regpath.io.source import Source, bytes_and_name
from regpath.io.table import Table
from regpath.io.wording import counted, listed, shown

_OPTIONS, _LIMITS = ReadOptions(), Limits()
# These are written for a missing value, but a person may have meant the word or the sign itself.
_DOUBTFUL = ("None", "missing", "null", "NULL", "-", "?", ".")


def read_table(
    source: Source,
    *,
    name: str | None = None,
    options: ReadOptions = _OPTIONS,
    limits: Limits = _LIMITS,
) -> Table:
    r"""Read a table from a file, and say what had to be repaired.

    Text of any delimiter and encoding, Excel workbooks (.xlsx), Parquet and Arrow files, and any
    of them in a gzip or zip archive are known by their content, whatever they are called.

    Parameters
    ----------
    source : bytes, path or binary file
        The file: its bytes, where it is, or the file opened in binary mode.
    name : str, optional
        What the data are called on screen and in exports. By default, the name of the file, or
        "upload.csv" for bytes.
    options : ReadOptions, optional
        What the person says of the file; by default, everything is guessed.
    limits : Limits, optional
        The most to take on; by default, whatever the memory holds.

    Returns
    -------
    Table
        Numbers as int64 or float64, true/false words as "boolean", the rest as "str". The index
        holds the row numbers that a spreadsheet shows; `diagnosis` holds what was found and how
        to undo it, and `notes` a sentence for each repair and question.

    Raises
    ------
    DataError
        If the file cannot be read, is no table, is larger than the limits, or if more than a few
        rows do not have as many fields as the header. The message names the line and the hint
        the next step.

    Examples
    --------
    >>> table = read_table(b"size;price\n10;2,5\n12;3,5\n")
    >>> table.frame["price"].tolist()
    [2.5, 3.5]
    >>> table.notes
    ('Columns are separated by semicolons.', "In 'price', a comma marks decimals.")
    """
    data, name = bytes_and_name(source, name, limits)
    findings = Findings(options)
    cut = cut_into_cells(data, name, findings, limits)
    limits.refuse_table(*cut.grid.shape, name)
    return _typed(cut, name, _digest(data, options), findings)


def _digest(data: bytes, options: ReadOptions) -> str:
    """Digest bytes and options: a table is a function of both."""
    hasher = hashlib.blake2b(data, digest_size=16)
    if options != _OPTIONS:
        ordered = replace(options, columns={}, kept=frozenset())
        said = repr((ordered, sorted(options.kept), sorted(options.columns.items())))
        hasher.update(said.encode())
    return hasher.hexdigest()


def _typed(cut: Cut, name: str, digest: str, findings: Findings) -> Table:
    grid, numbers = cut.grid, cut.grid.row_numbers
    columns = settle_points(
        [
            type_column(Cells.of(column_name, cells.to_pylist(), numbers))
            for column_name, cells in zip(grid.names, grid.columns, strict=True)
        ]
    )
    frame = pd.DataFrame(dict(zip(grid.names, (c.values for c in columns), strict=True)))
    frame.index = pd.Index(numbers)
    notes = [repair.what for repair in findings.repairs]
    notes += [question.what for question in findings.questions] + _column_notes(columns)
    notes += _point_notes(columns) if cut.reading.delimiter != "," else []
    reading = replace(
        cut.reading,
        decimal_commas=tuple(c.cells.name for c in columns if c.style == COMMA),
        thousands_commas=tuple(c.cells.name for c in columns if c.style == POINT),
        words={c.cells.name: c.words for c in columns if c.words},
    )
    return Table(frame, digest, name, tuple(notes), reading, findings.diagnosis())


def _column_notes(columns: Sequence[Column]) -> list[str]:
    return _style_notes(columns) + [c.note for c in columns if c.note] + _missing_notes(columns)


def _style_notes(columns: Sequence[Column]) -> list[str]:
    marked = {
        (style, mark): [
            column.cells.name
            for column in columns
            if column.style == style and any(mark in text for text in column.cells.texts)
        ]
        for style, mark in ((COMMA, ","), (COMMA, "."), (POINT, ","))
    }
    words = {",": "a comma", ".": "a point"}
    return [
        f"In {listed(found)}, {words[mark]} marks "
        f"{'decimals' if mark == style.decimal else 'thousands'}."
        for (style, mark), found in marked.items()
        if found
    ]


def _point_notes(columns: Sequence[Column]) -> list[str]:
    """Name the columns in which 1.234 is a decimal: where commas are decimal it may be 1234."""
    doubtful = [
        column.cells.name
        for column in columns
        if column.style == PLAIN and may_be_thousands(column.cells.texts)
    ]
    return [f"In {listed(doubtful)}, a point marks decimals, not thousands."] if doubtful else []


def _missing_notes(columns: Sequence[Column]) -> list[str]:
    spellings: Counter[str] = Counter()
    for column in columns:
        spellings.update(column.cells.missing)
    doubtful = [
        f"{shown(spelling)} ({counted(spellings[spelling], 'cell')})"
        for spelling in _DOUBTFUL
        if spellings[spelling]
    ]
    return [f"Read as missing: {', '.join(doubtful)}."] if doubtful else []
