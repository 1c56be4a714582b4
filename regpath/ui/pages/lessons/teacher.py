"""What is for the teacher alone: notes, answers, things to print, and presets of other courses."""

from __future__ import annotations

from functools import partial

import streamlit as st

from regpath import datasets
from regpath.export import lesson_handout
from regpath.lessons import Lesson, catalog
from regpath.lessons.presets import Preset, presets
from regpath.lessons.worksheet import worksheet
from regpath.number_format import NumberFormat, current_format, writing
from regpath.ui.address import shown_in_link
from regpath.ui.messages import literal
from regpath.ui.session.opening import link_to

OPENED = "for_the_teacher"


def show_for_the_teacher() -> None:
    """Show it folded; presets are read once somebody looks."""
    folded = st.expander(
        "For the teacher: timing, notes, answers, worksheets, hand-outs, presets of other courses",
        key=OPENED,
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        for lesson in catalog():
            _lesson(lesson)
        st.header("Presets of other courses", anchor=False)
        st.markdown("Data and settings that other courses use, each opened in one click.")
        for preset in presets():
            _preset(preset)


def _handout(lesson: Lesson, numbers: NumberFormat) -> str:
    """It is written where no visitor is known."""
    with writing(numbers):
        return lesson_handout(lesson)


def _lesson(lesson: Lesson) -> None:
    st.markdown(f"**{literal(lesson.title)}**")
    for part in ("timing", "notes", "answers"):
        if part in lesson.teacher:
            st.markdown(f"*{part.capitalize()}.* {literal(lesson.teacher[part])}")
    st.download_button(
        f"Worksheet: {lesson.title}",
        data=lambda: worksheet(lesson),
        file_name=f"{lesson.name}.html",
        mime="text/html",
        key=f"worksheet:{lesson.name}",
        on_click="ignore",
        icon=":material/print:",
    )
    st.download_button(
        f"Hand-out: {lesson.title}",
        data=partial(_handout, lesson, current_format()),
        file_name=f"{lesson.name}.html",
        mime="text/html",
        key=f"handout:{lesson.name}",
        on_click="ignore",
        icon=":material/touch_app:",
        help="The lesson with its explorer as one page that works from a stick, without server "
        "or network, and without answers. regpath handout lessons writes all, with --answers too.",
    )


def _preset(preset: Preset) -> None:
    st.markdown(f"**{literal(preset.title)}**  \n{literal(preset.says)}")
    material = preset.material
    if material.data in {entry.name for entry in datasets.catalog()}:
        st.link_button(
            f"Open {preset.title}",
            link_to(material.data, material.recipe, material.table, shown_in_link()),
            icon=":material/open_in_new:",
        )
    else:
        st.caption("Its data are a file of yours: bring it on the main page.")
