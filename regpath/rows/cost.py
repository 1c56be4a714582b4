"""What a run over rows elsewhere costs, roughly, before it is begun: passes, bytes, seconds.

A pass costs what reading took while the rows were learned, unless workers keep them decoded, and
the arithmetic of its questions, which is timed on some rows of the sample.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from regpath.core.design import coordinates
from regpath.core.fit import Points
from regpath.core.in_memory import ArrayRows
from regpath.core.row_data import anchors_of
from regpath.core.threads import team
from regpath.rows.halves import pairs_at_a_time
from regpath.rows.queries import certificate_of, curvatures_of, gradient_of, squares_of
from regpath.rows.stored_rows import StoredRows
from regpath.wording import counted

# Rows on which arithmetic is timed: at the most, and times coefficients squared, which takes some
# tenths of a second.
TIMED, WORK = 8192, 6e7
# Passes of 100 strengths from 10 000 rows on, the fewest and the most that benchmarks.rows has seen
# with a path that a sample of 50 000 rows foretells; least squares always take the same.
PATH, FOLDS, HALVES = (5, 11), (7, 15), (9, 18)
LOOKS = 2.0  # of a path at its second derivatives


class StageCost(NamedTuple):
    """Passes and seconds of a path, its folds or its halves: the fewest and the most."""

    what: str
    passes: tuple[int, int]
    seconds: tuple[float, float]


class RunCost(NamedTuple):
    """What a run costs: bytes of the files, whether workers keep the rows, and its stages."""

    n_bytes: int
    kept: bool
    stages: tuple[StageCost, ...]

    @property
    def seconds(self) -> tuple[float, float]:
        """Of all stages, the fewest and the most."""
        few, many = zip(*(stage.seconds for stage in self.stages), strict=True)
        return sum(few), sum(many)


class _Arithmetic(NamedTuple):
    """Seconds of one worker for all rows: gradients, second derivatives, proofs, squares."""

    gradient: float
    curvatures: float
    proof: float
    squares: float


@team()
def run_cost(
    rows: StoredRows,
    reading: float,
    *,
    n_lambdas: int = 100,
    n_folds: int = 0,
    n_pairs: int = 0,
    workers: int = 1,
) -> RunCost:
    """Estimate what a path takes, and its folds and halves if there are any.

    Seconds are right within a factor of about three (docs/beyond_memory.md).

    Parameters
    ----------
    rows : StoredRows
    reading : float
        Seconds of the pass that learned them, by as many workers.
    n_lambdas : int, default=100
    n_folds, n_pairs : int, default=0
        Of a validation and of `assess_stability`; 0 for none.
    workers : int, default=1
        Who work at the same time.

    Returns
    -------
    RunCost
        Of strengths that are made; a few given ones take no less.
    """
    unit = _timed(rows, n_lambdas)
    kept = 8 * rows.n_obs * (rows.n_features + 4) <= workers * rows.coding.keep
    gaps = int(bool(rows.encoder.filled))  # passes that learn what stands for them
    groups = -(-n_pairs // pairs_at_a_time(rows))

    quadratic = rows.loss.quadratic

    def stage(what: str, fits: float, curved: float, passes: tuple[int, int]) -> StageCost:
        once = curved * unit.curvatures + (
            curved * unit.squares if quadratic else fits * unit.proof
        )
        each = 0.0 if quadratic else fits * unit.gradient
        read = 0.0 if kept else reading
        few, many = (count * read + (once + count * each) / workers for count in passes)
        return StageCost(what, passes, (few, many))

    stages = [stage("the path", 1.0, *((1.0, (1, 1)) if quadratic else (LOOKS, PATH)))]
    if n_folds:
        few, many = (2, 2) if quadratic else FOLDS
        passes = (few + gaps, many + gaps)
        # Every row is in n - 1 of n folds, and second derivatives are summed up once for all.
        stages.append(stage(counted(n_folds, "fold"), n_folds - 1.0, 1.0, passes))
    if n_pairs:
        few, many = (1, 1) if quadratic else HALVES
        passes = (groups * few + n_pairs * gaps, groups * many + n_pairs * gaps)
        stages.append(stage(counted(n_pairs, "pair"), float(n_pairs), float(n_pairs), passes))
    return RunCost(_bytes_of(rows), kept, tuple(stages))


def _bytes_of(rows: StoredRows) -> int:
    """Of all files; of some formats only the columns in use are read."""
    return sum({block.path: block.stamp[0] for block in rows.coding.source.blocks}.values())


def _timed(rows: StoredRows, n_lambdas: int) -> _Arithmetic:
    sample = rows._sampled(rows.whole(standardize=True))
    size = rows.n_features * sample.n_outputs
    some = slice(0, max(64, min(TIMED, int(WORK / size**2))))
    part = replace(
        sample,
        design=coordinates(sample.design.X[some], rows.x_mean, rows.x_scale, standardize=True),
        Y=sample.Y[some],
        weights=sample.weights[some],
        offset=None if sample.offset is None else sample.offset[some],
    )
    shape = (n_lambdas, part.n_outputs, part.p)
    coefs = 1e-3 * np.random.default_rng(0).standard_normal(shape)
    points = Points(np.zeros(shape[:2]), coefs)
    every = np.ones(part.p, dtype=bool)
    questions: tuple[Callable[[ArrayRows], object], ...] = (
        lambda given: gradient_of(given, points),
        lambda given: curvatures_of(given, points.at(anchors_of(n_lambdas))),
        lambda given: certificate_of(given, every, points),
        squares_of,
    )
    quadratic = rows.loss.quadratic
    asked = [question for question in questions if quadratic or question is not squares_of]
    spent = [_seconds_of(question, part) for question in asked] + [0.0] * (not quadratic)
    return _Arithmetic(*(rows.n_obs / part.n * each for each in spent))


def _seconds_of(question: Callable[[ArrayRows], object], rows: ArrayRows) -> float:
    """The less of two tries: the first one loads what it needs."""
    tries = []
    for _ in range(2):
        begun = time.perf_counter()
        question(rows)
        tries.append(time.perf_counter() - begun)
    return min(tries)
