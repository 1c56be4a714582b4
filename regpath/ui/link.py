"""The link to what is chosen: in the address bar, and in a dialog to pass it on.

Streamlit would add an entry to the browser's history with every change of the address, so that
Back undoes choices; here the page's own entry is rewritten.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

SHARE, ASKED = "share", "asked"
LONGEST = 1500  # letters of an address; a code of more is too fine for a projector
DIALOG = Path(__file__).with_name("assets") / "share.html"


def write_link(query: str, *, by: str = "link") -> None:
    """Let the address bar say what is chosen.

    Parameters
    ----------
    query : str
        What follows the question mark; empty where a link could not bring the data back.
    by : {"link", "link-points"}, default="link"
        The writer, of which a part of the page that runs alone has one of its own.
    """
    with st.container(key=f"rp-{by}"):
        _writer()(key=by, data={"query": query})


def offer_link() -> None:
    """Show a button that opens a dialog with the link, for the eye and for a camera."""
    told = st.session_state.get(SHARE)
    address = told.get(ASKED) if told else None
    code = {"address": address, "svg": _code_of(address)} if _is_link(address) else None
    _sharer()(key=SHARE, width="content", data={"code": code}, on_asked_change=_hear)


def _hear() -> None:
    """The browser asks for the code of an address; the run that follows has it."""


def _is_link(address: object) -> bool:
    return isinstance(address, str) and address.startswith("http") and len(address) <= LONGEST


@cache
def _code_of(address: str) -> str:
    """A QR code, as an image that a page can hold."""
    code = import_module("segno").make_qr(address, error="m")
    return str(code.svg_data_uri(scale=4, border=2, light="white"))


@cache
def _writer() -> ComponentRenderer:
    return st.components.v2.component("regpath.link", js="link.js")


@cache
def _sharer() -> ComponentRenderer:
    html = DIALOG.read_text(encoding="utf-8")
    return st.components.v2.component("regpath.share", html=html, css="share.css", js="share.js")
