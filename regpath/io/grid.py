"""Grid, RawTable: cells as they are written, in named columns; NumberBlock: some parsed already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.table import Reading


@dataclass(frozen=True, eq=False)
class NumberBlock:
    """Columns that hold nothing but plain numbers and blanks.

    Parameters
    ----------
    places : ndarray of int, shape (m,)
        Which columns of the table they are, in order.
    values : ndarray of float, shape (n, m)
        `values[:, k]` is what `plain_numbers` gives for column `places[k]`.
    is_whole : ndarray of bool, shape (m,)
        Which of them it gives as integers.
    """

    places: NDArray[np.intp]
    values: NDArray[np.float64]
    is_whole: NDArray[np.bool_]

    def column(self, k: int) -> NDArray[np.float64] | NDArray[np.int64]:
        """The numbers of one of them."""
        values = self.values[:, k]
        return values.astype(np.int64) if self.is_whole[k] else values


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells in named columns, before anybody asks what they mean.

    Parameters
    ----------
    names : tuple of str
        Distinct, not blank, stripped.
    columns : tuple of ChunkedArray of string
        One for each name; cells verbatim (not stripped), never null: a cell that is not there
        is "".
    row_numbers : ndarray of int64
        The number that a spreadsheet shows beside each row; the first line of a file is row 1.
    block : NumberBlock or None, default=None
        The columns of plain numbers, where a wide table has been parsed already.
    """

    names: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    row_numbers: NDArray[np.int64]
    block: NumberBlock | None = None

    @classmethod
    def of_rows(
        cls, names: Sequence[str], rows: Sequence[Sequence[str]], row_numbers: Sequence[int]
    ) -> Grid:
        """Turn rows of equal length into columns.

        >>> Grid.of_rows(["a", "b"], [["1", "x"], ["2", ""]], [2, 3]).columns[1].to_pylist()
        ['x', '']
        """
        cells = zip(*rows, strict=True) if rows else ((),) * len(names)
        columns = tuple(pa.chunked_array([pa.array(column, pa.string())]) for column in cells)
        return cls(tuple(names), columns, np.array(row_numbers, dtype=np.int64))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.row_numbers), len(self.names)


@dataclass(frozen=True)
class RawTable:
    """A grid of cells as they are written, and how a file was read into it."""

    grid: Grid
    reading: Reading
