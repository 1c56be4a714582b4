"""How well each point of a path predicts some rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.metrics import confusion_matrix, roc_auc_score

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
    score = _score_numbers if path.family == "gaussian" else _score_classes
    return pd.DataFrame({"lambda": path.lambdas, **score(eta, problem)})


def _score_numbers(eta: np.ndarray, problem: Problem) -> dict[str, np.ndarray]:
    weights, y = problem.weights, problem.y
    error = weights @ np.square(y[:, None] - eta)
    spread = float(weights @ np.square(y - weights @ y))
    # Rounding in the mean must not make a constant response look as if it varied.
    varies = np.ptp(y[weights > 0.0]) > 0.0
    r2 = 1.0 - error / spread if varies else np.full(error.shape, np.nan)
    r2[np.abs(r2) < 1e-14] = 0.0
    return {"r2": r2, "rmse": np.sqrt(error)}


def _score_classes(eta: np.ndarray, problem: Problem) -> dict[str, np.ndarray]:
    weights, Y, family = problem.weights, problem.Y, problem.loss
    points = [eta[:, i, None] if eta.ndim == 2 else eta[:, :, i] for i in range(eta.shape[-1])]
    loss = np.array([weights @ family.loss(Y, point) for point in points])
    guess = (eta > 0.0).astype(np.intp) if eta.ndim == 2 else eta.argmax(axis=1)
    # Whole numbers until the division: 43 of 50 is 0.86, not 0.8599999.
    right = problem.sample_weight @ (guess == problem.y[:, None])
    accuracy = right / problem.sample_weight.sum()
    return {"accuracy": accuracy, "log_loss": loss, "auc": _auc(eta, problem, points)}


def _auc(eta: np.ndarray, problem: Problem, points: list[np.ndarray]) -> np.ndarray:
    counted = problem.y[problem.sample_weight > 0.0]
    counts = np.bincount(counted, minlength=len(problem.classes))
    if (counts == 0).any():
        return np.full(eta.shape[-1], np.nan)
    if problem.family == "binomial":
        return _area(eta, problem.y == 1, problem.sample_weight)
    proba = np.stack([problem.loss.mean(point) for point in points], axis=2)
    areas = [
        _area(proba[:, k], problem.y == k, problem.sample_weight)
        for k in range(len(problem.classes))
    ]
    return np.mean(areas, axis=0)


def _area(marks: np.ndarray, positive: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Area under the ROC curve of each column of `marks` (n, L): the Mann-Whitney statistic."""
    if np.ptp(weights) > 0.0:
        return np.array([roc_auc_score(positive, mark, sample_weight=weights) for mark in marks.T])
    n_up = int(positive.sum())
    ranks = rankdata(marks, axis=0)[positive].sum(axis=0)
    return (ranks - n_up * (n_up + 1) / 2.0) / (n_up * (len(positive) - n_up))


def confusion_at(path: RegPath, problem: Problem, lam: float) -> pd.DataFrame:
    """Observed classes (rows) against predicted ones (columns) at one point, in rows of data."""
    check_match(path, problem, "confusion_at")
    if path.family == "gaussian":
        raise ParameterError("A gaussian path has no classes to confuse.", "Use score_path.")
    eta = path.decision_path(problem.X)[..., path.index_of(lam)]
    guess = (eta > 0.0).astype(np.intp) if eta.ndim == 1 else eta.argmax(axis=1)
    counts = confusion_matrix(problem.y, guess, labels=range(len(path.classes)))
    names = list(path.classes)
    return pd.DataFrame(
        counts,
        index=pd.Index(names, name="observed"),
        columns=pd.Index(names, name="predicted"),
    )
