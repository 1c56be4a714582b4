"""All rules side by side, as a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.core.selection.rules import RULES
from regpath.core.validation.cv_result import CVResult, check_cv
from regpath.errors import DataError, ParameterError

COLUMNS = ("rule", "lam", "index", "n_kept", "score", "score_lost", "at_edge", "reason")


def compare_rules(
    cv: CVResult,
    problem: Problem,
    *,
    values: Mapping[str, float] | None = None,
    frequencies: Any = None,
) -> pd.DataFrame:
    """What every rule would choose, and what that costs and keeps.

    Parameters
    ----------
    cv : CVResult
        What `cross_validate` gave.
    problem : Problem
        The problem of the fit.
    values : dict of rule to number, default=None
        Numbers that rules take instead of their own; see `select_lambda`.
    frequencies : array-like of shape (n_features, n_lambdas), default=None
        Of half-samples; without them there is no row for "stability".

    Returns
    -------
    DataFrame
        One row per rule: `rule`, `lam`, `index`, `n_kept`, `score`, `score_lost`, `at_edge` and
        `reason`. Where a rule has no answer (a number of features for ridge), only `reason` is
        filled, and says why.

    Raises
    ------
    ParameterError
        If `cv` is no cross-validation, or a number of `values` is none for its rule.
    DataError
        If a rule with a number of `values` has no answer.

    References
    ----------
    Hastie, T., Tibshirani, R. and Friedman, J. (2009), The elements of statistical learning,
    sections 7.5-7.10.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem))
    >>> frame = compare_rules(cv, problem)
    >>> frame.loc[frame["rule"].isin(["1se", "bic"]), "n_kept"].tolist()
    [4, 7]
    """
    check_cv(cv, "compare_rules")
    given, rows = values or {}, []
    for name, rule in RULES.items():
        if "frequencies" in rule.needs and frequencies is None:
            continue
        try:
            choice = rule.select(cv, given.get(name), problem=problem, frequencies=frequencies)
        except (DataError, ParameterError) as refused:
            if name in given:
                raise
            rows.append({"rule": name, "reason": str(refused)})
            continue
        rows.append({column: asdict(choice)[column] for column in COLUMNS})
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"index": "Int64", "n_kept": "Int64"})
