"""The link to what is chosen: in the address bar, and in a dialog to pass it on.

Streamlit would add an entry to the browser's history with every change of the address, so that
Back undoes choices; here the page's own entry is rewritten.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).parent


def write_link(query: str) -> None:
    """Let the address bar say what is chosen.

    Parameters
    ----------
    query : str
        What follows the question mark; empty where a link could not bring the data back.
    """
    with st.container(key="rp-link"):
        _writer()(key="link", data={"query": query})


def offer_link() -> None:
    """Show a button that opens a dialog with the link."""
    _sharer()(key="share", width="content")


@cache
def _writer() -> ComponentRenderer:
    return st.components.v2.component("regpath_link", js=_text("link.js"))


@cache
def _sharer() -> ComponentRenderer:
    return st.components.v2.component(
        "regpath_share", html=_text("share.html"), css=_text("share.css"), js=_text("share.js")
    )


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
