"""A step of a lesson: a chart with its controls, and the blueprint beside it."""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

import streamlit as st

from regpath.lessons import Lesson, descent
from regpath.lessons.figures import MOVED, strengths_around
from regpath.lessons.sources import sources_of
from regpath.lessons.truths import Truths
from regpath.ui.display import current_look, show_numbers, show_plain_chart, show_table
from regpath.ui.messages import literal
from regpath.ui.pages.lessons.worked_out import shown_step
from regpath.ui.session.state import Key

STRENGTHS = 41  # positions of a slider


class WalkField(NamedTuple):
    """A field of a walk from scratch."""

    name: str
    label: str
    low: float
    high: float
    step: float
    help: str | None = None
    kind: type[int] | type[float] = float


WALK = (
    WalkField("rate", "Learning rate", 0.001, 1000.0, 0.01),
    WalkField("n_steps", "Steps at most", 1, 5000, 1, kind=int),
    WalkField(
        "tolerance",
        "Tolerance",
        0.0,
        1.0,
        0.001,
        "The walk stops once no coefficient moves by as much in a step. 0 never stops early.",
    ),
    WalkField("lam", "λ", 0.0001, 10.0, 0.01),
    WalkField("start", "Start", -10.0, 10.0, 1.0, "Where every coefficient begins."),
    WalkField("l1_ratio", "Share of L1", 0.0, 1.0, 0.25),
)


@st.fragment
def show_step(lesson: Lesson, number: int, truths: Truths) -> None:
    """Show a step; what is moved here runs this step alone."""
    blueprint = lesson.steps[number]
    key = f"{Key.PREDICTION.value}:{lesson.name}:step{number}"
    left, right = st.columns([2, 1], gap="medium")
    with right, st.container(border=True):
        st.markdown(f"**What you see.** {truths.filled(blueprint.see)}")
        st.markdown(f"**What to do.** {truths.filled(blueprint.do)}")
        st.markdown(f"**What to notice.** {truths.filled(blueprint.notice)}")
    with left:
        options = dict(blueprint.options)
        if blueprint.chart in MOVED:
            options["lam"] = _strength(options.get("lam"), key, lesson)
        if blueprint.chart == "descent":
            options |= _walk(options, key)
        found = shown_step(lesson, number, options, current_look())
        for which, figure in enumerate(found.figures):
            show_plain_chart(figure, key=f"{key}:chart{which}", alt=found.alt)
        if found.figures:
            st.caption(literal(found.alt))
            show_numbers(found.frame, key=f"{lesson.name}_{number + 1}")
        else:
            show_table(found.frame, key=f"{lesson.name}_{number + 1}")
        if blueprint.chart == "descent":
            _lines_of_the_walk(key)
        if blueprint.chart == "museum":
            _specimens()


def _strength(lam: float | None, key: str, lesson: Lesson) -> float:
    grid = strengths_around(lam, STRENGTHS)
    at: int = st.select_slider(
        "Strength λ, from strong to weak",
        range(STRENGTHS),
        value=STRENGTHS // 2,
        format_func=lambda k: f"{grid[k]:.3g}",
        key=f"{key}:strength",
    )
    return float(grid[at])


def _walk(options: dict[str, Any], key: str) -> dict[str, float]:
    first, second = (st.columns(3, vertical_alignment="bottom") for _ in range(2))
    given = {}
    for column, field in zip((*first, *second), WALK, strict=True):
        value = field.kind(options.get(field.name, 0))
        given[field.name] = column.number_input(
            field.label,
            field.kind(field.low),
            field.kind(field.high),
            value,
            field.kind(field.step),
            key=f"{key}:{field.name}",
            format="%d" if field.kind is int else "%g",
            help=field.help,
        )
    return given


def _lines_of_the_walk(key: str) -> None:
    """Show what runs, and offer it with what it needs."""
    ((title, lines),) = sources_of("descent")
    with st.expander(title, expanded=True):
        st.code(lines, language="python")
        st.download_button(
            "Download it",
            inspect.getsource(descent),
            "descent.py",
            "text/x-python",
            key=f"{key}:code",
            on_click="ignore",
        )


def _specimens() -> None:
    for title, lines in sources_of("museum"):
        with st.expander(title):
            st.code(lines, language="python")
