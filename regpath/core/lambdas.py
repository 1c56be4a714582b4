"""Where a path begins, and the grid of strengths that it visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from regpath.core.checks import check_count, check_fraction, check_positive, same_strength
from regpath.core.fit import NullModel
from regpath.core.in_memory import in_memory
from regpath.core.null import check_factors, solve_null
from regpath.core.problems.problem import Problem
from regpath.core.row_data import Coordinates, RowData
from regpath.errors import NothingToFindError, ParameterError

RIDGE_FLOOR = 1e-3  # l1_ratio below this counts as ridge where there must be a finite lambda_max
NOISE = 1e-14  # a gradient below this share of what a feature could have is rounding noise

# Strengths of the L2 part, as multiples of `curvature_of_null`. Measured on the bundled tables, all
# families, ridge: 2 % of the deviance is explained at 50 to 70; validation is best at 3 to 5e-5,
# least squares at 7e-3 and above; least squares has 99.9 % of its deviance at 2e-3.
EMPTY = 100.0  # by its bound, at most 2 % of what a step along the gradient explains is left
LASTING = 100.0  # times EMPTY: how far out lambda_max may lie, so that features are seen to enter
TALL_RATIO, WIDE_RATIO = 1e-4, 1e-2  # of the L1 part, as in glmnet
FADED, FADED_BENT = 1e-4, 1e-5  # where curvature stays, and where it falls as a fit gets better


def start_of_path(null: NullModel, design: Coordinates, l1_ratio: float) -> float:
    """Smallest lambda with an empty model."""
    reach = float((design.scale * design.inverse).max(initial=0.0))
    if null.gradient <= NOISE * null.spread * reach:
        raise NothingToFindError(
            "No feature has any linear relation with the target: the path would be empty.",
            "Choose other features or another target.",
        )
    return null.entry / max(l1_ratio, RIDGE_FLOOR)


def ends_of_grid(
    data: RowData, null: NullModel, factors: np.ndarray, l1_ratio: float
) -> tuple[float, float]:
    """First and last lambda of the default grid, as `lambda_range` defines them."""
    start = start_of_path(null, data.design, l1_ratio)
    wide = data.n <= data.p
    end = (WIDE_RATIO if wide else TALL_RATIO) * start
    if l1_ratio == 1.0:
        return start, end
    bend = curvature_of_null(data, null, factors) / (1.0 - l1_ratio)
    if l1_ratio < RIDGE_FLOOR:
        start, end = EMPTY * bend, np.inf
    else:
        start = min(start, LASTING * EMPTY * bend)
    faded = FADED if data.family.quadratic else FADED_BENT
    return start, min(end, (10.0 if wide else 1.0) * faded * bend)


def curvature_of_null(data: RowData, null: NullModel, factors: np.ndarray) -> float:
    """Curvature of the mean loss at the null model along its own gradient, per unit of penalty.

    With gradient g, second derivatives H and factors F of the penalized features: s'Hs / s'Fs at
    s = g / F, the step that a strong ridge takes. No more than the largest eigenvalue of H by F.
    """
    penalized = factors > 0.0
    gradient = data.certificate_sums(penalized, null.repeated(1)).z[0]
    step = np.divide(gradient, factors, out=np.zeros_like(gradient), where=penalized)
    step /= np.abs(step).max()  # squares of very large or small numbers must stay in range
    total = data.curvature_along(null.repeated(1), step)
    return total / float((np.square(step) @ factors).sum())


def lambda_range(
    problem: Problem,
    *,
    l1_ratio: float = 1.0,
    standardize: bool = True,
    penalty_factor: Any = None,
) -> tuple[float, float]:
    """First and last lambda of the grid that `fit_path` makes unless it is told otherwise.

    Let c be the curvature of the mean loss at the empty model along its own gradient: what L2 is
    measured against, as L1 is measured against `lambda_max`. For least squares on standardized
    features it lies between the mean and the largest eigenvalue of their correlations.

    The lasso (`l1_ratio` 1) goes from `lambda_max` to 1e-4 of it, or 1e-2 where there are no more
    rows than features: the grid of R's glmnet. Ridge (`l1_ratio` below 1e-3) goes from 100 c,
    where at most 2 % is left of what a step along the gradient explains, to 1e-4 c, or 1e-5 c for
    classes, whose curvature falls as a fit gets better; ten times that where there are no more
    rows than features. In between the grid begins at `lambda_max`, but not above
    1e4 c / (1 - l1_ratio), and ends where both parts have faded: at the smaller of the two ends,
    1e-4 (1e-2) of `lambda_max` and 1e-4 (1e-5) c / (1 - l1_ratio).

    So the grid of ridge changes with units, repeated rows and repeated features only as its
    solutions do.

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
    start, end : float
        In the units of lambda.

    Raises
    ------
    ParameterError
        If `l1_ratio` is outside [0, 1].
    NothingToFindError
        If no feature has any linear relation with the target.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1), section 2.5, for the lasso's grid.

    Examples
    --------
    >>> from regpath import Problem, lambda_range
    >>> problem = Problem.from_arrays([[-1.0], [1.0]], [0.0, 2.0], family="gaussian")
    >>> [round(lam, 9) for lam in lambda_range(problem, l1_ratio=0.0)]  # its curvature is 1
    [100.0, 0.0001]
    """
    check_fraction(l1_ratio, "l1_ratio", "lambda_range")
    factors = check_factors(penalty_factor, problem, "lambda_range", standardize)
    data = in_memory(problem, standardize)
    return ends_of_grid(data, solve_null(problem.feature_names, data, factors), factors, l1_ratio)


def grid_through(
    problem: Problem,
    strengths: Sequence[float],
    *,
    n_lambdas: int,
    min_ratio: float | None,
    **penalty: Any,
) -> np.ndarray:
    """The grid that `fit_path` would make, with some strengths put into it exactly.

    Parameters
    ----------
    problem : Problem
    strengths : sequence of float
        Each stands in place of one of the grid's that is the same with fewer digits.
    n_lambdas, min_ratio
        See `fit_path`.
    **penalty
        The parameters of `lambda_range`.
    """
    start, end = lambda_range(problem, **penalty)
    grid = lambda_grid(start, n_lambdas=n_lambdas, min_ratio=min_ratio or end / start)
    return put_into(grid, strengths)


def put_into(
    grid: np.ndarray, strengths: Sequence[float], *, always_longer: bool = False
) -> np.ndarray:
    """A grid with some strengths in it exactly; see `grid_through`.

    `always_longer` makes up for each that takes the place of one: by a point in the widest gap.

    >>> put_into(np.array([1.0, 0.1]), [0.10000000001, 0.3]).tolist()
    [1.0, 0.3, 0.10000000001]
    >>> put_into(np.array([1.0, 0.01]), [0.01], always_longer=True).tolist()
    [1.0, 0.1, 0.01]
    """
    size = len(grid) + len(strengths)
    for lam in strengths:
        grid = np.append(grid[~same_strength(grid, lam)], lam)
    grid = np.sort(grid)[::-1]
    while always_longer and len(grid) < size:
        if len(grid) == 1:
            grid = np.append(grid, grid / 2.0)
            continue
        gap = int(np.argmin(grid[1:] / grid[:-1]))
        grid = np.insert(grid, gap + 1, np.sqrt(grid[gap] * grid[gap + 1]))
    return grid


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
    `l1_ratio` is floored at 1e-3, since ridge has no finite lambda_max; `lambda_range` says where
    its grid begins.

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
    return start_of_path(solve_null(problem.feature_names, data, factors), data.design, l1_ratio)


def lambda_grid(lambda_max: float, *, n_lambdas: int = 100, min_ratio: float = 1e-4) -> np.ndarray:
    """Geometric grid from `lambda_max` down to `min_ratio * lambda_max`.

    `fit_path` makes its grid so, between the ends that `lambda_range` gives for its penalty.

    Parameters
    ----------
    lambda_max : float
        First and largest value, such as `lambda_range` gives.
    n_lambdas : int, default=100
        Number of values; 1 gives `lambda_max` alone.
    min_ratio : float in (0, 1), default=1e-4
        Last value divided by the first. For the lasso `fit_path` uses 1e-4 if n > p, else 1e-2.

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
