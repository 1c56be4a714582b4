"""A page for a projector, on a phone, at a first visit, and links that show what is seen alone."""

import pytest

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


def bottom(tab, name):
    box = tab.part(name).bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("data", ["breast_cancer", "diabetes", "penguins"])
def test_a_lecture_has_large_type_and_everything_that_moves_on_the_screen(open_tab, data):
    tab = open_tab(query=f"data={data}").drawn()
    drawn = tab.part("root").get_attribute("data-drawn")
    with tab.rerun():
        tab.page.get_by_role("button", name="Present").click()
    tab.until("(root, drawn) => root.dataset.drawn > drawn && root.clientWidth > 1100", drawn)
    assert tab.page.evaluate(SMALL) == []
    for name in ("tiles", "caption", "stage", "rows", "outcome"):
        assert bottom(tab, name) <= 720, name
    paths = tab.inside(
        "r => r.querySelector('clipPath[id^=rp-clip-paths] rect').height.baseVal.value"
    )
    assert paths >= 300
    assert tab.page.locator(".rp-title-score").count() == 1
    assert not tab.page.get_by_test_id("stSidebar").is_visible()
    assert tab.overflow() <= 0
    assert tab.complaints == []


def test_a_lecture_goes_on_from_page_to_page_and_ends_where_it_began(open_tab):
    tab = open_tab(query="data=wine&present=True").drawn()
    visit(tab, "Choose")
    tab.page.locator(".js-plotly-plot text").first.wait_for()
    assert tab.page.evaluate(SMALL) == []
    assert "present=True" in tab.page.url
    with tab.rerun():
        tab.page.get_by_role("button", name="Leave").click()
    assert "present" not in tab.page.url
    assert tab.page.get_by_test_id("stSidebar").is_visible()


def test_a_link_may_show_what_is_seen_without_the_side(open_tab):
    tab = open_tab(query="data=iris").drawn()
    with tab.rerun():
        tab.page.get_by_role("button", name="Share").click()
    with tab.rerun():
        tab.page.get_by_text("Without the side").click()
    link = tab.page.get_by_role("textbox", name="Link").input_value()
    assert link.endswith("view=only")
    code = tab.page.get_by_role("img", name="QR code of the link")
    code.wait_for()
    assert code.evaluate("image => image.naturalWidth") > 100
    other = open_tab(query=link.partition("?")[2]).drawn()
    assert not other.page.get_by_test_id("stSidebar").is_visible()
    assert not other.page.get_by_test_id("stExpandSidebarButton").is_visible()
    assert other.page.url == link
    assert tab.complaints == other.complaints == []


def test_a_phone_shows_the_chart_first_and_keeps_the_choice_at_hand(open_tab):
    tab = open_tab(width=390, height=844, has_touch=True).drawn()
    stage, rows = tab.part("stage").bounding_box(), tab.part("rows").bounding_box()
    dock = tab.part("dock-slider").bounding_box()
    assert stage["y"] < 230
    assert rows["y"] < dock["y"] < 844 - dock["height"]
    assert stage["y"] + stage["height"] <= rows["y"] < tab.part("axis").bounding_box()["y"]
    tab.part("dock-slider").fill("40")
    tab.wait_for_python()
    assert tab.position() == 40
    assert f"{tab.tile(2)} of 30 kept" in tab.part("dock-line").inner_text()
    tab.part("tables").scroll_into_view_if_needed()
    assert tab.part("dock-line").bounding_box()["y"] < 844
    with tab.rerun():
        tab.page.locator(".st-key-rp-pages").get_by_role("link", name="Choose").tap()
    assert tab.page.url.partition("?")[0].endswith("/choose")
    assert tab.overflow() <= 0


def test_the_side_of_a_phone_closes_once_something_is_chosen_in_it(open_tab, tmp_path):
    tab = open_tab(width=390, height=844).drawn()
    is_open = tab.page.locator("[data-testid=stSidebarCollapseButton] [aria-expanded=true]")
    for choice, stays in (("L2", 0), ("Elastic net", 1), ("Your file", 0)):
        if not is_open.count():
            tab.open_sidebar()
            is_open.wait_for()
        with tab.rerun():
            tab.page.get_by_text(choice, exact=True).click()
        assert is_open.count() == stays, choice
    (tmp_path / "own.csv").write_text(
        "a,won\n" + "".join(f"{i * i % 7},{i % 2}\n" for i in range(40))
    )
    tab.upload(tmp_path / "own.csv", "won")
    assert is_open.count() == 0
    tab.drawn()


def test_a_first_visit_has_three_steps_that_can_be_left_and_called_back(open_tab):
    tab = open_tab(query="data=diabetes", first_visit=True).drawn()
    line, text = tab.part("tour"), tab.part("tour-text")
    assert text.inner_text().startswith("1 of 3: Drag")
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    assert text.inner_text().startswith("2 of 3: Watch")
    tab.part("tour-next").click()
    assert text.inner_text().startswith("3 of 3: Choose: press λ 1se")
    tab.part("reset").click()
    line.wait_for(state="hidden")
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    assert not line.is_visible()
    tab.part("more").locator("summary").click()
    tab.part("tour-again").click()
    tab.part("tour-leave").click()
    assert not line.is_visible()
    assert tab.complaints == []
