"""What a column held on the rows of a fit: what new rows are compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

N_BINS = 10  # of a column of numbers: the customary number for a stability index


@dataclass(frozen=True)
class TrainingColumn:
    """What a column held on the rows of the fit.

    Parameters
    ----------
    n_missing : int
        Rows without a value.
    edges : tuple of float
        Of numbers: the smallest, the inner deciles and the largest, each once; () for words.
    levels : tuple of str
        Of words: the levels that occurred, as they were coded; () for numbers.
    counts : tuple of int
        Rows between two edges (the upper one included, the first both), or of each level.
    """

    n_missing: int
    edges: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()

    @classmethod
    def of_numbers(cls, values: pd.Series) -> TrainingColumn:
        """What a column of numbers holds."""
        numbers = values.to_numpy(float, na_value=np.nan)
        known = numbers[~np.isnan(numbers)]
        if not len(known):
            return cls(len(numbers))
        edges = np.unique(np.quantile(known, np.linspace(0.0, 1.0, N_BINS + 1)))
        counts = bin_counts(known, edges)
        return cls(len(numbers) - len(known), tuple(edges.tolist()), (), tuple(counts))

    @classmethod
    def of_words(cls, values: pd.Series) -> TrainingColumn:
        """What a column of words holds."""
        counts = values.dropna().astype(str).value_counts().sort_index()
        levels = tuple(map(str, counts.index))
        return cls(int(values.isna().sum()), (), levels, tuple(counts.tolist()))


def bin_counts(known: np.ndarray, edges: np.ndarray) -> list[int]:
    """Rows between two edges, the upper one included; what lies outside joins the end bins."""
    inner = np.searchsorted(edges[1:-1], known, side="left")
    found: list[int] = np.bincount(inner, minlength=max(len(edges) - 1, 1)).tolist()
    return found
