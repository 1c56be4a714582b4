"""Points of a lesson that are moved: as many rows as it says, on a plane in its units."""

import numpy as np
import pytest

from regpath.charts import LIGHT
from regpath.errors import DataError
from regpath.lessons import lesson_called
from regpath.lessons.figures import DRAWN
from regpath.lessons.material import Material
from regpath.lessons.points import plane_and_points
from regpath.recipe import Recipe


def test_points_are_rows_of_the_lesson_and_the_same_each_time():
    on = lesson_called("direction_or_confidence").material
    plane, points = plane_and_points(on, {"n_points": 40})
    assert points == plane_and_points(on, {"n_points": 40})[1]
    assert len(points) == 40
    assert plane.unit == (1.0, 1.0)  # nothing is standardized here
    X = np.asarray(on.study.train.X)
    values = plane.values(points.places)
    near = np.abs(values[:, None, :] - X[None]).max(axis=2)
    assert near.min(axis=1).max() <= plane.step.max()
    assert (on.study.train.y[near.argmin(axis=1)] == points.second).all()


def test_on_paper_the_points_it_begins_with_are_fit_at_the_strength_that_is_shown():
    on = lesson_called("direction_or_confidence").material
    shown = DRAWN["points"](on, {"lam": 0.05, "n_points": 40}, LIGHT)
    assert "At λ = 0.05 the direction is" in shown.alt
    assert "Fitted at 1 strength, each certified" in shown.alt
    drawn = sum(len(t.x) for t in shown.figures[0].data if t.name in ("circle", "square"))
    assert drawn == 40


def test_other_numbers_of_features_are_refused_with_a_sentence():
    on = Material("breast_cancer", Recipe("diagnosis"))
    with pytest.raises(DataError, match="takes two features and two classes"):
        plane_and_points(on, {})
