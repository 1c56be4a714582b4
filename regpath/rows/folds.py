"""Folds of rows that nobody holds all of: dealt at random, evenly by class, wherever they lie."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.rows.decoding import RowCoding, RowPiece


class Dealing(NamedTuple):
    """How rows are dealt into folds."""

    n_folds: int
    seed: int

    def labels(self, piece: RowPiece, coding: RowCoding) -> np.ndarray:
        """Number of each row's fold, from 0.

        Over all rows, sizes of folds differ by one at most, in all and by stratum: each stratum
        goes on dealing where the rows before these have left off, in an order that is drawn.
        """
        order = np.random.default_rng([self.seed, *piece.place]).permutation(len(piece.y))
        sorted_rows = order[np.argsort(piece.strata[order], kind="stable")]
        own = piece.strata[sorted_rows]
        first = np.searchsorted(own, np.arange(len(piece.before)))
        rank = np.arange(len(own)) - first[own]
        labels = np.empty(len(own), dtype=np.intp)
        labels[sorted_rows] = (coding.starts[own] + piece.before[own] + rank) % self.n_folds
        return labels
