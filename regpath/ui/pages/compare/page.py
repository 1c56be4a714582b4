"""Compare: penalties side by side, the map of their scores, and A against B."""

from __future__ import annotations

import streamlit as st

from regpath.ui import address, explorer
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import choose_strength
from regpath.ui.messages import told
from regpath.ui.pages.compare.penalties import show_penalties
from regpath.ui.pages.compare.pinned import show_pinned
from regpath.ui.pages.compare.validation_map import show_map
from regpath.ui.pages.explore import panels
from regpath.ui.session.state import Key, settle
from regpath.ui.workspace import Desk, welcome

SECTIONS = ("L1, elastic net, L2", "Map of scores", "A against B")


def show(desk: Desk) -> None:
    """Show the page."""
    explorer.leave()
    if desk.source is None:
        welcome()
        return
    with told():
        study, bundled = desk.study(), desk.source.bundled
        panels.heading(study, desk.source.title)
        address.remember_recipe(desk.source, study.recipe)
        key = Key.SECTION.of("compare")
        settle(key, SECTIONS, SECTIONS[0])
        section = st.pills("Part", SECTIONS, key=key, label_visibility="collapsed")
        if section == SECTIONS[1]:
            show_map(study, bundled=bundled)
        elif section == SECTIONS[2]:
            first, *_ = known_marks(study, bundled=bundled)
            show_pinned(study, choose_strength(study, first, "compare"), desk.source.title)
        else:
            show_penalties(study, bundled=bundled)
