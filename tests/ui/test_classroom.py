"""A visit's part in a class: what the teacher shows, and what stays a person's own."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st

from regpath.cli.app import OPEN
from regpath.ui import classroom
from regpath.ui.broadcast import close_broadcast, open_broadcast
from regpath.ui.session.pin import Pin, hold, hold_own
from regpath.ui.session.source import Upload
from regpath.ui.session.state import Key
from tests.ui.test_broadcast import OWN, SECRET, SHOWN

IRIS = {"data": "iris", "n_lambdas": "8", "validate": "False"}
FILE = "age,bonus,left\n" + "".join(f"{i % 7},{i * i % 5},{i % 2}\n" for i in range(40))


@pytest.fixture
def broadcast():
    yield open_broadcast(SECRET)
    close_broadcast()


@pytest.fixture
def hear(monkeypatch):
    """What the class's line of a teacher's page hears, in a session that brought a file."""
    brought = Upload(OWN.content, OWN.name, "file-1")
    monkeypatch.setattr(st, "session_state", {Key.LEADS: True, Key.BROUGHT: brought})

    def hear(told):
        st.session_state[classroom.STRIP] = {classroom.ACT: told}
        classroom._hear()
        return st.session_state

    return hear


def test_who_joins_after_the_teacher_took_a_file_back_does_not_get_it(broadcast, hear, monkeypatch):
    assert hear({"lend": True})[Key.LENT] == "upload/file-1"
    broadcast.show(replace(SHOWN, session=OWN), 0, {})
    assert hear({"lend": False})[Key.LENT] is None
    taken = []
    monkeypatch.setattr(classroom, "take_over", taken.append)
    st.session_state = {Key.FOLLOWS: True}
    classroom.join_class()
    assert taken == []
    broadcast.show(SHOWN, 0, {})
    classroom.join_class()
    assert [each.name for each in taken] == ["iris"]


PAGES = [SimpleNamespace(title=title) for title in (SHOWN.page, "Data")]


def test_the_teachers_page_is_followed_until_the_visit_is_there(broadcast, monkeypatch):
    """A browser that asks for a run meanwhile names the page where it still is."""
    monkeypatch.setattr(st, "session_state", {Key.FOLLOWS: True})
    monkeypatch.setattr(classroom, "take_over", lambda session: None)
    broadcast.show(SHOWN, 0, {})
    there, data = PAGES
    for page, wanted in ((data, there), (data, there), (there, None), (data, None)):
        classroom.join_class()
        assert classroom.page_to_follow(PAGES, page) is wanted
    broadcast.show(replace(SHOWN, view="another", page="Nowhere"), 0, {})
    classroom.join_class()
    assert classroom.page_to_follow(PAGES, data) is None


def test_who_goes_freely_is_led_to_no_page(broadcast, monkeypatch):
    monkeypatch.setattr(st, "session_state", {Key.FOLLOWS: True})
    monkeypatch.setattr(classroom, "take_over", lambda session: None)
    broadcast.show(SHOWN, 0, {})
    classroom.join_class()
    st.session_state[classroom.STRIP] = {classroom.ACT: {"follow": False}}
    classroom._hear()
    assert classroom.page_to_follow(PAGES, PAGES[1]) is None


def test_what_was_broken_off_is_taken_over_anew(broadcast, monkeypatch):
    monkeypatch.setattr(st, "session_state", {Key.FOLLOWS: True})
    taken = []

    def break_off_once(session):
        taken.append(session.name)
        if len(taken) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(classroom, "take_over", break_off_once)
    broadcast.show(SHOWN, 0, {})
    with pytest.raises(KeyboardInterrupt):
        classroom.join_class()
    for _ in range(2):
        classroom.join_class()
    assert taken == ["iris", "iris"]


def test_nobody_but_who_leads_takes_a_file_back(broadcast, hear):
    broadcast.show(replace(SHOWN, session=OWN), 0, {})
    st.session_state[Key.LEADS] = False
    hear({"lend": False})
    assert broadcast.shown.session.name == OWN.name


def test_half_a_letter_is_no_secret(broadcast, hear):
    state = hear({"claim": "\ud800"})
    assert (state[Key.LEADS], state[Key.REFUSED]) == (False, True)


def test_what_a_student_locked_in_stays_when_the_teacher_locked_in_more(broadcast, open_page):
    teacher, student = open_page("choose", **IRIS), open_page("choose", **IRIS)
    teacher.at.session_state[Key.ANSWERS] = {"twins": [0.8, 1], "peeking": [0.1]}
    teacher.at.session_state[Key.SEEN] = {f"{SHOWN.session.digest} and more"}
    teacher.at.session_state[Key.MARKED] = ["aic"]
    teacher.at.session_state[Key.LEADS] = True
    teacher.turn_to("choose")
    assert teacher.fine_here()
    assert broadcast.shown.session.app["seen"] == []
    student.at.session_state[Key.ANSWERS] = {"twins": [0.5]}
    student.at.session_state[Key.FOLLOWS] = True
    student.turn_to("choose")
    assert student.fine_here()
    assert student.at.session_state[Key.TAKEN_OVER] == broadcast.shown.key
    assert student.at.session_state[Key.MARKED] == ["aic"]
    assert student.at.session_state[Key.ANSWERS] == {"twins": [0.5]}


A_AGAINST_B = {**IRIS, "section": "A against B"}


def pinned(page):
    return page.at.session_state[Key.PINNED]


def press(page, key):
    page.at.button(key=key).click().run()
    return pinned(page)


def test_what_the_teacher_pins_is_shown_and_a_students_own_comes_back(broadcast, open_page):
    teacher, student = open_page("compare", **A_AGAINST_B), open_page("compare", **A_AGAINST_B)
    own = press(student, "pin")
    teacher.at.session_state[Key.LEADS] = True
    teacher.at.select_slider[0].set_value(5).run()
    before = broadcast.shown.key
    shown = press(teacher, "pin")
    assert broadcast.shown.key != before  # a pin is news
    student.at.session_state[Key.FOLLOWS] = True
    student.turn_to("compare")
    assert pinned(student).is_shown
    assert (pinned(student).index, pinned(student).title) == (shown.index, shown.title)
    student.turn_to("compare")
    assert student.at.session_state[Key.FOLLOWS]  # to be shown it is no way of his own
    assert student.at.session_state[Key.OWN_PIN].index == own.index


def test_who_pins_something_else_goes_freely_with_that(broadcast, open_page):
    teacher, student = open_page("compare", **A_AGAINST_B), open_page("compare", **A_AGAINST_B)
    press(student, "pin")
    teacher.at.session_state[Key.LEADS] = True
    teacher.at.select_slider[0].set_value(5).run()
    press(teacher, "pin")
    teacher.at.select_slider[0].set_value(7).run()
    student.at.session_state[Key.FOLLOWS] = True
    student.turn_to("compare")
    assert pinned(student).is_shown
    assert student.at.select_slider[0].value == 7
    mine = press(student, "pin")
    assert not student.at.session_state[Key.FOLLOWS]
    assert not mine.is_shown
    assert pinned(student).index == 7


def test_who_chose_no_strength_shows_that_of_the_rule(broadcast, open_page):
    teacher, student = open_page("compare", **A_AGAINST_B), open_page("compare", **A_AGAINST_B)
    student.at.select_slider[0].set_value(1).run()
    teacher.at.session_state[Key.LEADS] = student.at.session_state[Key.FOLLOWS] = True
    teacher.turn_to("compare")
    student.turn_to("compare")
    assert student.at.select_slider[0].value == teacher.at.select_slider[0].value != 1


@pytest.mark.parametrize("way", ["he goes freely", "the teacher unpins"])
@pytest.mark.parametrize("own", [None, "own"])
def test_a_class_takes_no_pin_away(monkeypatch, way, own):
    study = SimpleNamespace()
    mine = own and Pin(study, 1, "mine")
    monkeypatch.setattr(st, "session_state", {Key.FOLLOWS: True, Key.PINNED: mine})
    shown = [Pin(study, n, "shown", is_shown=True) for n in (2, 3)]
    for each in shown:
        hold(each)
    assert st.session_state[Key.PINNED] is shown[-1]
    if way == "he goes freely":
        classroom._stray()
        assert st.session_state[Key.PINNED] is (mine or shown[-1])
    else:
        hold_own()
        assert st.session_state[Key.PINNED] is mine
    assert st.session_state.get(Key.OWN_PIN) is None


def test_numbers_of_a_page_are_news_for_who_follows(broadcast, open_page):
    teacher = open_page("stability", **IRIS)
    teacher.at.session_state[Key.LEADS] = True
    teacher.turn_to("stability")
    before = broadcast.shown.key
    teacher.turn_to("stability")
    assert broadcast.shown.key == before
    teacher.at.session_state[Key.THRESHOLD] = 0.9
    teacher.turn_to("stability")
    assert broadcast.shown.key != before


@pytest.fixture
def named(tmp_path, monkeypatch):
    """A file that the shell named."""
    file = tmp_path / "salaries.csv"
    file.write_text(FILE)
    monkeypatch.setenv(OPEN, str(file))
    return file


def test_the_shells_file_opens_in_a_class_for_who_leads_alone(broadcast, named, open_page):
    student, teacher = open_page("data"), open_page("data")
    for _ in range(2):
        student.turn_to("data")
        assert student.fine_here()
        assert Key.BROUGHT not in student.at.session_state
        assert "salaries" not in student.html
    assert Key.BROUGHT not in teacher.at.session_state
    teacher.at.session_state[Key.LEADS] = True
    teacher.turn_to("data")
    assert teacher.fine_here()
    assert teacher.at.session_state[Key.BROUGHT].name == "salaries.csv"
    assert broadcast.shown is None  # until it is said to be for the class


def test_the_shells_file_does_not_take_the_place_of_what_a_teachers_link_named(
    broadcast, named, open_page
):
    teacher = open_page("data", **IRIS)
    teacher.at.session_state[Key.LEADS] = True
    teacher.turn_to("data")
    assert Key.BROUGHT not in teacher.at.session_state


def test_where_a_missing_file_lay_is_not_said(named, open_page):
    named.unlink()
    (told,) = [each.value for each in open_page("data").at.warning]
    assert "salaries.csv' cannot be read" in told.replace("\\", "")
    assert named.parent.name not in told.replace("\\", "")
