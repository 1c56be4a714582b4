"""Folds: which rows are learned from and which are held out, for each round of validation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regpath.core.checks import check_count, check_seed
from regpath.core.problems.problem import Problem
from regpath.core.regpath import check_problem
from regpath.errors import DataError, ParameterError


class Fold(NamedTuple):
    """Positions of rows in a problem: those to learn from, and those held out meanwhile."""

    train: np.ndarray
    test: np.ndarray


def make_folds(problem: Problem, n_folds: int = 10, seed: int = 0) -> np.ndarray:
    """Deal the rows at random into folds of equal size, each class in equal shares.

    Parameters
    ----------
    problem : Problem
    n_folds : int, default=10
        From 2 to the number of rows.
    seed : int, default=0

    Returns
    -------
    ndarray of int, shape (n_obs,)
        Number of each row's fold, from 0. Sizes differ by one at most, in all and by class.

    Raises
    ------
    ParameterError
        If `n_folds` or `seed` is outside its range.
    DataError
        If there are fewer rows than folds, or a class has one row only.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> np.bincount(make_folds(problem, n_folds=5)).tolist()
    [30, 30, 30, 30, 30]
    """
    check_problem(problem, "make_folds")
    check_count(n_folds, "n_folds", "make_folds", least=2)
    check_seed(seed, "seed", "make_folds")
    if n_folds > problem.n_obs:
        raise DataError(
            f"{problem.n_obs} rows cannot be dealt into {n_folds} folds.",
            f"Use at most {problem.n_obs} folds; fewer leave more rows in each.",
        )
    if problem.classes:
        _refuse_single_rows(problem)
    return deal(problem.strata, n_folds, seed)


def deal(stratum: np.ndarray, n_folds: int, seed: int) -> np.ndarray:
    """Number of each row's fold, from 0; sizes differ by one at most, in all and by stratum."""
    shuffled = np.random.default_rng(seed).permutation(len(stratum))
    dealt = np.empty(len(stratum), dtype=np.intp)
    # Dealing class after class in turn keeps both the classes and the sizes of the folds even.
    dealt[np.lexsort((shuffled, stratum))] = np.arange(len(stratum)) % n_folds
    return dealt


def resolve_folds(
    problem: Problem, folds: Any, *, n_folds: int, seed: int, caller: str
) -> tuple[Fold, ...]:
    """Folds as positions of rows, from whatever the caller brought.

    Parameters
    ----------
    problem : Problem
    folds : None, array-like of shape (n_obs,), or iterable of (train_rows, test_rows)
        None deals the rows with `make_folds`. An array holds a label for each row: the rows of
        a label are held out together, labels in sorted order. Pairs hold positions of rows, as
        scikit-learn's splitters give them; a row may be held out in several, or in none.
    n_folds, seed : int
        For `make_folds`.
    caller : str
        Who asks, for the messages.

    Raises
    ------
    ParameterError
        If `folds` is none of these, or does not fit the rows.
    DataError
        If a fold leaves a class, or any variation of the response, out of the rows to learn from.
    """
    if folds is None:
        made = _of_labels(make_folds(problem, n_folds, seed), problem.n_obs, caller)
    elif pairs := _as_pairs(folds):
        made = _of_pairs(pairs, problem.n_obs, caller)
    else:
        made = _of_labels(folds, problem.n_obs, caller)
    if len(made) < 2:
        raise ParameterError(
            f"The 'folds' parameter of {caller} must hold at least 2 folds. Got {len(made)} "
            "instead.",
            "For one pair of training and test rows, use split_problem and score_path.",
        )
    for k, fold in enumerate(made):
        check_trainable(problem, fold, k)
    return made


def _as_pairs(folds: Any) -> list[Any]:
    """The pairs in `folds`; [] if it holds something else."""
    if not isinstance(folds, Iterable) or isinstance(folds, str | np.ndarray | pd.Series):
        return []
    listed = list(folds)
    return listed if all(isinstance(entry, tuple | list) for entry in listed) else []


