"""Paths of many parts of the rows together, where the data are small: calls cost more than sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.core.design import coordinates, moments
from regpath.core.objective import null_model
from regpath.core.path import goals, path_of_rows
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath

GOAL = 5e-7  # a gap that misses it is mended; what counts as proven is at most 1e-6


def worth_joining(problem: Problem, path: RegPath) -> bool:
    """Whether paths of parts of the rows are found faster together than one by one.

    Not so for least squares, and where second derivatives at many points are more than one short
    product; nor possible with features without a penalty, or with values for gaps to be learned.
    """
    from regpath.core.solvers.sums import RowSums, Weighting

    learned = problem.encoder is not None and bool(problem.encoder.filled)
    if problem.family == "gaussian" or learned or not (path.penalty_factor > 0.0).all():
        return False
    design = coordinates(problem.X, path.x_mean, path.x_scale, path.standardize)
    weighting = Weighting.single(design, problem.weights)
    return RowSums(design, problem.Y, problem.loss, weighting).cheap


def fit_together(
    problem: Problem, path: RegPath, parts: Sequence[np.ndarray]
) -> list[RegPath] | None:
    """Paths of `parts` of the rows on the grid of `path`, where that is `worth_joining`.

    None if a part has nothing to find.
    """
    from regpath.core.solvers import lockstep as march
    from regpath.core.solvers.sums import RowSums, Weighting

    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    Y, family, weights = problem.Y, problem.loss, problem.weights
    design = coordinates(problem.X, path.x_mean, path.x_scale, path.standardize)
    shares = np.zeros((problem.n_obs, len(parts)))
    for m, rows in enumerate(parts):
        shares[rows, m] = 1.0 / weights[rows].sum()
    designs = []
    for m, rows in enumerate(parts):
        mean, scale = moments(problem.X[rows], weights[rows] * shares[rows, m])
        designs.append(coordinates(problem.X, mean, scale, path.standardize, design.shift))
    nulls = [
        null_model(each, Y, weights * shares[:, m], family, penalty.factors)
        for m, each in enumerate(designs)
    ]
    if any(null.gradient <= 0.0 for null in nulls):
        return None
    targets = np.stack([goals(path.lambdas, null, penalty) for null in nulls])
    sums = RowSums(
        design,
        Y,
        family,
        Weighting(
            weights,
            np.arange(problem.n_obs, dtype=np.int64),
            shares,
            np.stack([each.mean for each in designs]),
            np.stack([each.inverse for each in designs]),
        ),
    )
    starts = np.stack([null.intercept for null in nulls])
    empty = np.stack([null.coefs for null in nulls])
    with np.errstate(all="ignore"):  # what is not finite is noticed, and is no proof
        intercepts, coefs = march.solve(sums, penalty, starts, empty, path.lambdas, targets)
    return [
        path_of_rows(
            path, problem, Y, each, weights * shares[:, m], nulls[m], targets[m],
            (intercepts[m], coefs[m]), goal=GOAL, n_obs=len(parts[m]),
        )
        for m, each in enumerate(designs)
    ]  # fmt: skip
