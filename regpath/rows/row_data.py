"""Rows elsewhere as a `RowData`: every question of a fit becomes a pass, or part of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from regpath.core.design import Design
from regpath.core.evidence import Squares, Sums
from regpath.core.families import Family, family_of
from regpath.core.fit import FitData, Goal, Points
from regpath.core.row_data import NullSums, WarmStart
from regpath.errors import DataError
from regpath.rows.passes import RowPasses
from regpath.rows.queries import RowQuery, Totals
from regpath.rows.subsets import RowSubset

SMALL_REST = 1e-5  # share of the squares left to explain, below which a pass sums them up itself


class ResponseSums(NamedTuple):
    """Of the rows of a subset: sum w y (K,), sum w exp(offset) or 0, rows, largest response."""

    share: np.ndarray
    watched: float
    n: int
    largest: float


class LeastSquares(NamedTuple):
    """All that least squares asks of some rows.

    Attributes
    ----------
    squares : Squares
        For the proof.
    point : Points
        One point, at which the next two are known, for solvers.
    gradient : tuple of ndarray of shape (1, 1, p), (1, 1)
    hessian : ndarray of shape (1, p + 1, 1, p + 1)
    """

    squares: Squares
    point: Points
    gradient: tuple[np.ndarray, ...]
    hessian: np.ndarray


class PathStart(Protocol):
    """Where the path of some rows may start."""

    def __call__(self, goal: Goal) -> WarmStart | None:
        """Points near it, and what is known there."""

    def start_near(self, points: Points, goal: Goal) -> WarmStart | None:
        """The same at better points; None if that is not worth a pass."""


class PassSums:
    """`ModelSums` of one model whose rows are passed over."""

    cheap = False

    def __init__(self, data: ScannedRows) -> None:
        self._data, self.family, self.p = data, data.family, data.p
        self._known = data.least_squares()
        self.steepest = data.family.steepest(np.array([[data.response.largest]]))

    def gradient(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """One pass; none for least squares, whose gradients follow from those at one point."""
        points = Points(intercepts, coefs)
        if self._known is not None:
            return self._linear(points, self._known)
        z, slope = self._data.asked("gradient", points).sums
        return z, slope

    def _linear(self, points: Points, known: LeastSquares) -> tuple[np.ndarray, np.ndarray]:
        (z, slope), start = known.gradient, known.point
        moved = (points.intercepts - start.intercepts)[..., None]
        change = np.concatenate([points.coefs - start.coefs, moved], axis=2)
        bent = np.einsum("kjlm,clm->ckj", known.hessian, change)
        return z - bent[..., :-1], slope - bent[..., -1]

    def gradients_by_model(
        self, intercepts: np.ndarray, betas: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same, of the one model."""
        points = Points(*self._data.design.from_raw_units(intercepts, betas, 0.0))
        z, slope = self.gradient(*points, np.zeros(len(betas), dtype=np.intp))
        return z[None], slope[None]

    def curvature(
        self, intercept: np.ndarray, coefs: np.ndarray, model: int, *, rough: bool = False
    ) -> np.ndarray:
        """One pass."""
        result: np.ndarray = self._data.asked(
            "curvatures", Points(intercept[None], coefs[None])
        ).sums[0][0]
        return result

    def curvatures(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray, *, rough: bool = False
    ) -> np.ndarray:
        """One pass for all points."""
        result: np.ndarray = self._data.asked("curvatures", Points(intercepts, coefs)).sums[0]
        return result

    def curvatures_by_model(self, intercept: np.ndarray, beta: np.ndarray) -> np.ndarray:
        """The same, of the one model."""
        b0, b = self._data.design.from_raw_units(intercept[None], beta[None], 0.0)
        return self.curvature(b0[0], b[0], 0)[None]


