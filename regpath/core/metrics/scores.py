"""How well each point of a path predicts some rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.metrics.predictions import best_class, probabilities
from regpath.core.metrics.ranking import Ranking
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.errors import ParameterError


def score_path(path: RegPath, problem: Problem) -> pd.DataFrame:
    """Scores of every point of `path` on the rows of `problem`.

    Parameters
    ----------
    path : RegPath
        What is scored.
    problem : Problem
        The problem of the fit, or other rows coded in the same way (`Split.test`). Its weights
        are used.

    Returns
    -------
    DataFrame
        One row per lambda, `lambda` first, then each measure that can judge the family; see
        `cross_validate`. Missing where one is undefined on these rows.

    Raises
    ------
    DataError
        If the problem has other features, or another family or classes.

    References
    ----------
    Gneiting, T. and Raftery, A. E. (2007), Strictly proper scoring rules, prediction, and
    estimation, JASA 102.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> scores = regpath.score_path(regpath.fit_path(problem), problem)
    >>> list(scores.columns)
    ['lambda', 'mse', 'rmse', 'mae', 'r2', 'deviance_explained']
    >>> float(scores["r2"].iloc[0])
    0.0
    """
    check_match(path, problem, "score_path")
    eta = path.decision_path(problem)
    scores = {name: MEASURES[name].of(eta, problem) for name in measures_of(path.family)}
    return pd.DataFrame({"lambda": path.lambdas, **scores})


def confusion_at(path: RegPath, problem: Problem, lam: float) -> pd.DataFrame:
    """Observed classes (rows) against predicted ones (columns) at one point, in rows of data."""
    check_match(path, problem, "confusion_at")
    if not path.classes:
        raise ParameterError(f"A {path.family} path has no classes to confuse.", "Use score_path.")
    at = path.index_of(lam)
    guess = best_class(path.decision_path(problem)[..., at, None])[:, 0]
    names = list(path.classes)
    counts = np.bincount(problem.y * len(names) + guess, minlength=len(names) ** 2)
    return pd.DataFrame(
        counts.reshape(len(names), -1),
        index=pd.Index(names, name="observed"),
        columns=pd.Index(names, name="predicted"),
    )


def scores_by_class(path: RegPath, problem: Problem) -> pd.DataFrame:
    """Scores of each class against all others, at every point of `path`.

    Parameters
    ----------
    path : RegPath
        Of classes.
    problem : Problem
        The problem of the fit, or other rows coded in the same way.

    Returns
    -------
    DataFrame
        One row per class and lambda: `class`, `lambda`, `recall` (share of the class that is told
        so), `precision` (share of those told so that are), `auc`, `average_precision` and `brier`
        (of its own probability). Missing where one is undefined.

    Raises
    ------
    ParameterError
        If the path has no classes.
    DataError
        If the problem has other features, or other classes.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> scores = regpath.scores_by_class(regpath.fit_path(problem, n_lambdas=10), problem)
    >>> scores.groupby("class")["auc"].last().round(2).to_dict()
    {'setosa': 1.0, 'versicolor': 1.0, 'virginica': 1.0}
    """
    check_match(path, problem, "scores_by_class")
    if not path.classes:
        raise ParameterError(f"A {path.family} path has no classes.", "Use score_path.")
    eta, w = path.decision_path(problem), problem.sample_weight
    guess, second = best_class(eta), probabilities(eta, problem)
    many = path.loss.per_class
    parts = []
    for k, label in enumerate(path.classes):
        own, told = problem.y == k, guess == k
        proba = second[:, k] if many else second if k == 1 else 1.0 - second
        with np.errstate(invalid="ignore", divide="ignore"):
            hits = (w * own) @ told
            parts.append(
                {
                    "class": str(label),
                    "lambda": path.lambdas,
                    "recall": hits / (w @ own),
                    "precision": hits / (w @ told),
                    **_ranked(proba, own, w),
                    "brier": w @ np.square(proba - own[:, None]) / w.sum(),
                }
            )
    return pd.concat(map(pd.DataFrame, parts), ignore_index=True)


def _ranked(proba: np.ndarray, own: np.ndarray, w: np.ndarray) -> dict[str, np.ndarray]:
    if not (w @ own > 0.0 and w @ ~own > 0.0):
        return dict.fromkeys(("auc", "average_precision"), np.full(proba.shape[1], np.nan))
    ranking = Ranking(proba)
    return {"auc": ranking.area(own, w), "average_precision": ranking.average_precision(own, w)}
