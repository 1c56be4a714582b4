"""A class on one server: a teacher who leads, a student on a phone, and a projector."""

import pytest

from tests.e2e.conftest import free_port, serving
from tests.e2e.test_choosing import visit
from tests.e2e.test_server import HEAR, violations

SECRET = "only-the-teacher-knows"
PHONE = {"width": 390, "height": 844, "has_touch": True}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    log = tmp_path_factory.mktemp("class") / "log.txt"
    said = {"REGPATH_CLASS": "yes", "REGPATH_CLASS_SECRET": SECRET}
    with serving(log, free_port(), **said) as url:
        yield url


@pytest.fixture
def lead(open_tab, room):
    def led(secret=SECRET):
        tab = open_tab(room, query=f"data=iris#lead={secret}").drawn()
        said(tab, "You lead" if secret == SECRET else "A class is taught here")
        return tab

    return led


@pytest.fixture
def follow(open_tab, room):
    def followed():
        tab = open_tab(room, query="follow=True", **PHONE).drawn()
        said(tab, "You follow the teacher")
        return tab

    return followed


def said(tab, words):
    """Wait until the line of the class says something."""
    tab.page.locator(".strip").get_by_text(words).wait_for()
    tab.settle()


def at(tab, position):
    """Wait until the cursor is somewhere."""
    tab.page.wait_for_function(
        "([slider, now]) => slider.getAttribute('aria-valuenow') === String(now + 1)",
        arg=[tab.slider.element_handle(), position],
    )


def test_the_teachers_cursor_choices_and_pages_are_those_of_who_follows(lead, follow):
    teacher, student = lead(), follow()
    for key in ("Home", "PageUp"):
        teacher.slider.press(key)
        at(student, teacher.position())
    teacher.wait_for_python()
    student.wait_for_python()
    assert student.chosen() == teacher.chosen()
    with student.rerun(), teacher.rerun():
        teacher.page.get_by_text("L2", exact=True).click()
    student.page.get_by_text("L2 (ridge)").first.wait_for()
    with student.rerun():
        visit(teacher, "Choose")
    student.page.wait_for_url("**/choose?*")
    said(student, "You follow the teacher")
    assert student.complaints == teacher.complaints == []


def test_a_student_goes_on_freely_and_comes_back(lead, follow):
    teacher, student = lead(), follow()
    with student.rerun():
        student.slider.press("Home")
    said(student, "You go your own way")
    student.page.wait_for_url(lambda url: "follow" not in url)
    teacher.slider.press("End")
    teacher.wait_for_python()
    assert student.position() == 0
    with student.rerun():
        student.page.get_by_role("button", name="Back to the teacher").click()
    said(student, "You follow the teacher")
    at(student, teacher.position())
    with student.rerun():
        student.page.get_by_role("button", name="Go on freely").click()
    said(student, "You go your own way")


def test_the_class_keeps_what_it_saw_while_the_teacher_is_away(lead, follow, room):
    teacher, student = lead(), follow()
    teacher.slider.press("End")
    teacher.wait_for_python()
    at(student, teacher.position())
    assert "#" not in teacher.page.url
    teacher.page.goto("about:blank")
    said(student, "The teacher is away")
    assert student.position() == student.last()
    with teacher.rerun():
        teacher.page.goto(f"{room}/?data=iris")
    said(teacher, "You lead")
    said(student, "You follow the teacher")


def test_who_guesses_does_not_lead(lead):
    stranger = lead("somebody-who-guesses-it")
    assert "#" not in stranger.page.url
    assert not stranger.page.get_by_role("link", name="Projector page").is_visible()


def test_the_projector_counts_screens_and_says_no_secret(lead, follow, room, browser):
    board = browser.new_page(viewport={"width": 1280, "height": 720})
    board.add_init_script(HEAR)
    board.goto(f"{room}/class")
    count = board.locator("[data-part=here]")
    before = int(count.inner_text())
    teacher = lead()
    follow()
    board.wait_for_function(
        "n => document.querySelector('[data-part=here]').textContent === n", arg=str(before + 1)
    )
    assert board.locator("img").evaluate("image => image.naturalWidth") > 100
    assert SECRET not in board.content()
    assert violations(board) == []
    assert (
        teacher.page.get_by_role("link", name="Projector page").get_attribute("href")
        == f"{room}/class"
    )
    board.close()


def test_a_screen_that_joins_by_the_short_address_keeps_to_the_policy(lead, room, open_tab):
    lead()
    student = open_tab(room, query="data=iris")
    student.context.add_init_script(HEAR)
    with student.rerun():
        student.page.goto(f"{room}/join")
    said(student, "You follow the teacher")
    student.drawn()
    with student.rerun():
        student.page.get_by_role("button", name="Go on freely").click()
    assert violations(student.page) == student.complaints == student.outside == []


def test_a_file_of_the_teachers_is_shown_once_it_is_said(lead, follow, tmp_path):
    rows = "".join(f"{i % 7},{i * i % 5},{'yes' if i % 3 else 'no'}\n" for i in range(60))
    (tmp_path / "salaries.csv").write_text(f"age,bonus,left\n{rows}")
    teacher, student = lead(), follow()
    title = student.page.locator(".rp-head h1").inner_text()
    teacher.upload(tmp_path / "salaries.csv", "left")
    teacher.drawn()
    said(teacher, "Your file is not shown.")
    said(student, "The teacher is at something else")
    assert student.page.locator(".rp-head h1").inner_text() == title
    assert "salaries" not in student.page.content()
    with student.rerun(), teacher.rerun():
        teacher.page.get_by_role("button", name="Show my file to the class").click()
    student.page.get_by_role("heading", name="salaries.csv").wait_for()
    said(student, "You follow the teacher")
    assert teacher.complaints == student.complaints == []
