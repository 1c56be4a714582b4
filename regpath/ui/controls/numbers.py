"""The switch between ways to write numbers, at the end of the side."""

from __future__ import annotations

import streamlit as st

from regpath.number_format import FORMATS, format_of
from regpath.ui.session.state import Key, settle
from regpath.ui.session.visitors_numbers import BY_LOCALE

SAMPLE = "1,234.5"


def choose_numbers() -> None:
    """Ask how numbers are written; unasked it is as the browser's language does."""
    names = {BY_LOCALE: f"as in my browser: {format_of(st.context.locale).written(SAMPLE)}"}
    names |= {name: each.written(SAMPLE) for name, each in FORMATS.items()}
    settle(Key.NUMBERS, names, BY_LOCALE)
    with st.expander("How numbers are written"):
        st.selectbox(
            "Numbers",
            list(names),
            key=Key.NUMBERS,
            format_func=names.__getitem__,
            label_visibility="collapsed",
            help="In charts, tables, sentences and pages to print. Code, links and Parquet keep "
            "the point.",
        )
        st.caption("What you type is read with a point and with a comma.")
