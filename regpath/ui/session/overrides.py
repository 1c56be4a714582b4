"""What a person says of a file in place of a guess, subject by subject; each can be taken back.

A table is read from its bytes and all overrides together; none is lost on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import streamlit as st

from regpath.io.diagnosis import Question, Repair
from regpath.io.options import READ_FIELDS, ColumnOptions, ReadOptions
from regpath.ui.session.state import Key

Changes = Mapping[tuple[str, ...], Any]
GUESSES = ReadOptions()
SETS = tuple(name for name, field in READ_FIELDS.items() if field.many is frozenset)
PLAIN = tuple(f.name for f in fields(ReadOptions) if f.name not in ("columns", *SETS))


@dataclass(frozen=True)
class Override:
    """One choice.

    Attributes
    ----------
    text : str
        In words, for people.
    changes : mapping of path to value
        What it changes: ("skip_rows",), ("kept", repair), ("accepted", question) or
        ("columns", column, choice).
    about : Repair, Question, str or None
        What it is about, so that it can still be shown where a reading no longer mentions it; the
        kind that was guessed of a column.
    answer : int
        Which answer of a question.
    """

    text: str
    changes: Changes
    about: Repair | Question | str | None = None
    answer: int = 0


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


def options_of(
    overrides: Iterable[Override], columns: Collection[str] | None = None
) -> ReadOptions:
    """All overrides together; later ones win. With `columns`, those of others are left aside."""
    options = GUESSES
    for each in overrides:
        for path, value in each.changes.items():
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


def overrides_of(owner: str) -> dict[str, Override]:
    """The overrides of an upload, by subject, in the order in which they were made."""
    by_owner: dict[str, dict[str, Override]] = st.session_state.setdefault(Key.OVERRIDES, {})
    return by_owner.setdefault(owner, {})


def set_override(owner: str, subject: str, new: Override) -> None:
    """Override a guess; what was set before on this subject is forgotten."""
    take_back(owner, subject)
    overrides_of(owner)[subject] = new


def take_back(owner: str, subject: str) -> None:
    """Return to the guess on one subject."""
    overrides_of(owner).pop(subject, None)


def forget(owner: str) -> None:
    """Return to the guesses."""
    st.session_state.get(Key.OVERRIDES, {}).pop(owner, None)
