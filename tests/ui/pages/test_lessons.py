"""A lesson without a browser: asked, locked, revealed beside the truth, and kept in the link."""

import json
from urllib.parse import parse_qs

import pytest

from regpath import lessons
from regpath.lessons.codes import read_code
from regpath.lessons.presets import presets
from regpath.ui.broadcast import close_broadcast, open_broadcast
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
    page.decimal(f"{key}:field").set_value("30.0").run()
    page.at.button(key=f"{key}:lock").click().run()
    assert page.fine()
    assert "You predicted</span><b>30</b>" in page.text
    assert "The data say</span><b>12.02</b>" in page.text
    assert page.address == {"lesson": "runaway_weights", "answer": "30.0"}
    again = visit("lessons", lesson="runaway_weights", answer="30.0")
    assert "You predicted</span><b>30</b>" in again.text
    page.at.button(key="begin_again").click().run()
    assert "The data say" not in page.text


@pytest.mark.parametrize("presenting", [{}, {"view": "slide"}])
def test_options_that_are_pictures_are_shown_before_and_after_locking(visit, presenting):
    page = visit("lessons", lesson="diamond_or_circle", **presenting)
    assert page.fine()
    charts = page.at.get("plotly_chart")
    told = [json.loads(chart.proto.spec)["data"] for chart in charts]
    assert len(told) == (4 if presenting else 2)  # a slide asks beside the page
    assert told[0] != told[1]
    key = f"{Key.PREDICTION.value}:diamond_or_circle:0"
    page.at.radio(key=f"{key}:field").set_value(1).run()
    page.at.button(key=f"{key}:lock").click().run()
    assert page.fine()
    assert "You predicted</span><b>Picture B</b>" in page.text
    assert len(page.at.get("plotly_chart")) == len(charts)


def test_what_is_locked_stands_in_the_field_though_the_page_is_older(visit):
    page = visit("lessons", lesson="runaway_weights")
    key = f"{Key.PREDICTION.value}:runaway_weights:0"
    page.decimal(f"{key}:field").set_value("5.0").run()
    page.decimal(f"{key}:field").set_value("7.0")  # and at once, with no run between
    page.at.button(key=f"{key}:lock").click().run()
    assert "You predicted</span><b>7</b>" in page.text
    key = key[:-1] + "1"
    page.at.radio(key=f"{key}:field").set_value(0).run()
    page.at.radio(key=f"{key}:field").set_value(1)
    page.at.button(key=f"{key}:lock").click().run()
    assert page.address["answer"] == ["7.0", "1"]


def test_an_emptied_field_is_not_locked_though_the_page_is_older(visit):
    page = visit("lessons", lesson="runaway_weights")
    key = f"{Key.PREDICTION.value}:runaway_weights:0"
    page.decimal(f"{key}:field").set_value("5.0").run()
    page.decimal(f"{key}:field").set_value("")
    page.at.button(key=f"{key}:lock").click().run()
    assert page.fine()
    assert "You predicted" not in page.text


@pytest.mark.parametrize("lesson", [{}, {"lesson": "twins"}])
def test_data_their_choices_and_how_pages_are_shown_stay_in_the_link_of_a_lesson(visit, lesson):
    beside = {"data": "wine", "l1_ratio": "0.0", "present": "True", "numbers": "space"}
    beside |= {"lambda": "0.1", "view": "axis*norm"}
    page = visit("lessons", **lesson, **beside)
    assert page.fine()
    assert page.address == lesson | beside
    if lesson:
        button = page.at.button(key="begin_again")  # what is done on the page leaves them
        button.click().run()
        assert page.address == lesson | beside
        (url,) = [each.proto.url for each in page.at.get("link_button")]
        assert all(word in url for word in ("data=twins", "present=True", "numbers=space"))


def test_a_lesson_says_nothing_of_the_data_that_the_app_opens_with(visit):
    page = visit("lessons", lesson="twins", data="breast_cancer", view="slide")
    assert page.address == {"lesson": "twins", "view": "slide"}


def test_the_switch_of_numbers_stays_in_the_link_of_a_lesson(visit):
    page = visit("lessons", lesson="runaway_weights", answer="30.0", numbers="comma")
    assert page.fine()
    assert page.address == {"lesson": "runaway_weights", "answer": "30.0", "numbers": "comma"}
    assert "The data say</span><b>12,02</b>" in page.text


def test_texts_of_a_lesson_in_another_language_say_so(visit, tmp_path, monkeypatch):
    text = (lessons.FOLDER / "02_runaway_weights.toml").read_text(encoding="utf-8")
    (tmp_path / "gewichte.toml").write_text(f'language = "de-AT"\n{text}', encoding="utf-8")
    monkeypatch.setenv("REGPATH_LESSONS", str(tmp_path))
    lesson = lessons.lesson_called("gewichte")
    answers = [json.dumps(one.answer()) for one in lesson.predictions]
    page = visit("lessons", lesson="gewichte", answer=answers)
    assert page.fine()
    assert f'<div class="rp-head" lang="de-AT"><h1>{lesson.title}</h1>' in page.text
    assert '<span lang="en"><b>Goal:</b></span>' in page.text
    assert page.text.count('<span lang="de-AT">') == len(lesson.claims)
    ours = visit("lessons", lesson="runaway_weights", answer=answers)
    assert "<span lang" not in ours.text


