"""A boundary of drawn points, in a lesson and on data: all changes, and what is said of them."""

import json

import numpy as np
import pytest

from regpath import lessons
from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.core.boundary.plane import STEPS
from regpath.ui.pages.compare.boundary import BEGIN
from regpath.ui.session.drawn import of_lesson
from regpath.ui.session.state import Key
from tests.ui.conftest import components

NAME, STEP = "direction_or_confidence", 2
OWNER = of_lesson(NAME, STEP)
HALVES = [[100, 100, 0], [900, 2500, 0], [3000, 300, 1], [4000, 3900, 1]]  # a line parts them


def open_lesson(visit, **more):
    answers = [json.dumps(one.answer()) for one in lessons.lesson_called(NAME).predictions]
    return visit("lessons", lesson=NAME, answer=answers, **more)


def board(page):
    """What the plane was sent."""
    (sent,) = [each for each in components(page.at) if "steps" in each]
    return sent


def draw(page, points, owner=OWNER):
    """What the browser reports when points were drawn, and the run that follows."""
    drawing = page.at.session_state[Key.DRAWN][owner]
    drawing.hear({"at": drawing.heard + 1, "order": drawing.order, "stroke": 1, "points": points})
    page.at.run()
    assert page.fine()
    return page


def press(page, name, owner=OWNER):
    page.at.button(key=f"board:{owner}:{name}").click().run()
    assert page.fine()


def test_a_lesson_begins_with_some_of_its_points_and_a_certified_path(visit):
    page = open_lesson(visit)
    assert page.fine()
    sent = board(page)
    assert len(sent["points"]) == 40
    assert sent["classes"] == ["circle", "square"]
    assert len(sent["lambdas"]) == len(sent["direction"]) == len(sent["log_loss"]) == 41
    assert np.ptp(sent["direction"]) < 60.0
    assert sent["confidence"][-1] > 10.0 * sent["confidence"][0]
    assert "Fitted at 41 strengths, each certified" in page.text
    assert "No line has every point on its own side" in page.text


def test_what_the_browser_draws_with_is_the_model_at_its_places(visit):
    sent = board(open_lesson(visit))
    at = 30
    (x, y, _), *_ = sent["points"]
    over_steps = sent["intercept"][at] + sent["across"][at] * x + sent["upwards"][at] * y
    low, high = np.array(sent["low"]), np.array(sent["high"])
    value = low + np.array([x, y]) / STEPS * (high - low)
    slopes = np.array([sent["across"][at], sent["upwards"][at]]) / (high - low) * STEPS
    eta = sent["intercept"][at] - low @ slopes + value @ slopes
    assert over_steps == pytest.approx(eta)
    assert np.hypot(*slopes) == pytest.approx(sent["confidence"][at])
    turned = np.degrees(np.arctan2(slopes[1], slopes[0])) - sent["direction"][at]
    assert (turned + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-6)


def test_drawn_points_answer_at_once_are_in_the_link_and_are_taken_back(visit):
    page = draw(open_lesson(visit), HALVES)
    assert "The classes are separable" in page.text
    assert board(page)["points"] == HALVES
    link = page.address["points"]
    assert link == f"{STEP}:{DrawnPoints.told(HALVES).to_text()}"
    again = open_lesson(visit, points=link)
    assert sorted(board(again)["points"]) == sorted(HALVES)
    assert "The classes are separable" in again.text
    before = board(page)["order"]
    press(page, "undo")
    assert len(board(page)["points"]) == 40
    assert board(page)["order"] == before + 1
    assert "points" not in page.address
    press(page, "redo")
    assert board(page)["points"] == HALVES
    press(page, "start")
    assert len(board(page)["points"]) == 40
    draw(page, HALVES)
    page.at.button(key="begin_again").click().run()
    assert Key.DRAWN not in page.at.session_state or not page.at.session_state[Key.DRAWN]


@pytest.mark.parametrize("link", ["2:no", "x:AAAA.AAAA", "2", "99:AAAA.AAAA", "2:" + "A" * 9000])
def test_a_link_that_holds_no_points_shows_the_lesson_as_it_begins(visit, link):
    page = open_lesson(visit, points=link)
    assert page.fine()
    assert len(board(page)["points"]) == 40


def test_no_points_and_one_class_are_said_and_are_no_error(visit):
    page = open_lesson(visit)
    press(page, "empty")
    assert "There are no points" in page.text
    assert board(page)["intercept"] is None
    assert page.at.button(key=f"noise:{OWNER}:add").disabled
    draw(page, [[5, 5, 1], [90, 5, 1]])
    assert "All points (2) are of the class square" in page.text
    assert "Draw one of the class circle" in page.text
    draw(page, [[5, 5, 1], [4000, 4000, 1], [5, 4000, 0], [4000, 5, 0]])
    assert "No direction tells the classes apart" in page.text


def test_noise_moves_points_or_flips_classes_by_its_seed_and_can_be_taken_back(visit):
    page = open_lesson(visit)
    before = np.array(board(page)["points"])
    page.at.button(key=f"noise:{OWNER}:add").click().run()
    moved = np.array(board(page)["points"])
    assert (moved[:, 2] == before[:, 2]).all()
    assert (moved[:, :2] != before[:, :2]).any(axis=1).mean() > 0.9
    press(page, "undo")
    page.at.selectbox(key=f"noise:{OWNER}:kind").set_value("flip").run()
    page.decimal(f"noise:{OWNER}:amount").set_value("20").run()
    page.at.number_input(key=f"noise:{OWNER}:seed").set_value(3)  # and at once, with no run between
    page.at.button(key=f"noise:{OWNER}:add").click().run()
    flipped = np.array(board(page)["points"])
    assert (flipped[:, :2] == before[:, :2]).all()
    assert (flipped[:, 2] != before[:, 2]).sum() == 8


CANCER = {"data": "breast_cancer", "n_lambdas": "20", "section": "Decision boundary"}


def test_two_features_of_any_data_of_two_classes_are_drawn_on(visit):
    page = visit("compare", **CANCER)
    assert page.fine()
    sent = board(page)
    assert len(sent["points"]) == BEGIN
    assert f"It begins with {BEGIN} of the" in page.text
    boxes = [box for box in page.at.selectbox if str(box.key).startswith((Key.ACROSS, Key.UPWARDS))]
    assert sent["names"] == [box.value for box in boxes]
    other = next(name for name in boxes[1].options if name not in sent["names"])
    boxes[1].set_value(other).run()
    assert page.fine()
    assert board(page)["names"] == [sent["names"][0], other]
    assert board(page)["owner"] != sent["owner"]
    assert page.address["section"] == "Decision boundary"


def test_another_pair_of_features_keeps_what_was_drawn_of_the_first(visit):
    page = visit("compare", **CANCER)
    sent = board(page)
    draw(page, HALVES, sent["owner"])
    upwards = next(box for box in page.at.selectbox if str(box.key).startswith(Key.UPWARDS))
    name = upwards.value
    other = next(each for each in upwards.options if each not in sent["names"])
    upwards.set_value(other).run()
    assert len(board(page)["points"]) == BEGIN
    next(box for box in page.at.selectbox if str(box.key).startswith(Key.UPWARDS)).set_value(
        name
    ).run()
    assert board(page)["points"] == HALVES


@pytest.mark.parametrize("data", ["diabetes", "iris"])
def test_data_without_two_classes_say_what_is_needed(visit, data):
    page = visit("compare", data=data, n_lambdas="20", section="Decision boundary")
    assert page.fine()
    assert "takes a target of two classes" in page.text
