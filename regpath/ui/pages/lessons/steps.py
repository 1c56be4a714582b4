"""A step of a lesson: a chart with its controls, and the blueprint beside it."""

from __future__ import annotations

import inspect
from typing import Any

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
            _lines_of(descent, "descent.py", "The lines that run", key)
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
    columns = st.columns(5, vertical_alignment="bottom")
    rate = columns[0].number_input(
        "Learning rate", 0.001, 1000.0, float(options["rate"]), key=f"{key}:rate", format="%g"
    )
    n_steps = columns[1].number_input("Steps", 1, 5000, int(options["n_steps"]), key=f"{key}:steps")
    lam = columns[2].number_input(
        "λ", 0.0001, 10.0, float(options["lam"]), key=f"{key}:lam", format="%g"
    )
    start = columns[3].number_input("Start", -10.0, 10.0, 0.0, key=f"{key}:start")
    share = columns[4].number_input("Share of L1", 0.0, 1.0, 0.0, 0.25, key=f"{key}:share")
    return {"rate": rate, "n_steps": n_steps, "lam": lam, "start": start, "l1_ratio": share}


def _lines_of(module: Any, name: str, title: str, key: str) -> None:
    """Show the text of a module, which is what runs, and offer it."""
    text = inspect.getsource(module)
    with st.expander(title, expanded=name == "descent.py"):
        st.code(inspect.getsource(module.descend), language="python")
        st.download_button(
            "Download it", text, name, "text/x-python", key=f"{key}:code", on_click="ignore"
        )


def _specimens() -> None:
    for title, lines in sources_of("museum"):
        with st.expander(title):
            st.code(lines, language="python")
