"""Cross-validation of a path: every fold refits all it learns, on one common grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.fold_paths import coded_rows, fit_folds, held_out
from regpath.core.folds import Fold, resolve_folds
from regpath.core.inputs import freeze
from regpath.core.measures import Measure, check_measure
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.errors import DataError
from regpath.io.wording import counted

ROUNDING = 1e-12  # relative; means that differ by less are a tie


@dataclass(frozen=True, eq=False)
class CVResult:
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
        as in R's cv.glmnet. It takes the folds for independent, so repeated folds make it too
        small.
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
    path : RegPath
        The path of the full data.
    index_min, index_1se : int
        Positions of `lambda_min` and `lambda_1se` in `lambdas`.
    notes : tuple of str
        Which folds were left out and why, and what is not certified, one sentence each.
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
        _check_rows(problem, self.path, "CVResult.out_of_fold")
        shape: tuple[int, ...] = (len(self.path.classes),) if self.path.classes else ()
        shape += () if lam is not None else (len(self.lambdas),)
        total = np.zeros((problem.n_obs, *shape))
        times = np.zeros((problem.n_obs, *(1 for _ in shape)))
        for fold, path in zip(self.folds, self.fold_paths, strict=True):
            predict = path.predict_proba if path.classes else path.predict
            total[fold.test] += predict(coded_rows(problem, path, fold.test), lam)
            times[fold.test] += 1.0
        return total / np.where(times > 0.0, times, np.nan)

    def to_frame(self) -> pd.DataFrame:
        """One row per lambda: strength, features kept by `path`, mean, se, and each fold's score.

        The folds' columns are called `fold[0]`, `fold[1]`, ...
        """
        names = [f"fold[{k}]" for k in range(len(self.folds))]
        meta = {
            "lambda": self.lambdas,
            "C": self.path.Cs,
            "n_nonzero": self.path.n_nonzero,
            "mean": self.mean,
            "se": self.se,
        }
        scores = pd.DataFrame(self.fold_scores.T, columns=names)
        return pd.concat([pd.DataFrame(meta), scores], axis=1)

    def __repr__(self) -> str:
        kept = self.path.n_nonzero
        chosen = [
            f"  {name} = {self.lambdas[i]:.4g} (point {i + 1} of {len(self.lambdas)}): "
            f"{self.measure} {self.mean[i]:.4g} +- {self.se[i]:.2g}, "
            f"{counted(int(kept[i]), 'feature')}"
            for name, i in (("lambda_min", self.index_min), ("lambda_1se", self.index_1se))
        ]
        head = (
            f"CVResult({self.path.family}, target {self.path.target!r}, {self.measure} "
            f"in {len(self.folds)} folds of {self.path.n_obs} rows)"
        )
        return "\n".join([head, *chosen, *(f"  {note}" for note in self.notes)])


def cross_validate(
    problem: Problem,
    path: RegPath,
    *,
    n_folds: int = 10,
    folds: Any = None,
    measure: str = "auto",
    seed: int = 0,
) -> CVResult:
    """Score every point of a path on rows that its fit has not seen.

    Each fold is fit on the grid of `path`, with its `l1_ratio` and its way to standardise. Lambda
    weighs a mean loss, so the same lambda is the same strength on fewer rows. Means, spreads and
    the values that fill gaps are learned in each fold from its training rows alone.

    Parameters
    ----------
    problem : Problem
    path : RegPath
        The path of `problem`: `fit_path(problem)`.
    n_folds : int, default=10
        Number of folds, dealt at random and evenly by class. Not used with `folds`.
    folds : array-like of shape (n_obs,), or iterable of (train_rows, test_rows), default=None
        Your own folds: a label for each row (rows of one label are held out together), or pairs
        of positions of rows, as scikit-learn's splitters give them.
    measure : str, default="auto"
        Classes: "log_loss" (auto), "accuracy", "auc", "brier". Amounts: "mse" (auto), "rmse",
        "mae", "r2". Each is computed fold by fold, with the weights of the held-out rows.
    seed : int, default=0
        Decides how the rows are dealt.

    Returns
    -------
    CVResult

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the measure does not suit the family.
    DataError
        If the path belongs to another problem, a fold lacks a class to learn from, or fewer than
        two folds have a score.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> problem = regpath.make_problem(table, "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem), n_folds=5)
    >>> cv.fold_scores.shape, cv.lambda_1se >= cv.lambda_min
    ((5, 100), True)
    """
    _check_rows(problem, path, "cross_validate")
    how = check_measure(measure, path.family, "cross_validate")
    made = resolve_folds(problem, folds, n_folds=n_folds, seed=seed, caller="cross_validate")
    fold_paths = tuple(fit_folds(problem, path, made))
    fold_weights = np.array([problem.sample_weight[fold.test].sum() for fold in made])
    fold_scores = np.full((len(made), len(path.lambdas)), np.nan)
    for k in np.flatnonzero(fold_weights > 0.0):
        held = held_out(problem, fold_paths[k], made[k].test)
        fold_scores[k] = how.of(fold_paths[k].decision_path(held.X), held)
    mean, se = _mean_and_error(fold_scores, fold_weights, how)
    index_min, index_1se = _best(mean, se, how.larger_is_better)
    return CVResult(
        lambdas=path.lambdas,
        fold_scores=fold_scores,
        mean=mean,
        se=se,
        fold_weights=fold_weights,
        measure=how.name,
        larger_is_better=how.larger_is_better,
        folds=made,
        fold_paths=fold_paths,
        path=path,
        index_min=index_min,
        index_1se=index_1se,
        notes=_notes(fold_scores, fold_weights, fold_paths, how),
    )


def _check_rows(problem: Problem, path: RegPath, caller: str) -> None:
    """Refuse another problem than the one that `path` was fit on."""
    check_match(path, problem, caller)
    if path.n_obs != problem.n_obs:
        raise DataError(
            f"The path was fit on {path.n_obs} rows, and the problem has {problem.n_obs}.",
            "Bring the problem it was fit on.",
        )


def _mean_and_error(
    fold_scores: np.ndarray, fold_weights: np.ndarray, how: Measure
) -> tuple[np.ndarray, np.ndarray]:
    """Mean over the folds that have a score, and its standard error."""
    scored = np.isfinite(fold_scores).all(axis=1)
    n_scored = int(scored.sum())
    if n_scored < 2:
        why = how.undefined or "the held-out rows have no weight there"
        raise DataError(
            f"{how.name} can be computed in {n_scored} of {len(scored)} folds, and two are the "
            f"least: {why}.",
            "Use fewer folds, so that more rows are held out in each, or another measure.",
        )
    scores, shares = fold_scores[scored], fold_weights[scored] / fold_weights[scored].sum()
    mean = shares @ scores
    return mean, np.sqrt(shares @ np.square(scores - mean) / (n_scored - 1))


def _best(mean: np.ndarray, se: np.ndarray, larger_is_better: bool) -> tuple[int, int]:
    """Positions of the best mean and of the first one within a standard error of it."""
    loss = -mean if larger_is_better else mean
    index_min = _first_at_most(loss, loss.min())
    return index_min, _first_at_most(loss, loss[index_min] + se[index_min])


def _first_at_most(loss: np.ndarray, limit: float) -> int:
    # Folds that swap their scores give the same mean but for rounding: a tie, and the first wins.
    return int(np.argmax(loss <= limit + ROUNDING * abs(limit)))


def _notes(
    fold_scores: np.ndarray,
    fold_weights: np.ndarray,
    fold_paths: Sequence[RegPath],
    how: Measure,
) -> tuple[str, ...]:
    weightless = fold_weights == 0.0
    undefined = ~np.isfinite(fold_scores).all(axis=1) & ~weightless
    notes = [
        _left_out(undefined, how.name, how.undefined),
        _left_out(weightless, how.name, "the held-out rows have no weight there"),
    ]
    n_points = fold_scores.size
    n_proven = int(sum(path.converged.sum() for path in fold_paths))
    if n_proven < n_points:
        notes.append(f"{n_points - n_proven} of {n_points} points of the folds are not certified.")
    return tuple(note for note in notes if note)


def _left_out(where: np.ndarray, name: str, why: str) -> str:
    """Say which folds do not count; "" if all do."""
    numbers = [str(k) for k in np.flatnonzero(where)]
    if not numbers:
        return ""
    some = ", ".join(numbers[:5] + ["..."] * (len(numbers) > 5))
    return (
        f"Left out of mean and se: {len(numbers)} of {len(where)} folds (counted from 0: {some}), "
        f"where {name} is undefined: {why}."
    )
