"""Which columns of a frame can serve as features, as what, and why others are set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.design import moments
from regpath.core.problems.coding import Coding
from regpath.errors import DataError
from regpath.io.columns.ids import (
    is_headless,
    may_number_the_rows,
    numbers_the_rows,
    stands_beside,
)
from regpath.io.columns.kinds import too_many_levels
from regpath.wording import listed

PROJECTED = 1e-9  # relative distance of projections that equal columns never have
NARROW = 1e-8  # range of a feature, of its size, below which its spread is looked at
POOLING = (5, 10, 20, 50)  # rows that a level may need; the first that helps is proposed
NUMBERS_ROWS = "it numbers the rows"
_LIKE_AN_ID = "it is text with"


@dataclass(frozen=True)
class Known:
    """What is known of columns beside their cells.

    Parameters
    ----------
    chosen : dict of str to str
        Kinds that a person chose; "id" and "text" are used only when asked for.
    helpers : dict of str to str
        Columns that serve otherwise, such as the weights, and as what; used only when asked for.
    unusable : dict of str to str
        Columns that can serve as nothing, and what they hold.
    doubts : dict of str to str
        What reading found in columns that it left as text, such as "holds two numbers in each
        cell": the true reason where they cannot serve.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    unusable: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)


NOTHING = Known()


