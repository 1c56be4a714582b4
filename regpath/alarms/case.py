"""Case: a table and a recipe as the alarms look at them; everything is coded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Change
from regpath.alarms.columns import Column, Columns
from regpath.alarms.numbers import NumericColumns
from regpath.alarms.times import times_of
from regpath.core.problems.building import make_problem
from regpath.core.problems.inputs import check_frame
from regpath.core.problems.problem import Problem
from regpath.core.problems.split import split_rows
from regpath.errors import DataError
from regpath.io import Table
from regpath.recipe import Recipe

MOST_CELLS = 2_000_000  # that column-wise alarms look at
LEAST_ROWS = 1000  # that are looked at, however many columns there are


@dataclass(frozen=True, eq=False)
class Case:
    """What the alarms look at.

    Attributes
    ----------
    recipe : Recipe
    problem : Problem
        All rows in use.
    frame : DataFrame
        Those rows of every column but the target, whether it is used or not.
    sample : ndarray of int
        Positions of the rows that column-wise alarms look at, in order.
    """

    recipe: Recipe
    problem: Problem
    frame: pd.DataFrame
    sample: np.ndarray

    @classmethod
    def of(cls, table: Table, recipe: Recipe, problem: Problem | None) -> Case:
        """Build the problem of the recipe, if there is none yet, and choose the sample."""
        frame = check_frame(table)
        if not frame.index.is_unique:
            frame = frame.reset_index(drop=True)
            table, problem = replace(table, frame=frame), None
        if problem is None:
            problem = make_problem(table, recipe.target, **recipe.of_problem)
        assert problem.frame is not None  # it comes from a table
        kept = frame.loc[problem.frame.index].drop(columns=problem.target)
        return cls(recipe, problem, kept, _sample(*kept.shape))

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The columns of the table that features come from, in its order."""
        sources = set(self.problem.groups)
        return tuple(column for column in self.frame.columns.tolist() if column in sources)

    @cached_property
    def in_terms(self) -> set[str]:
        """The columns that products and powers are made of."""
        encoder = self.problem.encoder
        return {column for term in encoder.coding.terms for column in term} if encoder else set()

    @property
    def aside(self) -> tuple[str, ...]:
        """The columns of the table that serve for nothing."""
        helpers = (getattr(self.recipe, name) for name in ("weights", "group", "time", "exposure"))
        serving = {*self.used, *helpers}
        return tuple(column for column in self.frame.columns.tolist() if column not in serving)

    @cached_property
    def columns(self) -> Columns:
        """Every used column, on the sample."""
        return Columns(self.used, self._column)

    @cached_property
    def plain(self) -> NumericColumns:
        """All columns of integers and floats, used or not, on the sample."""
        return NumericColumns.of(self.frame, self.sample)

    @cached_property
    def others(self) -> Columns:
        """Every column that is not used, on the sample."""
        return Columns(self.aside, self._column)

    @cached_property
    def all_columns(self) -> Columns:
        """The used ones first, on the sample."""
        return Columns((*self.used, *self.aside), self._any_column)

    def _any_column(self, name: str) -> Column:
        return self.columns[name] if name in self.columns else self.others[name]

    @cached_property
    def times(self) -> dict[str, np.ndarray]:
        """When rows were collected, by each column that tells it, on the sample."""
        never = set(self.plain.names) - self.plain.may_tell_time
        told = {column.name: times_of(column) for column in self.all_columns.but(never)}
        return {name: times for name, times in told.items() if times is not None}

    def _column(self, name: str) -> Column:
        if name in self.plain.places:
            return self.plain.column(name)
        return Column.of(self.frame[name].iloc[self.sample])

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """The used columns that hold numbers or dates."""
        plain = self.plain.places
        return tuple(n for n in self.used if n in plain or self.columns[n].values is not None)

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """The values of those, on the sample; the median where they are missing."""
        matrix = np.empty((len(self.sample), len(self.numeric)))
        plain = self.plain.places
        own = [j for j, name in enumerate(self.numeric) if name in plain]
        matrix[:, own] = self.plain.values[:, [plain[self.numeric[j]] for j in own]]
        for j, name in enumerate(self.numeric):
            if name not in plain:
                matrix[:, j] = self.columns[name].values
        values = pd.DataFrame(matrix, columns=list(self.numeric))
        return values.fillna(values.median()) if np.isnan(matrix).any() else values

    @cached_property
    def ranks(self) -> np.ndarray:
        """Their ranks from 1, ties shared, shape (n, L)."""
        return self.numbers.rank().to_numpy()

    @cached_property
    def y(self) -> np.ndarray:
        """The coded target, on the sample."""
        return self.problem.y[self.sample]

    @cached_property
    def y_ranks(self) -> np.ndarray:
        """Ranks of an amount from 1, ties shared."""
        return pd.Series(self.y).rank().to_numpy()

    @property
    def classes(self) -> tuple[Any, ...]:
        """Labels of the classes; () for an amount."""
        return self.problem.classes

    @cached_property
    def one_hot(self) -> np.ndarray:
        """Class of each row of the sample, shape (n, K)."""
        return np.eye(len(self.classes))[self.y]

    @property
    def target(self) -> str:
        """Name of the target."""
        return self.problem.target

    @property
    def is_sampled(self) -> bool:
        """Whether the sample leaves rows out."""
        return len(self.sample) < self.problem.n_obs

    def row(self, position: int) -> Any:
        """The number that a person sees beside a row of the sample."""
        return self.frame.index[self.sample[position]]

    @cached_property
    def split(self) -> tuple[np.ndarray, np.ndarray] | DataError | None:
        """Positions of training and test rows; None without a test, or why there is none."""
        if self.recipe.test_size == 0.0:
            return None
        try:
            train, test = split_rows(self.problem, self.recipe.test_size, self.recipe.seed)
            if not self._teaches(train):
                self.problem.take(train)
        except DataError as error:
            return error
        return train, test

    def _teaches(self, rows: np.ndarray) -> bool:
        """Whether these rows surely have every class, and values of some column."""
        encoder = self.problem.encoder
        some_whole = encoder is not None and len(encoder.filled) < len(encoder.kinds)
        if not self.classes:
            return some_whole
        return some_whole and len(np.unique(self.problem.y[rows])) == len(self.classes)

    def without(self, columns: Sequence[str]) -> Change | None:
        """Leave columns out; None if they are all that there is."""
        if not set(self.used) - set(columns):
            return None
        return Change(leave_out=tuple(columns), used=self.used)

    def split_by(self, role: str, column: str) -> Change | None:
        """Split by "group" or "time"; None if the column has gaps, or the fit needs it."""
        needed = column in self.in_terms or not set(self.used) - {column}
        if needed or self.frame[column].isna().any():
            return None
        return Change(settings=((role, column),))


def _sample(n_rows: int, n_columns: int) -> np.ndarray:
    most = max(MOST_CELLS // max(n_columns, 1), LEAST_ROWS)
    if n_rows <= most:
        return np.arange(n_rows)
    return np.sort(np.random.default_rng(0).choice(n_rows, most, replace=False))
