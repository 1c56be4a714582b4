"""Which rows a cross-validation learns from and holds out, from scikit-learn's `cv`."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np
from sklearn.model_selection import check_cv
from sklearn.utils import check_random_state

from regpath.core.checks import check_count, check_seed
from regpath.core.validation.folds import deal
from regpath.errors import DataError

N_FOLDS = 10  # as `cross_validate` has them; fewer where a class is small
Pair = tuple[np.ndarray, np.ndarray]
FoldPairs = list[Pair]


def folds_of(
    cv: Any,
    X: Any,
    y: np.ndarray,
    used: np.ndarray,
    *,
    classify: bool,
    random_state: Any,
    caller: str,
) -> FoldPairs:
    """Pairs of row numbers (train, test), counted among the rows in use.

    Parameters
    ----------
    cv : None, int, splitter or iterable of (train, test)
        None and whole numbers deal the rows in use, as `cross_validate` does; splitters and pairs
        speak of all rows.
    X : array of shape (n, n_features)
    y : ndarray of shape (n,)
    used : ndarray of bool, shape (n,)
        Rows with a positive weight.
    classify : bool
        Whether `y` holds classes, each to be spread evenly.
    random_state : int, RandomState or None
    caller : str
        Who asks, for the messages.

    Raises
    ------
    DataError
        If the rows are too few.
    ParameterError
        If `cv` or `random_state` is a number outside its range.
    """
    if cv is not None and not isinstance(cv, Integral):
        return _split(check_cv(cv, y, classifier=classify), X, y, used)
    seed = _seed_of(random_state, caller)
    y = y[used]
    if not classify:
        n_folds = _count(cv, len(y), f"{len(y)} rows", caller)
        return _pairs(deal(np.zeros(len(y), dtype=np.intp), n_folds, seed))
    _, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    many = counts[codes] > 1
    n_folds = _count(cv, int(counts.max()), f"Classes of {counts.max()} rows or fewer", caller)
    dealt = np.full(len(y), -1)  # in no fold: the one row of a class is learned from in all of them
    dealt[many] = deal(codes[many], n_folds, seed)
    return _pairs(dealt)


def _seed_of(random_state: Any, caller: str) -> int:
    if isinstance(random_state, Integral):
        check_seed(random_state, "random_state", caller)
        return int(random_state)
    return int(check_random_state(random_state).randint(np.iinfo(np.int32).max))


def _count(cv: Any, most: int, rows: str, caller: str) -> int:
    """As many folds as asked for; ten where that is left open, or as many as there can be."""
    if cv is not None:
        check_count(cv, "cv", caller, least=2)
    n_folds = min(N_FOLDS, most) if cv is None else int(cv)
    if not 2 <= n_folds <= most:
        raise DataError(
            f"{rows} cannot be dealt into {max(n_folds, 2)} folds.",
            "Bring more rows, use fewer folds, or give `lam` a number, which needs no folds.",
        )
    return n_folds


def _pairs(dealt: np.ndarray) -> FoldPairs:
    return [(np.flatnonzero(dealt != k), np.flatnonzero(dealt == k)) for k in range(max(dealt) + 1)]


def _split(splitter: Any, X: Any, y: np.ndarray, used: np.ndarray) -> FoldPairs:
    place, rows = np.cumsum(used) - 1, np.arange(len(used))
    pairs = []
    for both in splitter.split(X, y):
        train, test = (place[rows[part][used[part]]] for part in both)
        if len(test):  # rows of weight zero have no say in a score
            pairs.append((train, test))
    return pairs
