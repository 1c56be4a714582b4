"""How much memory results hold: an estimate by their parts, so that what is shared counts once."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, islice
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pandas as pd

SAMPLE = 200  # items of a long container that are weighed; the others count as they do on average
NOTHING = (type, ModuleType, FunctionType, BuiltinFunctionType)  # the program's, no result's


def parts_of(value: Any) -> dict[int, int]:
    """Bytes of the parts of a value, by identity.

    Parameters
    ----------
    value : object
        Arrays and tables count with their numbers and texts, other objects with their attributes.

    Returns
    -------
    dict of int to int
        No part twice, however often it is referred to.

    Examples
    --------
    >>> block = np.zeros(1000)
    >>> parts_of({"all": block, "half": block[:500]})[id(block)]
    8000
    """
    parts: dict[int, int] = {}
    waiting = [value]
    while waiting:
        now = waiting.pop()
        if now is None or isinstance(now, NOTHING):
            continue
        while isinstance(now, np.ndarray) and isinstance(now.base, np.ndarray):
            now = now.base
        if id(now) in parts:
            continue
        parts[id(now)], inside = _weigh(now)
        waiting += inside
    return parts


def _weigh(value: Any) -> tuple[int, Iterable[Any]]:
    """Bytes of one object, and what lies inside it."""
    if isinstance(value, np.ndarray):
        if value.dtype != object:
            return int(value.nbytes), ()
        return int(value.nbytes) + _of_many(value.ravel()), ()
    if isinstance(value, pd.DataFrame):
        return _of_frame(value), ()
    if isinstance(value, pd.Series | pd.Index):
        return _of_column(value), ()
    if isinstance(value, Mapping):
        return _container(value, value.keys(), value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return _container(value, value)
    own = sys.getsizeof(value)
    if hasattr(value, "nbytes") and isinstance(value.nbytes, int):  # of Arrow
        own = max(own, value.nbytes)
    return own, tuple(getattr(value, "__dict__", {}).values())


def _container(value: Any, *contents: Collection[Any]) -> tuple[int, Iterable[Any]]:
    own = sys.getsizeof(value)
    if len(value) <= SAMPLE:
        return own, tuple(chain.from_iterable(contents))
    return own + sum(map(_of_many, contents)), ()


def _of_many(items: Collection[Any] | np.ndarray) -> int:
    """Bytes of many items, from a sample spread over all of them."""
    sample = list(islice(items, 0, None, max(1, len(items) // SAMPLE)))
    if not sample:
        return 0
    weighed: dict[int, int] = {}
    for item in sample:
        weighed |= parts_of(item)
    return round(sum(weighed.values()) / len(sample) * len(items))


def _of_frame(frame: pd.DataFrame) -> int:
    """Of a frame: as many columns as a sample has, in proportion."""
    n_columns = frame.shape[1]
    looked_at = range(0, n_columns, max(1, n_columns // SAMPLE))
    each = [_of_column(frame.iloc[:, i]) for i in looked_at]
    own = _of_column(frame.index)
    return own + (round(sum(each) / len(each) * n_columns) if each else 0)


def _of_column(column: pd.Series[Any] | pd.Index[Any]) -> int:
    own = int(column.nbytes)
    return own + (_of_many(column.to_numpy()) if column.dtype == object else 0)
