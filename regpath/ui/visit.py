"""A visit with a file that breaks off: the browser's tab keeps its choices for the next one.

A reload, a connection lost for long or a server that is started anew end a visit, and the file in
its memory with it. What was chosen stays in the tab, without the data, and waits there for the file
as a session does that was saved without them (saved.py).
"""

from __future__ import annotations

import secrets
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from regpath.export.session_file import text_of
from regpath.study import Study
from regpath.ui import explorer
from regpath.ui.controls.source import UPLOAD
from regpath.ui.controls.strength import owner_of
from regpath.ui.saved import open_kept, session_of
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

ASKED, FOUND, STORED = "visit", "found", "visit-kept"
LONGEST = 200_000  # letters of choices; thousands of answers about columns have less


def ask_tab(source: Source | None) -> None:
    """At the start of a visit, ask the tab what the last one had."""
    state = st.session_state
    waits = state.get(Key.SESSION) is not None
    data = {
        "visit": state.setdefault(Key.VISIT, secrets.token_hex(8)),
        "named": "data" in st.query_params,
        "empty": source is None and state.get(Key.SOURCE) == UPLOAD and not waits,
    }
    with st.container(key="rp-visit"):
        _component()(key=ASKED, data=data, on_found_change=_hear, on_returned_change=_returned)


def keep_in_tab(source: Source, study: Study | None) -> None:
    """Have the tab keep what was chosen about a file; of a bundled set the address has it all."""
    text = ""
    if source.upload is not None and study is not None:
        choice = explorer.choice_of(owner_of(study))
        index = None if choice is None else min(choice.index, len(study.path.lambdas) - 1)
        text = text_of(session_of(source, study, index, with_data=False))
    data = {
        "visit": st.session_state.get(Key.VISIT, ""),
        "kept": text if len(text) <= LONGEST else "",
    }
    with st.container(key="rp-visit-kept"):
        _component()(key=STORED, data=data)


def _hear() -> None:
    text = st.session_state[ASKED].get(FOUND)
    if isinstance(text, str) and len(text) <= LONGEST:
        open_kept(text)


def _returned() -> None:
    """The line is back; the run that follows shows what a server that was started anew knows."""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("regpath.visit", js="visit.js")
