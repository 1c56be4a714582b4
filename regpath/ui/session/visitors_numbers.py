"""How this visitor has numbers written: as the browser's language does, or as was chosen."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from regpath.number_format import FORMATS, POINT, NumberFormat, format_of
from regpath.ui.session.state import Key

BY_LOCALE = "browser"


def visitors_format() -> NumberFormat:
    """How numbers are written in the present run; with a point where there is no visitor."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return POINT
    chosen = FORMATS.get(st.session_state.get(Key.NUMBERS, BY_LOCALE))
    return format_of(st.context.locale) if chosen is None else chosen


def is_switched() -> bool:
    """Whether the visitor chose a format, which then travels with the link."""
    return st.session_state.get(Key.NUMBERS) in FORMATS
