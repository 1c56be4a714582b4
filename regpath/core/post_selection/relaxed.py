"""The relaxed lasso: what a penalty chose, fit again without it, and the paths in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_fraction
from regpath.core.design import Design, design_of
from regpath.core.metrics.scores import score_path
from regpath.core.post_selection.refit import Refit, none_of, refit, unbounded
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import check_rows, check_weights_of
from regpath.shown import Drawn
from regpath.wording import counted


@dataclass(frozen=True, eq=False)
class RelaxedPath(Drawn):
    """A path, and the fits without a penalty on the features of each of its points.

    Attributes
    ----------
    path : RegPath
        The penalized path.
    coef_path : ndarray of shape (n_features, n_lambdas), or (n_classes, n_features, n_lambdas)
        Of the fits without a penalty; NaN where there is no finite fit.
    intercept_path : ndarray of shape (n_lambdas,), or (n_classes, n_lambdas)
        Of the same fits.
    finite : ndarray of bool, shape (n_lambdas,)
        Whether there is one.
    unique : ndarray of bool, shape (n_lambdas,)
        Whether it is the only one: chosen features that depend on each other share their
        coefficients in many ways, and only the first independent ones get any.
    dev_ratio : ndarray of shape (n_lambdas,)
        Share of the null deviance that it explains on the rows of the fit.
    reasons : tuple of str
        Why there is no finite fit, at each strength; "" where there is one.
    notes : tuple of str
        The same as sentences, for a person.

    References
    ----------
    Meinshausen, N. (2007), Relaxed lasso, Comput. Statist. Data Anal. 52.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> relaxed = regpath.relax_path(problem, regpath.fit_path(problem, n_lambdas=20))
    >>> bool(np.array_equal(relaxed.coefs(1.0), relaxed.path.coef_path))
    True
    >>> relaxed.intercepts(0.5).shape, relaxed.decision_path(problem.X).shape
    ((20,), (442, 20))
    >>> free, penalized = (relaxed.score(problem, gamma)["mse"] for gamma in (0.0, 1.0))
    >>> bool((free <= penalized + 1e-9).all()), len(relaxed.to_frame())
    (True, 20)
    """

    path: RegPath
    coef_path: np.ndarray
    intercept_path: np.ndarray
    finite: np.ndarray
    unique: np.ndarray
    dev_ratio: np.ndarray
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze(self)

    def coefs(self, gamma: float = 0.0) -> np.ndarray:
        """Coefficients in original units, `gamma` of the way from unpenalized to penalized.

        Parameters
        ----------
        gamma : float in [0, 1], default=0.0
            1 gives the path itself, 0 the fits without a penalty, as in R's glmnet. What lies
            between mixes coefficients, and so the linear predictors.

        Returns
        -------
        ndarray of shape (n_features, n_lambdas), or (n_classes, n_features, n_lambdas)
            NaN where there is no finite fit, but for `gamma` = 1.

        Raises
        ------
        ParameterError
            If `gamma` is outside its range.
        """
        return self._mixed(self.path.coef_path, self.coef_path, gamma, "coefs")

    def intercepts(self, gamma: float = 0.0) -> np.ndarray:
        """Intercepts that belong to `coefs`.

        Parameters
        ----------
        gamma : float in [0, 1], default=0.0
            1 gives the path itself, 0 the fits without a penalty; see `coefs`.

        Returns
        -------
        ndarray of shape (n_lambdas,), or (n_classes, n_lambdas)
            NaN where there is no finite fit, but for `gamma` = 1.

        Raises
        ------
        ParameterError
            If `gamma` is outside its range.
        """
        return self._mixed(self.path.intercept_path, self.intercept_path, gamma, "intercepts")

    def _mixed(
        self, penalized: np.ndarray, free: np.ndarray, gamma: float, name: str
    ) -> np.ndarray:
        check_fraction(gamma, "gamma", f"RelaxedPath.{name}")
        return penalized.copy() if gamma == 1.0 else gamma * penalized + (1.0 - gamma) * free

    def decision_path(self, X: Any, gamma: float = 0.0) -> np.ndarray:
        """Linear predictor at every lambda.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            Raw columns as in the data of the fit, or an array of features.
        gamma : float in [0, 1], default=0.0
            1 gives the path itself, 0 the fits without a penalty; see `coefs`.

        Returns
        -------
        ndarray of shape (n, n_lambdas), or (n, n_classes, n_lambdas)
            NaN where there is no finite fit, but for `gamma` = 1.

        Raises
        ------
        ParameterError
            If `gamma` is outside its range.
        DataError
            If a column is missing, or the number of features is another.
        """
        return self._as_path(gamma).decision_path(X)

    def score(self, problem: Problem, gamma: float = 0.0) -> pd.DataFrame:
        """Scores at every lambda on some rows.

        Parameters
        ----------
        problem : Problem
            The problem of the fit, or other rows coded in the same way (`Split.test`).
        gamma : float in [0, 1], default=0.0
            1 gives the path itself, 0 the fits without a penalty; see `coefs`.

        Returns
        -------
        DataFrame
            As of `score_path`; NaN where there is no finite fit.

        Raises
        ------
        ParameterError
            If `gamma` is outside its range.
        DataError
            If the problem has other features, or another family or classes.
        """
        mixed = self._as_path(gamma)
        coefs, intercepts = mixed.coef_path, mixed.intercept_path
        known = replace(
            mixed, coef_path=np.nan_to_num(coefs), intercept_path=np.nan_to_num(intercepts)
        )
        frame = score_path(known, problem)
        wrong = ~np.isfinite(coefs).all(axis=tuple(range(coefs.ndim - 1)))
        frame.loc[wrong, frame.columns[1:]] = np.nan
        return frame

    def _as_path(self, gamma: float) -> RegPath:
        """Coefficients in the form of a path, whose proofs are those of the penalized one."""
        coefs, intercepts = self.coefs(gamma), self.intercepts(gamma)
        return replace(self.path, coef_path=coefs, intercept_path=intercepts)

    def to_frame(self, gamma: float = 0.0) -> pd.DataFrame:
        """One row per lambda: strength, features, fit, whether finite and unique, coefficients.

        Parameters
        ----------
        gamma : float in [0, 1], default=0.0
            1 gives the path itself, 0 the fits without a penalty; see `coefs`.

        Returns
        -------
        DataFrame
            `lambda`, `n_nonzero`, `dev_ratio` (of the fits without a penalty, whatever `gamma` is),
            `finite`, `unique`, intercepts and coefficients, called as in `RegPath.to_frame`.

        Raises
        ------
        ParameterError
            If `gamma` is outside its range.
        """
        many = self.path.loss.per_class
        labels = self.path.classes if many else ("",)
        names = [
            f"coef[{label}][{name}]" if many else f"coef[{name}]"
            for label in labels
            for name in self.path.feature_names
        ]
        starts = [f"intercept[{c}]" for c in labels] if many else ["intercept"]
        n_lambdas = len(self.path.lambdas)
        meta = pd.DataFrame(
            {
                "lambda": self.path.lambdas,
                "n_nonzero": self.path.n_nonzero,
                "dev_ratio": self.dev_ratio,
                "finite": self.finite,
                "unique": self.unique,
            }
        )
        numbers = np.vstack(
            [
                self.intercepts(gamma).reshape(-1, n_lambdas),
                self.coefs(gamma).reshape(-1, n_lambdas),
            ]
        ).T
        return pd.concat([meta, pd.DataFrame(numbers, columns=[*starts, *names])], axis=1)

    def __repr__(self) -> str:
        head = (
            f"RelaxedPath({self.path.family}, target {self.path.target!r}, "
            f"{int(self.finite.sum())} of {len(self.finite)} points have a finite fit without a "
            "penalty)"
        )
        return "\n".join([head, *(f"  {note}" for note in self.notes)])


def relax_path(problem: Problem, path: RegPath, *, progress: Progress | None = None) -> RelaxedPath:
    """Fit the features of each point of a path again, without a penalty.

    The penalty has then chosen the features, and shrinks nothing. Where the chosen features
    separate the classes there is no such fit, and none is given; where they depend on each
    other, it is not unique, and said so.

    Parameters
    ----------
    problem : Problem
        The problem that `path` was fit on.
    path : RegPath
        Whose features are fit again.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    RelaxedPath
        Both fits of every point, and where the second is not finite or not unique.

    Raises
    ------
    DataError
        If the path belongs to another problem.

    References
    ----------
    Meinshausen, N. (2007), Relaxed lasso, Comput. Statist. Data Anal. 52.
    Hastie, T., Tibshirani, R. and Tibshirani, R. J. (2020), Best subset, forward stepwise or
    lasso?, Statist. Sci. 35 (the mix by `gamma`).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> relaxed = regpath.relax_path(problem, regpath.fit_path(problem))
    >>> bool(relaxed.finite.all()), bool((relaxed.dev_ratio >= relaxed.path.dev_ratio - 1e-9).all())
    (True, True)
    """
    check_rows(problem, path, "relax_path")
    check_weights_of(problem, path)
    alive = path.coef_path != 0.0
    alive = (alive.any(axis=0) if alive.ndim == 3 else alive).T
    design = design_of(problem.X, problem.weights, True)
    fits = _refits(problem, design, alive, progress)
    intercepts, coefs = design.to_raw_units(
        np.stack([fit.intercept for fit in fits]), np.stack([fit.coefs for fit in fits]), 0.0
    )
    many = path.loss.per_class
    finite = np.array([not fit.why for fit in fits])
    relaxed = RelaxedPath(
        path=path,
        coef_path=coefs.transpose(1, 2, 0) if many else coefs[:, 0].T.copy(),
        intercept_path=intercepts.T.copy() if many else intercepts[:, 0].copy(),
        finite=finite,
        unique=np.array([fit.unique for fit in fits]),
        dev_ratio=np.full(len(fits), np.nan),
        reasons=tuple(fit.why for fit in fits),
    )
    return _explained(problem, relaxed)


def _refits(
    problem: Problem, design: Design, alive: np.ndarray, progress: Progress | None
) -> list[Refit]:
    """A fit for each row of `alive`; the same features are fit once."""
    known: dict[bytes, Refit] = {}
    separating: list[np.ndarray] = []
    fits = []
    for i, support in enumerate(alive):
        tell(progress, i, len(alive))
        key = support.tobytes()
        if key not in known:
            # What a few features separate, more of them separate too.
            surely = any(support[few].all() for few in separating)
            kept = np.flatnonzero(support)
            surely_not = none_of(problem, unbounded(problem))
            known[key] = surely_not if surely else refit(problem, design, kept)
            if known[key].why == surely_not.why and not surely:
                separating.append(kept)
        fits.append(known[key])
    tell(progress, 1.0)
    return fits


def _explained(problem: Problem, relaxed: RelaxedPath) -> RelaxedPath:
    """The same with deviance explained, and notes."""
    share = relaxed.score(problem)["deviance_explained"].to_numpy(copy=True)
    share[relaxed.finite & (relaxed.path.n_nonzero == 0)] = 0.0
    return replace(relaxed, dev_ratio=share, notes=_notes(relaxed))


def _notes(relaxed: RelaxedPath) -> tuple[str, ...]:
    lambdas, notes = relaxed.path.lambdas, []
    for why in dict.fromkeys(why for why in relaxed.reasons if why):
        where = np.array([other == why for other in relaxed.reasons])
        notes.append(
            f"No fit without a penalty at {counted(int(where.sum()), 'point')} of {len(lambdas)} "
            f"(the first at lambda = {lambdas[where.argmax()]:.4g}): {why}."
        )
    shared = relaxed.finite & ~relaxed.unique
    if shared.any():
        notes.append(
            f"At {counted(int(shared.sum()), 'point')} of {len(lambdas)} (the first at lambda = "
            f"{lambdas[shared.argmax()]:.4g}) chosen features depend on each other exactly: the "
            "fit is not unique, and only independent ones get a coefficient."
        )
    return tuple(notes)
