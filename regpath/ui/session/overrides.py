"""What a person says of a file, subject by subject: each saying can be taken back alone.

A table is read from its bytes and all that was said; nothing that was said is lost on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import streamlit as st

from regpath.io.diagnosis import Question, Repair
from regpath.io.options import ColumnOptions, ReadOptions
from regpath.ui.session.state import Key

Changes = Mapping[tuple[str, ...], Any]
GUESSES = ReadOptions()
PLAIN = tuple(f.name for f in fields(ReadOptions) if f.name not in ("columns", "kept"))


@dataclass(frozen=True)
class Saying:
    """One choice.

    Attributes
    ----------
    text : str
        What was said, for people.
    changes : mapping of path to value
        What it changes: ("skip_rows",), ("kept", repair) or ("columns", column, choice).
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
    found |= {("kept", key): key in after.kept for key in sorted(before.kept ^ after.kept)}
    for column in {**before.columns, **after.columns}:
        old, new = before.of(column), after.of(column)
        found |= {
            ("columns", column, f.name): getattr(new, f.name)
            for f in fields(ColumnOptions)
            if getattr(new, f.name) != getattr(old, f.name)
        }
    return found


def options_of(sayings: Iterable[Saying], columns: Collection[str] | None = None) -> ReadOptions:
    """All sayings together; later ones win. With `columns`, nothing is said of others."""
    options = GUESSES
    for saying in sayings:
        for path, value in saying.changes.items():
            if path[0] == "kept":
                kept = options.kept | {path[1]} if value else options.kept - {path[1]}
                options = replace(options, kept=kept)
            elif path[0] == "columns":
                if columns is None or path[1] in columns:
                    options = options.saying(path[1], **{path[2]: value})
            else:
                options = replace(options, **{path[0]: value})
    return options


def said_of(owner: str) -> dict[str, Saying]:
    """All that was said of an upload, by subject, in the order in which it was said."""
    said: dict[str, dict[str, Saying]] = st.session_state.setdefault(Key.SAID, {})
    return said.setdefault(owner, {})


def say(owner: str, subject: str, saying: Saying) -> None:
    """Say something; what was said before on this subject is forgotten."""
    take_back(owner, subject)
    said_of(owner)[subject] = saying


def take_back(owner: str, subject: str) -> None:
    """Return to the guess on one subject."""
    said_of(owner).pop(subject, None)


def forget(owner: str) -> None:
    """Return to the guesses."""
    st.session_state.get(Key.SAID, {}).pop(owner, None)
