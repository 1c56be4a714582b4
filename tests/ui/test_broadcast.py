from dataclasses import replace

import pytest

from regpath.errors import ParameterError
from regpath.export.session_file import Session
from regpath.recipe import Recipe
from regpath.ui.broadcast import Broadcast, OnScreen, Role, Screen, stage_name

SECRET = "s" * 22
SESSION = Session("iris", "digest", Recipe("species"), bundled=True)
OWN = Session("salaries.csv", "other", Recipe("left"), content=b"left,age\n")
SHOWN = OnScreen("Explore", SESSION, stage_name("iris"), (0.3, 0.2, 0.1), view="here")


def screen(**options):
    woken = []
    made = Screen(lambda: woken.append(1), **options)
    return made, woken


def test_only_who_knows_the_secret_leads():
    broadcast = Broadcast(SECRET)
    assert broadcast.may_lead(SECRET)
    for other in ("", SECRET[1:], SECRET + "s", None, 7, ["s"], "ß", "\ud800"):
        assert not broadcast.may_lead(other)


def test_a_secret_that_can_be_guessed_is_refused():
    with pytest.raises(ParameterError, match="can be guessed"):
        Broadcast("class")


def test_every_screen_is_told_what_is_shown_and_where_the_cursor_is():
    broadcast = Broadcast(SECRET)
    student, woken = screen(follows=True)
    broadcast.enter(student)
    broadcast.show(SHOWN, 1, {"axis": "l1_norm"})
    broadcast.move(SHOWN.stage, 2)
    news = broadcast.news_for(student)
    assert len(woken) == 3
    assert (news["key"], news["index"], news["view"]) == (SHOWN.key, 2, {"axis": "l1_norm"})
    assert "here" not in news


def test_who_comes_late_gets_the_strength_of_now():
    broadcast = Broadcast(SECRET)
    assert broadcast.shown is None
    broadcast.show(SHOWN, 0, {})
    broadcast.move(SHOWN.stage, 2, {"axis": "l1_norm"})
    assert broadcast.shown.session.lam == 0.1
    assert broadcast.shown.session.app["view"] == {"axis": "l1_norm"}
    assert broadcast.shown.key == SHOWN.key


@pytest.mark.parametrize(("stage", "index"), [("other", 1), (SHOWN.stage, 3), (SHOWN.stage, -1)])
def test_a_move_on_another_path_or_beside_it_moves_nobody(stage, index):
    broadcast = Broadcast(SECRET)
    broadcast.move(stage, index)
    broadcast.show(SHOWN, 1, {})
    broadcast.move(stage, index)
    assert broadcast.news_for(screen()[0])["index"] == 1


def test_students_are_counted_and_teacher_and_projector_are_not():
    broadcast = Broadcast(SECRET)
    board, _ = screen(role=Role.BOARD)
    students = [screen(follows=bool(i))[0] for i in range(3)]
    for each in (board, screen(role=Role.LEADER)[0], *students):
        broadcast.enter(each)
    news = broadcast.news_for(board)
    assert (news["here"], news["follow"], news["led"]) == (3, 2, True)
    broadcast.leave(students[2])
    broadcast.leave(students[2])
    assert broadcast.news_for(board)["here"] == 2


def test_the_view_stays_when_the_teacher_leaves_or_hides():
    broadcast = Broadcast(SECRET)
    teacher, student = screen(role=Role.LEADER)[0], screen()[0]
    broadcast.enter(teacher)
    broadcast.show(SHOWN, 1, {})
    broadcast.hide()
    broadcast.leave(teacher)
    news = broadcast.news_for(student)
    assert (news["led"], news["hidden"], news["key"]) == (False, True, SHOWN.key)
    broadcast.show(SHOWN, 1, {})
    assert not broadcast.news_for(student)["hidden"]


def test_a_file_that_is_taken_back_reaches_nobody_who_comes_late():
    broadcast = Broadcast(SECRET)
    student, woken = screen()
    broadcast.enter(student)
    broadcast.show(replace(SHOWN, session=OWN), 1, {"axis": "l1_norm"})
    broadcast.take_back()
    assert broadcast.shown is None
    news = broadcast.news_for(screen()[0])
    assert (news["key"], news["stage"], news["view"], news["hidden"]) == ("", "", {}, True)
    assert len(woken) == 3
    broadcast.move(SHOWN.stage, 2)
    assert broadcast.news_for(student)["index"] == 0


def test_a_bundled_set_stays_when_a_file_is_taken_back():
    broadcast = Broadcast(SECRET)
    broadcast.take_back()
    broadcast.show(SHOWN, 1, {})
    broadcast.take_back()
    assert broadcast.shown.key == SHOWN.key


def test_another_page_part_or_choice_is_another_view_and_a_strength_is_not():
    others = [
        replace(SHOWN, page="Choose"),
        replace(SHOWN, stage=stage_name("wine")),
        replace(SHOWN, view="there"),
    ]
    assert len({SHOWN.key, *(each.key for each in others)}) == 4
    assert replace(SHOWN, session=replace(SESSION, lam=0.2)).key == SHOWN.key


def test_a_stage_says_nothing_of_what_it_is_about():
    assert stage_name("target=salary") != stage_name("target=age")
    assert "salary" not in stage_name("target=salary")
