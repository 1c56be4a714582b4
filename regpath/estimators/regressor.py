"""PathRegressor: linear regression at a point of a certified path."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils.validation import validate_data

from regpath.estimators.base import FORMATS, PathEstimator


class PathRegressor(RegressorMixin, PathEstimator):
    """Linear regression with an elastic-net penalty, along a whole path of strengths.

    At each strength lambda, minimize over (b0, b)

        (1/W) sum_i w_i (y_i - b0 - x_i b)^2 / 2
        + lambda [ l1_ratio ||b||_1 + (1 - l1_ratio)/2 ||b||_2^2 ]

    with b per standard deviation when `standardize` is true, and W the sum of the weights. Every
    point is certified from the data. Predictions are those of one point, chosen by `lam`.

    Parameters
    ----------
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1), in between elastic net.
    lam : {"min", "1se"} or float, default="min"
        "min" takes the strength with the smallest cross-validated loss, "1se" the strongest within
        one standard error of that: fewer features, at a loss that the folds cannot tell apart. A
        positive number is that strength exactly, without cross-validation; `alpha` of
        scikit-learn's ElasticNet is the same number.
    n_lambdas : int, default=100
        Size of the grid; a number in `lam` is put into it.
    min_ratio : float in (0, 1), default=None
        Its last value over its first. None means what `lambda_range` gives.
    standardize : bool, default=True
        Penalize coefficients per standard deviation (1/n), so that units do not matter.
    penalty_factor : array-like of shape (n_features,) or dict, default=None
        What lambda is multiplied by for each feature; 0 keeps a feature in without a penalty.
    adaptive : float, default=None
        A positive number makes the lasso adaptive: factors are learned from a first fit, by
        `adaptive_factors` with this gamma, in every fold from its own rows.
    cv : int, splitter or iterable of (train, test), default=None
        A whole number is the number of shuffled folds, a splitter or pairs of row numbers are used
        as they are. None means 10 folds, or as many as there are rows.
    random_state : int, RandomState or None, default=0
        Shuffles the rows into folds.
    tol : float, default=1e-7
        Goal for KKT violation and relative duality gap.

    Attributes
    ----------
    coef_ : ndarray of shape (n_features,)
        Per unit of the feature.
    intercept_ : float
    lam_ : float
        The chosen strength.
    lambdas_ : ndarray of shape (n_lambdas,)
        Strictly decreasing.
    coef_path_ : ndarray of shape (n_features, n_lambdas)
    intercept_path_ : ndarray of shape (n_lambdas,)
    path_ : RegPath
        With the certificate of every point.
    cv_ : CVResult or None
        None where nothing was chosen by cross-validation.
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Where X has names that are all strings.

    Notes
    -----
    Where the target is constant, or no feature has any linear relation with it, the intercept is
    the model at every strength. `fit` warns and keeps a path of that one point; its `lam_` is the
    number in `lam`, or 1.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1).

    Examples
    --------
    >>> from sklearn.datasets import load_diabetes
    >>> from regpath import PathRegressor
    >>> X, y = load_diabetes(return_X_y=True)
    >>> model = PathRegressor(lam=5.0).fit(X, y)
    >>> model.coef_.shape, int((model.coef_ != 0).sum())
    ((10,), 5)
    >>> model.predict(X[:2]).shape
    (2,)
    """

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> PathRegressor:
        """Fit the path and choose a point on it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            Sparse X is never made dense.
        y : array-like of shape (n,)
            Numbers.
        sample_weight : array-like of shape (n,), default=None
            Non-negative. A whole number is a row repeated so often, zero a row left out.

        Returns
        -------
        PathRegressor
            Itself.

        Raises
        ------
        DataError
            If the data cannot be used, or not be cross-validated; it is a ValueError.
        ParameterError
            If a parameter is outside its range; it is a ValueError.

        Warns
        -----
        ConvergenceWarning
            If the chosen point is not certified.
        """
        X, y = validate_data(
            self, X, y, accept_sparse=FORMATS, dtype=float, y_numeric=True, ensure_min_samples=2
        )
        index = self._fit(X, y, sample_weight)
        self.coef_ = self.path_.coef_path[:, index].copy()
        self.intercept_ = float(self.path_.intercept_path[index])
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Predicted values at the chosen strength.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.

        Returns
        -------
        ndarray of shape (n,)
            In units of the target.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite.
        NotFittedError
            If nothing was fit.
        """
        eta = self._decision(X)
        return np.asarray(self.path_.loss.mean(eta))

    def _family(self, y: np.ndarray) -> tuple[str, tuple[Any, ...]]:
        return "gaussian", ()
