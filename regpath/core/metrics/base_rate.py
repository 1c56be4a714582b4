"""The base rate: what the model without features scores, the line that a path has to beat."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.problems.problem import Problem


def null_eta(problem: Problem, rows: np.ndarray, told: Problem) -> np.ndarray:
    """Linear predictor of the intercept alone, learned from `rows`, for the rows of `told`.

    Shape (n, 1), or (n, K, 1) for multinomial.
    """
    weights = problem.sample_weight[rows]
    shares = weights / weights.sum()
    offset = None if problem.offset is None else problem.offset[rows]
    intercept = problem.loss.null_intercept(problem.Y[rows], shares, offset) + problem.origin
    n = told.n_obs
    shape = (n, len(intercept), 1) if problem.loss.per_class else (n, 1)
    eta = np.broadcast_to(intercept.reshape(shape[1:]), shape).copy()
    return eta if told.offset is None else eta + told.offset[:, None]


def null_scores(train: Problem, rows: Problem | None = None) -> pd.Series:
    """Scores of the model without features, which knows the training response alone.

    Parameters
    ----------
    train : Problem
        The rows of the fit.
    rows : Problem, default=None
        The rows to score, such as `Split.test`; None means those of `train`.

    Returns
    -------
    Series
        By name of measure; NaN where one is undefined.

    References
    ----------
    Gneiting, T. and Raftery, A. E. (2007), Strictly proper scoring rules, prediction, and
    estimation, JASA 102.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> float(null_scores(problem)["r2"])
    0.0
    """
    rows = train if rows is None else rows
    eta = null_eta(train, np.arange(train.n_obs), rows)
    names = measures_of(train.family)
    return pd.Series({name: float(MEASURES[name].of(eta, rows)[0]) for name in names}, name="null")
