"""Numbers of a frame in one block, where they have gaps, and what stands for those."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from regpath.errors import DataError


def floats_of(frame: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Columns of numbers as floats, NaN where missing; infinite ones and words are refused."""
    if not columns:
        return np.zeros((len(frame), 0))
    try:
        values = frame[columns].to_numpy(float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        words = [c for c in columns if not pd.api.types.is_numeric_dtype(frame[c])]
        raise DataError(
            f"Column {(words or columns)[0]!r} must hold numbers, as it did when the path was fit.",
            "Correct the column's values.",
        ) from error
    if np.isinf(values).any():
        row, column = (int(i[0]) for i in np.nonzero(np.isinf(values)))
        raise DataError(
            f"Column {columns[column]!r} is infinite in row {frame.index[row]}.",
            "Correct or empty the cell.",
        )
    return values


def gaps_of(
    frame: pd.DataFrame, kinds: dict[str, str], numeric: list[str], absent: np.ndarray
) -> tuple[dict[str, bool], dict[str, bool]]:
    """Which columns have gaps, and which nothing else; `absent` tells of the cells of numbers."""
    words = {c: frame[c].isna().to_numpy() for c, kind in kinds.items() if kind != "numeric"}
    some: list[bool] = np.any(absent, axis=0).tolist()
    every: list[bool] = np.all(absent, axis=0).tolist()
    return (
        dict(zip(numeric, some, strict=True)) | {c: bool(gaps.any()) for c, gaps in words.items()},
        dict(zip(numeric, every, strict=True)) | {c: bool(gaps.all()) for c, gaps in words.items()},
    )


def filled_with(values: np.ndarray, fills: list[Any]) -> np.ndarray:
    """The columns with what stands for their gaps."""
    gaps = np.isnan(values)
    if not gaps.any():
        return values
    return np.where(gaps, np.array(fills, dtype=float), values)


def centres_of(numeric: list[str], values: np.ndarray, missing: str) -> dict[str, Any]:
    """What stands for gaps in numbers; 0 in a column without values."""
    centre = np.mean if missing == "mean" else np.median
    gaps = np.isnan(values).any(axis=0)
    found = np.zeros(len(numeric))
    if not gaps.all():
        found[~gaps] = centre(values[:, ~gaps], axis=0)
    for j in np.flatnonzero(gaps):
        known = values[~np.isnan(values[:, j]), j]
        found[j] = centre(known) if len(known) else 0.0
    return dict(zip(numeric, found.tolist(), strict=True))
