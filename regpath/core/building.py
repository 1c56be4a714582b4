"""make_problem: from the columns of a table to a Problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.columns import choose_columns
from regpath.core.inputs import check_column, check_features, check_frame, check_weights
from regpath.core.problem import Problem, encoded
from regpath.core.repeats import DUPLICATES_CHOICES, repeats
from regpath.core.response import FAMILY_CHOICES, code_response, words_back
from regpath.errors import DataError
from regpath.io import Table
from regpath.io.wording import counted

MIN_ROWS = 3  # of a table; two points fit every straight line


def make_problem(
    table: Table | pd.DataFrame,
    target: str,
    *,
    features: Sequence[str] | None = None,
    family: str = "auto",
    missing: str = "impute",
    duplicates: str = "keep",
    sample_weight: Any = None,
) -> Problem:
    """Build a problem from a table: choose columns, code the target, fill or drop gaps.

    Parameters
    ----------
    table : Table or DataFrame
    target : str
        Column to predict. Rows without a target are dropped.
    features : sequence of str, default=None
        Columns to use. None uses every column that can serve; constant, empty and ID-like
        columns are set aside, and a note says so.
    family : {"auto", "gaussian", "binomial", "multinomial"}, default="auto"
        "auto" guesses from the target's values: two values, words or a few whole numbers are
        classes, other numbers are amounts.
    missing : {"impute", "drop"}, default="impute"
        Fill missing features with the median or the most frequent level, or drop their rows.
    duplicates : {"keep", "drop"}, default="keep"
        Drop rows that repeat an earlier row in every used column and in the target.
    sample_weight : array-like of shape (n_rows,), default=None
        Non-negative, one for each row of `table`.

    Returns
    -------
    Problem

    Raises
    ------
    DataError
        If a column does not exist, nothing varies, or the target suits no family; the message
        names the column.
    ParameterError
        If `family`, `missing` or `duplicates` is unknown.
    """
    check_choice(family, "family", "make_problem", FAMILY_CHOICES)
    check_choice(missing, "missing", "make_problem", ("impute", "drop"))
    check_choice(duplicates, "duplicates", "make_problem", DUPLICATES_CHOICES)
    frame = check_frame(table)
    target = check_column(frame, target)
    weights = check_weights(sample_weight, len(frame))
    used = frame[target].notna().to_numpy() & (weights > 0.0)
    notes = []
    n_absent = int(frame[target].isna().sum())
    if n_absent == len(frame):
        raise DataError(f"Target {target!r} holds no values.", "Choose another target.")
    if n_absent:
        notes.append(f"{counted(n_absent, 'row')} without a value of {target!r}: dropped.")
    coded = words_back(table, frame[target])
    code_response(coded[used], family)  # what is wrong with the target is said first
    kinds, aside = choose_columns(frame[used], target, check_features(features))
    if missing == "drop":
        gaps = frame[list(kinds)].isna().any(axis=1).to_numpy() & used
        used &= ~gaps
        if gaps.any():
            notes.append(f"{counted(int(gaps.sum()), 'row')} with a missing feature: dropped.")
    if duplicates == "drop":
        again = repeats(frame, [*kinds, target], used)
        used &= ~again
        if again.any():
            notes.append(f"{counted(int(again.sum()), 'row')} equal to an earlier row: dropped.")
    if used.sum() < MIN_ROWS:
        raise DataError(
            f"{counted(int(used.sum()), 'row')} can be used; a path needs at least {MIN_ROWS}.",
            "Add rows, or choose features and a target with fewer missing values.",
        )
    response = code_response(coded[used], family)
    return encoded(frame[used], kinds, response, weights[used], target, (*notes, *aside))
