"""What stands for gaps, learned from all rows or from those of each fold: exact, in one pass.

Reference: Floyd and Rivest (1975), Expected time bounds for selection: a sample tells between which
values a median lies, and of all rows only those in between are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from regpath.core.problems.encoder import Encoder
from regpath.engines.engine import Engine
from regpath.errors import DataError
from regpath.rows.blocks import RowBlock
from regpath.rows.decoding import RowCoding
from regpath.rows.folds import Dealing
from regpath.rows.scanning import scan

SPREAD = 4.0  # standard errors of the sample's median to either side; wider where that fails
WIDER = 8.0  # factor by which it is widened then
MOST_BETWEEN = 50_000_000  # values between the two ends that may be held


@dataclass
class GapCounts:
    """Counts of known cells by fold (F,): below the lower end, of values between, and of levels.

    `between` holds pairs of sorted values (U,) and their counts (U, F).
    """

    below: dict[str, np.ndarray] = field(default_factory=dict)
    known: dict[str, np.ndarray] = field(default_factory=dict)
    totals: dict[str, np.ndarray] = field(default_factory=dict)
    between: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    levels: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, other: GapCounts) -> None:
        """Add those of the rows that follow."""
        for mine, theirs in (
            (self.below, other.below),
            (self.known, other.known),
            (self.totals, other.totals),
            (self.levels, other.levels),
        ):
            for column, counts in theirs.items():
                mine[column] = mine[column] + counts if column in mine else counts
        for column, pair in other.between.items():
            mine_pair = self.between.get(column)
            self.between[column] = pair if mine_pair is None else _merged(mine_pair, pair)


def _merged(
    one: tuple[np.ndarray, np.ndarray], two: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    values, places = np.unique(np.concatenate([one[0], two[0]]), return_inverse=True)
    counts = np.zeros((len(values), one[1].shape[1]), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([one[1], two[1]]))
    return values, counts


@dataclass(frozen=True)
class _Counter:
    """What workers are sent: count the cells of one block."""

    coding: RowCoding
    ends: dict[str, tuple[float, float]]
    words: tuple[str, ...]
    dealing: Dealing | None

    def __call__(self, block: RowBlock) -> GapCounts:
        total = GapCounts()
        n_folds = 1 if self.dealing is None else self.dealing.n_folds
        features = list(self.coding.encoder.base_features)
        for piece in self.coding.pieces(block):
            labels = np.zeros(len(piece.y), dtype=np.intp)
            if self.dealing is not None:
                labels = self.dealing.labels(piece, self.coding)
            found = GapCounts()
            for j, feature in enumerate(features):
                if feature.level is not None or feature.is_gap or feature.column not in self.ends:
                    continue
                column, (low, high) = feature.column, self.ends[feature.column]
                known = ~piece.gaps.get(column, np.zeros(len(labels), dtype=bool))
                x, own = piece.X[known, j], labels[known]
                found.known[column] = np.bincount(own, minlength=n_folds)
                found.totals[column] = np.bincount(own, x, minlength=n_folds)
                found.below[column] = np.bincount(own[x < low], minlength=n_folds)
                inside = (x >= low) & (x <= high)
                values, places = np.unique(x[inside], return_inverse=True)
                counts = np.zeros((len(values), n_folds), dtype=np.int64)
                np.add.at(counts, (places, own[inside]), 1)
                found.between[column] = values, counts
            for column in self.words:
                found.levels[column] = self._levels(piece, column, labels, n_folds)
            total.add(found)
        return total

    def _levels(self, piece: Any, column: str, labels: np.ndarray, n_folds: int) -> np.ndarray:
        """Known rows of each level that has a feature, and of the one that has none, by fold."""
        known = ~piece.gaps.get(column, np.zeros(len(labels), dtype=bool))
        shown = [
            (self.coding.encoder.levels[column].index(feature.level), j)
            for j, feature in enumerate(self.coding.encoder.base_features)
            if feature.column == column and feature.level is not None
        ]
        counts = np.zeros((len(self.coding.encoder.levels[column]), n_folds), dtype=np.int64)
        rest = np.bincount(labels[known], minlength=n_folds)
        for place, j in shown:
            counts[place] = np.bincount(labels[known & (piece.X[:, j] == 1.0)], minlength=n_folds)
            rest = rest - counts[place]
        hidden = set(range(len(counts))) - {place for place, _ in shown}
        for place in hidden:  # of two levels, or by reference, one has no feature
            counts[place] = rest
        return counts


def fills_of_folds(
    engine: Engine,
    coding: RowCoding,
    columns: Sequence[str],
    sample: dict[str, np.ndarray],
    dealing: Dealing | None = None,
) -> tuple[list[dict[str, Any]], int]:
    """What stands for gaps in some columns, by fold, and how many passes it took.

    Without a dealing it is one entry, of all rows; with one, an entry for the training rows of each
    fold: all but its own. `sample` holds known values of the columns of numbers.
    """
    encoder = coding.encoder
    numbers = [column for column in columns if encoder.kinds[column] == "numeric"]
    words = tuple(column for column in columns if encoder.kinds[column] != "numeric")
    mean = encoder.coding.missing == "mean"
    spread, passes = SPREAD, 0
    while True:
        ends = {
            column: (np.inf, -np.inf) if mean else _ends(sample[column], spread)
            for column in numbers
        }
        total = GapCounts()
        for found in scan(engine, _Counter(coding, ends, words, dealing), coding.source.blocks):
            total.add(found)
            if sum(len(values) for values, _ in total.between.values()) > MOST_BETWEEN:
                raise DataError(
                    "The medians that stand for gaps need more memory than there is.",
                    "Fill gaps with means (missing='mean').",
                )
        passes += 1
        try:
            return _resolved(total, encoder, (numbers, words), dealing), passes
        except _OutsideError:
            spread *= WIDER


class _OutsideError(Exception):
    """A median does not lie between the two ends."""


def _ends(sample: np.ndarray, spread: float) -> tuple[float, float]:
    """Values between which the median of all rows lies, in all likelihood."""
    known = sample[~np.isnan(sample)]
    share = spread * 0.5 / np.sqrt(max(len(known), 1))
    if len(known) == 0 or share >= 0.5:
        return -np.inf, np.inf
    low, high = np.quantile(known, [0.5 - share, 0.5 + share])
    return float(low), float(high)


def _resolved(
    total: GapCounts,
    encoder: Encoder,
    columns: tuple[Sequence[str], Sequence[str]],
    dealing: Dealing | None,
) -> list[dict[str, Any]]:
    n_entries = 1 if dealing is None else dealing.n_folds
    result: list[dict[str, Any]] = []
    for m in range(n_entries):
        counted = np.ones(n_entries, dtype=bool)
        if dealing is not None:
            counted[m] = False
        fills = encoder.fills
        for column in columns[0]:
            n_known = int(total.known[column] @ counted)
            if encoder.coding.missing == "mean":
                fills[column] = float(total.totals[column] @ counted) / n_known if n_known else 0.0
            else:
                fills[column] = _median(total, column, counted, n_known)
        for column in columns[1]:
            levels = encoder.levels[column]
            sums = (total.levels[column] @ counted).tolist()
            fills[column] = min(zip(sums, levels, strict=True), key=lambda s: (-s[0], s[1]))[1]
        result.append(fills)
    return result


def _median(total: GapCounts, column: str, counted: np.ndarray, n_known: int) -> float:
    """The mean of the two values in the middle; 0 without any."""
    if not n_known:
        return 0.0
    values, counts = total.between[column]
    below = int(total.below[column] @ counted)
    after = below + np.cumsum(counts @ counted)
    middle = []
    for rank in ((n_known - 1) // 2, n_known // 2):
        if rank < below or not len(after) or rank >= after[-1]:
            raise _OutsideError
        middle.append(values[int(np.searchsorted(after, rank, side="right"))])
    return float(np.mean(middle))


def with_fills(encoder: Encoder, fills: dict[str, Any]) -> Encoder:
    """The same encoder with other values for gaps."""
    known = encoder.to_dict()
    filled = {column: fills[column] for column in known["filled"]}
    return Encoder.from_dict({**known, "fills": fills, "filled": filled})
