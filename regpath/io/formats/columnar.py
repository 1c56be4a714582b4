"""Parquet and Arrow files: columns that know their names and types, as cells of text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regpath.errors import DataError
from regpath.io.grid import Grid
from regpath.io.limits import Limits

_AGAIN = "The file is damaged or cut off, or of a kind that is not known: write it again."
_TEXTS = (pa.types.is_string, pa.types.is_large_string)
_PLAIN = (pa.types.is_integer, pa.types.is_boolean, pa.types.is_date, pa.types.is_decimal)


def read_columnar(data: bytes, kind: str, name: str, limits: Limits) -> tuple[Grid, list[str]]:
    """Read a "parquet" or an "arrow" file; also return the columns that no cell can hold."""
    try:
        table = _parquet(data, name, limits) if kind == "parquet" else _arrow(data, name, limits)
        table.validate(full=True)  # Arrow trusts offsets; a damaged file would end the process
        kept = {i: cells for i, column in enumerate(table.columns) if (cells := _cells(column))}
    except DataError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, MemoryError) as error:
        what = "a Parquet file" if kind == "parquet" else "an Arrow file"
        raise DataError(f"{name!r} is {what} that cannot be read.", _AGAIN) from error
    names = table.column_names
    left_out = [names[i] for i in range(len(names)) if i not in kept]
    numbers = np.arange(2, table.num_rows + 2, dtype=np.int64)  # as if the names were row 1
    grid = Grid(tuple(names[i] for i in kept), tuple(kept.values()), numbers)
    return grid, left_out


def _parquet(data: bytes, name: str, limits: Limits) -> pa.Table:
    from pyarrow.parquet import ParquetFile

    file = ParquetFile(pa.BufferReader(data))
    metadata = file.metadata
    limits.refuse_table(metadata.num_rows, metadata.num_columns, name)
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    limits.refuse_unpacked(sum(group.total_byte_size for group in groups), len(data), name)
    return file.read()


def _arrow(data: bytes, name: str, limits: Limits) -> pa.Table:
    with pa.ipc.open_file(pa.BufferReader(data)) as file:
        batches: list[Any] = []
        size = rows = 0
        for i in range(file.num_record_batches):
            batches.append(file.get_batch(i))
            rows += batches[-1].num_rows
            size += batches[-1].nbytes
            limits.refuse_table(rows, len(file.schema), name)
            limits.refuse_unpacked(size, len(data), name)
        return pa.Table.from_batches(batches, file.schema)


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Write every value so that the same value is read from it; None for lists and the like."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if any(is_kind(kind) for is_kind in (*_TEXTS, *_PLAIN)):
        cells = column.cast(pa.string())
    elif pa.types.is_null(kind):
        cells = pa.chunked_array([pa.array([""] * len(column), pa.string())])
    elif pa.types.is_floating(kind):
        cells = _floats(column.cast(pa.float64()))
    elif pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        cells = _without_zeros(column.cast(pa.string()))
    else:
        return None
    return pc.fill_null(cells, "")


def _floats(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write 1.0 as 1.0, since 1 would be an integer; NaN as nothing."""
    texts = [repr(value) for value in column.fill_null(np.nan).to_numpy().tolist()]
    cells = pa.chunked_array([pa.array(texts, pa.string())])
    return pc.if_else(pc.equal(cells, "nan"), "", cells)


def _without_zeros(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Leave out a time of midnight and a fraction of nothing."""
    cells = pc.replace_substring_regex(cells, r"\.0+(Z?)$", r"\1")
    midnight = pc.all(pc.match_substring_regex(cells, r" 00:00:00Z?$")).as_py()
    return pc.replace_substring_regex(cells, r" 00:00:00Z?$", "") if midnight else cells
