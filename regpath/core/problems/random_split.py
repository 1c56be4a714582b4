"""Rows by chance: the very rows of scikit-learn's splitters, drawn from the same stream.

Loading scikit-learn for them takes a second and 60 MB, in every process that fits.
"""

from __future__ import annotations

import numpy as np


def random_split(n_rows: int, n_test: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of `train_test_split(range(n_rows), test_size=n_test, random_state=seed)`.

    Returns
    -------
    train_rows, test_rows : ndarray of int
        Positions, in the order in which they were drawn.
    """
    rows = np.random.RandomState(seed).permutation(n_rows)
    return rows[n_test:], rows[:n_test]


def stratified_split(strata: np.ndarray, n_test: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The same with `stratify=strata`: every stratum in its share, but for rounding.

    Parameters
    ----------
    strata : ndarray, shape (n_rows,)
        Each with two rows at least.
    n_test : int
        Not fewer than strata; nor is what is left.
    seed : int
    """
    chance = np.random.RandomState(seed)
    _, which, counts = np.unique(strata, return_inverse=True, return_counts=True)
    members = np.split(np.argsort(which, kind="stable"), np.cumsum(counts)[:-1])
    n_train = _shares(counts, len(strata) - n_test, chance)
    n_tested = _shares(counts - n_train, n_test, chance)
    drawn = [rows[chance.permutation(len(rows))] for rows in members]
    train = [rows[:end] for rows, end in zip(drawn, n_train, strict=True)]
    test = [
        rows[begin : begin + count]
        for rows, begin, count in zip(drawn, n_train, n_tested, strict=True)
    ]
    return chance.permutation(np.concatenate(train)), chance.permutation(np.concatenate(test))


def group_split(groups: np.ndarray, n_test: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of `GroupShuffleSplit` with so many groups to test on: whole groups, rows in order."""
    _, which = np.unique(groups, return_inverse=True)
    learned, _ = random_split(int(which.max()) + 1, n_test, seed)
    is_learned = np.isin(which, learned)
    return np.flatnonzero(is_learned), np.flatnonzero(~is_learned)


def _shares(counts: np.ndarray, n_drawn: int, chance: np.random.RandomState) -> np.ndarray:
    """How many of each stratum are drawn: the largest remainders are rounded up, ties by chance."""
    exact = counts / counts.sum() * n_drawn
    shares = np.floor(exact)
    missing = int(n_drawn - shares.sum())
    remainders = exact - shares
    for remainder in np.unique(remainders)[::-1]:
        if missing <= 0:
            break
        (equal,) = np.nonzero(remainders == remainder)
        taken = min(len(equal), missing)
        shares[chance.choice(equal, size=taken, replace=False)] += 1
        missing -= taken
    whole: np.ndarray = shares.astype(int)
    return whole
