"""The address in the browser: a page of its history for each page, and a link to pass on."""

import pytest

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
