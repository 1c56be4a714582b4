"""Counts whose likelihood has no end: a direction that lowers only what was zero anyway."""

from __future__ import annotations

import numpy as np

EXACT = 1e-9  # what counts as zero, relative to directions of size one and columns of about that
FALLS = 1e-6  # a fall of such directions that the programmes, feasible to 1e-7, truly found


def only_where_none(Z: np.ndarray, y: np.ndarray) -> bool:
    """Whether a direction is zero on every row with a count, and below it on some without.

    Along it the likelihood grows for ever. `Z` (n, q) holds columns of about size one.

    Examples
    --------
    >>> Z = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
    >>> only_where_none(Z, np.array([0, 0, 2, 1])), only_where_none(Z, np.array([0, 1, 2, 1]))
    (True, False)
    """
    from scipy.optimize import linprog

    some = y > 0.0
    if some.all():
        return False
    answer = linprog(
        Z[~some].sum(axis=0),
        A_ub=Z[~some],
        b_ub=np.zeros(int((~some).sum())),
        A_eq=Z[some],
        b_eq=np.zeros(int(some.sum())),
        bounds=(-1.0, 1.0),
        method="highs",
    )
    if answer.status != 0:
        return False
    moved = Z @ answer.x
    still = np.abs(moved[some]).max() <= EXACT and moved.max() <= EXACT
    return bool(still and moved.min() < -FALLS)
