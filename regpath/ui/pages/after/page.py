"""After: the chosen features without the penalty, what can be said of them, and of one row."""

from __future__ import annotations

import streamlit as st

from regpath.ui import address, explorer
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import choose_strength
from regpath.ui.messages import told
from regpath.ui.pages.after.intervals import show_intervals
from regpath.ui.pages.after.refit import show_refit
from regpath.ui.pages.after.separation import show_separation
from regpath.ui.pages.after.whatif import show_what_if
from regpath.ui.pages.explore import panels
from regpath.ui.session.state import Key, settle
from regpath.ui.workspace import Desk, welcome

REFIT, INTERVALS, WHAT_IF, SEPARATION = SECTIONS = (
    "Without the penalty", "Intervals", "What if", "Separation and uniqueness",
)  # fmt: skip


def show(desk: Desk) -> None:
    """Show the page."""
    explorer.leave()
    if desk.source is None:
        welcome()
        return
    with told():
        study, bundled = desk.study(), desk.source.bundled
        panels.heading(study, desk.source.title)
        key = Key.SECTION.of("after")
        settle(key, SECTIONS, REFIT)
        section = st.pills("Part", SECTIONS, key=key, label_visibility="collapsed") or REFIT
        if section == INTERVALS:
            show_intervals(study, bundled=bundled)
        elif section == SEPARATION:
            show_separation(study, bundled=bundled)
        else:
            first, *_ = known_marks(study, bundled=bundled)
            index = choose_strength(study, first, "after")
            if section == REFIT:
                show_refit(study, index, bundled=bundled)
            else:
                show_what_if(study, index)
        address.remember_recipe(desk.source, study.recipe)
