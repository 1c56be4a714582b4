"""Which columns of rows elsewhere are features, and what the target is: by their summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.families import family_of
from regpath.core.problems.columns import NUMBERS_ROWS, aside_notes
from regpath.core.problems.modelled_class import usual_order
from regpath.core.problems.response import Response, code_response, guess_family
from regpath.errors import DataError
from regpath.io.columns.ids import may_name_an_id, numbers_the_rows
from regpath.io.columns.kinds import too_many_levels
from regpath.rows.learning import RowSummary
from regpath.rows.summaries import NumberSummary, WordSummary

DATES = "it holds dates; parts of them can be used where the file is made"


def choose_row_columns(
    learned: RowSummary, kinds: Mapping[str, str], asked: Sequence[str], *, by_name: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Decide which columns are features, as `problems.columns.choose_columns` does of a frame.

    Parameters
    ----------
    learned : RowSummary
    kinds : dict of str to str
        What each column of the source holds.
    asked : sequence of str
        Columns that may serve.
    by_name : bool
        Whether a person named them: then they are used unless they cannot be.

    Returns
    -------
    kinds : dict of str to {"numeric", "categorical"}
    notes : tuple of str
    """
    reasons: dict[str, str] = {}
    sample = learned.sample_frame
    for column in asked:
        summary = learned.columns.get(column)
        if summary is None:
            reason = DATES if kinds[column] == "dates" else f"it holds {kinds[column]}"
        elif isinstance(summary, NumberSummary):
            reason = _reason_of_numbers(column, summary, sample[column].to_numpy(float), learned)
        else:
            reason = _reason_of_words(column, summary)
        if reason:
            reasons[column] = reason
    notes: list[str] = []
    ids = [column for column, reason in reasons.items() if reason == NUMBERS_ROWS]
    if ids and (by_name or len(reasons) == len(asked)):
        reasons = {column: reason for column, reason in reasons.items() if column not in ids}
        notes.append(f"Column {ids[0]!r} seems to number the rows; it is used all the same.")
    unfit = next((c for c in asked if c in reasons and learned.columns.get(c) is None), None)
    if by_name and unfit is not None:
        raise DataError(
            f"Column {unfit!r} cannot be a feature: {reasons[unfit]}.", "Leave it out of them."
        )
    chosen = {
        column: "numeric" if isinstance(learned.columns[column], NumberSummary) else "categorical"
        for column in asked
        if column not in reasons
    }
    told = (*aside_notes(reasons), *notes)
    if not chosen:
        raise DataError(
            f"No column can serve as a feature. {' '.join(told[:3])}".rstrip(),
            "Bring at least one column of numbers or words that varies.",
        )
    return chosen, told


def _reason_of_numbers(
    column: str, summary: NumberSummary, sample: np.ndarray, learned: RowSummary
) -> str:
    if summary.infinite:
        raise DataError(
            f"Column {column!r} holds infinite values (first: {summary.infinite}).",
            "Correct or empty these cells, or leave the column out of the features.",
        )
    if not summary.n_known:
        return "it holds no values"
    if summary.low == summary.high:
        return "it is constant"
    if not summary.whole or summary.n_gaps:
        return ""
    if summary.in_steps and summary.first in (0.0, 1.0):
        return NUMBERS_ROWS
    # Whether all numbers differ is seen in the sample, and by their range.
    roomy = summary.high - summary.low + 1.0 >= learned.n_used
    named = may_name_an_id(column) and roomy and numbers_the_rows(column, sample)
    return NUMBERS_ROWS if named else ""


def _reason_of_words(column: str, summary: WordSummary) -> str:
    if not summary.n_known:
        return "it holds no values"
    levels = list(summary.masses)
    if all(_is_number(level) for level in levels):
        raise DataError(
            f"Column {column!r} holds numbers that are written as words, such as {levels[0]!r} in "
            f"{summary.first_block}.",
            "Write them as numbers, or leave the column out of the features.",
        )
    if summary.counts is None:
        return "it is text with too many different values, like an ID"
    if len(levels) == 1:
        return "it is constant"
    if too_many_levels(len(levels), summary.n_known):
        return (
            f"it is text with {len(levels)} different values in {summary.n_known} rows, like an ID"
        )
    return ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def choose_response(
    learned: RowSummary, target: str, family: str, classes: Sequence[Any] | None
) -> tuple[Response, tuple[Any, ...]]:
    """The family and the classes of a target, and what stands for these in its column.

    `y` of the response is that of a few values only.
    """
    summary = learned.columns[target]
    few = _values_of(summary, target, learned)
    if family == "auto":
        family = guess_family(few)
    loss = family_of(family)
    if loss.has_classes and summary.counts is None:
        raise DataError(
            f"Target {target!r} holds more different values than there can be classes.",
            "Choose the gaussian family if it is an amount, or another target.",
        )
    if isinstance(summary, NumberSummary):
        if summary.infinite:
            raise DataError(
                f"Target {target!r} is infinite in {summary.infinite}.", "Correct the value."
            )
        if loss.cannot_be(np.array([summary.low])).any() and not loss.has_classes:
            raise DataError(
                f"Target {target!r} is {summary.low:g} in {summary.low_block}, and {loss.demand}.",
                "Correct the value or remove the row, or choose the gaussian family.",
            )
    response = code_response(few, family, usual_order if classes is None else classes)
    if not response.classes:
        return response, ()
    words = isinstance(summary, WordSummary)
    return response, tuple(c if words else float(c) for c in response.classes)


def _values_of(summary: NumberSummary | WordSummary, target: str, learned: RowSummary) -> pd.Series:
    """Values of a target that say of it what all of them would."""
    if not summary.n_known:
        raise DataError(f"Target {target!r} holds no values.", "Choose another target.")
    if summary.counts is None and isinstance(summary, WordSummary):
        raise DataError(
            f"Target {target!r} holds words, more different ones than there can be classes.",
            "Choose another target.",
        )
    if summary.counts is not None:
        values = list(summary.counts)
        # A guess looks at how often values repeat, up to three times on average.
        size = min(summary.n_known, max(3 * len(values), len(values)))
        repeated = [values[i % len(values)] for i in range(size)]
        return pd.Series(repeated, name=target, dtype=float if _numeric(summary) else object)
    assert isinstance(summary, NumberSummary)
    some = learned.sample_frame[target].to_numpy(float)
    return pd.Series(np.concatenate([[summary.low, summary.high], some]), name=target)


def _numeric(summary: NumberSummary | WordSummary) -> bool:
    return isinstance(summary, NumberSummary)
