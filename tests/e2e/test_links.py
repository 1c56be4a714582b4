"""The address in the browser: a page of its history for each page, and a link to pass on."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_choosing import press, visit


def entries(tab):
    return tab.page.evaluate("history.length")


def query_of(tab):
    """What the address says, by name."""
    return tab.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def says(tab, wanted):
    """Wait until the address says just that: it does so a moment after the page."""
    tab.soon(lambda: query_of(tab), lambda now: now == wanted)


def test_back_leads_to_the_page_before_and_no_release_adds_to_the_history(open_tab):
    tab = open_tab(query="data=wine").drawn()
    before = entries(tab)
    tab.slider.focus()
    for key in ("Home", "PageUp"):
        tab.page.keyboard.press(key)
        tab.wait_for_python()
    near = pytest.approx(tab.lam(), rel=1e-3)
    explored = tab.soon(lambda: query_of(tab), lambda now: float(now.get("lambda", 0)) == near)
    assert explored["data"] == "wine"
    assert entries(tab) == before
    visit(tab, "Choose")
    press(tab, "Peeking")
    says(tab, explored | {"section": "Peeking"})
    assert entries(tab) == before + 1
    with tab.rerun():
        tab.page.go_back()
    tab.drawn()
    tab.stands_at(10)
    says(tab, explored)
    peeking = tab.page.get_by_role("radio", name="Peeking")
    with tab.rerun():
        tab.page.go_forward()
    expect(peeking).to_be_checked()
    with tab.rerun():
        tab.page.reload()
    expect(peeking).to_be_checked()
    assert entries(tab) == before + 1


def test_a_link_is_offered_and_opens_what_is_seen(open_tab):
    tab = open_tab(query="data=iris").drawn()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    tab.page.get_by_role("button", name="Share").click()
    field = tab.page.get_by_role("textbox", name="Link")
    expect(field).to_have_value(tab.page.url)
    link = field.input_value()
    tab.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    other = open_tab(query=link.partition("?")[2]).drawn()
    for each in (tab, other):
        each.stands_at(tab.last())
    assert tab.complaints == []


def test_what_streamlit_says_in_an_address_stays(open_tab):
    tab = open_tab(query="data=iris&embed=true").drawn()
    tab.soon(lambda: query_of(tab), lambda now: "data" in now and now.get("embed") == "true")


def test_an_upload_has_no_link(open_tab, tmp_path):
    rows = "".join(f"{i % 7},{i * i % 5},{i % 3}\n" for i in range(60))
    (tmp_path / "own.csv").write_text(f"a,b,y\n{rows}")
    tab = open_tab(query="data=iris").drawn()
    tab.upload(tmp_path / "own.csv")
    tab.drawn()
    says(tab, {})
    expect(tab.page.get_by_role("button", name="Share")).to_have_count(0)


CONTROLS = ":is(.stButton, .stPopover, .stSelectbox, .stNumberInput, .stRadio, .stSlider, .modebar)"


def in_sight(tab):
    """The page's controls that are in sight."""
    return tab.page.locator(f"{CONTROLS}, [data-testid=stSidebar]").filter(visible=True)


def test_a_link_may_show_the_chart_alone_and_so_does_the_code_for_another_page(open_tab, tmp_path):
    tab = open_tab(query="data=iris&validate_quick=False").drawn()
    tab.page.get_by_role("button", name="Share").click()
    with tab.rerun():
        tab.page.get_by_text("As a slide").click()
    field = tab.page.get_by_role("textbox", name="Link")
    expect(field).to_have_value(re.compile("view=slide"))
    link = field.input_value()
    tab.page.get_by_text("in another page").click()
    code = tab.page.get_by_role("textbox", name="Code that embeds")
    expect(code).to_have_value(re.compile('^<iframe src="http://127.0.0.1'))
    frame = code.input_value()
    assert "&amp;view=slide" in frame
    assert 'title="Iris"' in frame
    other = open_tab(query=link.partition("?")[2], width=960, height=540).drawn()
    expect(in_sight(other)).to_have_count(0)
    expect(other.page.get_by_role("toolbar", name="View")).to_be_hidden()
    expect(other.page.get_by_role("heading", name="Iris")).to_be_visible()
    other.ends_above("stage", 540)
    other.slider.focus()
    other.page.keyboard.press("End")
    other.stands_at(other.last())  # the cursor still moves
    assert other.complaints == tab.complaints == []


def test_every_page_has_a_slide_that_is_its_main_chart(open_tab):
    for path, charts in (("choose", 1), ("stability", 1), ("compare", 3), ("after", 1)):
        tab = open_tab(query="data=diabetes&n_lambdas=12&view=slide", path=path, height=540)
        shown = tab.page.locator(".js-plotly-plot").filter(visible=True)
        expect(shown).to_have_count(charts)
        expect(in_sight(tab)).to_have_count(0)


STILL = {
    "data": ("data=wine&view=slide", "Column"),
    "predict": ("data=wine&n_lambdas=12&view=slide", "intercept"),
    "after": ("data=iris&n_lambdas=12&view=slide&section=Separation+and+uniqueness", "Separation"),
    "lessons": ("lesson=twins&view=slide", "Predict 1."),
}


@pytest.mark.parametrize("path", STILL)
def test_a_page_without_a_chart_has_a_slide_that_is_what_it_says(open_tab, path):
    query, words = STILL[path]
    tab = open_tab(query=query, path=path, height=540)
    shown = tab.page.locator(".st-key-rp-main")
    expect(shown.get_by_text(words).first).to_be_visible()
    expect(in_sight(tab)).to_have_count(0)
    assert tab.still(shown)["y"] < 60
    tab.until_it_fits()
