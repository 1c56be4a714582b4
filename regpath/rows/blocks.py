"""Blocks: the parts in which rows are read, and what is asked of whoever holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from regpath.errors import DataError

PIECE_ROWS = 1 << 15  # rows that are decoded together: 8 MB of 30 numbers each

BlockCells = dict[str, "np.ndarray | WordCells"]


class RowBlock(NamedTuple):
    """Rows that are read at once: a row group of a file, or a stretch of an array.

    `name` is what messages call it, `n` how many rows it has, and `stamp` what tells whether the
    file is still the one that was looked at.
    """

    number: int
    name: str
    path: str
    part: int
    n: int
    stamp: tuple[int, int]


class WordCells(NamedTuple):
    """A column of words: the position of each cell in `levels`, -1 where it is missing."""

    codes: np.ndarray
    levels: tuple[str, ...]


class BlockSource(Protocol):
    """Files or arrays whose rows are read block by block, by whoever has a copy of this.

    `kinds` says of each column "numbers", "words", "dates", "nothing" or what else it holds.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def kinds(self) -> dict[str, str]: ...  # noqa: D102

    @property
    def blocks(self) -> tuple[RowBlock, ...]: ...  # noqa: D102

    def pieces(self, block: RowBlock, columns: Sequence[str]) -> Iterator[BlockCells]:
        """Some columns of a block, at most `PIECE_ROWS` rows at a time: numbers as floats."""


def n_rows(source: BlockSource) -> int:
    """Rows of all blocks."""
    return sum(block.n for block in source.blocks)


def changed(block: RowBlock) -> DataError:
    """Say that a file is not the one any more that was looked at."""
    return DataError(
        f"{block.name} has changed since its rows were first read.", "Call read_rows again."
    )


def unreadable(block: RowBlock, error: Exception) -> DataError:
    """Say which block cannot be read, and why."""
    why = str(error).strip().partition("\n")[0]
    return DataError(
        f"{block.name} cannot be read: {why}", "Write this file again, or leave it out."
    )
