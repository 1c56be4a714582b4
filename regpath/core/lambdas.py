"""Where a path begins, and the grid of strengths that it visits."""

from __future__ import annotations

from typing import Any

import numpy as np

from regpath.core.checks import check_count, check_fraction, check_positive
from regpath.core.design import Design
from regpath.core.fit import NullModel
from regpath.core.in_memory import in_memory
from regpath.core.null import check_factors, solve_null
from regpath.core.problems.problem import Problem
from regpath.errors import NothingToFindError, ParameterError

RIDGE_FLOOR = 1e-3  # l1_ratio below this has no finite lambda_max; the grid uses this, as glmnet


NOISE = 1e-14  # a gradient below this share of what a feature could have is rounding noise


def start_of_path(null: NullModel, design: Design, l1_ratio: float) -> float:
    """Smallest lambda with an empty model."""
    reach = float((design.scale * design.inverse).max(initial=0.0))
    if null.gradient <= NOISE * null.spread * reach:
        raise NothingToFindError(
            "No feature has any linear relation with the target: the path would be empty.",
            "Choose other features or another target.",
        )
    return null.entry / max(l1_ratio, RIDGE_FLOOR)


def lambda_max(
    problem: Problem,
    *,
    l1_ratio: float = 1.0,
    standardize: bool = True,
    penalty_factor: Any = None,
) -> float:
    """Smallest lambda at which every penalized coefficient is exactly zero.

    max_j |z_j' (y - ybar)| / (n l1_ratio f_j), over classes too, with weights where there are any;
    where features have no penalty (f_j = 0), ybar is the fit on these.
    For the grid only, `l1_ratio` is floored at 1e-3 (ridge has no finite lambda_max).

    Parameters
    ----------
    problem : Problem
        What is to be fit.
    l1_ratio : float in [0, 1], default=1.0
        1 is lasso, 0 is ridge.
    standardize : bool, default=True
        Whether the penalty acts on coefficients per standard deviation.
    penalty_factor : array-like of shape (n_features,) or dict, default=None
        See `fit_path`.

    Returns
    -------
    float
        In the units of lambda: those of the response for gaussian, none for classes.

    Raises
    ------
    ParameterError
        If `l1_ratio` is outside [0, 1].
    NothingToFindError
        If no feature has any linear relation with the target.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1).

    Examples
    --------
    >>> from regpath import Problem, lambda_max
    >>> problem = Problem.from_arrays([[-1.0], [1.0]], [0.0, 2.0], family="gaussian")
    >>> round(lambda_max(problem), 12)
    1.0
    """
    check_fraction(l1_ratio, "l1_ratio", "lambda_max")
    factors = check_factors(penalty_factor, problem, "lambda_max")
    data = in_memory(problem, standardize)
    return start_of_path(solve_null(problem, data, factors), data.design, l1_ratio)


def lambda_grid(lambda_max: float, *, n_lambdas: int = 100, min_ratio: float = 1e-4) -> np.ndarray:
    """Geometric grid from `lambda_max` down to `min_ratio * lambda_max`.

    Parameters
    ----------
    lambda_max : float
        First and largest value.
    n_lambdas : int, default=100
        Number of values; 1 gives `lambda_max` alone.
    min_ratio : float in (0, 1), default=1e-4
        Last value divided by the first. `fit_path` uses 1e-4 if n > p, else 1e-2.

    Returns
    -------
    ndarray of shape (n_lambdas,)
        Strictly decreasing.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1).

    Examples
    --------
    >>> lambda_grid(1.0, n_lambdas=3, min_ratio=0.01).round(6).tolist()
    [1.0, 0.1, 0.01]
    """
    check_positive(lambda_max, "lambda_max", "lambda_grid")
    check_count(n_lambdas, "n_lambdas", "lambda_grid")
    check_fraction(min_ratio, "min_ratio", "lambda_grid", open_ends=True)
    grid = lambda_max * min_ratio ** np.linspace(0.0, 1.0, n_lambdas)
    grid[0] = lambda_max
    if (grid <= 0.0).any() or (np.diff(grid) >= 0.0).any():
        raise ParameterError(
            f"{n_lambdas} strengths from {lambda_max!r} down to {min_ratio!r} of it cannot be told "
            "apart.",
            "Use fewer of them, or another min_ratio.",
        )
    return grid


def default_min_ratio(n_obs: int, n_features: int) -> float:
    """1e-4 where there are more rows than features, else 1e-2."""
    return 1e-4 if n_obs > n_features else 1e-2
