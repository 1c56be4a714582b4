"""Exposure: how long or how much of a row was watched while its events were counted.

Expected counts are proportional to it: its log is added to the linear predictor, with no
coefficient of its own (an offset).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.families import FAMILIES, Family
from regpath.errors import DataError, ParameterError
from regpath.io import Table


def check_exposure(values: Any, n: int) -> np.ndarray:
    """Exposures of `n` rows, each a number above 0; one number stands for all of them."""
    try:
        exposure = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise DataError(
            "The exposures must be numbers.", "Leave them out if every row was watched alike."
        ) from error
    exposure = np.full(n, float(exposure)) if exposure.ndim == 0 else exposure.ravel()
    if len(exposure) != n:
        raise DataError(
            f"There are {n} rows and {len(exposure)} exposures.", "Bring one for each row."
        )
    wrong = ~(np.isfinite(exposure) & (exposure > 0.0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise DataError(
            f"The exposure of row {row} (counted from 0) is {exposure[row]:g}.",
            "Exposures are numbers above 0; drop rows without one.",
        )
    return exposure


def exposure_in(frame: pd.DataFrame, column: str) -> np.ndarray:
    """The exposures in a column of a table; what is wrong with them is said by row."""
    if column not in frame.columns:
        raise DataError(
            f"There is no column {column!r} for 'exposure'.", "Check the spelling of its name."
        )
    values = frame[column]
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        raise DataError(
            f"The exposures in column {column!r} must be numbers.", "Choose another column."
        )
    exposure = values.to_numpy(float, na_value=np.nan)
    wrong = ~(np.isfinite(exposure) & (exposure > 0.0))
    if wrong.any():
        place = int(np.argmax(wrong))
        value = "missing" if np.isnan(exposure[place]) else f"{exposure[place]:g}"
        raise DataError(
            f"The exposure in row {frame.index[place]} of column {column!r} is {value}.",
            "Exposures are numbers above 0; correct it or remove the row.",
        )
    return exposure


def exposure_of_new(X: Any, given: Any, column: str, n: int) -> np.ndarray | None:
    """Exposures of new rows for a fit whose exposures came from `column`; None if it had none.

    `given` ones count before those that a table or frame `X` holds.
    """
    if not column:
        if given is not None:
            raise ParameterError(
                "The path was fit without exposures, so it predicts nothing by exposure.",
                "Fit it with exposures, or leave them out.",
            )
        return None
    frame = X.frame if isinstance(X, Table) else X
    if given is not None:
        return check_exposure(given, n)
    if isinstance(frame, pd.DataFrame) and column in frame.columns:
        return exposure_in(frame, column)
    raise DataError(
        f"The path was fit with an exposure ({column!r}), and these rows bring none.",
        "Bring that column, or exposure=...; exposure=1 predicts for one unit of it.",
    )


def without_exposure(X: Any, column: str, features: Sequence[str]) -> Any:
    """The columns of a frame but for that of exposures, unless it is a feature too."""
    if column and column not in features and isinstance(X, pd.DataFrame) and column in X.columns:
        return X.drop(columns=column)
    return X


def refuse_exposure(family: Family, exposure: Any, caller: str) -> None:
    """Refuse an exposure where nothing is counted."""
    if exposure is not None and not family.has_exposure:
        able = " or ".join(repr(each.name) for each in FAMILIES.values() if each.has_exposure)
        raise ParameterError(
            f"The 'exposure' parameter of {caller} is for counts, and the family is "
            f"{family.name!r}.",
            f"Choose family={able}, or leave it out.",
        )
