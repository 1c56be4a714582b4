"""Whether the first row names the columns, and what the columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from regpath.io.missing import MISSING
from regpath.io.numbers import is_number
from regpath.io.wording import counted, listed

_SAMPLE_ROWS = 100


def first_row_is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table has no header.

    It has none if each column that is numeric below has a number in the first row too, unless
    those numbers count up like names: years, or the 0, 1, 2, ... of a frame without names.

    Parameters
    ----------
    rows : sequence of sequence of str
        All rows of the table, at least two.

    Examples
    --------
    >>> first_row_is_data([["5.1", "a"], ["4.9", "b"]])
    True
    >>> first_row_is_data([["1990", "1991"], ["4.9", "3.1"]])
    False
    """
    first = [cell.strip() for cell in rows[0]]
    if not any(map(is_number, first)):
        return False
    numeric = [
        j
        for j, column in enumerate(zip(*rows[1 : _SAMPLE_ROWS + 1], strict=True))
        if _is_numeric(column)
    ]
    # A blank in the first row is more often an index without a name than a missing value.
    numbers = [first[j] for j in numeric if first[j] == "" or first[j] not in MISSING]
    return bool(numbers) and all(map(is_number, numbers)) and not _count_up(numbers)


def column_names(first_row: Sequence[str]) -> tuple[list[str], list[str]]:
    """Turn the header into distinct names that are not blank, and say what was changed.

    >>> column_names(["a", "a", ""])[0]
    ['a', 'a (2)', 'column 3']
    """
    written = [cell.strip() for cell in first_row]
    filled = [name or f"column {j}" for j, name in enumerate(written, start=1)]
    blank = [name for name, original in zip(filled, written, strict=True) if not original]
    names = _distinct(filled)
    renamed = [new for new, old in zip(names, filled, strict=True) if new != old]
    numbers = [name for name in written if is_number(name)]
    notes = []
    if blank:
        what = counted(len(blank), "column has no name", "columns have no name")
        notes.append(f"{what} in the header and got one: {listed(blank)}.")
    if renamed:
        what = counted(len(renamed), "column shares its name", "columns share their names")
        notes.append(f"{what} with an earlier one and got a new one: {listed(renamed)}.")
    if numbers:
        notes.append(
            f"The first row was taken as names although it holds numbers ({listed(numbers)}): "
            "if it is data, add a line with names above it."
        )
    return names, notes


def invented_names(width: int) -> tuple[list[str], list[str]]:
    """Name the columns of a table without a header, and say so."""
    names = [f"column {j}" for j in range(1, width + 1)]
    note = (
        "The first row looks like data, so it was not taken as names: "
        f"the columns are called {listed(names)}."
    )
    return names, [note]


def _is_numeric(column: Sequence[str]) -> bool:
    present = [cell for cell in map(str.strip, column) if cell not in MISSING]
    return bool(present) and all(map(is_number, present))


def _count_up(numbers: Sequence[str]) -> bool:
    """Tell whether the cells are integers in even steps; of only two, in a step of one."""
    if len(numbers) < 2 or not all(cell.isdecimal() and len(cell) < 10 for cell in numbers):
        return False
    values = list(map(int, numbers))
    steps = {b - a for a, b in pairwise(values)}
    return steps == {1} if len(values) == 2 else len(steps) == 1 and steps != {0}


def _distinct(names: Sequence[str]) -> list[str]:
    taken = set(names)
    seen: set[str] = set()
    last: dict[str, int] = {}
    distinct = []
    for name in names:
        new = name
        while new in seen or (new != name and new in taken):
            last[name] = last.get(name, 1) + 1
            new = f"{name} ({last[name]})"
        seen.add(new)
        distinct.append(new)
    return distinct