def choose_columns(
    frame: pd.DataFrame,
    target: str,
    features: Sequence[str] | None,
    *,
    coding: Coding | None = None,
    known: Known = NOTHING,
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Decide which columns are features.

    Parameters
    ----------
    frame : DataFrame
    target : str
    features : sequence of str or None
        The caller's choice; None means every column that can serve. A numeric column that
        numbers the rows is used only when it is asked for, or when there is no other.
    coding : Coding, optional
        Levels that are grouped or pooled are counted together.
    known : Known, optional

    Returns
    -------
    kinds : dict of str to {"numeric", "categorical"}
        In the order of the frame.
    notes : tuple of str
        One sentence for each column that was set aside.

    Raises
    ------
    DataError
        If a named column is missing, a value is infinite, or no column can serve.
    """
    coding = coding or Coding()
    asked = _asked_columns(frame, target, features)
    apart = _not_meant(asked, known, by_name=features is not None)
    asked = [c for c in asked if c not in apart]
    is_number = _numeric_columns(frame)
    numeric = [c for c in asked if c in is_number]
    words = set(asked).difference(numeric)
    reasons = _numeric_reasons(frame[numeric], _first_column(frame))
    reasons |= {
        c: reason
        for c in asked
        if c in words and (reason := _text_reason(frame[c], coding, known.doubts.get(c, "")))
    }
    many = {c: reason for c, reason in reasons.items() if reason.startswith(_LIKE_AN_ID)}
    if features is not None:  # what a person names is used
        reasons = {c: reason for c, reason in reasons.items() if c not in many}
    counted_rows = [
        c for c in reasons if known.chosen.get(c) == "number" and reasons[c] == NUMBERS_ROWS
    ]
    reasons = {c: reason for c, reason in reasons.items() if c not in counted_rows}
    extra: tuple[str, ...] = ()
    ids = [c for c, reason in reasons.items() if reason == NUMBERS_ROWS]
    alone = len(reasons) == len(asked)
    if ids and (features is not None or alone):
        reasons = {c: reason for c, reason in reasons.items() if c not in ids}
        extra = (f"Column {ids[0]!r} seems to number the rows; it is used all the same.",)
    if features is not None:
        extra += tuple(
            f"Column {c!r} is used as it was asked for, although {reason.partition(';')[0]}."
            for c, reason in many.items()
        )
    kinds = {c: "categorical" if c in words else "numeric" for c in asked if c not in reasons}
    reasons |= apart
    notes = aside_notes({c: reasons[c] for c in frame.columns.tolist() if c in reasons}) + extra
    if not kinds:
        raise _nothing_serves(target, notes)
    return kinds, notes


def _not_meant(asked: Sequence[str], known: Known, *, by_name: bool) -> dict[str, str]:
    """Columns that are no features, whatever their cells hold, and why."""
    unusable = {c: known.unusable[c] for c in asked if c in known.unusable}
    if by_name and unusable:
        column, held = next(iter(unusable.items()))
        raise DataError(
            f"Column {column!r} holds {held}.",
            "Take out what shall serve, as columns of numbers or words.",
        )
    apart = {} if by_name else _apart(asked, known.chosen, known.helpers)
    return apart | {column: f"it holds {held}" for column, held in unusable.items()}


def _nothing_serves(target: str, notes: tuple[str, ...]) -> DataError:
    why = " " + " ".join(notes[:3]) if notes else ""
    return DataError(
        f"No column can serve as a feature for target {target!r}.{why}",
        "Add at least one numeric or categorical column that varies.",
    )


def aside_notes(reasons: dict[str, str]) -> tuple[str, ...]:
    """One sentence for each column, or for each reason that many columns share."""
    by_reason: dict[str, list[str]] = {}
    for column, reason in reasons.items():
        by_reason.setdefault(reason, []).append(column)
    notes = []
    for reason, columns in by_reason.items():
        if len(columns) <= 3:
            notes += [f"Column {column!r} is set aside: {reason}." for column in columns]
        else:
            some = ", ".join(map(repr, columns[:3]))
            more = len(columns) - 3
            notes.append(f"Columns {some} and {more} more are set aside, for each: {reason}.")
    return tuple(notes)


def _asked_columns(frame: pd.DataFrame, target: str, features: Sequence[str] | None) -> list[str]:
    if features is None:
        return [c for c in frame.columns.tolist() if c != target]
    known = set(frame.columns.tolist())
    for column in features:
        if column not in known:
            raise DataError(f"There is no column {column!r}.", "Check the spelling of the feature.")
        if column == target:
            raise DataError(
                f"Column {column!r} is both target and feature.", "Leave it out of the features."
            )
    wanted = set(features)
    return [c for c in frame.columns.tolist() if c in wanted]


def _numeric_columns(frame: pd.DataFrame) -> set[str]:
    dtypes = frame.dtypes.tolist()
    numeric = {dtype for dtype in set(dtypes) if pd.api.types.is_numeric_dtype(dtype)}
    return {c for c, dtype in zip(frame.columns.tolist(), dtypes, strict=True) if dtype in numeric}


def _first_column(frame: pd.DataFrame) -> object:
    """The first column of a table that has a header."""
    return None if is_headless(list(map(str, frame.columns.tolist()))) else frame.columns[0]


def _numeric_reasons(numbers: pd.DataFrame, first: object = None) -> dict[str, str]:
    """Why columns of numbers cannot serve; `first` is the first of the table, under a header."""
    if numbers.shape[1] == 0:
        return {}
    X = numbers.to_numpy(float, na_value=np.nan)
    _refuse_infinite(numbers, X)
    known = ~np.isnan(X)
    some = known.any(axis=0)
    low = np.where(known, X, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, X, -np.inf).max(axis=0, initial=-np.inf)
    whole = (np.round(X) == X).all(axis=0)  # what numbers the rows is, without gaps
    in_steps = (np.diff(X, axis=0) == 1.0).all(axis=0)
    reasons = {}
    for j, column in enumerate(numbers.columns.tolist()):
        if not some[j]:
            reasons[column] = "it holds no values"
        elif low[j] == high[j]:
            reasons[column] = "it is constant"
        elif whole[j] and (in_steps[j] or may_number_the_rows(str(column))):
            name, beside = str(column), column == first
            if numbers_the_rows(name, X[:, j]) or (beside and stands_beside(name, X[:, j])):
                reasons[column] = NUMBERS_ROWS
    return reasons


def _refuse_infinite(numbers: pd.DataFrame, X: np.ndarray) -> None:
    infinite = np.isinf(X)
    if infinite.any():
        j = int(np.argmax(infinite.any(axis=0)))
        row = numbers.index[int(np.argmax(infinite[:, j]))]
        count = int(infinite[:, j].sum())
        values = "an infinite value" if count == 1 else f"{count} infinite values"
        raise DataError(
            f"Column {numbers.columns[j]!r} holds {values} (first: row {row}).",
            "Correct or empty these cells, or leave the column out of the features.",
        )


def _apart(
    asked: Sequence[str], chosen: Mapping[str, str], helpers: Mapping[str, str]
) -> dict[str, str]:
    """Columns that are no features unless somebody asks for them, and why."""
    kinds = {"id": "an ID", "text": "text", "date": "dates"}
    reasons = {
        c: f"it was said to hold {kinds[chosen[c]]}" for c in asked if chosen.get(c) in kinds
    }
    return reasons | {c: f"it serves as the {helpers[c]} of rows" for c in asked if c in helpers}


def _text_reason(column: pd.Series, coding: Coding, doubt: str) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "it holds dates; parts of them can be used (days, year, month, weekday, hour)"
    counts = coding.merged(column).value_counts().to_numpy()
    n_known = int(counts.sum())
    n_levels = _pooled_levels(counts, coding.min_level_count)
    if n_known == 0:
        return "it holds no values"
    if n_levels == 1:
        return "it is constant" + (", once rare levels are pooled" if len(counts) > 1 else "")
    if not too_many_levels(n_levels, n_known):
        return ""
    told = f"; it {doubt}" if doubt else ", like an ID"
    reason = f"{_LIKE_AN_ID} {n_levels} different values in {n_known} rows{told}"
    if doubt:
        return reason
    for least in POOLING:
        left = _pooled_levels(counts, max(least, coding.min_level_count))
        if left > 1 and not too_many_levels(left, n_known):
            pooled = f"with levels of fewer than {least} rows pooled (min_level_count={least})"
            return f"{reason}; {pooled} it has {left} levels"
    return reason


def _pooled_levels(counts: np.ndarray, least: int) -> int:
    """How many levels are left when those of fewer rows are pooled."""
    often = int((counts >= least).sum())
    return often + int(often < len(counts))


def duplicate_notes(names: Sequence[str], X: Any) -> tuple[str, ...]:
    """One sentence for each feature that is identical to an earlier one (at most five)."""
    # Equal columns have equal projections (but for rounding): only those few are compared.
    with np.errstate(over="ignore", invalid="ignore"):  # what is not apart is compared
        marks = np.random.default_rng(0).uniform(0.5, 1.5, X.shape[0]) @ X
    columns = X.tocsc() if sparse.issparse(X) else X
    order = np.argsort(marks, kind="stable")
    sizes = np.abs(marks[order])
    with np.errstate(over="ignore", invalid="ignore"):
        apart = np.diff(marks[order]) > PROJECTED * np.maximum(sizes[1:], sizes[:-1])
    twin_of = np.arange(len(names))
    edges = np.concatenate([[0], np.flatnonzero(apart) + 1, [len(order)]])
    for k in np.flatnonzero(np.diff(edges) > 1):
        known: dict[bytes, int] = {}
        for j in np.sort(order[edges[k] : edges[k + 1]]):
            twin_of[j] = known.setdefault(_content(columns, int(j)), int(j))
    twins = np.flatnonzero(twin_of != np.arange(len(names)))
    notes = [
        f"Feature {names[j]!r} equals {names[twin_of[j]]!r} in every row: "
        "how they share their weight is not unique."
        for j in twins[:5]
    ]
    more = len(twins) - 5
    return (*notes, f"{more} more features equal an earlier one.") if more > 0 else tuple(notes)


def flat_notes(names: Sequence[str], X: Any, weights: np.ndarray) -> tuple[str, ...]:
    """One sentence on features that vary less than numbers of their size can tell."""
    low, high = (_dense(X.min(axis=0)), _dense(X.max(axis=0)))
    with np.errstate(over="ignore"):
        spread = high - low
    size = np.maximum(np.abs(low), np.abs(high))
    doubtful = np.flatnonzero((spread > 0.0) & (spread <= NARROW * size))
    if not doubtful.size:
        return ()
    _, scale = moments(X[:, doubtful], weights / weights.sum())
    flat = doubtful[scale == 0.0]
    if not flat.size:
        return ()
    vary, their = ("varies", "its") if flat.size == 1 else ("vary", "their")
    return (
        f"{'Feature' if flat.size == 1 else 'Features'} {listed([names[j] for j in flat])} {vary} "
        f"by less than 1e-12 of {their} size, which counts as rounding: no coefficient is given. "
        "Subtract what the values have in common where the table is made.",
    )


def _dense(row: Any) -> np.ndarray:
    found = row.toarray() if sparse.issparse(row) else row
    return np.asarray(found).ravel()


def _content(columns: Any, j: int) -> bytes:
    """What tells a column from others."""
    if not sparse.issparse(columns):
        return np.ascontiguousarray(columns[:, j]).tobytes()
    entries = slice(columns.indptr[j], columns.indptr[j + 1])
    return bytes(columns.indices[entries].tobytes() + columns.data[entries].tobytes())
