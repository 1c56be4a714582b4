"""Within everybody's reach: by keys, at 200 %, with large letters, in a lecture."""

import re

from playwright.sync_api import expect

from tests.e2e.tab import PAINTED, bottom_of
from tests.e2e.test_choosing import visit

LINKS = "document.querySelectorAll('.rp-skip button:not([hidden])').length"
DROP = "[data-testid=stFileUploaderDropzone]"
FOCUSED = """() => { let at = document.activeElement;
    while (at?.shadowRoot) at = at.shadowRoot.activeElement;
    return at?.getAttribute('aria-label') || at?.textContent.trim(); }"""


def press(tab, *keys):
    for key in keys:
        tab.page.keyboard.press(key)
    tab.page.evaluate(PAINTED)
    return tab.page.evaluate(FOCUSED)


def test_the_first_stops_lead_to_the_chart_and_to_the_script(open_tab):
    tab = open_tab().drawn()
    tab.page.wait_for_function(
        "() => document.querySelectorAll('.rp-skip button:not([hidden])').length > 1"
    )
    assert press(tab, "Tab") == "To the chart"
    assert tab.still(tab.page.get_by_role("button", name="To the chart"))["y"] >= 0
    before = tab.position()
    press(tab, "Enter")
    tab.soon(lambda: tab.page.evaluate(FOCUSED), lambda at: at == "Strength of the penalty")
    press(tab, "ArrowRight")
    tab.stands_at(before + 1)
    tab.page.locator(".rp-skip button").first.focus()
    assert "script" in press(tab, "Tab", "Enter")
    visit(tab, "Data")
    tab.page.wait_for_function(
        "() => document.querySelectorAll('.rp-skip button:not([hidden])').length === 0"
    )


def test_rules_and_playing_are_one_stop_each(open_tab):
    tab = open_tab().drawn()
    for name in ("rules", "play"):
        stops = tab.inside(
            "(r, name) => [...r.querySelectorAll(`.rp-${name} button`)].map(b => b.tabIndex)", name
        )
        assert sorted(stops) == [*[-1] * (len(stops) - 1), 0], name
    tab.page.get_by_role("button", name="Play from strong to weak").focus()
    assert press(tab, "ArrowRight") == "Next event"


def test_at_200_percent_the_paths_and_what_moves_them_are_on_the_first_screen(open_tab):
    tab = open_tab(width=640, height=360, device_scale_factor=2).drawn()
    tab.ends_above("dock-slider", 360)
    tab.until(
        """root => { const stage = root.querySelector('[data-part=stage]');
            const { top } = stage.getBoundingClientRect();
            const [rect] = root.querySelectorAll('clipPath[id^=rp-clip-paths] rect');
            const dock = root.querySelector('[data-part=dock-slider]').getBoundingClientRect();
            return top < 130
                && top + rect.y.baseVal.value + rect.height.baseVal.value < dock.top; }"""
    )
    tab.until_it_fits()


def test_with_letters_of_24_pixels_scores_are_above_the_fold(open_tab):
    tab = open_tab()
    tab.context.new_cdp_session(tab.page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": 24, "fixed": 20}}
    )
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    tab.page.wait_for_function(
        "() => getComputedStyle(document.documentElement).fontSize === '24px'"
    )
    tab.until("root => root.classList.contains('rp-large')")
    expect(tab.page.locator(".rp-title-score")).to_have_count(1)
    expect(tab.page.locator(".rp-title-score")).to_contain_text("log-loss")
    tab.until("""root => root.querySelector('[data-part=stage]').getBoundingClientRect().top
        + Math.max(...[...root.querySelectorAll('clipPath[id^=rp-clip] rect')]
            .map(rect => rect.y.baseVal.value + rect.height.baseVal.value)) <= 720""")


