"""How the class predicted before it saw, as one chart without names, where a class is taught."""

from __future__ import annotations

import streamlit as st

from regpath.lessons import Lesson
from regpath.lessons.class_predictions import predicted_by_class
from regpath.ui.broadcast import current_broadcast
from regpath.ui.display import current_look, show_numbers, show_plain_chart
from regpath.ui.messages import literal
from regpath.ui.pages.lessons.predicting import AskedPrediction, fits
from regpath.ui.session.state import Key

EVERY = 3.0  # seconds after which the teacher's chart counts anew


def show_class_predictions(asked: AskedPrediction, *, reveals: bool) -> None:
    """Show it to whoever has locked in an answer; to the teacher at once, who sees it grow.

    Before the teacher reveals the truth to himself it is not in the chart, so that he can show it.
    """
    leads = bool(st.session_state.get(Key.LEADS))
    if current_broadcast() is None or not (reveals or leads):
        return
    st.fragment(_chart, run_every=EVERY if leads else None)(asked, reveals)


def offer_another_class(lesson: Lesson) -> None:
    """Let the teacher forget what a class predicted."""
    broadcast = current_broadcast()
    if broadcast is not None and st.session_state.get(Key.LEADS):
        st.button(
            "Forget what the class predicted",
            key="forget_class",
            on_click=broadcast.poll.forget,
            args=(lesson.name,),
            icon=":material/group_off:",
            help="For another class: the charts of this lesson begin anew.",
        )


def _chart(asked: AskedPrediction, reveals: bool) -> None:
    broadcast = current_broadcast()
    if broadcast is None:
        return
    told = broadcast.poll.of(asked.lesson.name, asked.number)
    answers = [answer for answer in told if fits(asked, answer)]
    if not answers:
        st.caption("Nobody else of the class has predicted yet.")
        return
    shown = predicted_by_class(asked.one, answers, asked.truth, current_look(), reveals=reveals)
    st.markdown("**How the class predicted before it saw**")
    key = f"{asked.key}:class"
    for figure in shown.figures:
        show_plain_chart(figure, key=key, alt=shown.alt)
    st.caption(literal(shown.alt))
    show_numbers(shown.frame, key=f"class_{asked.lesson.name}_{asked.number + 1}")
