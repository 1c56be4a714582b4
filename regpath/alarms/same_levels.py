"""Levels that mean the same: classes or levels that differ only in how they are written."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm, Change
from regpath.alarms.case import Case
from regpath.io.columns.spellings import MOST_SHOWN, Group, same_words
from regpath.wording import counted, listed

KIND = "same_levels"
MOST_LEVELS = 5000  # of a column; more are no levels
OF_TARGET = (
    "One class is fit as several: the model learns to tell spellings apart, and every score "
    "counts the wrong spelling as an error."
)
OF_COLUMN = (
    "One level has several features, each with a part of the rows: the penalty shrinks each as if "
    "it were rarer than it is."
)


def same_levels(case: Case) -> Iterator[Alarm]:
    """Find classes, and levels of columns in use, that are one word in several spellings."""
    if case.classes:
        counts = np.bincount(case.problem.y, minlength=len(case.classes)).tolist()
        words = {str(label): n for label, n in zip(case.classes, counts, strict=True)}
        groups = same_words(words)
        if groups:
            # One letter in two sizes may be two symbols.
            sure = any(len(level) > 1 for _, levels in groups for level in levels)
            severity = "severe" if sure else "warning"
            yield _alarm(case, (), severity, groups, words, OF_TARGET)
    for column in case.columns.but(case.plain.names):
        if column.values is not None or len(column.levels) > MOST_LEVELS:
            continue
        name = column.name
        words = _levels(case, name)
        if groups := same_words(words):
            yield _alarm(case, (name,), "warning", groups, words, OF_COLUMN)


def _levels(case: Case, name: str) -> dict[str, int]:
    """The levels of a column and their counts, as the recipe groups them."""
    encoder = case.problem.encoder
    values = pd.Series(case.columns[name].content, name=name)
    words = encoder.coding.merged(values) if encoder else values
    return {str(level): int(n) for level, n in words.value_counts().items()}


def _alarm(
    case: Case,
    columns: tuple[str, ...],
    severity: str,
    groups: tuple[Group, ...],
    counts: dict[str, int],
    effect: str,
) -> Alarm:
    column = columns[0] if columns else case.target
    told = "; ".join(
        listed([f"{level} ({counted(counts[level], 'row')})" for level in levels])
        for _, levels in groups[:MOST_SHOWN]
    )
    more = f"; and {len(groups) - MOST_SHOWN} more words" if len(groups) > MOST_SHOWN else ""
    what = "Classes of the target" if not columns else "Levels of"
    change = Change(level_groups=tuple((column, new, levels) for new, levels in groups))
    return Alarm(
        KIND,
        severity,
        columns,
        f"{what} {column!r} differ only in how they are written: {told}{more}.",
        effect,
        f"Count each word of {column!r} as one",
        change,
    )
