"""How this visitor has numbers written: as the browser's language does, or as was chosen."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from regpath.number_format import FORMATS, POINT, NumberFormat, format_of
from regpath.ui.session.state import Key

BY_LOCALE = "browser"
NUMBERS = "numbers"  # of an address, where they are not as the browser's language has them


def visitors_format() -> NumberFormat:
    """How numbers are written in the present run; with a point where there is no visitor."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return POINT
    chosen = FORMATS.get(st.session_state.get(Key.NUMBERS, BY_LOCALE))
    return format_of(st.context.locale) if chosen is None else chosen


def numbers_in_link() -> dict[str, str]:
    """What a link says of the format: nothing until the visitor chose one."""
    chosen = st.session_state.get(Key.NUMBERS)
    return {NUMBERS: chosen} if chosen in FORMATS else {}
