"""Columns of Python objects, durations and periods: as numbers, dates or words, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from numbers import Complex, Number, Real
from typing import Any

import numpy as np
import pandas as pd

from regpath.errors import DataError

HOUR = np.timedelta64(1, "h")  # one unit for all, so that rows to come are counted alike
_TIMES = "Times of the day"
_DATES = ("date", "datetime")
_CONTAINERS = (Collection, Mapping, np.ndarray, pd.Series, pd.DataFrame)


def plain_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with numbers, booleans, dates and strings only.

    Decimals, fractions and whatever else is a number become floats, durations and times of the
    day hours, days of the calendar dates; other objects become strings.

    Raises
    ------
    DataError
        If a column holds complex numbers, or numbers larger than a float.
    """
    frame = frame.infer_objects()
    odd = _of_kinds(frame, lambda dtype: not _is_plain(dtype))
    if not odd:
        return frame
    changed = {column: _plain(frame[column]) for column, _ in odd}
    frame = frame.copy(deep=False)
    for column, values in changed.items():
        frame[column] = values
    return frame


def plain_series(values: pd.Series) -> pd.Series:
    """The same for one column."""
    return plain_columns(values.to_frame())[values.name]


def hours_in(frame: pd.DataFrame) -> dict[str, str]:
    """The columns that are counted in hours, and what they hold."""
    frame = frame.infer_objects()
    odd = _of_kinds(frame, lambda dtype: not _is_plain(dtype))
    held = {c: "Durations" if _kind(dtype) == "m" else _hours_of_day(frame[c]) for c, dtype in odd}
    return {str(column): what for column, what in held.items() if what}


def _hours_of_day(values: pd.Series) -> str:
    return _TIMES if _inferred(values) == "time" else ""


def _inferred(values: pd.Series) -> str:
    """What kind of objects a column holds; categories are words, whatever they are."""
    if isinstance(values.dtype, pd.CategoricalDtype | pd.PeriodDtype | pd.IntervalDtype):
        return ""
    return str(pd.api.types.infer_dtype(values.astype(object), skipna=True))


def unusable(frame: pd.DataFrame) -> dict[str, str]:
    """Columns of lists and other containers, and what they hold."""
    found = {}
    for column, _ in _of_kinds(frame, _may_be_containers):
        odd = next((value for value in frame[column].array if _is_container(value)), None)
        if odd is not None:
            found[str(column)] = f"objects of type {type(odd).__name__}"
    return found


def _of_kinds(frame: pd.DataFrame, chosen: Callable[[Any], bool]) -> list[tuple[Any, Any]]:
    """Names and types of the columns of some types; a wide table has few types."""
    dtypes = frame.dtypes.tolist()
    kinds = {dtype for dtype in set(dtypes) if chosen(dtype)}
    if not kinds:
        return []
    names = frame.columns.tolist()  # an index hands out names one by one slowly
    return [pair for pair in zip(names, dtypes, strict=True) if pair[1] in kinds]


def _may_be_containers(dtype: Any) -> bool:
    return _kind(dtype) == "O" and not isinstance(dtype, pd.StringDtype | pd.CategoricalDtype)


def _is_plain(dtype: Any) -> bool:
    if isinstance(dtype, np.dtype):
        return dtype.kind in "biufM"
    numeric = pd.api.types.is_numeric_dtype(dtype) and _kind(dtype) != "c"
    return numeric or isinstance(dtype, pd.StringDtype | pd.DatetimeTZDtype)


def _kind(dtype: Any) -> str:
    return str(getattr(dtype, "kind", "O"))


def _plain(values: pd.Series) -> pd.Series:
    if pd.api.types.is_complex_dtype(values):
        raise DataError(
            f"Column {values.name!r} holds complex numbers.", "Bring its real and imaginary parts."
        )
    kind = _kind(values.dtype)
    if kind == "m":
        return values.astype("timedelta64[ns]") / HOUR
    if kind == "M":
        return values.astype("datetime64[ns]")
    if isinstance(values.dtype, pd.PeriodDtype):
        result: pd.Series = values.dt.to_timestamp()
        return result
    if isinstance(values.dtype, pd.CategoricalDtype):
        return _as_words(values)
    found = _inferred(values)
    if found == "time":
        return values.astype(object).map(_since_midnight).astype(float)
    if found in _DATES:
        return pd.to_datetime(values)
    known = values.dropna()
    if found != "boolean" and len(known) and all(isinstance(value, Number) for value in known):
        return _as_numbers(values)
    return _as_words(values)


def _since_midnight(value: Any) -> float:
    """The hours of a time of the day."""
    if pd.isna(value):
        return float("nan")
    seconds = 60 * (60 * value.hour + value.minute) + value.second + value.microsecond / 1e6
    return float(seconds / 3600)


def _as_numbers(values: pd.Series) -> pd.Series:
    numbers = np.full(len(values), np.nan)
    for k, value in enumerate(values.array):
        if pd.isna(value):
            continue
        if isinstance(value, Complex) and not isinstance(value, Real):
            raise DataError(
                f"Column {values.name!r} holds complex numbers.",
                "Bring its real and imaginary parts.",
            )
        try:
            numbers[k] = float(value)
        except OverflowError as error:
            raise DataError(
                f"Column {values.name!r} holds a number that is too large for a float "
                f"(row {values.index[k]}).",
                "Bring it in larger units.",
            ) from error
    return pd.Series(numbers, index=values.index, name=values.name)


def _as_words(values: pd.Series) -> pd.Series:
    words = values.astype(object)
    known = words.notna()
    return words.map(_word).where(known, np.nan)


def _word(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _is_container(value: Any) -> bool:
    return isinstance(value, _CONTAINERS) and not isinstance(value, Hashable)
