"""A column that is the target under another coding: other words, other numbers, another scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_chance_of_match, log_chance_of_step
from regpath.alarms.columns import Column
from regpath.alarms.strength import squared_correlations
from regpath.wording import counted, listed

KIND = "target_copy"
LEAST_AGREEMENT = 0.98  # of all rows; a copy that was typed or recoded by hand has a few slips
LEAST_OVERLAP = 0.9  # rows in both a class and its level, of the rows in either
LEAST_R2 = 0.9999  # of a straight line: what is left is rounding of what was written
MOST_SHOWN = 4  # levels that are named
ROUNDING = 1e-9  # a constant below this share of the largest amount is none
EFFECT = (
    "The path would take it first and need nothing else; its scores would be those of knowing "
    "the answer."
)


class Match(NamedTuple):
    """Which level stands for which class, and the rows where it does not."""

    levels: np.ndarray
    wrong: np.ndarray
    sizes: np.ndarray


def target_copies(case: Case) -> Iterator[Alarm]:
    """Find columns that repeat the target, each or together."""
    return _of_classes(case) if case.classes else _of_amount(case)


def _of_classes(case: Case) -> Iterator[Alarm]:
    n_classes = len(case.classes)
    marks: dict[str, tuple[int, Match]] = {}
    most = 3 * n_classes
    for column in case.columns.but(case.plain.named(case.plain.n_codes > most)):
        if not 2 <= column.n_codes <= most:
            continue
        match = matched(case.y, n_classes, column)
        if match is not None and _convinces(match, len(case.used)):
            yield _alarm(case, column, match, case.classes)
        elif n_classes > 2 and column.n_codes == 2 and (mark := _flagged_class(case, column)):
            marks[column.name] = mark
    if n_classes - 1 <= len({k for k, _ in marks.values()}):
        yield _together(case, marks)
        return
    for name, (k, match) in marks.items():
        label = case.classes[k]
        yield _alarm(case, case.columns[name], match, (f"not {label}", label))


def _flagged_class(case: Case, column: Column) -> tuple[int, Match] | None:
    """The class that a column of two values tells from the rest."""
    for k in range(len(case.classes)):
        match = matched((case.y == k).astype(np.intp), 2, column)
        if match is not None and _convinces(match, len(case.used) * len(case.classes)):
            return k, match
    return None


def matched(y: np.ndarray, n_classes: int, column: Column) -> Match | None:
    """A different level for each class, if nearly all rows follow it."""
    table = np.bincount(y * column.n_codes + column.codes, minlength=n_classes * column.n_codes)
    table = table.reshape(n_classes, column.n_codes)
    levels = table.argmax(axis=1)
    both = table.max(axis=1)
    overlap = both / (table.sum(axis=1) + table.sum(axis=0)[levels] - both)
    if len(set(levels)) < n_classes or overlap.min() < LEAST_OVERLAP:
        return None
    if both.sum() < LEAST_AGREEMENT * len(y):
        return None
    return Match(levels, np.flatnonzero(levels[y] != column.codes), table.sum(axis=1))


def _convinces(match: Match, n_columns: int) -> bool:
    return is_striking(log_chance_of_match(match.sizes, len(match.wrong)), n_columns)


def _alarm(case: Case, column: Column, match: Match, labels: tuple[object, ...]) -> Alarm:
    shown = [
        f"{column.label(int(level))!r} for {label!r}"
        for level, label in zip(match.levels[:MOST_SHOWN], labels, strict=False)
    ]
    more = ", ..." if len(labels) > MOST_SHOWN else ""
    n, n_wrong = len(case.y), len(match.wrong)
    but = f" (not in row {case.row(int(match.wrong[0]))})" if n_wrong else ""
    what = (
        f"{column.name!r} repeats {case.target!r} in another coding: {', '.join(shown)}{more}, "
        f"in {n - n_wrong} of {counted(n, 'row')}{but}."
    )
    return _worded(case, column.name, what, whole=len(labels) == len(case.classes))


def _together(case: Case, marks: dict[str, tuple[int, Match]]) -> Alarm:
    """Columns with a mark for each class but one at most: the target, one-hot."""
    names = tuple(marks)
    shown = [f"{name!r} for {case.classes[k]!r}" for name, (k, _) in marks.items()]
    more = ", ..." if len(shown) > MOST_SHOWN else ""
    what = (
        f"{len(names)} columns together repeat {case.target!r}, each one class of it: "
        f"{', '.join(shown[:MOST_SHOWN])}{more}, over {counted(len(case.y), 'row')}."
    )
    remedy = f"Leave {listed(names)} out"
    return Alarm(KIND, "severe", names, what, EFFECT, remedy, case.without(names))


def _worded(case: Case, name: str, what: str, *, whole: bool = True) -> Alarm:
    # One class of several may have a natural mark, as milk has mammals: a warning only.
    severity = "severe" if whole else "warning"
    remedy = f"Leave {name!r} out"
    return Alarm(KIND, severity, (name,), what, EFFECT, remedy, case.without((name,)))


def _of_amount(case: Case) -> Iterator[Alarm]:
    if not case.numeric:
        return
    n = len(case.y)
    straight = squared_correlations(case.numbers.to_numpy(), case.y)
    monotone = squared_correlations(case.ranks, case.y_ranks)
    for name, r2, rank_r2 in zip(case.numeric, straight, monotone, strict=True):
        # A target that only ever rises is in step with every date.
        best = r2 if name in case.times else max(r2, rank_r2)
        if best < LEAST_R2 or not is_striking(log_chance_of_step(case.y, best), len(case.used)):
            continue
        if r2 >= LEAST_R2:
            told = f"is {case.target!r} on another scale: {_line(case, name)}"
            figure = f"R2 {r2:.6f}"
        else:
            told = f"rises or falls with {case.target!r} in step, whatever its scale"
            figure = f"squared rank correlation {rank_r2:.6f}"
        yield _worded(case, name, f"{name!r} {told} ({figure}, {counted(n, 'row')}).")


def _line(case: Case, name: str) -> str:
    x = case.numbers[name].to_numpy()
    size = np.abs(x).max()
    centred = x / size - (x / size).mean()
    slope = float(centred @ case.y / (centred @ centred) / size)
    start = float(case.y.mean() - slope * x.mean())
    if abs(start) < ROUNDING * np.abs(case.y).max():
        return f"{slope:.6g} x {name}"
    return f"{slope:.6g} x {name} {'+' if start > 0 else '-'} {abs(start):.6g}"
