"""Folds of rows elsewhere as fits of their own, from the path of all rows, that share passes.

A fold has coordinates and values for gaps of its own. The folds' fits go on in turn
(`RowPasses.together`), so a pass answers all of them, and they take as many passes as the slowest.
Second derivatives near each fold's path are those of all rows but the fold's own, at points of the
path of all rows: one pass sums them up for every fold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regpath.core.design import Design
from regpath.core.evidence import Squares
from regpath.core.fit import Points
from regpath.core.path import assembled
from regpath.core.penalty import Penalty
from regpath.core.progress import Progress
from regpath.core.regpath import RegPath
from regpath.core.row_data import anchors_of
from regpath.core.row_path import GridChoice, RowPath, fit_rows
from regpath.errors import DataError, NothingToFindError, ParameterError
from regpath.rows.coordinates import moments_afresh, moments_around
from regpath.rows.folds import Dealing
from regpath.rows.gap_fills import with_fills
from regpath.rows.near_path import NearPath, least_squares_of, turned
from regpath.rows.passes import RowPasses
from regpath.rows.queries import RowQuery, Totals
from regpath.rows.row_data import LeastSquares, ResponseSums, ScannedRows
from regpath.rows.stored_rows import StoredRows
from regpath.rows.subsets import RowSubset
from regpath.rows.taking_up import fills_taken_up

NARROW = 1e-3  # spread of a fold, relative to all rows', at which shared squares would cancel


@dataclass(eq=False)
class StoredFolds:
    """Fits that leave out one fold each, and what they know in common.

    Attributes
    ----------
    rows : StoredRows
    path : RegPath
        Of all rows, on whose lambdas folds are fit.
    dealing : Dealing
    passes : RowPasses
    called : str
        What a message calls fold `m`.
    advice : str
        What a person can do where a fold cannot be fit.
    more_passes : int
        Passes for what stands for gaps, which `passes` has not counted.
    """

    rows: StoredRows
    path: RegPath
    dealing: Dealing
    passes: RowPasses
    called: str = "Fold {m} (counted from 0)"
    advice: str = "Use fewer folds or another seed"
    more_passes: int = 0

    def learn(self) -> None:
        """Centres, scales, values for gaps and second derivatives of every fold."""
        self.whole = self.rows.whole(self.path.standardize)
        self.design = self.whole.design
        n_folds, encoder = self.dealing.n_folds, self.rows.encoder
        fills = [encoder.fills] * n_folds
        if encoder.filled:
            gaps = tuple(encoder.filled)
            numbers = [c for c in gaps if encoder.kinds[c] == "numeric"]
            sample = {c: self.rows.sample[c].to_numpy(float) for c in numbers}
            fills, self.more_passes = fills_taken_up(self.passes, gaps, sample, self.dealing)
        inside = [
            replace(self.whole, dealing=self.dealing, fold=m, inside=True) for m in range(n_folds)
        ]
        self._learn_coordinates(inside, fills)
        self.held = [replace(subset, inside=True, mass=self.rows._mass) for subset in self.subsets]

    def _learn_coordinates(self, inside: list[RowSubset], fills: list[dict[str, Any]]) -> None:
        n_folds, sums = len(inside), self._learn_parts(inside)
        total = sums[0]
        for more in sums[1:]:
            total = total.plus(more)
        rest = [_without(total, own) for own in sums]
        self._refuse_empty(rest)
        trained = [replace(s, inside=False, fills=f) for s, f in zip(inside, fills, strict=True)]
        if any(f != self.rows.encoder.fills for f in fills):
            rest = self.passes.ask([RowQuery("moments", subset) for subset in trained])
        moments = [moments_around(self.whole, each) for each in rest]
        self.subsets = [
            replace(trained[m], mean=mean, scale=scale, mass=self.whole.mass * rest[m].sums[0])
            for m, (mean, scale, _) in enumerate(moments)
        ]
        self.responses = [self._response(each) for each in rest]
        doubtful = [m for m in range(n_folds) if moments[m][2].any()]
        if doubtful:
            self._learn_afresh(doubtful, [moments[m][2] for m in doubtful])

    def _learn_parts(self, inside: list[RowSubset]) -> list[Totals]:
        """Sums over each fold's own rows, of which all others' follow; returns their moments."""
        self.anchors = anchors_of(len(self.path.lambdas))
        alone = Points(np.zeros((1, 1)), np.zeros((1, 1, len(self.whole.mean))))
        at = alone if self.rows.loss.quadratic else self._seen(self.design).at(self.anchors)
        asked: list[tuple[str, tuple[Any, ...]]] = [("moments", ()), ("curvatures", (at,))]
        if self.rows.loss.quadratic:
            asked += [("squares", ()), ("gradient", (at,))]
        queries = [RowQuery(name, subset, given) for subset in inside for name, given in asked]
        found = self.passes.ask(queries)
        step = len(asked)
        self.parts = [answer.sums[0] for answer in found[1::step]]
        self.squares = (
            [
                LeastSquares(Squares(*own.sums), at, gradient.sums, curvatures[0])
                for own, gradient, curvatures in zip(
                    found[2::step], found[3::step], self.parts, strict=True
                )
            ]
            if self.rows.loss.quadratic
            else []
        )
        return found[::step]

    def _least_squares(self, m: int) -> LeastSquares | None:
        """What least squares asks of a fold, from sums over the other folds' rows.

        None where other values fill gaps, or where spreads are so narrow that digits are lost.
        """
        subset, alive = self.subsets[m], self.whole.design.inverse > 0.0
        narrow = (subset.scale > 0.0) & (subset.scale < NARROW * self.whole.scale)
        if not self.squares or subset.fills != self.whole.fills or (narrow & alive).any():
            return None
        rest = [part for k, part in enumerate(self.squares) if k != m]
        return least_squares_of(rest, self.whole.mass / subset.mass, self.design, subset.design)

    def _learn_afresh(self, doubtful: list[int], which: list[np.ndarray]) -> None:
        """Scales that sums around the mean of all rows have lost, around the fold's own mean."""
        near = [replace(self.subsets[m], scale=self.whole.scale) for m in doubtful]
        sums = self.passes.ask([RowQuery("moments", subset) for subset in near])
        for m, subset, each, lost in zip(doubtful, near, sums, which, strict=True):
            mean, scale = moments_afresh(subset, each)
            own = self.subsets[m]
            self.subsets[m] = replace(
                own, mean=np.where(lost, mean, own.mean), scale=np.where(lost, scale, own.scale)
            )

    def _refuse_empty(self, rest: list[Totals]) -> None:
        """Refuse folds whose training rows lack a class."""
        for m, each in enumerate(rest):
            share = np.atleast_1d(each.sums[1]) / each.sums[0]
            if self.rows.classes and not ((share > 0.0).all() and (share < 1.0).all()):
                raise DataError(
                    f"{self.called.format(m=m)} lacks a class of target {self.rows.target!r} to "
                    "learn from.",
                    f"{self.advice}.",
                )

    def _response(self, sums: Totals) -> ResponseSums:
        mass, share, watched, n = sums.sums[0], sums.sums[1], sums.sums[2], sums.sums[5]
        largest = self.rows._response.largest
        return ResponseSums(share / mass, float(watched / mass), int(n), largest)

    def _seen(self, design: Design) -> Points:
        """The path of all rows, in some coordinates."""
        path, origin = self.path, self.whole.origin
        n_lambdas, p = len(path.lambdas), len(path.feature_names)
        coefs = path.coef_path.reshape(-1, p, n_lambdas).transpose(2, 0, 1)
        intercepts = path.intercept_path.reshape(-1, n_lambdas).T
        return Points(*design.from_raw_units(intercepts, coefs, origin))

    def fit(self, m: int, progress: Progress | None = None) -> RowPath:
        """The path of the rows outside a fold, by passes that all fits share."""
        data = self._data(m)
        penalty = Penalty(self.path.l1_ratio, self.path.penalty_factor)
        try:
            return fit_rows(
                data,
                penalty,
                GridChoice(self.path.lambdas),
                names=self.path.feature_names,
                progress=progress,
            )
        except DataError as error:
            kind = NothingToFindError if isinstance(error, NothingToFindError) else DataError
            raise kind(
                f"{self.called.format(m=m)} cannot be fit. {error.message}",
                f"{self.advice}, or leave such features out.",
            ) from error

    def _data(self, m: int) -> ScannedRows:
        subset = self.subsets[m]
        points = self._seen(subset.design)
        hessians = np.zeros(0)
        also: list[tuple[str, tuple[object, ...]]] = []
        if not self.squares:
            rest = sum(part for k, part in enumerate(self.parts) if k != m)
            share = self.whole.mass / subset.mass
            hessians = turned(np.asarray(rest) * share, self.design, subset.design)
            also = [("gradient", (points,))]
        anchors, encoder = self.path.lambdas[self.anchors], self.rows.encoder
        is_far = any(
            fill != encoder.fills[column]
            for column, fill in subset.fills.items()
            if encoder.kinds[column] != "numeric"
        )
        near = NearPath(self.path.lambdas, points, anchors, hessians, is_far)
        known = self._least_squares(m)
        data = ScannedRows(self.passes, subset, self.responses[m], near, also, known)
        near.data = data
        return data

    def path_of(self, m: int, fit: RowPath) -> RegPath:
        """The path of a fold as one that can predict."""
        path = assembled(
            self.rows,
            self._data(m),
            fit,
            standardize=self.path.standardize,
            n_obs=self.responses[m].n,
        )
        return replace(path, encoder=with_fills(self.rows.encoder, self.subsets[m].fills))


def _without(total: Totals, own: Totals) -> Totals:
    """Sums over all rows but some."""
    sums = tuple(one - two for one, two in zip(total.sums, own.sums, strict=True))
    return Totals(sums, total.peaks)


def refuse_other(rows: StoredRows, path: RegPath, caller: str) -> None:
    """Refuse a path that is not of these rows."""
    if not isinstance(path, RegPath):
        raise ParameterError(f"{caller} takes a RegPath. Got {type(path).__name__} instead.")
    mine = (rows.family, rows.classes, rows.feature_names, rows.n_obs, rows.exposure_name)
    its = (path.family, path.classes, path.feature_names, path.n_obs, path.exposure_name)
    same = np.array_equal(rows.x_mean, path.x_mean) and np.array_equal(rows.x_scale, path.x_scale)
    if mine != its or not same:
        raise DataError(
            "The path was fit on other rows than these.", "Bring the path of these rows: fit_path."
        )
