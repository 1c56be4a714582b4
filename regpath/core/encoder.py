"""From columns to features: what is learned from some rows, and applied to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from regpath.core.inputs import check_frame, check_matrix
from regpath.errors import DataError

if TYPE_CHECKING:  # scikit-learn takes longer to load than all the rest of the package
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import OneHotEncoder


@dataclass(frozen=True, eq=False)
class Encoder:
    """Imputation and one-hot coding, learned from some rows.

    Numeric and boolean columns: missing values become the median. Categorical columns: missing
    values become the most frequent level; two levels give one 0/1 feature, more levels give one
    feature each; a level that was not seen while learning gives zeros.

    Attributes
    ----------
    kinds : dict of str to {"numeric", "categorical"}
        The columns in use, in their order.
    levels : dict of str to tuple of str
        Levels of each categorical column, sorted.
    feature_names, groups : tuple of str
        Name and source column of each feature.
    filled : dict of str to object
        What stands for missing values in the columns that had some.
    """

    kinds: dict[str, str]
    levels: dict[str, tuple[str, ...]]
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    filled: dict[str, object]
    _numbers: SimpleImputer
    _words: SimpleImputer
    _onehot: OneHotEncoder
    _order: np.ndarray

    @classmethod
    def learn(
        cls,
        frame: pd.DataFrame,
        kinds: dict[str, str],
        levels: dict[str, tuple[str, ...]] | None = None,
    ) -> Encoder:
        """Learn from the rows of `frame`; a column without any value there is left out.

        With `levels`, those of every categorical column, features are settled beforehand and only
        the values for gaps are learned: a level without rows gives a feature of zeros, and so does
        a column without values.
        """
        from sklearn.impute import SimpleImputer
        from sklearn.preprocessing import OneHotEncoder

        if levels is None:
            present = frame[list(kinds)].notna().any()
            kinds = {column: kind for column, kind in kinds.items() if present[column]}
        numeric, categorical = _split(kinds)
        known = [np.array(levels[column], dtype=object) for column in categorical if levels]
        numbers = SimpleImputer(strategy="median", keep_empty_features=True)
        words = SimpleImputer(strategy="most_frequent", keep_empty_features=True)
        onehot = OneHotEncoder(
            categories=known or "auto", handle_unknown="ignore", sparse_output=False
        )
        filled: dict[str, object] = {}
        if numeric:
            numbers.fit(_floats(frame, numeric))
            filled |= _gaps(frame, numeric, numbers)
        if categorical:
            onehot.fit(words.fit_transform(_objects(frame, categorical)))
            filled |= _gaps(frame, categorical, words)
            found = zip(categorical, onehot.categories_, strict=True)
            levels = {column: tuple(values) for column, values in found}
        levels = levels or {}
        names, groups, order = _features(kinds, levels)
        return cls(kinds, levels, names, groups, filled, numbers, words, onehot, order)

    def encode(self, frame: pd.DataFrame) -> np.ndarray:
        """Features of the rows of `frame`, shape (n, n_features), column-major.

        Raises
        ------
        DataError
            If a column is missing, or a numeric one holds words or infinite values.
        """
        missing = [column for column in self.kinds if column not in frame.columns]
        if missing:
            raise DataError(
                f"There is no column {missing[0]!r}.", "Bring all the columns the path was fit on."
            )
        if frame.empty:
            raise DataError("There are no rows.", "Bring at least one row.")
        numeric, categorical = _split(self.kinds)
        blocks = []
        if numeric:
            blocks.append(self._numbers.transform(_floats(frame, numeric)))
        if categorical:
            words = self._words.transform(_objects(frame, categorical))
            blocks.append(self._onehot.transform(words))
        return np.asfortranarray(np.hstack(blocks)[:, self._order])


def encode_rows(X: Any, encoder: Encoder | None, feature_names: Sequence[str]) -> np.ndarray:
    """Features of new rows, as an array of shape (n, n_features)."""
    if isinstance(X, pd.DataFrame) and encoder is not None:
        return encoder.encode(check_frame(X))
    matrix = check_matrix(X)
    if matrix.shape[1] != len(feature_names):
        raise DataError(
            f"X has {matrix.shape[1]} columns; the path was fit on {len(feature_names)} features.",
            "Bring the same features in the same order.",
        )
    return matrix


def _split(kinds: dict[str, str]) -> tuple[list[str], list[str]]:
    numeric = [column for column, kind in kinds.items() if kind == "numeric"]
    return numeric, [column for column in kinds if kinds[column] != "numeric"]


def _features(
    kinds: dict[str, str], levels: dict[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...], np.ndarray]:
    """Names, groups, and the position of each feature in [numeric | one-hot] blocks."""
    numeric, categorical = _split(kinds)
    places: dict[str, list[tuple[str, int]]] = {c: [(c, j)] for j, c in enumerate(numeric)}
    start = len(numeric)
    for column in categorical:
        shown = [(f"{column}={level}", start + k) for k, level in enumerate(levels[column])]
        places[column] = shown[1:] if len(shown) == 2 else shown
        start += len(levels[column])
    listed = [(name, column, place) for column in kinds for name, place in places[column]]
    names = _unique([name for name, _, _ in listed])
    order = np.array([place for _, _, place in listed], dtype=np.intp)
    return names, tuple(column for _, column, _ in listed), order


def _unique(names: list[str]) -> tuple[str, ...]:
    """Names as they are, with " (2)" behind a repeated one."""
    seen: set[str] = set()
    for i, name in enumerate(names):
        count = 2
        while names[i] in seen:
            names[i] = f"{name} ({count})"
            count += 1
        seen.add(names[i])
    return tuple(names)


def _gaps(frame: pd.DataFrame, columns: list[str], imputer: SimpleImputer) -> dict[str, object]:
    """Fill value of each column that has missing values in `frame`."""
    has_gap = frame[columns].isna().any()
    return {
        column: value.item() if isinstance(value, np.generic) else value
        for column, value in zip(columns, imputer.statistics_, strict=True)
        if has_gap[column]
    }


def _floats(frame: pd.DataFrame, columns: list[str]) -> np.ndarray:
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


def _objects(frame: pd.DataFrame, columns: list[str]) -> np.ndarray:
    words = frame[columns].astype(object)
    return words.where(frame[columns].notna(), np.nan).to_numpy(object)
