"""The address in the browser: a page of its history for each page, and a link to pass on."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_choosing import press, visit


def entries(tab):
    return tab.page.evaluate("history.length")


def said(tab):
    """What the address says, by name."""
    return tab.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def test_back_leads_to_the_page_before_and_no_release_adds_to_the_history(open_tab):
    tab = open_tab(query="data=wine").drawn()
    before = entries(tab)
    tab.slider.focus()
    for key in ("Home", "PageUp"):
        tab.page.keyboard.press(key)
        tab.wait_for_python()
    explored = said(tab)
    assert explored["data"] == "wine"
    assert float(explored["lambda"]) == pytest.approx(tab.lam(), rel=1e-3)
    assert entries(tab) == before
    visit(tab, "Choose")
    press(tab, "Peeking")
    assert said(tab) == explored | {"section": "Peeking"}
    assert entries(tab) == before + 1
    with tab.rerun():
        tab.page.go_back()
    tab.drawn()
    assert tab.position() == 10
    assert said(tab) == explored
    with tab.rerun():
        tab.page.go_forward()
    assert tab.page.get_by_role("radio", name="Peeking").is_checked()
    with tab.rerun():
        tab.page.reload()
    assert tab.page.get_by_role("radio", name="Peeking").is_checked()
    assert entries(tab) == before + 1


def test_a_link_is_offered_and_opens_what_is_seen(open_tab):
    tab = open_tab(query="data=iris").drawn()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    tab.page.get_by_role("button", name="Share").click()
    link = tab.page.get_by_role("textbox", name="Link").input_value()
    assert link == tab.page.url
    tab.page.keyboard.press("Escape")
    assert not tab.page.get_by_role("dialog").count()
    other = open_tab(query=link.partition("?")[2]).drawn()
    assert other.position() == tab.position() == tab.last()
    assert tab.complaints == []


def test_what_streamlit_says_in_an_address_stays(open_tab):
    tab = open_tab(query="data=iris&embed=true").drawn()
    assert said(tab)["embed"] == "true"


def test_an_upload_has_no_link(open_tab, tmp_path):
    rows = "".join(f"{i % 7},{i * i % 5},{i % 3}\n" for i in range(60))
    (tmp_path / "own.csv").write_text(f"a,b,y\n{rows}")
    tab = open_tab(query="data=iris").drawn()
    tab.upload(tmp_path / "own.csv")
    tab.drawn()
    assert said(tab) == {}
    assert not tab.page.get_by_role("button", name="Share").count()


CONTROLS = ":is(.stButton, .stPopover, .stSelectbox, .stNumberInput, .stRadio, .stSlider, .modebar)"


def pressed(tab):
    """How many of the page's controls are in sight."""
    return tab.page.locator(f"{CONTROLS}, [data-testid=stSidebar]").filter(visible=True).count()


def test_a_link_may_show_the_chart_alone_and_so_does_the_code_for_another_page(open_tab, tmp_path):
    tab = open_tab(query="data=iris&validate_quick=False").drawn()
    tab.page.get_by_role("button", name="Share").click()
    with tab.rerun():
        tab.page.get_by_text("As a slide").click()
    link = tab.page.get_by_role("textbox", name="Link").input_value()
    assert "view=slide" in link
    tab.page.get_by_text("in another page").click()
    frame = tab.page.get_by_role("textbox", name="Code that embeds").input_value()
    assert frame.startswith('<iframe src="http://127.0.0.1')
    assert "&amp;view=slide" in frame
    assert 'title="Iris"' in frame
    other = open_tab(query=link.partition("?")[2], width=960, height=540).drawn()
    assert pressed(other) == 0
    assert not other.page.get_by_role("toolbar", name="View").is_visible()
    assert other.page.get_by_role("heading", name="Iris").is_visible()
    box = other.part("stage").bounding_box()
    assert box["y"] + box["height"] <= 540
    other.slider.focus()
    other.page.keyboard.press("End")
    assert other.position() == other.last()  # the cursor still moves
    assert other.complaints == tab.complaints == []


def test_every_page_has_a_slide_that_is_its_main_chart(open_tab):
    for path, charts in (("choose", 1), ("stability", 1), ("compare", 3), ("after", 1)):
        tab = open_tab(query="data=diabetes&n_lambdas=12&view=slide", path=path, height=540)
        shown = tab.page.locator(".js-plotly-plot").filter(visible=True)
        shown.first.wait_for()
        assert shown.count() == charts
        assert pressed(tab) == 0


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
    expect(
        tab.page.locator(f"{CONTROLS}, [data-testid=stSidebar]").filter(visible=True)
    ).to_have_count(0)
    assert shown.bounding_box()["y"] < 60
    assert tab.overflow() == 0
