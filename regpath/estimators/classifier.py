"""PathClassifier: logistic regression at a point of a certified path."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit, log_expit, log_softmax, softmax
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from regpath.core.problems.response import label_of
from regpath.errors import DataError
from regpath.estimators.base import FORMATS, PathEstimator


class PathClassifier(ClassifierMixin, PathEstimator):
    """Logistic regression with an elastic-net penalty, along a whole path of strengths.

    At each strength lambda, minimize over (b0, b)

        (1/W) sum_i w_i loss(y_i, b0 + x_i b)
        + lambda [ l1_ratio ||b||_1 + (1 - l1_ratio)/2 ||b||_2^2 ]

    where the loss is log(1 + exp(eta)) - y eta for two classes and log-sum-exp(eta) - eta_y, with
    coefficients for each class, for more; b is per standard deviation when `standardize` is true,
    and W the sum of the weights. Every point is certified from the data. Predictions are those of
    one point, chosen by `lam`.

    Parameters
    ----------
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1), in between elastic net.
    lam : {"min", "1se"} or float, default="min"
        "min" takes the strength with the smallest cross-validated loss, "1se" the strongest within
        one standard error of that: fewer features, at a loss that the folds cannot tell apart. A
        positive number is that strength exactly, without cross-validation; scikit-learn's
        LogisticRegression calls it C = 1 / (W lam).
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
        A whole number is the number of shuffled folds with each class spread evenly, a splitter or
        pairs of row numbers are used as they are. None means 10 folds, or as many as the largest
        class has rows. A class of one row is learned in every fold and tested in none.
    random_state : int, RandomState or None, default=0
        Shuffles the rows into folds.
    tol : float, default=1e-7
        Goal for KKT violation and relative duality gap.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Labels of the rows with a positive weight, sorted.
    coef_ : ndarray of shape (1, n_features) or (n_classes, n_features)
        Per unit of the feature; one row, for the second class, where there are two.
    intercept_ : ndarray of shape (1,) or (n_classes,)
    lam_ : float
        The chosen strength.
    lambdas_ : ndarray of shape (n_lambdas,)
        Strictly decreasing.
    coef_path_ : ndarray of shape (n_features, n_lambdas)
        More than two classes: (n_classes, n_features, n_lambdas).
    intercept_path_ : ndarray of shape (n_lambdas,)
        More than two classes: (n_classes, n_lambdas).
    path_ : RegPath
        With the certificate of every point.
    cv_ : CVResult or None
        None where nothing was chosen by cross-validation.
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Where X has names that are all strings.

    Notes
    -----
    Where no feature has any linear relation with the target, the intercept is the model at every
    strength. `fit` warns and keeps a path of that one point; its `lam_` is the number in `lam`,
    or 1.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010), Regularization paths for generalized linear
    models via coordinate descent, J. Statist. Softw. 33(1).

    Examples
    --------
    >>> from sklearn.datasets import load_breast_cancer
    >>> from regpath import PathClassifier
    >>> X, y = load_breast_cancer(return_X_y=True)
    >>> model = PathClassifier(lam=0.1).fit(X, y)
    >>> model.coef_.shape, int((model.coef_ != 0).sum())
    ((1, 30), 4)
    >>> model.predict(X[:2]).shape, model.predict_proba(X[:2]).shape
    ((2,), (2, 2))
    >>> model.decision_function(X[:2]).shape, model.predict_log_proba(X[:2]).shape
    ((2,), (2, 2))
    """

    classes_: np.ndarray

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> PathClassifier:
        """Fit the path and choose a point on it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            Sparse X is never made dense.
        y : array-like of shape (n,)
            Labels, of two classes at least.
        sample_weight : array-like of shape (n,), default=None
            Non-negative. A whole number is a row repeated so often, zero a row left out.

        Returns
        -------
        PathClassifier
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
        X, y = validate_data(self, X, y, accept_sparse=FORMATS, dtype=float, ensure_min_samples=2)
        check_classification_targets(y)
        index = self._fit(X, y, sample_weight)
        n_features = X.shape[1]
        self.coef_ = self.path_.coef_path[..., index].reshape(-1, n_features).copy()
        self.intercept_ = self.path_.intercept_path[..., index].reshape(-1).copy()
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Linear predictor at the chosen strength.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.

        Returns
        -------
        ndarray of shape (n,), or (n, n_classes)
            The first for two classes: the log odds of the second.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite.
        NotFittedError
            If nothing was fit.
        """
        eta = self._decision(X)
        return eta[:, 0] if eta.shape[1] == 1 else eta

    def predict(self, X: Any) -> np.ndarray:
        """Most probable label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.

        Returns
        -------
        ndarray of shape (n,)
            Labels of `classes_`.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite.
        NotFittedError
            If nothing was fit.
        """
        eta = self.decision_function(X)
        return self.classes_[(eta > 0.0).astype(np.intp) if eta.ndim == 1 else eta.argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.

        Returns
        -------
        ndarray of shape (n, n_classes)
            In the order of `classes_`.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite.
        NotFittedError
            If nothing was fit.
        """
        eta = self.decision_function(X)
        return np.stack([expit(-eta), expit(eta)], 1) if eta.ndim == 1 else softmax(eta, axis=1)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """Logarithm of the probability of each class.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n, n_features)
            As in `fit`.

        Returns
        -------
        ndarray of shape (n, n_classes)
            Finite where the probability itself would round to zero.

        Raises
        ------
        ValueError
            If X has another number of features or other names than in `fit`, or is not finite.
        NotFittedError
            If nothing was fit.
        """
        eta = self.decision_function(X)
        if eta.ndim == 1:
            return np.stack([log_expit(-eta), log_expit(eta)], 1)
        return np.asarray(log_softmax(eta, axis=1))

    def _family(self, y: np.ndarray) -> tuple[str, tuple[Any, ...]]:
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise DataError(
                f"The target has one class, {label_of(self.classes_[0])!r}; a classifier needs "
                "two classes or more.",
                "Check the rows in use and their weights.",
            )
        labels = tuple(map(label_of, self.classes_))
        return ("binomial" if len(labels) == 2 else "multinomial"), labels
