"""Measures: how well predictions fit the rows of a problem. One measure, one function.

Shapes: `eta` holds linear predictors at every lambda, (n, L), or (n, K, L) for multinomial, as
`RegPath.decision_path` gives them; a measure gives one number per lambda, shape (L,), and NaN
where it is undefined on these rows. Weights of the rows are used throughout.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regpath.core.checks import check_choice
from regpath.core.problem import Problem
from regpath.errors import ParameterError

CLASSES = ("binomial", "multinomial")


def accuracy(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Share of the rows whose most probable class is theirs."""
    # Whole numbers until the division: 43 of 50 is 0.86, not 0.8599999.
    right = problem.sample_weight @ (best_class(eta) == problem.y[:, None])
    return right / problem.sample_weight.sum()


def log_loss(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Mean of -log(probability of the row's class), natural logarithm."""
    tall = _one_row_each(eta)
    Y = np.repeat(problem.Y, eta.shape[-1], axis=0)
    return problem.weights @ problem.loss.loss(Y, tall).reshape(len(eta), -1)


def brier(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Mean squared distance from probabilities to outcomes, summed over classes (multinomial)."""
    observed = problem.Y[:, :, None] if eta.ndim == 3 else problem.Y
    error = np.square(probabilities(eta, problem) - observed)
    return problem.weights @ (error.sum(axis=1) if eta.ndim == 3 else error)


def auc(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Area under the ROC curve (multinomial: mean over one-against-rest).

    Undefined where a class has no row.
    """
    counted = problem.y[problem.sample_weight > 0.0]
    if (np.bincount(counted, minlength=len(problem.classes)) == 0).any():
        return np.full(eta.shape[-1], np.nan)
    if problem.family == "binomial":
        return area(eta, problem.y == 1, problem.sample_weight)
    proba = probabilities(eta, problem)
    classes = range(len(problem.classes))
    areas = [area(proba[:, k], problem.y == k, problem.sample_weight) for k in classes]
    return np.mean(areas, axis=0)


def mse(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Mean squared error."""
    return problem.weights @ np.square(problem.y[:, None] - eta)


def rmse(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Root of the mean squared error, in units of the response."""
    return np.sqrt(mse(eta, problem))


def mae(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Mean absolute error, in units of the response."""
    return problem.weights @ np.abs(problem.y[:, None] - eta)


def r2(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """1 - squared error / that of the mean of these rows; undefined where they do not vary."""
    weights, y = problem.weights, problem.y
    # Rounding in the mean must not make a constant response look as if it varied.
    if np.ptp(y[weights > 0.0]) == 0.0:
        return np.full(eta.shape[-1], np.nan)
    share = 1.0 - mse(eta, problem) / float(weights @ np.square(y - weights @ y))
    share[np.abs(share) < 1e-14] = 0.0
    return share


@dataclass(frozen=True)
class Measure:
    """A measure with what must be known to compare its values.

    Attributes
    ----------
    name : str
    families : tuple of str
        The families that it can judge.
    larger_is_better : bool
    undefined : str
        When it has no value; "" if it always has one.
    """

    name: str
    families: tuple[str, ...]
    larger_is_better: bool
    of: Callable[[np.ndarray, Problem], np.ndarray]
    undefined: str = ""


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("log_loss", CLASSES, False, log_loss),
        Measure("accuracy", CLASSES, True, accuracy),
        Measure("auc", CLASSES, True, auc, "a class has no held-out row there"),
        Measure("brier", CLASSES, False, brier),
        Measure("mse", ("gaussian",), False, mse),
        Measure("rmse", ("gaussian",), False, rmse),
        Measure("mae", ("gaussian",), False, mae),
        Measure("r2", ("gaussian",), True, r2, "the held-out response does not vary there"),
    )
}


def check_measure(name: str, family: str, caller: str) -> Measure:
    """The measure called `name`; "auto" is mse for gaussian, else log_loss.

    Raises
    ------
    ParameterError
        If there is no such measure, or it cannot judge `family`.
    """
    check_choice(name, "measure", caller, ("auto", *MEASURES))
    if name == "auto":
        name = "mse" if family == "gaussian" else "log_loss"
    measure = MEASURES[name]
    if family not in measure.families:
        able = ", ".join(repr(m.name) for m in MEASURES.values() if family in m.families)
        raise ParameterError(
            f"The measure {name!r} cannot judge a {family} path.", f"Choose among {able}."
        )
    return measure


def best_class(eta: np.ndarray) -> np.ndarray:
    """Position of the most probable class, shape (n, L)."""
    return (eta > 0.0).astype(np.intp) if eta.ndim == 2 else eta.argmax(axis=1)


def probabilities(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Expected responses, shaped as `eta`; binomial: of the second class."""
    mean = problem.loss.mean(_one_row_each(eta)).reshape(len(eta), eta.shape[-1], -1)
    return mean[:, :, 0] if eta.ndim == 2 else mean.transpose(0, 2, 1)


def _one_row_each(eta: np.ndarray) -> np.ndarray:
    """Every row at every lambda as a row of its own, shape (n L, K): one call to a family."""
    if eta.ndim == 2:
        return eta.reshape(-1, 1)
    return eta.transpose(0, 2, 1).reshape(-1, eta.shape[1])


def area(marks: np.ndarray, positive: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Area under the ROC curve of each column of `marks` (n, L), shape (L,).

    The Mann-Whitney statistic: the weight of the pairs that are in the right order, ties by half.
    """
    order = np.argsort(marks, axis=0)
    ranked = np.take_along_axis(marks, order, axis=0)
    up, down = (weights * positive)[order], (weights * ~positive)[order]
    upto = np.cumsum(down, axis=0)
    position = np.arange(len(marks))[:, None]
    changes = ranked[1:] != ranked[:-1]
    edge = np.ones((1, marks.shape[1]), dtype=bool)
    first = np.maximum.accumulate(np.where(np.vstack([edge, changes]), position, 0), axis=0)
    ends = np.where(np.vstack([changes, edge]), position, len(marks))
    last = np.minimum.accumulate(ends[::-1], axis=0)[::-1]
    below = np.take_along_axis(upto - down, first, axis=0) + np.take_along_axis(upto, last, axis=0)
    return (up * below).sum(axis=0) / (2.0 * up.sum(axis=0) * upto[-1])
