"""compare_paths: the same problem under several penalties, each on a grid of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from regpath.core.checks import check_count, check_fraction, check_lambdas, check_positive
from regpath.core.comparison.comparison import Comparison
from regpath.core.lambdas import lambda_grid, lambda_range, put_into
from regpath.core.null import check_factors
from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import check_problem
from regpath.core.row_path import GridChoice
from regpath.errors import ParameterError

L1_RATIOS = (1.0, 0.5, 0.0)  # lasso, elastic net, ridge
MOST = 0.5  # of its first lambda: where a grid ends at the latest


def compare_paths(
    problem: Problem,
    *,
    l1_ratios: Sequence[float] = L1_RATIOS,
    n_lambdas: int = 100,
    min_ratio: float | None = None,
    lambdas: Any = None,
    extra_lambdas: Sequence[float] = (),
    standardize: bool = True,
    penalty_factor: Any = None,
    progress: Progress | None = None,
) -> Comparison:
    """Fit the same problem under several penalties.

    Parameters
    ----------
    problem : Problem
        What is fit.
    l1_ratios : sequence of float in [0, 1], default=(1.0, 0.5, 0.0)
        Lasso, elastic net and ridge, unless you say otherwise.
    n_lambdas : int, default=100
        Size of each grid.
    min_ratio : float in (0, 1), default=None
        Last over first lambda of the lasso's grid; the others end as many times further down, or
        less far, as it does. None means the ends that `lambda_range` gives for each penalty.
    lambdas : array-like of shape (n_lambdas,), default=None
        Strictly decreasing strengths that every penalty has in place of a grid.
    extra_lambdas : sequence of float, default=()
        Strengths that every grid has, too, exactly.
    standardize : bool, default=True
        Penalize coefficients per standard deviation.
    penalty_factor : array-like of shape (n_features,), dict or AdaptiveFactors, default=None
        What lambda is multiplied by for each feature; see `fit_path`.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    Comparison
        One path for each ratio, in their order.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or a ratio comes twice.

    References
    ----------
    Zou, H. and Hastie, T. (2005), Regularization and variable selection via the elastic net,
    JRSS B 67.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> both = regpath.compare_paths(problem, l1_ratios=(1.0, 0.0))
    >>> both.to_frame(n_levels=3)[["level", "penalty", "n_nonzero"]].round(2).values.tolist()[:2]
    [[0.0, 'lasso', 0], [0.0, 'ridge', 10]]
    """
    check_problem(problem, "compare_paths")
    ratios = checked_ratios(l1_ratios, "compare_paths")
    how = {"standardize": standardize, "penalty_factor": penalty_factor}
    choice = GridChoice(lambdas, n_lambdas, min_ratio)
    grids = grids_of(problem, ratios, choice, how, "compare_paths")
    extra = checked_strengths(extra_lambdas, "compare_paths")
    grids = [put_into(grid, extra) for grid in grids]
    paths = []
    for k, (ratio, grid) in enumerate(zip(ratios, grids, strict=True)):
        tell(progress, k, len(ratios))
        paths.append(fit_path(problem, l1_ratio=ratio, lambdas=grid, **how))
    tell(progress, 1.0)
    return Comparison(tuple(paths))


def grids_of(
    problem: Problem,
    ratios: Sequence[float],
    choice: GridChoice,
    how: dict[str, Any],
    caller: str,
) -> list[np.ndarray]:
    """The grid of each ratio: between the ends of its `lambda_range`, or what is given for all.

    With `min_ratio` all end as many times further down, or less far, as the lasso's does. Nothing
    of the choice was checked before.
    """
    given, n_lambdas, min_ratio = choice
    check_factors(how["penalty_factor"], problem, caller, how["standardize"])
    if given is not None:
        return [check_lambdas(given, caller)] * len(ratios)
    check_count(n_lambdas, "n_lambdas", caller)
    further = 1.0
    if min_ratio is not None:
        check_fraction(min_ratio, "min_ratio", caller, open_ends=True)
        start, end = lambda_range(problem, **how)
        further = min_ratio * start / end
    grids = []
    for each in ratios:
        start, end = lambda_range(problem, l1_ratio=each, **how)
        ratio = min(further * end / start, MOST)
        grids.append(lambda_grid(start, n_lambdas=n_lambdas, min_ratio=ratio))
    return grids


def checked_strengths(strengths: Any, caller: str) -> tuple[float, ...]:
    """The strengths as floats, all different."""
    told = tuple(strengths) if isinstance(strengths, Sequence | np.ndarray) else (strengths,)
    for lam in told:
        check_positive(lam, "extra_lambdas", caller)
    return tuple(dict.fromkeys(map(float, told)))


def checked_ratios(l1_ratios: Any, caller: str) -> tuple[float, ...]:
    """The ratios as floats, all different."""
    ratios = tuple(l1_ratios) if isinstance(l1_ratios, Sequence | np.ndarray) else (l1_ratios,)
    for ratio in ratios:
        check_fraction(ratio, "l1_ratios", caller)
    if not ratios or len(set(ratios)) < len(ratios):
        raise ParameterError(
            f"The 'l1_ratios' parameter of {caller} must be different numbers in [0, 1]. "
            f"Got {l1_ratios!r} instead."
        )
    return tuple(float(ratio) for ratio in ratios)
