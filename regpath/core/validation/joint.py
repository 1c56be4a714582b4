"""Fold paths that are solved together, where one coding of the features serves every fold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.core.fit import FitData, Points
from regpath.core.in_memory import in_memory
from regpath.core.path import assembled
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress
from regpath.core.regpath import RegPath
from regpath.core.solvers import folds_fit_together
from regpath.core.validation.folds import Fold
from regpath.core.validation.row_folds import patterns_of, solve_folds

NARROW = 1e-3  # spread of a fold, relative to all rows', at which shared squares would cancel
MOST_PATTERNS = 64  # kinds of rows; beyond that, sums that are shared save nothing


def together(
    problem: Problem, path: RegPath, folds: Sequence[Fold], progress: Progress | None = None
) -> list[RegPath] | None:
    """Paths of all folds, or None where they have to be fit one by one.

    That is where gaps are filled (what fills them is learned in each fold) or penalty factors are
    learned, where features have no penalty, where there are more coefficients than one set of
    second derivatives can hold, or where no two rows belong to the same folds.
    """
    if not may_be_together(problem, path, len(folds)):
        return None
    member = np.zeros((problem.n_obs, len(folds)), dtype=bool)
    for k, fold in enumerate(folds):
        member[fold.train, k] = True
    return _solve(problem, path, member, progress)


def may_be_together(problem: Problem, path: RegPath, n_folds: int) -> bool:
    """Whether that many folds are solved at once, as far as their rows allow it."""
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    size = problem.n_features * problem.loss.n_outputs(len(problem.classes))
    learned = problem.encoder is not None and bool(problem.encoder.filled)
    learned |= path.learned_factors is not None
    if learned or not penalty.penalized.all() or n_folds > MOST_PATTERNS:
        return False
    return folds_fit_together(problem.loss, problem.n_obs, problem.n_features, size, path.l1_ratio)


def _solve(
    problem: Problem, path: RegPath, member: np.ndarray, progress: Progress | None
) -> list[RegPath] | None:
    data = in_memory(problem, path.standardize)
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    first_rows, pattern = patterns_of(member)
    if len(first_rows) > MOST_PATTERNS:
        return None
    folds = data.for_folds(pattern, member[first_rows], path.standardize)
    scales = np.stack([rows.design.scale for rows in folds.rows])
    narrow = (scales > 0.0) & (scales < NARROW * data.design.scale)
    if data.family.quadratic and narrow.any():
        return None
    fits = solve_folds(folds, path.lambdas, penalty, _in_original_units(path, data), progress)
    if fits is None:
        return None
    counts = np.count_nonzero(member, axis=0)
    return [
        assembled(problem, rows, fit, standardize=path.standardize, n_obs=int(n_obs))
        for rows, fit, n_obs in zip(folds.rows, fits, counts, strict=True)
    ]


def _in_original_units(path: RegPath, data: FitData) -> Points:
    """The points of a path, for the response as `data` measures it."""
    n_lambdas = len(path.lambdas)
    coefs = path.coef_path.reshape(-1, data.p, n_lambdas).transpose(2, 0, 1)
    starts = path.intercept_path.reshape(-1, n_lambdas).T - data.origin
    return Points(starts, np.ascontiguousarray(coefs))
