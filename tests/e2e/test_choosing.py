"""The pages about choosing in a browser: seen whole, linked to the explorer, stopped at will."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

PAGES = ("Choose", "Stability", "Compare", "After")


def visit(tab, name):
    with tab.rerun():
        tab.page.get_by_test_id("stTopNavLinkContainer").get_by_text(name, exact=True).click()


def press(tab, name):
    main = tab.page.get_by_test_id("stMain")
    button = main.get_by_role("button", name=name).or_(main.get_by_role("radio", name=name)).first
    with tab.rerun():
        button.click()


LISTENING = """() => {
    const chart = document.querySelector('.js-plotly-plot');
    const heard = chart?._ev?._events?.plotly_selected;  // Streamlit tells Plotly to, once mounted
    return heard && chart._fullLayout.clickmode === 'event+select'
        && Math.abs(chart._fullLayout.width - chart.getBoundingClientRect().width) < 1;
}"""


def listening_chart(tab):
    """Wait until a click on the chart is heard, and the chart has the width that it keeps."""
    tab.page.wait_for_function(LISTENING)
    tab.settle()


def click_on_the_map(tab):
    visit(tab, "Compare")
    press(tab, "Validation map")
    chosen = tab.page.get_by_text("Chosen: ").last
    chosen.wait_for()
    listening_chart(tab)
    marks = tab.page.locator(".js-plotly-plot .points path.point")
    expect(marks).to_have_count(7 * 50 + 3)
    expect(chosen).not_to_contain_text("elastic net 0.75")
    box = marks.nth(120).bounding_box()
    with tab.rerun():
        tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(chosen).to_contain_text("elastic net 0.75")


PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("after", "data=diabetes"),
        ("after", "data=breast_cancer&section=What+if"),
        ("stability", "data=diabetes"),
    ],
)
def test_on_a_phone_a_main_chart_has_its_width_for_curves_and_their_names_below(
    open_tab, path, query
):
    tab = open_tab(path=path, query=query, width=390, height=844, user_agent=PHONE)
    chart = tab.page.locator(".st-key-rp-main .js-plotly-plot").first
    names = chart.locator(".legendtext")
    names.first.wait_for()
    plane = tab.still(chart.locator(".nsewdrag").first)
    assert plane["width"] >= 280
    places = [tab.still(name) for name in names.all()]
    for box in places:
        assert box["y"] > plane["y"] + plane["height"]
        assert box["x"] + box["width"] <= 390
    rows = {}
    for box in places:
        rows.setdefault(round(box["y"]), []).append(box)
    for row in rows.values():
        row.sort(key=lambda box: box["x"])
        for left, right in pairwise(row):
            assert left["x"] + left["width"] < right["x"]
    tab.until_it_fits()


def test_every_page_is_drawn_and_what_a_rule_chooses_is_chosen_in_the_explorer(open_tab):
    tab = open_tab().drawn()
    before = tab.position()
    for name in PAGES:
        visit(tab, name)
        tab.page.locator(".js-plotly-plot .main-svg").first.wait_for()
        expect(tab.page.get_by_test_id("stException")).to_have_count(0)
        expect(tab.page.get_by_test_id("stAlertContentError")).to_have_count(0)
        tab.page.set_viewport_size({"width": 390, "height": 844})
        tab.until_it_fits()
        tab.page.set_viewport_size({"width": 1280, "height": 720})
    visit(tab, "Predict")
    tab.page.get_by_role("heading", name="New rows").wait_for()
    click_on_the_map(tab)
    visit(tab, "Choose")
    rules = tab.page.get_by_role("combobox", name="Rule")
    tab.pick(rules, "BIC: Bayesian information criterion", exact=True)
    take = tab.page.get_by_role("button", name="Choose λ =")
    taken = tab.page.get_by_role("button", name="This is the chosen strength")
    take.or_(taken).wait_for()
    if take.count():
        press(tab, "Choose λ =")
    visit(tab, "Explore")
    tab.drawn()
    tab.soon(tab.position, lambda now: now != before)
    expect(tab.part("root").get_by_role("button", name="BIC").first).to_be_attached()
    assert not tab.complaints
    assert not tab.outside


def test_a_seal_hides_test_scores_everywhere_until_it_is_opened(open_tab):
    tab = open_tab(query="data=diabetes&target=progression&family=gaussian&seal=True").drawn()
    expect(tab.page.locator(".rp-head").first).to_contain_text("sealed test rows")
    shown = tab.part("root")
    expect(shown).to_contain_text("training rows", use_inner_text=True)
    expect(shown).not_to_contain_text("test RMSE", use_inner_text=True)
    visit(tab, "Choose")
    press(tab, "Open the envelope")
    tab.page.get_by_text("the envelope was opened 1 time.").first.wait_for()
    visit(tab, "Explore")
    tab.drawn()
    expect(shown).to_contain_text("test RMSE", use_inner_text=True)


def test_long_work_shows_its_progress_and_is_stopped(open_tab, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(4000, 60)).round(2)
    frame = pd.DataFrame(X, columns=[f"x{j}" for j in range(60)])
    frame["y"] = np.where(X[:, :5].sum(axis=1) + rng.normal(size=4000) > 0, "yes", "no")
    frame.to_csv(tmp_path / "long.csv", index=False)
    tab = open_tab()
    visit(tab, "Stability")
    tab.upload(tmp_path / "long.csv")
    tab.page.get_by_text("Takes about").first.wait_for()
    tab.page.get_by_role("spinbutton", name="Pairs of halves").fill("500")
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    tab.page.get_by_role("button", name="Count selections on 1000 halves").click()
    tab.page.get_by_test_id("stProgress").wait_for()
    with tab.rerun():
        tab.page.get_by_role("button", name="Cancel").click()
    expect(tab.page.get_by_role("button", name="Count selections on 1000 halves")).to_be_visible()
    expect(tab.page.get_by_test_id("stProgress")).to_have_count(0)
