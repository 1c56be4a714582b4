"""Alarm: something in the data that would fool a path, with its evidence and its remedy; frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from regpath.core.problems.coding import LevelGroups, parse_terms
from regpath.errors import ParameterError
from regpath.recipe import Recipe
from regpath.shown import Shown

SEVERITIES = ("severe", "warning", "hint")
FIELDS = ("severity", "kind", "columns", "what", "effect", "remedy")


@dataclass(frozen=True)
class Change:
    """How a remedy changes a recipe.

    Attributes
    ----------
    leave_out : tuple of str
        Columns that are no longer used, nor the terms made of them.
    used : tuple of str
        The columns in use when the alarm was found: what features=None meant then.
    settings : tuple of (str, object)
        Other fields of the recipe, with their new values.
    level_groups : tuple of (column, new level, levels)
        Levels, or classes of the target, that count as one from now on.
    """

    leave_out: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    level_groups: LevelGroups = ()

    def apply(self, recipe: Recipe) -> Recipe:
        """The recipe with the remedy carried out; several changes can follow one another."""
        values = dict(self.settings)
        if self.leave_out:
            features = self.used if recipe.features is None else recipe.features
            kept = tuple(c for c in features if c not in self.leave_out)
            values["features"] = kept
            values["terms"] = tuple(term for term in recipe.terms if _is_made_of(term, kept))
        if self.level_groups:
            values["level_groups"] = (*recipe.level_groups, *self.level_groups)
            values["classes"] = self._joined(recipe)
        return replace(recipe, **values)

    def _joined(self, recipe: Recipe) -> tuple[Any, ...] | None:
        """The order of the classes, each named once."""
        if recipe.classes is None:
            return None
        groups = [(new, levels) for column, new, levels in self.level_groups]
        of = [
            g
            for g, (column, *_) in zip(groups, self.level_groups, strict=True)
            if column == recipe.target
        ]
        new = {level: name for name, levels in of for level in levels}
        return tuple(dict.fromkeys(new.get(str(label), label) for label in recipe.classes))


def _is_made_of(term: str, columns: tuple[str, ...]) -> bool:
    try:
        return bool(parse_terms(term, columns))
    except ParameterError:
        return False


@dataclass(frozen=True)
class Alarm(Shown):
    """One alarm.

    Attributes
    ----------
    kind : str
        Stable name, such as "target_copy"; docs/alarms.md lists them.
    severity : {"severe", "warning", "hint"}
        Severe: results mislead until it is settled. Warning: look at it. Hint: good to know.
    columns : tuple of str
        The columns it is about; () where it is about rows or the target.
    what : str
        What was found, with figures and rows.
    effect : str
        What it would do to the path.
    remedy : str
        What to do: the label of the one-click remedy, or advice where `change` is None.
    change : Change or None
        Carries the remedy out; None where no recipe does.

    Examples
    --------
    >>> import regpath
    >>> frame = regpath.datasets.load("iris").frame
    >>> frame["code"] = frame["species"].map({"setosa": 3, "versicolor": 1, "virginica": 2})
    >>> recipe = regpath.Recipe("species")
    >>> alarm = regpath.find_alarms(frame, recipe)[0]
    >>> alarm.severity, alarm.columns
    ('severe', ('code',))
    >>> "code" in alarm.change.apply(recipe).features
    False
    """

    kind: str
    severity: str
    columns: tuple[str, ...]
    what: str
    effect: str
    remedy: str
    change: Change | None = None

    def _summary(self) -> str:
        return f"{self.severity}: {self.what}\n{self.effect}\n{self.remedy}"


def by_severity(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """The severe ones first, else in the order in which they come."""
    return tuple(sorted(alarms, key=lambda alarm: SEVERITIES.index(alarm.severity)))


def alarms_frame(alarms: Sequence[Alarm]) -> pd.DataFrame:
    """One row for each alarm, in their order.

    Parameters
    ----------
    alarms : sequence of Alarm
        As `find_alarms` gives them.

    Returns
    -------
    DataFrame
        Columns severity, kind, columns (joined by commas), what, effect, remedy, one_click.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> frame = regpath.alarms_frame(regpath.find_alarms(table, regpath.Recipe("species")))
    >>> list(frame)
    ['severity', 'kind', 'columns', 'what', 'effect', 'remedy', 'one_click']
    """
    rows = [
        {name: getattr(alarm, name) for name in FIELDS}
        | {"columns": ", ".join(alarm.columns), "one_click": alarm.change is not None}
        for alarm in alarms
    ]
    return pd.DataFrame(rows, columns=[*FIELDS, "one_click"])
