"""Where the path of a fold starts: at that of all rows, with its own second derivatives there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.design import Design, change_of_basis
from regpath.core.evidence import Squares
from regpath.core.fit import Goal, Points
from regpath.core.row_data import WarmStart, anchors_of
from regpath.rows.row_data import LeastSquares, ScannedRows


@dataclass(eq=False)
class NearPath:
    """A start on the path of all rows.

    Attributes
    ----------
    lambdas : ndarray of shape (L,)
    points : Points
        The path of all rows in the fold's coordinates.
    anchors : ndarray of shape (A,)
    hessians : ndarray of shape (A, K, p + 1, K, p + 1)
        Of the fold's rows, at the points of these lambdas.
    is_far : bool
        Whether other words stand for gaps, so that features are others, too.
    data : ScannedRows or None
        The fold's rows.
    """

    lambdas: np.ndarray
    points: Points
    anchors: np.ndarray
    hessians: np.ndarray
    is_far: bool
    data: ScannedRows | None = None

    def __call__(self, goal: Goal) -> WarmStart | None:
        """The points of the path at the lambdas of `goal`."""
        assert self.data is not None
        here = np.searchsorted(-self.lambdas, -goal.lambdas)
        z, slope = self.data.asked("gradient", self.points).sums
        return WarmStart(self.points.at(here), (z[here], slope[here]), self.anchors, self.hessians)

    def start_near(self, points: Points, goal: Goal) -> WarmStart | None:
        """Only where other words fill gaps: else a fold is too near all rows for another look."""
        if not self.is_far or self.data is None:
            return None
        at = anchors_of(len(goal.lambdas))
        (gradient, curvatures) = self.data.passes.ask(
            [self.data.query("gradient", points), self.data.query("curvatures", points.at(at))]
        )
        z, slope = gradient.sums
        return WarmStart(points, (z, slope), goal.lambdas[at], curvatures.sums[0])


def turned(hessians: np.ndarray, old: Design, new: Design) -> np.ndarray:
    """Second derivatives (A, K, p + 1, K, p + 1) in the coordinates of another design."""
    turn = change_of_basis(old, new)
    return np.asarray(np.einsum("ij,akjlm,nm->akiln", turn, hessians, turn, optimize=True))


def least_squares_of(
    parts: list[LeastSquares], share: float, old: Design, new: Design
) -> LeastSquares:
    """What least squares asks of several parts, in the coordinates of another design.

    All parts know the gradient at the same point, one without features.
    """
    squares = Squares.mixed([part.squares for part in parts], np.full(len(parts), share))
    z, slope = (
        share * np.sum(each, axis=0)
        for each in zip(*(part.gradient for part in parts), strict=True)
    )
    hessian = share * np.asarray(sum(part.hessian for part in parts))
    gradient = np.concatenate([z, slope[..., None]], axis=2) @ change_of_basis(old, new).T
    return LeastSquares(
        squares.seen_from(old, new),
        parts[0].point,
        (gradient[..., :-1], gradient[..., -1]),
        turned(hessian[None], old, new)[0],
    )
