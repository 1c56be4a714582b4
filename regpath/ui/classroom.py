"""The part of a visit in the class, if one is taught: to lead it, to follow, or to go on freely.

What moves the cursor goes from browser to browser (broadcast.py). What changes the page itself
(data, choices, the page) is taken over here, before the page is drawn, through the doors that a
person has.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer
from streamlit.navigation.page import StreamlitPage

from regpath.study import Study
from regpath.ui import explorer
from regpath.ui.broadcast import Broadcast, OnScreen, current_broadcast, stage_name
from regpath.ui.controls.strength import owner_of, stands
from regpath.ui.saved import for_others, session_of, take_over
from regpath.ui.session.overrides import overrides_of
from regpath.ui.session.pin import hold_own, pinned_of
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

STRIP, ACT = "classroom", "act"
HTML = Path(__file__).with_name("assets") / "classroom.html"


def join_class() -> None:
    """Take over what the teacher shows if that is news; before any widget is there."""
    broadcast = current_broadcast()
    state = st.session_state
    if broadcast is None or not state.get(Key.FOLLOWS) or state.get(Key.LEADS):
        return
    shown = broadcast.shown
    if shown is None or shown.key == state.get(Key.TAKEN_OVER):
        return
    if shown.part:
        state[_part_key(shown.page)] = shown.part
    take_over(shown.session)
    state[Key.FOLLOWED_TO], state[Key.LED_AS] = shown.page, None
    state[Key.TAKEN_OVER] = shown.key  # last: a run that is broken off before takes it over anew


def page_to_follow(pages: list[StreamlitPage], now: StreamlitPage) -> StreamlitPage | None:
    """The page to which the teacher has gone, if this visit follows and is elsewhere.

    It is to be followed until this visit is there: what a browser asks for meanwhile, as when its
    cursor has come to rest, names the page where it still is.
    """
    title = st.session_state.get(Key.FOLLOWED_TO)
    found = next((page for page in pages if page.title == title), None)
    if found is None or found.title == now.title:
        st.session_state[Key.FOLLOWED_TO] = None
        return None
    return found


def show_class(source: Source | None) -> None:
    """One line: who leads, who follows, and the way from one to the other."""
    broadcast = current_broadcast()
    if broadcast is None:
        return
    state = st.session_state
    data = {
        "leads": bool(state.get(Key.LEADS)),
        "refused": bool(state.get(Key.REFUSED)),
        "follows": bool(state.get(Key.FOLLOWS)),
        "strayed": bool(state.get(Key.STRAYED)),
        "taken": state.get(Key.TAKEN_OVER, ""),
        "own": source is not None and source.upload is not None,
        "lent": source is not None and source.owner == state.get(Key.LENT),
    }
    with st.container(key="rp-class"):
        _component()(key=STRIP, data=data, on_act_change=_hear)


def tell_class(page: StreamlitPage, source: Source, study: Study) -> None:
    """At the end of a run: show what the teacher sees, or note who went another way."""
    broadcast, state = current_broadcast(), st.session_state
    if broadcast is None:
        return
    if state.get(Key.LEADS):
        _show(broadcast, page, source, study)
        return
    if not state.get(Key.FOLLOWS):
        return
    now = _view_of(page, source, study)
    led = state.get(Key.LED_AS)
    if led is None:
        state[Key.LED_AS] = now
    elif led != now:
        _stray()
        st.rerun()


def _show(broadcast: Broadcast, page: StreamlitPage, source: Source, study: Study) -> None:
    """Show a page; a file of the teacher's own only if it was said to be for the class."""
    lent = source.owner == st.session_state.get(Key.LENT)
    if source.upload is not None and not lent:
        broadcast.hide()
        return
    owner = owner_of(study)
    choice, index = explorer.choice_of(owner), stands(study)
    session = for_others(session_of(source, study, index, with_data=True))
    rule = index if choice is None else None  # moves when folds have come
    view = repr((_view_of(page, source, study), session.app["pages"], rule))
    part = st.session_state.get(_part_key(page.title), "")
    if index is None:  # no page has shown one
        broadcast.show(OnScreen(page.title, session, part=part, view=view), 0, {})
        return
    lambdas = tuple(map(float, study.path.lambdas))
    shown = OnScreen(page.title, session, stage_name(owner), lambdas, part, view)
    broadcast.show(shown, index, {} if choice is None else choice.view)


def _view_of(page: StreamlitPage, source: Source, study: Study) -> tuple[Any, ...]:
    """Where a visit is, but for the cursor on the page that moves it by itself."""
    cursor = None
    if page.title != "Explore":
        choice = explorer.choice_of(owner_of(study))
        cursor = None if choice is None else choice.index
    said = [sorted(each.changes.items()) for each in overrides_of(source.owner).values()]
    part = st.session_state.get(_part_key(page.title), "")
    digest = study.table.digest
    pinned = pinned_of(digest)
    name = None if pinned is None else pinned.name
    return (page.title, digest, study.recipe.to_query(), repr(said), part, cursor, name)


def _part_key(page: str) -> str:
    return Key.SECTION.of(page.lower())


def _stray() -> None:
    state = st.session_state
    state[Key.FOLLOWS], state[Key.STRAYED] = False, True
    state[Key.FOLLOWED_TO] = None
    _go_freely()


def _go_freely() -> None:
    """A person's own pin comes back; where he had none, what the class showed stays."""
    if st.session_state.get(Key.OWN_PIN) is not None:
        hold_own()


def _hear() -> None:
    """Carry out what the line's buttons, or the browser by itself, ask for."""
    told = st.session_state[STRIP].get(ACT)
    broadcast, state = current_broadcast(), st.session_state
    if broadcast is None or not isinstance(told, dict):
        return
    if "claim" in told:
        state[Key.LEADS] = broadcast.may_lead(told["claim"])
        state[Key.REFUSED] = not state[Key.LEADS]
    if isinstance(told.get("follow"), bool):
        state[Key.FOLLOWS], state[Key.STRAYED] = told["follow"], not told["follow"]
        state[Key.TAKEN_OVER], state[Key.FOLLOWED_TO] = "", None
        if not told["follow"]:
            _go_freely()
    if isinstance(told.get("lend"), bool) and state.get(Key.LEADS):
        upload = state.get(Key.BROUGHT)
        state[Key.LENT] = f"upload/{upload.file_id}" if told["lend"] and upload else None
        if not told["lend"]:
            broadcast.take_back()


@cache
def _component() -> ComponentRenderer:
    html = HTML.read_text(encoding="utf-8")
    return st.components.v2.component(
        "regpath.classroom", html=html, css="classroom.css", js="classroom.js"
    )
