"""read_table: bytes -> text -> rows -> columns -> Table, one step per line."""

from __future__ import annotations

import hashlib
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from regpath.errors import DataError, ParameterError
from regpath.io.columns import type_columns
from regpath.io.decoding import decode, empty
from regpath.io.diagnosis import Diagnosis
from regpath.io.dialect import delimiter_notes, find_delimiter
from regpath.io.grid import Grid
from regpath.io.header import column_names, first_row_is_data, invented_names
from regpath.io.options import ReadOptions
from regpath.io.records import Records, read_records
from regpath.io.table import Reading, Table

Source = bytes | bytearray | memoryview | str | PathLike[str] | BinaryIO


def read_table(
    source: Source, *, name: str | None = None, options: ReadOptions | None = None
) -> Table:
    r"""Read a CSV file, and say what had to be repaired.

    Parameters
    ----------
    source : bytes, path or binary file
        The file: its bytes, where it is, or the file opened in binary mode.
    name : str, optional
        What the data are called on screen and in exports. By default, the name of the file, or
        "upload.csv" for bytes.

    Returns
    -------
    Table
        Numbers as int64 or float64, true/false words as "boolean", the rest as "str". The index
        holds the row numbers that a spreadsheet shows; `notes` holds a sentence for each repair.

    Raises
    ------
    DataError
        If the file cannot be read, is not a text file, has no rows, or if a row does not have as
        many fields as the header. The message names the line and the hint the next step.

    Examples
    --------
    >>> table = read_table(b"size;price\n10;2,5\n12;3,5\n")
    >>> table.frame["price"].tolist()
    [2.5, 3.5]
    >>> table.notes
    ('Columns are separated by semicolons.', "In 'price', a comma marks decimals.")
    """
    data, name = _bytes_and_name(source, name)
    text, encoding, notes = decode(data, name)
    delimiter, below = find_delimiter(text)
    records = read_records(below, delimiter)
    if not records.cells:
        raise empty(name)
    names, rows, numbers, header_notes = _under_names(records, name)
    has_header = len(rows) < len(records.cells)
    row_numbers = np.array(numbers, dtype=np.int64)
    typed = type_columns(Grid.of_rows(names, rows, numbers), options, delimiter=delimiter)
    frame = pd.DataFrame(typed.values)
    frame.index = pd.Index(row_numbers)
    notes += delimiter_notes(delimiter) + records.notes + header_notes
    diagnosis = Diagnosis(
        repairs=typed.repairs,
        questions=typed.questions,
        columns=typed.reports,
        options=options or ReadOptions(),
    )
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    reading = Reading(
        encoding=encoding,
        delimiter=delimiter,
        skipped_lines=int(below is not text),
        has_header=has_header,
        renamed=has_header and names != [cell.strip() for cell in records.cells[0]],
        columns=typed.readings,
    )
    return Table(
        frame=frame,
        digest=digest,
        name=name,
        notes=(*notes, *diagnosis.notes),
        reading=reading,
        diagnosis=diagnosis,
    )


def _bytes_and_name(source: Source, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), name or "upload.csv"
    if isinstance(source, str | PathLike):
        return _bytes_of_path(Path(source)), name or Path(source).name
    data = source.read()
    if not isinstance(data, bytes):
        raise ParameterError(
            "The 'source' parameter of read_table must be bytes, a path or a file opened in "
            f"binary mode. Got a file that reads {type(data).__name__} instead.",
            'Open the file with mode "rb".',
        )
    return data, name or Path(str(getattr(source, "name", "upload.csv"))).name


def _bytes_of_path(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(
            f"{str(path)!r} cannot be read: {reason}.",
            "Check that the path leads to a file that you may open.",
        ) from error


def _under_names(
    records: Records, name: str
) -> tuple[list[str], list[list[str]], list[int], list[str]]:
    """Return the names, the rows under them, the numbers of those rows, and notes."""
    if len(records.cells) == 1:
        raise DataError(
            f"{name!r} has one line only, so there is no row of data under the header.",
            "Choose a file with a header line and at least one row of data.",
        )
    if first_row_is_data(records.cells):
        names, notes = invented_names(len(records.cells[0]))
        return names, records.cells, records.numbers, notes
    names, notes = column_names(records.cells[0])
    return names, records.cells[1:], records.numbers[1:], notes
