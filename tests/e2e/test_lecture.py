"""A page for a projector, on a phone, at a first visit, and links that show what is seen alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.tab import bottom_of
from tests.e2e.test_choosing import visit

SMALL = """() => {
    const small = [];
    const walk = root => { for (const e of root.querySelectorAll('*')) {
        if (e.shadowRoot) walk(e.shadowRoot);
        const texts = [...e.childNodes].filter(n => n.nodeType === 3);
        const text = texts.map(n => n.data.trim()).join('').slice(0, 30);
        const { width, height } = e.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(e).fontSize);
        if (text && width > 1 && height > 1 && size < 18) small.push(`${size} ${text}`);
    } };
    walk(document);
    return small;
}"""


def nothing_small(tab):
    """Wait until all that is written is large."""
    tab.soon(lambda: tab.page.evaluate(SMALL), lambda small: small == [])


@pytest.mark.parametrize("data", ["breast_cancer", "diabetes", "penguins"])
def test_a_lecture_has_large_type_and_everything_that_moves_on_the_screen(open_tab, data):
    tab = open_tab(query=f"data={data}").drawn()
    drawn = tab.part("root").get_attribute("data-drawn")
    with tab.rerun():
        tab.page.get_by_role("button", name="Present").click()
    tab.until("(root, drawn) => root.dataset.drawn > drawn && root.clientWidth > 1100", drawn)
    nothing_small(tab)
    for name in ("tiles", "caption", "stage", "rows", "outcome"):
        tab.ends_above(name, 720)
    tab.until(
        "r => r.querySelector('clipPath[id^=rp-clip-paths] rect').height.baseVal.value >= 300"
    )
    expect(tab.page.locator(".rp-title-score")).to_have_count(1)
    expect(tab.page.get_by_test_id("stSidebar")).to_be_hidden()
    tab.until_it_fits()
    assert tab.complaints == []


def test_a_lecture_goes_on_from_page_to_page_and_ends_where_it_began(open_tab):
    tab = open_tab(query="data=wine&present=True").drawn()
    visit(tab, "Choose")
    tab.page.locator(".js-plotly-plot text").first.wait_for()
    nothing_small(tab)
    expect(tab.page).to_have_url(re.compile("present=True"))
    with tab.rerun():
        tab.page.get_by_role("button", name="Leave").click()
    expect(tab.page).not_to_have_url(re.compile("present"))
    expect(tab.page.get_by_test_id("stSidebar")).to_be_visible()


def test_a_link_may_show_what_is_seen_without_the_side(open_tab):
    tab = open_tab(query="data=iris").drawn()
    with tab.rerun():
        tab.page.get_by_role("button", name="Share").click()
    with tab.rerun():
        tab.page.get_by_text("Without the side").click()
    field = tab.page.get_by_role("textbox", name="Link")
    expect(field).to_have_value(re.compile("view=only$"))
    link = field.input_value()
    code = tab.page.get_by_role("img", name="QR code of the link")
    tab.soon(lambda: code.evaluate("image => image.naturalWidth"), lambda width: width > 100)
    other = open_tab(query=link.partition("?")[2]).drawn()
    expect(other.page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(other.page.get_by_test_id("stExpandSidebarButton")).to_be_hidden()
    expect(other.page).to_have_url(link)
    assert tab.complaints == other.complaints == []


def test_a_phone_shows_the_chart_first_and_keeps_the_choice_at_hand(open_tab):
    tab = open_tab(width=390, height=844, has_touch=True).drawn()
    stage, rows = tab.still(tab.part("stage")), tab.still(tab.part("rows"))
    dock = tab.still(tab.part("dock-slider"))
    assert stage["y"] < 230
    assert rows["y"] < dock["y"] < 844 - dock["height"]
    axis = tab.still(tab.part("axis"))
    assert stage["y"] + stage["height"] <= rows["y"] < axis["y"]
    tab.part("dock-slider").fill("40")
    tab.wait_for_python()
    tab.stands_at(40)
    expect(tab.part("dock-line")).to_contain_text(f"{tab.tile(2)} of 30 kept")
    tab.part("tables").scroll_into_view_if_needed()
    assert tab.still(tab.part("dock-line"))["y"] < 844
    with tab.rerun():
        tab.page.locator(".st-key-rp-pages").get_by_role("link", name="Choose").tap()
    expect(tab.page).to_have_url(re.compile(r"/choose(\?.*)?$"))
    tab.until_it_fits()


def test_the_side_of_a_phone_closes_once_something_is_chosen_in_it(open_tab, tmp_path):
    tab = open_tab(width=390, height=844).drawn()
    is_open = tab.page.locator("[data-testid=stSidebarCollapseButton] [aria-expanded=true]")
    for choice, stays in (("L2", 0), ("Elastic net", 1), ("Your file", 0)):
        if not is_open.count():
            tab.open_sidebar()
            is_open.wait_for()
        with tab.rerun():
            tab.page.get_by_text(choice, exact=True).click()
        expect(is_open, choice).to_have_count(stays)
    (tmp_path / "own.csv").write_text(
        "a,won\n" + "".join(f"{i * i % 7},{i % 2}\n" for i in range(40))
    )
    tab.upload(tmp_path / "own.csv", "won")
    expect(is_open).to_have_count(0)
    tab.drawn()


def test_a_first_visit_has_three_steps_that_can_be_left_and_called_back(open_tab):
    tab = open_tab(query="data=diabetes", first_visit=True).drawn()
    line, text = tab.part("tour"), tab.part("tour-text")
    expect(text).to_have_text(re.compile("^1 of 3: Drag"))
    beside = """() => {
        const box = node => node.getBoundingClientRect();
        const root = document.querySelector('.rp') ?? [...document.querySelectorAll('*')]
            .map(node => node.shadowRoot?.querySelector('.rp')).find(Boolean);
        const [card, charts] = ['tour', 'left'].map(
            name => box(root.querySelector(`[data-part=${name}]`)));
        return charts.width > 0 && card.left >= charts.right && card.bottom <= innerHeight; }"""
    tab.page.wait_for_function(beside)
    enlarge = "size => { document.documentElement.style.fontSize = size; }"
    tab.page.evaluate(enlarge, "150%")
    left = tab.part("left")
    for width in (1280, 390):  # large letters: it covers nothing of what it speaks of
        tab.page.set_viewport_size({"width": width, "height": 844})
        tab.soon(lambda: bottom_of(line), lambda bottom: bottom <= left.bounding_box()["y"])
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    tab.page.evaluate(enlarge, "100%")
    tab.page.wait_for_function(beside)
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    expect(text).to_have_text(re.compile("^2 of 3: Watch"))
    tab.part("tour-next").click()
    expect(text).to_have_text(re.compile("^3 of 3: Choose: press λ 1se"))
    tab.part("reset").click()
    line.wait_for(state="hidden")
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    expect(line).to_be_hidden()
    tab.part("more").locator("summary").click()
    tab.part("tour-again").click()
    tab.part("tour-leave").click()
    expect(line).to_be_hidden()
    assert tab.complaints == []


@pytest.mark.parametrize("path", ["choose", "stability", "compare"])
def test_the_title_beside_the_numbers_of_a_chart_stands_clear_of_them(open_tab, path):
    tab = open_tab(query="data=diabetes&present=True", path=path)
    tab.page.locator(".js-plotly-plot .ytitle").first.wait_for()
    over = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(chart => {
        const boxes = name => [...chart.querySelectorAll(name)].map(n => n.getBoundingClientRect());
        const ticks = boxes('.ytick');
        return boxes('.ytitle').flatMap(({ right }) => ticks.map(({ left }) => right - left));
    })"""
    gaps = tab.soon(lambda: tab.page.evaluate(over), bool)
    assert max(gaps) <= 0
