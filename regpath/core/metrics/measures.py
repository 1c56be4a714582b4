"""MEASURES: how well predictions fit the rows of a problem. One measure, one function.

To add one: docs/extending/measure.md.

Shapes: `eta` holds linear predictors at every lambda, (n, L), or (n, K, L) for multinomial, as
`RegPath.decision_path` gives them. Most measures are means over rows: their function gives each
row a value, (n, L). What is no mean is prepared once for the rows and then takes weights of rows
(n,) as often as wanted: one number per lambda, shape (L,), and NaN where it is undefined on the
rows that have a weight. Means over rows take weights (B, n) as well, and give (B, L).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regpath.core.checks import check_choice
from regpath.core.families import family_of
from regpath.core.metrics.measure import Measure, Weighed, mean_over_rows
from regpath.core.metrics.predictions import best_class, losses, probabilities
from regpath.core.metrics.ranking import Ranking
from regpath.core.problems.problem import Problem
from regpath.errors import ParameterError


def told_right(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Whether a row's most probable class is its own: 1 or 0."""
    # Whole numbers until the division: 43 of 50 is 0.86, not 0.8599999.
    return np.asarray(best_class(eta) == problem.y[:, None], dtype=float)


def balanced_accuracy(eta: np.ndarray, problem: Problem) -> Weighed:
    """Share of the rows of each class that are told so, averaged over the classes."""
    right = told_right(eta, problem)
    own = problem.y == np.arange(len(problem.classes))[:, None]

    def weighed(weights: np.ndarray) -> np.ndarray:
        if _lacks_class(problem, weights):
            return np.full(eta.shape[-1], np.nan)
        mass = own * weights
        result: np.ndarray = np.mean((mass @ right) / mass.sum(axis=1, keepdims=True), axis=0)
        return result

    return weighed


