"""What leaking would have claimed: steps learned from all rows, against the same in each fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.checks import check_choice, check_count
from regpath.core.design import moments
from regpath.core.metrics.class_weights import weigh_classes
from regpath.core.metrics.measure import Measure
from regpath.core.metrics.measures import MEASURES
from regpath.core.path import fit_path
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import CVResult, check_cv, check_rows, check_weights_of
from regpath.core.validation.fold_paths import held_out
from regpath.core.validation.folds import Fold
from regpath.errors import DataError, ParameterError
from regpath.shown import Drawn

SAME = 1e-6  # of a score: fits that are certified to this differ by no more
NOTHING = 1e-12  # a score below this is zero but for rounding
TINY = 1e-300  # in place of a spread of zero, by which nothing can be divided
LEAKS = ("scaling", "imputing", "selecting")
SELECTED = 20  # features that are selected by correlation, if the caller names no number


@dataclass(frozen=True, eq=False)
class LeakGap(Drawn):
    """Scores on held-out rows, honest and with steps that saw these rows.

    Attributes
    ----------
    leak : tuple of str
        The steps that were learned outside of the folds.
    lambdas : ndarray of shape (n_lambdas,)
    honest, leaked : ndarray of shape (n_lambdas,)
        Mean scores of the same procedure with every step inside the folds, and with the leak.
    gap, gap_se : ndarray of shape (n_lambdas,)
        How much better the leak makes the score look (negative: worse), and the standard error of
        that difference between the folds, each compared with itself.
    measure : str
    larger_is_better : bool
    n_selected : int
        Features that are selected by correlation, in both; all of them where nothing is selected.
    reason : str
        One sentence.

    References
    ----------
    Ambroise and McLachlan (2002), Selection bias in gene extraction on the basis of microarray
    gene-expression data, PNAS 99: 6562-6566.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> cv = regpath.cross_validate(problem, path, n_folds=5)
    >>> gap = regpath.leak_gap(problem, path, cv, leak=["scaling"])
    >>> list(gap.to_frame()), gap.leak
    (['lambda', 'honest', 'leaked', 'gap', 'gap_se'], ('scaling',))
    """

    leak: tuple[str, ...]
    lambdas: np.ndarray
    honest: np.ndarray
    leaked: np.ndarray
    gap: np.ndarray
    gap_se: np.ndarray
    measure: str
    larger_is_better: bool
    n_selected: int
    reason: str

    def __post_init__(self) -> None:
        freeze(self)

    def to_frame(self) -> pd.DataFrame:
        """Show both curves and their difference as a table.

        Returns
        -------
        DataFrame
            One row per lambda: `lambda`, `honest`, `leaked`, `gap`, `gap_se`.
        """
        names = ("honest", "leaked", "gap", "gap_se")
        return pd.DataFrame(
            {"lambda": self.lambdas} | {name: getattr(self, name) for name in names}
        )


class _Ways(NamedTuple):
    """How a fold is fit: what is learned outside, and how many features are selected."""

    scaling: bool
    imputing: bool
    selecting: bool
    n_selected: int | None


def leak_gap(
    problem: Problem,
    path: RegPath,
    cv: CVResult,
    *,
    leak: Sequence[str] = LEAKS,
    n_selected: int | None = None,
    class_weight: Any = None,
    progress: Progress | None = None,
) -> LeakGap:
    """Compute what the folds of `cv` would have claimed if some steps had seen all rows.

    "scaling" takes the spreads of features from all rows, "imputing" the values that fill gaps,
    "selecting" the features that correlate most with the target; the honest counterpart selects
    in each fold. Where there is nothing to leak (no gaps, no standardization, no more features
    than are selected), there is no gap.

    Parameters
    ----------
    problem : Problem
        The problem that `path` was fit on.
    path : RegPath
        Of all rows.
    cv : CVResult
        `cross_validate(problem, path)`.
    leak : sequence of {"scaling", "imputing", "selecting"}, default=all of them
        The steps that see all rows.
    n_selected : int, default=None
        Features that "selecting" keeps; None means 20, or all if there are fewer.
    class_weight : "balanced", dict or None, default=None
        That of `cv`.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. What it raises ends the call.

    Returns
    -------
    LeakGap
        Both curves, and their difference with its standard error.

    Raises
    ------
    ParameterError
        If `leak` names no step.
    DataError
        If `cv` belongs to another path.

    References
    ----------
    Ambroise and McLachlan (2002), Selection bias in gene extraction on the basis of microarray
    gene-expression data, PNAS 99: 6562-6566.

    Examples
    --------
    Of noise, the features that correlate most with the target seem to tell it, if they were chosen
    on the rows that they are tested on:

    >>> import numpy as np
    >>> import regpath
    >>> rng = np.random.default_rng(0)
    >>> problem = regpath.Problem.from_arrays(rng.normal(size=(60, 200)), rng.normal(size=60))
    >>> path = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=10)
    >>> cv = regpath.cross_validate(problem, path, n_folds=5)
    >>> gap = regpath.leak_gap(problem, path, cv, leak=["selecting"], n_selected=10)
    >>> bool((gap.leaked < gap.honest).all())
    True
    """
    check_rows(problem, path, "leak_gap")
    check_weights_of(weigh_classes(problem, class_weight), path)
    check_cv(cv, "leak_gap")
    if cv.path.n_obs != path.n_obs or not np.array_equal(cv.lambdas, path.lambdas):
        raise DataError(
            "The cross-validation validates another path.", "Bring cross_validate(problem, path)."
        )
    names = _steps(leak)
    if n_selected is not None:
        check_count(n_selected, "n_selected", "leak_gap")
    n_penalized = int(np.count_nonzero(path.penalty_factor))
    keep = n_selected or SELECTED if "selecting" in names else None
    if keep is not None and keep >= n_penalized:
        keep = None
    ways = _Ways("scaling" in names, "imputing" in names, "selecting" in names, keep)
    how = MEASURES[cv.measure]
    share = 1.0 if keep is None else 0.5
    told = part_of(progress, 0.0, share)
    leaked = _scores(problem, path, cv, ways, class_weight, told)
    honest = cv.fold_scores
    if keep is not None:
        inside, told = _Ways(False, False, False, keep), part_of(progress, share, 1.0)
        honest = _scores(problem, path, cv, inside, class_weight, told)
    better = (leaked - honest) * (1.0 if how.larger_is_better else -1.0)
    gap, gap_se = _mean(better, cv)
    curves = [_mean(scores, cv)[0] for scores in (honest, leaked)]
    return LeakGap(
        leak=names,
        lambdas=path.lambdas,
        honest=curves[0],
        leaked=curves[1],
        gap=gap,
        gap_se=gap_se,
        measure=how.name,
        larger_is_better=how.larger_is_better,
        n_selected=problem.n_features if keep is None else keep,
        reason=_reason(names, how, *curves),
    )


def _steps(leak: str | Sequence[str]) -> tuple[str, ...]:
    """The steps that leak, each one known."""
    names = (leak,) if isinstance(leak, str) else tuple(leak)
    if not names:
        raise ParameterError("leak_gap needs at least one step.", f"Choose among {LEAKS}.")
    for name in names:
        check_choice(name, "leak", "leak_gap", LEAKS)
    return names


def _scores(
    problem: Problem,
    path: RegPath,
    cv: CVResult,
    ways: _Ways,
    class_weight: Any,
    progress: Progress | None,
) -> np.ndarray:
    """Scores of every fold (n_folds, n_lambdas)."""
    folds, how = cv.folds, MEASURES[cv.measure]
    scores = np.full((len(folds), len(path.lambdas)), np.nan)
    always = path.penalty_factor == 0.0
    outside = _chosen(problem, ways.n_selected, always) if ways.selecting else None
    spread = moments(problem.X, problem.weights)[1]
    for k, fold in enumerate(folds):
        tell(progress, k, len(folds))
        if not problem.sample_weight[fold.test].any():
            continue
        train, test = _parts(problem, path, fold, ways)
        columns = _chosen(train, ways.n_selected, always) if outside is None else outside
        scale = np.where(spread > 0.0, spread, 1.0)[columns]
        if not (ways.scaling and path.standardize):
            scale = np.ones_like(scale)
        train, test = (_columns(part, columns, scale) for part in (train, test))
        train = weigh_classes(train, class_weight)
        standardize = path.standardize and not ways.scaling
        fitted = fit_path(
            train,
            lambdas=path.lambdas,
            l1_ratio=path.l1_ratio,
            standardize=standardize,
            penalty_factor=path.factors_on(train, standardize=standardize),
        )
        scores[k] = how.of(fitted.decision_path(test), test)
    tell(progress, 1.0)
    return scores


def _parts(problem: Problem, path: RegPath, fold: Fold, ways: _Ways) -> tuple[Problem, Problem]:
    """Rows to learn from and rows held out, their gaps filled from the former or from all."""
    if ways.imputing:
        problem = replace(problem, encoder=None, frame=None)
    train = problem.take(fold.train, keep_features=True)
    return train, held_out(problem, replace(path, encoder=train.encoder), fold.test)


def _columns(problem: Problem, columns: np.ndarray, scale: np.ndarray) -> Problem:
    """The same rows with some features only, divided by `scale`."""
    X = problem.X[:, columns]
    X = X.multiply(1.0 / scale).tocsr() if sparse.issparse(X) else X / scale
    return replace(
        problem,
        X=X,
        feature_names=tuple(problem.feature_names[j] for j in columns),
        groups=tuple(problem.groups[j] for j in columns),
        encoder=None,
        frame=None,
    )


def _chosen(problem: Problem, n_selected: int | None, always: np.ndarray) -> np.ndarray:
    """Positions of the features that correlate most with the target (with any class).

    Features that are `always` in are there beside them.
    """
    if n_selected is None:
        return np.arange(problem.n_features)
    w, Y = problem.weights[:, None], problem.Y
    mean, spread = moments(problem.X, problem.weights)
    rest = w * (Y - (w * Y).sum(axis=0))
    cross = np.asarray(problem.X.T @ rest) - np.outer(mean, rest.sum(axis=0))
    sizes = np.sqrt(np.maximum((w * np.square(Y)).sum(axis=0) - (w * Y).sum(axis=0) ** 2, TINY))
    scale = np.where(spread > 0.0, spread, np.inf)
    strength = (np.abs(cross) / sizes).max(axis=1) / scale
    strength[always] = -1.0
    best = np.argsort(-strength, kind="stable")[:n_selected]
    return np.union1d(best, np.flatnonzero(always))


def _mean(scores: np.ndarray, cv: CVResult) -> tuple[np.ndarray, np.ndarray]:
    """Mean over the folds with a score, and its standard error, as in `CVResult`."""
    scored = np.isfinite(scores).all(axis=1) & (cv.fold_weights > 0.0)
    if scored.sum() < 2:
        raise DataError(f"{cv.measure} has no value in two folds.", "Use fewer folds.")
    means, squares = [], []
    for repeat in np.unique(cv.repeats[scored]):
        some = scored & (cv.repeats == repeat)
        shares = cv.fold_weights[some] / cv.fold_weights[some].sum()
        means.append(shares @ scores[some])
        squares.append(shares @ np.square(scores[some] - means[-1]) / max(int(some.sum()) - 1, 1))
    return np.mean(means, axis=0), np.sqrt(np.mean(squares, axis=0))


def _reason(names: tuple[str, ...], how: Measure, honest: np.ndarray, leaked: np.ndarray) -> str:
    best = np.max if how.larger_is_better else np.min
    told, true = float(best(leaked)), float(best(honest))
    flattered = (told - true) * (1.0 if how.larger_is_better else -1.0)
    steps = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    start = f"With {steps} learned outside of the folds, the best {how.label} over them would be "
    if abs(flattered) <= SAME * max(abs(true), NOTHING):
        return f"{start}{told:.4g}, the same as inside: there was nothing to leak."
    word = "better" if flattered > 0.0 else "worse"
    return (
        f"{start}{told:.4g}; learned inside it is {true:.4g}, so the leak makes it look {word} by "
        f"{abs(flattered):.2g}."
    )
