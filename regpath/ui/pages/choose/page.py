"""Choose: how strengths are validated, what each rule makes of it, and how good the choice is."""

from __future__ import annotations

import streamlit as st

from regpath.core.validation.cv_result import CVResult
from regpath.ui import address, explorer
from regpath.ui.controls.folds import choose_folds
from regpath.ui.controls.rules import marks, selections
from regpath.ui.controls.section import choose_section
from regpath.ui.controls.strength import ask_strength, current
from regpath.ui.controls.strength_strip import show_strip
from regpath.ui.controls.table import place_of
from regpath.ui.display import main_chart
from regpath.ui.pages.choose.curve import (
    choose_rule,
    prepare_marks,
    show_curve,
    show_fold_paths,
    show_rules,
)
from regpath.ui.pages.choose.pitfalls import show_leak, show_peeking
from regpath.ui.pages.choose.quality import (
    show_calibration,
    show_classes,
    show_threshold,
    show_weights,
)
from regpath.ui.pages.choose.residual_charts import show_counts, show_residuals
from regpath.ui.pages.choose.rows import show_test_rows
from regpath.ui.pages.choose.subgroups import show_subgroups
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.validation import validation_work
from regpath.ui.session.work import done
from regpath.ui.workspace import study_page


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    study = results.study
    prepare_marks()
    place = place_of(source.owner)
    choose_folds(place, study)
    cv = done(validation_work(study), results)
    if cv is None:
        address.remember_recipe(source, study.recipe)
        return
    found = selections(results, cv)
    first, *_ = marks(results, cv)
    index = current(study, first)
    left, right = st.columns([3, 2], gap="medium")
    with left, main_chart():
        show_curve(study, cv, found, index)
    with right:
        choose_rule(place, study, found, index)
    show_rules(found)
    st.header("How good is the choice?", anchor=False)
    index = ask_strength(study, first, "choose")
    show_strip(source, study, index, "choose")
    section = _section(results, cv, index)
    address.remember(source, study, explorer.CursorChoice(index), section)


def _section(results: StudyResults, cv: CVResult, index: int) -> str:
    """Show the part that is open; return which, if it is not the usual one."""
    study = results.study
    sections = {
        "Test rows": lambda: show_test_rows(results, cv, index),
        "Folds' paths": lambda: show_fold_paths(cv, index),
        "Calibration": lambda: show_calibration(study, cv, index),
        "Residuals": lambda: show_residuals(study, cv, index),
        "Counts": lambda: show_counts(study, cv, index),
        "Subgroups": lambda: show_subgroups(study, cv, index),
        "Threshold": lambda: show_threshold(study, cv, index),
        "Classes": lambda: show_classes(study, index),
        "Class weights": lambda: show_weights(study, index),
        "Leaks": lambda: show_leak(results, cv),
        "Peeking": lambda: show_peeking(results),
    }
    if not study.path.classes:
        for name in ("Calibration", "Classes", "Class weights"):
            del sections[name]
    for name, kind in (("Residuals", "amount"), ("Counts", "counts")):
        if study.path.loss.kind != kind:
            del sections[name]
    if not study.path.loss.two_classes:
        del sections["Threshold"]
    usual, *_ = names = list(sections)
    wanted = choose_section("choose", names)
    with main_chart(wanted != usual, part=True):
        sections[wanted]()
    return "" if wanted == usual else wanted
