"""Kinds of folds: at random, by group, in order of time, or one row at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice, check_count, check_seed
from regpath.core.problems.problem import Problem
from regpath.core.regpath import check_problem
from regpath.core.validation.folds import Fold, check_trainable, make_folds, resolve_folds
from regpath.errors import DataError, ParameterError

FOLD_KINDS = ("auto", "random", "grouped", "ordered", "leave_one_out")


class FoldPlan(NamedTuple):
    """Every fold of a validation.

    Attributes
    ----------
    kind : str
        One of `FOLD_KINDS` but "auto", or "given".
    folds : tuple of Fold
        Positions of the rows in the problem: `train` and `test`.
    repeats : ndarray of int, shape (n_folds,)
        Which repeat each fold belongs to; the folds of a repeat hold no row out twice.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> plan = regpath.plan_folds(problem, n_folds=3)
    >>> plan.kind, [len(fold.test) for fold in plan.folds]
    ('random', [50, 50, 50])
    """

    kind: str
    folds: tuple[Fold, ...]
    repeats: np.ndarray


def plan_folds(
    problem: Problem,
    *,
    kind: str = "auto",
    n_folds: int = 10,
    n_repeats: int = 1,
    seed: int = 0,
    folds: Any = None,
    caller: str = "plan_folds",
) -> FoldPlan:
    """Decide which rows are held out together, and which are learned from meanwhile.

    Parameters
    ----------
    problem : Problem
        Whose rows are dealt.
    kind : {"auto", "random", "grouped", "ordered", "leave_one_out"}, default="auto"
        "random" deals rows evenly, each class in equal shares. "grouped" never parts the rows of
        one of `problem.row_groups`, and spreads the classes as evenly as groups allow. "ordered"
        learns from the rows before a moment of `problem.row_times` and holds out those that
        follow it, with a window that grows from fold to fold; rows of one time stay together, and
        groups that reach into the rows held out are not learned from. "leave_one_out" holds out
        one row at a time. "auto" is "ordered" if rows have times, "grouped" if they have groups,
        else "random".
    n_folds : int, default=10
        Not used for "leave_one_out".
    n_repeats : int, default=1
        How often rows or groups are dealt anew ("random" and "grouped").
    seed : int, default=0
        Decides how they are dealt.
    folds : array-like of shape (n_obs,), or iterable of (train_rows, test_rows), default=None
        Your own folds instead of a kind; see `cross_validate`.
    caller : str, default="plan_folds"
        Who asks, for the messages.

    Returns
    -------
    FoldPlan
        Its kind, its folds, and the repeat that each belongs to.

    Raises
    ------
    ParameterError
        If an argument is outside its range.
    DataError
        If the rows cannot be dealt so, or a fold leaves nothing to learn from.

    References
    ----------
    Roberts, D. R. et al. (2017), Cross-validation strategies for data with temporal, spatial,
    hierarchical, or phylogenetic structure, Ecography 40 ("grouped" and "ordered").

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> plan = plan_folds(problem, n_folds=5, n_repeats=2)
    >>> plan.kind, len(plan.folds), plan.repeats.tolist()
    ('random', 10, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    """
    check_problem(problem, caller)
    check_choice(kind, "kind", caller, FOLD_KINDS)
    check_count(n_repeats, "n_repeats", caller)
    check_seed(seed, "seed", caller)
    if folds is not None:
        made = resolve_folds(problem, folds, n_folds=n_folds, seed=seed, caller=caller)
        return FoldPlan("given", made, _repeats_in(made, problem.n_obs))
    kind = _suited(problem) if kind == "auto" else kind
    if kind in ("ordered", "leave_one_out"):
        _refuse_repeats(n_repeats, kind, caller)
        made, doubtful = _one_by_one(problem.n_obs), _single_rows(problem)
        if kind == "ordered":
            check_count(n_folds, "n_folds", caller, least=2)
            made = _in_order(problem, n_folds)
            doubtful = np.arange(len(made))
        for k in doubtful:
            check_trainable(problem, made[k], int(k))
        return FoldPlan(kind, made, np.zeros(len(made), dtype=np.intp))
    check_count(n_folds, "n_folds", caller, least=2)
    deal = grouped_labels if kind == "grouped" else make_folds
    dealt = [
        resolve_folds(problem, deal(problem, n_folds, s), n_folds=n_folds, seed=s, caller=caller)
        for s in _seeds(seed, n_repeats)
    ]
    sizes = [len(each) for each in dealt]
    return FoldPlan(kind, sum(dealt, ()), np.repeat(np.arange(n_repeats), sizes))


def _suited(problem: Problem) -> str:
    if problem.row_times is not None:
        return "ordered"
    return "grouped" if problem.row_groups is not None else "random"


def _seeds(seed: int, n_repeats: int) -> list[int]:
    """The seed itself first, so that one repeat is what it was without any."""
    return [(seed + r) % 2**32 for r in range(n_repeats)]


def _refuse_repeats(n_repeats: int, kind: str, caller: str) -> None:
    if n_repeats > 1:
        raise ParameterError(
            f"The 'n_repeats' parameter of {caller} must be 1 for {kind!r} folds. Got {n_repeats} "
            "instead.",
            "Only folds that are dealt at random can be dealt again.",
        )


def _codes(problem: Problem) -> np.ndarray:
    """Number of each row's group; a row without a group is one of its own."""
    if problem.row_groups is None:
        raise DataError(
            "The rows have no groups.", "Name the column of groups when the problem is made."
        )
    codes, found = pd.factorize(problem.row_groups)
    alone = codes < 0
    codes[alone] = len(found) + np.arange(alone.sum())
    return codes


def grouped_labels(problem: Problem, n_folds: int = 10, seed: int = 0) -> np.ndarray:
    """Deal whole groups into folds of about equal size and shares of the classes.

    Groups are taken from the largest to the smallest, in random order among equals; each goes
    to the fold that has the least of what it brings.

    Returns
    -------
    ndarray of int, shape (n_obs,)
        Number of each row's fold, from 0.
    """
    codes = _codes(problem)
    n_groups = int(codes.max()) + 1
    if n_folds > n_groups:
        raise DataError(
            f"{n_groups} groups of rows cannot be dealt into {n_folds} folds.",
            f"Use at most {n_groups} folds." if n_groups > 1 else "Bring rows of several groups.",
        )
    stratum = problem.strata
    brought = np.zeros((n_groups, max(1, len(problem.classes))))
    np.add.at(brought, (codes, stratum), 1.0)
    shuffled = np.random.default_rng(seed).permutation(n_groups)
    order = shuffled[np.argsort(-brought.sum(axis=1)[shuffled], kind="stable")]
    held, fold_of = np.zeros((n_folds, brought.shape[1])), np.empty(n_groups, dtype=np.intp)
    rarity = 1.0 / np.maximum(brought.sum(axis=0), 1.0) ** 2
    for g in order:
        # What the sum of squared shares would grow by; of equal folds, the emptiest.
        growth = held @ (rarity * brought[g])
        fold_of[g] = np.lexsort((held.sum(axis=1), growth))[0]
        held[fold_of[g]] += brought[g]
    result: np.ndarray = fold_of[codes]
    return result


def _in_order(problem: Problem, n_folds: int) -> tuple[Fold, ...]:
    if problem.row_times is None:
        raise DataError(
            "The rows have no times.", "Name the column of times when the problem is made."
        )
    times = pd.Series(problem.row_times)
    if times.isna().any():
        raise DataError("Some rows have no time.", "Fill the times in, or drop these rows.")
    found, rank = np.unique(times.to_numpy(), return_inverse=True)
    if len(found) <= n_folds:
        raise DataError(
            f"{len(found)} different times cannot be cut into {n_folds} folds and rows before "
            "them.",
            "Use fewer folds." if len(found) > 2 else "Use folds at random.",
        )
    starts = _starts(np.sort(rank), len(found), n_folds)
    edges = [*starts, len(found)]
    codes = None if problem.row_groups is None else _codes(problem)
    folds = []
    for k, start in enumerate(starts):
        test = np.flatnonzero((rank >= start) & (rank < edges[k + 1]))
        before = rank < start
        if codes is not None:
            before &= ~np.isin(codes, codes[test])
        if not before.any():
            raise DataError(
                f"Every row before those of fold {k} (counted from 0) belongs to a group that "
                "is held out there.",
                "Use grouped folds, or make the problem without groups.",
            )
        folds.append(Fold(np.flatnonzero(before), test))
    return tuple(folds)


def _starts(ranks: np.ndarray, n_times: int, n_folds: int) -> Sequence[int]:
    """Number of the time at which each fold's rows begin; by rows if possible, else by times."""
    size = len(ranks) // (n_folds + 1)
    starts = ranks[len(ranks) - size * np.arange(n_folds, 0, -1)]
    if starts[0] > 0 and (np.diff(starts) > 0).all():
        return [int(start) for start in starts]
    return [n_times * k // (n_folds + 1) for k in range(1, n_folds + 1)]


def _one_by_one(n_obs: int) -> tuple[Fold, ...]:
    """Every row held out alone. All the others are one stretch of the rows written twice."""
    twice = np.tile(np.arange(n_obs), 2)
    return tuple(Fold(twice[i + 1 : i + n_obs], twice[i : i + 1]) for i in range(n_obs))


def _single_rows(problem: Problem) -> np.ndarray:
    """Rows without which there may be nothing to learn: each the only one of its class or value."""
    rows = np.flatnonzero(problem.sample_weight > 0.0)
    values, first, counts = np.unique(problem.y[rows], return_index=True, return_counts=True)
    few = bool(problem.classes) or len(values) <= 2
    return np.sort(rows[first[counts == 1]]) if few else rows[:0]


def _repeats_in(folds: tuple[Fold, ...], n_obs: int) -> np.ndarray:
    """Number of the repeat of each fold, where folds come as whole repeats; else zeros.

    A new one begins with the fold that holds out a row for the second time.
    """
    numbers, held, repeat = [], np.zeros(n_obs, dtype=bool), 0
    sizes = []
    for fold in folds:
        if held[fold.test].any():
            sizes.append(int(held.sum()))
            held[:] = False
            repeat += 1
        held[fold.test] = True
        numbers.append(repeat)
    sizes.append(int(held.sum()))
    alike = len(set(sizes)) == 1 and min(np.bincount(numbers)) > 1
    return np.array(numbers) if alike else np.zeros(len(folds), dtype=np.intp)
