"""Folds of rows, wherever they are: their paths, proven, and their losses on held-out rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.fit import Goal, Points
from regpath.core.objective import null_model
from regpath.core.penalty import Penalty
from regpath.core.progress import Progress, part_of, tell
from regpath.core.row_data import FoldRows, SplittableRows
from regpath.core.row_path import RowPath, finished

ACCEPTED = 5e-7  # a gap beyond it is mended; what counts as proven is at most 1e-6
SOLVING = 0.6  # of the work; the rest is proving


class FoldLosses(NamedTuple):
    """What M folds lose on the rows that they have not seen.

    losses : (M, L), weighted mean loss of each fold at each lambda.
    masses : (M,), sums of the weights of the rows held out.
    fits : the path of each fold.
    """

    losses: np.ndarray
    masses: np.ndarray
    fits: list[RowPath]


def validate_rows(
    data: SplittableRows, fit: RowPath, labels: np.ndarray, standardize: bool = True
) -> FoldLosses | None:
    """Score a path on rows that its fit has not seen, fold by fold.

    Parameters
    ----------
    data : SplittableRows
    fit : RowPath
        The path of `data`, on whose lambdas folds are fit.
    labels : ndarray of int, shape (n,)
        Rows of the label m, one of 0, 1, ..., M - 1, are held out in fold m.
    standardize : bool, default=True
        Whether coefficients are penalized per standard deviation, in each fold its own.

    Returns
    -------
    FoldLosses or None
        None if the training rows of a fold have nothing to find.
    """
    n_folds = int(labels.max()) + 1
    pattern = np.ascontiguousarray(labels, dtype=np.int64)
    folds = data.for_folds(pattern, ~np.eye(n_folds, dtype=bool), standardize)
    goal, _, (points, _) = fit
    start = Points(points.intercepts - data.origin, points.coefs)
    fits = solve_folds(folds, goal.lambdas, goal.penalty, start)
    if fits is None:
        return None
    losses, masses = np.empty((n_folds, len(goal.lambdas))), np.empty(n_folds)
    for m, fold in enumerate(fits):
        seen = Points(*data.design.from_raw_units(*fold.proven.points, data.origin))
        total, masses[m] = data.held_out(seen, labels == m)
        losses[m] = total / masses[m]
    return FoldLosses(losses, masses, fits)


def solve_folds(
    folds: FoldRows,
    lambdas: np.ndarray,
    penalty: Penalty,
    path: Points,
    progress: Progress | None = None,
) -> list[RowPath] | None:
    """Solve and prove the paths of all folds together, from `path`, that of all rows.

    `path` is in original units, for responses as they are measured in `folds`. None if the
    training rows of a fold have nothing to find.
    """
    from regpath.core.solvers import folds as solver

    pairs = list(zip(folds.rows, folds.known, strict=True))
    nulls = [null_model(rows, penalty.factors, known=known) for rows, known in pairs]
    if not all(null.gradient > 0.0 for null in nulls):
        return None
    goals = [Goal.of(lambdas, penalty, null).accepting(ACCEPTED) for null in nulls]
    points = solver.solve(folds, goals, nulls, path, part_of(progress, 0.0, SOLVING))
    fits = []
    for m, (rows, known) in enumerate(pairs):
        tell(progress, SOLVING + (1.0 - SOLVING) * m / len(pairs))
        proven = finished(rows, goals[m], nulls[m], points[m], known)
        fits.append(RowPath(goals[m], nulls[m], proven))
    return fits


def patterns_of(member: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A row of each kind of membership, and the number of the kind of every row."""
    # Sums of random 64-bit numbers tell kinds apart, and sort faster than the kinds themselves.
    marks = np.random.default_rng(0).integers(1, 2**63, member.shape[1], dtype=np.uint64)
    keys = (member * marks).sum(axis=1, dtype=np.uint64)
    _, first_rows, pattern = np.unique(keys, return_index=True, return_inverse=True)
    return first_rows, np.ascontiguousarray(pattern.ravel(), dtype=np.int64)
