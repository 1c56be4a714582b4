"""Frames instead of arrays: their columns have names, and so have their rows."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from regpath.errors import DataError
from regpath.wording import listed


def names_in(X: Any) -> tuple[str, ...] | None:
    """What the columns of a frame are called; None for arrays, and where names are positions.

    Any object with the columns of a data frame will do, whichever library made it.

    >>> names_in(pd.DataFrame({"a": [1], "b": [2]})), names_in(pd.DataFrame([[1, 2]]))
    (('a', 'b'), None)
    """
    columns = getattr(X, "columns", None)
    if columns is None or not hasattr(X, "__getitem__") or callable(columns):
        return None
    names = list(columns)
    if names == list(range(len(names))):
        return None
    return tuple(map(str, names))


def names_of_features(X: Any, said: Sequence[str] | None) -> Sequence[str] | None:
    """The names that a caller gave, else those of the frame; None if there are none.

    Raises
    ------
    DataError
        If two columns share a name, or the caller's names are the frame's in another order.
    """
    found = names_in(X)
    if found is None:
        return said
    if said is None or isinstance(said, str):
        _refuse_twins(found)
        return found if said is None else said
    wanted = tuple(map(str, said))
    if wanted != found and sorted(wanted) == sorted(found):
        raise DataError(
            f"{wanted[0]!r} stands first in the order of 'feature_names', {found[0]!r} in X.",
            "Leave 'feature_names' out: a frame brings the names of its columns.",
        )
    return said


def in_order(X: Any, names: Sequence[str]) -> Any:
    """A frame's columns in the order of the features; arrays, and what has no names, as they are.

    Raises
    ------
    DataError
        If a feature is missing, or a column is none.
    """
    found = names_in(X)
    nameless = tuple(names) == tuple(f"x{j}" for j in range(len(names)))
    if nameless and found is not None and set(X.columns) == set(range(len(names))):
        return X[list(range(len(names)))]  # positions in another order
    if found is None or found == tuple(names) or (nameless and not set(found) & set(names)):
        return X
    _refuse_twins(found)
    missing = [name for name in names if name not in found]
    unknown = [name for name in found if name not in names]
    if missing:
        near = get_close_matches(missing[0], unknown, n=3) or unknown[:3]
        has = f"It has {listed(near)} instead. " if near else ""
        raise DataError(
            f"There is no column {missing[0]!r} in X.",
            f"{has}Bring all the features the path was fit on.",
        )
    if unknown:
        raise DataError(f"Column {unknown[0]!r} is no feature of the path.", "Leave it out of X.")
    own = dict(zip(found, list(X.columns), strict=True))
    return X[[own[name] for name in names]]


def refuse_other_rows(X: Any, values: Any, what: str) -> None:
    """Refuse a series whose rows are those of X, by their labels, but in another order."""
    if not isinstance(X, pd.DataFrame) or not isinstance(values, pd.Series):
        return
    if X.index.equals(values.index) or not (X.index.is_unique and values.index.is_unique):
        return
    if len(X) == len(values) and bool(values.index.isin(X.index).all()):
        raise DataError(
            f"{what} holds the rows of X in another order, by the labels of their index.",
            "Bring them in one order (values.loc[X.index]), or without an index (to_numpy()).",
        )


def _refuse_twins(names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"Two columns are called {twice!r}.", "Rename one of them.")
