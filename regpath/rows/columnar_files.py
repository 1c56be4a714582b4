"""Parquet and Arrow files, and directories of them, as blocks of rows; nothing is loaded whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regpath.errors import DataError
from regpath.io.columns.missing import MISSING
from regpath.rows.blocks import PIECE_ROWS, BlockCells, RowBlock, WordCells, changed, unreadable

ENDINGS = (".parquet", ".pq", ".arrow", ".feather", ".ipc")
INDEX = re.compile(r"__index_level_\d+__")  # the numbers of rows that pandas writes beside them
_BROKEN = (pa.ArrowException, OSError, ValueError, EOFError)


@dataclass(frozen=True)
class ColumnarFiles:
    """Row groups of Parquet files, record batches of Arrow files.

    Attributes
    ----------
    name : str
        What messages call them all.
    kinds : dict of str to str
        What each column holds, in the order of the first file.
    blocks : tuple of RowBlock
    """

    name: str
    kinds: dict[str, str]
    blocks: tuple[RowBlock, ...]

    @classmethod
    def at(cls, path: Path) -> ColumnarFiles:
        """Look at the heads of a file, or of all files below a directory, in order of their names.

        Raises
        ------
        DataError
            If there is none, one cannot be read, or one has other columns than the first.
        """
        files = _files_below(path) if path.is_dir() else [path]
        kinds: dict[str, str] = {}
        blocks: list[RowBlock] = []
        for file in files:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            schema, sizes = _head(file, name)
            found = {field.name: kind_of_type(field.type) for field in schema}
            found = {c: kind for c, kind in found.items() if not INDEX.fullmatch(c)}
            if len(set(schema.names)) < len(schema):
                twice = next(n for n in schema.names if schema.names.count(n) > 1)
                raise DataError(f"Two columns of {name} are called {twice!r}.", "Rename one.")
            kinds = _joined(kinds, found, name, files[0].name) if kinds else found
            for part, n in enumerate(sizes):
                label = f"{name}, {'batch' if _is_arrow(file) else 'row group'} {part}"
                if n:
                    blocks.append(RowBlock(len(blocks), label, str(file), part, n, _stamp(file)))
        if not blocks:
            raise DataError(f"{path.name} has no rows.", "Bring a file that has some.")
        return cls(path.name, kinds, tuple(blocks))

    def pieces(self, block: RowBlock, columns: Sequence[str]) -> Iterator[BlockCells]:
        """Some columns of a block, a piece of it at a time."""
        file = Path(block.path)
        try:
            if _stamp(file) != block.stamp:
                raise changed(block)
            for batch in _batches(file, block.part, columns):
                yield {name: _cells(batch.column(name), self.kinds[name]) for name in columns}
        except DataError:
            raise
        except _BROKEN as error:
            raise unreadable(block, error) from error


def _files_below(folder: Path) -> list[Path]:
    found = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in ENDINGS
        and not any(part.startswith(("_", ".")) for part in file.relative_to(folder).parts)
    ]
    if not found:
        raise DataError(
            f"There is no Parquet or Arrow file in {folder.name!r}.",
            f"Files are known by their endings: {', '.join(ENDINGS)}.",
        )
    keyed = next((f for f in found if "=" in f.relative_to(folder).parent.as_posix()), None)
    if keyed is not None:
        raise DataError(
            f"{folder.name!r} keeps a column in the names of its folders "
            f"({keyed.relative_to(folder).parent.as_posix()}), which is not read.",
            "Write the files with this column inside, or bring one of the folders.",
        )
    return found


def _is_arrow(file: Path) -> bool:
    return file.suffix.lower() not in (".parquet", ".pq")


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def _head(file: Path, name: str) -> tuple[Any, list[int]]:
    """Columns of a file with their types, and the rows of each part."""
    try:
        if _is_arrow(file):
            with pa.ipc.open_file(pa.memory_map(str(file))) as opened:
                parts = range(opened.num_record_batches)
                return opened.schema, [opened.get_batch(i).num_rows for i in parts]
        from pyarrow.parquet import ParquetFile

        with ParquetFile(file) as parquet:
            metadata = parquet.metadata
            groups = range(metadata.num_row_groups)
            return parquet.schema_arrow, [metadata.row_group(i).num_rows for i in groups]
    except _BROKEN as error:
        why = str(error).strip().partition("\n")[0]
        raise DataError(
            f"{name} cannot be read: {why}", "Write this file again, or leave it out."
        ) from error


def _batches(file: Path, part: int, columns: Sequence[str]) -> Iterator[Any]:
    if _is_arrow(file):
        with pa.ipc.open_file(pa.memory_map(str(file))) as opened:
            whole = opened.get_batch(part).select(list(columns))
            whole.validate(full=True)  # Arrow trusts offsets; a damaged file would end the process
            for low in range(0, whole.num_rows, PIECE_ROWS):
                yield whole.slice(low, PIECE_ROWS)
        return
    from pyarrow.parquet import ParquetFile

    with ParquetFile(file) as parquet:
        yield from parquet.iter_batches(
            PIECE_ROWS, row_groups=[part], columns=list(columns), use_threads=False
        )


def kind_of_type(kind: Any) -> str:
    """What a column of an Arrow type holds.

    >>> kind_of_type(pa.int8()), kind_of_type(pa.dictionary(pa.int8(), pa.string()))
    ('numbers', 'words')
    """
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    known = {
        "numbers": (
            *(pa.types.is_integer, pa.types.is_floating),
            *(pa.types.is_decimal, pa.types.is_boolean),
        ),
        "words": (pa.types.is_string, pa.types.is_large_string),
        "dates": (pa.types.is_date, pa.types.is_timestamp),
        "nothing": (pa.types.is_null,),
        "times": (pa.types.is_time, pa.types.is_duration),
    }
    for name, tests in known.items():
        if any(test(kind) for test in tests):
            return name
    return f"values of type {kind}"


def _joined(kinds: dict[str, str], found: dict[str, str], name: str, first: str) -> dict[str, str]:
    """What columns hold in all files so far; refuses a file that has others."""
    for column in (*kinds, *found):
        if column not in found or column not in kinds:
            where, there = (name, first) if column not in found else (first, name)
            raise DataError(
                f"{where} has no column {column!r}, and {there} has one.",
                "Bring files of the same columns.",
            )
    result = dict(kinds)
    for column, kind in found.items():
        if "nothing" in (kind, kinds[column]):
            result[column] = kind if kinds[column] == "nothing" else kinds[column]
        elif kind != kinds[column]:
            raise DataError(
                f"Column {column!r} holds {kind} in {name}, and {kinds[column]} in {first}.",
                "Write both files with one type.",
            )
    return result


def _cells(array: Any, kind: str) -> np.ndarray | WordCells:
    if kind == "words":
        return _words(array)
    return _numbers(array)


def _numbers(array: Any) -> np.ndarray:
    """Numbers as floats, NaN where missing."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_null(array.type):
        return np.full(len(array), np.nan)
    if pa.types.is_boolean(array.type):
        array = array.cast(pa.int8())
    # Whole numbers beyond 2^53 are rounded to the next float, as pandas does.
    numbers = array.cast(pa.float64(), safe=False)
    result: np.ndarray = np.array(numbers.to_numpy(zero_copy_only=False), dtype=float)
    return result


def _words(array: Any) -> WordCells:
    """Words without blanks around them; what stands for a missing value in files is missing."""
    if pa.types.is_null(array.type):
        return WordCells(np.full(len(array), -1, dtype=np.int64), ())
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    texts = pc.utf8_trim_whitespace(array.dictionary.cast(pa.string())).to_pylist()
    levels = tuple(dict.fromkeys(text for text in texts if text and text not in MISSING))
    place = {level: i for i, level in enumerate(levels)}
    table = np.array([place.get(text, -1) for text in texts] + [-1], dtype=np.int64)
    codes = array.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return WordCells(table[codes.astype(np.int64)], levels)
