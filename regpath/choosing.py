"""Choosing a study's strength: by validation, or by the test curve and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regpath.core.metrics.measures import check_measure
from regpath.core.progress import Progress
from regpath.core.selection import Selection, select_lambda
from regpath.core.selection.choice import first_least
from regpath.core.validation.cross_validate import cross_validate
from regpath.core.validation.cv_result import CVResult
from regpath.errors import DataError
from regpath.shown import Shown
from regpath.study import Study


@dataclass(frozen=True)
class BestOnTest(Shown):
    """The best point of the test curve, and why its score is too good.

    Attributes
    ----------
    lam : float
    index : int
    measure : str
    score : float
        Best test score; of equals, at the largest lambda.
    sentence : str
        What choosing there costs.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    >>> best = regpath.best_on_test(study, "accuracy")
    >>> best.lam == float(study.path.lambdas[best.index]), best.measure
    (True, 'accuracy')
    """

    lam: float
    index: int
    measure: str
    score: float
    sentence: str


def validate_study(study: Study, *, progress: Progress | None = None) -> CVResult:
    """Cross-validate a study's training rows as its recipe says; test rows have no part in it.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. What it raises ends the call.

    Returns
    -------
    CVResult
        See `cross_validate`.

    Raises
    ------
    DataError
        If the training rows cannot be validated so.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20, n_folds=5))
    >>> cv = regpath.validate_study(study)
    >>> cv.fold_scores.shape, cv.measure
    ((5, 20), 'mse')
    """
    recipe = study.recipe
    return cross_validate(
        study.train,
        study.path,
        kind=recipe.folds,
        n_folds=recipe.n_folds,
        n_repeats=recipe.n_repeats,
        measure=recipe.measure,
        seed=recipe.seed,
        class_weight=recipe.class_weight,
        progress=progress,
    )


def choose_strength(study: Study, cv: CVResult, *, frequencies: Any = None) -> Selection:
    """Choose a study's strength by the rule of its recipe.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    cv : CVResult
        `validate_study(study)`.
    frequencies : array-like of shape (n_features, n_lambdas), default=None
        How often half-samples keep each feature, which the rule "stability" needs.

    Returns
    -------
    Selection
        See `select_lambda`.

    Raises
    ------
    ParameterError
        If the rule lacks something, or its number is none for it.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> recipe = regpath.Recipe("progression", n_lambdas=20, n_folds=5, rule="min")
    >>> study = regpath.run_study(table, recipe)
    >>> cv = regpath.validate_study(study)
    >>> regpath.choose_strength(study, cv).lam == cv.lambda_min
    True
    """
    return select_lambda(
        cv,
        rule=study.recipe.rule,
        value=study.recipe.rule_value,
        problem=study.weighted_train,
        frequencies=frequencies,
    )


def best_on_test(study: Study, measure: str = "auto") -> BestOnTest:
    """Find the best point of the test curve, and say in a sentence what choosing there costs.

    Parameters
    ----------
    study : Study
        What `run_study` gave, with rows kept for testing.
    measure : str, default="auto"
        See `cross_validate`.

    Returns
    -------
    BestOnTest
        Of equal scores, the one at the largest lambda.

    Raises
    ------
    DataError
        If no rows were kept for testing, or they are sealed.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20))
    >>> best = regpath.best_on_test(study)
    >>> best.score == float(study.scores_of("test")["mse"].min())
    True
    """
    if study.test is None:
        raise DataError("No rows were kept for testing.", "Choose a share to test on.")
    how = check_measure(measure, study.path.family, "best_on_test")
    scores = study.scores_of("test")[how.name].to_numpy()
    loss = -scores if how.larger_is_better else scores
    if np.isnan(loss).all():
        raise DataError(f"{how.name} is undefined on the test rows.", "Use another measure.")
    index = first_least(loss)
    lam, score = float(study.path.lambdas[index]), float(scores[index])
    sentence = (
        f"The test curve is at its best, {how.label} {score:.4g}, at lambda = {lam:.4g}, but if "
        f"you choose there, the {study.test.n_obs} test rows have helped to choose, and that score "
        f"is likely to be too good: choose by validation and read the test score at that choice."
    )
    return BestOnTest(lam, index, how.name, score, sentence)
