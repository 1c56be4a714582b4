"""A lecture's first screen shows the charts, of all bundled data and whatever stands above."""

import re

import pytest
from playwright.sync_api import expect

import regpath
from regpath.charts.contrast import TEXT, contrast
from tests.e2e.tab import bottom_of

HEIGHT = 720
SEEN = """() => {
    const lowest = { bottom: 0, what: '' };
    const walk = root => { for (const node of root.querySelectorAll('*')) {
        if (node.shadowRoot) walk(node.shadowRoot);
        const box = node.getBoundingClientRect();
        const scrolls = node.closest('.rp-scroll, .rp-events');
        if (!node.checkVisibility({ visibilityProperty: true }) || scrolls || !box.width) continue;
        if (node.shadowRoot || node.children.length || node instanceof SVGElement) continue;
        if (box.top < innerHeight && box.bottom > lowest.bottom) {
            Object.assign(lowest, { bottom: box.bottom, what: node.outerHTML.slice(0, 80) }); }
    } };
    walk(document.querySelector('[data-testid=stMainBlockContainer]'));
    return [lowest.bottom, lowest.what];
}"""
NOTICE = """lines => {
    const notice = document.createElement('div');
    notice.id = 'notice';
    notice.style.font = '18px/24px sans-serif';
    notice.innerHTML = 'a line of a notice<br>'.repeat(lines);
    document.querySelector('[data-testid=stMainBlockContainer] .rp-head').closest(
        '[data-testid=stLayoutWrapper]').before(notice);
}"""
COUNT = """() => {
    window.arranged = 0;
    document.addEventListener('regpath:arranged', () => { window.arranged += 1; });
}"""


def charts_are_on_the_first_screen(tab):
    stage = tab.part("stage")
    tab.soon(lambda: bottom_of(stage), lambda bottom: bottom <= HEIGHT)
    expect(tab.part("plot")).to_be_visible()
    expect(tab.part("rows")).to_be_visible()
    assert tab.still(stage)["height"] >= 280
    tab.soon(lambda: tab.page.evaluate(SEEN), lambda lowest: lowest[0] <= HEIGHT)


@pytest.mark.parametrize("data", [entry.name for entry in regpath.datasets.catalog()])
def test_a_lecture_shows_the_charts_of_all_bundled_data_at_once(open_tab, data):
    tab = open_tab(query=f"data={data}&present=True").drawn()
    charts_are_on_the_first_screen(tab)
    tab.slider.focus()
    for key, place in (("End", tab.last()), ("Home", 0)):  # more is said after a release
        with tab.rerun():
            tab.page.keyboard.press(key)
        tab.stands_at(place)
        charts_are_on_the_first_screen(tab)
    expect(tab.page.locator(".rp-screens output")).to_contain_text("1 of")
    assert tab.complaints == []


@pytest.mark.parametrize("lines", [1, 4, 8])
def test_what_comes_to_stand_above_takes_of_the_charts_and_gives_it_back(open_tab, lines):
    tab = open_tab(query="data=diabetes&present=True").drawn()
    charts_are_on_the_first_screen(tab)
    before = tab.still(tab.part("stage"))["height"]
    tab.page.evaluate(NOTICE, lines)
    tab.soon(lambda: tab.part("stage").bounding_box()["height"], lambda now: now < before)
    charts_are_on_the_first_screen(tab)
    tab.page.evaluate("document.getElementById('notice').remove()")
    tab.soon(lambda: tab.part("stage").bounding_box()["height"], lambda now: now == before)


def test_a_window_that_grows_gives_what_it_gains_to_the_charts(open_tab):
    tab = open_tab(query="data=diabetes&present=True").drawn()
    before = tab.still(tab.part("stage"))["height"]
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.soon(lambda: tab.part("stage").bounding_box()["height"], lambda now: now == before + 80)


def test_what_is_said_below_the_predictions_is_of_the_strength_at_the_start(open_tab):
    tab = open_tab(query="data=diabetes&present=True").drawn()
    note = tab.part("outcome").locator(".rp-rates")
    told = note.inner_text()
    assert "within" in told
    tab.slider.focus()
    with tab.rerun():
        tab.page.keyboard.press("Home")
    expect(note).not_to_have_text(told)
    with tab.rerun():
        tab.page.keyboard.press("r")
    expect(note).to_have_text(told)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_next_screen_shows_is_read_in_both_looks(open_tab, scheme):
    tab = open_tab(query="data=diabetes&present=True", scheme=scheme).drawn()
    (button,) = tab.page.locator(".rp-screens button").all()[1:]
    expect(button).to_be_enabled()
    inks = button.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    pair = [bytes(map(int, re.findall(r"\d+", ink)[:3])).hex() for ink in inks]
    assert contrast(*("#" + each for each in pair)) >= TEXT


