"""What kinds of columns there are, and what tells them apart."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells

MAX_LEVELS = 100  # of a category: a column for each goes into the design
FEW_INTEGERS = 10  # different whole numbers that may be steps of a scale, or names
# Written for a missing value by measuring devices and statistics programs, with either sign.
SENTINELS = (9.0, 99.0, 999.0, 9999.0, 99_999.0, 999_999.0)

# Confidence in a kind: steps of a scale, by what a guess rests on. Nobody has measured how often
# each is right, so they order columns and are no shares; 1 is a kind that nobody had to guess.
CLEAR = 0.95  # read as most are, once marks are taken away
SENTENCES = 0.9  # words that are too many for names
LIKELY = 0.85  # all cells point to it, and another kind would take them as well
DOUBTFUL = 0.7  # the best of several readings
ASKED = 0.6  # there is a question about it

_FREE_TEXT_WORDS = 4.0  # in a cell on average: names of things are shorter
_FREE_TEXT_LENGTH = 40.0  # letters in a cell on average, for languages without blanks


def too_many_levels(n_levels: int, n_known: int) -> bool:
    """Tell whether a column of words has too many different ones to be a feature."""
    return n_levels > MAX_LEVELS or (n_levels > 2 and 2 * n_levels > n_known)


def few_integers(values: NDArray[np.float64], n_distinct: int) -> bool:
    """Tell whether numbers look like steps of a scale: few different whole ones, often repeated."""
    if not 3 <= n_distinct <= FEW_INTEGERS or len(values) < 3 * n_distinct:
        return False
    if not np.isfinite(values).all() or np.ptp(values) > 2 * FEW_INTEGERS:
        return False
    return bool((values == np.round(values)).all())


def sentinel(values: NDArray[np.float64]) -> float | None:
    """Find a number such as -999 or 9999 that stands far from all others, for a missing value."""
    if len(values) < 3 or not np.isfinite(values).all():
        return None
    for extreme in (values.min(), values.max()):
        if abs(extreme) not in SENTINELS:
            continue
        rest = values[values != extreme]
        if len(rest) < 2 or (len(values) - len(rest) < 2 and abs(extreme) < 999.0):
            continue
        gap = min(abs(extreme - rest.min()), abs(extreme - rest.max()))
        if gap > np.ptp(rest):
            return float(extreme)
    return None


def kind_of_words(cells: DistinctCells) -> tuple[str, float, str]:
    """Guess whether words are a category, IDs or free text; with confidence and reason."""
    n_levels = len(cells.texts)
    if not too_many_levels(n_levels, cells.n_known):
        return "category", CLEAR, f"words, {n_levels} different ones"
    length = pc.mean(pc.utf8_length(cells.texts)).as_py()
    blanks = pc.mean(pc.count_substring(cells.texts, " ")).as_py()
    if blanks + 1 >= _FREE_TEXT_WORDS or length >= _FREE_TEXT_LENGTH:
        return "text", SENTENCES, f"free text, {blanks + 1:.0f} words in a cell on average"
    if n_levels == cells.n_known:
        return "id", LIKELY, "different in every row, like an ID"
    return "text", DOUBTFUL, f"{n_levels} different words in {cells.n_known} rows: too many levels"
