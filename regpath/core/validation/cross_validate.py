"""Cross-validation of a path: every fold refits all it learns, on one common grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regpath.core.checks import check_count, check_seed
from regpath.core.elsewhere import RowsElsewhere, ValidationChoice, refuse_engine
from regpath.core.metrics.base_rate import null_eta
from regpath.core.metrics.class_weights import weigh_classes
from regpath.core.metrics.measure import Measure
from regpath.core.metrics.measures import MEASURES, check_measure, measures_of
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.validation.cost import check_affordable
from regpath.core.validation.cv_result import CVResult, check_rows, check_weights_of
from regpath.core.validation.fold_kinds import FoldPlan, plan_folds
from regpath.core.validation.fold_paths import fit_folds, held_out
from regpath.core.validation.leave_one_out import has_closed_form, ridge_left_out
from regpath.core.validation.one_standard_error import best_and_one_se, mean_and_error
from regpath.errors import ParameterError

FITTING = 0.9  # of the work; the rest is scoring


def cross_validate(
    problem: Problem | RowsElsewhere,
    path: RegPath,
    *,
    n_folds: int = 10,
    folds: Any = None,
    kind: str = "auto",
    n_repeats: int = 1,
    measure: str = "auto",
    seed: int = 0,
    class_weight: Any = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> CVResult:
    """Score every point of a path on rows that its fit has not seen.

    Each fold is fit on the grid of `path`, with its `l1_ratio` and its way to standardize. Lambda
    weighs a mean loss, so the same lambda is the same strength on fewer rows. Means, spreads and
    the values that fill gaps are learned in each fold from its training rows alone.

    Parameters
    ----------
    problem : Problem, or rows from `read_rows`
        The rows, with the weights that their scores get.
    path : RegPath
        The path of `problem`: `fit_path(problem)`.
    n_folds : int, default=10
        Number of folds. Not used with `folds`, nor for "leave_one_out".
    folds : array-like of shape (n_obs,), or iterable of (train_rows, test_rows), default=None
        Your own folds: a label for each row (rows of one label are held out together), or pairs
        of positions of rows, as scikit-learn's splitters give them.
    kind : {"auto", "random", "grouped", "ordered", "leave_one_out"}, default="auto"
        Who is held out together; see `plan_folds`. "auto" respects the times of rows if they have
        any, else their groups, else deals at random and evenly by class.
    n_repeats : int, default=1
        How often folds are dealt anew; see `CVResult.se` for what that does to the error.
    measure : str, default="auto"
        Classes: "log_loss" (auto), "accuracy", "balanced_accuracy", "auc", "average_precision",
        "brier". Amounts: "mse" (auto), "rmse", "mae", "r2". Counts: "poisson_deviance" (auto),
        "mse", "rmse", "mae". All: "deviance_explained". Each is computed fold by fold, with the
        weights of the held-out rows.
    seed : int, default=0
        Decides how the rows are dealt.
    class_weight : "balanced", dict or None, default=None
        The weights of classes that `path` was fit with (`weigh_classes`). Folds are fit with
        them; "balanced" is learned in each fold. Held-out rows are scored without them.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. What it raises ends the call.
    engine : object, default=None
        Who passes over the rows of `read_rows`; see `fit_path`. Such rows are dealt at random,
        once, and take measures that are means over rows (or roots of these).

    Returns
    -------
    CVResult
        Scores of every fold, their mean and its standard error, and the folds' paths.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the measure does not suit the family.
    DataError
        If the path belongs to another problem, a fold lacks a class to learn from, fewer than
        two folds have a score, or leaving out every row by itself would take too long.

    References
    ----------
    Stone, M. (1974), Cross-validatory choice and assessment of statistical predictions, JRSS B 36.
    Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984), Classification and regression trees,
    section 3.4.3 (the rule of one standard error).

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> problem = regpath.make_problem(table, "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem), n_folds=5)
    >>> cv.fold_scores.shape, cv.lambda_1se >= cv.lambda_min
    ((5, 100), True)
    """
    if not isinstance(problem, Problem) and isinstance(problem, RowsElsewhere):
        said = {"folds": folds, "kind": kind, "n_repeats": n_repeats, "class_weight": class_weight}
        _refuse_for_rows_elsewhere(said)
        return _of_rows_elsewhere(
            problem, path, ValidationChoice(n_folds, seed, measure, progress), engine
        )
    refuse_engine(engine)
    check_rows(problem, path, "cross_validate")
    how = check_measure(measure, path.family, "cross_validate")
    check_weights_of(weigh_classes(problem, class_weight), path)
    plan = plan_folds(
        problem,
        kind=kind,
        n_folds=n_folds,
        n_repeats=n_repeats,
        seed=seed,
        folds=folds,
        caller="cross_validate",
    )
    if plan.kind == "leave_one_out":
        _refuse_rowwise(how, path.family)
        if has_closed_form(problem, path):
            return _left_out(problem, path, plan, how, progress)
        check_affordable(problem, path, plan)
    found = _scored(problem, path, plan, (how, class_weight), progress)
    return _result(problem, path, plan, how, found)


def _scored(
    problem: Problem,
    path: RegPath,
    plan: FoldPlan,
    by: tuple[Measure, Any],
    progress: Progress | None,
) -> _Scored:
    """Fit the folds with their class weights, and score them by a measure."""
    how, class_weight = by
    fold_paths = fit_folds(
        problem,
        path,
        plan.folds,
        repeats=plan.repeats,
        class_weight=class_weight,
        progress=part_of(progress, 0.0, FITTING),
    )
    n_all = len(plan.folds)
    fold_scores, nulls = np.full((n_all, len(path.lambdas)), np.nan), np.full((n_all, 1), np.nan)
    for k in np.flatnonzero(_fold_weights(problem, plan)):
        tell(progress, FITTING + (1.0 - FITTING) * k / n_all)
        held = held_out(problem, fold_paths[k], plan.folds[k].test)
        fold_scores[k] = how.of(fold_paths[k].decision_path(held), held)
        nulls[k] = how.of(null_eta(problem, plan.folds[k].train, held), held)
    tell(progress, 1.0)
    return _Scored(fold_scores, nulls, tuple(fold_paths))


def _of_rows_elsewhere(
    rows: RowsElsewhere, path: RegPath, how: ValidationChoice, engine: Any
) -> CVResult:
    check_count(how.n_folds, "n_folds", "cross_validate", least=2)
    check_seed(how.seed, "seed", "cross_validate")
    found: CVResult = rows.cross_validated(path, how, engine)
    return found


def _refuse_for_rows_elsewhere(said: dict[str, Any]) -> None:
    """Refuse what rows that are read block by block cannot do."""
    usual = {
        "folds": (None,),
        "kind": ("auto", "random"),
        "n_repeats": (1,),
        "class_weight": (None,),
    }
    for name, value in said.items():
        plain = value is None or isinstance(value, str | int)
        if not (plain and value in usual[name]):
            raise ParameterError(
                f"The '{name}' parameter of cross_validate is for a Problem: rows of read_rows are "
                "dealt at random, once, and weigh what their column says.",
                "Leave it out.",
            )


def _left_out(
    problem: Problem, path: RegPath, plan: FoldPlan, how: Measure, progress: Progress | None
) -> CVResult:
    """Leave-one-out of a ridge path, without fitting any fold."""
    eta = ridge_left_out(problem, path, progress)
    total = problem.sample_weight.sum()
    others = (total * (problem.weights @ problem.y) - problem.sample_weight * problem.y) / (
        total - problem.sample_weight
    )
    assert how.rows is not None  # others are refused
    scores = how.rows(eta, problem)
    scores[problem.sample_weight == 0.0] = np.nan
    nulls = how.rows(others[:, None], problem)
    return _result(problem, path, plan, how, _Scored(scores, nulls, (), left_out=eta))


def _refuse_rowwise(how: Measure, family: str) -> None:
    """Leave-one-out scores rows by themselves, which not every measure can do."""
    if not how.of_one_row:
        able = [repr(name) for name in measures_of(family) if MEASURES[name].of_one_row]
        raise ParameterError(
            f"{how.name} needs several held-out rows at once, and leave-one-out holds out one.",
            f"Use a mean over rows: {', '.join(able)}.",
        )


def _fold_weights(problem: Problem, plan: FoldPlan) -> np.ndarray:
    return np.array([problem.sample_weight[fold.test].sum() for fold in plan.folds])


@dataclass(frozen=True, eq=False)
class _Scored:
    """Scores of folds (n_folds, n_lambdas), of models without features (n_folds, 1), and paths."""

    scores: np.ndarray
    nulls: np.ndarray
    paths: tuple[RegPath, ...]
    left_out: np.ndarray | None = None  # predictions, where they have a closed form


def _result(
    problem: Problem, path: RegPath, plan: FoldPlan, how: Measure, found: _Scored
) -> CVResult:
    fold_scores = found.scores
    fold_weights = _fold_weights(problem, plan)
    mean, se = mean_and_error(fold_scores, fold_weights, plan.repeats, how)
    index_min, index_1se = best_and_one_se(mean, se, how.larger_is_better)
    scored = np.isfinite(fold_scores).all(axis=1)
    return CVResult(
        lambdas=path.lambdas,
        fold_scores=fold_scores,
        mean=mean,
        se=se,
        fold_weights=fold_weights,
        measure=how.name,
        larger_is_better=how.larger_is_better,
        folds=plan.folds,
        fold_paths=found.paths,
        path=path,
        index_min=index_min,
        index_1se=index_1se,
        notes=_notes(found, fold_weights, plan, how),
        kind=plan.kind,
        repeats=plan.repeats,
        null_score=float(np.average(found.nulls[scored, 0], weights=fold_weights[scored])),
        left_out=found.left_out,
    )


def _notes(
    found: _Scored, fold_weights: np.ndarray, plan: FoldPlan, how: Measure
) -> tuple[str, ...]:
    fold_scores, fold_paths = found.scores, found.paths
    weightless = fold_weights == 0.0
    undefined = ~np.isfinite(fold_scores).all(axis=1) & ~weightless
    notes = [
        _missing(undefined, how.name, how.undefined),
        _missing(weightless, how.name, "the held-out rows have no weight there"),
        _overlap(plan),
    ]
    n_points = fold_scores.shape[1] * len(fold_paths)
    n_proven = int(sum(path.converged.sum() for path in fold_paths))
    if n_proven < n_points:
        notes.append(f"{n_points - n_proven} of {n_points} points of the folds are not certified.")
    if plan.kind == "leave_one_out" and not fold_paths:
        notes.append("Every left-out row is predicted in closed form; no fold was fit.")
    return tuple(note for note in notes if note)


def _missing(where: np.ndarray, name: str, why: str) -> str:
    """Say which folds do not count; "" if all do."""
    numbers = [str(k) for k in np.flatnonzero(where)]
    if not numbers:
        return ""
    some = ", ".join(numbers[:5] + ["..."] * (len(numbers) > 5))
    return (
        f"Left out of mean and se: {len(numbers)} of {len(where)} folds (counted from 0: {some}), "
        f"where {name} is undefined: {why}."
    )


def _overlap(plan: FoldPlan) -> str:
    """Say when rows are held out several times, but not in whole repeats."""
    held = np.concatenate([fold.test for fold in plan.folds])
    if plan.repeats.any() or len(np.unique(held)) == len(held):
        return ""
    return (
        "Some rows are held out in several folds, and the standard error takes the folds for "
        "independent: it is too small."
    )
