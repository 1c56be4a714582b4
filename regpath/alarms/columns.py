"""Column: one column of a table as every alarm looks at it, coded once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.response import label_of


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known of a column of numbers that was looked at with others.

    Attributes
    ----------
    n_levels : int
        How many different values it has.
    has_gaps, is_whole : bool
    """

    n_levels: int
    has_gaps: bool
    is_whole: bool


@dataclass(frozen=True, eq=False)
class Column:
    """One column, on the rows that are looked at.

    Attributes
    ----------
    name : str
        Its name in the table.
    content : array
        Its cells; those of numbers and dates are `values`.
    values : ndarray of float or None
        NaN where missing or infinite; None for words. Dates count nanoseconds.
    is_date : bool, default=False
    facts : Facts or None, default=None
    """

    name: str
    content: Any
    values: np.ndarray | None
    is_date: bool = False
    facts: Facts | None = None

    @classmethod
    def of(cls, series: pd.Series) -> Column:
        """Code a column."""
        name = str(series.name)
        if pd.api.types.is_datetime64_any_dtype(series):
            missing = series.isna().to_numpy()
            stamps = series.astype("int64").to_numpy(float)
            values = np.where(missing, np.nan, stamps)
            return cls(name, values, values, is_date=True)
        if pd.api.types.is_numeric_dtype(series):
            values = series.to_numpy(float, na_value=np.nan)
            values = np.where(np.isfinite(values), values, np.nan)
            return cls(name, values, values)
        return cls(name, series.array, None)

    @cached_property
    def missing(self) -> np.ndarray:
        """Where nothing is known."""
        return np.asarray(pd.isna(self.content))

    @cached_property
    def _coded(self) -> tuple[np.ndarray, np.ndarray]:
        codes, levels = pd.factorize(self.content)
        return np.where(codes < 0, len(levels), codes), np.asarray(levels, dtype=object)

    @property
    def codes(self) -> np.ndarray:
        """Position of each row's level, in order of first appearance; the last for missing."""
        return self._coded[0]

    @property
    def levels(self) -> np.ndarray:
        """The different values, in order of first appearance."""
        return self._coded[1]

    @property
    def n_codes(self) -> int:
        """Number of different codes: the levels, and one more if some are missing."""
        return self.n_levels + int(self.has_gaps)

    @property
    def n_levels(self) -> int:
        """Number of different values."""
        return len(self.levels) if self.facts is None else self.facts.n_levels

    @property
    def has_gaps(self) -> bool:
        """Whether some are missing."""
        return bool(self.missing.any()) if self.facts is None else self.facts.has_gaps

    @cached_property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers only, and no date."""
        if self.values is None or self.is_date:
            return False
        if self.facts is not None:
            return self.facts.is_whole
        known = self.values[~self.missing]
        return len(known) > 0 and bool(np.all(known == np.round(known)))

    def label(self, code: int) -> Any:
        """How a message shows a level."""
        return label_of(self.levels[code]) if code < len(self.levels) else "missing"


class Columns(Mapping[str, Column]):
    """Columns by their names, each made when it is first asked for: of a wide table few are.

    Parameters
    ----------
    names : iterable of str
        In their order.
    make : callable
        Gives the column of a name.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Column]) -> None:
        self._made: dict[str, Column | None] = dict.fromkeys(names)
        self._make = make

    def __getitem__(self, name: str) -> Column:
        column = self._made[name]
        if column is None:
            column = self._made[name] = self._make(name)
        return column

    def __contains__(self, name: object) -> bool:
        return name in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def but(self, dull: Collection[str]) -> Iterator[Column]:
        """Those with other names, in order."""
        kept = self._made.keys() - set(dull)
        return (self[name] for name in self._made if name in kept)
