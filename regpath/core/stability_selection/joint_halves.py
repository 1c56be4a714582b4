"""Paths of many parts of the rows together, where the data are small: calls cost more than sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.core.design import coordinates, in_range, moments
from regpath.core.fit import Goal, Points
from regpath.core.in_memory import in_coordinates
from regpath.core.objective import null_model
from regpath.core.path import assembled
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.row_path import RowPath, finished

ACCEPTED = 5e-7  # a gap beyond it is mended; what counts as proven is at most 1e-6


def worth_joining(problem: Problem, path: RegPath) -> bool:
    """Whether paths of parts of the rows are found faster together than one by one.

    Not so for least squares, and where second derivatives at many points are more than one short
    product; nor possible with features without a penalty, with values for gaps to be learned, or
    with features whose squares are out of range.
    """
    from regpath.core.solvers.sums import RowSums

    learned = path.learned_factors is not None
    learned |= problem.encoder is not None and bool(problem.encoder.filled)
    if problem.loss.quadratic or learned or not (path.penalty_factor > 0.0).all():
        return False
    design = coordinates(problem.X, path.x_mean, path.x_scale, path.standardize)
    if in_range(design) is not design:
        return False
    return RowSums.single(in_coordinates(problem, design)).cheap


def fit_together(
    problem: Problem, path: RegPath, parts: Sequence[np.ndarray]
) -> list[RegPath] | None:
    """Paths of `parts` of the rows on the grid of `path`, where that is `worth_joining`.

    None if a part has nothing to find.
    """
    from regpath.core.solvers import lockstep
    from regpath.core.solvers.sums import RowSums
    from regpath.core.solvers.weighting import Weighting

    penalty, weights = Penalty(path.l1_ratio, path.penalty_factor), problem.weights
    design = coordinates(problem.X, path.x_mean, path.x_scale, path.standardize)
    data = in_coordinates(problem, design)
    shares = np.zeros((problem.n_obs, len(parts)))
    for m, rows in enumerate(parts):
        shares[rows, m] = 1.0 / weights[rows].sum()
    halves = []
    for m, rows in enumerate(parts):
        mean, scale = moments(problem.X[rows], weights[rows] * shares[rows, m])
        own = coordinates(problem.X, mean, scale, path.standardize, design.shift)
        halves.append(data.weighed(own, weights * shares[:, m]))
    nulls = [null_model(half, penalty.factors) for half in halves]
    if any(null.gradient <= 0.0 for null in nulls):
        return None
    goals = [Goal.of(path.lambdas, penalty, null).accepting(ACCEPTED) for null in nulls]
    each_row = np.arange(problem.n_obs, dtype=np.int64)
    sums = RowSums(data, Weighting.of(each_row, shares, [half.design for half in halves]))
    starts = Points(
        np.stack([null.intercept for null in nulls]), np.stack([null.coefs for null in nulls])
    )
    with np.errstate(all="ignore"):  # what is not finite is noticed, and is no proof
        points = lockstep.solve(sums, goals, starts)
    return [
        assembled(
            problem,
            half,
            RowPath(goals[m], nulls[m], finished(half, goals[m], nulls[m], points[m])),
            standardize=path.standardize,
            n_obs=len(parts[m]),
        )
        for m, half in enumerate(halves)
    ]
