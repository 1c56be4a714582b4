"""What a person says of a file in place of a guess, subject by subject; each can be taken back.

A table is read from its bytes and all overrides together; none is lost on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import streamlit as st

from regpath.io.diagnosis import Question, Repair
from regpath.io.options import ReadOptions
from regpath.ui.session.changes import Changes, merged
from regpath.ui.session.state import Key


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


def options_of(
    overrides: Iterable[Override], columns: Collection[str] | None = None
) -> ReadOptions:
    """All overrides together; later ones win. With `columns`, those of others are left aside."""
    return merged((each.changes for each in overrides), columns)


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
