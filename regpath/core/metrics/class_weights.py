"""Weights of classes: what a fit is told to mind, and what that does to its intercept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.inputs import rescaled
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.errors import ParameterError

_ALIKE = 1.01  # the largest factor over the least: up to it, probabilities move by less than 0.01


def weigh_classes(problem: Problem, class_weight: Any) -> Problem:
    """Multiply the weights of rows by a factor for their class.

    The products are rescaled to sum to the number of rows, so that lambda keeps its meaning: it
    still stands against a mean loss.

    Parameters
    ----------
    problem : Problem
        Of classes.
    class_weight : "balanced", dict of class to positive number, or None
        "balanced" gives every class the same weight in all. A dict may leave classes out, which
        keep 1; a class may also be named as text. None changes nothing.

    Returns
    -------
    Problem
        The same rows with other weights.

    Raises
    ------
    ParameterError
        If the target has no classes, or the weights are not positive numbers of classes.

    References
    ----------
    King, G. and Zeng, L. (2001), Logistic regression in rare events data, Political Analysis 9.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.Problem.from_arrays([[0.0], [1.0], [2.0], [3.0]], ["a", "a", "a", "b"])
    >>> weigh_classes(problem, "balanced").sample_weight.round(3).tolist()
    [0.667, 0.667, 0.667, 2.0]
    """
    if class_weight is None:
        return problem
    factors = class_factors(problem, problem.sample_weight, problem.y, class_weight)
    return replace(problem, sample_weight=rescaled(problem.sample_weight * factors[problem.y]))


def class_factors(
    problem: Problem, sample_weight: np.ndarray, y: np.ndarray, class_weight: Any
) -> np.ndarray:
    """Factor of each class (K,), learned from rows of these weights and classes."""
    if not problem.classes:
        raise ParameterError(
            f"Target {problem.target!r} holds amounts, which have no class weights.",
            "Leave 'class_weight' out.",
        )
    if isinstance(class_weight, str) and class_weight == "balanced":
        mass = np.bincount(y, weights=sample_weight, minlength=len(problem.classes))
        result: np.ndarray = mass.sum() / (len(mass) * np.where(mass > 0.0, mass, np.inf))
        return result
    if not isinstance(class_weight, Mapping):
        raise ParameterError(
            "The 'class_weight' parameter must be 'balanced', a dict of classes and positive "
            f"numbers, or None. Got {class_weight!r} instead."
        )
    return _given_factors(problem, class_weight)


def shifts_probabilities(problem: Problem, class_weight: Any) -> bool:
    """Tell whether class weights make some classes look more frequent than they are.

    >>> import regpath
    >>> problem = regpath.Problem.from_arrays([[0.0], [1.0], [2.0], [3.0]], ["a", "a", "a", "b"])
    >>> shifts_probabilities(problem, "balanced"), shifts_probabilities(problem, {"a": 1, "b": 1})
    (True, False)
    """
    if class_weight is None or not problem.classes:
        return False
    factors = class_factors(problem, problem.sample_weight, problem.y, class_weight)
    known = factors[factors > 0.0]
    return bool(known.max() > _ALIKE * known.min())


def _given_factors(problem: Problem, class_weight: Mapping[Any, Any]) -> np.ndarray:
    classes, names = list(problem.classes), [str(label) for label in problem.classes]
    factors = np.ones(len(names))
    for label, value in class_weight.items():
        if label not in classes and str(label) not in names:
            raise ParameterError(
                f"'class_weight' names {label!r}, which is no class of {problem.target!r}.",
                f"Choose among {', '.join(map(repr, names[:5]))}.",
            )
        good = isinstance(value, int | float | np.number) and not isinstance(value, bool)
        if not (good and np.isfinite(value) and value > 0.0):
            raise ParameterError(
                f"The weight of class {label!r} must be a positive number. Got {value!r} instead."
            )
        at = classes.index(label) if label in classes else names.index(str(label))
        factors[at] = float(value)
    return factors


def intercept_shift(path: RegPath, problem: Problem, class_weight: Any, lam: float) -> pd.DataFrame:
    """What class weights add to the intercept at one point, and the intercept without it.

    A weight u_k makes class k look u_k times as frequent, which adds log(u_k) to its linear
    predictor and leaves the slopes of a true model as they are. Subtracting it brings
    probabilities back to the base rate.

    Parameters
    ----------
    path : RegPath
        Fit on `weigh_classes(problem, class_weight)`.
    problem : Problem
        The rows of the fit, without the weights of classes.
    class_weight : "balanced", dict or None
        As for `weigh_classes`.
    lam : float
        A point of the grid.

    Returns
    -------
    DataFrame
        One row per class: `class`, `factor` (its weight), `share` and `weighted_share` (of the
        rows, before and after), and per linear predictor `intercept`, `shift` and
        `intercept_at_base_rate`. With two classes there is one linear predictor, that of the
        second; the first has zeros. With more, shifts sum to zero.

    Raises
    ------
    ParameterError
        If there are no classes, the weights are none, or `lam` is not on the grid.
    DataError
        If the path was fit on another target or other features.

    References
    ----------
    King, G. and Zeng, L. (2001), Logistic regression in rare events data, Political Analysis 9.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    >>> path = regpath.fit_path(regpath.weigh_classes(problem, "balanced"), n_lambdas=10)
    >>> shift = regpath.intercept_shift(path, problem, "balanced", path.lambdas[3])
    >>> shift["weighted_share"].round(6).tolist(), shift["shift"].round(3).tolist()
    ([0.5, 0.5], [0.0, 0.521])
    """
    check_match(path, problem, "intercept_shift")
    given = {} if class_weight is None else class_weight
    factors = class_factors(problem, problem.sample_weight, problem.y, given)
    share = np.bincount(problem.y, weights=problem.weights, minlength=len(factors))
    weighted = share * factors / (share @ factors)
    logs = np.log(factors)
    at = path.index_of(lam)
    if path.loss.two_classes:
        shift = np.array([0.0, logs[1] - logs[0]])
        intercept = np.array([0.0, path.intercept_path[at]])
    else:
        shift, intercept = logs - logs.mean(), path.intercept_path[:, at]
    return pd.DataFrame(
        {
            "class": [str(label) for label in path.classes],
            "factor": factors,
            "share": share,
            "weighted_share": weighted,
            "intercept": intercept,
            "shift": shift,
            "intercept_at_base_rate": intercept - shift,
        }
    )
