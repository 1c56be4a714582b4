"""A class on one server: a teacher who leads, a student on a phone, and a projector."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PATIENCE
from tests.e2e.conftest import free_port, serving
from tests.e2e.test_choosing import visit
from tests.e2e.test_server import HEAR, violations

SECRET = "only-the-teacher-knows"
DENIED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
"""
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
        sees(tab, "You lead" if secret == SECRET else "A class is taught here")
        return tab

    return led


@pytest.fixture
def follow(open_tab, room):
    def followed():
        tab = open_tab(room, query="follow=True", **PHONE).drawn()
        sees(tab, "You follow the teacher")
        return tab

    return followed


def sees(tab, words):
    """Wait until the line of the class says something."""
    tab.page.locator(".strip").get_by_text(words).wait_for()
    tab.settle()


def test_the_teachers_cursor_choices_and_pages_are_those_of_who_follows(lead, follow):
    teacher, student = lead(), follow()
    for key in ("Home", "PageUp"):
        teacher.slider.press(key)
        student.stands_at(teacher.position())
    teacher.wait_for_python()
    student.wait_for_python()
    assert student.chosen() == teacher.chosen()
    with student.rerun(), teacher.rerun():
        teacher.page.get_by_text("L2", exact=True).click()
    student.page.get_by_text("L2 (ridge)").first.wait_for()
    with student.rerun():
        visit(teacher, "Choose")
    student.page.wait_for_url("**/choose?*")
    sees(student, "You follow the teacher")
    assert student.complaints == teacher.complaints == []


def test_a_student_goes_on_freely_and_comes_back(lead, follow):
    teacher, student = lead(), follow()
    with student.rerun():
        student.slider.press("Home")
    sees(student, "You go your own way")
    student.page.wait_for_url(lambda url: "follow" not in url)
    teacher.slider.press("End")
    teacher.wait_for_python()
    student.stands_at(0)
    with student.rerun():
        student.page.get_by_role("button", name="Back to the teacher").click()
    sees(student, "You follow the teacher")
    student.stands_at(teacher.position())
    with student.rerun():
        student.page.get_by_role("button", name="Go on freely").click()
    sees(student, "You go your own way")


def test_the_class_keeps_what_it_saw_while_the_teacher_is_away(lead, follow, room):
    teacher, student = lead(), follow()
    teacher.slider.press("End")
    teacher.wait_for_python()
    student.stands_at(teacher.position())
    teacher.page.wait_for_url(lambda url: "#" not in url)
    teacher.page.goto("about:blank")
    sees(student, "The teacher is away")
    student.stands_at(student.last())
    with teacher.rerun():
        teacher.page.goto(f"{room}/?data=iris")
    sees(teacher, "You lead")
    sees(student, "You follow the teacher")


def test_who_guesses_does_not_lead(lead):
    stranger = lead("somebody-who-guesses-it")
    stranger.page.wait_for_url(lambda url: "#" not in url)
    expect(stranger.page.get_by_role("link", name="Projector page")).to_be_hidden()


def test_the_projector_counts_screens_and_says_no_secret(lead, follow, room, browser):
    board = browser.new_page(viewport={"width": 1280, "height": 720})
    board.add_init_script(HEAR)
    board.set_default_timeout(1000 * PATIENCE)
    board.goto(f"{room}/class")
    count = board.locator("[data-part=here]")
    expect(count).to_have_text(re.compile(r"\d+"))
    before = int(count.inner_text())
    teacher = lead()
    follow()
    expect(count).to_have_text(str(before + 1))
    board.wait_for_function("() => document.querySelector('img').naturalWidth > 100")
    assert SECRET not in board.content()
    assert violations(board) == []
    link = teacher.page.get_by_role("link", name="Projector page")
    expect(link).to_have_attribute("href", f"{room}/class")
    board.close()


def test_a_screen_that_joins_by_the_short_address_keeps_to_the_policy(lead, room, open_tab):
    lead()
    student = open_tab(room, query="data=iris")
    student.page.add_init_script(HEAR)
    with student.rerun():
        student.page.goto(f"{room}/join")
    sees(student, "You follow the teacher")
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
    sees(teacher, "Your file is not shown.")
    sees(student, "The teacher is at something else")
    expect(student.page.locator(".rp-head h1")).to_have_text(title)
    assert "salaries" not in student.page.content()
    with student.rerun(), teacher.rerun():
        teacher.page.get_by_role("button", name="Show my file to the class").click()
    student.page.get_by_role("heading", name="salaries.csv").wait_for()
    sees(student, "You follow the teacher")
    assert teacher.complaints == student.complaints == []


def test_the_teacher_sees_how_the_class_predicts_while_it_grows_and_before_the_truth(
    open_tab, room
):
    lesson = "lesson=runaway_weights"
    teacher = open_tab(room, path="lessons", query=f"{lesson}#lead={SECRET}")
    sees(teacher, "You lead")
    for n, value in enumerate(("30", "4"), 1):
        student = open_tab(room, path="lessons", query=lesson, **PHONE)
        field = student.page.get_by_label("Your prediction")
        field.fill(value)
        field.press("Enter")
        lock = student.page.get_by_role("button", name="Lock it in")
        expect(lock).to_be_enabled()
        lock.click()
        words = f"{n} prediction{'s' * (n > 1)} of the class"
        expect(student.page.get_by_text(words)).to_be_visible()
        expect(teacher.page.get_by_text(words)).to_be_visible()
        expect(student.page.get_by_text("The data say", exact=True)).to_be_visible()
        expect(teacher.page.get_by_text("The data say", exact=True)).to_have_count(0)


def test_a_browser_that_keeps_nothing_leads_and_shows_a_file(open_tab, room, follow, tmp_path):
    """As in a frame on a page of another site, and for who wants it so."""
    tab = open_tab(room, bare=True)
    tab.page.add_init_script(DENIED)
    with tab.rerun():
        tab.page.goto(f"{room}/?data=iris#lead={SECRET}")
    sees(tab.drawn(), "You lead")
    student = follow()
    tab.slider.press("Home")
    student.stands_at(tab.position())
    tab.wait_for_python()
    file = tmp_path / "rows.csv"
    file.write_text("dose,ill\n" + "".join(f"{i % 7},{i % 3 > 0:d}\n" for i in range(40)))
    tab.upload(file)
    tab.drawn()
    assert tab.complaints == student.complaints == []
