"""Lessons in a browser: a marker dragged, tapped and moved by keys; locked, and shown beside."""

import json
import re
from itertools import pairwise
from math import log10
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from regpath import lessons
from regpath.lessons.truths import PLACES
from tests.e2e.tab import number
from tests.e2e.test_choosing import visit
from tests.e2e.test_layout import check_with_axe


def open_lesson(tab, name):
    visit(tab, "Lessons")
    with tab.rerun():
        tab.page.locator(f".st-key-open-{name} button").click()
    tab.page.get_by_role("button", name="Begin again").wait_for()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_goal_and_the_minutes_are_shown_whole(open_tab, width):
    tab = open_tab(width=width, height=844, path="lessons", query="lesson=runaway_weights")
    goal = tab.page.locator(".rp-goal")
    goal.wait_for()
    assert goal.evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def value(marker):
    return float(marker.get_attribute("aria-valuenow"))


def lock(tab):
    with tab.rerun():
        tab.page.get_by_role("button", name="Lock it in").click()


def test_a_prediction_by_keys_alone_is_locked_and_told_apart_from_the_truth(open_tab):
    tab = open_tab().drawn()
    open_lesson(tab, "simple_enough")
    tab.page.set_viewport_size({"width": 390, "height": 844})
    marker = tab.page.get_by_role("slider", name="Your marker")
    expect(tab.page.get_by_role("button", name="Lock it in")).to_be_disabled()
    marker.focus()
    before = value(marker)
    with tab.rerun():
        tab.page.keyboard.press("ArrowLeft")
    tab.soon(lambda: value(marker), lambda now: now > before)  # left is stronger
    expect(marker).to_be_focused()
    lock(tab)
    tab.page.get_by_text("You predicted").wait_for()
    tab.page.wait_for_url(lambda url: "answer=" in url)
    tab.until_it_fits()


def test_what_keys_moved_last_is_locked_however_soon(open_tab):
    tab = open_tab(path="lessons", query="lesson=simple_enough")
    marker = tab.page.get_by_role("slider", name="Your marker")
    marker.focus()
    with tab.rerun():
        tab.page.keyboard.press("ArrowLeft")
    for _ in range(5):
        tab.page.keyboard.press("ArrowLeft")
    moved = value(marker)
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("button", name="Lock it in")).to_be_focused()
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    (locked,) = parse_qs(urlsplit(tab.page.url).query)["answer"]
    assert log10(float(locked)) == pytest.approx(moved)


def walk_a_sketched_lesson(tab):
    """Answer a lesson by a number and by a curve: its marker before and after a tap."""
    open_lesson(tab, "rare_feature")
    tab.page.get_by_label("Your prediction").fill("12")
    with tab.rerun():
        tab.page.get_by_label("Your prediction").press("Enter")
    lock(tab)
    marker = tab.page.get_by_role("slider", name="Your marker")
    before = value(marker)
    drawing = tab.page.locator("[data-part=drawing] svg").last
    drawing.scroll_into_view_if_needed()
    box = tab.still(drawing)
    with tab.rerun():
        tab.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    tab.soon(lambda: value(marker), lambda now: now > before)
    lock(tab)
    tab.page.get_by_text("Take away").wait_for()


def test_a_tap_puts_the_marker_where_it_is_and_a_curve_is_drawn_point_by_point(open_tab):
    tab = open_tab().drawn()
    walk_a_sketched_lesson(tab)
    expect(tab.page.get_by_test_id("stException")).to_have_count(0)


def test_the_words_of_a_step_are_above_its_chart_on_a_phone_and_beside_it_on_a_wide_screen(
    open_tab,
):
    tab = open_tab(path="lessons", query="lesson=runaway_weights&answer=30.0&answer=2")
    words = tab.page.get_by_text("What to do.").first
    chart = tab.page.locator(".st-key-rp-step-0 [data-testid=stFullScreenFrame]").first
    chart.wait_for()
    beside, main = tab.still(words), tab.still(chart)
    assert main["x"] + main["width"] <= beside["x"]
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.soon(lambda: (tab.still(words)["y"], tab.still(chart)["y"]), lambda ys: ys[0] < ys[1])
    tab.until_it_fits()


