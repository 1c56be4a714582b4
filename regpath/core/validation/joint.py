"""Fold paths that are solved together, where one coding of the features serves every fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regpath.core.evidence import Squares, squares
from regpath.core.fit import FitData, Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.objective import null_model
from regpath.core.path import assembled, finished
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.solvers import folds_fit_together
from regpath.core.validation.folds import Fold

if TYPE_CHECKING:
    from regpath.core.solvers.folds import FoldDesigns

NARROW = 1e-3  # spread of a fold, relative to all rows', at which shared squares would cancel
ACCEPTED = 5e-7  # a gap beyond it is mended; what counts as proven is at most 1e-6
SOLVING = 0.6  # of the work; the rest is proving
MOST_PATTERNS = 64  # kinds of rows; beyond that, sums that are shared save nothing


def together(
    problem: Problem, path: RegPath, folds: Sequence[Fold], progress: Progress | None = None
) -> list[RegPath] | None:
    """Paths of all folds, or None where they have to be fit one by one.

    That is where gaps are filled (what fills them is learned in each fold) or penalty factors are
    learned, where features have no penalty, where there are more coefficients than one set of
    second derivatives can hold, or where no two rows belong to the same folds.
    """
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    size = problem.n_features * max(1, len(problem.classes) if len(problem.classes) > 2 else 1)
    learned = problem.encoder is not None and bool(problem.encoder.filled)
    learned |= path.learned_factors is not None
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

    data = in_memory(problem, path.standardize)
    made = solver.fold_designs(data, member, path.standardize)
    if len(made.weighting.shares) > MOST_PATTERNS:
        return None
    scales, linear = np.stack([each.scale for each in made.designs]), data.family.quadratic
    if linear and ((scales > 0.0) & (scales < NARROW * data.design.scale)).any():
        return None
    shares = made.weighting.shares[made.weighting.pattern]
    known = squares_of_folds(data, made) if linear else [None] * len(made.designs)
    rows = [data.weighed(each, data.weights * shares[:, m]) for m, each in enumerate(made.designs)]
    nulls = [
        null_model(each, penalty.factors, known=sums)
        for each, sums in zip(rows, known, strict=True)
    ]
    if not all(null.gradient > 0.0 for null in nulls):
        return None
    goals = [Goal.of(path.lambdas, penalty, null).accepting(ACCEPTED) for null in nulls]
    told = part_of(progress, 0.0, SOLVING)
    points = solver.solve(data, made, goals, _in_original_units(path, data), told)
    paths = []
    for m, fold in enumerate(rows):
        tell(progress, SOLVING + (1.0 - SOLVING) * m / len(rows))
        proven = finished(fold, goals[m], nulls[m], points[m], known[m])
        paths.append(
            assembled(
                problem,
                fold,
                goals[m],
                nulls[m],
                proven,
                standardize=path.standardize,
                n_obs=int(np.count_nonzero(member[:, m])),
            )
        )
    return paths


def _in_original_units(path: RegPath, data: FitData) -> Points:
    """The points of a path, for the response as `data` measures it."""
    n_lambdas = len(path.lambdas)
    coefs = path.coef_path.reshape(-1, data.p, n_lambdas).transpose(2, 0, 1)
    starts = path.intercept_path.reshape(-1, n_lambdas).T - data.origin
    return Points(starts, np.ascontiguousarray(coefs))


def squares_of_folds(data: FitData, made: FoldDesigns) -> list[Squares | None]:
    """Sums of products for the certificates of all folds, from one pass over the rows."""
    weighting = made.weighting
    parts = [
        squares(data, np.flatnonzero(weighting.pattern == f)) for f in range(len(weighting.shares))
    ]
    return [
        Squares.mixed(parts, weighting.shares[:, m]).seen_from(data.design, each)
        for m, each in enumerate(made.designs)
    ]