def test_a_step_that_its_data_do_not_allow_says_so_and_the_lesson_goes_on(
    visit, tmp_path, monkeypatch
):
    text = (lessons.FOLDER / "02_runaway_weights.toml").read_text(encoding="utf-8")
    changed = text.replace('chart = "paths"', 'chart = "geometry"', 1)  # of one feature
    assert changed != text
    (tmp_path / "ein_merkmal.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setenv("REGPATH_LESSONS", str(tmp_path))
    lesson = lessons.lesson_called("ein_merkmal")
    answers = [json.dumps(one.answer()) for one in lesson.predictions]
    page = visit("lessons", lesson="ein_merkmal", answer=answers)
    (wrong,) = {each.value for each in page.at.error}
    assert "two features" in wrong
    assert "Take away" in "\n".join(each.value for each in page.at.success)


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
    page.at.text_input(key=Key.STUDENT_TYPED).set_value("47").run()
    assert page.fine()
    assert page.address["number"] == "47"
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


def test_a_number_deals_rows_of_ones_own_and_stays_with_what_was_locked_in(visit):
    lesson = lessons.lesson_called("more_columns")
    page = visit("lessons", lesson="more_columns")
    assert "last four digits" in page.text
    page.at.text_input(key=Key.STUDENT_TYPED).set_value("2023-40005").run()
    assert page.fine()
    assert "Dealt by the seed 5, from" in page.text
    key = f"{Key.PREDICTION.value}:more_columns"
    for number, field in ((0, "1.0"), (1, "0.5")):
        page.decimal(f"{key}:{number}:field").set_value(str(float(field))).run()
        page.at.button(key=f"{key}:{number}:lock").click().run()
    own = lesson.with_seed(5).predictions[1].answer()
    assert own != lesson.predictions[1].answer()
    assert f"The data say</span><b>{own:.4g}</b>" in page.text
    assert page.at.text_input(key=Key.STUDENT_TYPED).disabled
    assert page.address["number"] == "2023-40005"
    page.at.session_state[Key.STUDENT] = "1"  # typed in another lesson
    page.at.run()
    assert "Dealt by the seed 5, from" in page.text
    (url,) = [each.proto.url for each in page.at.get("link_button")]
    assert parse_qs(url.removeprefix("./?"))["seed"] == ["5"]
    page.at.button(key="begin_again").click().run()
    assert "Dealt by the seed 1, from" in page.text


def test_a_code_of_dealt_rows_is_right_by_their_truth_and_carries_the_number(visit):
    own = lessons.lesson_called("peeking").with_seed(77)
    truth = own.predictions[0].answer()
    page = visit("lessons", lesson="peeking", number="A 77", answer=json.dumps(truth))
    assert page.fine()
    codes = [read_code(each.value) for each in page.at.code]
    assert [(one.student, one.n_right) for one in codes] == [("A 77", 1)]
    again = visit("lessons", lesson="peeking", answer=json.dumps(truth))
    assert not again.at.code
    assert "begin again and type your number" in again.text


@pytest.fixture
def broadcast():
    yield open_broadcast("only-the-teacher-knows")
    close_broadcast()


def predicts(page, value, number=0):
    key = f"{Key.PREDICTION.value}:runaway_weights:{number}"
    page.decimal(f"{key}:field").set_value(str(value)).run()
    page.at.button(key=f"{key}:lock").click().run()
    assert page.fine()
    return page


BEFORE = "How the class predicted before it saw"


def test_a_class_sees_how_it_predicted_once_it_has_and_the_teacher_at_once(visit, broadcast):
    one, other = (visit("lessons", lesson="runaway_weights") for _ in range(2))
    assert BEFORE not in one.text
    predicts(one, 30.0)
    assert "1 prediction of the class" in one.text
    assert BEFORE not in other.text
    teacher = visit("lessons", lesson="runaway_weights")
    teacher.at.session_state[Key.LEADS] = True
    teacher.at.run()
    assert "1 prediction of the class" in teacher.text
    assert "The data say" not in teacher.text
    assert "2 predictions of the class" in predicts(other, 4.0).text
    predicts(teacher, 12.0)  # the teacher's own does not count
    assert "2 predictions of the class" in teacher.text
    assert broadcast.poll.of("runaway_weights", 0) == (30.0, 4.0)
    one.at.button(key="begin_again").click().run()
    predicts(one, 12.02)  # seen before
    assert broadcast.poll.of("runaway_weights", 0) == (30.0, 4.0)
    teacher.at.button(key="forget_class").click().run()
    assert broadcast.poll.of("runaway_weights", 0) == ()


def test_where_no_class_is_taught_nothing_is_counted(visit):
    page = predicts(visit("lessons", lesson="runaway_weights"), 30.0)
    assert BEFORE not in page.text
    assert "forget_class" not in [button.key for button in page.at.button]
