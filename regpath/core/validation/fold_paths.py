"""One path for each fold, on the grid of the full data; what a fold learns, it learns alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from regpath.core.metrics.class_weights import weigh_classes
from regpath.core.path import fit_path
from regpath.core.problems.inputs import rescaled
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.threads import team
from regpath.core.validation.folds import Fold
from regpath.core.validation.joint import together
from regpath.errors import DataError


@team()
def fit_folds(
    problem: Problem,
    path: RegPath,
    folds: Sequence[Fold],
    *,
    repeats: np.ndarray | None = None,
    class_weight: Any = None,
    progress: Progress | None = None,
) -> list[RegPath]:
    """Fit every fold's training rows as `path` was fit on all rows.

    Lambda means the same on fewer rows, because the loss is a mean; so the grid stays. Centring,
    scaling, the values that fill gaps, balanced weights and penalty factors that were learned come
    from the training rows alone.
    Features are those of `problem`, so that `coef_path` lines up with that of `path`: a level
    without a training row has coefficient 0.

    Parameters
    ----------
    problem : Problem
    path : RegPath
    folds : sequence of Fold
    repeats : ndarray of int, shape (n_folds,), default=None
        Folds of one repeat, which stand side by side, are solved together where that is possible.
    class_weight : "balanced", dict or None, default=None
    progress : callable, default=None

    Raises
    ------
    DataError
        If the training rows of a fold cannot be fit; the message names the fold.
    """
    balanced = isinstance(class_weight, str)
    if not balanced:
        problem = weigh_classes(problem, class_weight)
    numbers = np.zeros(len(folds), dtype=np.intp) if repeats is None else repeats
    paths: list[RegPath] = []
    for repeat in np.unique(numbers):
        some = [fold for fold, number in zip(folds, numbers, strict=True) if number == repeat]
        first, last = len(paths) / len(folds), (len(paths) + len(some)) / len(folds)
        stage = part_of(progress, first, last)
        joint = None if balanced else together(problem, path, some, stage)
        for k, fold in enumerate(some):
            if joint is None:
                tell(stage, k, len(some))
            if joint is not None and joint[k].converged.all():
                paths.append(joint[k])
                continue
            alone = _fit(problem, path, fold, len(paths), class_weight if balanced else None)
            both = [alone] if joint is None else [joint[k], alone]
            paths.append(max(both, key=lambda one: int(one.converged.sum())))
        tell(stage, 1.0)
    return paths


def _fit(problem: Problem, path: RegPath, fold: Fold, k: int, class_weight: Any = None) -> RegPath:
    try:
        train = weigh_classes(problem.take(fold.train, keep_features=True), class_weight)
        return fit_path(
            train,
            lambdas=path.lambdas,
            l1_ratio=path.l1_ratio,
            standardize=path.standardize,
            penalty_factor=path.factors_on(train),
        )
    except DataError as error:
        raise DataError(
            f"Fold {k} (counted from 0) cannot be fit. {error.message}",
            "Use fewer folds or another seed, or leave such features out.",
        ) from error


def held_out(problem: Problem, path: RegPath, rows: np.ndarray) -> Problem:
    """Rows of `problem` coded as `path` learned to code its own."""
    weights = problem.sample_weight[rows]
    return replace(
        problem,
        X=coded_rows(problem, path, rows),
        y=problem.y[rows],
        sample_weight=rescaled(weights) if weights.any() else weights,
        notes=(),
        encoder=None,
        frame=None,
        row_groups=None,
        row_times=None,
        exposure=None if problem.exposure is None else problem.exposure[rows],
    )


def coded_rows(problem: Problem, path: RegPath, rows: np.ndarray) -> np.ndarray:
    """Features of rows of `problem`, their gaps filled with what `path` learned."""
    if path.encoder is None or problem.frame is None:
        result: np.ndarray = problem.X[rows]
        return result
    return path.encoder.encode(problem.frame.iloc[rows])
