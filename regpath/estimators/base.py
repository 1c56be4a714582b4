"""PathEstimator: what the classifier and the regressor share."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.extmath import safe_sparse_dot
from sklearn.utils.validation import check_is_fitted, validate_data

from regpath.core.adaptive_lasso import adaptive_factors
from regpath.core.checks import (
    check_choice,
    check_count,
    check_fraction,
    check_positive,
)
from regpath.core.lambdas import grid_through
from regpath.core.objective import CERTIFIED
from regpath.core.path import fit_path
from regpath.core.problems.exposure import check_exposure
from regpath.core.problems.inputs import check_weights
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.rules import BY_SCORE_ALONE, RULES
from regpath.core.validation.cross_validate import cross_validate
from regpath.core.validation.cv_result import CVResult
from regpath.errors import NothingToFindError
from regpath.estimators.folds import Pair, folds_of
from regpath.estimators.null import Rows, null_path
from regpath.wording import listed

FORMATS = "csr"


class PathEstimator(BaseEstimator):
    """Parameters, the fit of a path, and the choice of a point on it."""

    lam_: float
    lambdas_: np.ndarray
    coef_path_: np.ndarray
    intercept_path_: np.ndarray
    path_: RegPath
    cv_: CVResult | None
    coef_: np.ndarray
    intercept_: Any

    def __init__(
        self,
        l1_ratio: float = 1.0,
        *,
        lam: str | float = "min",
        n_lambdas: int = 100,
        min_ratio: float | None = None,
        standardize: bool = True,
        penalty_factor: Any = None,
        adaptive: float | None = None,
        cv: Any = None,
        random_state: Any = 0,
        tol: float = 1e-7,
    ) -> None:
        self.l1_ratio = l1_ratio
        self.lam = lam
        self.n_lambdas = n_lambdas
        self.min_ratio = min_ratio
        self.standardize = standardize
        self.penalty_factor = penalty_factor
        self.adaptive = adaptive
        self.cv = cv
        self.random_state = random_state
        self.tol = tol

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _family(self, y: np.ndarray) -> tuple[str, tuple[Any, ...]]:
        """Family and labels for the target of the rows in use."""
        raise NotImplementedError

    def _fit(self, X: Any, y: np.ndarray, sample_weight: Any, exposure: Any = None) -> int:
        """Set all attributes of the path; return the position of the chosen point."""
        self._check_parameters()
        weights = check_weights(sample_weight, len(y))
        used = weights > 0.0
        watched = None if exposure is None else check_exposure(exposure, len(y))
        rows = Rows(X, y, weights, watched).with_weight()
        family, classes = self._family(rows.y)
        names = getattr(self, "feature_names_in_", None)
        self.cv_ = None
        try:
            problem = Problem.from_arrays(
                rows.X, rows.y, family, names, rows.weights, exposure=rows.exposure, copy=False
            )
            path = self._path(problem)
        except NothingToFindError as error:
            warnings.warn(f"{error.message} The model is its intercept.", stacklevel=3)
            path = self._null_path(rows, family, classes)
            index = 0
        else:
            if isinstance(self.lam, str):
                folds = folds_of(
                    self.cv,
                    X,
                    y,
                    used,
                    classify=bool(classes),
                    random_state=self.random_state,
                    caller=type(self).__name__,
                )
                self._warn_of_untested(rows.y, classes, folds)
                self.cv_ = cross_validate(problem, path, folds=folds)
                index = RULES[self.lam].select(self.cv_).index
            else:
                index = path.index_of(self.lam)
        self._keep(path, index)
        return index

    def _warn_of_untested(
        self, y: np.ndarray, classes: tuple[Any, ...], folds: Sequence[Pair]
    ) -> None:
        """Warn of classes that no fold holds out: the strength is chosen without them."""
        tested = set(np.concatenate([y[test] for _, test in folds]).tolist()) if classes else set()
        untested = [str(label) for label in classes if label not in tested]
        if untested:
            warnings.warn(
                f"No fold holds out a row of {listed(untested)}: the strength is chosen without.",
                stacklevel=4,
            )

    def _keep(self, path: RegPath, index: int) -> None:
        self.path_ = path
        self.lambdas_ = path.lambdas
        self.coef_path_ = path.coef_path
        self.intercept_path_ = path.intercept_path
        self.lam_ = float(path.lambdas[index])
        if not path.converged[index]:
            warnings.warn(
                f"The model at lambda = {self.lam_:.6g} is not certified: its KKT violation is "
                f"{path.kkt_violation[index]:.1e} and its relative duality gap "
                f"{path.dual_gap[index]:.1e}, and one is above {CERTIFIED:.0e}.",
                ConvergenceWarning,
                stacklevel=4,
            )

    def _check_parameters(self) -> None:
        """Name the estimator, not what it calls, in messages."""
        caller = type(self).__name__
        if isinstance(self.lam, str):
            check_choice(self.lam, "lam", caller, BY_SCORE_ALONE)
        else:
            check_positive(self.lam, "lam", caller)
        check_fraction(self.l1_ratio, "l1_ratio", caller)
        check_count(self.n_lambdas, "n_lambdas", caller)
        check_positive(self.tol, "tol", caller)
        if self.adaptive is not None:
            check_positive(self.adaptive, "adaptive", caller)
        if self.min_ratio is not None:
            check_fraction(self.min_ratio, "min_ratio", caller, open_ends=True)

    def _path(self, problem: Problem) -> RegPath:
        how: dict[str, Any] = {
            "l1_ratio": self.l1_ratio,
            "standardize": self.standardize,
            "penalty_factor": self._factors(problem),
        }
        size: dict[str, Any] = {"n_lambdas": self.n_lambdas, "min_ratio": self.min_ratio}
        asked = not isinstance(self.lam, str)
        grid = grid_through(problem, [float(self.lam)], **size, **how) if asked else None
        return fit_path(problem, lambdas=grid, tol=self.tol, **size, **how)

    def _factors(self, problem: Problem) -> Any:
        if self.adaptive is None:
            return self.penalty_factor
        return adaptive_factors(
            problem,
            gamma=self.adaptive,
            standardize=self.standardize,
            penalty_factor=self.penalty_factor,
        )

    def _null_path(self, rows: Rows, family: str, classes: tuple[Any, ...]) -> RegPath:
        names = getattr(self, "feature_names_in_", [f"x{j}" for j in range(rows.X.shape[1])])
        return null_path(
            rows,
            family,
            classes,
            tuple(names),
            lam=1.0 if isinstance(self.lam, str) else float(self.lam),
            l1_ratio=self.l1_ratio,
            standardize=self.standardize,
        )

    def _decision(self, X: Any) -> np.ndarray:
        """Linear predictor, shape (n,) or (n, n_outputs)."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse=FORMATS, dtype=float, reset=False)
        return np.asarray(safe_sparse_dot(X, self.coef_.T, dense_output=True) + self.intercept_)
