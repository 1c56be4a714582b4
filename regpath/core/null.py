"""Where every path begins: the model of the features that have no penalty, and who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from regpath.core.elsewhere import RowsElsewhere
from regpath.core.fit import Goal, NullModel
from regpath.core.learned_factors import LearnedFactors
from regpath.core.objective import CERTIFIED, certify, null_model
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.row_data import RowData
from regpath.core.solvers import solve_free
from regpath.errors import DataError, ParameterError


def solve_null(names: Sequence[str], data: RowData, factors: np.ndarray) -> NullModel:
    """Fit the model without penalized features, the solution at lambda = infinity.

    `names` are those of all features, for messages.

    Raises
    ------
    DataError
        If features without a penalty have no finite fit.
    """
    free = np.flatnonzero((factors == 0.0) & (data.design.inverse > 0.0))
    if not free.size:
        return null_model(data, factors)
    if data.arrays is None:
        raise DataError(
            "Features without a penalty are fit from their columns, which are not at hand.",
            "Give them a positive penalty factor.",
        )
    found, violation = solve_free(data.arrays, free)
    null = null_model(data, factors, found)
    # At twice the strength that empties the model, only the fit of these features is to be proven.
    strength = np.array([2.0 * null.entry or 1.0])
    proof = certify(data, Goal.of(strength, Penalty(1.0, factors), null), null, found)
    if not max(violation, proof.dual_gap[0]) <= CERTIFIED:
        some = ", ".join(repr(names[j]) for j in free[:5])
        reason = "are nearly collinear"
        if data.family.no_finite_fit:
            reason = f"{data.family.no_finite_fit}, or {reason}"
        raise DataError(
            f"The features without a penalty ({some}) have no finite fit by themselves: they "
            f"{reason}.",
            "Give them a positive penalty factor.",
        )
    return null


def check_factors(
    penalty_factor: Any,
    problem: Problem | RowsElsewhere,
    caller: str,
    standardize: bool | None = None,
) -> np.ndarray:
    """Penalty factors (p,) from an array, from a dict of feature or column names, or from None.

    Factors that were learned must be for coefficients as the penalty sees them: see `standardize`.
    """
    names = problem.feature_names
    if penalty_factor is None:
        return np.ones(len(names))
    if isinstance(penalty_factor, LearnedFactors):
        _check_learned(penalty_factor, caller, standardize)
    constraint = f"{len(names)} finite numbers, none negative, one for each feature"
    if isinstance(penalty_factor, Mapping):
        unknown = [name for name in penalty_factor if name not in {*names, *problem.groups}]
        if unknown:
            raise ParameterError(
                f"The 'penalty_factor' parameter of {caller} names {unknown[0]!r}, which is no "
                "feature and no column in use.",
                f"Choose among {', '.join(map(repr, names[:5]))}.",
            )
        # A feature's own name counts before that of its column.
        pairs = zip(names, problem.groups, strict=True)
        given = [penalty_factor.get(name, penalty_factor.get(group, 1.0)) for name, group in pairs]
    else:
        given = penalty_factor
    try:
        factors = np.array(given, dtype=float)
    except (TypeError, ValueError):
        factors = np.empty(0)
    good = factors.shape == (len(names),) and np.isfinite(factors).all() and (factors >= 0.0).all()
    if not good:
        raise ParameterError(
            f"The 'penalty_factor' parameter of {caller} must be {constraint}. "
            f"Got {penalty_factor!r} instead.",
            "A dict of names sets those of some features and leaves the others at 1. To keep a "
            "feature out, do not use it, or give it 1e6.",
        )
    if not (factors > 0.0).any():
        raise ParameterError(
            f"The 'penalty_factor' parameter of {caller} is zero for every feature: nothing "
            "would be penalized.",
            "Leave at least one of them positive.",
        )
    return factors


def _check_learned(learned: LearnedFactors, caller: str, standardize: bool | None) -> None:
    if standardize is not None and learned.standardize != bool(standardize):
        seen = "per standard deviation" if learned.standardize else "in original units"
        raise ParameterError(
            f"The 'penalty_factor' of {caller} was learned for coefficients {seen}.",
            f"Use standardize={learned.standardize}, or learn it with the other.",
        )
