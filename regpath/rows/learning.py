"""The pass that learns: columns, responses, a sample and the digest of all rows, block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from typing import Any

import numpy as np
import pandas as pd

from regpath.engines.engine import Engine
from regpath.errors import DataError
from regpath.rows.blocks import BlockCells, BlockSource, RowBlock, WordCells, n_rows
from regpath.rows.scanning import scan
from regpath.rows.summaries import NumberSummary, WordSummary

SAMPLE_ROWS = 50_000  # drawn at random, on which a path is tried before all rows are asked
SAMPLE_SEED = 19  # with a block's number: any will do, as long as it stays
Summary = NumberSummary | WordSummary


@dataclass(frozen=True)
class RowRoles:
    """Which columns are read, and what some of them are beside features; "" where there is none."""

    columns: tuple[str, ...]
    target: str
    weights: str = ""
    exposure: str = ""


@dataclass
class RowSummary:
    """What is known of some rows: those with a target and a weight above 0.

    `strata` are the rows of each value of the target, block by block, and `sizes` all of them;
    `exposure_mass` is the weighted sum of the exposures.
    """

    columns: dict[str, Summary] = field(default_factory=dict)
    n_used: int = 0
    n_without_target: int = 0
    mass: float = 0.0
    exposure_mass: float = 0.0
    strata: list[Counter[Any]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    sample: list[pd.DataFrame] = field(default_factory=list)

    def add(self, other: RowSummary) -> None:
        """Add what is known of the rows that follow."""
        for name, summary in other.columns.items():
            mine = self.columns.get(name)
            if mine is None:
                self.columns[name] = summary
            else:
                mine.add(summary)  # type: ignore[arg-type]
        self.n_used += other.n_used
        self.n_without_target += other.n_without_target
        self.mass += other.mass
        self.exposure_mass += other.exposure_mass
        self.strata += other.strata
        self.sizes += other.sizes
        self.digests += other.digests
        self.sample += other.sample

    @property
    def digest(self) -> str:
        """Of all cells that were read, whatever the engine."""
        return sha256(" ".join(self.digests).encode()).hexdigest()

    @property
    def sample_frame(self) -> pd.DataFrame:
        """The rows of the sample, in their order."""
        return pd.concat([part for part in self.sample if len(part)], ignore_index=True)


@dataclass(frozen=True)
class _Learner:
    """What workers are sent: learn from one block."""

    source: BlockSource
    roles: RowRoles
    share: float

    def __call__(self, block: RowBlock) -> RowSummary:
        result, strata, digest = RowSummary(), Counter[Any](), blake2b(digest_size=16)
        drawn = np.random.default_rng([SAMPLE_SEED, block.number])
        for cells in self.source.pieces(block, self.roles.columns):
            for name in self.roles.columns:
                _into(digest, cells[name])
            used, weights, exposure = used_rows(cells, self.roles, block)
            result.n_without_target += int(_is_gap(cells[self.roles.target]).sum())
            cells = {name: some(column, used) for name, column in cells.items()}
            for name, column in cells.items():
                found = _summary(column, weights, block.name, count=name == self.roles.target)
                if name in result.columns:
                    result.columns[name].add(found)  # type: ignore[arg-type]
                else:
                    result.columns[name] = found
            result.n_used += len(weights)
            result.mass += float(weights.sum())
            result.exposure_mass += 0.0 if exposure is None else float(weights @ exposure)
            chosen = drawn.random(len(weights)) < self.share
            result.sample.append(pd.DataFrame({c: _plain(v, chosen) for c, v in cells.items()}))
        target = result.columns.get(self.roles.target)
        if target is not None and target.counts is not None:
            strata.update(target.counts)
        result.strata, result.sizes = [strata], [result.n_used]
        result.digests = [digest.hexdigest()]
        return result


def learn(source: BlockSource, roles: RowRoles, engine: Engine) -> RowSummary:
    """Read all rows once."""
    total = RowSummary()
    share = min(1.0, SAMPLE_ROWS / n_rows(source))
    for found in scan(engine, _Learner(source, roles, share), source.blocks):
        total.add(found)
    return total


def used_rows(
    cells: BlockCells, roles: RowRoles, block: RowBlock
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Which rows count, and of these the weights and the exposures."""
    used = ~_is_gap(cells[roles.target])
    weights = np.ones(len(used))
    if roles.weights:
        weights = _numbers(cells, roles.weights)
        wrong = ~(np.isfinite(weights) & (weights >= 0.0))
        _refuse(wrong, roles.weights, block, "The weights", "from 0 up; 0 leaves a row out")
        used &= weights > 0.0
    exposure = None
    if roles.exposure:
        exposure = _numbers(cells, roles.exposure)
        wrong = used & ~(np.isfinite(exposure) & (exposure > 0.0))
        _refuse(wrong, roles.exposure, block, "The exposures", "above 0")
        exposure = exposure[used]
    return used, weights[used], exposure


def _refuse(wrong: np.ndarray, column: str, block: RowBlock, what: str, must: str) -> None:
    if wrong.any():
        raise DataError(
            f"{what} in column {column!r} must be finite numbers {must}; in {block.name}, "
            f"{int(wrong.sum())} are not.",
            "Correct them, or leave these rows out where the file is made.",
        )


def _numbers(cells: BlockCells, column: str) -> np.ndarray:
    values = cells[column]
    if isinstance(values, WordCells):
        raise DataError(f"Column {column!r} must hold numbers.", "Choose another column.")
    return values


def some(column: np.ndarray | WordCells, rows: np.ndarray) -> np.ndarray | WordCells:
    """Some cells of a column."""
    if isinstance(column, WordCells):
        return WordCells(column.codes[rows], column.levels)
    return column[rows]


def _is_gap(column: np.ndarray | WordCells) -> np.ndarray:
    return column.codes < 0 if isinstance(column, WordCells) else np.isnan(column)


def _summary(
    column: np.ndarray | WordCells, weights: np.ndarray, block: str, *, count: bool
) -> Summary:
    if isinstance(column, WordCells):
        return WordSummary.of(column, weights, block)
    return NumberSummary.of(column, weights, block, count=count)


def _plain(column: np.ndarray | WordCells, rows: np.ndarray) -> np.ndarray:
    """BlockCells as a frame has them."""
    if not isinstance(column, WordCells):
        return column[rows]
    table = np.array([*column.levels, None], dtype=object)
    return np.asarray(table[column.codes[rows]])


def _into(digest: Any, column: np.ndarray | WordCells) -> None:
    if isinstance(column, WordCells):
        digest.update("\0".join(column.levels).encode())
        column = column.codes
    digest.update(np.ascontiguousarray(column).tobytes())


def before_blocks(strata: Sequence[Counter[Any]], order: Sequence[Any]) -> np.ndarray:
    """Rows of each stratum in the blocks before each block, (n_blocks, n_strata)."""
    if not order:
        raise ValueError("There is at least one stratum.")
    counts = np.array([[counter[value] for value in order] for counter in strata], dtype=np.int64)
    result = np.zeros_like(counts)
    np.cumsum(counts[:-1], axis=0, out=result[1:])
    return result
