"""Rows that repeat earlier rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

DUPLICATES_CHOICES = ("keep", "drop")


def repeats(frame: pd.DataFrame, columns: Sequence[str], among: np.ndarray) -> np.ndarray:
    """Which rows of `among` (a mask) repeat an earlier one of them in all of `columns`.

    Missing values are equal to one another.
    """
    again = np.zeros(len(frame), dtype=bool)
    again[among] = frame.loc[among, list(columns)].duplicated().to_numpy()
    return again
