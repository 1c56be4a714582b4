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
DIRECTIONS = 8  # drawn at random, along which columns are compared first
SEED = 0x5EED_C0DE_1D1F  # that nobody draws data with: theirs would lie along such directions
REACH = 55.0  # chi squared of 8 degrees: one close pair in 2e8 looks farther apart than this
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
    words = {column.n_codes for column in case.columns.but(set(case.numeric))}
    if not words:
        return []
    other = case.plain.named(~np.isin(case.plain.n_codes, list(words)))
    for column in case.columns.but(other):
        if column.n_codes not in words:
            continue
        sizes = np.bincount(column.codes)
        if is_striking(log_chance_of_match(sizes, 0), n_pairs):  # not where all values differ
            found.setdefault(_pattern(column.codes), []).append(column.name)
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
    Z = in_units((case.numbers[names] if done else case.numbers).to_numpy())
    norms = np.sqrt(np.square(Z).sum(axis=0))
    Z /= np.where(norms > 0.0, norms, 1.0)
    free, groups = np.ones(len(names), dtype=bool), []
    for j, close in _neighbours(Z, free):
        close = close[np.abs(Z[:, j] @ Z[:, close]) > LEAST_CORRELATION]
        if len(close):
            free[close] = False
            groups.append([names[j], *(names[i] for i in close)])
    return groups


def _neighbours(Z: np.ndarray, free: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each free column with the later free ones that are close to it, or to its negative.

    Columns of length one that correlate by r are sqrt(2 - 2 r) apart, so along some directions
    hardly any two of a wide table are as close as copies; a tree finds those that are.
    """
    from scipy.spatial import cKDTree

    varied = np.flatnonzero(Z.any(axis=0))
    points = (np.random.default_rng(SEED).normal(size=(DIRECTIONS, len(Z))) @ Z[:, varied]).T
    points *= np.where(points[:, :1] < 0.0, -1.0, 1.0)  # as a negative's are, so one look is enough
    reach = float(np.sqrt(REACH * 2.0 * (1.0 - LEAST_CORRELATION)))
    mirrored = np.flatnonzero(points[:, 0] <= reach)  # but where the sign may be either
    at = np.concatenate([np.arange(len(points)), mirrored])
    tree = cKDTree(np.concatenate([points, -points[mirrored]]))
    in_turn = tree.indices[tree.indices < len(points)]  # next to one another, so in the cache
    counts = tree.query_ball_point(points[in_turn], reach, return_length=True)
    for k in np.sort(in_turn[counts > 1]).tolist():  # each is close to itself
        if not free[varied[k]]:
            continue
        later = varied[np.unique(at[tree.query_ball_point(points[k], reach)])]
        later = later[(later > varied[k]) & free[later]]
        if len(later):
            yield int(varied[k]), later


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
