"""fit_path: from a Problem to a certified RegPath."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_count, check_fraction, check_lambdas, check_positive
from regpath.core.elsewhere import RowsElsewhere, refuse_engine
from regpath.core.fit import TOL, Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.learned_factors import LearnedFactors
from regpath.core.null import check_factors, solve_null
from regpath.core.objective import CERTIFIED, certify
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress
from regpath.core.regpath import RegPath, check_match, check_problem
from regpath.core.row_data import RowData
from regpath.core.row_path import GridChoice, RowPath, fit_rows
from regpath.core.threads import team


@team()
def fit_path(
    problem: Problem | RowsElsewhere,
    *,
    l1_ratio: float = 1.0,
    lambdas: Any = None,
    n_lambdas: int = 100,
    min_ratio: float | None = None,
    standardize: bool = True,
    penalty_factor: Any = None,
    tol: float = TOL,
    progress: Progress | None = None,
    engine: Any = None,
) -> RegPath:
    """Compute and certify the coefficients along a grid of strengths.

    At each lambda, minimize over (b0, b)

        (1/W) sum_i w_i loss(y_i, b0 + x_i b)
        + lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ]

    with penalty factors f_j = 1 unless you say otherwise, and b per standard deviation when
    `standardize` is true. Every point is certified from the data, independently of the solver: see
    `RegPath.kkt_violation` and `RegPath.dual_gap`.

    Parameters
    ----------
    problem : Problem, or rows from `read_rows`
        What is fit, with its weights w_i of sum W.
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1), in between elastic net.
    lambdas : array-like of shape (n_lambdas,), default=None
        Strictly decreasing positive strengths. None makes a geometric grid from where the model is
        empty (exactly so at `lambda_max`, but practically for ridge) to where the penalty hardly
        matters: `lambda_range` says where that is.
    n_lambdas : int, default=100
        Size of that grid.
    min_ratio : float in (0, 1), default=None
        Its last value over its first. None means 1e-4 for the lasso if n > p, else 1e-2, and what
        `lambda_range` says for other penalties.
    standardize : bool, default=True
        Penalize coefficients per standard deviation (1/n), so that units do not matter.
    penalty_factor : array-like of shape (n_features,), dict or AdaptiveFactors, default=None
        What lambda is multiplied by for each feature; 0 keeps a feature in without a penalty. A
        dict gives it by name of feature or column, and 1 to all others. Factors are used as they
        are (R's glmnet rescales them to sum to n_features first). `adaptive_factors` learns those
        of the adaptive lasso.
    tol : float, default=1e-7
        Goal for KKT violation and relative duality gap. Points that miss 1e-6 are marked in
        `RegPath.converged`, whatever `tol` is.
    progress : callable, default=None
        Called with the share of the strengths that is solved, from 0 to 1. What it raises ends the
        call.
    engine : None, "processes", "dask", "dask://HOST:PORT" or a Dask client, default=None
        Who passes over the rows of `read_rows`: this process, processes of this machine, or a
        cluster. A `Problem` takes none.

    Returns
    -------
    RegPath
        The grid, its coefficients in original units and their proof.

    Raises
    ------
    ParameterError
        If an argument is outside its range.
    DataError
        If no feature has any linear relation with the target.

    References
    ----------
    Tibshirani, R. (1996), Regression shrinkage and selection via the lasso, JRSS B 58.
    Zou, H. and Hastie, T. (2005), Regularization and variable selection via the elastic net,
    JRSS B 67.
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1).
    Fercoq, O., Gramfort, A. and Salmon, J. (2015), Mind the duality gap: safer rules for the lasso,
    ICML.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> path = regpath.fit_path(regpath.make_problem(table, "progression"))
    >>> int(path.n_nonzero[0]), bool(path.converged.all())
    (0, True)
    """
    opened = _opened(problem, standardize, engine)
    check_fraction(l1_ratio, "l1_ratio", "fit_path")
    check_positive(tol, "tol", "fit_path")
    check_count(n_lambdas, "n_lambdas", "fit_path")
    if min_ratio is not None:
        check_fraction(min_ratio, "min_ratio", "fit_path", open_ends=True)
    factors = check_factors(penalty_factor, problem, "fit_path", standardize)
    given = None if lambdas is None else check_lambdas(lambdas, "fit_path")
    # A protocol takes a tenth of a millisecond to say that None is none.
    asked = penalty_factor is not None and isinstance(penalty_factor, LearnedFactors)
    learned = penalty_factor if asked else None
    with opened as data:
        fit = fit_rows(
            data,
            Penalty(float(l1_ratio), factors),
            GridChoice(given, n_lambdas, min_ratio),
            tol=tol,
            names=problem.feature_names,
            progress=progress,
        )
        passes = 0 if isinstance(problem, Problem) else data.n_passes
    path = assembled(problem, data, fit, standardize=standardize, learned=learned)
    return replace(path, passes=passes) if passes else path


def _opened(
    problem: Problem | RowsElsewhere, standardize: bool, engine: Any
) -> AbstractContextManager[Any]:
    """The rows of a problem, at hand or elsewhere."""
    # A problem first: looking through a protocol takes a while.
    if not isinstance(problem, Problem) and isinstance(problem, RowsElsewhere):
        return problem.opened(standardize, engine)
    check_problem(problem, "fit_path")
    refuse_engine(engine)
    return nullcontext(in_memory(problem, standardize))


@team()
def check_path(problem: Problem, path: RegPath) -> pd.DataFrame:
    """Certify a path anew, from the data and its coefficients alone.

    Parameters
    ----------
    problem : Problem
        The problem that the path was fit on.
    path : RegPath
        Any coefficients on its grid, whoever computed them.

    Returns
    -------
    DataFrame
        One row per lambda: `lambda`, `kkt_violation` (relative to the largest null gradient),
        `dual_gap` (relative to the objective) and `ok` (both at most 1e-6).

    Raises
    ------
    DataError
        If the problem has other features, or another family or classes.

    References
    ----------
    Boyd, S. and Vandenberghe, L. (2004), Convex optimization, section 5.5 (duality gap as a
    certificate).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=10)
    >>> proof = regpath.check_path(problem, path)
    >>> list(proof), bool(proof["ok"].all())
    (['lambda', 'kkt_violation', 'dual_gap', 'ok'], True)
    """
    check_match(path, problem, "check_path")
    data = in_memory(problem, path.standardize)
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    null = solve_null(problem.feature_names, data, penalty.factors)
    n_lambdas, p = len(path.lambdas), problem.n_features
    coefs = path.coef_path.reshape(-1, p, n_lambdas).transpose(2, 0, 1)
    with np.errstate(all="ignore"):  # what is not finite is no proof
        given = path.intercept_path.reshape(-1, n_lambdas).T
    points = Points(*data.design.from_raw_units(given, coefs, data.origin))
    proof = certify(data, Goal.of(path.lambdas, penalty, null), null, points)
    return pd.DataFrame(
        {
            "lambda": path.lambdas,
            "kkt_violation": proof.kkt_violation,
            "dual_gap": proof.dual_gap,
            "ok": proof.worst <= CERTIFIED,
        }
    )


def assembled(
    problem: Problem | RowsElsewhere,
    data: RowData,
    fit: RowPath,
    *,
    standardize: bool,
    n_obs: int | None = None,
    learned: LearnedFactors | None = None,
) -> RegPath:
    """The path of `problem`, or of `n_obs` of its rows, whose coordinates `data` has."""
    goal, null, (points, proof) = fit
    intercepts, coefs = points
    many = problem.loss.per_class
    arrays = data.arrays
    moments = (data.design.mean, data.design.scale)
    x_mean, x_scale = moments if arrays is None else arrays.design.original_moments()
    explained = 1.0 - proof.loss / null.loss  # a perfect prediction has loss 0
    return RegPath(
        lambdas=goal.lambdas,
        coef_path=coefs.transpose(1, 2, 0).copy() if many else coefs[:, 0, :].T.copy(),
        intercept_path=intercepts.T.copy() if many else intercepts[:, 0].copy(),
        dev_ratio=np.where(coefs.any(axis=(1, 2)), explained, 0.0),
        dual_gap=proof.dual_gap,
        kkt_violation=proof.kkt_violation,
        converged=proof.worst <= CERTIFIED,
        feature_names=problem.feature_names,
        groups=problem.groups,
        family=problem.family,
        classes=problem.classes,
        target=problem.target,
        l1_ratio=goal.penalty.l1_ratio,
        standardize=bool(standardize),
        penalty_factor=goal.penalty.factors,
        x_mean=x_mean,
        x_scale=x_scale,
        n_obs=problem.n_obs if n_obs is None else n_obs,
        encoder=problem.encoder,
        learned_factors=learned,
        exposure_name=problem.exposure_name,
    )
