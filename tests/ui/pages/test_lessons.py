"""A lesson without a browser: asked, locked, revealed beside the truth, and kept in the link."""

import json
from urllib.parse import parse_qs

import pytest

from regpath import lessons
from regpath.lessons.codes import read_code
from regpath.lessons.presets import presets
from regpath.ui.pages.lessons.teacher import OPENED
from regpath.ui.session.state import Key

NAMES = [lesson.name for lesson in lessons.catalog()]


def test_all_lessons_are_listed_and_one_opens(visit):
    page = visit("lessons")
    assert page.fine()
    for lesson in lessons.catalog():
        assert lesson.title in page.text
    page.at.button(key="open:twins").click().run()
    assert page.fine()
    assert page.address == {"lesson": "twins"}


def test_a_prediction_is_locked_then_shown_beside_the_truth_and_kept_in_the_link(visit):
    page = visit("lessons", lesson="runaway_weights")
    assert page.fine()
    assert "The data say" not in page.text
    key = f"{Key.PREDICTION.value}:runaway_weights:0"
    assert page.at.button(key=f"{key}:lock").disabled
    page.at.number_input(key=f"{key}:field").set_value(30.0).run()
    page.at.button(key=f"{key}:lock").click().run()
    assert page.fine()
    assert "You predicted</span><b>30</b>" in page.text
    assert "The data say</span><b>12.02</b>" in page.text
    assert page.address == {"lesson": "runaway_weights", "answer": "30.0"}
    again = visit("lessons", lesson="runaway_weights", answer="30.0")
    assert "You predicted</span><b>30</b>" in again.text
    page.at.button(key="begin_again").click().run()
    assert "The data say" not in page.text


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_shows_its_charts_and_claims_once_all_is_locked(visit, name):
    lesson = lessons.lesson_called(name)
    answers = []
    for one in lesson.predictions:
        truth = one.answer()
        answers.append([0.5] * 8 if one.kind == "sketch" else truth)
    page = visit("lessons", lesson=name, answer=[json.dumps(each) for each in answers])
    assert page.fine()
    assert "Take away" in "\n".join(each.value for each in page.at.success)
    assert page.text.count("✗") == 0
    assert "{{" not in page.text


@pytest.mark.parametrize("answer", ["12e999", "[1]", '"x"', "true", "no json"])
def test_a_link_that_holds_no_answer_asks_again(visit, answer):
    page = visit("lessons", lesson="runaway_weights", answer=answer)
    assert page.fine()
    assert "The data say" not in page.text


def test_a_lesson_that_is_none_is_said_and_the_list_is_shown(visit):
    page = visit("lessons", lesson="nothing")
    assert "no lesson 'nothing'" in page.at.error[0].value.replace("\\", "")
    assert "Twins" in page.text


def test_a_lesson_ends_with_a_code_for_the_number_that_is_typed(visit):
    page = visit("lessons", lesson="runaway_weights", answer=["30.0", "2"])
    field = f"{Key.PREDICTION.value}:runaway_weights:student"
    page.at.text_input(key=field).set_value("47").run()
    assert page.fine()
    codes = [read_code(each.value) for each in page.at.code]
    assert [(one.student, one.n_right, one.answers) for one in codes] == [("47", 1, (30.0, 2))]


def test_a_preset_of_another_course_opens_with_exactly_its_choices(visit, open_page):
    page = visit("lessons")
    assert "Presets of other courses" not in page.text
    page.at.session_state[OPENED] = True
    page.at.run()
    assert page.fine()
    links = {each.proto.label: each.proto.url for each in page.at.get("link_button")}
    for preset in presets():
        url = links[f"Open {preset.title}"]
        assert url.startswith("./?data=")
        opened = open_page(**parse_qs(url.removeprefix("./?")))
        assert opened.fine()
        want = preset.material.recipe.lambdas
        assert opened.arrays["lambdas"] == pytest.approx(want, rel=1e-6)


def test_a_lesson_opens_in_explore_as_it_chooses_also_where_its_data_open_otherwise(
    visit, open_page
):
    lesson = lessons.lesson_called("more_columns")
    assert (lesson.material.data, lesson.recipe.rule) == ("wide_noise", "1se")
    page = visit("lessons", lesson=lesson.name)
    (url,) = [each.proto.url for each in page.at.get("link_button")]
    assert parse_qs(url.removeprefix("./?"))["rule"] == ["1se"]
    assert open_page(**parse_qs(url.removeprefix("./?"))).fine()
