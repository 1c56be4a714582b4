"""Lessons: a list of them, or one from its first question to what is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from regpath import datasets
from regpath.errors import RegpathError
from regpath.lessons import Lesson, catalog, lesson_called
from regpath.lessons.codes import completion_code
from regpath.lessons.seeds import HOW, seed_of
from regpath.lessons.truths import Truths
from regpath.number_format import localized
from regpath.ui import explorer
from regpath.ui.address import beside_lesson, shown_in_link
from regpath.ui.controls.words import show_words
from regpath.ui.display import is_slide, main_chart, show_still
from regpath.ui.messages import error_boundary, escaped, literal, show_error
from regpath.ui.pages.lessons.class_chart import offer_another_class, show_class_predictions
from regpath.ui.pages.lessons.predicting import (
    AskedPrediction,
    ask,
    distance_of,
    fits,
    reveal,
    show_options,
)
from regpath.ui.pages.lessons.spoken import in_language, ours, spoken, tell_spoken
from regpath.ui.pages.lessons.steps import show_step
from regpath.ui.pages.lessons.teacher import show_for_the_teacher
from regpath.ui.pages.lessons.worked_out import truths_of
from regpath.ui.session.answers import (
    answers_of,
    ask_student,
    begin_again,
    number_of,
    open_lesson,
    write_lesson,
)
from regpath.ui.session.opening import link_to
from regpath.ui.session.state import Key
from regpath.ui.workspace import Workspace

# A lesson brings its own data: the side, which is about others, would only confuse.
WITHOUT_SIDE = """<style>
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[class*="st-key-rp-step-"] > [data-testid="stHorizontalBlock"],
[class*="st-key-rp-step-"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {
  flex-direction: row-reverse;
}
</style>"""


def show(workspace: Workspace) -> None:
    """Show the page."""
    explorer.leave()
    st.html(WITHOUT_SIDE)
    name = st.session_state.get(Key.LESSON)
    lesson = None
    if name is not None:
        try:
            lesson = lesson_called(name)
        except RegpathError as error:
            show_error(error)
    with error_boundary():
        beside = beside_lesson(workspace.source, workspace.chosen)
        write_lesson(lesson, beside)
        if lesson is None:
            _list()
        else:
            _one(lesson, beside)


def _list() -> None:
    st.html('<div class="rp-head"><h1>Lessons</h1></div>')
    st.markdown("Predict, lock it in, see, explain: five to ten minutes each.")
    if is_slide():
        told = [(each.title, each.goal, each.minutes) for each in catalog()]
        show_still(pd.DataFrame(told, columns=["Lesson", "Goal", "Minutes"]))
    columns = st.columns(2, gap="medium")
    for number, lesson in enumerate(catalog()):
        with columns[number % 2], st.container(border=True):
            done, of = len(answers_of(lesson)), len(lesson.predictions)
            progress = f" · {done} of {of} predicted" if done else ""
            with spoken(lesson, f"lesson{number}"):
                st.markdown(f"**{number + 1}. {literal(lesson.title)}**  \n{literal(lesson.goal)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    f"Open {lesson.title}",
                    key=f"open:{lesson.name}",
                    on_click=open_lesson,
                    args=(lesson.name,),
                    icon=":material/school:",
                )
                st.caption(f"{lesson.minutes} minutes{progress}")
    show_for_the_teacher()


def _one(lesson: Lesson, beside: Mapping[str, Any]) -> None:
    st.html(
        f'<div class="rp-head" lang="{escaped(lesson.language)}"><h1>{escaped(lesson.title)}</h1>'
        f'<p class="rp-facts rp-goal">{ours(lesson, "<b>Goal:</b>")} {escaped(lesson.goal)} · '
        f"{ours(lesson, f'{lesson.minutes} minutes')}</p></div>"
    )
    if lesson.seeded:
        lesson = _dealt_for_student(lesson)
    _doors(lesson)
    with st.spinner("Working out the lesson's numbers …"):
        truths = truths_of(lesson)
    with main_chart(is_slide()):
        with spoken(lesson, "text"):
            st.markdown(truths.filled(lesson.text))
        if is_slide():
            _questions(lesson, truths)
    show_words(lesson.text)
    if not _predictions(lesson, truths):
        return
    for number in range(len(lesson.steps)):
        st.header(f"Step {number + 1}", anchor=False)
        show_step(lesson, number, truths, beside)
    _claims(lesson, truths)
    with spoken(lesson, "takeaway"):
        st.success(f"**Take away.** {truths.filled(lesson.takeaway)}", icon=":material/lightbulb:")
    _code(lesson, truths)
    _onward(lesson)


def _dealt_for_student(lesson: Lesson) -> Lesson:
    """The lesson by the seed of the number that a student types, and how that comes about."""
    number = number_of(lesson)
    settled = number if answers_of(lesson) else None
    ask_student(
        "Your number or name, for rows of your own",
        f"Whoever types another number sees another sample of the same thing: {HOW}. Without one "
        f"all see the same. It also goes into the link and into the completion code.",
        settled=settled,
    )
    if not number:
        st.caption(f"Your number deals rows of your own: {HOW}.")
        return lesson
    seed = seed_of(number)
    change = " Begin again to change it." if settled else ""
    st.caption(f"Dealt by the seed {seed}, from “{literal(number)}”: {HOW}.{change}")
    return lesson.with_seed(seed)


def _questions(lesson: Lesson, truths: Truths) -> None:
    """All that will be asked, for a class to talk about."""
    for number, one in enumerate(lesson.predictions, 1):
        tell_spoken(lesson, f"asked{number}", f"Predict {number}.", truths.filled(one.question))
        if one.pictures:
            show_options(AskedPrediction(lesson, number - 1, truths), "slide")
            continue
        with spoken(lesson, f"options{number}"):
            for option in one.options:
                st.markdown(f"- {literal(option.says)}")


def _doors(lesson: Lesson) -> None:
    with st.container(horizontal=True):
        st.button("All lessons", on_click=open_lesson, args=(None,), icon=":material/list:")
        st.button(
            "Begin again",
            key="begin_again",
            on_click=begin_again,
            args=(lesson,),
            icon=":material/restart_alt:",
        )
        if lesson.material.data in {entry.name for entry in datasets.catalog()}:
            st.link_button(
                "Open in Explore",
                link_to(
                    lesson.material.data, lesson.recipe, lesson.material.table, shown_in_link()
                ),
                icon=":material/open_in_new:",
                help="The same data and choices on the main page, in a tab of its own.",
            )
        offer_another_class(lesson)


def _predictions(lesson: Lesson, truths: Truths) -> bool:
    """Ask the next prediction; whether all are locked."""
    given = answers_of(lesson)
    for number in range(len(lesson.predictions)):
        asked = AskedPrediction(lesson, number, truths)
        if number < len(given) and not fits(asked, given[number]):
            del given[number:]  # a link may hold anything
        with st.container(border=True):
            if number >= len(given):
                ask(asked)
                show_class_predictions(asked, reveals=False)
                return False
            reveal(asked, given[number])
            show_class_predictions(asked, reveals=True)
    return True


def _claims(lesson: Lesson, truths: Truths) -> None:
    st.header("What this lesson claims, checked now on its data", anchor=False)
    items = "".join(
        f"<li>{'✓' if holds else '✗'} {in_language(lesson, claim.says)} "
        f"<small>{escaped(localized(numbers))}</small></li>"
        for claim, (holds, numbers) in zip(lesson.claims, truths.verdicts, strict=True)
    )
    st.html(f'<ul class="rp-claims">{items}</ul>')


def _code(lesson: Lesson, truths: Truths) -> None:
    """A code to hand in, for the number that a student types."""
    if not lesson.seeded:
        ask_student(
            "Your number or name, for a completion code to hand in",
            "It goes into the code and into the link of this page, and nowhere else.",
        )
    number = number_of(lesson)
    if lesson.seeded and not number:
        st.caption(
            "For a completion code, begin again and type your number or name before you predict."
        )
    if not number:
        return
    given = answers_of(lesson)
    right = [
        distance_of(AskedPrediction(lesson, number, truths), answer) <= one.within
        for number, (one, answer) in enumerate(zip(lesson.predictions, given, strict=True))
    ]
    st.code(completion_code(lesson.name, given, sum(right), number), language=None, wrap_lines=True)


def _onward(lesson: Lesson) -> None:
    names = [each.name for each in catalog()]
    place = names.index(lesson.name)
    if place + 1 < len(names):
        following = catalog()[place + 1]
        st.button(
            f"Next: {following.title}",
            type="primary",
            on_click=open_lesson,
            args=(following.name,),
            icon=":material/arrow_forward:",
        )
