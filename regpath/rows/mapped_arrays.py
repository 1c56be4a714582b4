"""Arrays of numbers in .npy files, mapped into memory, as blocks of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from regpath.errors import DataError, ParameterError
from regpath.rows.blocks import PIECE_ROWS, BlockCells, RowBlock, changed, unreadable

BLOCK_ROWS = 8 * PIECE_ROWS  # of one block: some seconds of work for a path and its folds


class _Place(NamedTuple):
    """Where an array lies in a file, and how."""

    path: str
    offset: int
    dtype: str
    shape: tuple[int, ...]
    order: str

    def opened(self) -> np.ndarray:
        """The array, of which nothing is read yet."""
        where = {"offset": self.offset, "shape": self.shape, "order": self.order}
        return np.memmap(self.path, self.dtype, mode="r", **where)  # type: ignore[call-overload]

    @property
    def stamp(self) -> tuple[int, int]:
        """What tells whether the file is still the same."""
        found = Path(self.path).stat()
        return found.st_size, found.st_mtime_ns


def file_place_of(array: np.memmap[Any, Any]) -> _Place:
    """Where a memory map lies, so that another process opens it too."""
    if array.filename is None or not isinstance(array.base, object):
        raise ParameterError("read_rows takes memory maps of files.", "Save the array first.")
    whole = array.flags.c_contiguous or array.flags.f_contiguous
    start = array.__array_interface__["data"][0]
    root: Any = array
    while isinstance(root.base, np.memmap):
        root = root.base
    moved = start - root.__array_interface__["data"][0]
    if not whole:
        raise ParameterError(
            "read_rows takes memory maps of whole rows, one after the other.",
            "Choose columns by `features`, or save the part that is meant.",
        )
    order = "C" if array.flags.c_contiguous else "F"
    return _Place(
        str(array.filename), int(root.offset + moved), array.dtype.str, array.shape, order
    )


def mapped(path: Path) -> np.memmap[Any, Any]:
    """Map an .npy file into memory."""
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DataError(f"{path.name} cannot be read: {error}", "Write it again.") from error
    if not isinstance(found, np.memmap):
        raise DataError(f"{path.name} holds no array that can be mapped.", "Use numpy.save.")
    return found


@dataclass(frozen=True)
class MappedArrays:
    """Columns x0, x1, ... of a mapped array of rows, and perhaps a column of responses beside it.

    Attributes
    ----------
    name : str
    kinds : dict of str to str
    blocks : tuple of RowBlock
    """

    name: str
    kinds: dict[str, str]
    blocks: tuple[RowBlock, ...]
    _X: _Place
    _y: _Place | None

    @classmethod
    def of(cls, X: np.memmap[Any, Any], y: np.memmap[Any, Any] | None = None) -> MappedArrays:
        """Look at the shapes; `y` becomes the column "y"."""
        if X.ndim != 2 or X.dtype.kind not in "fiub":
            raise DataError(
                f"The array must have rows and columns of numbers. It is {X.dtype} of shape "
                f"{X.shape}.",
                "Save an array of shape (n_obs, n_features).",
            )
        if y is not None and (y.shape != X.shape[:1] or y.dtype.kind not in "fiub"):
            raise DataError(
                f"The array has {X.shape[0]} rows; the target is {y.dtype} of shape {y.shape}.",
                "Bring one number for each row.",
            )
        X_place, y_place = file_place_of(X), None if y is None else file_place_of(y)
        name, n = Path(X_place.path).name, X.shape[0]
        lows = range(0, n, BLOCK_ROWS)
        blocks = tuple(
            RowBlock(
                k,
                f"{name}, rows {low} to {min(low + BLOCK_ROWS, n) - 1}",
                X_place.path,
                low,
                min(BLOCK_ROWS, n - low),
                X_place.stamp,
            )
            for k, low in enumerate(lows)
        )
        if not blocks:
            raise DataError(f"{name} has no rows.", "Bring a file that has some.")
        columns = [f"x{j}" for j in range(X.shape[1])] + ["y"] * (y is not None)
        return cls(name, dict.fromkeys(columns, "numbers"), blocks, X_place, y_place)

    def pieces(self, block: RowBlock, columns: Sequence[str]) -> Iterator[BlockCells]:
        """Some columns of a block, a piece of it at a time."""
        try:
            if self._X.stamp != block.stamp:
                raise changed(block)
            X, y = self._X.opened(), None if self._y is None else self._y.opened()
            end = block.part + block.n
            for low in range(block.part, end, PIECE_ROWS):
                rows = slice(low, min(low + PIECE_ROWS, end))
                part = np.asarray(X[rows])
                yield {
                    name: np.array(
                        y[rows] if name == "y" and y is not None else part[:, int(name[1:])], float
                    )
                    for name in columns
                }
        except DataError:
            raise
        except (OSError, ValueError) as error:
            raise unreadable(block, error) from error
