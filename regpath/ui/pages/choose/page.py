"""Choose: how strengths are validated, what each rule makes of it, and how good the choice is."""

from __future__ import annotations

import streamlit as st

from regpath.core.validation.cv_result import CVResult
from regpath.study import Study
from regpath.ui import address, explorer
from regpath.ui.controls.folds import choose_folds, validation
from regpath.ui.controls.rules import marks, selections
from regpath.ui.controls.strength import choose_strength, current
from regpath.ui.messages import told
from regpath.ui.pages.choose.curve import (
    choose_rule,
    prepare_marks,
    show_curve,
    show_ghosts,
    show_rules,
)
from regpath.ui.pages.choose.pitfalls import show_leak, show_peeking
from regpath.ui.pages.choose.quality import (
    show_calibration,
    show_classes,
    show_threshold,
    show_weights,
)
from regpath.ui.pages.choose.rows import show_test_rows
from regpath.ui.pages.explore import panels
from regpath.ui.session.state import Key, settle
from regpath.ui.session.work import done
from regpath.ui.workspace import Desk, welcome


def show(desk: Desk) -> None:
    """Show the page."""
    explorer.leave()
    if desk.source is None:
        welcome()
        return
    with told():
        study, bundled = desk.study(), desk.source.bundled
        panels.heading(study, desk.source.title)
        prepare_marks()
        choose_folds(study)
        cv = done(validation(study), study, bundled=bundled)
        if cv is None:
            address.remember_recipe(desk.source, study.recipe)
            return
        found = selections(study, cv, bundled=bundled)
        first, *_ = marks(study, cv, bundled=bundled)
        index = current(study, first)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            show_curve(study, cv, found, index)
        with right:
            choose_rule(study, found, index)
        show_rules(found)
        st.subheader("How good is the choice?", anchor=False)
        index = choose_strength(study, first, "choose")
        _section(study, cv, index, bundled)
        address.remember(desk.source, study, explorer.Choice(index))


def _section(study: Study, cv: CVResult, index: int, bundled: str | None) -> None:
    """One part at a time, so that nothing is computed that nobody sees."""
    sections = {
        "Test rows": lambda: show_test_rows(study, cv, index, bundled=bundled),
        "Folds' paths": lambda: show_ghosts(cv, index),
        "Calibration": lambda: show_calibration(study, cv, index),
        "Threshold": lambda: show_threshold(study, cv, index),
        "Classes": lambda: show_classes(study, index),
        "Class weights": lambda: show_weights(study, index),
        "Leaks": lambda: show_leak(study, cv, bundled=bundled),
        "Peeking": lambda: show_peeking(study, bundled=bundled),
    }
    if not study.path.classes:
        for name in ("Calibration", "Classes", "Class weights"):
            del sections[name]
    if study.path.family != "binomial":
        del sections["Threshold"]
    key = Key.SECTION.of("choose")
    settle(key, list(sections), "Test rows")
    wanted = st.pills("Look closer", list(sections), key=key, label_visibility="collapsed")
    sections[wanted or "Test rows"]()
