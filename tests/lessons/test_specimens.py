"""Code written by hand: where a walk stops, and what each check finds in a specimen."""

import numpy as np
import pytest

from regpath.charts.theme import LIGHT
from regpath.lessons import lesson_called
from regpath.lessons.descent import Walk, descend
from regpath.lessons.facts_of_code import specimen_rows
from regpath.lessons.figures import DRAWN
from regpath.lessons.sources import sources_of


def walk(**how):
    rows = specimen_rows(lesson_called("from_scratch").material, 0.01)
    return descend(rows.Z, rows.y, Walk(**how), 0.01)


def test_a_walk_stops_at_the_first_step_that_moves_nothing_by_the_tolerance():
    points, costs = walk(rate=0.5, n_steps=5000, tolerance=1e-3)
    moved = np.abs(np.diff(points, axis=0)).max(axis=1)
    assert len(points) == len(costs) < 5001
    assert moved[-1] < 1e-3 <= moved[:-1].min()
    whole, _ = walk(rate=0.5, n_steps=5000)
    assert len(whole) == 5001
    np.testing.assert_array_equal(whole[: len(points)], points)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"rate": 0.5, "n_steps": 20, "tolerance": 0.0}, "After 20 steps"),
        ({"rate": 0.01, "n_steps": 5000, "tolerance": 1e-3}, "none moved by 0.001"),
        ({"rate": 500.0, "n_steps": 20, "tolerance": 1e-3}, "diverges"),
    ],
)
def test_why_a_walk_ended_is_said(options, told):
    material = lesson_called("from_scratch").material
    assert told in DRAWN["descent"](material, {"lam": 0.01, **options}, LIGHT).alt


def test_every_mistake_is_found_by_its_checks_and_the_right_one_by_none():
    frame = DRAWN["museum"](lesson_called("bug_museum").material, {}, LIGHT).frame
    assert frame.set_index("specimen")["found by"].to_dict() == {
        "Nothing wrong, for comparison": "nothing to find",
        "The penalty is lambda * sum(w)": "finite differences",
        "(1, n) meets (n, 1)": "finite differences",
        "C times the gradient": "finite differences and certificate",
        "The intercept is penalized": "certificate",
        "Stops when one step is small": "certificate",
        "The label is a feature": "alarm",
    }


def test_the_lines_that_bring_the_label_in_are_shown():
    assert (
        "np.column_stack([rows.Z, label])" in dict(sources_of("museum"))["The label is a feature"]
    )