def _of_labels(labels: Any, n_obs: int, caller: str) -> tuple[Fold, ...]:
    sized = hasattr(labels, "__len__") and not isinstance(labels, str)
    if not sized or len(labels) != n_obs or getattr(labels, "ndim", 1) != 1:
        got = type(labels).__name__ + (f" of length {len(labels)}" if sized else "")
        raise ParameterError(
            f"The 'folds' parameter of {caller} must be a label for each of the {n_obs} rows, or "
            f"pairs of (train_rows, test_rows). Got {got} instead.",
            "A splitter of scikit-learn gives the pairs: splitter.split(X, y).",
        )
    values = pd.Series(labels).reset_index(drop=True)
    if values.isna().any():
        row = int(np.argmax(values.isna()))
        raise ParameterError(
            f"The label of row {row} (counted from 0) is missing in 'folds' of {caller}.",
            "Give every row a label, or bring pairs of (train_rows, test_rows).",
        )
    codes, found = pd.factorize(values, sort=True)
    return tuple(
        Fold(np.flatnonzero(codes != k), np.flatnonzero(codes == k)) for k in range(len(found))
    )


def _of_pairs(pairs: list[Any], n_obs: int, caller: str) -> tuple[Fold, ...]:
    folds = []
    for k, pair in enumerate(pairs):
        if len(pair) != 2:
            raise ParameterError(
                f"Fold {k} (counted from 0) in 'folds' of {caller} must be a pair of "
                f"(train_rows, test_rows). Got {len(pair)} entries instead."
            )
        fold = Fold(*(_rows(rows, n_obs, k, caller) for rows in pair))
        both = np.intersect1d(fold.train, fold.test)
        if both.size:
            raise ParameterError(
                f"Fold {k} (counted from 0) in 'folds' of {caller} both learns from row "
                f"{both[0]} and holds it out.",
                "Keep the two apart: a score on rows of the fit is no validation.",
            )
        folds.append(fold)
    return tuple(folds)


def _rows(rows: Any, n_obs: int, k: int, caller: str) -> np.ndarray:
    positions = np.array(rows)  # a copy: what is frozen must not change from outside
    good = positions.ndim == 1 and positions.size > 0 and positions.dtype.kind in "iu"
    if good:
        inside = (positions >= 0).all() and (positions < n_obs).all()
        good = bool(inside) and len(np.unique(positions)) == len(positions)
    if not good:
        raise ParameterError(
            f"The rows of fold {k} (counted from 0) in 'folds' of {caller} must be different "
            f"whole numbers from 0 to {n_obs - 1}, at least one to learn from and one to hold out.",
            "np.flatnonzero makes them from a mask.",
        )
    return positions.astype(np.intp)


def _refuse_single_rows(problem: Problem) -> None:
    counts = np.bincount(problem.y[problem.sample_weight > 0.0], minlength=len(problem.classes))
    rare = int(np.argmin(counts))
    if counts[rare] < 2:
        raise DataError(
            f"Class {problem.classes[rare]!r} of target {problem.target!r} has only one row, "
            "so it cannot be both learned and held out.",
            "Remove or merge the class.",
        )


def check_trainable(problem: Problem, fold: Fold, k: int) -> None:
    """Refuse a fold whose rows to learn from lack a class, or any variation of the response."""
    counted = fold.train[problem.sample_weight[fold.train] > 0.0]
    y = problem.y[counted]
    hint = "Use fewer folds or another seed, or bring folds of your own that share them out."
    if problem.classes:
        present = np.bincount(y, minlength=len(problem.classes)) > 0
        if not present.all():
            absent = problem.classes[int(np.argmin(present))]
            raise DataError(
                f"Fold {k} (counted from 0) has no row of class {absent!r} of target "
                f"{problem.target!r} to learn from.",
                f"{hint} Or leave the class out, or merge it with another.",
            )
    elif y.size == 0 or np.ptp(y) == 0.0:
        raise DataError(
            f"Target {problem.target!r} is the same in every row that fold {k} (counted from 0) "
            "learns from.",
            hint,
        )
