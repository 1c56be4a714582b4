"""Compare: penalties side by side, the map of their scores, and A against B."""

from __future__ import annotations

import streamlit as st

from regpath.ui import address
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import choose_strength
from regpath.ui.pages.compare.penalties import show_penalties
from regpath.ui.pages.compare.pinned import show_pinned
from regpath.ui.pages.compare.validation_map import show_map
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key, settle
from regpath.ui.workspace import study_page

SECTIONS = ("L1, elastic net, L2", "Validation map", "A against B")


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    address.remember_recipe(source, results.study.recipe)
    key = Key.SECTION.of("compare")
    settle(key, SECTIONS, SECTIONS[0])
    section = st.pills("Part", SECTIONS, key=key, label_visibility="collapsed")
    if section == SECTIONS[1]:
        show_map(results)
    elif section == SECTIONS[2]:
        first, *_ = known_marks(results)
        index = choose_strength(results.study, first, "compare")
        show_pinned(results.study, index, source.title)
    else:
        show_penalties(results)
