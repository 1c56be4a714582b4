"""Changes of how a file is read: what a choice changes, and all of them together.

Workers read files by them, so this knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from regpath.io.options import READ_FIELDS, ColumnOptions, ReadOptions

Changes = Mapping[tuple[str, ...], Any]
GUESSES = ReadOptions()
SETS = tuple(name for name, field in READ_FIELDS.items() if field.many is frozenset)
PLAIN = tuple(f.name for f in fields(ReadOptions) if f.name not in ("columns", *SETS))


def changes(before: ReadOptions, after: ReadOptions) -> Changes:
    """In what two sets of options differ.

    >>> changes(ReadOptions(), ReadOptions(skip_rows=2).keeping("totals"))
    {('skip_rows',): 2, ('kept', 'totals'): True}
    """
    found: dict[tuple[str, ...], Any] = {
        (name,): getattr(after, name)
        for name in PLAIN
        if getattr(after, name) != getattr(before, name)
    }
    for name in SETS:
        old, new = getattr(before, name), getattr(after, name)
        found |= {(name, key): key in new for key in sorted(old ^ new)}
    for column in {**before.columns, **after.columns}:
        was, now = before.of(column), after.of(column)
        found |= {
            ("columns", column, f.name): getattr(now, f.name)
            for f in fields(ColumnOptions)
            if getattr(now, f.name) != getattr(was, f.name)
        }
    return found


def merged(said: Iterable[Changes], columns: Collection[str] | None = None) -> ReadOptions:
    """All changes together; later ones win. With `columns`, those of others are left aside."""
    options = GUESSES
    for each in said:
        for path, value in each.items():
            if path[0] in SETS:
                held = getattr(options, path[0])
                held = held | {path[1]} if value else held - {path[1]}
                options = replace(options, **{path[0]: held})
            elif path[0] == "columns":
                if columns is None or path[1] in columns:
                    options = options.saying(path[1], **{path[2]: value})
            else:
                options = replace(options, **{path[0]: value})
    return options
