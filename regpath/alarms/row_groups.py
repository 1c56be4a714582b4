"""A key that several rows share, such as a patient with several visits, split at random."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case
from regpath.alarms.columns import Column
from regpath.io.columns.ids import names_an_id
from regpath.wording import counted, listed

KIND = "row_groups"
LEAST_ROWS = 30  # of the table
LEAST_KEYS = 10  # different values of a key
LEAST_REPEATED = 0.5  # of the rows share their key with another
MANY_KEYS = 0.05  # different values, of the rows, from which words or whole numbers may be keys
LEAST_SHARED = 2  # columns that a number without the name of an ID must decide
SAME = 0.99  # of the rows with a repeated key hold what the first of them holds
LIKE_ANYHOW = 0.6  # chance that two rows agree, above which agreement shows nothing
IN_STEP = 0.9  # rank correlation from which a column is a scale of the key
CODE = re.compile(r"[A-Za-z]{0,5}[-_ ]?\d{2,}|[A-Za-z0-9]+-\d+")


def row_groups(case: Case) -> Iterator[Alarm]:
    """Find the key whose rows belong together."""
    if len(case.y) < LEAST_ROWS or case.recipe.group is not None:
        return
    columns, plain = case.all_columns, case.plain
    found: list[tuple[Column, list[str]]] = []
    few = plain.named(~plain.is_whole | (plain.n_levels < LEAST_KEYS))
    for column in columns.but(few):
        if column.name in case.times or not _may_be_key(column, len(case.y)):
            continue
        shared = [c.name for c in columns.values() if c is not column and _is_shared(c, column)]
        if _is_named(column) or len(shared) >= (1 if column.values is None else LEAST_SHARED):
            found.append((column, shared))
    if found:
        keys = sorted(found, key=lambda key: (not _is_named(key[0]), -len(key[1])))
        yield _alarm(case, *keys[0], [column.name for column, _ in keys[1:]])


def _is_named(column: Column) -> bool:
    return names_an_id(column.name)


def _may_be_key(column: Column, n: int) -> bool:
    n_keys = column.n_levels
    if n_keys < LEAST_KEYS or 2 * (n - n_keys) < LEAST_REPEATED * n:
        return False  # of values that repeat there are at most two for each that is no first one
    if column.has_gaps and column.missing.mean() > 0.5:
        return False
    if column.values is not None and not column.is_whole:
        return False
    sizes = np.bincount(column.codes[~column.missing])
    if sizes[sizes > 1].sum() < LEAST_REPEATED * n:
        return False
    return _is_named(column) or n_keys >= MANY_KEYS * n or _is_coded(column)


def _is_coded(column: Column) -> bool:
    """Whether levels look like P0012 or 7-301."""
    texts = pd.Series(column.levels[:100]).astype(str)
    return column.values is None and bool(texts.str.fullmatch(CODE).all())


def _is_shared(column: Column, key: Column) -> bool:
    """Whether rows of one key agree in the column, as they would not by chance."""
    shares = np.bincount(column.codes) / len(column.codes)
    if np.square(shares).sum() > LIKE_ANYHOW or not _agrees(column, key):
        return False
    return not _is_scale(column, key) and not _agrees(key, column)


def _agrees(column: Column, key: Column) -> bool:
    first = np.unique(key.codes, return_index=True)[1]
    same = column.codes == column.codes[first][key.codes]
    repeated = np.ones(len(same), dtype=bool)
    repeated[first] = False
    return bool(repeated.any()) and bool(same[repeated].mean() >= SAME)


def _is_scale(column: Column, key: Column) -> bool:
    """Whether the column bins or bends a numeric key, as an age group does an age."""
    if key.values is None:
        return False
    order = np.argsort(key.values, kind="stable")
    codes = column.codes[order]
    if column.values is None or column.n_codes < LEAST_KEYS:
        return int((codes[1:] != codes[:-1]).sum()) < 2 * column.n_codes
    ranks = pd.DataFrame({"key": key.values, "column": column.values}).rank().to_numpy()
    return bool(abs(np.corrcoef(np.nan_to_num(ranks).T)[0, 1]) > IN_STEP)


def _alarm(case: Case, column: Column, shared: list[str], others: list[str]) -> Alarm:
    name = column.name
    why = f", and rows of one value agree in {listed(shared)}" if shared else ""
    also = f" Much the same is true of {listed(others)}." if others else ""
    what = (
        f"{name!r} has {len(column.levels)} different values in {counted(len(case.y), 'row')}"
        f"{why}; rows are split at random{_across(case, column)}.{also}"
    )
    effect = (
        "The score then tells how well rows of known groups are recognized, which is better than "
        "how well new groups will be predicted."
    )
    change = case.split_by("group", name)
    return Alarm(KIND, "hint", (name,), what, effect, f"Split by {name!r}", change)


def _across(case: Case, column: Column) -> str:
    if not isinstance(case.split, tuple):
        return ""
    keys = pd.factorize(case.frame[column.name])[0]
    train, test = case.split
    n_known = int(np.isin(keys[test], keys[train][keys[train] >= 0]).sum())
    return f": {n_known} of {counted(len(test), 'test row')} share theirs with a row to learn from"
