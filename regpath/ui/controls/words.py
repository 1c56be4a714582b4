"""Words of a text that the glossary explains, each to be pointed at or tapped."""

from __future__ import annotations

import streamlit as st

from regpath.glossary import words_in
from regpath.ui.messages import literal


def show_words(text: str) -> None:
    """Show the words of a text that have an explanation, with it."""
    with st.container(horizontal=True, gap="small"):
        for word, means in words_in(text).items():
            with st.popover(word, help=means):
                st.markdown(f"**{literal(word)}.** {literal(means)}")
