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
    def columns(self) -> dict[str, Column]:
        """Each of them as a column."""
        ordered = np.sort(self.values, axis=0)  # gaps come last
        known = (~np.isnan(self.values)).any(axis=0)
        n_levels = np.where(known, (np.diff(ordered, axis=0) > 0.0).sum(axis=0) + 1, 0)
        is_whole = self.is_whole & known
        facts = zip(n_levels.tolist(), self.gaps.tolist(), is_whole.tolist(), strict=True)
        return {
            name: Column(name, values, values, facts=Facts(*each))
            for name, values, each in zip(self.names, self.values.T, facts, strict=True)
        }

    @cached_property
    def is_whole(self) -> np.ndarray:
        """Which hold whole numbers only, shape (L,)."""
        return np.asarray(((self.values == np.round(self.values)) | np.isnan(self.values)).all(0))

    @cached_property
    def may_tell_time(self) -> set[str]:
        """Those that may be years or count the rows; no other tells the time."""
        steps = np.diff(self.values, axis=0)
        counts = (steps == steps[:1]).all(axis=0) | self.gaps
        with np.errstate(invalid="ignore"):
            years = ~(self.values < YEARS[0]).any(axis=0) & ~(self.values > YEARS[1]).any(axis=0)
        found = years | (counts & self.is_whole)
        return {name for name, may in zip(self.names, found.tolist(), strict=True) if may}

    def varied(self, classes: np.ndarray, n_classes: int) -> set[str]:
        """Those without gaps that are constant in no class."""
        constant = self.gaps.copy()
        for k in range(n_classes):
            some = self.values[classes == k]
            constant |= (some == some[:1]).all(axis=0)
        return {name for name, one in zip(self.names, constant.tolist(), strict=True) if not one}
