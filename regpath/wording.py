"""How counts, cells and lists of names are worded in notes and errors."""

from __future__ import annotations

from collections.abc import Collection, Sequence

_CELL_LENGTH = 40  # letters of a cell in a message
_NAMES = 3  # of a list in a message; the rest are counted


def counted(number: int, singular: str, plural: str = "") -> str:
    """Word a count.

    >>> counted(1, "row"), counted(2, "row"), counted(2, "value that is", "values that are")
    ('1 row', '2 rows', '2 values that are')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def shown(cell: str) -> str:
    """Quote a cell for a message; a long one is cut."""
    return repr(cell if len(cell) <= _CELL_LENGTH else cell[: _CELL_LENGTH - 3] + "...")


def listed(names: Sequence[str]) -> str:
    """List quoted names, the first few only.

    >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ("'a', 'b'", "'a', 'b', 'c' and 2 more")
    """
    first = ", ".join(shown(name) for name in names[:_NAMES])
    rest = len(names) - _NAMES
    return f"{first} and {rest} more" if rest > 0 else first


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that no column has: this one, or with a mark of ours."""
    free, count = name, 1
    while free in taken:
        free = f"{name} (regpath)" if count == 1 else f"{name} (regpath {count})"
        count += 1
    return free
