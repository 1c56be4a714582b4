"""A step of a lesson: a chart with its controls, and the blueprint beside it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from regpath.lessons import Lesson, descent
from regpath.lessons.figures import MOVED, strengths_around
from regpath.lessons.points import plane_and_points
from regpath.lessons.samples import N_SAMPLES, Story
from regpath.lessons.sources import sources_of
from regpath.lessons.truths import Truths
from regpath.number_format import localized
from regpath.ui.controls.drawn_boundary import DrawingBoard, show_drawn_boundary
from regpath.ui.controls.widgets import NumberField
from regpath.ui.display import current_look, show_numbers, show_plain_chart, show_table
from regpath.ui.messages import literal, show_error
from regpath.ui.pages.lessons.spoken import tell_spoken
from regpath.ui.pages.lessons.worked_out import shown_step
from regpath.ui.session.answers import write_lesson
from regpath.ui.session.drawn import of_lesson
from regpath.ui.session.state import Key
from regpath.wording import number_texts

STRENGTHS = 41  # positions of a slider
USUAL = Story(1.0)


class StepNumber(NamedTuple):
    """A number of a step that a student sets; `step` is that of a whole number's buttons."""

    name: str
    label: str
    low: float
    high: float
    help: str = ""
    usual: float = 0.0
    kind: type[int] | type[float] = float
    step: int = 1

    def draw(self, key: str, options: Mapping[str, Any]) -> Any:
        """Draw its field; the number."""
        low, high = self.kind(self.low), self.kind(self.high)
        field = NumberField(self.label, help=self.help, least=low, most=high, step=self.step)
        field.draw(key, self.kind(options.get(self.name, self.usual)))
        return st.session_state[key]


WALK = (
    StepNumber("rate", "Learning rate", 0.001, 1000.0),
    StepNumber("n_steps", "Steps at most", 1, 5000, kind=int),
    StepNumber(
        "tolerance",
        "Tolerance",
        0.0,
        1.0,
        "The walk stops once no coefficient moves by as much in a step. 0 never stops early.",
    ),
    StepNumber("lam", "λ", 0.0001, 10.0),
    StepNumber("start", "Start", -10.0, 10.0, "Where every coefficient begins."),
    StepNumber("l1_ratio", "Share of L1", 0.0, 1.0),
)

STORY = (
    StepNumber(
        "sample",
        "Sample",
        1,
        N_SAMPLES,
        "Which of the 200 samples is drawn as lines; the bands are about all.",
        1,
        int,
    ),
    StepNumber(
        "noise",
        "Noise",
        0.5,
        10.0,
        "Standard deviation of what the features do not tell.",
        USUAL.noise,
    ),
    StepNumber("n_rows", "Rows of a sample", 15, 200, "", USUAL.n_rows, int, 5),
    StepNumber("seed", "Seed", 0, 9999, "Another seed draws 200 other samples.", USUAL.seed, int),
)
TWIN_HELP = "One more feature that nearly repeats a, and has no effect of its own."


@st.fragment
def show_step(lesson: Lesson, number: int, truths: Truths, linked: Mapping[str, Any]) -> None:
    """Show a step; what is moved here runs this step alone. `linked` stays in the link."""
    try:
        _show(lesson, number, truths, linked)
    except Exception as error:  # the rest of the lesson does not need this step
        show_error(error)


def _show(lesson: Lesson, number: int, truths: Truths, linked: Mapping[str, Any]) -> None:
    blueprint = lesson.steps[number]
    seed = lesson.recipe.seed
    key = f"{Key.PREDICTION.value}:{lesson.name}:step{number}:{seed}"
    # The words come first to whoever reads on a phone or listens; on a wide screen they are right.
    with st.container(key=f"rp-step-{number}"):
        beside, main = st.columns([1, 2], gap="medium")
    with beside, st.container(border=True):
        tell_spoken(lesson, f"see{number}", "What you see.", truths.filled(blueprint.see))
        tell_spoken(lesson, f"do{number}", "What to do.", truths.filled(blueprint.do))
        tell_spoken(lesson, f"notice{number}", "What to notice.", truths.filled(blueprint.notice))
    with main:
        options = dict(blueprint.options)
        if blueprint.chart == "points":
            show_drawn_boundary(points_of_step(lesson, number))
            write_lesson(lesson, linked, by="link-points")
            st.caption(
                "The same of two features of your data: the page Compare, Decision boundary."
            )
            return
        if blueprint.chart in MOVED:
            options["lam"] = _strength(options.get("lam"), key, lesson)
        if blueprint.chart == "descent":
            options |= _numbers(WALK, options, key)
        if blueprint.chart == "samples":
            own = {"seed": seed} if lesson.seeded else {}
            options |= _story({**options, **own}, key)
        found = shown_step(lesson, number, options, current_look())
        for which, figure in enumerate(found.figures):
            show_plain_chart(figure, key=f"{key}:chart{which}", alt=localized(found.alt))
        if found.figures:
            st.caption(literal(localized(found.alt)))
            show_numbers(found.frame, key=f"{lesson.name}_{number + 1}")
        else:
            show_table(found.frame, key=f"{lesson.name}_{number + 1}")
        if blueprint.chart == "geometry":
            st.caption("The same of two features of any data: the page Compare, Geometry.")
        if blueprint.chart == "descent":
            _lines_of_the_walk(key)
        if blueprint.chart == "museum":
            _specimens()


def points_of_step(lesson: Lesson, number: int) -> DrawingBoard:
    """What a step's points are drawn on."""
    step = lesson.steps[number]
    on = lesson.material.changed(recipe=step.recipe)
    plane, points = plane_and_points(on, step.options)
    lambdas = strengths_around(step.options.get("lam"), STRENGTHS)
    recipe = on.recipe
    return DrawingBoard(
        of_lesson(lesson.name, number),
        f"{lesson.name}_{number + 1}",
        plane,
        points,
        lambdas,
        STRENGTHS // 2,
        recipe.l1_ratio,
        recipe.standardize,
    )


def _strength(lam: float | None, key: str, lesson: Lesson) -> float:
    grid = strengths_around(lam, STRENGTHS)
    at: int = st.select_slider(
        "Strength λ, from strong to weak",
        range(STRENGTHS),
        value=STRENGTHS // 2,
        format_func=number_texts(grid, 3).__getitem__,
        key=f"{key}:strength",
    )
    return float(grid[at])


def _numbers(fields: Sequence[StepNumber], options: dict[str, Any], key: str) -> dict[str, float]:
    """Ask for numbers, three or four beside each other."""
    given = {}
    across = 4 if len(fields) == 4 else 3
    for begin in range(0, len(fields), across):
        columns = st.columns(across, vertical_alignment="bottom")
        for column, field in zip(columns, fields[begin : begin + across], strict=False):
            with column:
                given[field.name] = field.draw(f"{key}:{field.name}", options)
    return given


def _story(options: dict[str, Any], key: str) -> dict[str, Any]:
    """What samples are drawn, and which is shown."""
    given = _numbers(STORY, options, key)
    twin = st.toggle(
        "With a twin of a", bool(options.get("twin", False)), key=f"{key}:twin", help=TWIN_HELP
    )
    return {**given, "twin": twin}


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
