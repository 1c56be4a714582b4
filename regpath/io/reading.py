"""The road from the bytes of a file to a Table, and the notes of what was repaired on the way."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pandas as pd

from regpath.io.columns.infer import type_columns
from regpath.io.file_formats import read_grid
from regpath.io.findings import Findings
from regpath.io.grid import RawTable
from regpath.io.limits import Limits
from regpath.io.options import ReadOptions
from regpath.io.source import Readable, bytes_and_name
from regpath.io.table import Table

_OPTIONS, _LIMITS = ReadOptions(), Limits()


def read_table(
    source: Readable,
    *,
    name: str | None = None,
    options: ReadOptions = _OPTIONS,
    limits: Limits = _LIMITS,
) -> Table:
    r"""Read a table from a file, and say what had to be repaired.

    Text of any delimiter and encoding, workbooks (.xlsx, .xls, .xlsb, .ods), Parquet and Arrow
    files, and any of them in a gzip or zip archive are known by their content, whatever they are
    called.

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
    raw = read_grid(data, name, findings, limits)
    limits.refuse_table(*raw.grid.shape, name)
    return _typed(raw, name, _digest(data, options), findings)


def _digest(data: bytes, options: ReadOptions) -> str:
    """Digest bytes and options: a table is a function of both."""
    hasher = hashlib.blake2b(data, digest_size=16)
    if options != _OPTIONS:
        ordered = replace(options, columns={}, kept=frozenset(), accepted=frozenset())
        sets = sorted(options.kept), sorted(options.accepted)
        said = repr((ordered, sets, sorted(options.columns.items())))
        hasher.update(said.encode())
    return hasher.hexdigest()


def _typed(raw: RawTable, name: str, digest: str, findings: Findings) -> Table:
    typed = type_columns(raw.grid, findings.options, delimiter=raw.reading.delimiter)
    frame = typed.frame(pd.Index(raw.grid.row_numbers))
    findings.repairs += typed.repairs
    for question in typed.questions:
        findings.ask(question)
    findings.step("columns with a meaning", *frame.shape)
    diagnosis = findings.diagnosis(typed.reports)
    reading = replace(raw.reading, columns=typed.readings, options=findings.options)
    return Table(frame, digest, name, diagnosis.notes, reading, diagnosis)
