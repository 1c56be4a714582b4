"""How well each point of a path predicts some rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.measures import MEASURES, best_class
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.errors import ParameterError

CLASS_SCORES = ("accuracy", "log_loss", "auc")
NUMBER_SCORES = ("r2", "rmse")


def score_path(path: RegPath, problem: Problem) -> pd.DataFrame:
    """Scores of every point of `path` on the rows of `problem`.

    Parameters
    ----------
    path : RegPath
    problem : Problem
        The problem of the fit, or other rows coded in the same way (`Split.test`). Its weights
        are used.

    Returns
    -------
    DataFrame
        One row per lambda, `lambda` first. Classification: `accuracy`, `log_loss` (mean, natural
        logarithm) and `auc` (multinomial: mean over one-against-rest; missing where a class has
        no row). Gaussian: `r2` (missing where the response does not vary) and `rmse`.

    Raises
    ------
    DataError
        If the problem has other features, or another family or classes.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> scores = regpath.score_path(regpath.fit_path(problem), problem)
    >>> list(scores.columns), float(scores["r2"].iloc[0])
    (['lambda', 'r2', 'rmse'], 0.0)
    """
    check_match(path, problem, "score_path")
    eta = path.decision_path(problem.X)
    names = NUMBER_SCORES if path.family == "gaussian" else CLASS_SCORES
    scores = {name: MEASURES[name].of(eta, problem) for name in names}
    return pd.DataFrame({"lambda": path.lambdas, **scores})


def confusion_at(path: RegPath, problem: Problem, lam: float) -> pd.DataFrame:
    """Observed classes (rows) against predicted ones (columns) at one point, in rows of data."""
    check_match(path, problem, "confusion_at")
    if path.family == "gaussian":
        raise ParameterError("A gaussian path has no classes to confuse.", "Use score_path.")
    at = path.index_of(lam)
    guess = best_class(path.decision_path(problem.X)[..., at, None])[:, 0]
    names = list(path.classes)
    counts = np.bincount(problem.y * len(names) + guess, minlength=len(names) ** 2)
    return pd.DataFrame(
        counts.reshape(len(names), -1),
        index=pd.Index(names, name="observed"),
        columns=pd.Index(names, name="predicted"),
    )
