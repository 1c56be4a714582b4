"""Queries: what a pass asks of the rows of a subset; every answer is a sum, or a largest value.

What solvers ask is answered by their kernels, what a proof asks by `core.evidence`, as for rows in
memory; here it is only added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from regpath.core.evidence import curvature_along, squares, sums_over_rows
from regpath.core.fit import Points
from regpath.core.in_memory import ArrayRows
from regpath.core.metrics.measures import MEASURES
from regpath.core.problems.inputs import rescaled
from regpath.core.problems.problem import Problem
from regpath.rows.blocks import RowBlock
from regpath.rows.decoding import RowCoding
from regpath.rows.folds import Dealing
from regpath.rows.subsets import RowSubset


class RowQuery(NamedTuple):
    """A question by its name in `QUERIES`, of the rows of a subset."""

    name: str
    subset: RowSubset
    arguments: tuple[Any, ...] = ()


class Totals(NamedTuple):
    """What is added up over rows, and of what the largest counts."""

    sums: tuple[Any, ...]
    peaks: tuple[Any, ...] = ()

    def plus(self, other: Totals) -> Totals:
        """Of both."""
        sums = tuple(one + two for one, two in zip(self.sums, other.sums, strict=True))
        peaks = tuple(np.maximum(*pair) for pair in zip(self.peaks, other.peaks, strict=True))
        return Totals(sums, peaks)


def moments_of(rows: ArrayRows) -> Totals:
    """Sums of w, w y, w exp(offset), w z and w z^2, and the number of rows."""
    Z, w = rows.design.standardized(slice(None)), rows.weights
    watched = 0.0 if rows.offset is None else float(w @ np.exp(rows.offset))
    return Totals(
        (float(w.sum()), w @ rows.Y, watched, w @ Z, w @ np.square(Z), len(w)),
        (np.abs(Z).max(axis=0),),
    )


def null_of(rows: ArrayRows, intercept: np.ndarray) -> Totals:
    """Loss of an intercept alone, and the squares of its residuals."""
    alone = rows.with_offset(np.tile(intercept, (rows.n, 1)), slice(None))
    residuals = rows.Y - rows.family.mean(alone)
    loss = float(rows.weights @ rows.family.loss(rows.Y, alone))
    return Totals((loss, rows.weights @ np.square(residuals)))


def certificate_of(rows: ArrayRows, penalized: np.ndarray, points: Points) -> Totals:
    """What a proof asks: see `evidence.Sums`."""
    found = sums_over_rows(rows, penalized, points)
    return Totals(tuple(found[:4]), (found.steepest, found.reach))


def squares_of(rows: ArrayRows) -> Totals:
    """Sums of products, for least squares."""
    return Totals(tuple(squares(rows)))


def along_of(rows: ArrayRows, point: Points, step: np.ndarray) -> Totals:
    """Curvature of the loss along a step."""
    return Totals((curvature_along(rows, point, step),))


def gradient_of(rows: ArrayRows, points: Points) -> Totals:
    """What solvers ask at many points."""
    from regpath.core.solvers.sums import RowSums

    one = np.zeros(len(points.coefs), dtype=np.intp)
    return Totals(RowSums.single(rows).gradient(*points, one))


def curvatures_of(rows: ArrayRows, points: Points) -> Totals:
    """What solvers ask at a few points."""
    from regpath.core.solvers.sums import RowSums

    one = np.zeros(len(points.coefs), dtype=np.intp)
    return Totals((RowSums.single(rows).curvatures(*points, one),))


def scores_of(
    rows: ArrayRows, points: Points, measure: str, family: str, classes: tuple[Any, ...]
) -> Totals:
    """Sums of w times a measure of each row at some points, and of w."""
    beta, start = rows.design.raw(points.coefs)
    start += points.intercepts
    block = rows.design.block(slice(None))
    eta = np.stack([block @ b.T for b in beta], axis=2) + start.T
    eta = rows.with_offset(eta, slice(None)) + rows.origin
    Y = rows.Y + rows.origin
    if classes:
        y = Y.argmax(axis=1) if rows.family.per_class else Y[:, 0].astype(np.intp)
    else:
        y = Y[:, 0]
    names = tuple(f"x{j}" for j in range(rows.p))
    problem = Problem(block, y, rescaled(rows.weights), family, classes, names, names)
    found = MEASURES[measure].of(eta if rows.family.per_class else eta[:, 0], problem)
    mass = float(rows.weights.sum())
    return Totals((mass * found, mass))


QUERIES: dict[str, Callable[..., Totals]] = {
    "moments": moments_of,
    "null": null_of,
    "certificate": certificate_of,
    "squares": squares_of,
    "along": along_of,
    "gradient": gradient_of,
    "curvatures": curvatures_of,
    "scores": scores_of,
}


class Tally:
    """Answers to the queries of a pass, so far; None where no row was asked yet."""

    def __init__(self, answers: list[Totals | None]) -> None:
        self.answers = answers

    def add(self, other: Tally) -> None:
        """Add those of the rows that follow."""
        self.answers = [
            two if one is None else one if two is None else one.plus(two)
            for one, two in zip(self.answers, other.answers, strict=True)
        ]


@dataclass(frozen=True)
class BlockAnswers:
    """What workers are sent: answer some queries from one block."""

    coding: RowCoding
    queries: Sequence[RowQuery]

    @np.errstate(all="ignore")  # what is not finite is noticed by whoever asked
    def __call__(self, block: RowBlock) -> Tally:
        """The sums over the rows of a block."""
        total = Tally([None] * len(self.queries))
        for piece in self.coding.pieces(block):
            labels: dict[Dealing, np.ndarray] = {}
            rows: dict[int, ArrayRows] = {}
            found: list[Totals | None] = []
            for query in self.queries:
                subset = query.subset
                if subset.dealing is not None and subset.dealing not in labels:
                    labels[subset.dealing] = subset.dealing.labels(piece, self.coding)
                if id(subset) not in rows:
                    own = None if subset.dealing is None else labels[subset.dealing]
                    rows = {id(subset): subset.rows_of(piece, self.coding, own)}
                some = rows[id(subset)]
                found.append(QUERIES[query.name](some, *query.arguments) if some.n else None)
            total.add(Tally(found))
        return total