@pytest.mark.parametrize("data", ["wine", "diabetes", "breast_cancer"])
def test_on_a_phone_the_head_of_the_bars_goes_with_them(open_tab, data):
    tab = open_tab(query=f"data={data}&present=True", width=390, height=844).drawn()
    on = tab.page.locator(".rp-screens button").last
    seen = 0
    while True:
        parts = ("bars-title", "sides", "rows")
        shown = [tab.part(name).is_visible() for name in parts]
        assert len(set(shown)) == 1, shown
        seen += tab.part("rows").is_visible()
        if on.is_disabled():
            break
        on.click()
    assert seen == 1


@pytest.mark.parametrize("data", ["diabetes", "breast_cancer"])
def test_the_head_of_the_bars_is_one_line_of_a_phone(open_tab, data):
    tab = open_tab(query=f"data={data}&present=True", width=390, height=844).drawn()
    title = tab.part("bars-title")
    expect(title).to_contain_text(re.compile(r", (largest )?\d+ of \d+$"))
    lines = "node => node.clientHeight / parseFloat(getComputedStyle(node).lineHeight)"
    tab.soon(lambda: title.evaluate(lines), lambda count: count < 1.5)


@pytest.mark.parametrize("data", ["wine", "diabetes"])
def test_the_charts_stay_as_high_on_the_screens_that_follow(open_tab, data):
    tab = open_tab(query=f"data={data}&present=True").drawn()
    before = tab.still(tab.part("stage"))["height"]
    said = tab.page.locator(".rp-screens output")
    on = tab.page.locator(".rp-screens button").last
    for number in range(2, int(said.inner_text().split()[-1]) + 1):
        tab.page.evaluate(COUNT)
        on.click()
        expect(said).to_have_text(re.compile(rf"^{number} of "))
        tab.page.evaluate("dispatchEvent(new Event('resize'))")  # it is arranged anew
        tab.soon(lambda: tab.page.evaluate("window.arranged"), lambda times: times >= 1)
        tab.settle()
        assert tab.still(tab.part("stage"))["height"] == before


CUT = """() => {
    const HEADS = ".rp-head *, .st-key-rp-badge *, .rp-sides bdi, .rp-screens *, .rp-caption";
    const cut = [];
    const walk = root => { for (const node of root.querySelectorAll('*')) {
        if (node.shadowRoot) walk(node.shadowRoot);
        if (!node.matches(HEADS) || !node.innerText?.trim()) continue;
        if (!node.checkVisibility({ visibilityProperty: true })) continue;
        if (getComputedStyle(node).overflowX === 'visible' && !node.matches('.rp-facts')) continue;
        const over = [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight];
        if (over[0] > 1 || over[1] > 2) cut.push(`${node.innerText} ${over}`);
    } };
    walk(document);
    return cut;
}"""


@pytest.mark.parametrize("page", ["", "stability", "after", "predict"])
@pytest.mark.parametrize("data", ["breast_cancer", "fermentation", "diabetes"])
def test_heads_and_names_of_screens_are_read_whole_in_a_lecture(open_tab, data, page):
    tab = open_tab(query=f"data={data}&present=True", path=page)
    tab.page.locator(".rp-head h1").wait_for()
    if not page:
        tab.drawn()
    screens = tab.page.locator(".rp-screens")
    on = screens.locator("button").last
    screens.wait_for()
    while True:
        tab.soon(lambda: tab.page.evaluate(CUT), lambda cut: cut == [])
        if on.is_disabled():
            break
        on.click()


@pytest.mark.parametrize("letters", [16, 18, 24])
def test_a_phone_leaves_the_paths_their_height_beside_large_letters(open_tab, letters):
    tab = open_tab(width=390, height=844).drawn()
    tab.page.evaluate(f"document.documentElement.style.fontSize = '{letters}px'")
    height = "r => r.querySelector('clipPath[id^=rp-clip-paths] rect').height.baseVal.value"
    tab.soon(lambda: tab.inside(height), lambda now: now >= (220 if letters > 16 else 180))
    rows = tab.page.locator(".rp-sides bdi")
    assert rows.evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")
