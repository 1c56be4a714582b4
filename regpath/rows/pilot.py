"""Where a path of all rows starts: at that of a sample, which is at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.in_memory import ArrayRows
from regpath.core.objective import null_model
from regpath.core.row_data import WarmStart, anchors_of
from regpath.core.solvers import solve_path
from regpath.rows.passes import RowPasses
from regpath.rows.queries import RowQuery
from regpath.rows.subsets import RowSubset

NEAR = 1e-3  # relative, of lambda: a sample's path is further than that from that of all rows


@dataclass(frozen=True, eq=False)
class Pilot:
    """Tries a path on a sample, and looks at all rows where it leads.

    Attributes
    ----------
    passes : RowPasses
    subset : RowSubset
        All rows.
    sample : ArrayRows
        Some of them, in the same coordinates.
    is_all : bool
        Whether the sample holds all rows.
    """

    passes: RowPasses
    subset: RowSubset
    sample: ArrayRows
    is_all: bool

    def __call__(self, goal: Goal) -> WarmStart | None:
        """Where the path starts; None if the sample has none, as without any row of a class."""
        points = self._path(goal)
        return None if points is None else self.start_near(points, goal)

    def start_near(self, points: Points, goal: Goal) -> WarmStart:
        """Gradients at all points and second derivatives at some, in one pass."""
        at = anchors_of(len(goal.lambdas))
        gradient, curvatures = self.passes.ask(
            [
                RowQuery("gradient", self.subset, (points,)),
                RowQuery("curvatures", self.subset, (points.at(at),)),
            ]
        )
        z, slope = gradient.sums
        return WarmStart(points, (z, slope), goal.lambdas[at], curvatures.sums[0])

    @np.errstate(all="ignore")  # what is not finite is no start
    def _path(self, goal: Goal) -> Points | None:
        null = null_model(self.sample, goal.penalty.factors)
        if not np.isfinite([*null.intercept, null.loss, null.gradient]).all():
            return None
        targets = goal.targets if self.is_all else np.maximum(goal.targets, NEAR * goal.lambdas)
        points = solve_path(self.sample, goal.aiming(targets), null)
        finite = np.isfinite(points.coefs).all() and np.isfinite(points.intercepts).all()
        return points if finite else None
