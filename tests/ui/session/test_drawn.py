"""What a visitor draws: reports of the browser, orders of the page, back and forth, and a link."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from regpath.core.boundary.drawn_points import MOST, DrawnPoints
from regpath.ui.session.drawn import MOST_BACK, Drawing

START = DrawnPoints.told([[10, 10, 0], [20, 20, 1]])


def report(drawing, at, *points, stroke=1, order=None):
    drawing.hear(
        {
            "at": at,
            "order": drawing.order if order is None else order,
            "stroke": stroke,
            "points": [list(each) for each in points],
        }
    )


@pytest.fixture
def drawing():
    return Drawing(START, 5)


def test_a_drag_reports_many_times_and_is_one_step_back(drawing):
    for at, x in enumerate((11, 14, 19), 1):
        report(drawing, at, (x, 10, 0), (20, 20, 1), stroke=7)
    assert drawing.points.as_told()[0] == [19, 10, 0]
    report(drawing, 4, (19, 10, 0), stroke=8)
    assert len(drawing.points) == 1
    drawing.undo()
    assert drawing.points.as_told()[0] == [19, 10, 0]
    drawing.undo()
    assert drawing.points == START
    assert not drawing.can_undo
    drawing.redo()
    drawing.redo()
    assert len(drawing.points) == 1
    assert not drawing.can_redo


def test_a_report_from_before_an_order_does_not_count_and_none_counts_twice(drawing):
    report(drawing, 1, (11, 10, 0), stroke=1)
    drawing.undo()
    report(drawing, 2, (12, 10, 0), stroke=1, order=0)
    assert drawing.points == START
    report(drawing, 3, (13, 10, 0), stroke=2)
    assert drawing.heard == 3
    report(drawing, 3, (14, 10, 0), stroke=3)
    assert drawing.points.as_told() == [[13, 10, 0]]


def test_a_change_after_going_back_forgets_what_was_taken_back_also_in_the_same_stroke(drawing):
    report(drawing, 1, (11, 10, 0), stroke=1)
    report(drawing, 2, (12, 10, 0), stroke=2)
    drawing.undo()
    report(drawing, 3, (15, 10, 0), stroke=2)
    assert not drawing.can_redo
    drawing.undo()
    assert drawing.points.as_told() == [[11, 10, 0]]


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"at": "now"},
        {"at": 1, "order": 0, "points": [[1, 2]]},
        {"at": 1, "order": 0, "points": [[1, 2, 0]] * (MOST + 1)},
    ],
)
def test_what_is_no_report_changes_nothing(drawing, told):
    drawing.hear(told)
    assert drawing.points == START
    assert not drawing.can_undo


def test_an_order_is_given_also_where_the_points_stay_so_that_a_late_browser_obeys(drawing):
    drawing.change(START)
    assert drawing.order == 1
    assert not drawing.can_undo


def test_the_past_is_bounded(drawing):
    for at in range(1, MOST_BACK + 50):
        report(drawing, at, (at, 10, 0), stroke=at)
    assert len(drawing.states) == MOST_BACK + 1
    for _ in range(MOST_BACK + 50):
        drawing.undo()
    assert drawing.now == 0


KEEPER = """
import streamlit as st
from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.ui.session.drawn import changed_points, drawing_for, forget_drawings, of_lesson
from regpath.ui.session.page_choices import page_choices, take_page_choices

start = DrawnPoints.told([[10, 10, 0], [20, 20, 1]])
own, other = of_lesson("twins", 2), "digest:plane"
drawing_for(own, start, 0).change(start.with_noise("flip", 0.5, 0))
drawing_for(other, start, 0).change(start.with_noise("move", 0.1, 0))
drawing_for("elsewhere:plane", start, 0).change(start.with_noise("move", 0.1, 0))
drawing_for("digest:as it was", start, 0)
kept = page_choices("digest")
st.session_state["kept"] = dict(kept["drawn"])
for begins in ("lesson:", "digest:", "elsewhere:"):
    forget_drawings(begins)
take_page_choices({**kept, "drawn": {**kept["drawn"], "digest:bad": "no points"}}, "digest")
st.session_state["again"] = dict(page_choices("digest")["drawn"])
st.session_state["come_back"] = drawing_for(own, start, 0).points.as_told()
drawing_for(own, start, 0).undo()
st.session_state["at_start"] = changed_points(own)
"""


def test_a_session_keeps_what_was_drawn_in_lessons_and_on_its_data_and_brings_it_back():
    state = AppTest.from_string(KEEPER).run().session_state
    assert set(state["kept"]) == {"lesson:twins:2", "digest:plane"}
    assert state["again"] == state["kept"]
    assert sorted(state["come_back"]) == sorted(START.with_noise("flip", 0.5, 0).as_told())
    assert state["at_start"] is None
    assert all(np.all(DrawnPoints.from_text(text).places >= 0) for text in state["kept"].values())
