"""Rows to learn from and rows to test on; whatever is learned is learned on the first alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from regpath.core.checks import check_fraction, check_seed
from regpath.core.problems.problem import Problem
from regpath.core.problems.random_split import group_split, random_split, stratified_split
from regpath.errors import DataError
from regpath.wording import counted


class Split(NamedTuple):
    """Two problems over disjoint rows; `test` is coded as `train` learned to code its rows.

    Attributes
    ----------
    train : Problem
        The rows to learn from.
    test : Problem
        The others.
    train_rows, test_rows : ndarray of int, shape (n_train,) and (n_test,)
        Their positions in the problem that was split.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> split = regpath.split_problem(problem, test_size=0.2)
    >>> split.train_rows.shape, split.test_rows.shape
    ((120,), (30,))
    """

    train: Problem
    test: Problem
    train_rows: np.ndarray
    test_rows: np.ndarray


def split_problem(problem: Problem, *, test_size: float = 0.25, seed: int = 0) -> Split:
    """Split the rows at random, classes in equal shares; imputing and coding learn on `train`.

    The rows are those of scikit-learn's `train_test_split(..., random_state=seed)`, stratified
    by class for classification. Where the problem knows groups of rows, they are those of
    `GroupShuffleSplit`: a share of the groups, each with all its rows. Where it knows times, the
    last rows are the test set, and rows of the same time stay together; with groups too, the
    groups that begin last.

    Parameters
    ----------
    problem : Problem
        All rows in use.
    test_size : float in (0, 1), default=0.25
        Share of the rows to test on.
    seed : int, default=0
        Decides which rows; not used where rows have times.

    Returns
    -------
    Split
        Both parts, and where their rows were.

    Raises
    ------
    ParameterError
        If an argument is outside its range.
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
    train_rows, test_rows = split_rows(problem, test_size, seed)
    train = problem.take(train_rows)
    return Split(train, train.rows_of(problem, test_rows), train_rows, test_rows)


def split_rows(problem: Problem, test_size: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the rows to learn from and to test on, as `split_problem` chooses them."""
    check_fraction(test_size, "test_size", "split_problem", open_ends=True)
    check_seed(seed, "seed", "split_problem")
    n_test = int(np.ceil(test_size * problem.n_obs))
    if problem.n_obs - n_test < 2:
        raise DataError(
            f"{problem.n_obs} rows are too few to keep {n_test} of them for testing.",
            "Add rows, or test on a smaller share or on none.",
        )
    if problem.row_times is not None:
        return _last_rows(problem.row_times, problem.row_groups, n_test)
    if problem.row_groups is not None:
        return _whole_groups(problem.row_groups, test_size, seed)
    return _at_random(problem, n_test, seed)


def _at_random(problem: Problem, n_test: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    if not problem.classes:
        return random_split(problem.n_obs, n_test, seed)
    _check_classes(problem, n_test)
    return stratified_split(problem.strata, n_test, seed)


def _whole_groups(groups: np.ndarray, test_size: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    n_groups = len(np.unique(groups))
    n_test = int(np.ceil(test_size * n_groups))
    if n_groups - n_test < 1:
        raise DataError(
            f"{counted(n_groups, 'group is', 'groups are')} too few to keep a share of "
            f"{test_size:g} of them for testing.",
            "Bring rows of more groups, or test on a smaller share or on none.",
        )
    return group_split(groups, n_test, seed)


def _last_rows(
    times: np.ndarray, groups: np.ndarray | None, n_test: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows before and from a moment on; a group counts from its first row."""
    if groups is not None:
        times = pd.Series(times).groupby(groups).transform("min").to_numpy()
    late = times >= np.sort(times)[len(times) - n_test]
    if late.all():
        raise DataError(
            f"The last {n_test} of {len(times)} rows cannot be told from the first: they have "
            "the same time.",
            "Test on a smaller share or on none, or choose a finer column of times.",
        )
    return np.flatnonzero(~late), np.flatnonzero(late)


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
