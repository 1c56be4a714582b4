"""Fold paths that are solved together, where one coding of the features serves every fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regpath.core.design import Design, design_of
from regpath.core.evidence import Squares, squares
from regpath.core.objective import null_model
from regpath.core.path import goals, path_of_rows
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.solvers import folds_fit_together
from regpath.core.validation.folds import Fold

if TYPE_CHECKING:
    from regpath.core.solvers.folds import FoldDesigns

NARROW = 1e-3  # spread of a fold, relative to all rows', at which shared squares would cancel
GOAL_IN_FOLDS = 5e-7  # a gap that misses it is mended; what counts as proven is at most 1e-6
SOLVING = 0.6  # of the work; the rest is proving
MOST_PATTERNS = 64  # kinds of rows; beyond that, sums that are shared save nothing


def together(
    problem: Problem, path: RegPath, folds: Sequence[Fold], progress: Progress | None = None
) -> list[RegPath] | None:
    """Paths of all folds, or None where they have to be fit one by one.

    That is where gaps are filled (what fills them is learned in each fold), where features have
    no penalty, where there are more coefficients than one set of second derivatives can hold, or
    where no two rows belong to the same folds.
    """
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    size = problem.n_features * max(1, len(problem.classes) if len(problem.classes) > 2 else 1)
    learned = problem.encoder is not None and bool(problem.encoder.filled)
    if learned or not penalty.penalized.all() or len(folds) > MOST_PATTERNS:
        return None
    if not folds_fit_together(problem.loss, problem.n_obs, problem.n_features, size, path.l1_ratio):
        return None
    member = np.zeros((problem.n_obs, len(folds)), dtype=bool)
    for k, fold in enumerate(folds):
        member[fold.train, k] = True
    return _solve(problem, path, penalty, member, progress)


def _solve(
    problem: Problem,
    path: RegPath,
    penalty: Penalty,
    member: np.ndarray,
    progress: Progress | None,
) -> list[RegPath] | None:
    from regpath.core.solvers import folds as solver

    Y, family, weights = problem.Y, problem.loss, problem.weights
    design = design_of(problem.X, weights, path.standardize)
    made = solver.fold_designs(design, weights, member, path.standardize)
    if len(made.weighting.shares) > MOST_PATTERNS:
        return None
    scales = np.stack([each.scale for each in made.designs])
    if family.name == "gaussian" and ((scales > 0.0) & (scales < NARROW * design.scale)).any():
        return None
    shares = made.weighting.shares[made.weighting.pattern]
    squares = squares_of_parts(design, Y, made, family.name == "gaussian")
    nulls = [
        null_model(each, Y, weights * shares[:, m], family, penalty.factors, known=squares[m])
        for m, each in enumerate(made.designs)
    ]
    if any(null.gradient <= 0.0 for null in nulls):
        return None
    targets = np.stack([goals(path.lambdas, null, penalty) for null in nulls])
    n_lambdas, p = len(path.lambdas), problem.n_features
    betas = np.ascontiguousarray(path.coef_path.reshape(-1, p, n_lambdas).transpose(2, 0, 1))
    starts = path.intercept_path.reshape(-1, n_lambdas).T - problem.origin
    told = part_of(progress, 0.0, SOLVING)
    intercepts, coefs = solver.solve(
        made, Y, family, path.lambdas, penalty, targets, starts, betas, told
    )
    paths = []
    for m, each in enumerate(made.designs):
        tell(progress, SOLVING + (1.0 - SOLVING) * m / len(made.designs))
        proven = path_of_rows(
            path, problem, Y, each, weights * shares[:, m], nulls[m], targets[m],
            (intercepts[m], coefs[m]), goal=GOAL_IN_FOLDS,
            n_obs=int(np.count_nonzero(member[:, m])), squares=squares[m],
        )  # fmt: skip
        paths.append(proven)
    return paths


def squares_of_parts(
    design: Design, Y: np.ndarray, made: FoldDesigns, needed: bool
) -> list[Squares | None]:
    """Sums of products for the certificates of all folds, from one pass over the rows."""
    if not needed:
        return [None] * len(made.designs)
    weighting = made.weighting
    parts = [
        squares(design, Y, weighting.weights, np.flatnonzero(weighting.pattern == f))
        for f in range(len(weighting.shares))
    ]
    return [
        Squares.mixed(parts, weighting.shares[:, m]).seen_from(design, each)
        for m, each in enumerate(made.designs)
    ]
