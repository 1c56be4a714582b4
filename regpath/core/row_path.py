"""A path of rows, wherever they are: the grid, a solver's points, and their proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from regpath.core.evidence import Squares
from regpath.core.fit import TOL, Goal, NullModel, Points
from regpath.core.lambdas import ends_of_grid, lambda_grid, start_of_path
from regpath.core.null import solve_null
from regpath.core.objective import CERTIFIED, ROUNDING, Certificates, certify
from regpath.core.penalty import Penalty
from regpath.core.progress import Progress, part_of, tell
from regpath.core.row_data import RowData
from regpath.core.solvers import polish, solve_path

ENTERED = 1e-14  # relative, of the lambda at which a feature enters
TIGHTER = (0.1, 1e-3)  # targets of the attempts that follow where the proof misses the goal


class GridChoice(NamedTuple):
    """Strengths as they are given, or how many to make, and the last over the first."""

    given: np.ndarray | None = None
    n_lambdas: int = 100
    min_ratio: float | None = None


DEFAULT_GRID = GridChoice()


class Proven(NamedTuple):
    """Points in original units, with their certificates."""

    points: Points
    proof: Certificates


class RowPath(NamedTuple):
    """A path: what was minimized, where it began, and what was found and proven."""

    goal: Goal
    null: NullModel
    proven: Proven


def fit_rows(
    data: RowData,
    penalty: Penalty,
    grid: GridChoice = DEFAULT_GRID,
    *,
    tol: float = TOL,
    names: Sequence[str] = (),
    progress: Progress | None = None,
) -> RowPath:
    """Compute and certify the points of a path.

    Parameters
    ----------
    data : RowData
    penalty : Penalty
    grid : GridChoice, default=DEFAULT_GRID
        As `fit_path` makes it, if no strengths are given.
    tol : float, default=1e-7
        See `fit_path`.
    names : sequence of str of length p, default=()
        What features are called in messages; their numbers, if nothing is said.
    progress : callable, default=None
        See `fit_path`.

    Returns
    -------
    RowPath
        Points are in original units.
    """
    names = names or [str(j) for j in range(data.p)]
    null = solve_null(names, data, penalty.factors)
    lambdas = grid.given
    if lambdas is not None:
        start_of_path(null, data.design, penalty.l1_ratio)  # refuses a path that would be empty
    else:
        start, end = ends_of_grid(data, null, penalty.factors, penalty.l1_ratio)
        ratio = grid.min_ratio or end / start
        lambdas = lambda_grid(start, n_lambdas=grid.n_lambdas, min_ratio=ratio)
    goal = Goal.of(lambdas, penalty, null, tol)
    points = _solved(data, goal, null, progress)
    path = RowPath(goal, null, finished(data, goal, null, points))
    tell(progress, 1.0)
    return path


def _solved(data: RowData, goal: Goal, null: NullModel, progress: Progress | None) -> Points:
    """Points of a whole path: the empty ones are known, the others solved."""
    points = null.repeated(len(goal.lambdas))
    # Empty by the optimality condition, so nothing needs to be solved there.
    first = int(np.sum(goal.lambdas * goal.penalty.l1_ratio >= null.entry * (1.0 - ENTERED)))
    if first < len(goal.lambdas):
        rest = slice(first, None)
        told = part_of(progress, first / len(goal.lambdas), 1.0)
        points.put(rest, solve_path(data, goal.at(rest), null, told))
    return points


def finished(
    data: RowData, goal: Goal, null: NullModel, points: Points, known: Squares | None = None
) -> Proven:
    """Certify a solver's points; polish those that miss the goal, and certify them again.

    Takes points in the coordinates of `data`. For `known` see `certify`.
    """
    finite = np.isfinite(points.coefs).all(axis=(1, 2)) & np.isfinite(points.intercepts).all(axis=1)
    points.put(~finite, null.repeated(int((~finite).sum())))
    given, points = _rounded(data, points)
    proof = certify(data, goal, null, points, known)
    missed = np.flatnonzero(~(proof.worst <= goal.tol))
    lost = np.flatnonzero(~(proof.worst <= CERTIFIED))
    if lost.size:
        proof = _lowered(data, goal, null, lost, _Seen(given, points, proof))
        missed = np.flatnonzero(~(proof.worst <= goal.tol))
    for share in TIGHTER:
        if not missed.size:
            break
        some = goal.at(missed)
        found, better = _rounded(data, polish(data, some.tighter(share), points.at(missed)))
        again = certify(data, some, null, better)
        # A point that did not gain stays as it was.
        gained = again.worst < proof.worst[missed]
        where = missed[gained]
        given.put(where, found.at(gained))
        points.put(where, better.at(gained))
        proof = proof.replaced(where, again.at(gained))
        missed = missed[~(proof.worst[missed] <= goal.tol)]
    return Proven(given, proof)


class _Seen(NamedTuple):
    """Points in original units, the same as the penalty sees them, and their proof."""

    given: Points
    points: Points
    proof: Certificates


def _lowered(
    data: RowData, goal: Goal, null: NullModel, lost: np.ndarray, path: _Seen
) -> Certificates:
    """Let no point be worse than where it began, or than its neighbours are at its lambda.

    The objective at a lambda is known at every point of the path. Points `lost`, which no solver
    has brought down, become the best of these, in place: a failure is then a rough answer and not
    a wild one, and polishing begins where it can succeed.
    """
    start = _rounded(data, null.repeated(1))
    began = certify(data, goal.at(lost[:1]), null, start[1]).loss
    loss = np.concatenate([path.proof.loss, began])
    coefs = np.concatenate([path.points.coefs, start[1].coefs])
    best = np.array([_lowest(loss, coefs, goal.at(slice(c, c + 1)), c) for c in lost])
    for own, first in zip((path.given, path.points), start, strict=True):
        every = Points(*(np.concatenate(pair) for pair in zip(own, first, strict=True)))
        own.put(lost, every.at(best))
    moved = lost[best != lost]
    if not moved.size:
        return path.proof
    again = certify(data, goal.at(moved), null, path.points.at(moved))
    return path.proof.replaced(moved, again)


@np.errstate(all="ignore")  # what is not finite is not the lowest
def _lowest(loss: np.ndarray, coefs: np.ndarray, goal: Goal, own: int) -> int:
    """Which of some points has the lowest objective at one lambda; `own`, but for rounding."""
    values = loss + goal.penalty.value(coefs, np.repeat(goal.lambdas, len(loss)))
    values[~np.isfinite(values)] = np.inf
    least = int(np.argmin(values))
    return own if values[own] <= (1.0 + ROUNDING) * values[least] else least


def _rounded(data: RowData, points: Points) -> tuple[Points, Points]:
    """Points in original units, and as these are seen from the penalty's coordinates.

    What is proven is what is returned, rounding included.
    """
    given = Points(*data.design.to_raw_units(*points, data.origin))
    return given, Points(*data.design.from_raw_units(*given, data.origin))
