"""Columns that say the same: equal up to scale, shift or other words, in groups."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.chance import is_striking, log_chance_of_match
from regpath.alarms.strength import in_units
from regpath.wording import counted, listed

KIND = "near_duplicate_columns"
LEAST_CORRELATION = 0.999  # absolute, from which columns are told as the same
LEAST_ROWS = 10  # in fewer, unrelated columns correlate as much
MOST_ROWS = 2000  # by which candidates are found; all rows confirm them
AT_A_TIME = 500  # columns
MOST_GROUPS = 5  # that are told one by one
EFFECT = (
    "How they share their weight is not determined: L1 keeps whichever is luckier, ridge splits "
    "the weight, and both look unstable."
)


def near_duplicates(case: Case) -> Iterator[Alarm]:
    """Find groups of columns that repeat their first member."""
    if len(case.y) < LEAST_ROWS:
        return
    groups = _recoded(case)
    groups += _correlated(case, {name for group in groups for name in group})
    groups = [list(group) for group in groups]
    if len(groups) <= MOST_GROUPS:
        yield from (_alarm(case, group) for group in groups)
    else:
        yield _summary(case, groups)


def _recoded(case: Case) -> list[list[str]]:
    """Words whose levels are those of other words or numbers: the same under other names.

    Of numbers alone, such as an age and its square, each says something of its own.
    """
    found: dict[bytes, list[str]] = {}
    n_pairs = len(case.used) ** 2
    words = {column.n_codes for column in case.columns.values() if column.values is None}
    for name, column in case.columns.items():
        if column.n_codes not in words:
            continue
        sizes = np.bincount(column.codes)
        if is_striking(log_chance_of_match(sizes, 0), n_pairs):  # not where all values differ
            found.setdefault(_pattern(column.codes), []).append(name)
    numeric = set(case.numeric)
    groups = [sorted(names, key=numeric.__contains__) for names in found.values()]
    return [names for names in groups if len(names) > 1 and names[0] not in numeric]


def _pattern(codes: np.ndarray) -> bytes:
    """Codes in order of first appearance, so that names of levels make no difference."""
    return np.asarray(pd.factorize(codes)[0], dtype=np.int32).tobytes()


def _correlated(case: Case, done: set[str]) -> list[list[str]]:
    names = [name for name in case.numeric if name not in done]
    if len(names) < 2:
        return []
    Z = in_units(case.numbers[names].to_numpy())
    norms = np.sqrt(np.square(Z).sum(axis=0))
    Z /= np.where(norms > 0.0, norms, 1.0)
    rows = np.linspace(0, len(Z) - 1, min(MOST_ROWS, len(Z))).astype(np.intp)
    free, groups = np.ones(len(names), dtype=bool), []
    for j, follower in _candidates(Z[rows]):
        if not free[j]:
            continue
        close = follower[free[follower]]
        close = close[np.abs(Z[:, j] @ Z[:, close]) > LEAST_CORRELATION]
        if len(close):
            free[close] = False
            groups.append([names[j], *(names[i] for i in close)])
    return groups


def _candidates(Z: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each column with the later ones that look like it on some of the rows."""
    Z = Z - Z.mean(axis=0)
    norms = np.sqrt(np.square(Z).sum(axis=0))
    Z = (Z / np.where(norms > 0.0, norms, 1.0)).astype(np.float32)  # all digits confirm them
    for low in range(0, Z.shape[1], AT_A_TIME):
        products = Z[:, low : low + AT_A_TIME].T @ Z[:, low:]
        close = np.abs(products, out=products) > 1.0 - 2.0 * (1.0 - LEAST_CORRELATION)
        for i in np.flatnonzero(close.sum(axis=1) > 1).tolist():  # each is close to itself
            later = np.flatnonzero(close[i])
            later = later[later > i]
            if len(later):
                yield low + i, low + later


def _alarm(case: Case, group: list[str]) -> Alarm:
    rest = tuple(group[1:])
    what = (
        f"{listed(rest)} {'repeats' if len(rest) == 1 else 'repeat'} {group[0]!r}: equal up to "
        f"scale, shift or coding, or correlated above {LEAST_CORRELATION}, over "
        f"{counted(len(case.y), 'row')}."
    )
    remedy = f"Keep {group[0]!r} alone"
    return Alarm(KIND, "warning", tuple(group), what, EFFECT, remedy, case.without(rest))


def _summary(case: Case, groups: list[list[str]]) -> Alarm:
    columns = tuple(name for group in groups for name in group)
    rest = tuple(name for group in groups for name in group[1:])
    largest = max(groups, key=len)
    what = (
        f"{len(columns)} columns form {len(groups)} groups of near copies (the largest: "
        f"{largest[0]!r} with {listed(largest[1:])}), over {counted(len(case.y), 'row')}."
    )
    remedy = "Keep the first of each group"
    return Alarm(KIND, "warning", columns, what, EFFECT, remedy, case.without(rest))
