"""Two features as a picture, on a phone and by keys: the strength is slid or typed."""

import pytest
from playwright.sync_api import expect

QUERY = "data=diabetes&section=Geometry&l1_ratio=0.5&n_lambdas=40"


def test_the_picture_follows_keys_and_what_is_typed_on_a_phone_and_axe_finds_nothing(open_tab):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab = open_tab(query=QUERY, path="compare", width=390, height=844)
    chart = tab.page.locator(".st-key-rp-main .js-plotly-plot .main-svg").first
    chart.wait_for()
    said = tab.page.get_by_text("a contour of the loss touches the ball at").last
    expect(said).to_contain_text("This is the penalized solution")
    before = said.inner_text()
    with tab.rerun():
        tab.page.get_by_role("slider", name="Strength λ").press("ArrowRight")
    expect(said).not_to_have_text(before)
    field = tab.page.get_by_role("textbox", name="λ", exact=True)
    field.fill("2,5")
    with tab.rerun():
        field.press("Enter")
    expect(said).to_contain_text("At λ = 2.5 a contour")
    expect(said).to_contain_text("This is the penalized solution")
    tab.until_it_fits()
    found = [each["id"] for each in axe.run(tab.page).response["violations"]]
    assert found == []
    assert not tab.complaints
    assert not tab.outside
