"""After: the chosen features without the penalty, what can be said of them, and of one row."""

from __future__ import annotations

import streamlit as st

from regpath.ui import address
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.section import choose_section
from regpath.ui.controls.strength import ask_strength
from regpath.ui.explorer import CursorChoice
from regpath.ui.pages.after.intervals import show_intervals
from regpath.ui.pages.after.refit import show_refit
from regpath.ui.pages.after.separation import show_separation
from regpath.ui.pages.after.whatif import show_what_if
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.workspace import study_page

REFIT, INTERVALS, WHAT_IF, SEPARATION = SECTIONS = (
    "Without the penalty",
    "Intervals",
    "What if",
    "Separation and uniqueness",
)


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    section = choose_section("after", SECTIONS)
    unusual = "" if section == REFIT else section
    if section == INTERVALS:
        show_intervals(results)
    elif section == SEPARATION:
        show_separation(results)
    else:
        first, *_ = known_marks(results)
        places = st.columns(3 if results.study.path.loss.per_class else 2, gap="medium")
        with places[0]:
            index = ask_strength(results.study, first, "after")
        if section == REFIT:
            show_refit(results, index, places[1:])
        else:
            show_what_if(results.study, index)
        address.remember(source, results.study, CursorChoice(index), unusual)
        return
    address.remember_recipe(source, results.study.recipe, unusual)
