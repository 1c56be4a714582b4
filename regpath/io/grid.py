"""Grid, RawTable: cells as they are written, in named columns; NumberBlock: some parsed already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.table import Reading


@dataclass(frozen=True)
class Notation:
    """How a column writes numbers that are not plain.

    Parameters
    ----------
    decimal : str
        The mark before decimals; "" if it shows no mark.
    thousands : str
        The mark between thousands.
    rewrites : tuple of (str, str)
        Regular expressions and replacements, in order, that make plain numbers of the cells.
    changes : dict of str to (int, int)
        By the key of a repair: in how many cells it is made, and in which row first.
    """

    decimal: str
    thousands: str
    rewrites: tuple[tuple[str, str], ...]
    changes: dict[str, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class NumberBlock:
    """Columns that hold nothing but numbers and blanks, all numbers of a column in one way.

    Parameters
    ----------
    places : ndarray of int, shape (m,)
        Which columns of the table they are, in order.
    values : ndarray of float, shape (n, m)
        `values[:, k]` is what `plain_numbers` gives for column `places[k]`.
    is_whole : ndarray of bool, shape (m,)
        Which of them it gives as integers.
    notations : dict of int to Notation
        By place, of the columns whose numbers are not plain.
    """

    places: NDArray[np.intp]
    values: NDArray[np.float64]
    is_whole: NDArray[np.bool_]
    notations: dict[int, Notation] = field(default_factory=dict)

    def where(self, keep: NDArray[np.bool_]) -> NumberBlock:
        """Some of them."""
        if keep.all():
            return self
        left = set(self.places[keep].tolist())
        how = {place: each for place, each in self.notations.items() if place in left}
        return NumberBlock(self.places[keep], self.values[:, keep], self.is_whole[keep], how)

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
