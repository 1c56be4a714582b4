"""Coding: the choices by which columns become features, and the terms made of several columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import pandas as pd

from regpath.core.checks import check_choice, check_count
from regpath.errors import ParameterError

MISSING_CHOICES = ("impute", "mean", "indicator", "drop")
CODING_CHOICES = ("all", "reference")
LevelGroups = tuple[tuple[str, str, tuple[str, ...]], ...]
Term = tuple[str, ...]

_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_SUPERSCRIPTS = str.maketrans("0123456789", _RAISED)
_POWER = re.compile(r"(.+?)(?:\s*(?:\^|\*\*)\s*([2-9])|([\u00b2\u00b3\u2074-\u2079]))")
_TIMES = (" \u00d7 ", "\u00d7", " * ", "*", ":")
_MOST_FACTORS = 9  # of one product of columns


@dataclass(frozen=True)
class Coding:
    """How columns become features; what it learns, it learns from the rows of a fit.

    Parameters
    ----------
    missing : {"impute", "mean", "indicator", "drop"}, default="impute"
    min_level_count : int, default=1
        Levels in fewer rows than this are pooled as "other".
    coding : {"all", "reference"}, default="all"
    level_groups : tuple of (column, new level, levels)
        Levels that count as one.
    terms : tuple of tuple of str
        Columns to be multiplied with each other.
    """

    missing: str = "impute"
    min_level_count: int = 1
    coding: str = "all"
    level_groups: LevelGroups = ()
    terms: tuple[Term, ...] = ()
    _new_level: dict[str, dict[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_choice(self.missing, "missing", "make_problem", MISSING_CHOICES)
        check_choice(self.coding, "coding", "make_problem", CODING_CHOICES)
        check_count(self.min_level_count, "min_level_count", "make_problem")
        new: dict[str, dict[str, str]] = {}
        for column, name, levels in self.level_groups:
            new.setdefault(column, {}).update(dict.fromkeys(levels, name))
        object.__setattr__(self, "_new_level", new)

    def without(self, column: str) -> Coding:
        """The same, but for the groups of levels of one column."""
        groups = tuple(group for group in self.level_groups if group[0] != column)
        return self if groups == self.level_groups else replace(self, level_groups=groups)

    def merged(self, values: pd.Series) -> pd.Series:
        """A column with its grouped levels put together."""
        new = self._new_level.get(str(values.name))
        return values if new is None else values.map(lambda level: new.get(level, level))


def check_level_groups(groups: Any, columns: Iterable[str]) -> LevelGroups:
    """Groups of levels, from {column: {new level: levels}} or from tuples of the three."""
    if isinstance(groups, Mapping):
        groups = [
            (column, new, levels) for column, of in groups.items() for new, levels in of.items()
        ]
    found = tuple(
        (str(column), str(new), tuple(map(str, levels))) for column, new, levels in groups
    )
    for column, _, _ in found:
        if column not in columns:
            raise ParameterError(f"'level_groups' names a column {column!r}, which does not exist.")
    return found


def parse_terms(terms: Sequence[str] | str, columns: Sequence[str]) -> tuple[Term, ...]:
    """Columns that each term multiplies.

    >>> parse_terms(["age × dose", "age²", "dose^3"], ["age", "dose"])
    (('age', 'dose'), ('age', 'age'), ('dose', 'dose', 'dose'))
    """
    terms = [terms] if isinstance(terms, str) else terms
    known = set(columns)
    return tuple(dict.fromkeys(_ordered(_factors(str(term), known), columns) for term in terms))


def term_name(factors: Iterable[str]) -> str:
    """What a product of features is called.

    >>> term_name(["age", "age", "dose"])
    'age² × dose'
    """
    powers = [(name, len(list(same))) for name, same in groupby(factors)]
    return " \u00d7 ".join(
        name if power == 1 else name + str(power).translate(_SUPERSCRIPTS) for name, power in powers
    )


def _ordered(factors: Term, columns: Sequence[str]) -> Term:
    place = {column: i for i, column in enumerate(columns)}
    return tuple(sorted(factors, key=place.__getitem__))


def _factors(term: str, known: set[str]) -> Term:
    """Split a term at whichever sign leaves columns that exist; names may hold such signs."""
    for sign in _TIMES:
        parts = [part.strip() for part in term.split(sign)]
        found = [_power(part, known) for part in parts]
        if all(found):
            factors = tuple(column for each in found for column in each)
            if 2 <= len(factors) <= _MOST_FACTORS:
                return factors
    raise ParameterError(
        f"The term {term!r} is not a product or a power of columns.",
        'Write it as "age \u00d7 dose" or "age^2", with the names of columns in use.',
    )


def _power(part: str, known: set[str]) -> Term:
    if part in known:
        return (part,)
    match = _POWER.fullmatch(part)
    if match is None or match[1] not in known:
        return ()
    power = int(match[2]) if match[2] else _RAISED.index(match[3])
    return (match[1],) * power
