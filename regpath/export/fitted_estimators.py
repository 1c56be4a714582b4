"""The last step of a pipeline: scikit-learn's estimator of a family, with coefficients given."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LogisticRegression,
    PoissonRegressor,
    Ridge,
)
from sklearn.model_selection import FixedThresholdClassifier

from regpath.core.conversions.scikit_learn import lambda_to_c, lambda_to_ridge_alpha
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.estimators import is_symmetric_pair
from regpath.model import Model


def fitted_estimator(made: Model, coefs: np.ndarray, constants: np.ndarray) -> BaseEstimator:
    """The estimator of a model's family, as if it had been fitted.

    Parameters
    ----------
    made : Model
        What predicts.
    coefs : ndarray of shape (n_outputs, n_features)
        Of the features as the step before gives them.
    constants : ndarray of shape (n_outputs,)
        The intercepts that belong to them.

    Returns
    -------
    BaseEstimator
        With its public attributes; classes stand in sorted order, as scikit-learn's scores take
        for granted. With a threshold, a FixedThresholdClassifier around it.

    Raises
    ------
    ParameterError
        If scikit-learn has no such estimator.
    """
    path = made.path
    if path.loss.script not in ESTIMATORS:
        raise ParameterError(
            f"scikit-learn has no estimator for the {path.family} family.",
            "Save the model file instead.",
        )
    estimator = ESTIMATORS[path.loss.script](path, coefs, constants)
    estimator.n_features_in_ = coefs.shape[1]
    if made.threshold is None:
        return estimator
    second = np.array(path.classes)[1].item()
    cut = FixedThresholdClassifier(
        estimator, threshold=made.threshold, pos_label=second, response_method="predict_proba"
    )
    cut.estimator_ = estimator
    return cut


def is_turned(path: RegPath) -> bool:
    """Whether the class that is modelled, of two, is the first in scikit-learn's order."""
    labels = np.array(path.classes)
    return len(labels) == 2 and bool(labels[0] > labels[1])


def _least_squares(path: RegPath, coefs: np.ndarray, constants: np.ndarray) -> BaseEstimator:
    lam = float(path.lambdas[0])
    if path.l1_ratio == 0.0:
        estimator = Ridge(alpha=float(lambda_to_ridge_alpha(lam, path.n_obs)))
    elif path.l1_ratio == 1.0:
        estimator = Lasso(alpha=lam)
    else:
        estimator = ElasticNet(alpha=lam, l1_ratio=float(path.l1_ratio))
    estimator.coef_, estimator.intercept_ = coefs[0], float(constants[0])
    return estimator


def _logistic(path: RegPath, coefs: np.ndarray, constants: np.ndarray) -> BaseEstimator:
    classes, order = np.unique(np.array(path.classes), return_index=True)
    if is_symmetric_pair(path):  # what scikit-learn calls two classes has one predictor
        coefs, constants = coefs[1:] - coefs[:1], constants[1:] - constants[:1]
    if len(coefs) > 1:
        coefs, constants = coefs[order], constants[order]
    elif is_turned(path):
        coefs, constants = -coefs, -constants
    C = float(lambda_to_c(float(path.lambdas[0]), path.n_obs))
    estimator = LogisticRegression(
        C=C, l1_ratio=float(path.l1_ratio), solver="saga" if path.l1_ratio else "lbfgs"
    )
    estimator.coef_, estimator.intercept_, estimator.classes_ = coefs, constants, classes
    return estimator


def _counts(path: RegPath, coefs: np.ndarray, constants: np.ndarray) -> BaseEstimator:
    # What links predictor and count is kept by fit alone, so it is fitted on nothing first.
    estimator = PoissonRegressor(alpha=float(path.lambdas[0]))
    estimator.fit(np.zeros((2, coefs.shape[1])), np.ones(2))
    estimator.coef_, estimator.intercept_ = coefs[0], float(constants[0])
    del estimator.n_iter_
    return estimator


# By the `script` of a family: which estimator predicts as it does.
ESTIMATORS: dict[str, Callable[[RegPath, np.ndarray, np.ndarray], BaseEstimator]] = {
    "least_squares": _least_squares,
    "logistic": _logistic,
    "log_linear": _counts,
}