def test_parts_of_the_frame_have_names_and_are_reached(open_tab):
    tab = open_tab(query="data=diabetes").drawn()
    visit(tab, "Data")
    lines = tab.page.locator("[data-testid=stMain] pre")
    lines.first.wait_for()
    tab.page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid=stMain] pre')]
            .every(e => e.tabIndex === 0
                || e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight)"""
    )
    tab.page.wait_for_function(
        "() => document.querySelector('canvas th') && !document.querySelector('canvas th:empty')"
    )
    visit(tab, "Predict")
    place = tab.page.get_by_test_id("stFileUploaderDropzone").last
    place.wait_for()
    tab.page.wait_for_function(
        "() => !document.querySelector('[data-testid=stFileUploaderDropzone][role=presentation]')"
    )


def test_after_a_press_no_tip_covers_what_was_pressed(open_tab):
    tab = open_tab().drawn()
    x, y = tab.inside("""root => {
        const r = root.querySelector('[data-part=hit]').getBoundingClientRect();
        return [r.x + 0.45 * r.width, r.y + 0.3 * r.height]; }""")
    named = "root => !root.querySelector('[data-part=hover]').hidden"

    def seen(places):
        """Whether a tip is seen while the mouse goes from place to place."""
        found = False
        for place in places:
            tab.page.mouse.move(*place)
            tab.page.evaluate(PAINTED)
            found |= tab.inside(named)
        return found

    tab.page.mouse.click(x, y)  # the handle is there now, 14 pixels to both sides
    assert not seen((x + dx, y + dy) for dx in (16, 24) for dy in range(0, 24, 3))
    assert seen((x + 60, y + dy) for dy in range(0, 120, 3))


BAR = ".rp-screens"
READY = "() => !document.querySelector('[data-testid=stMain] [data-testid=stSkeleton]')"
SHOWN = """() => [...document.querySelectorAll('[data-testid=stMain] .stElementContainer')]
    .filter(e => e.getBoundingClientRect().height > 1
        && e.checkVisibility({ visibilityProperty: true }))"""
BELOW = f"""() => ({SHOWN})().filter(e => e.getBoundingClientRect().bottom > innerHeight + 1
    && ![...e.querySelectorAll('*')].some(inner => inner.shadowRoot))
    .map(e => e.innerText.slice(0, 40))"""
HEADINGS = "() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3)')]"
TEXTS = f"() => ({HEADINGS})().map(e => e.textContent)"
SEEN = f"""() => ({HEADINGS})().filter(e => e.checkVisibility({{ visibilityProperty: true }})
    && e.getBoundingClientRect().bottom <= innerHeight && e.getBoundingClientRect().top >= 0)
    .map(e => e.textContent)"""


def screens(tab):
    """Go through the screens of a page; nothing may stand below the fold of any."""
    tab.page.wait_for_function(READY)
    tab.settle()
    seen, bar = set(), tab.page.locator(BAR)
    while True:
        tab.page.wait_for_function(f"() => ({BELOW})().length === 0")
        seen |= set(tab.page.evaluate(SEEN))
        yield tab
        if not bar.is_visible() or bar.locator("button").last.is_disabled():
            break
        at = bar.locator("output").inner_text()
        bar.locator("button").last.click()
        tab.page.wait_for_function(
            f"at => document.querySelector('{BAR} output').textContent !== at", arg=at
        )
    assert seen == set(tab.page.evaluate(TEXTS))


def test_a_lecture_shows_every_page_screen_by_screen_and_leaves_nothing_out(open_tab):
    tab = open_tab(query="data=wine&present=True").drawn()
    counts = {}
    for title in ("Explore", "Data", "Choose", "Stability", "Compare", "After", "Predict"):
        if title != "Explore":
            visit(tab, title)
        ask = tab.page.get_by_role("button", name="Count selections")
        if title == "Stability" and ask.count():  # it takes too long to be done unasked
            with tab.rerun():
                ask.click()
        if title in ("Choose", "Stability", "Compare", "After"):
            chart = tab.page.locator(".js-plotly-plot").first
            chart.locator("text").first.wait_for()  # on the first screen
            tab.soon(lambda chart=chart: bottom_of(chart), lambda bottom: bottom <= 720)
        counts[title] = sum(1 for _ in screens(tab))
    assert counts["Choose"] > 2
    assert max(counts.values()) < 9
    assert tab.complaints == []


def test_a_clicker_turns_the_screens_and_who_leaves_a_lecture_sees_all_again(open_tab):
    tab = open_tab(query="data=wine&present=True").drawn()
    visit(tab, "Choose")
    title = tab.page.get_by_role("heading", name="How good is the choice?")
    said = tab.page.locator(f"{BAR} output")
    tab.page.get_by_role("button", name=re.compile("rules.*→")).wait_for()
    for _ in range(9):
        if title.is_visible():
            break
        at = said.inner_text()
        tab.page.keyboard.press("PageDown")
        tab.page.wait_for_function(
            f"at => document.querySelector('{BAR} output').textContent !== at", arg=at
        )
    assert tab.still(title)["y"] < 720
    expect(tab.page.locator(".js-plotly-plot").first).to_be_hidden()
    with tab.rerun():
        tab.page.get_by_role("button", name="Leave").click()
    tab.page.locator(BAR).wait_for(state="hidden")
    tab.page.wait_for_function("() => !document.querySelector('[data-rp-later]')")
