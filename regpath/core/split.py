"""Rows to learn from and rows to test on; whatever is learned is learned on the first alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.checks import check_fraction, check_seed
from regpath.core.problem import Problem
from regpath.errors import DataError


class Split(NamedTuple):
    """Two problems over disjoint rows; `test` is coded as `train` learned to code its rows.

    `train_rows` and `test_rows` are positions in the problem that was split.
    """

    train: Problem
    test: Problem
    train_rows: np.ndarray
    test_rows: np.ndarray


def split_problem(problem: Problem, *, test_size: float = 0.25, seed: int = 0) -> Split:
    """Split the rows at random, classes in equal shares; imputing and coding learn on `train`.

    The rows are those of scikit-learn's `train_test_split(..., random_state=seed)`, stratified
    by class for classification.

    Parameters
    ----------
    problem : Problem
    test_size : float in (0, 1), default=0.25
        Share of the rows to test on.
    seed : int, default=0

    Returns
    -------
    Split

    Raises
    ------
    DataError
        If there are too few rows, in all or of one class.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> split = regpath.split_problem(problem, test_size=0.2)
    >>> split.train.n_obs, split.test.n_obs
    (120, 30)
    """
    from sklearn.model_selection import train_test_split

    check_fraction(test_size, "test_size", "split_problem", open_ends=True)
    check_seed(seed, "seed", "split_problem")
    n_test = int(np.ceil(test_size * problem.n_obs))
    if problem.n_obs - n_test < 2:
        raise DataError(
            f"{problem.n_obs} rows are too few to keep {n_test} of them for testing.",
            "Add rows, or test on a smaller share or on none.",
        )
    stratify = None
    if problem.classes:
        _check_classes(problem, n_test)
        stratify = problem.y
    train_rows, test_rows = train_test_split(
        np.arange(problem.n_obs), test_size=test_size, random_state=seed, stratify=stratify
    )
    train = problem.take(train_rows)
    return Split(train, train.rows_of(problem, test_rows), train_rows, test_rows)


def _check_classes(problem: Problem, n_test: int) -> None:
    counts = np.bincount(problem.y, minlength=len(problem.classes))
    rare = int(np.argmin(counts))
    if counts[rare] < 2:
        raise DataError(
            f"Class {problem.classes[rare]!r} of target {problem.target!r} has only one row, "
            "so it cannot be both learned and tested.",
            "Remove or merge the class, or test on no rows.",
        )
    if min(n_test, problem.n_obs - n_test) < len(problem.classes):
        raise DataError(
            f"{n_test} of {problem.n_obs} rows for testing cannot hold all "
            f"{len(problem.classes)} classes of target {problem.target!r}.",
            "Change the share to test on, or test on no rows.",
        )
