"""assess_stability: the paths of many halves of the rows, and what they select."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from regpath.core.checks import check_count, check_seed
from regpath.core.elsewhere import HalvesChoice, HalvesFound, RowsElsewhere, refuse_engine
from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, tell
from regpath.core.regpath import RegPath
from regpath.core.stability_selection.complementary_pairs import deal_halves
from regpath.core.stability_selection.joint_halves import fit_together, worth_joining
from regpath.core.stability_selection.stability import Stability
from regpath.core.threads import n_threads, side_by_side, team
from regpath.core.validation.cost import fit_seconds, learning_seconds
from regpath.core.validation.cv_result import check_rows, check_weights_of
from regpath.errors import DataError, NothingToFindError, ParameterError

AT_A_TIME = 4  # halves per thread between two reports of progress
TOGETHER = 17  # the same, in lockstep: the more, the fewer calls


def stability_seconds(problem: Problem, path: RegPath, n_pairs: int = 50) -> float:
    """Estimate how long `assess_stability` takes.

    Parameters
    ----------
    problem : Problem
        The problem that `path` was fit on.
    path : RegPath
        Its path.
    n_pairs : int, default=50
        Half the number of halves.

    Returns
    -------
    float
        Seconds, right within a factor of about five.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem)
    >>> 0.0 < regpath.stability_seconds(problem, path, 10)
    True
    """
    rows = problem.n_obs / 2
    return 2 * n_pairs * (fit_seconds(rows, path) + learning_seconds(rows, path)) / n_threads()


@team()
def assess_stability(
    problem: Problem | RowsElsewhere,
    path: RegPath,
    *,
    n_pairs: int = 50,
    seed: int = 0,
    progress: Progress | None = None,
    engine: Any = None,
) -> Stability:
    """Select features on many halves of the rows, along the whole path.

    Rows are dealt into two halves that share none, `n_pairs` times; each half is fit on the grid
    of `path` with its `l1_ratio`, penalty factors and way to standardize, learns all it learns
    from its own rows, and is certified point by point.

    Parameters
    ----------
    problem : Problem, or rows from `read_rows`
        What `path` was fit on.
    path : RegPath
        With some L1 penalty: ridge selects nothing.
    n_pairs : int, default=50
        Half the number of halves.
    seed : int, default=0
        Decides how rows are dealt; the same seed gives the same halves.
    progress : callable, default=None
        Called with the share that is done, from 0 to 1. Whatever it raises ends the call; nothing
        is kept.
    engine : object, default=None
        Who passes over the rows of `read_rows`; see `fit_path`. Such rows are dealt where they lie.

    Returns
    -------
    Stability
        What each half selects; its methods bound how many of that are false.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the path is ridge.
    DataError
        If the path belongs to another problem, or a half cannot be fit.

    References
    ----------
    Meinshausen and Bühlmann (2010), Stability selection, JRSS B 72: 417-473.

    Shah and Samworth (2013), Variable selection with error control: another look at stability
    selection, JRSS B 75: 55-80 (complementary pairs).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> stability = regpath.assess_stability(problem, path, n_pairs=5)
    >>> stability.frequency.shape, stability.stable_set().features[:1]
    ((10, 20), ('body_mass_index',))
    """
    if not isinstance(problem, Problem) and isinstance(problem, RowsElsewhere):
        check_halves(path.l1_ratio, n_pairs, seed)
        how = HalvesChoice(n_pairs, seed, progress)
        return _told(path, problem.selected_by_halves(path, how, engine), n_pairs, seed)
    refuse_engine(engine)
    check_rows(problem, path, "assess_stability")
    check_weights_of(problem, path)
    check_halves(path.l1_ratio, n_pairs, seed)
    halves = [half for pair in deal_halves(problem, n_pairs, seed) for half in pair]
    plain = _without_learning(problem)
    shape = (len(halves), problem.n_features, len(path.lambdas))
    selected, n_certified = np.zeros(shape, dtype=bool), 0
    joined = worth_joining(problem, path)
    work = partial(_fit_some, plain, path, joined)
    step = TOGETHER if joined else AT_A_TIME
    tell(progress, 0.0)
    for low in range(0, len(halves), step * n_threads()):
        some = halves[low : low + step * n_threads()]
        pieces = [some[k : k + step] for k in range(0, len(some), step)]
        found = [each for piece in side_by_side(work, pieces) for each in piece]
        for k, (alive, proven) in enumerate(found):
            selected[low + k] = alive
            n_certified += proven
        tell(progress, low + len(some), len(halves))
    return _told(path, HalvesFound(selected, n_certified, 0), n_pairs, seed)


def check_halves(l1_ratio: float, n_pairs: int, seed: int) -> None:
    """Refuse choices with which nothing can be counted."""
    check_count(n_pairs, "n_pairs", "assess_stability", least=2)
    check_seed(seed, "seed", "assess_stability")
    if l1_ratio == 0.0:
        raise ParameterError(
            "Ridge keeps every feature at every strength, so there is nothing to count.",
            "Use an l1_ratio above 0.",
        )


def _told(path: RegPath, found: HalvesFound, n_pairs: int, seed: int) -> Stability:
    selected, n_certified, passes = found
    missed, n_points = selected[:, 0].size - n_certified, selected[:, 0].size
    notes: tuple[str, ...] = ()
    if missed:
        notes = (f"{missed} of {n_points} points of the halves are not certified.",)
    return Stability(path, selected, n_pairs, seed, n_certified, notes, passes)


def _without_learning(problem: Problem) -> Problem:
    """The problem without its raw columns, where nothing but means and spreads is learned."""
    if problem.encoder is None or problem.encoder.filled:
        return problem
    return replace(problem, encoder=None, frame=None)


def _fit_some(
    problem: Problem, path: RegPath, joined: bool, halves: Sequence[np.ndarray]
) -> list[tuple[np.ndarray, int]]:
    """What each of some halves selects, and how many of its points are proven."""
    paths = fit_together(problem, path, halves) if joined else None
    if paths is None:
        return [_fit(problem, path, half) for half in halves]
    return [_selected(half) for half in paths]


def _fit(problem: Problem, path: RegPath, rows: np.ndarray) -> tuple[np.ndarray, int]:
    """What a half selects, (n_features, n_lambdas), and how many of its points are proven."""
    try:
        part = problem.take(rows, keep_features=True)
        half = fit_path(
            part,
            lambdas=path.lambdas,
            l1_ratio=path.l1_ratio,
            standardize=path.standardize,
            penalty_factor=path.factors_on(part),
        )
    except NothingToFindError:  # the model without features is the answer, and needs no proof
        return np.zeros((len(path.feature_names), len(path.lambdas)), dtype=bool), len(path.lambdas)
    except DataError as error:
        raise DataError(
            f"A half of the rows cannot be fit. {error.message}",
            "Use another seed or more rows, or leave such features out.",
        ) from error
    return _selected(half)


def _selected(half: RegPath) -> tuple[np.ndarray, int]:
    alive = half.coef_path != 0.0
    return (alive.any(axis=0) if alive.ndim == 3 else alive), int(half.converged.sum())
