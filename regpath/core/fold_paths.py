"""One path for each fold, on the grid of the full data; what a fold learns, it learns alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regpath.core.folds import Fold
from regpath.core.inputs import rescaled
from regpath.core.joint import together
from regpath.core.path import fit_path
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.threads import team
from regpath.errors import DataError


@team()
def fit_folds(problem: Problem, path: RegPath, folds: Sequence[Fold]) -> list[RegPath]:
    """Fit every fold's training rows as `path` was fit on all rows.

    Lambda means the same on fewer rows, because the loss is a mean; so the grid stays. Centring,
    scaling and the values that fill gaps come from the training rows alone. Features are those of
    `problem`, so that `coef_path` lines up with that of `path`: a level without a training row has
    coefficient 0.

    Raises
    ------
    DataError
        If the training rows of a fold cannot be fit; the message names the fold.
    """
    joint = together(problem, path, folds)
    if joint is not None:
        return [
            path_of_fold if path_of_fold.converged.all() else _better(problem, path, fold, k, joint)
            for k, (fold, path_of_fold) in enumerate(zip(folds, joint, strict=True))
        ]
    return [_fit(problem, path, fold, k) for k, fold in enumerate(folds)]


def _better(
    problem: Problem, path: RegPath, fold: Fold, k: int, joint: Sequence[RegPath]
) -> RegPath:
    """The path of one fold fit alone, or as it was fit together, whichever proves more."""
    alone = _fit(problem, path, fold, k)
    return max(joint[k], alone, key=lambda one: int(one.converged.sum()))


def _fit(problem: Problem, path: RegPath, fold: Fold, k: int) -> RegPath:
    try:
        return fit_path(
            problem.take(fold.train, keep_features=True),
            lambdas=path.lambdas,
            l1_ratio=path.l1_ratio,
            standardize=path.standardize,
            penalty_factor=path.penalty_factor,
        )
    except DataError as error:
        raise DataError(
            f"Fold {k} (counted from 0) cannot be fit. {error.message}",
            "Use fewer folds or another seed, or leave such features out.",
        ) from error


def held_out(problem: Problem, path: RegPath, rows: np.ndarray) -> Problem:
    """Rows of `problem`, not all of weight zero, coded as `path` learned to code its own."""
    return replace(
        problem,
        X=coded_rows(problem, path, rows),
        y=problem.y[rows],
        sample_weight=rescaled(problem.sample_weight[rows]),
        notes=(),
        encoder=None,
        frame=None,
    )


def coded_rows(problem: Problem, path: RegPath, rows: np.ndarray) -> np.ndarray:
    """Features of rows of `problem`, their gaps filled with what `path` learned."""
    if path.encoder is None or problem.frame is None:
        return problem.X[rows]
    return path.encoder.encode(problem.frame.iloc[rows])
