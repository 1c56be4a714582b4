"""First rows of numbers, dates, shares and amounts that name the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from regpath.io.shapes import holds_values, is_date, is_word

_SAMPLE_ROWS = 100  # below, with which a row is compared
_RARELY = 0.1  # of cells or rows below a first row that are as those of names would be
_FEWEST_RISING = 3  # numbers of a row; of two, one is the larger in every second row
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SIGNED = re.compile("[%$\u20ac\u00a3\u00a5]")


def may_be_names(rows: Sequence[Sequence[str]]) -> bool:
    """Tell a first row of data that may be one of names: its numbers rise as in hardly any other.

    >>> rows = [["dose", "0.1", "0.5", "1"], ["ann", "7", "3", "5"], ["bob", "6", "8", "2"]]
    >>> may_be_names(rows)
    True
    """
    first, below = [cell.strip() for cell in rows[0]], rows[1 : _SAMPLE_ROWS + 1]
    columns = list(zip(*below, strict=True))
    valued = [j for j, column in enumerate(columns) if holds_values(column)]
    words = [j for j in range(len(first)) if j not in valued and is_word(first[j])]
    if not words or any(first[j] in map(str.strip, columns[j]) for j in words):
        return False
    rising = sum(_rise([row[j] for j in valued]) for row in below)
    return _rise([first[j] for j in valued]) and rising <= _RARELY * len(below)


def _rise(cells: Sequence[str]) -> bool:
    """Tell at least three plain numbers of which each is larger than the one before."""
    if len(cells) < _FEWEST_RISING or not all(_PLAIN.fullmatch(cell.strip()) for cell in cells):
        return False
    return all(a < b for a, b in pairwise(map(float, cells)))


def are_of_other_kind(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell dates above columns without any, and shares or amounts above plain numbers."""
    return all(
        (is_date(cell) and not any(map(is_date, column)))
        or (bool(_SIGNED.search(cell)) and not any(map(_SIGNED.search, column)))
        for cell, column in zip(first, below, strict=True)
    )


def name_years(first: Sequence[str], below: Sequence[Sequence[str]], *, named: bool) -> bool:
    """Tell years that rise or fall above columns of other numbers; one alone beside a name."""
    if not all(map(_YEAR.fullmatch, first)):
        return False
    cells = [cell.strip() for column in below for cell in column]
    alike = sum(map(bool, map(_YEAR.fullmatch, cells)))
    if len(first) == 1:
        return named and not alike
    return list(first) in (sorted(set(first)), sorted(set(first))[::-1]) and (
        alike <= _RARELY * len(cells)
    )


def count_up(numbers: Sequence[str]) -> bool:
    """Tell whether the cells are integers in even steps; of only two, in a step of one."""
    if len(numbers) < 2 or not all(cell.isdecimal() and len(cell) < 10 for cell in numbers):
        return False
    values = list(map(int, numbers))
    steps = {b - a for a, b in pairwise(values)}
    return steps == {1} if len(values) == 2 else len(steps) == 1 and steps != {0}
