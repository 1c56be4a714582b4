"""Complementary halves: rows dealt at random into two halves that share none, many times over."""

from __future__ import annotations

import numpy as np

from regpath.core.problems.problem import Problem
from regpath.errors import DataError

TRIES = 50  # deals of whole groups, until both halves hold every class


def deal_halves(problem: Problem, n_pairs: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Positions of the rows of both halves of each pair, in order.

    Classes are dealt evenly: each half holds half of the rows of every class (of an odd number one
    row, drawn at random, sits out), so that the two halves are alike and share nothing. Where rows
    belong together (`problem.row_groups`), whole groups are dealt. Rows without weight sit out.

    Raises
    ------
    DataError
        If a class, or any variation of the response, cannot be in both halves.
    """
    rows = np.flatnonzero(problem.sample_weight > 0.0)
    random = np.random.default_rng(seed)
    if problem.row_groups is not None:
        return [_whole_groups(problem, rows, random) for _ in range(n_pairs)]
    stratum = problem.strata[rows]
    kinds = [rows[stratum == k] for k in np.unique(stratum)]
    pairs = []
    for _ in range(n_pairs):
        dealt = [random.permutation(kind) for kind in kinds]
        first = np.concatenate([part[: len(part) // 2] for part in dealt])
        second = np.concatenate([part[len(part) // 2 : 2 * (len(part) // 2)] for part in dealt])
        _check_halves(problem, first, second)
        pairs.append((np.sort(first), np.sort(second)))
    return pairs


def _whole_groups(
    problem: Problem, rows: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    codes, found = np.unique(np.asarray(problem.row_groups)[rows].astype(str), return_inverse=True)
    half = len(codes) // 2
    for attempt in range(TRIES):
        order = random.permutation(len(codes))
        first, second = (
            rows[np.isin(found, chosen)] for chosen in (order[:half], order[half : 2 * half])
        )
        try:
            _check_halves(problem, first, second)
            break
        except DataError:
            if attempt == TRIES - 1:
                raise
    return first, second


def _check_halves(problem: Problem, first: np.ndarray, second: np.ndarray) -> None:
    for half in (first, second):
        y = problem.y[half]
        if problem.classes:
            counts = np.bincount(y, minlength=len(problem.classes))
            if not counts.all():
                raise DataError(
                    f"Class {problem.classes[int(np.argmin(counts))]!r} of target "
                    f"{problem.target!r} has too few rows to be in both halves.",
                    "Leave the class out, or merge it with another.",
                )
        elif y.size == 0 or np.ptp(y) == 0.0:
            raise DataError(
                f"Target {problem.target!r} is the same in every row of a half.",
                "Use more rows or another seed.",
            )
