"""Numbers: the numeric columns of a case in one matrix, and what is told of all at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from regpath.alarms.columns import Column, Facts
from regpath.alarms.times import YEARS


@dataclass(frozen=True, eq=False)
class NumericColumns:
    """Columns of plain numbers, on the rows that are looked at.

    Attributes
    ----------
    names : tuple of str
    values : ndarray of shape (n, L)
        NaN where missing or infinite.
    """

    names: tuple[str, ...]
    values: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, rows: np.ndarray) -> NumericColumns:
        """Take the columns of integers and floats out of a frame."""
        kinds = [isinstance(d, np.dtype) and d.kind in "iuf" for d in frame.dtypes.tolist()]
        numbers = frame.loc[:, kinds]
        values = numbers.to_numpy(dtype=float)[rows]
        return cls(tuple(numbers.columns.tolist()), np.where(np.isfinite(values), values, np.nan))

    @cached_property
    def gaps(self) -> np.ndarray:
        """Which columns have gaps, shape (L,)."""
        return np.asarray(np.isnan(self.values).any(axis=0))

    @cached_property
    def n_levels(self) -> np.ndarray:
        """How many different values each has, shape (L,)."""
        ordered = np.sort(self.values, axis=0)  # gaps come last
        return np.where(self._known, (np.diff(ordered, axis=0) > 0.0).sum(axis=0) + 1, 0)

    @property
    def n_codes(self) -> np.ndarray:
        """Different codes of each: its levels, and one more for gaps, shape (L,)."""
        return np.asarray(self.n_levels + self.gaps)

    @cached_property
    def _known(self) -> np.ndarray:
        return np.asarray((~np.isnan(self.values)).any(axis=0))

    def named(self, chosen: np.ndarray) -> set[str]:
        """Names of the columns where a mask of shape (L,) is true."""
        return {self.names[j] for j in np.flatnonzero(chosen).tolist()}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each name stands."""
        return {name: j for j, name in enumerate(self.names)}

    def column(self, name: str) -> Column:
        """One of them as a column."""
        j = self.places[name]
        values = self.values[:, j]
        facts = Facts(int(self.n_levels[j]), bool(self.gaps[j]), bool(self.is_whole[j]))
        return Column(name, values, values, facts=facts)

    @cached_property
    def is_whole(self) -> np.ndarray:
        """Which hold whole numbers only, and at least one, shape (L,)."""
        whole = (self.values == np.round(self.values)) | np.isnan(self.values)
        return np.asarray(whole.all(axis=0) & self._known)

    @cached_property
    def may_tell_time(self) -> set[str]:
        """Those that may be years or count the rows; no other tells the time."""
        steps = np.diff(self.values, axis=0)
        counts = (steps == steps[:1]).all(axis=0) | self.gaps
        with np.errstate(invalid="ignore"):
            years = ~(self.values < YEARS[0]).any(axis=0) & ~(self.values > YEARS[1]).any(axis=0)
        return self.named(years | (counts & self.is_whole))

    def varied(self, classes: np.ndarray, n_classes: int) -> set[str]:
        """Those without gaps that are constant in no class."""
        constant = self.gaps.copy()
        for k in range(n_classes):
            some = self.values[classes == k]
            constant |= (some == some[:1]).all(axis=0)
        return self.named(~constant)
