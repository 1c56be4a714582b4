"""Two features that a picture shows and what happens to the others, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from regpath.ui.session.state import Key

ACROSS, UPWARDS, OTHERS = PAIR = ("across", "upwards", "others")
HELD, REFITTED = CHOICES = ("Held at the path", "Fitted again")
AGAIN = "refitted"


def keys_of_pair(digest: str) -> tuple[str, str]:
    """Where the names of the two are kept, for a table."""
    return Key.ACROSS.of(digest), Key.UPWARDS.of(digest)


def take_pair(words: Mapping[str, Sequence[str]], digest: str) -> None:
    """Choose what an address names; whether there are such features is seen with the model."""
    for name, key in zip((ACROSS, UPWARDS), keys_of_pair(digest), strict=True):
        if name in words:
            st.session_state[key] = words[name][-1]
    if OTHERS in words:
        is_again = words[OTHERS][-1] == AGAIN
        st.session_state[Key.OTHERS.of(digest)] = REFITTED if is_again else HELD


def pair_in_link(names: Sequence[str], usual: Sequence[str], others: str = HELD) -> dict[str, str]:
    """What an address says of two features; nothing of what is drawn at first.

    >>> pair_in_link(("age", "dose"), ("age", "dose", "weight"))
    {}
    >>> pair_in_link(("age", "weight"), ("age", "dose", "weight"), REFITTED)
    {'across': 'age', 'upwards': 'weight', 'others': 'refitted'}
    """
    is_usual = tuple(names) == tuple(usual[:2])
    found = {} if is_usual else dict(zip((ACROSS, UPWARDS), names, strict=True))
    return found | ({OTHERS: AGAIN} if others == REFITTED else {})
