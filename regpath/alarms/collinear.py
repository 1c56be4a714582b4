"""Columns tied by an exact linear relation, such as parts and their sum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.strength import in_units
from regpath.core.problems.problem import Problem
from regpath.core.uniqueness.collinear import MOST_NUMBERS, collinear_groups
from regpath.wording import counted, listed

NEGLIGIBLE = 1e-10  # singular values below this share of the largest one span nothing
KIND = "collinear_columns"
MOST_WORK = 3e9  # multiplications
ROUNDING = 1e-8  # of a feature of size one
EFFECT = (
    "Without a penalty their weights are not determined; with one, the penalty alone decides "
    "which of them speaks for the others."
)


def collinear_columns(case: Case) -> Iterator[Alarm]:
    """Find columns that others add up to, beyond the levels of one column."""
    problem = case.problem
    if case.is_sampled:
        problem = problem.take(case.sample, keep_features=True)
    n, p = problem.X.shape
    if p >= n or n * p > MOST_NUMBERS or n * float(p) ** 2 > MOST_WORK:
        return
    source = dict(zip(problem.feature_names, problem.groups, strict=True))
    for group in collinear_groups(problem):
        columns = tuple(dict.fromkeys(source[name] for name in group))
        if len(columns) > 1:
            yield _alarm(case, columns, _surplus(case, problem, columns))


def _surplus(case: Case, problem: Problem, columns: tuple[str, ...]) -> list[str]:
    """Columns, those of few features and the last ones first, that say nothing beside the rest.

    Products and powers are no columns of the table, and what they are made of must stay.
    """
    X, groups = problem.X, np.array(problem.groups)
    features = {column: np.flatnonzero(groups == column) for column in columns}
    kept, surplus = list(columns), []
    for column in sorted(columns, key=lambda c: (len(features[c]), -columns.index(c))):
        rest = [j for other in kept if other != column for j in features[other]]
        free = column in case.used and column not in case.in_terms
        if free and rest and _spanned(X[:, features[column]], X[:, rest]):
            kept.remove(column)
            surplus.append(column)
    return surplus


def _spanned(some: np.ndarray, rest: np.ndarray) -> bool:
    """Whether columns are linear in others, up to a constant."""
    some, rest = in_units(some), in_units(rest)
    coefs, *_ = np.linalg.lstsq(rest, some, rcond=NEGLIGIBLE)
    return bool(np.abs(some - rest @ coefs).max() < ROUNDING)


def _alarm(case: Case, columns: tuple[str, ...], surplus: list[str]) -> Alarm:
    what = (
        f"Exact linear relations tie {listed(columns)} ({counted(len(columns), 'column')}) in all "
        f"of {counted(len(case.sample), 'row')}."
    )
    if not surplus:
        remedy = "Keep a penalty on these columns"
        return Alarm(KIND, "hint", columns, what, EFFECT, remedy)
    remedy = f"Leave {listed(surplus)} out"
    return Alarm(KIND, "warning", columns, what, EFFECT, remedy, case.without(tuple(surplus)))
