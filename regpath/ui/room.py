"""The room around a page: a lecture's large type, a phone's bar of pages, a side that gives way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer
from streamlit.navigation.page import StreamlitPage

from regpath.ui.address import SLIDE
from regpath.ui.controls.composed import PENALTIES
from regpath.ui.display import is_presenting
from regpath.ui.session.state import Key
from regpath.ui.workspace import Workspace

# Until the browser part of `arrange_room` has come; after some seconds it is not waited for.
VEIL = (
    "<style>html:not([data-rp-slide]) .stApp { opacity: 0; animation: rp-late 0s 8s "
    "forwards; } @keyframes rp-late { to { opacity: 1; } }</style>"
)


def veil() -> None:
    """Show nothing of a page that is about to become a slide."""
    slot = st.empty()  # in every run: what stands below keeps its place
    if SLIDE in st.query_params.get_all("view"):
        slot.html(VEIL)


def arrange_room(workspace: Workspace, page: StreamlitPage) -> None:
    """Tell the browser how the page is shown, and what is chosen.

    On a phone the side closes once that is something new.
    """
    penalty = str(st.session_state.get(Key.PENALTY, ""))
    chosen = {
        "page": page.title,
        "data": "none" if workspace.source is None else workspace.source.owner,
        "target": "" if workspace.chosen is None else workspace.chosen.target,
        # An elastic net has a slider that is chosen next.
        "penalty": "" if PENALTIES.get(penalty) is None else penalty,
    }
    state = st.session_state
    shown = {
        "present": is_presenting(),
        "alone": bool(state.get(Key.ALONE) or state.get(Key.SLIDE)),
        "slide": bool(state.get(Key.SLIDE)),
    }
    with st.container(key="rp-room"):
        _component()(key="room", data={"chosen": chosen, **shown})
        _reach()(key="reach")


def offer_lecture() -> None:
    """A button that shows every page as a projector needs it, and back."""
    now = is_presenting()
    with st.container(key="rp-present", width="content"):
        st.button(
            "Leave" if now else "Present",
            key="lecture",
            on_click=_present,
            args=(not now,),
            icon=":material/close_fullscreen:" if now else ":material/slideshow:",
        )


def _present(now: bool) -> None:
    st.session_state[Key.PRESENT] = now


def show_pages(pages: Sequence[StreamlitPage]) -> None:
    """Links to all pages, which only a phone shows: Streamlit hides its own in the side there."""
    with st.container(key="rp-pages", horizontal=True, gap=None):
        for page in pages:
            st.page_link(page, label=page.title)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("regpath.room", js="room.js")


@cache
def _reach() -> ComponentRenderer:
    return st.components.v2.component("regpath.reach", js="reach.js")