class ScannedRows:
    """Rows of a subset, as a fit asks them.

    Parameters
    ----------
    passes : RowPasses
    subset : RowSubset
    response : ResponseSums
    near : PathStart
        Where a path may start.
    also : sequence of (name, arguments)
        What will be asked in any case, so that the first pass answers it.
    known : LeastSquares or None
        What least squares asks, if it is known already.
    """

    origin: float
    arrays: FitData | None = None

    def __init__(
        self,
        passes: RowPasses,
        subset: RowSubset,
        response: ResponseSums,
        near: PathStart,
        also: Sequence[tuple[str, tuple[object, ...]]] = (),
        known: LeastSquares | None = None,
    ) -> None:
        self.passes, self.subset, self.response = passes, subset, response
        self.family: Family = family_of(passes.coding.family)
        self.design: Design = subset.design
        self.origin = subset.origin
        self.n, self.p = response.n, len(subset.mean)
        self.n_outputs = passes.coding.n_outputs
        self._near, self._also = near, also
        self._known: dict[tuple[object, ...], Totals] = {}
        self._linear = known
        self._squares = None if known is None else known.squares

    @property
    def n_passes(self) -> int:
        """Passes over all rows so far."""
        return self.passes.count

    def query(self, name: str, *arguments: object) -> RowQuery:
        """A question of these rows."""
        return RowQuery(name, self.subset, arguments)

    def asked(self, name: str, *arguments: object) -> Totals:
        """The answer to a question: known, or from a pass."""
        known = self._known.get(_key(name, arguments))
        return known or self.passes.ask([self.query(name, *arguments)])[0]

    def null_sums(self) -> NullSums:
        """The model without features; what else is asked of it comes from the same pass."""
        watched = self.response.watched
        offset = np.log([watched]) if watched else None
        intercept = self.family.null_intercept(self.response.share[None], np.ones(1), offset)
        null = Points(intercept[None], np.zeros((1, self.n_outputs, self.p)))
        if self._squares is not None and self._linear is not None:
            bent = Totals((self._linear.hessian[None],))
            self._known.setdefault(_key("curvatures", (null,)), bent)
            loss = float(self._squares.at(null).loss[0])
            return NullSums(intercept, loss, float(np.sqrt(2.0 * loss)))
        wanted: list[tuple[str, tuple[object, ...]]] = [
            ("null", (intercept,)),
            ("certificate", (np.ones(self.p, dtype=bool), null)),
        ]
        if self.family.quadratic:
            wanted += [("squares", ()), ("gradient", (null,)), ("curvatures", (null,))]
        wanted += self._also
        if _key(*wanted[0]) not in self._known:
            answers = self.passes.ask([self.query(name, *given) for name, given in wanted])
            for each, answer in zip(wanted, answers, strict=True):
                self._known[_key(*each)] = answer
            if self.family.quadratic:
                self._squares = Squares(*answers[2].sums)
                self._linear = LeastSquares(
                    self._squares, null, answers[3].sums, answers[4].sums[0][0]
                )
        loss, squares = self._known[_key(*wanted[0])].sums
        if not np.isfinite(loss):
            raise DataError(
                "The model without features has no finite loss.", "Look at the target's values."
            )
        return NullSums(intercept, float(loss), float(np.sqrt(np.max(squares))))

    def least_squares(self) -> LeastSquares | None:
        """What solvers of least squares ask, as far as it is known: once only.

        Who asks again was told by a proof that these have lost digits, and hears the rows.
        """
        found, self._linear = self._linear, None
        return found

    def curvature_along(self, point: Points, step: np.ndarray) -> float:
        """One pass; none for least squares."""
        if self.family.quadratic and self._linear is not None:
            bent: np.ndarray = self._linear.hessian[0, :-1, 0, :-1]
            return float(step[0] @ bent @ step[0])
        return float(self.asked("along", point, step).sums[0])

    def certificate_sums(
        self, penalized: np.ndarray, points: Points, known: Squares | None = None
    ) -> Sums:
        """One pass; none for least squares, of which sums of products say all."""
        if self._squares is not None and penalized.all():
            sums = self._squares.at(points)
            if (sums.loss > SMALL_REST * self._squares.total).all():
                return sums
        found = self.asked("certificate", penalized, points)
        steepest, reach = found.peaks
        loss, z, slope, corner = found.sums
        return Sums(loss, z, slope, corner, steepest, float(reach))

    def model_sums(self) -> PassSums:
        """What solvers ask."""
        return PassSums(self)

    def warm_start(self, goal: Goal) -> WarmStart | None:
        """Where a path may start."""
        return self._near(goal)

    def look_again(self, points: Points, goal: Goal) -> WarmStart | None:
        """Second derivatives once more, where the start was no better than a sample's path."""
        return self._near.start_near(points, goal)


def _key(name: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    """What tells a question from others, by the values of its arguments."""
    parts: list[object] = [name]
    for argument in arguments:
        arrays = argument if isinstance(argument, tuple) else (argument,)
        parts += [np.asarray(each).tobytes() for each in arrays]
    return tuple(parts)