UPWARDS = {"simple_enough": "mean squared error of the folds", "rare_feature": "coefficient"}
INK = """found => found.map(text => {
    const { x, y, width, height } = text.getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height,
        halo: getComputedStyle(text).paintOrder.startsWith('stroke') };
})"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lesson", ["simple_enough", "rare_feature", "more_columns"])
def test_a_drawn_prediction_says_what_is_upwards_and_its_names_stand_apart(open_tab, lesson, width):
    tab = open_answered(open_tab, lesson, width=width, height=844)
    drawing = tab.page.locator("[data-part=drawing] svg").last
    drawing.scroll_into_view_if_needed()
    expect(drawing).to_contain_text(UPWARDS.get(lesson, "log-loss on the test rows"))
    chart, names = tab.still(drawing), drawing.locator("[data-name]").evaluate_all(INK)
    assert names
    for name in names:
        assert name["left"] >= 0
        assert name["right"] <= chart["width"]
        assert name["halo"]  # a line behind it does not cross it
    order = sorted(names, key=lambda name: name["top"])
    assert all(above["bottom"] <= below["top"] + 1 for above, below in pairwise(order))
    ticks = [number(text) for text in drawing.locator("[data-tick]").all_text_contents()]
    steps = {f"{above - below:.6g}" for below, above in pairwise(ticks)}
    assert len(ticks) >= 3
    assert len(steps) == 1
    assert steps.pop().strip("0.") in ("1", "2", "5")  # round numbers, not quarters of the range
    tab.until_it_fits()


def open_answered(open_tab, name, points=(), **how):
    """A lesson with the right answers locked in, so that all its steps are there."""
    lesson = lessons.lesson_called(name)
    given = [
        json.dumps([0.7] * PLACES if one.kind == "sketch" else one.answer())
        for one in lesson.predictions
    ]
    query = urlencode({"lesson": name, "answer": given, "points": points}, doseq=True)
    tab = open_tab(path="lessons", query=query, **how)
    tab.page.get_by_text("Take away").wait_for()
    return tab


def type_into(tab, label, text):
    """Change a number by keys alone."""
    field = tab.page.get_by_label(label, exact=True)
    field.focus()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type(text)
    with tab.rerun():
        tab.page.keyboard.press("Enter")


def said_of_step(tab, number):
    return tab.page.locator(f".st-key-rp-step-{number}").get_by_test_id("stCaptionContainer").first


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("simple_enough", "light"), ("from_scratch", "dark"), ("bug_museum", "light")],
)
def test_axe_finds_nothing_serious_in_a_lesson_with_all_its_steps(open_tab, name, scheme):
    tab = open_answered(open_tab, name, width=390, height=844, scheme=scheme)
    tab.settle()
    check_with_axe(tab)


def test_samples_are_stepped_through_and_drawn_anew_by_keys_alone(open_tab):
    tab = open_answered(open_tab, "simple_enough")
    (number,) = steps_with("simple_enough", "samples")
    caption = said_of_step(tab, number)
    before = caption.inner_text()
    type_into(tab, "Noise", "8")
    expect(caption).not_to_have_text(before)
    expect(tab.page.get_by_label("Noise", exact=True)).to_have_value(re.compile(r"^8(\.0+)?$"))
    before = caption.inner_text()
    twin = tab.page.get_by_role("switch", name="With a twin of a")
    twin.focus()
    with tab.rerun():
        tab.page.keyboard.press("Space")
    expect(twin).to_be_checked()
    expect(caption).not_to_have_text(before)
    expect(tab.page.get_by_test_id("stException")).to_have_count(0)


def test_a_walk_is_made_longer_and_the_museums_lines_are_opened_by_keys_alone(open_tab):
    tab = open_answered(open_tab, "from_scratch")
    number = steps_with("from_scratch", "descent")[0]
    caption = said_of_step(tab, number)
    before = caption.inner_text()
    step = tab.page.locator(f".st-key-rp-step-{number}")
    field = step.get_by_label("Steps at most", exact=True)
    field.focus()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("300")
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    expect(caption).not_to_have_text(before)
    museum = open_answered(open_tab, "bug_museum")
    number = steps_with("bug_museum", "museum")[0]
    folds = museum.page.locator(f".st-key-rp-step-{number} summary")
    folds.last.focus()
    museum.page.keyboard.press("Enter")
    code = museum.page.locator(f".st-key-rp-step-{number}").get_by_test_id("stCode").last
    expect(code).to_be_visible()


def steps_with(name, chart):
    """Positions of the steps of a lesson that show one kind of chart."""
    steps = lessons.lesson_called(name).steps
    return [number for number, step in enumerate(steps) if step.chart == chart]
