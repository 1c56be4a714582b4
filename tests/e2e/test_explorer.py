"""One cursor: by mouse, touch, keys, rules, events and Python; what follows it and what stays."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.tab import PAINTED

PENGUINS = "data=penguins&target=species&family=multinomial"
DIABETES = "data=diabetes&target=progression&family=gaussian"


# Keys that follow each other within the pause after which a strength is chosen, on any machine.
AT_ONCE = """(node, keys) => keys.forEach(key =>
    node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true })))"""


def at_fraction(tab, share):
    """Page position of a share of the charts' width."""
    box = tab.part("hit").bounding_box()
    return box["x"] + share * box["width"], box["y"] + 0.3 * box["height"]


def snapshot(tab):
    """Everything that must follow the cursor, as text."""
    return tab.inside(
        """root => ({
            tiles: root.querySelector('[data-part=tiles]').innerText,
            bars: [...root.querySelectorAll('.rp-row:not([hidden])')]
                .map(r => r.innerText + r.style.transform).sort().join(),
            outcome: root.querySelector('[data-part=outcome]').innerText,
            dots: [...root.querySelectorAll('.rp-dots i')].map(d => d.style.transform).join(),
            cursor: root.querySelector('[data-part=cursor]').style.transform,
        })"""
    )


def middle(tab):
    """Where the cursor's line is."""
    box = tab.slider.bounding_box()
    return box["x"] + box["width"] / 2


def still(tab):
    """Wait until no curve glides."""
    tab.page.evaluate(PAINTED)
    expect(tab.page.locator(".rp-tweening")).to_have_count(0)
    tab.page.evaluate(PAINTED)


def frame(tab):
    tab.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def test_a_drag_moves_everything_at_once_and_python_hears_of_the_release(open_tab):
    tab = open_tab().drawn()
    curves = tab.inside("root => root.querySelector('[data-part=plot]').innerHTML")
    tab.page.mouse.move(*at_fraction(tab, 0.2))
    tab.page.mouse.down()
    frame(tab)
    first, chosen, asked = snapshot(tab), tab.chosen(), tab.runs.asked
    for share in (0.35, 0.5, 0.7):
        tab.page.mouse.move(*at_fraction(tab, share))
        frame(tab)
        now = snapshot(tab)
        assert all(now[name] != first[name] for name in now), share
    assert tab.inside("root => root.querySelector('[data-part=plot]').innerHTML") == curves
    tab.page.mouse.up()
    tab.wait_for_python()
    assert tab.chosen() != chosen
    assert tab.runs.asked == asked + 1  # nothing was sent while the button was down
    assert tab.complaints == []


def test_the_cursor_stands_where_it_is_dragged(open_tab):
    tab = open_tab().drawn()
    for share in (0.1, 0.45, 0.9):
        x, y = at_fraction(tab, share)
        tab.page.mouse.click(x, y)
        width = tab.part("hit").bounding_box()["width"]
        near = pytest.approx(x, abs=0.51 * width / tab.last() + 1)
        tab.soon(lambda: middle(tab), lambda at, near=near: at == near)


def test_touch_drags_sideways_and_leaves_scrolling_to_the_page(open_tab):
    tab = open_tab(width=390, height=844, has_touch=True, is_mobile=True, query=DIABETES).drawn()
    assert tab.part("hit").evaluate("e => getComputedStyle(e).touchAction") == "pan-y"
    tab.slider.scroll_into_view_if_needed()
    session = tab.context.new_cdp_session(tab.page)

    def touch(kind, share=None):
        points = []
        if share is not None:
            x, y = at_fraction(tab, share)
            points = [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.2)
    for share in (0.3, 0.5, 0.8):
        touch("touchMove", share)
        frame(tab)
    tab.soon(tab.position, lambda at: at > 0.7 * tab.last())
    touch("touchEnd")
    tab.wait_for_python()
    assert tab.complaints == []


def test_keys_move_and_one_rerun_follows(open_tab):
    tab = open_tab().drawn()
    press, last = tab.page.keyboard.press, tab.last()
    tab.slider.focus()
    for key, wanted in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("ArrowUp", 2),
        ("PageUp", 12),
        ("ArrowLeft", 11),
        ("ArrowDown", 10),
        ("PageDown", 0),
        ("ArrowLeft", 0),
        ("End", last),
        ("ArrowRight", last),
    ):
        press(key)
        frame(tab)
        tab.stands_at(wanted)
    tab.wait_for_python()
    start, asked = tab.chosen(), tab.runs.asked
    tab.slider.evaluate(AT_ONCE, ["Home", "ArrowRight", "ArrowRight"])
    tab.stands_at(2)
    tab.wait_for_python()
    assert tab.chosen() != start
    assert tab.runs.asked == asked + 1
    press("r")
    tab.soon(tab.lam, lambda lam: lam == pytest.approx(0.007064, rel=1e-3))
    press("n")
    tab.wait_for_python()
    tab.soon(
        lambda: (tab.part("lead").inner_text(), tab.part("spoken").inner_text()),
        lambda both: both[0] in both[1],
    )


