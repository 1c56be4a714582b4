"""The adaptive lasso: penalty factors from a first fit, so that strong features pay less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_positive
from regpath.core.design import moments
from regpath.core.null import check_factors
from regpath.core.path import fit_path
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of
from regpath.core.regpath import RegPath, check_problem
from regpath.core.validation.cross_validate import cross_validate
from regpath.errors import DataError
from regpath.shown import Shown
from regpath.wording import counted

# Of the strongest feature's factor, which is 1. A feature that correlates with the target as well
# as that one enters at a lambda this many times smaller: a hundred times below the end of the
# default grid (1e-4), so it stays out, and its factor is a number that a proof can use.
LARGEST = 1e6
FOLDS = 5  # that choose the strength of the first fit
FITTED = 1.0 / (FOLDS + 1)  # share of the work: one path beside one for each fold
# Strengths of the first fit, over the mean square spread of the features: from a ridge that keeps
# next to nothing to one that is least squares but for rounding, where these are well conditioned.
STRENGTHS = np.geomspace(1e3, 1e-5, 33)


@dataclass(frozen=True, eq=False)
class AdaptiveFactors(Shown):
    """Penalty factors learned from the rows of a fit.

    Attributes
    ----------
    factors : ndarray of shape (n_features,)
        What lambda is multiplied by: (largest first estimate / first estimate)^gamma, times the
        factor that was given. 1 for the strongest feature, at most 1e6.
    estimates : ndarray of shape (n_features,)
        Sizes of the first estimates, as the penalty sees the coefficients; with several classes
        the Euclidean norm over them.
    lam : float
        Strength of the ridge fit that they come from.
    gamma : float
        The power; 0 learns nothing.
    standardize : bool
        Whether the estimates are per standard deviation.
    feature_names : tuple of str
        Whose factors these are, in their order.
    given : ndarray of shape (n_features,)
        Factors beside the learned ones; 0 for features that are always in.

    See Also
    --------
    adaptive_factors : Learns them.

    References
    ----------
    Zou (2006), The adaptive lasso and its oracle properties, JASA 101: 1418-1429.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> learned = regpath.adaptive_factors(problem)
    >>> learned.factors.shape, float(learned.factors.min())
    ((10,), 1.0)
    >>> list(learned.to_frame())
    ['feature', 'estimate', 'factor']
    >>> half = learned.learned_on(problem.take(range(0, 442, 2)))
    >>> bool((half.factors != learned.factors).any())
    True
    >>> learned.name, learned.n_fits >= 1
    ('adaptive', True)
    """

    factors: np.ndarray
    estimates: np.ndarray
    lam: float
    gamma: float
    standardize: bool
    feature_names: tuple[str, ...]
    given: np.ndarray

    def __post_init__(self) -> None:
        freeze(self)

    def _summary(self) -> str:
        return (
            f"AdaptiveFactors(power {self.gamma:g}, {counted(len(self.factors), 'feature')})\n"
            f"from a ridge at lambda {self.lam:.4g}, {self.factors.min():.4g} to "
            f"{self.factors.max():.4g}"
        )

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.factors, dtype=dtype, copy=copy)

    @property
    def name(self) -> str:
        """What the factors make of a penalty: "adaptive"."""
        return "adaptive"

    @property
    def n_fits(self) -> int:
        """How many ridge paths it takes to learn them."""
        return FOLDS + 1

    def learned_on(self, problem: Problem, *, standardize: bool | None = None) -> AdaptiveFactors:
        """Learn them in the same way from other rows.

        Parameters
        ----------
        problem : Problem
            With these features or some of them.
        standardize : bool, default=None
            None means as they are here.

        Returns
        -------
        AdaptiveFactors
            Of the rows and features of `problem`.
        """
        beside = dict(zip(self.feature_names, self.given.tolist(), strict=True))
        return adaptive_factors(
            problem,
            gamma=self.gamma,
            standardize=self.standardize if standardize is None else standardize,
            penalty_factor={name: beside[name] for name in problem.feature_names},
        )

    def to_frame(self) -> pd.DataFrame:
        """Show first estimates and factors beside each other.

        Returns
        -------
        DataFrame
            One row per feature: `feature`, `estimate`, `factor`.
        """
        return pd.DataFrame(
            {"feature": self.feature_names, "estimate": self.estimates, "factor": self.factors}
        )


def adaptive_factors(
    problem: Problem,
    *,
    gamma: float = 1.0,
    standardize: bool = True,
    penalty_factor: Any = None,
    progress: Progress | None = None,
) -> AdaptiveFactors:
    """Learn the penalty factors of the adaptive lasso.

    A first fit, ridge at the strength that cross-validation prefers, estimates each coefficient;
    then

        f_j = g_j (max_k |b_k| / |b_j|)^gamma

    so that the strongest feature pays lambda, as in the plain lasso, and the others more, the more
    the weaker they seem. With `fit_path(problem, penalty_factor=adaptive_factors(problem))` a
    strong coefficient is shrunk less than by a lasso that keeps as few, and a weak one leaves
    sooner. The factors of that path belong to the rows of its fit: `cross_validate`,
    `assess_stability`, `leak_gap` and `map_validation` learn them anew from the rows that each of
    their fits may see.

    Parameters
    ----------
    problem : Problem
        The rows to learn from: those of the fit, and no others.
    gamma : float, default=1.0
        Positive; the larger, the more weak features pay.
    standardize : bool, default=True
        As `fit_path` is told: the estimates are of the coefficients that the penalty sees.
    penalty_factor : array-like of shape (n_features,) or dict, default=None
        Factors g_j beside the learned ones, as in `fit_path`; 0 keeps a feature in.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    AdaptiveFactors
        Wherever factors are asked for, they serve as an array of shape (n_features,).

    Raises
    ------
    ParameterError
        If an argument is outside its range.
    DataError
        If the first fit cannot be made, or not be validated.

    Notes
    -----
    An estimate of zero has the factor 1e6, which keeps the feature out on any usual grid and is
    still a number, so that every point is certified as ever. The certificate proves the solution
    for these factors; it says nothing about how well they were learned. With `l1_ratio` below 1
    the factors weigh the ridge part too (in Zou and Zhang's adaptive elastic net they do not).

    References
    ----------
    Zou (2006), The adaptive lasso and its oracle properties, JASA 101: 1418-1429.

    Zou and Zhang (2009), On the adaptive elastic-net with a diverging number of parameters, Annals
    of Statistics 37: 1733-1751.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> factors = regpath.adaptive_factors(problem)
    >>> path = regpath.fit_path(problem, penalty_factor=factors)
    >>> bool(path.converged.all()), path.learned_factors is factors
    (True, True)
    >>> cv = regpath.cross_validate(problem, path)  # each fold learns factors of its own
    >>> cv.lambda_1se >= cv.lambda_min
    True
    """
    check_problem(problem, "adaptive_factors")
    check_positive(gamma, "gamma", "adaptive_factors")
    given = check_factors(penalty_factor, problem, "adaptive_factors")
    path, index = _first_fit(problem, standardize, given, progress)
    coefs = path.coefs("standardized" if standardize else "original")[..., index]
    sizes = np.abs(coefs) if coefs.ndim == 1 else np.sqrt(np.square(coefs).sum(axis=0))
    return AdaptiveFactors(
        factors=given * _ratios(sizes, given > 0.0, float(gamma)),
        estimates=sizes,
        lam=float(path.lambdas[index]),
        gamma=float(gamma),
        standardize=bool(standardize),
        feature_names=problem.feature_names,
        given=given,
    )


def _first_fit(
    problem: Problem, standardize: bool, given: np.ndarray, progress: Progress | None
) -> tuple[RegPath, int]:
    """A ridge path, and the position of the strength that held-out rows prefer."""
    first = fit_path(
        problem,
        l1_ratio=0.0,
        lambdas=STRENGTHS * _unit(problem, standardize),
        standardize=standardize,
        penalty_factor=given,
        progress=part_of(progress, 0.0, FITTED),
    )
    try:
        cv = cross_validate(
            problem,
            first,
            n_folds=min(FOLDS, problem.n_obs),
            progress=part_of(progress, FITTED, 1.0),
        )
        return first, cv.index_min
    except DataError as error:
        raise DataError(
            f"The adaptive lasso cannot validate its first fit on {problem.n_obs} rows. "
            f"{error.message}",
            "Use the plain lasso, or more rows.",
        ) from error


def _unit(problem: Problem, standardize: bool) -> float:
    """Mean square spread of the features as the penalty sees them."""
    if standardize:
        return 1.0
    return float(np.square(moments(problem.X, problem.weights)[1]).mean()) or 1.0


def _ratios(sizes: np.ndarray, penalized: np.ndarray, gamma: float) -> np.ndarray:
    """The largest penalized size over each, to the power of gamma, at most LARGEST."""
    largest = sizes[penalized].max(initial=0.0)
    if largest == 0.0:
        return np.ones_like(sizes)
    least = largest * LARGEST ** (-1.0 / gamma)
    result: np.ndarray = (largest / np.clip(sizes, least, largest)) ** gamma
    return result
