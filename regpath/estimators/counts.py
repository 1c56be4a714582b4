"""PathPoissonRegressor: counts at a point of a certified path."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.metrics import mean_poisson_deviance
from sklearn.utils.validation import validate_data

from regpath.core.problems.exposure import exposure_of_new
from regpath.estimators.base import FORMATS, PathEstimator


class PathPoissonRegressor(RegressorMixin, PathEstimator):
    """Poisson regression with an elastic-net penalty, along a whole path of strengths.

    At each strength lambda, minimize over (b0, b)

        (1/W) sum_i w_i [ t_i exp(b0 + x_i b) - y_i (b0 + x_i b) ]
        + lambda [ l1_ratio ||b||_1 + (1 - l1_ratio)/2 ||b||_2^2 ]

    with exposures t_i (1 if there are none), b per standard deviation when `standardize` is true,
    and W the sum of the weights. Every point is certified from the data. Predictions are those of
    one point, chosen by `lam`.

    Parameters
    ----------
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1), in between elastic net.
    lam : {"min", "1se"} or float, default="min"
        "min" takes the strength with the smallest cross-validated loss, "1se" the strongest within
        one standard error of that: fewer features, at a loss that the folds cannot tell apart. A
        positive number is that strength exactly, without cross-validation; `alpha` of
        scikit-learn's PoissonRegressor is the same number, for ridge without standardization.
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
    >>> import numpy as np
    >>> from regpath import PathPoissonRegressor
    >>> X = np.random.default_rng(0).normal(size=(200, 4))
    >>> days = np.linspace(1.0, 9.0, 200)
    >>> y = np.random.default_rng(1).poisson(days * np.exp(0.5 * X[:, 0]))
    >>> model = PathPoissonRegressor(lam=0.3).fit(X, y, exposure=days)
    >>> model.coef_.shape, bool(model.coef_[0] > 0.2), model.predict(X[:2], exposure=1.0).shape
    ((4,), True, (2,))
    """

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.positive_only = True
        return tags

    def fit(
        self, X: Any, y: Any, sample_weight: Any = None, exposure: Any = None
    ) -> PathPoissonRegressor:
        """Fit the path and choose a point on it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            Sparse X is never made dense.
        y : array-like of shape (n,)
            Counts, none negative.
        sample_weight : array-like of shape (n,), default=None
            Non-negative. A whole number is a row repeated so often, zero a row left out.
        exposure : array-like of shape (n,), default=None
            Positive numbers that expected counts are proportional to.

        Returns
        -------
        PathPoissonRegressor
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
        index = self._fit(X, y, sample_weight, exposure)
        self.coef_ = self.path_.coef_path[:, index].copy()
        self.intercept_ = float(self.path_.intercept_path[index])
        return self

    def predict(self, X: Any, exposure: Any = None) -> np.ndarray:
        """Expected counts at the chosen strength.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.
        exposure : float or array-like of shape (n,), default=None
            Of a fit with exposures: those of these rows; 1 gives rates.

        Returns
        -------
        ndarray of shape (n,)
            Counts.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite, or
            exposures are missing.
        NotFittedError
            If nothing was fit.
        """
        eta = self._decision(X)
        watched = exposure_of_new(None, exposure, self.path_.exposure_name, len(eta))
        if watched is not None:
            eta = eta + np.log(watched)
        return np.asarray(self.path_.loss.mean(eta))

    def score(self, X: Any, y: Any, sample_weight: Any = None, exposure: Any = None) -> float:
        """Share of the deviance of the best constant rate that the model explains, D².

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.
        y : array-like of shape (n,)
            Counts.
        sample_weight : array-like of shape (n,), default=None
            Non-negative.
        exposure : float or array-like of shape (n,), default=None
            See `predict`.

        Returns
        -------
        float
            1 for perfect predictions, 0 for those of a constant rate.

        Examples
        --------
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], [1, 2, 4, 9]
        >>> model = PathPoissonRegressor(lam=0.01).fit(X, y)
        >>> bool(0.9 < model.score(X, y) < 1.0)
        True
        """
        found, y = self.predict(X, exposure), np.asarray(y, dtype=float)
        watched = np.ones(len(y)) * (1.0 if exposure is None else exposure)
        rate = np.average(y, weights=sample_weight) / np.average(watched, weights=sample_weight)
        model, alone = (
            mean_poisson_deviance(y, each, sample_weight=sample_weight)
            for each in (found, rate * watched)
        )
        return float(1.0 - model / alone)

    def _family(self, y: np.ndarray) -> tuple[str, tuple[Any, ...]]:
        return "poisson", ()