def deviances(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Deviance of counts: 2 (y log(y / m) - y + m) with the expected count m."""
    return 2.0 * losses(eta, problem)


def squared_distances(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Squared distance from probabilities to outcomes, summed over classes (multinomial)."""
    observed = problem.Y[:, :, None] if eta.ndim == 3 else problem.Y
    error = np.square(probabilities(eta, problem) - observed)
    return np.asarray(error.sum(axis=1) if eta.ndim == 3 else error)


def auc(eta: np.ndarray, problem: Problem) -> Weighed:
    """Area under the ROC curve (multinomial: mean over one-against-rest).

    Undefined where a class has no row.
    """
    return _over_classes(eta, problem, Ranking.area)


def average_precision(eta: np.ndarray, problem: Problem) -> Weighed:
    """Area under the steps of precision and recall (multinomial: mean over one-against-rest).

    Undefined where a class has no row.
    """
    return _over_classes(eta, problem, Ranking.average_precision)


def squared_errors(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Squared error, in squared units of the response."""
    with np.errstate(over="ignore"):
        return np.asarray(np.square(errors(eta, problem)))


def errors(eta: np.ndarray, problem: Problem) -> np.ndarray:
    """Size of the error, in units of the response."""
    return np.asarray(np.abs(problem.y[:, None] - problem.loss.mean(eta)))


def r2(eta: np.ndarray, problem: Problem) -> Weighed:
    """1 - squared error / that of the mean of these rows; undefined where they do not vary."""
    squared, y = mean_over_rows(squared_errors(eta, problem)), problem.y

    def weighed(weights: np.ndarray) -> np.ndarray:
        # Rounding in the mean must not make a constant response look as if it varied.
        if np.ptp(y[weights > 0.0]) == 0.0:
            return np.full(eta.shape[-1], np.nan)
        shares = weights / weights.sum()
        return _near_zero(1.0 - squared(weights) / float(shares @ np.square(y - shares @ y)))

    return weighed


def deviance_explained(eta: np.ndarray, problem: Problem) -> Weighed:
    """1 - deviance / that of the best constant (rate) on these rows; for amounts, `r2`.

    Undefined where the response does not vary.
    """
    if problem.loss.quadratic:
        return r2(eta, problem)
    loss, Y, offset = mean_over_rows(losses(eta, problem)), problem.Y, problem.offset

    def weighed(weights: np.ndarray) -> np.ndarray:
        used = weights > 0.0
        if not np.ptp(Y[used], axis=0).any():
            return np.full(eta.shape[-1], np.nan)
        known = None if offset is None else offset[used]
        null = problem.loss.null_loss(Y[used], weights[used] / weights.sum(), known)
        return _near_zero(1.0 - loss(weights) / null)

    return weighed


ROUNDING = 1e-14  # share of a deviance that sums of rows may be off by where nothing is explained
ABSENT = "a class has no held-out row there"
FLAT = "the held-out response does not vary there"
CLASSES, AMOUNTS, COUNTS = ("classes",), ("amount",), ("counts",)
NUMBERS = (*AMOUNTS, *COUNTS)
EVERY: tuple[str, ...] = ()
MSE = Measure(
    "mse",
    "mean squared error",
    NUMBERS,
    False,
    rows=squared_errors,
    help="Mean squared error, in squared units of the target. Lower is better.",
    in_units=True,
)
MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "log_loss",
            "log-loss",
            CLASSES,
            False,
            rows=losses,
            help="How far predicted probabilities are from what happened: 0 is perfect, and a "
            "confident mistake costs most. Lower is better.",
            drawn=2,
            at_first=True,
        ),
        Measure(
            "accuracy",
            "accuracy",
            CLASSES,
            True,
            rows=told_right,
            help="Share of the rows whose class is predicted right.",
            drawn=1,
            at_first=True,
        ),
        Measure(
            "balanced_accuracy",
            "balanced accuracy",
            CLASSES,
            True,
            prepare=balanced_accuracy,
            undefined=ABSENT,
            help="Share of rows predicted right in each class, averaged: a rare class counts as "
            "much as a common one.",
        ),
        Measure(
            "auc",
            "AUC",
            CLASSES,
            True,
            prepare=auc,
            undefined=ABSENT,
            help="How often a row of the second class has the higher probability of two, one of "
            "each class. 0.5 is guessing, 1 is perfect.",
            drawn=3,
        ),
        Measure(
            "average_precision",
            "average precision",
            CLASSES,
            True,
            prepare=average_precision,
            undefined=ABSENT,
            help="Precision averaged over all thresholds, for the second class. 1 is perfect, "
            "its share of the rows is guessing.",
        ),
        Measure(
            "brier",
            "Brier score",
            CLASSES,
            False,
            rows=squared_distances,
            help="Mean squared distance of predicted probabilities from what happened. Lower is "
            "better.",
        ),
        Measure(
            "poisson_deviance",
            "Poisson deviance",
            COUNTS,
            False,
            rows=deviances,
            help="How far expected counts are from those seen, as their chance has it: 0 is "
            "perfect. Lower is better.",
            drawn=5,
            at_first=True,
        ),
        MSE,
        Measure(
            "rmse",
            "RMSE",
            NUMBERS,
            False,
            root_of=MSE,
            in_units=True,
            help="Typical size of an error, in units of the target: the root of the mean squared "
            "error. Lower is better.",
            drawn=6,
            at_first=True,
        ),
        Measure(
            "mae",
            "mean absolute error",
            NUMBERS,
            False,
            rows=errors,
            in_units=True,
            help="Mean size of an error, in units of the target. Lower is better.",
        ),
        Measure(
            "r2",
            "R²",
            AMOUNTS,
            True,
            prepare=r2,
            undefined=FLAT,
            help="Share of the variance of the target that is predicted. 1 is perfect, 0 is no "
            "better than always saying the mean.",
            drawn=4,
            at_first=True,
        ),
        Measure(
            "deviance_explained",
            "deviance explained",
            EVERY,
            True,
            prepare=deviance_explained,
            undefined=FLAT,
            help="Share of the misfit of always saying the mean (or the base rate) that is gone. "
            "1 is perfect, 0 is no better.",
        ),
    )
}


def check_measure(name: str, family: str, caller: str) -> Measure:
    """The measure called `name`; "auto" is the usual one of the family.

    Raises
    ------
    ParameterError
        If there is no such measure, or it cannot judge `family`.
    """
    check_choice(name, "measure", caller, ("auto", *MEASURES))
    if name == "auto":
        name = family_of(family).measure
    measure = MEASURES[name]
    if not measure.judges(family):
        able = ", ".join(map(repr, measures_of(family)))
        raise ParameterError(
            f"The measure {name!r} cannot judge a {family} path.", f"Choose among {able}."
        )
    return measure


def drawn_as(name: str) -> Measure:
    """The measure that a chart shows for one: its root where that is drawn, or else itself."""
    measure = MEASURES[name]
    roots = [each for each in MEASURES.values() if each.drawn and each.root_of == measure]
    return roots[0] if roots else measure


def measures_of(family: str) -> tuple[str, ...]:
    """Names of the measures that can judge a family."""
    return tuple(name for name, measure in MEASURES.items() if measure.judges(family))


def _near_zero(share: np.ndarray) -> np.ndarray:
    """The share with rounding noise taken for none."""
    share[np.abs(share) < ROUNDING] = 0.0
    return share


def _lacks_class(problem: Problem, weights: np.ndarray) -> bool:
    counts = np.bincount(problem.y[weights > 0.0], minlength=len(problem.classes))
    return bool((counts == 0).any())


def _over_classes(
    eta: np.ndarray,
    problem: Problem,
    of_ranking: Callable[[Ranking, np.ndarray, np.ndarray], np.ndarray],
) -> Weighed:
    """What a ranking gives for the second of two classes, or the mean over all of several."""
    if problem.loss.two_classes:
        told = {1: Ranking(eta)}
    else:
        proba = probabilities(eta, problem)
        told = {k: Ranking(proba[:, k]) for k in range(len(problem.classes))}

    def weighed(weights: np.ndarray) -> np.ndarray:
        if _lacks_class(problem, weights):
            return np.full(eta.shape[-1], np.nan)
        each = [of_ranking(ranking, problem.y == k, weights) for k, ranking in told.items()]
        return np.asarray(np.mean(each, axis=0))

    return weighed
