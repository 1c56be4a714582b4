"""Parts of a page of which one is open at a time, so that nothing is computed that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from regpath.ui.session.state import Key, settle
from regpath.wording import listed


def choose_section(page: str, names: Sequence[str]) -> str:
    """Ask which part of a page is open; the first is until a person or a link says otherwise."""
    key = Key.SECTION.of(page)
    asked = asked_section(names)
    if asked is not None:
        st.session_state[key] = asked
        section_is_open()
    settle(key, names, names[0])
    chosen: str | None = st.pills("Part", names, key=key, label_visibility="collapsed")
    return chosen or names[0]


def asked_section(names: Sequence[str]) -> str | None:
    """The part that a link asks for, until it is open; what this page does not have is said."""
    asked: str | None = st.session_state.get(Key.ASKED_SECTION)
    if asked is None or asked in names:
        return asked
    st.info(f"The address asks for {asked!r}; the parts of this page are {listed(names)}.")
    section_is_open()
    return None


def section_is_open() -> None:
    """Nothing is left to do of what a link asked for: a run that is broken off before does it."""
    st.session_state.pop(Key.ASKED_SECTION, None)
