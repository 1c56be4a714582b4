"""Lessons in a browser: a marker dragged, tapped and moved by keys; locked, and shown beside."""

from playwright.sync_api import expect

from tests.e2e.test_choosing import visit


def open_lesson(tab, name):
    visit(tab, "Lessons")
    with tab.rerun():
        tab.page.locator(f".st-key-open-{name} button").click()
    tab.page.get_by_role("button", name="Begin again").wait_for()


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
