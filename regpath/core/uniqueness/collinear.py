"""Exactly collinear features: which belong together, and where a lasso solution is not unique."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.design import Design, design_of
from regpath.core.problems.problem import Problem
from regpath.core.regpath import check_problem
from regpath.errors import DataError

DEPENDENT = 1e-9  # what is left of a feature of size one, beside others, that counts as nothing
TAKES_PART = 1e-7  # share of a feature in a relation, below which it is rounding
MOST_NUMBERS = 3e7  # of a dense copy of the features
MOST_WORK = 2e10  # multiplications of a factorization


class Basis(NamedTuple):
    """Features that are independent, and the others in terms of them.

    `kept` (r,) and `others` (p - r,) are positions; feature others[j] equals sum_i
    relations[i, j] * feature kept[i], per standard deviation and from its mean.
    """

    kept: np.ndarray
    others: np.ndarray
    relations: np.ndarray


def basis_of(Z: np.ndarray) -> Basis:
    """Independent columns of Z, found by a factorization that reveals the rank.

    Columns of Z have mean zero and about size one; constant ones are zero and so dependent on
    nothing.
    """
    from scipy.linalg import qr, solve_triangular

    n, p = Z.shape
    small = np.linalg.qr(Z, mode="r") if n > 2 * p else Z
    R, order = qr(small, mode="r", pivoting=True, check_finite=False)
    size = np.abs(np.diag(R))
    rank = int(np.sum(size > DEPENDENT * np.sqrt(n)))
    rank = min(rank, n - 1)
    relations = solve_triangular(R[:rank, :rank], R[:rank, rank:])
    relations[np.abs(relations) < TAKES_PART] = 0.0
    return Basis(order[:rank], order[rank:], relations)


def dense_features(problem: Problem, what: str) -> tuple[Design, np.ndarray]:
    """The features per standard deviation, times the root of the rows' weights; and their design.

    Raises
    ------
    DataError
        If they are too many to be laid out at once.
    """
    design = design_of(problem.X, problem.weights, True)
    n, p = problem.X.shape
    if n * p > MOST_NUMBERS or n * p * min(n, p) > MOST_WORK:
        raise DataError(
            f"{n} rows x {p} features are too many to {what}.", "Use fewer rows or features."
        )
    Z = design.standardized(slice(0, n)) * np.sqrt(problem.weights * n)[:, None]
    return design, Z


def collinear_groups(problem: Problem) -> list[tuple[str, ...]]:
    """Groups of features between which exact linear relations hold.

    Coefficients without a penalty are not unique there: what one feature says, the others of its
    group say too. A relation may hold up to a constant, as between all the levels of a column,
    which sum to one. Relative tolerance 1e-9.

    Parameters
    ----------
    problem : Problem
        Whose features are looked at, on its rows.

    Returns
    -------
    list of tuple of str
        Names of features, in their order; [] where all are independent. Constant features have
        no coefficient and are in no group. With more features than rows, one group may hold
        them all.

    Raises
    ------
    DataError
        If there are too many rows and features to find out.
    ParameterError
        If it is no Problem.

    References
    ----------
    Tibshirani, R. J. (2013), The lasso problem and uniqueness, Electron. J. Statist. 7.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("taco_valley")
    >>> problem = regpath.make_problem(table, "y")
    >>> len(regpath.collinear_groups(problem)) <= 1
    True
    """
    check_problem(problem, "collinear_groups")
    design, Z = dense_features(problem, "look for exact relations between them")
    basis = basis_of(Z)
    return [
        tuple(problem.feature_names[j] for j in sorted(group))
        for group in _joined(basis, design.scale > 0.0)
    ]


def _joined(basis: Basis, varies: np.ndarray) -> list[set[int]]:
    """Sets of features that relations tie together, in order of their first member."""
    groups: list[set[int]] = []
    for j, column in zip(basis.others, basis.relations.T, strict=True):
        if not varies[j]:
            continue
        group = {int(j), *(int(i) for i in basis.kept[column != 0.0])}
        apart = [other for other in groups if not other & group]
        groups = [*apart, group.union(*(other for other in groups if other & group))]
    return sorted(groups, key=min)
