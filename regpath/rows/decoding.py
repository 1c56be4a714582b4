"""From cells of a block to features: what workers do with rows, and keep within some memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from regpath.core.families import family_of
from regpath.core.problems.encoder import Encoder
from regpath.errors import DataError
from regpath.rows.blocks import BlockSource, RowBlock, WordCells
from regpath.rows.learning import RowRoles, some, used_rows


class RowPiece(NamedTuple):
    """Some rows of a block, coded.

    Attributes
    ----------
    X : ndarray of shape (n, n_features)
        Gaps are filled as all rows say.
    gaps : dict of str to ndarray of bool
        Where columns were missing; none for columns without gaps here.
    y : ndarray of shape (n,)
        As `Problem.y` has it.
    weights : ndarray of shape (n,)
        As they were given.
    offset : ndarray of shape (n,) or None
    strata : ndarray of int, shape (n,)
        Which rows are dealt into folds evenly by themselves.
    place : tuple of int
        Number of the block and of the piece in it.
    before : ndarray of int, shape (n_strata,)
        Rows of each stratum before these.
    """

    X: np.ndarray
    gaps: dict[str, np.ndarray]
    y: np.ndarray
    weights: np.ndarray
    offset: np.ndarray | None
    strata: np.ndarray
    place: tuple[int, int]
    before: np.ndarray

    @property
    def nbytes(self) -> int:
        """About what it takes."""
        return int(
            self.X.nbytes + 4 * self.y.nbytes + sum(gap.nbytes for gap in self.gaps.values())
        )


@dataclass(frozen=True, eq=False)
class RowCoding:
    """How cells become features and responses, the same for every worker.

    Attributes
    ----------
    source : BlockSource
    roles : RowRoles
        The columns of the encoder, the target and its helpers alone are read.
    encoder : Encoder
    family : str
    classes : tuple
        Labels in the order of the coefficients.
    values : tuple
        What stands for them in the column; of numbers floats.
    before : ndarray of int, shape (n_blocks, n_strata)
        Rows of each stratum in the blocks before each block.
    starts : ndarray of int, shape (n_strata,)
        Rows of the strata before each stratum, in all blocks.
    stratum : ndarray of int, shape (n_classes,)
        Number of the stratum of each class; one stratum for amounts and counts.
    keep : int
        Bytes of coded rows that a worker keeps.
    token : str
        Tells these rows from others that a worker has.
    """

    source: BlockSource
    roles: RowRoles
    encoder: Encoder
    family: str
    classes: tuple[Any, ...]
    values: tuple[Any, ...]
    before: np.ndarray
    starts: np.ndarray
    stratum: np.ndarray
    keep: int
    token: str

    def pieces(self, block: RowBlock) -> Iterator[RowPiece]:
        """The rows of a block, coded; from what is kept, or read again."""
        kept = _kept.get((self.token, block.number))
        if kept is not None:
            _kept.move_to_end((self.token, block.number))
            yield from kept
            return
        found: list[RowPiece] | None = []
        size, before = 0, self.before[block.number].copy()
        for k, cells in enumerate(self.source.pieces(block, self.roles.columns)):
            piece = self._coded(cells, block, k, before)
            before = before + np.bincount(piece.strata, minlength=len(before))
            size += piece.nbytes
            if found is not None and size <= self.keep:
                found.append(piece)
            else:
                found = None  # larger than all that may be kept
            yield piece
        if found is not None:
            _keep((self.token, block.number), found, self.keep)

    def _coded(self, cells: Any, block: RowBlock, k: int, before: np.ndarray) -> RowPiece:
        used, weights, exposure = used_rows(cells, self.roles, block)
        cells = {name: some(column, used) for name, column in cells.items()}
        y = self._response(cells[self.roles.target], block)
        X = np.empty((len(y), len(self.encoder.feature_names)), order="F")
        gaps: dict[str, np.ndarray] = {}
        for column, places in self._places.items():
            absent = self._fill_in(X, cells[column], places, block, column)
            if absent.any():
                gaps[column] = absent
        strata = self.stratum[y] if self.classes else np.zeros(len(y), dtype=np.intp)
        offset = None if exposure is None else np.log(exposure)
        return RowPiece(X, gaps, y, weights, offset, strata, (block.number, k), before)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Features of each column."""
        places: dict[str, list[int]] = {column: [] for column in self.encoder.kinds}
        for j, feature in enumerate(self.encoder.base_features):
            places[feature.column].append(j)
        return places

    def _fill_in(
        self,
        X: np.ndarray,
        cells: np.ndarray | WordCells,
        places: list[int],
        block: RowBlock,
        column: str,
    ) -> np.ndarray:
        """Write the features of a column; where it is missing."""
        absent = cells.codes < 0 if isinstance(cells, WordCells) else np.isnan(cells)
        if isinstance(cells, WordCells):
            cells = self._codes(cells, column, block)
        elif np.isinf(cells).any():
            raise DataError(f"Column {column!r} is infinite in {block.name}.", "Correct the cell.")
        fill = self.encoder.fills[column]
        for j in places:
            feature = self.encoder.base_features[j]
            if feature.is_gap:
                X[:, j] = absent
            elif feature.level is None:
                X[:, j] = np.where(absent, fill, cells)
            else:
                place = self.encoder.levels[column].index(feature.level)
                X[:, j] = np.where(absent, feature.level == fill, cells == place)
        return np.asarray(absent)

    def _codes(self, words: WordCells, column: str, block: RowBlock) -> np.ndarray:
        """Positions of words in the levels of all rows."""
        known = {level: i for i, level in enumerate(self.encoder.levels[column])}
        table = np.array([known.get(level, -1) for level in words.levels] + [-1], dtype=np.int64)
        codes = table[words.codes]
        new = (codes < 0) & (words.codes >= 0)
        if new.any():
            level = words.levels[int(words.codes[np.argmax(new)])]
            raise DataError(
                f"Column {column!r} has the level {level!r} in {block.name}, which was not there "
                "when the rows were first read.",
                "Call read_rows again.",
            )
        return codes

    def _response(self, cells: np.ndarray | WordCells, block: RowBlock) -> np.ndarray:
        if not self.classes:
            return np.asarray(cells)
        place = {value: i for i, value in enumerate(self.values)}
        if isinstance(cells, WordCells):
            table = np.array([place.get(level, -1) for level in cells.levels] + [-1])
            y = table[cells.codes]
        else:
            values, positions = np.unique(cells, return_inverse=True)
            y = np.array([place.get(value, -1) for value in values.tolist()] + [-1])[positions]
        if (y < 0).any():
            raise DataError(
                f"Target {self.roles.target!r} has a class in {block.name} that was not there when "
                "the rows were first read.",
                "Call read_rows again.",
            )
        return np.asarray(y, dtype=np.intp)

    def filled_anew(self, piece: RowPiece, fills: dict[str, Any]) -> np.ndarray:
        """The features of a piece with other values for gaps."""
        X = piece.X
        for column, absent in piece.gaps.items():
            if fills[column] == self.encoder.fills[column]:
                continue
            X = X.copy(order="F") if X is piece.X else X
            for j in self._places[column]:
                feature = self.encoder.base_features[j]
                if not feature.is_gap:
                    value = fills[column]
                    X[absent, j] = value if feature.level is None else feature.level == value
        return X

    @property
    def n_outputs(self) -> int:
        """Linear predictors, K."""
        return family_of(self.family).n_outputs(len(self.classes))


_kept: OrderedDict[tuple[str, int], list[RowPiece]] = OrderedDict()


def _keep(key: tuple[str, int], pieces: list[RowPiece], limit: int) -> None:
    """Keep coded rows, and give up those that were asked for longest ago."""
    _kept[key] = pieces
    while sum(piece.nbytes for found in _kept.values() for piece in found) > limit:
        _kept.popitem(last=False)
