"""The list of alarms, and find_alarms: every one that a table and a recipe set off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from regpath.alarms.alarm import Alarm, by_severity
from regpath.alarms.binned_target import binned_target
from regpath.alarms.case import Case
from regpath.alarms.collinear import collinear_columns
from regpath.alarms.constant_in_class import constant_in_class
from regpath.alarms.few_rows import few_rows
from regpath.alarms.ids import id_columns
from regpath.alarms.imbalance import imbalance
from regpath.alarms.missing_by_class import missing_by_class
from regpath.alarms.near_duplicates import KIND as COPIES
from regpath.alarms.near_duplicates import near_duplicates
from regpath.alarms.repeated_rows import repeated_rows
from regpath.alarms.row_groups import row_groups
from regpath.alarms.row_order import row_order
from regpath.alarms.same_levels import same_levels
from regpath.alarms.separating_column import lone_columns
from regpath.alarms.separation import separation
from regpath.alarms.target_copy import target_copies
from regpath.alarms.time_order import time_order
from regpath.alarms.total_row import total_rows
from regpath.core.progress import Progress, part_of, tell
from regpath.errors import ParameterError
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study

FindsAlarms = Callable[[Case], Iterator[Alarm]]
# Of two as severe, the first says more of a column.
LEAK_CHECKS: list[FindsAlarms] = [
    target_copies,
    missing_by_class,
    lone_columns,
    binned_target,
    constant_in_class,
]
CHECKS: list[FindsAlarms] = [
    same_levels,
    id_columns,
    repeated_rows,
    total_rows,
    near_duplicates,
    few_rows,
    imbalance,
    row_groups,
    time_order,
    row_order,
]
# Shares of the whole that are done, on mushrooms (8 124 rows of 22 columns) and about.
CODED, LEAKS_DONE, CHECKS_DONE, SEPARATION_DONE = 0.05, 0.3, 0.5, 0.95


def find_alarms(
    subject: Study | Table | pd.DataFrame,
    recipe: Recipe | None = None,
    *,
    progress: Progress | None = None,
) -> tuple[Alarm, ...]:
    """Look for what would fool a path, before it does.

    Parameters
    ----------
    subject : Study, Table or DataFrame
        A study, or data with the recipe to be carried out on them.
    recipe : Recipe, default=None
        Needed for a Table or DataFrame; a study brings its own.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    tuple of Alarm
        Severe ones first. `alarm.change.apply(recipe)` carries a remedy out.

    Raises
    ------
    DataError
        If the data cannot answer the question of the recipe.
    ParameterError
        If there is no recipe.

    Examples
    --------
    >>> import regpath
    >>> frame = regpath.datasets.load("iris").frame
    >>> frame["code"] = frame["species"].map({"setosa": 3, "versicolor": 1, "virginica": 2})
    >>> alarms = find_alarms(frame, regpath.Recipe("species"))
    >>> alarms[0].kind, alarms[0].columns, alarms[0].remedy
    ('target_copy', ('code',), "Leave 'code' out")
    """
    tell(progress, 0.0)
    case = _case(subject, recipe)
    leaks = list(_leaks(case, part_of(progress, CODED, LEAKS_DONE)))
    found = [*leaks, *_from(CHECKS, case, part_of(progress, LEAKS_DONE, CHECKS_DONE))]
    if not any(alarm.severity == "severe" for alarm in leaks):  # a leak separates, as is known
        found += separation(case, part_of(progress, CHECKS_DONE, SEPARATION_DONE))
    tell(progress, SEPARATION_DONE)
    found += _ties(case, found)
    tell(progress, 1.0)
    return by_severity([*found, *_sampled(case)])


def _case(subject: Study | Table | pd.DataFrame, recipe: Recipe | None) -> Case:
    if isinstance(subject, Study):
        return Case.of(subject.table, subject.recipe, subject.problem)
    if recipe is None:
        raise ParameterError(
            "find_alarms needs a recipe beside a table.", 'Bring one, such as Recipe("target").'
        )
    table = Table.from_frame(subject) if isinstance(subject, pd.DataFrame) else subject
    return Case.of(table, recipe, None)


def _from(checks: Sequence[FindsAlarms], case: Case, progress: Progress | None) -> Iterator[Alarm]:
    for done, check in enumerate(checks):
        tell(progress, done, len(checks))
        yield from check(case)


def _leaks(case: Case, progress: Progress | None) -> Iterator[Alarm]:
    """What is worst about each column, and no more."""
    told: set[str] = set()
    for alarm in by_severity(_from(LEAK_CHECKS, case, progress)):
        if not told & set(alarm.columns):
            told |= set(alarm.columns)
            yield alarm


def _ties(case: Case, found: list[Alarm]) -> Iterator[Alarm]:
    """Linear relations that are more than copies of one another."""
    copies = [set(alarm.columns) for alarm in found if alarm.kind == COPIES]
    for alarm in collinear_columns(case):
        if not any(set(alarm.columns) <= group for group in copies):
            yield alarm


def _sampled(case: Case) -> Iterator[Alarm]:
    if case.is_sampled:
        n = len(case.sample)
        yield Alarm(
            "sampled",
            "hint",
            (),
            f"Columns were looked at on {n} of {case.problem.n_obs} rows, drawn at random.",
            "Rare cases may have been missed.",
            "Nothing to do",
        )
