"""Choices that code makes, until the browser has heard of them.

A browser sends all fields of its page with every request, as it shows them. What asks for a run
before it has heard that code chose something else, such as a cursor let go while the page is being
made, would so take the choice back. Therefore a hidden field, whose value code writes too, says how
much the browser has heard: a request that names an older number and still has a field as it was
before knows nothing of the choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from regpath.ui.session.state import Key

MOST_BEFORE = 8  # values of one widget that a browser may still show


@dataclass(frozen=True)
class Unheard:
    """A choice of code's, and what a browser that has not heard of it may still show.

    Attributes
    ----------
    number : int
        Choices of code's are counted through a visit.
    value : object
    before : tuple
    """

    number: int
    value: Any
    before: tuple[Any, ...]


def choose(name: str, value: Any) -> None:
    """Give a widget, by its key, the value that code chooses for it."""
    state = st.session_state
    if name in state and state[name] != value:
        known = _unheard().get(name)
        before = () if known is None else known.before
        state[Key.CHOSEN_BY_CODE] = number = state.get(Key.CHOSEN_BY_CODE, 0) + 1
        _unheard()[name] = Unheard(number, value, (*before, state[name])[-MOST_BEFORE:])
    state[name] = value


def chosen_value(name: str, usual: Any = None) -> Any:
    """The value of a widget, by its key, whatever a browser says that has not heard of it."""
    value = st.session_state.get(name, usual)
    known = _unheard().get(name)
    is_late = known is not None and _heard() < known.number and value in known.before
    return known.value if known is not None and is_late else value


def keep_unheard() -> None:
    """At the start of a run, take back what a browser says that had not heard of a choice."""
    state, unheard = st.session_state, _unheard()
    for name in [name for name in unheard if name not in state]:
        del unheard[name]
    for name in unheard:
        if (value := chosen_value(name)) != state[name]:
            state[name] = value


def tell_browser() -> None:
    """Draw the hidden field; after the controls of the side, so that it is heard of after them."""
    number = str(st.session_state.get(Key.CHOSEN_BY_CODE, 0))
    if st.session_state.get(Key.HEARD) != number:
        st.session_state[Key.HEARD] = number
    with st.container(key="rp-heard"):
        st.text_input("Heard", key=Key.HEARD, label_visibility="collapsed")


def _unheard() -> dict[str, Unheard]:
    found: dict[str, Unheard] = st.session_state.setdefault(Key.UNHEARD, {})
    return found


def _heard() -> int:
    """The number of the last choice that the browser had heard of when it asked for this run."""
    said = str(st.session_state.get(Key.HEARD, ""))
    everything: int = st.session_state.get(Key.CHOSEN_BY_CODE, 0)
    return int(said) if said.isdecimal() else everything
