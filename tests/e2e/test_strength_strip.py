"""The strength strip in a browser: by keys, on a phone, and what a link brings."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_links import query_of

PHONE = {"width": 390, "height": 844}


def test_another_systems_number_opens_its_model_by_keys(open_tab):
    tab = open_tab(query="data=iris").drawn()
    tab.unfold("This strength in other systems")
    field = tab.page.get_by_role("textbox", name="Weka Logistic R", exact=True)
    field.focus()
    tab.page.keyboard.type("0,5")
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    tab.drawn()
    tab.page.get_by_text("fit and certified exactly here").wait_for()
    tab.soon(lambda: tab.page.url, lambda url: "l1_ratio=0.0" in url and "extra_lambdas=" in url)
    assert float(query_of(tab)["extra_lambdas"]) == pytest.approx(1 / 112, rel=1e-12)
    exact = tab.soon(tab.lam, lambda lam: lam == pytest.approx(1 / 112, rel=1e-3))
    other = open_tab(query=tab.page.url.partition("?")[2]).drawn()
    other.soon(other.lam, lambda lam: lam == exact)
    assert tab.complaints == []


def test_who_has_heard_of_another_penalty_may_go_back_at_once(open_tab):
    tab = open_tab(query="data=iris").drawn()
    tab.unfold("This strength in other systems")
    field = tab.page.get_by_role("textbox", name="Weka Logistic R", exact=True)
    field.focus()
    tab.page.keyboard.type("0.5")
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    ridge, lasso = (tab.page.get_by_role("radio", name=name, exact=True) for name in ("L2", "L1"))
    expect(ridge).to_be_checked()
    with tab.rerun():
        tab.page.get_by_test_id("stRadio").get_by_text("L1", exact=True).click()
    expect(lasso).to_be_checked()
    tab.drawn()
    expect(lasso).to_be_checked()
    tab.soon(lambda: tab.page.url, lambda url: "l1_ratio" not in url)
    assert tab.complaints == []


def test_on_a_phone_what_is_no_strength_is_said_and_nothing_overflows(open_tab):
    tab = open_tab(query="data=iris", **PHONE).drawn()
    field = tab.page.get_by_role("textbox", name="λ", exact=True)
    field.fill("strong")
    with tab.rerun():
        field.press("Enter")
    tab.page.get_by_text("strong is no number").wait_for()
    expect(field).to_have_value("strong")
    tab.until_it_fits()
