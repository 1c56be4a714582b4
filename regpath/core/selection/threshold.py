"""Thresholds: from which probability on a row is told to be of the second of two classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.problems.problem import Problem
from regpath.core.validation.cv_result import TIE, CVResult
from regpath.errors import DataError, ParameterError
from regpath.shown import Shown

CRITERIA = ("balanced_accuracy", "accuracy", "f1", "prevalence")


@dataclass(frozen=True, eq=False)
class Threshold(Shown):
    """A threshold that was chosen on rows held out from the fits.

    Attributes
    ----------
    value : float
        A row with at least this probability is told to be of the second class.
    criterion : str
        What was made as large as possible; see `choose_threshold`.
    score : float
        The criterion there, on the held-out rows.
    score_at_half : float
        The criterion at one half.
    lam : float
        The strength whose predictions were cut.
    reason : str
        One sentence.
    curve : DataFrame
        What every threshold does; see `threshold_curve`.

    References
    ----------
    Youden, W. J. (1950), Index for rating diagnostic tests, Cancer 3.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> found = regpath.choose_threshold(cv, problem, cv.lambda_1se)
    >>> 0.0 < found.value < 1.0, found.score >= found.score_at_half
    (True, True)
    """

    value: float
    criterion: str
    score: float
    score_at_half: float
    lam: float
    reason: str
    curve: pd.DataFrame


def threshold_curve(problem: Problem, probabilities: np.ndarray) -> pd.DataFrame:
    """What each threshold does to some rows of two classes: a frame for ROC and precision-recall.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted.
    probabilities : ndarray of shape (n_obs, 2)
        NaN for rows without a prediction, which are left out.

    Returns
    -------
    DataFrame
        From the highest threshold to the lowest, beginning with infinity, where no row is told to
        be of the second class: `threshold`, `true_positive_rate` (recall), `false_positive_rate`,
        `precision` (NaN where nobody is told so), `share_told`, `accuracy`, `balanced_accuracy`,
        `f1`.

    Raises
    ------
    ParameterError
        If there are not two classes, or the probabilities have another shape.
    DataError
        If the rows with a prediction are all of one class.

    References
    ----------
    Fawcett, T. (2006), An introduction to ROC analysis, Pattern Recognition Letters 27.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.Problem.from_arrays([[0.0], [1.0], [2.0], [3.0]], ["a", "b", "a", "b"])
    >>> told = np.array([0.1, 0.4, 0.6, 0.9])
    >>> curve = regpath.threshold_curve(problem, np.column_stack([1.0 - told, told]))
    >>> curve[["threshold", "true_positive_rate", "false_positive_rate"]].values.tolist()[:3]
    [[inf, 0.0, 0.0], [0.9, 0.5, 0.0], [0.6, 0.5, 0.5]]
    """
    if not problem.loss.two_classes:
        raise ParameterError("Only two classes have a threshold.", "Use the binomial family.")
    if np.shape(probabilities) != (problem.n_obs, 2):
        raise ParameterError(
            f"The 'probabilities' parameter of threshold_curve must have shape "
            f"({problem.n_obs}, 2). Got {np.shape(probabilities)} instead."
        )
    p = np.asarray(probabilities, dtype=float)[:, 1]
    rows = np.flatnonzero(np.isfinite(p) & (problem.sample_weight > 0.0))
    w, hit = problem.sample_weight[rows], problem.y[rows] == 1
    if hit.all() or not hit.any():
        raise DataError(
            "The rows with a prediction are all of one class.", "Bring rows of both classes."
        )
    order = np.argsort(-p[rows], kind="stable")
    marks = p[rows][order]
    last = np.flatnonzero(np.append(marks[1:] != marks[:-1], True))
    up = np.append(0.0, np.cumsum((w * hit)[order])[last])
    down = np.append(0.0, np.cumsum((w * ~hit)[order])[last])
    told = up + down
    recall, alarm = up / up[-1], down / down[-1]
    return pd.DataFrame(
        {
            "threshold": np.append(np.inf, marks[last]),
            "true_positive_rate": recall,
            "false_positive_rate": alarm,
            "precision": np.divide(up, told, out=np.full(len(up), np.nan), where=told > 0.0),
            "share_told": told / told[-1],
            "accuracy": (up + down[-1] - down) / told[-1],
            "balanced_accuracy": 0.5 * (recall + 1.0 - alarm),
            "f1": 2.0 * up / (told + up[-1]),
        }
    )


def choose_threshold(
    cv: CVResult, problem: Problem, lam: float, *, criterion: str = "balanced_accuracy"
) -> Threshold:
    """Choose a threshold by predictions for rows that the fits had not seen.

    It takes a cross-validation and no other rows, so that no test row can have a say.

    Parameters
    ----------
    cv : CVResult
        Of two classes.
    problem : Problem
        The problem that was validated.
    lam : float
        A point of the grid.
    criterion : {"balanced_accuracy", "accuracy", "f1", "prevalence"}, default="balanced_accuracy"
        The first three are made as large as possible ("balanced_accuracy" is Youden's index, but
        for scale). "prevalence" tells as many held-out rows to be of the second class as are. Of
        equals, the threshold nearest to one half wins.

    Returns
    -------
    Threshold
        Halfway between the lowest probability that is told to be of the class and the next one.

    Raises
    ------
    ParameterError
        If there are not two classes, `lam` is not on the grid, or the criterion is unknown.
    DataError
        If it is another problem.

    References
    ----------
    Youden, W. J. (1950), Index for rating diagnostic tests, Cancer 3.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> found = regpath.choose_threshold(cv, problem, cv.lambda_1se, criterion="f1")
    >>> found.score == float(found.curve["f1"].max())
    True
    """
    check_choice(criterion, "criterion", "choose_threshold", CRITERIA)
    curve = threshold_curve(problem, cv.out_of_fold(problem, lam))
    marks = curve["threshold"].to_numpy()
    # Between two probabilities nothing changes, so the threshold keeps its distance from both.
    between = 0.5 * (marks[1:] + np.append(marks[2:], 0.0))
    values = np.append(0.5 * (1.0 + marks[1]), between)
    if criterion == "prevalence":
        share = float(curve["precision"].iloc[-1])
        scores = -np.abs(curve["share_told"].to_numpy() - share)
    else:
        scores = curve[criterion].to_numpy()
    half = int(np.flatnonzero(marks >= 0.5)[-1])
    values[half] = 0.5
    best = np.flatnonzero(scores >= scores.max() - TIE)
    at = best[np.argmin(np.abs(values[best] - 0.5))]
    value = float(values[at])
    return Threshold(
        value=value,
        criterion=criterion,
        score=float(scores[at]),
        score_at_half=float(scores[half]),
        lam=float(lam),
        reason=_reason(value, criterion, scores[at], scores[half]),
        curve=curve,
    )


def _reason(value: float, criterion: str, score: float, at_half: float) -> str:
    if criterion == "prevalence":
        return (
            f"A threshold of {value:.3g} tells held-out rows to be of the second class as often as "
            f"they are, but for {-score:.2g}; one half is {-at_half:.2g} off."
        )
    return (
        f"A threshold of {value:.3g} has the largest {criterion} on held-out rows, {score:.4g}; "
        f"one half has {at_half:.4g}."
    )
