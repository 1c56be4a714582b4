"""After selection: why there are no p-values, and intervals from rows that had no say in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice, check_fraction, check_seed
from regpath.core.design import design_of
from regpath.core.learned_factors import LearnedFactors
from regpath.core.path import fit_path
from regpath.core.post_selection.refit import Refit, refit
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import check_problem
from regpath.core.selection import RULES, select_lambda
from regpath.core.stability_selection.complementary_pairs import deal_halves
from regpath.core.validation.cross_validate import cross_validate
from regpath.errors import DataError, ParameterError
from regpath.shown import Drawn
from regpath.wording import counted

EQUAL = 1e-9  # spread of weights, whose mean is one, that is rounding
MOST_FOLDS = 10  # of the half that chooses, as `cross_validate` has them
WHY_NO_P_VALUES = (  # in braces where both are found: by name in Python, by page in the app
    "A p-value asks how surprising a coefficient would be if its feature did not matter, for a "
    "feature that was named before anybody saw the data. Here the data named the features: out of "
    "all of them the penalty kept those that look best on these very rows, so their usual p-values "
    "would be too small and their intervals too narrow, even if no feature mattered at all. The "
    "penalty also shrinks coefficients on purpose, so that they are not centred on the truth. What "
    "can be said instead: how often half of the rows select a feature ({}), and intervals from "
    "rows that had no say in the selection ({})."
)


def why_no_p_values() -> str:
    """Say why coefficients of a penalized path come without p-values, and what to use instead.

    Returns
    -------
    str
        A paragraph for a person.

    References
    ----------
    Berk, R., Brown, L., Buja, A., Zhang, K. and Zhao, L. (2013), Valid post-selection
    inference, Ann. Statist. 41.

    Examples
    --------
    >>> import regpath
    >>> "split_intervals" in regpath.why_no_p_values()
    True
    """
    return WHY_NO_P_VALUES.format("assess_stability", "split_intervals")


@dataclass(frozen=True, eq=False)
class SplitIntervals(Drawn):
    """Features chosen on one half of the rows, with intervals from the other half.

    Attributes
    ----------
    table : DataFrame
        One row per chosen feature: `feature`, `column`, `estimate`, `low`, `high` and `se` in
        original units (log odds for classes, logs of counts); missing where there is none.
    level : float
        Share of such intervals that cover, in repeated samples, what they estimate.
    lam : float
        The strength chosen on the first half.
    rule : str
        What chose it; see `select_lambda`.
    n_selecting, n_estimating : int
        Rows of both halves.
    n_features : int
        Features to choose from.
    meaning : str
        What the intervals mean, in a few sentences.
    notes : tuple of str
        Where there is no interval, and why.

    References
    ----------
    Cox, D. R. (1975), A note on data-splitting for the evaluation of significance levels,
    Biometrika 62.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> found = regpath.split_intervals(problem, level=0.9)
    >>> found.to_frame().columns.tolist(), found.n_selecting + found.n_estimating
    (['feature', 'column', 'estimate', 'low', 'high', 'se'], 442)
    """

    table: pd.DataFrame
    level: float
    lam: float
    rule: str
    n_selecting: int
    n_estimating: int
    n_features: int
    meaning: str
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze(self)

    def to_frame(self) -> pd.DataFrame:
        """The table, as a copy.

        Returns
        -------
        DataFrame
            One row per chosen feature; see `table`.
        """
        return self.table.copy()

    def __repr__(self) -> str:
        head = (
            f"SplitIntervals({len(self.table)} of {counted(self.n_features, 'feature')} chosen on "
            f"{self.n_selecting} rows, {self.level:.0%} intervals from {self.n_estimating} others)"
        )
        return "\n".join([head, *(f"  {note}" for note in self.notes), self.table.to_string()])


def split_intervals(
    problem: Problem,
    *,
    l1_ratio: float = 1.0,
    penalty_factor: Any = None,
    rule: str = "1se",
    level: float = 0.95,
    seed: int = 0,
    progress: Progress | None = None,
) -> SplitIntervals:
    """Choose features on half of the rows, and estimate their coefficients on the other half.

    On the first half a path is fit and its strength chosen by cross-validation in ten folds, or in
    as many as its rows, groups or times allow. On the second half the features chosen are fit
    without a penalty: least squares with Student's intervals, logistic or Poisson regression with
    those of Wald.

    Parameters
    ----------
    problem : Problem
        Of amounts, counts or two classes, and rows of equal weight.
    l1_ratio : float in (0, 1], default=1.0
        1 is lasso; ridge keeps every feature, so there is nothing to be chosen.
    penalty_factor : array-like of shape (n_features,), dict or LearnedFactors, default=None
        As `fit_path` takes them; learned ones are learned anew from the half that selects.
    rule : str, default="1se"
        For `select_lambda`; any but "stability".
    level : float in (0, 1), default=0.95
        Share of such intervals that cover, in repeated samples.
    seed : int, default=0
        Decides how the rows are dealt. Another seed gives other features and other intervals:
        choose it once.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    SplitIntervals
        Estimates and intervals in original units, and what they mean.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or there are more than two classes.
    DataError
        If weights differ, or a half cannot be fit.

    References
    ----------
    Cox, D. R. (1975), A note on data-splitting for the evaluation of significance levels,
    Biometrika 62.
    Wasserman, L. and Roeder, K. (2009), High-dimensional variable selection, Ann. Statist. 37.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> found = regpath.split_intervals(problem)
    >>> bool((found.table["low"] < found.table["high"]).all()), found.n_estimating
    (True, 221)
    """
    check_problem(problem, "split_intervals")
    check_fraction(level, "level", "split_intervals", open_ends=True)
    check_fraction(l1_ratio, "l1_ratio", "split_intervals")
    without_halves = [name for name, one in RULES.items() if "frequencies" not in one.needs]
    check_choice(rule, "rule", "split_intervals", tuple(without_halves))
    check_seed(seed, "seed", "split_intervals")
    _check_question(problem, l1_ratio)
    ((first, second),) = deal_halves(problem, 1, seed)
    selecting = problem.take(first)
    if isinstance(penalty_factor, LearnedFactors):
        penalty_factor = penalty_factor.learned_on(selecting, standardize=True)
    path = fit_path(selecting, l1_ratio=l1_ratio, penalty_factor=penalty_factor)
    n_folds, told = _n_folds(selecting), part_of(progress, 0.1, 0.9)
    cv = cross_validate(selecting, path, n_folds=n_folds, seed=seed, progress=told)
    choice = select_lambda(cv, rule=rule, problem=selecting)
    chosen = np.flatnonzero(path.coef_path[:, choice.index])
    estimating = selecting.rows_of(problem, second)
    table, notes = _estimated(estimating, chosen, level)
    tell(progress, 1.0)
    return SplitIntervals(
        table,
        level,
        choice.lam,
        rule,
        len(first),
        len(second),
        selecting.n_features,
        _meaning(problem, level, len(first), len(second)),
        notes,
    )


def _n_folds(problem: Problem) -> int:
    """Ten, or as many as the rows, their groups or their times allow."""
    units = problem.n_obs
    if problem.row_times is not None:
        units = len(np.unique(problem.row_times)) - 1  # the first of them is learned from only
    elif problem.row_groups is not None:
        units = len(np.unique(np.asarray(problem.row_groups).astype(str)))
    return max(2, min(MOST_FOLDS, units))


def _check_question(problem: Problem, l1_ratio: float) -> None:
    if problem.loss.per_class:
        raise ParameterError(
            "split_intervals takes amounts, counts or two classes. Got "
            f"{len(problem.classes)} classes instead.",
            "Ask for one class against the rest.",
        )
    if l1_ratio == 0.0:
        raise ParameterError(
            "Ridge keeps every feature, so there is no selection to be honest about.",
            "Use an l1_ratio above 0.",
        )
    counted_weights = problem.sample_weight[problem.sample_weight > 0.0]
    if np.ptp(counted_weights) > EQUAL:
        raise DataError(
            "The rows have different weights, and what intervals mean then depends on why.",
            "Use rows of equal weight.",
        )


def _meaning(problem: Problem, level: float, n_first: int, n_second: int) -> str:
    return (
        f"Features were chosen on {n_first} rows, and their coefficients estimated on {n_second} "
        f"others without a penalty. An interval is about how {problem.loss.predictor} changes with "
        "one unit of the feature while the other chosen ones stay; in repeated samples "
        f"{level:.0%} of such intervals cover it, if rows are independent and the linear model of "
        "the chosen features is about right. It holds for these features, however they were "
        "chosen, and says nothing about features that were left out. The price is that each half "
        "does its work with half of the rows, and that another split chooses others."
    )


def _estimated(
    problem: Problem, chosen: np.ndarray, level: float
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Estimates, intervals and standard errors on the rows of `problem`, and what is missing."""
    numbers = np.full((len(chosen), 4), np.nan)
    notes = []
    design = design_of(problem.X, problem.weights, True)
    varies = chosen[design.scale[chosen] > 0.0]
    if not chosen.size:
        notes.append("No feature was chosen, so there is nothing to estimate.")
    elif len(varies) < len(chosen):
        names = ", ".join(repr(problem.feature_names[j]) for j in np.setdiff1d(chosen, varies)[:5])
        notes.append(f"No interval for {names}: constant on the rows to estimate on.")
    fit = refit(problem, design, varies) if varies.size else None
    if fit is not None and fit.why:
        notes.append(
            f"No intervals: there is no finite fit on the rows to estimate on, because {fit.why}."
        )
    elif fit is not None and (not fit.unique or len(varies) + 1 >= problem.n_obs):
        notes.append(
            f"No intervals: {counted(len(varies), 'chosen feature')} on "
            f"{counted(problem.n_obs, 'row')} depend on each other exactly, so their coefficients "
            "are not unique."
        )
    elif fit is not None:
        numbers[np.isin(chosen, varies)] = _intervals(problem, fit, varies, level)
    table = pd.DataFrame(
        {
            "feature": [problem.feature_names[j] for j in chosen],
            "column": [problem.groups[j] for j in chosen],
            **dict(zip(("estimate", "low", "high", "se"), numbers.T, strict=True)),
        }
    )
    return table, tuple(notes)


def _intervals(problem: Problem, fit: Refit, kept: np.ndarray, level: float) -> np.ndarray:
    """Estimate, low, high and standard error of each coefficient, shape (n_kept, 4)."""
    from scipy.special import ndtri, stdtrit

    design = design_of(problem.X, problem.weights, True)
    n = problem.n_obs
    Z = np.hstack([design.standardized(slice(0, n), kept), np.ones((n, 1))])
    beta = fit.coefs[0, kept]
    eta = Z @ np.append(beta, fit.intercept[0])
    if problem.offset is not None:
        eta += problem.offset
    upper = 0.5 * (1.0 + level)
    if problem.loss.variance_unknown:
        freedom = n - Z.shape[1]
        noise = float(np.square(problem.y - eta).sum() / freedom)
        information, reach = Z.T @ Z / noise, float(stdtrit(freedom, upper))
    else:
        bend = problem.loss.curvature(problem.loss.mean(eta[:, None]))[:, 0]
        information, reach = Z.T @ (bend * Z), float(ndtri(upper))
    error = np.sqrt(np.diag(np.linalg.inv(information)))[:-1]
    table = np.column_stack([beta, beta - reach * error, beta + reach * error, error])
    return np.asarray(table / design.scale[kept][:, None])
