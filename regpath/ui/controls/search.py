"""A field that searches names where there are too many for a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import streamlit as st

from regpath.number_format import num

LISTED = 2000  # names, above which lists are searched: 50 000 stopped Chromium for 1.4 s a key
OFFERED = 200  # of those that were found


def offered(label: str, key: str, names: Collection[Any], kept: Iterable[Any] = ()) -> list[Any]:
    """Names that a list offers: all of them, or those that a search field of its own finds.

    Parameters
    ----------
    label : str
        Of the list; the field is called after it.
    key : str
        Under which the session holds what the list says.
    names : collection of str
    kept : iterable of str, default=()
        What is chosen, which stays on offer.
    """
    if len(names) <= LISTED:
        return list(names)
    kept = [name for name in dict.fromkeys(kept) if name in names]
    return list(dict.fromkeys([*kept, *found(label, key, names, OFFERED)]))


def found(label: str, key: str, names: Collection[str], most: int) -> list[str]:
    """Ask for a part of a name, and find at most so many that have it."""
    part = st.text_input(
        f"Search: {label}",
        key=f"search:{key}",
        placeholder=f"Part of a name, then Enter: {num(len(names)):,} columns",
        label_visibility="collapsed",
    )
    return matching(part or "", names, most)


def matching(part: str, names: Iterable[str], most: int) -> list[str]:
    """The names that hold a part, whatever the case: the whole first, then those that begin so.

    >>> matching("ab", ["cab", "Abel", "x", "ab"], 2)
    ['ab', 'Abel']
    """
    part = part.strip().casefold()
    held = [(name.casefold(), name) for name in names]
    held = [(folded, name) for folded, name in held if part in folded]
    if part:
        held.sort(key=lambda each: (each[0] != part, not each[0].startswith(part)))
    return [name for _, name in held[:most]]
