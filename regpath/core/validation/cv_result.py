"""CVResult: scores on held-out rows along a grid of strengths, with all that made them; frozen."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from regpath.core.design import moments
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.core.validation.fold_paths import held_out
from regpath.core.validation.folds import Fold
from regpath.errors import DataError, ParameterError
from regpath.shown import Drawn
from regpath.wording import counted

SAME = 1e-6  # of a spread; means that are nearer are those of the same rows and weights
ROUNDING = 1e-12  # of the mean of a feature
TIE = 1e-12  # relative: means and scores that differ by less are a tie
MOST_COLUMNS = 100  # folds that get a column of their own in a frame


@dataclass(frozen=True, eq=False)
class CVResult(Drawn):
    """Scores on held-out rows along a grid of strengths.

    Attributes
    ----------
    lambdas : ndarray of shape (n_lambdas,)
        The grid of `path`, strictly decreasing; the same in every fold.
    fold_scores : ndarray of shape (n_folds, n_lambdas)
        fold_scores[k, i] is the score on the held-out rows of fold k at lambdas[i]; NaN where
        the measure is undefined on these rows.
    mean : ndarray of shape (n_lambdas,)
        Mean over the folds, weighted by `fold_weights`; undefined folds are left out.
    se : ndarray of shape (n_lambdas,)
        Its standard error: sqrt(weighted mean of squared deviations / (number of folds - 1)),
        as in R's cv.glmnet. With repeats, the root of the mean of its square over the repeats:
        dealing the same rows again brings no new rows, so the error is that of one repeat, known
        more steadily.
    fold_weights : ndarray of shape (n_folds,)
        Sum of the weights of the held-out rows; without weights, their number.
    measure : str
        Name of the score.
    larger_is_better : bool
        Whether it is a gain; otherwise a loss.
    folds : tuple of Fold
        Positions of the rows in the problem: `train` and `test`.
    fold_paths : tuple of RegPath
        fold_paths[k] was fit on the training rows of fold k; its features are those of `path`.
        Empty where leave-one-out has a closed form (`left_out`).
    path : RegPath
        The path of the full data.
    index_min, index_1se : int
        Positions of `lambda_min` and `lambda_1se` in `lambdas`.
    notes : tuple of str
        Which folds were left out and why, and what is not certified, one sentence each.
    kind : str
        How the rows were dealt; see `plan_folds`. "given" for folds of your own.
    repeats : ndarray of int, shape (n_folds,)
        Which repeat each fold belongs to.
    null_score : float
        Mean score of the model without features, learned in each fold: the base rate, without
        weights of classes.
    left_out : ndarray of shape (n_obs, n_lambdas), or None
        Leave-one-out predictions of a gaussian ridge path in closed form.
    passes : int
        How often all rows were passed over, where they lie elsewhere (`read_rows`); else 0. Then
        positions in `folds` are empty: `StoredRows.fold_labels` has them.

    References
    ----------
    Stone, M. (1974), Cross-validatory choice and assessment of statistical predictions, JRSS B 36.
    Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984), Classification and regression trees,
    section 3.4.3 (`lambda_1se`).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> cv.fold_scores.shape, cv.measure, cv.larger_is_better
    ((5, 20), 'mse', False)
    >>> cv.path.index_of(cv.lambda_min) == cv.index_min, cv.lambda_1se >= cv.lambda_min
    (True, True)
    >>> cv.out_of_fold(problem, cv.lambda_1se).shape, len(cv.to_frame())
    ((442,), 20)
    >>> list(cv.fold_coefs(["age"])), len(cv.fold_coefs(["age"]))
    (['fold', 'feature', 'lambda', 'coefficient'], 100)
    """

    lambdas: np.ndarray
    fold_scores: np.ndarray
    mean: np.ndarray
    se: np.ndarray
    fold_weights: np.ndarray
    measure: str
    larger_is_better: bool
    folds: tuple[Fold, ...]
    fold_paths: tuple[RegPath, ...]
    path: RegPath
    index_min: int
    index_1se: int
    notes: tuple[str, ...] = ()
    kind: str = "given"
    repeats: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    null_score: float = np.nan
    left_out: np.ndarray | None = None
    passes: int = 0

    def __post_init__(self) -> None:
        freeze(self)
        for rows in (rows for fold in self.folds for rows in fold):
            rows.setflags(write=False)

    @property
    def lambda_min(self) -> float:
        """Lambda with the best mean; of several, the largest."""
        return float(self.lambdas[self.index_min])

    @property
    def lambda_1se(self) -> float:
        """Largest lambda whose mean is within one standard error of the best."""
        return float(self.lambdas[self.index_1se])

    def out_of_fold(self, problem: Problem, lam: float | None = None) -> np.ndarray:
        """Predictions for each row by the paths that did not learn from it.

        Where a row was held out several times, the mean; where it never was, NaN.

        Parameters
        ----------
        problem : Problem
            The problem that was validated.
        lam : float, default=None
            A point of the grid; None means all of them.

        Returns
        -------
        ndarray of shape (n_obs, n_lambdas), or (n_obs,) with `lam`
            Expected responses. For classes their probabilities, of shape
            (n_obs, n_classes, n_lambdas), or (n_obs, n_classes) with `lam`.

        Raises
        ------
        DataError
            If it is another problem.
        ParameterError
            If `lam` is not a point of the grid.
        """
        check_rows(problem, self.path, "CVResult.out_of_fold")
        if self.left_out is not None:
            at = slice(None) if lam is None else self.path.index_of(lam)
            return self.left_out[:, at].copy()
        shape: tuple[int, ...] = (len(self.path.classes),) if self.path.classes else ()
        shape += () if lam is not None else (len(self.lambdas),)
        total = np.zeros((problem.n_obs, *shape))
        times = np.zeros((problem.n_obs, *(1 for _ in shape)))
        for fold, path in zip(self.folds, self.fold_paths, strict=True):
            predict = path.predict_proba if path.classes else path.predict
            total[fold.test] += predict(held_out(problem, path, fold.test), lam)
            times[fold.test] += 1.0
        return total / np.where(times > 0.0, times, np.nan)

    def to_frame(self) -> pd.DataFrame:
        """One row per lambda: strength, features kept by `path`, mean, se, and each fold's score.

        Returns
        -------
        DataFrame
            `lambda`, `C`, `n_nonzero`, `mean`, `se`, and a column `fold[0]`, `fold[1]`, ... for
            each fold; beyond a hundred folds these are left out.
        """
        meta = {
            "lambda": self.lambdas,
            "C": self.path.Cs,
            "n_nonzero": self.path.n_nonzero,
            "mean": self.mean,
            "se": self.se,
        }
        shown = self.fold_scores if len(self.folds) <= MOST_COLUMNS else self.fold_scores[:0]
        scores = pd.DataFrame(shown.T, columns=[f"fold[{k}]" for k in range(len(shown))])
        return pd.concat([pd.DataFrame(meta), scores], axis=1)

    def fold_coefs(self, features: Sequence[str] | None = None) -> pd.DataFrame:
        """Coefficients of every fold's own path, per standard deviation on all rows.

        Parameters
        ----------
        features : sequence of str, default=None
            Names of features; None means all.

        Returns
        -------
        DataFrame
            Columns `fold`, `lambda`, `feature`, `class` (multinomial only) and `coefficient`;
            fold by fold, feature by feature, along the grid.

        Raises
        ------
        DataError
            If there are no paths of folds: leave-one-out in closed form.
        ParameterError
            If a name is no feature of the path.
        """
        if not self.fold_paths:
            raise DataError(
                "Leave-one-out in closed form keeps no paths of folds.", "Use folds at random."
            )
        names = list(self.path.feature_names if features is None else features)
        unknown = [name for name in names if name not in self.path.feature_names]
        if unknown:
            raise ParameterError(f"The path has no feature called {unknown[0]!r}.")
        at = [self.path.feature_names.index(name) for name in names]
        scale = self.path.x_scale[at, None]
        values = np.stack([fold.coef_path[..., at, :] * scale for fold in self.fold_paths])
        levels = [range(len(values)), self.path.classes, names, self.lambdas]
        titles = ["fold", "class", "feature", "lambda"]
        if values.ndim == 3:
            del levels[1], titles[1]
        index = pd.MultiIndex.from_product(levels, names=titles)
        return pd.DataFrame({"coefficient": values.ravel()}, index=index).reset_index()

    def ghosts(self, features: Sequence[str] | None = None) -> pd.DataFrame:
        """The same as `fold_coefs`.

        .. deprecated:: 0.1.0
            `fold_coefs` is its name.
        """
        warnings.warn(
            "CVResult.ghosts is called CVResult.fold_coefs.", DeprecationWarning, stacklevel=2
        )
        return self.fold_coefs(features)

    def __repr__(self) -> str:
        kept = self.path.n_nonzero
        chosen = [
            f"  {name} = {self.lambdas[i]:.4g} (point {i + 1} of {len(self.lambdas)}): "
            f"{self.measure} {self.mean[i]:.4g} +- {self.se[i]:.2g}, "
            f"{counted(int(kept[i]), 'feature')}"
            for name, i in (("lambda_min", self.index_min), ("lambda_1se", self.index_1se))
        ]
        n_repeats = int(self.repeats.max(initial=0)) + 1
        often = f" ({n_repeats} repeats)" if n_repeats > 1 else ""
        head = (
            f"CVResult({self.path.family}, target {self.path.target!r}, {self.measure} "
            f"in {len(self.folds)} folds{often} of {self.path.n_obs} rows)"
        )
        return "\n".join([head, *chosen, *(f"  {note}" for note in self.notes)])


def check_rows(problem: Problem, path: RegPath, caller: str) -> None:
    """Refuse another problem than the one that `path` was fit on."""
    check_match(path, problem, caller)
    if path.n_obs != problem.n_obs:
        raise DataError(
            f"The path was fit on {path.n_obs} rows, and the problem has {problem.n_obs}.",
            "Bring the problem it was fit on.",
        )


def check_weights_of(problem: Problem, path: RegPath) -> None:
    """Refuse rows or weights that `path` was not fit with: the answer would be to another question.

    They give the features other means.
    """
    slack = SAME * path.x_scale + ROUNDING * np.abs(path.x_mean)
    if (np.abs(moments(problem.X, problem.weights)[0] - path.x_mean) > slack).any():
        raise DataError(
            "The path was fit on other rows than these, or with other weights.",
            "Bring the problem it was fit on, with the class weights of that fit "
            "(class_weight=..., or weigh_classes).",
        )


def check_cv(cv: CVResult | RegPath, caller: str) -> CVResult:
    """Refuse what is not a cross-validation."""
    if not isinstance(cv, CVResult):
        raise ParameterError(
            f"{caller} takes a CVResult. Got {type(cv).__name__} instead.",
            "cross_validate makes one.",
        )
    return cv
