"""Column: one column of a table as every alarm looks at it, coded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.response import label_of


@dataclass(frozen=True, eq=False)
class Column:
    """One column, on the rows that are looked at.

    Attributes
    ----------
    series : Series
    values : ndarray of float or None
        NaN where missing or infinite; None for words. Dates count nanoseconds.
    """

    series: pd.Series
    values: np.ndarray | None

    @classmethod
    def of(cls, series: pd.Series) -> Column:
        """Code a column."""
        if pd.api.types.is_datetime64_any_dtype(series):
            missing = series.isna().to_numpy()
            stamps = series.astype("int64").to_numpy(float)
            return cls(series, np.where(missing, np.nan, stamps))
        if pd.api.types.is_numeric_dtype(series):
            values = series.to_numpy(float, na_value=np.nan)
            return cls(series, np.where(np.isfinite(values), values, np.nan))
        return cls(series, None)

    @property
    def name(self) -> str:
        """Its name in the table."""
        return str(self.series.name)

    @cached_property
    def missing(self) -> np.ndarray:
        """Where nothing is known."""
        return np.asarray(self.series.isna()) if self.values is None else np.isnan(self.values)

    @cached_property
    def _coded(self) -> tuple[np.ndarray, np.ndarray]:
        content = self.series.array if self.values is None else self.values
        codes, levels = pd.factorize(content)
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
        return len(self.levels) + int(self.missing.any())

    @cached_property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers only, and no date."""
        if self.values is None or pd.api.types.is_datetime64_any_dtype(self.series):
            return False
        known = self.values[~self.missing]
        return len(known) > 0 and bool(np.all(known == np.round(known)))

    def label(self, code: int) -> Any:
        """How a message shows a level."""
        return label_of(self.levels[code]) if code < len(self.levels) else "missing"