def test_the_slider_speaks(open_tab):
    tab = open_tab().drawn()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    words = re.compile(r"^lambda .*\b0 of 30 features kept, test accuracy 0\.")
    expect(tab.slider).to_have_attribute("aria-valuetext", words)
    status = tab.part("spoken")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_contain_text(tab.slider.get_attribute("aria-valuetext"))


def test_rule_buttons_and_reset_go_to_their_lines(open_tab):
    tab = open_tab().drawn()
    for name, rule in (("λ min", "min"), ("λ 1se", "1se")):
        tab.part("rules").get_by_text(name, exact=True).click()
        at_line = pytest.approx(tab.still(tab.page.locator(f".rp-mark-{rule}"))["x"], abs=1.5)
        tab.soon(lambda: middle(tab), lambda x, line=at_line: x == line)
    chosen = tab.position()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.stands_at(tab.last())
    tab.part("reset").click()
    tab.stands_at(chosen)
    tab.wait_for_python()


def test_an_event_goes_to_its_strength(open_tab):
    tab = open_tab().drawn()
    event = tab.part("events").get_by_role("button").nth(3)
    text = event.inner_text()
    event.click()
    tab.wait_for_python()
    expect(event).to_have_attribute("aria-current", "true")
    name = text.split("\n")[-1].split(" (")[0]
    tab.soon(
        lambda: tab.part("caption").inner_text() + tab.part("spoken").inner_text(),
        lambda text: name in text,
    )


def test_python_moves_the_cursor(open_tab):
    tab = open_tab().drawn()
    field = tab.page.get_by_role("textbox", name="scikit-learn LogisticRegression C", exact=True)
    field.fill("1")
    field.press("Enter")
    expect(tab.page.locator(".rp-chosen")).to_contain_text(["C = 1,"])
    tab.page.get_by_text("fit and certified exactly here").wait_for()
    tab.drawn()
    tab.soon(tab.lam, lambda lam: lam == pytest.approx(1 / 426, rel=1e-3))
    tab.soon(tab.last, lambda last: last == 100)  # one point more than the grid
    before = tab.position()
    tab.slider.focus()
    tab.page.keyboard.press("ArrowLeft")
    tab.wait_for_python()
    assert tab.position() == before - 1


def test_a_change_of_theme_repaints_and_keeps_the_place(open_tab):
    tab = open_tab().drawn()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    root = tab.part("root")
    expect(root).to_have_attribute("data-look", "light")
    fill = "root.querySelector('.ytick text, .xtick text').style.fill"
    light = tab.inside(f"root => {fill}")
    tab.page.emulate_media(color_scheme="dark")
    tab.page.locator("[data-look=dark]").wait_for()
    tab.settle()
    tab.until(f"(root, light) => {fill} !== light", light)
    tab.stands_at(0)
    assert tab.complaints == []


def test_a_reload_keeps_the_state(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    tab.part("axis").select_option("deviance")
    tab.part("class").select_option("2")
    tab.page.locator(".rp-row-name").first.click()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    for _ in range(2):
        tab.page.keyboard.press("PageUp")
    tab.wait_for_python()
    before = (tab.position(), tab.tile(), tab.page.url)
    pins = tab.page.locator(".rp-row-name[aria-pressed=true]")
    pinned = pins.all_inner_texts()
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    tab.soon(lambda: (tab.position(), tab.tile(), tab.page.url), lambda now: now == before)
    expect(tab.part("axis")).to_have_value("deviance")
    expect(tab.part("class")).to_have_value("2")
    tab.page.keyboard.press("End")
    expect(pins).to_have_text(pinned, use_inner_text=True)
    expect(tab.page.locator(".rp-head p")).to_contain_text("species")


def test_every_axis_keeps_the_strength_and_runs_from_strong_to_weak(open_tab):
    tab = open_tab().drawn()
    lam = tab.lam()
    for axis in ("log_C", "norm", "deviance", "features", "log_lambda"):
        tab.part("axis").select_option(axis)
        still(tab)
        assert tab.lam() == lam
        box, hit = tab.slider.bounding_box(), tab.part("hit").bounding_box()
        assert 0.0 < (box["x"] + box["width"] / 2 - hit["x"]) / hit["width"] < 1.0
        for share, position in ((0.999, tab.last()), (0.001, 0)):
            tab.page.mouse.click(*at_fraction(tab, share))
            tab.stands_at(position)
            still(tab)  # the scale follows a choice that leaves it
        tab.part("reset").click()
        tab.soon(tab.lam, lambda now: now == lam)
    assert tab.complaints == []


def test_what_is_being_typed_stays_when_folds_come_and_the_rule_chooses(open_tab):
    tab = open_tab(query="data=breast_cancer&n_repeats=20&seed=5&validate_slow=True")
    field = tab.page.get_by_role("textbox", name="λ", exact=True)
    was = field.input_value()
    field.focus()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("0.0321")
    field.evaluate("field => { window.first = field }")
    tab.drawn()
    tab.page.wait_for_function("() => !window.first.isConnected")  # it was made anew
    expect(field).to_have_value("0.0321")
    expect(field).to_be_focused()
    assert was != "0.0321"
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    tab.soon(tab.lam, lambda lam: lam == pytest.approx(0.0321, rel=1e-3))
    assert tab.complaints == []
