"""Checks of what a caller brings: frames, matrices, targets, names, weights."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from difflib import get_close_matches
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.problems.objects import plain_columns, plain_series
from regpath.errors import DataError, ParameterError
from regpath.io import Table
from regpath.io.table import named_by_text

ROWS_AT_A_TIME = 4096  # that are searched for values that are not finite


def rescaled(weights: np.ndarray) -> np.ndarray:
    """Weights that sum to their number."""
    shares = weights / weights.max()  # first: a sum of huge or tiny weights leaves float range
    result: np.ndarray = shares * (len(shares) / shares.sum())
    return result


def freeze(result: object) -> None:
    """Make the arrays of a frozen dataclass read-only too."""
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
        elif sparse.issparse(value):
            for part in (value.data, value.indices, value.indptr):
                part.setflags(write=False)


def check_frame(table: Table | pd.DataFrame) -> pd.DataFrame:
    """The frame of a table, its columns named by unique strings."""
    frame = table.frame if isinstance(table, Table) else table
    if not isinstance(frame, pd.DataFrame):
        raise ParameterError(
            f"make_problem takes a Table or a DataFrame. Got {type(table).__name__} instead.",
            "Use Problem.from_arrays for arrays.",
        )
    frame = named_by_text(frame)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise DataError(f"Two columns are called {twice!r}.", "Rename one of them.")
    return plain_columns(frame)


def spelled(name: Any) -> Any:
    """A column's name; a number stands for the name that it spells.

    >>> spelled(2020), spelled("age"), spelled(None)
    ('2020', 'age', None)
    """
    return str(name) if isinstance(name, Number) else name


def check_column(frame: pd.DataFrame, target: Any) -> str:
    """The name of a column that exists; a number stands for the name that it spells."""
    if not isinstance(target, Hashable) or isinstance(target, tuple):
        raise ParameterError(
            "The 'target' parameter of make_problem must be a column's name. "
            f"Got {target!r} instead."
        )
    name = str(target)
    if name not in frame.columns:
        near = get_close_matches(name, list(frame.columns), n=3)
        listed = ", ".join(map(repr, near or list(frame.columns[:5]))) or "no column at all"
        raise DataError(f"There is no column {name!r} to predict.", f"Choose among {listed}.")
    return name


def check_features(features: Any) -> list[str] | None:
    """Names of columns, or None for all that can serve."""
    if features is None:
        return None
    if isinstance(features, str) or not isinstance(features, Iterable):
        features = [features]
    return [str(feature) for feature in features]


def check_matrix(X: Any, *, copy: bool = True) -> Any:
    """Finite numbers in rows and columns: a float64 array, or a CSR array if X is sparse.

    Without `copy` an array of float64 is used as it is, be it on disk (a memory map).
    """
    if np.iscomplexobj(X):
        raise DataError("X holds complex numbers.", "Bring their real and imaginary parts.")
    _refuse_times(X, "X")
    if sparse.issparse(X):
        return _check_sparse(X, copy)
    try:
        # By default a copy: what is frozen must not change from outside.
        matrix = np.array(X, dtype=float) if copy else np.asarray(X, dtype=float).view()
    except (TypeError, ValueError) as error:
        raise DataError(
            "X must hold numbers only.", "Use make_problem for a frame with words."
        ) from error
    _check_shape(matrix)
    with np.errstate(over="ignore", invalid="ignore"):
        suspect = not np.isfinite(matrix.sum())
    if suspect:
        for low in range(0, len(matrix), ROWS_AT_A_TIME):
            wrong = ~np.isfinite(matrix[low : low + ROWS_AT_A_TIME])
            if wrong.any():
                row, column = (int(i[0]) for i in np.nonzero(wrong))
                _refuse_infinite(matrix[low + row, column], low + row, column)
    return matrix


def _check_sparse(X: Any, copy: bool) -> Any:
    matrix = sparse.csr_array(X, dtype=float, copy=copy)
    _check_shape(matrix)
    if not copy:  # views, so that the caller's own arrays are not frozen
        parts = (matrix.data.view(), matrix.indices.view(), matrix.indptr.view())
        matrix = sparse.csr_array(parts, shape=matrix.shape)
    if not matrix.has_canonical_format:
        matrix = matrix if copy else matrix.copy()
        matrix.sum_duplicates()
    if not np.isfinite(matrix.data).all():
        where = int(np.argmin(np.isfinite(matrix.data)))
        row = int(np.searchsorted(matrix.indptr, where, side="right")) - 1
        _refuse_infinite(matrix.data[where], row, int(matrix.indices[where]))
    return matrix


def _check_shape(matrix: Any) -> None:
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise DataError(
            f"X must have rows and columns. Its shape is {matrix.shape}.",
            "Bring an array of shape (n_obs, n_features).",
        )


def _refuse_infinite(value: float, row: int, column: int) -> None:
    raise DataError(
        f"X is {value} at row {row}, column {column} (counted from 0).",
        "Fill or drop such values first; make_problem does it for frames.",
    )


def check_target(y: Any, n: int) -> pd.Series:
    """One value for each of `n` rows, none missing."""
    if np.iscomplexobj(y):
        raise DataError("y holds complex numbers.", "Bring their real parts, or classes.")
    target = pd.Series(np.asarray(y).ravel() if not isinstance(y, pd.Series) else y.array, name="y")
    _refuse_times(target, "y")
    target = plain_series(target)
    if len(target) != n:
        raise DataError(f"X has {n} rows and y has {len(target)}.", "Bring one value for each row.")
    if target.isna().any():
        row = int(np.argmax(target.isna()))
        raise DataError(f"y is missing in row {row} (counted from 0).", "Drop such rows first.")
    return target


def _refuse_times(values: Any, name: str) -> None:
    """Refuse durations and dates, of which numpy would count some unit."""
    dtypes = list(values.dtypes) if isinstance(values, pd.DataFrame) else []
    kinds = {getattr(dtype, "kind", "") for dtype in (*dtypes, getattr(values, "dtype", None))}
    if "m" in kinds:
        raise DataError(
            f"{name} holds durations.", 'Bring numbers, such as values / np.timedelta64(1, "h").'
        )
    if "M" in kinds:
        raise DataError(f"{name} holds dates.", "Bring numbers, such as days since some day.")


def check_names(names: Sequence[str] | None, n_features: int) -> tuple[str, ...]:
    """One unique name for each feature; None gives x0, x1, ..."""
    if isinstance(names, str) or not isinstance(names, Iterable | None):
        raise ParameterError(
            "The 'feature_names' parameter of Problem.from_arrays must be a sequence of names. "
            f"Got {names!r} instead."
        )
    names = tuple(f"x{j}" for j in range(n_features)) if names is None else tuple(map(str, names))
    if len(names) != n_features:
        raise ParameterError(
            f"The 'feature_names' parameter of Problem.from_arrays must hold {n_features} names. "
            f"Got {len(names)} instead."
        )
    if len(set(names)) != n_features:
        twice = next(name for name in names if names.count(name) > 1)
        raise ParameterError(f"Two features are called {twice!r}.", "Give each its own name.")
    return names


def check_weights(sample_weight: Any, n: int) -> np.ndarray:
    """Non-negative weights of `n` rows, rescaled to sum to `n`."""
    if sample_weight is None:
        return np.ones(n)
    try:
        weights = np.asarray(sample_weight, dtype=float).ravel()
    except (TypeError, ValueError) as error:
        raise DataError(
            "The weights must be numbers.", "Leave them out for equal weights."
        ) from error
    if len(weights) != n or not np.isfinite(weights).all() or (weights < 0.0).any():
        raise DataError(
            f"The weights must be {n} finite numbers, none of them negative.",
            "Leave them out for equal weights.",
        )
    if weights.max() <= 0.0:
        raise DataError("All weights are zero.", "Leave them out for equal weights.")
    return rescaled(weights)
