"""How a class predicted: every answer is in the picture, the truth only where it may be seen."""

import numpy as np
import pytest

from regpath import lessons
from regpath.charts.theme import LIGHT
from regpath.lessons.class_predictions import ORDERS, OTHERS, predicted_by_class
from regpath.lessons.truths import PLACES

EACH = {}
for lesson in lessons.catalog():
    for one in lesson.predictions:
        EACH.setdefault(one.kind, one)


def shown(kind, answers, *, reveals=True):
    one = EACH[kind]
    return predicted_by_class(one, answers, one.answer(), LIGHT, reveals=reveals)


def test_every_number_is_a_dot_and_dots_that_are_alike_stand_on_each_other():
    one = EACH["number"]
    told = shown("number", [3.0, 3.0, 3.0, one.low, one.high])
    dots, truth = told.figures[0].data
    assert list(dots.x) == [3.0, 3.0, 3.0, one.low, one.high]
    assert sorted(zip(dots.x, dots.y, strict=True))[1:4] == [(3.0, 1.0), (3.0, 2.0), (3.0, 3.0)]
    assert set(truth.x) == {one.answer()}
    assert "5 predictions of the class: the middle one 3" in told.alt
    low, high = told.figures[0].layout.xaxis.range
    assert low < one.low < one.high < high


def test_markers_stand_at_their_strength_within_the_path():
    lambdas = EACH["marker"].material.study.path.lambdas
    told = shown("marker", [lambdas[3], lambdas[3], 1e9 * lambdas[0]])
    dots, truth = told.figures[0].data
    np.testing.assert_allclose(dots.x, [lambdas[3], lambdas[3], lambdas[0]])
    assert dots.y[1] == 2.0
    assert truth.x[0] == EACH["marker"].answer()
    assert told.figures[0].layout.xaxis.type == "log"


def test_choices_and_orders_are_counted_and_the_right_one_is_named():
    one = EACH["choice"]
    right = one.answer()
    other = (right + 1) % len(one.options)
    (bars,) = shown("choice", [right, other, other]).figures[0].data
    assert (bars.x[right], bars.x[other]) == (1, 2)
    assert [label.startswith("✓") for label in bars.y].index(True) == right
    truth = EACH["order"].answer()
    turned = [[*truth[at:], *truth[:at]] for at in range(len(truth))]
    told = shown("order", [truth, truth, *turned[1:]])
    (bars,) = told.figures[0].data
    assert (bars.y[0], bars.x[0]) == ("✓ " + ", then ".join(truth), 2)
    assert sum(told.frame["predictions"]) == 1 + len(truth)
    assert len(bars.y) <= ORDERS + 1
    assert (OTHERS in bars.y) == (len(truth) > ORDERS)


def test_sketches_are_curves_beside_the_true_one():
    lambdas, scores = EACH["sketch"].answer()
    told = shown("sketch", [[0.5] * PLACES, list(np.linspace(0.2, 0.9, PLACES))])
    curves, truth = told.figures[0].data
    assert np.isnan(curves.y).sum() == 2  # a gap behind each
    np.testing.assert_array_equal(truth.y, scores)
    assert len(told.frame) == len(lambdas)


@pytest.mark.parametrize("kind", EACH)
def test_the_truth_is_in_no_picture_before_it_may_be_seen(kind):
    truth = EACH[kind].answer()
    answers = [[0.5] * PLACES] if kind == "sketch" else [truth]
    told, hidden = shown(kind, answers), shown(kind, answers, reveals=False)
    assert "data say" in str(told.figures[0]) or "✓" in str(told.figures[0])
    assert "data say" not in str(hidden.figures[0])
    assert "✓" not in str(hidden.figures[0])
    assert len(hidden.figures[0].data) == 1
