"""Fold paths that are solved together, where one coding of the features serves every fold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regpath.core.design import design_of
from regpath.core.folds import Fold
from regpath.core.objective import Penalty, null_model
from regpath.core.path import assembled, finished, goals
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.solvers import folds_fit_together

MOST_PATTERNS = 64  # kinds of rows; beyond that, sums that are shared save nothing


def together(problem: Problem, path: RegPath, folds: Sequence[Fold]) -> list[RegPath] | None:
    """Paths of all folds, or None where they have to be fit one by one.

    That is where gaps are filled (what fills them is learned in each fold), where features have
    no penalty, where there are more coefficients than one set of second derivatives can hold, or
    where no two rows belong to the same folds.
    """
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    size = problem.n_features * max(1, len(problem.classes) if len(problem.classes) > 2 else 1)
    learned = problem.encoder is not None and bool(problem.encoder.filled)
    if learned or not penalty.penalised.all():
        return None
    if not folds_fit_together(problem.loss, problem.n_obs, problem.n_features, size, path.l1_ratio):
        return None
    member = np.zeros((problem.n_obs, len(folds)), dtype=bool)
    for k, fold in enumerate(folds):
        member[fold.train, k] = True
    if len(np.unique(np.packbits(member, axis=1), axis=0)) > MOST_PATTERNS:
        return None
    return _solve(problem, path, penalty, member)


def _solve(
    problem: Problem, path: RegPath, penalty: Penalty, member: np.ndarray
) -> list[RegPath] | None:
    from regpath.core.solvers import folds as solver

    Y, family, weights = problem.Y, problem.loss, problem.weights
    design = design_of(problem.X, weights, path.standardize)
    made = solver.fold_designs(design, weights, member, path.standardize)
    shares = made.weighting.shares[made.weighting.pattern]
    nulls = [
        null_model(each, Y, weights * shares[:, m], family, penalty.factors)
        for m, each in enumerate(made.designs)
    ]
    if any(null.gradient <= 0.0 for null in nulls):
        return None
    targets = np.stack([goals(path.lambdas, null, penalty) for null in nulls])
    n_lambdas, p = len(path.lambdas), problem.n_features
    betas = np.ascontiguousarray(path.coef_path.reshape(-1, p, n_lambdas).transpose(2, 0, 1))
    starts = path.intercept_path.reshape(-1, n_lambdas).T - problem.origin
    intercepts, coefs = solver.solve(
        made, Y, family, path.lambdas, penalty, targets, starts, betas
    )
    return [
        assembled(
            problem,
            each,
            nulls[m],
            path.lambdas,
            penalty,
            path.standardize,
            *finished(
                each,
                Y,
                weights * shares[:, m],
                family,
                nulls[m],
                path.lambdas,
                penalty,
                targets[m],
                intercepts[m],
                coefs[m],
            ),
            n_obs=int(np.count_nonzero(member[:, m])),
        )
        for m, each in enumerate(made.designs)
    ]
