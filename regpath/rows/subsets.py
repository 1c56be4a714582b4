"""Subsets: which rows a model is fit to or scored on, and the coordinates of its penalty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regpath.core.design import Design, coordinates
from regpath.core.families import Family, family_of
from regpath.core.in_memory import ArrayRows
from regpath.rows.decoding import RowCoding, RowPiece
from regpath.rows.folds import Dealing


@dataclass(frozen=True, eq=False)
class RowSubset:
    """Some of all rows, as a penalty sees them.

    Attributes
    ----------
    mean, scale : ndarray of shape (p,)
    standardize : bool
    fills : dict of str to object
        What stands for gaps.
    origin : float
        What responses are measured from.
    mass : float
        Sum of the weights that count as one.
    dealing : Dealing or None
        None means all rows.
    fold : int
        Of the dealing.
    inside : bool
        Whether the rows of this fold are meant, or all others.
    """

    mean: np.ndarray
    scale: np.ndarray
    standardize: bool
    fills: dict[str, Any]
    origin: float
    mass: float
    dealing: Dealing | None = None
    fold: int = 0
    inside: bool = False

    @property
    def design(self) -> Design:
        """The coordinates, without any rows."""
        none = np.empty((0, len(self.mean)))
        return coordinates(none, self.mean, self.scale, self.standardize)

    def rows_of(self, piece: RowPiece, coding: RowCoding, labels: np.ndarray | None) -> ArrayRows:
        """Those of a piece; there may be none. `labels` are those of the dealing."""
        X, family = coding.filled_anew(piece, self.fills), family_of(coding.family)
        y, weights, offset = piece.y, piece.weights, piece.offset
        if labels is not None:
            chosen = (labels == self.fold) == self.inside
            X, y, weights = X[chosen], y[chosen], weights[chosen]
            offset = None if offset is None else offset[chosen]
        return ArrayRows(
            design=coordinates(X, self.mean, self.scale, self.standardize),
            Y=coded_response(family, y, coding) - self.origin,
            weights=weights / self.mass,
            family=family,
            offset=offset,
            origin=self.origin,
        )


def coded_response(family: Family, y: np.ndarray, coding: RowCoding) -> np.ndarray:
    """Responses (n, K) as a loss sees them."""
    return family.coded(y, len(coding.classes))
