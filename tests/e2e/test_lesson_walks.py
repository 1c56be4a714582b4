"""Each lesson from end to end by keys alone: wrong on a phone, then right on a wide screen."""

from math import log10

import numpy as np
import pytest
from playwright.sync_api import expect

from regpath import lessons
from regpath.lessons.truths import PLACES
from tests.e2e.tab import Tab

CATALOG = lessons.catalog()
MOST_TABS = 120  # keys until anything of a page has the focus
IS_FOCUSED = "node => node === node.getRootNode().activeElement"
NUDGE = 0.051  # of a chart's height: a key moves a point by a twentieth


@pytest.fixture(scope="module")
def tab(browser, address):
    tab = Tab(browser, address, path="lessons", width=390, height=844)
    yield tab
    tab.close()


def reach(tab, target):
    """Press Tab until something has the focus."""
    target.wait_for(state="attached")
    for _ in range(MOST_TABS):
        if target.evaluate(IS_FOCUSED):
            return
        tab.page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab do not reach {target}")


def press(tab, name, key="Enter"):
    """Press the button that says so, by keys."""
    reach(tab, tab.page.get_by_role("button", name=name))
    with tab.rerun():
        tab.page.keyboard.press(key)


def move(tab, handle, target, nudge):
    """Move a handle with the arrow keys until it is near; keys that follow at once are one run."""
    reach(tab, handle)
    with tab.rerun():
        for _ in range(100):
            away = target - float(handle.get_attribute("aria-valuenow"))
            if abs(away) <= nudge:
                break
            tab.page.keyboard.press("ArrowUp" if away > 0 else "ArrowDown")
        tab.page.keyboard.press("ArrowUp")  # one there and back, where it stood there already
        tab.page.keyboard.press("ArrowDown")


def enter_number(tab, one, number):
    reach(tab, tab.page.get_by_label("Your prediction"))
    tab.page.keyboard.type(f"{number:.6g}")
    with tab.rerun():
        tab.page.keyboard.press("Enter")


def enter_choice(tab, one, option):
    first = tab.page.get_by_role("radio").first
    reach(tab, first)
    with tab.rerun():
        tab.page.keyboard.press("Space")
    for _ in range(option):
        with tab.rerun():
            tab.page.keyboard.press("ArrowDown")
    expect(tab.page.get_by_role("radio").nth(option)).to_be_checked()


def enter_order(tab, one, names):
    for name in names:
        reach(tab, tab.page.get_by_role("combobox"))
        tab.page.keyboard.type(name)
        with tab.rerun():
            tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Escape")


def put_marker(tab, one, lam):
    handle = tab.page.get_by_role("slider", name="Your marker")
    handle.wait_for()
    ends = [float(handle.get_attribute(f"aria-value{end}")) for end in ("min", "max")]
    move(tab, handle, min(max(log10(lam), ends[0]), ends[1]), (ends[1] - ends[0]) / 100)


def draw_curve(tab, one, curve):
    for place, value in enumerate(curve):
        handle = tab.page.get_by_role("slider", name=f"Point {place + 1}", exact=True)
        handle.wait_for()
        height = float(handle.get_attribute("aria-valuemax"))
        height -= float(handle.get_attribute("aria-valuemin"))
        move(tab, handle, value, height * NUDGE / 2)


ENTER = {
    "number": enter_number,
    "choice": enter_choice,
    "order": enter_order,
    "marker": put_marker,
    "sketch": draw_curve,
}


def right(one):
    """An answer that is right, as it is entered."""
    truth = one.answer()
    if one.kind != "sketch":
        return truth
    xs = -np.log10(truth[0])
    return np.interp(np.linspace(xs[0], xs[-1], PLACES), xs, truth[1])


def wrong(one):
    """An answer that is wrong, as it is entered."""
    truth = one.answer()
    return {
        "number": lambda: one.low if abs(truth - one.low) > one.within else one.high,
        "choice": lambda: (truth + 1) % len(one.options),
        "order": lambda: truth[::-1],
        "marker": lambda: truth * 10.0 ** (2.0 * one.within),
        "sketch": lambda: np.zeros(PLACES),
    }[one.kind]()


def walk(tab, lesson, answer_of):
    """Answer every question; what the page says of each."""
    for number, one in enumerate(lesson.predictions):
        ENTER[one.kind](tab, one, answer_of(one))
        press(tab, "Lock it in")
        tab.page.locator(".rp-reveal").nth(number).wait_for()
        tab.until_it_fits()
    tab.page.get_by_text("Take away").wait_for()
    return [each.get_attribute("data-right") for each in tab.page.locator(".rp-reveal").all()]


@pytest.mark.parametrize("lesson", CATALOG, ids=[lesson.name for lesson in CATALOG])
def test_a_lesson_is_walked_by_keys_wrongly_on_a_phone_and_rightly_on_a_projector(tab, lesson):
    tab.settle()
    tab.page.set_viewport_size({"width": 390, "height": 844})
    if tab.page.get_by_role("button", name="All lessons").count():  # the lesson before is open
        press(tab, "All lessons")
    press(tab, f"Open {lesson.title}")
    assert walk(tab, lesson, wrong) == ["false"] * len(lesson.predictions)
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    press(tab, "Begin again")
    assert walk(tab, lesson, right) == ["true"] * len(lesson.predictions)
    expect(tab.page.get_by_test_id("stException")).to_have_count(0)
    assert tab.complaints == []
