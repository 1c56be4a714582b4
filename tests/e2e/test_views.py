"""What the explorer shows of a path: units, classes, columns, tables, pictures, and played."""

import math
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.e2e.test_explorer import DIABETES, PENGUINS, still


def test_units_are_one_fit_in_other_words(open_tab):
    tab = open_tab().drawn()
    name = tab.page.locator(".rp-row-name").first.inner_text()

    def value():
        row = tab.page.locator(".rp-row", has=tab.page.locator(f'[title="{name}"]'))
        text = row.locator(".rp-row-value").inner_text()
        return float(text.strip("\u00d7").replace("\u2212", "-"))

    per_sd = value()
    tab.part("units").select_option("odds_ratio")
    ratio = value()
    tab.part("units").select_option("original")
    tab.part("scale").click()
    expect(tab.part("scale")).to_have_attribute("aria-pressed", "true")
    original = value()
    assert original > 0
    assert per_sd > original  # the column's SD is above one
    assert math.log(ratio) == pytest.approx(per_sd, abs=0.01 * ratio)  # of one SD, too


def test_a_threshold_moves_rows_between_the_columns(open_tab):
    tab = open_tab().drawn()
    cells = tab.page.locator(".rp-confusion tbody td")

    def counts():
        return [int(text) for text in cells.all_inner_texts()]

    before = counts()
    tab.page.get_by_role("slider", name="Threshold").fill("90")
    after = tab.soon(counts, lambda now: now != before)
    assert sum(before) == sum(after) == 143
    assert after[1] <= before[1]
    assert after[3] < before[3]
    assert after[0] + after[1] == before[0] + before[1]
    expect(tab.page.locator(".rp-rates")).to_contain_text("for malignant: recall")


def test_columns_open_into_their_levels(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()  # the rows are in order
    labels = tab.part("labels")
    expect(labels).to_contain_text("island (3)")
    tab.page.get_by_role("button", name="Open 3 levels of island").click()
    expect(labels).to_contain_text("island=")
    expect(labels).not_to_contain_text("island (3)")
    tab.page.get_by_role("button", name="Fold the levels of island").first.click()
    expect(labels).to_contain_text("island (3)")


def test_all_classes_stand_below_each_other(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    titles = tab.page.locator(".rp-title-paths")
    expect(titles).to_have_count(1)
    tab.part("class").select_option("all")
    expect(titles).to_have_text(["Adelie", "Chinstrap", "Gentoo"])
    expect(tab.part("rows")).to_contain_text(" · ")
    assert tab.complaints == []


def test_find_hover_and_pin(open_tab):
    tab = open_tab().drawn()
    name = tab.inside(
        """root => {
        const named = new Set([...root.querySelectorAll('.rp-label')].map(l => l.title));
        return [...root.querySelectorAll('[data-part=names] option')].map(o => o.value)
            .find(v => !named.has(v) && v.startsWith('worst')); }"""
    )
    highlighted = tab.page.locator(".rp-highlight .rp-thick")
    expect(highlighted).to_have_count(0)
    tab.part("find").fill(name)
    expect(highlighted).to_have_count(1)
    tab.part("find").press("Enter")
    expect(tab.part("labels")).to_contain_text(name)
    pin = tab.page.locator(".rp-row-name[aria-pressed=true]")
    expect(pin).to_have_attribute("title", name)
    box = tab.still(tab.page.locator(".rp-label").first)
    tab.page.mouse.move(box["x"] + 5, box["y"] + 5)
    expect(highlighted).to_have_count(1)
    tab.page.mouse.move(5, 5)
    expect(highlighted).to_have_count(0)
    tab.part("more").locator("summary").click()
    tab.part("unpin").click()
    expect(pin).to_have_count(0)
    expect(tab.part("labels")).not_to_contain_text(name)


def test_play_tells_the_events_and_pauses(open_tab):
    tab = open_tab(query=DIABETES).drawn()
    assert tab.position() > 10  # it begins at the strong end all the same
    tab.part("speed").click()
    expect(tab.part("speed")).to_have_text("2×")
    tab.slider.focus()
    tab.page.clock.install()
    tab.page.keyboard.press(" ")
    expect(tab.part("spoken")).to_contain_text("enters first, positive")
    expect(tab.part("caption")).to_contain_text("body_mass_index enters first, positive")
    button = tab.part("play")
    expect(button).to_have_attribute("aria-label", "Pause")
    button.click()
    expect(button).to_have_attribute("aria-label", "Play from strong to weak")
    here = tab.position()
    tab.page.clock.run_for(5000)
    assert tab.position() == here > 0
    button.click()
    tab.page.clock.run_for(100)
    assert tab.position() >= here  # it goes on where it was paused
    button.click()
    here = tab.position()
    tab.part("next").click()
    tab.page.clock.run_for(1000)
    assert tab.position() > here
    tab.part("previous").click()
    tab.page.clock.run_for(1000)
    assert tab.position() <= here


def test_other_data_leave_nothing_of_the_old_behind(open_tab):
    tab = open_tab().drawn()
    own = tab.part("scale").inner_text()

    def drawn_anew(act):
        before = int(tab.part("root").get_attribute("data-drawn"))
        act()
        tab.page.wait_for_function(
            "([root, before]) => Number(root.dataset.drawn) > before",
            arg=[tab.part("root").element_handle(), before],
        )
        tab.drawn()

    def pick(title):
        catalog = tab.page.get_by_test_id("stSidebar").get_by_role("combobox").first
        drawn_anew(lambda: tab.pick(catalog, title))

    pick("Diabetes")
    tab.part("scale").click()
    expect(tab.part("scale")).not_to_have_text(own)
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    drawn_anew(lambda: tab.page.set_viewport_size({"width": 1100, "height": 720}))
    expect(tab.part("root")).to_contain_text("body_mass_index")
    expect(tab.part("root")).not_to_contain_text("worst_", use_inner_text=True)
    pick("Breast cancer")
    expect(tab.part("scale")).to_have_text(own)  # each data set has a view of its own
    pick("Diabetes")
    expect(tab.part("scale")).not_to_have_text(own)
    tab.stands_at(tab.last())
    assert tab.complaints == []


def test_each_chart_has_its_table(open_tab):
    tab = open_tab(query=DIABETES).drawn()
    for summary in tab.page.locator(".rp-table summary").all():
        summary.click()
    tables = tab.page.locator(".rp-table table")
    expect(tables).to_have_count(4)
    for n, rows in enumerate((tab.last() + 1, tab.last() + 1, 10)):
        expect(tables.nth(n).locator("tbody tr")).to_have_count(rows)
    tab.page.get_by_role("columnheader", name="deviance explained").click()
    expect(tab.part("help")).to_contain_text("in the training rows it does explain")
    before = tables.nth(2).inner_text()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    tab.soon(tables.nth(2).inner_text, lambda text: text != before)
    alternative = re.compile("^Coefficients of 10 features for 100 strengths.*R²: train from", re.S)
    expect(tab.part("plot")).to_have_attribute("aria-label", alternative)


def test_other_scores_can_be_drawn(open_tab):
    tab = open_tab().drawn()
    tab.part("more").locator("summary").click()
    drawn = tab.page.locator(".rp-title-score")
    tab.page.get_by_label("AUC").check()
    expect(drawn.filter(has_text=re.compile("^AUC$"))).to_have_count(1)
    for label in ("accuracy", "log-loss"):
        tab.page.get_by_label(label, exact=True).uncheck()
    expect(drawn).to_have_text(["AUC"])
    tab.page.get_by_label("AUC").click()  # one score stays
    still(tab)
    expect(drawn).to_have_text(["AUC"])


def test_the_curves_are_saved_as_one_file_with_their_names(open_tab, tmp_path):
    tab = open_tab(query=DIABETES).drawn()
    names = tab.page.locator(".rp-label").all_inner_texts()
    tab.part("more").locator("summary").click()
    picture = ElementTree.parse(tab.download("Save the curves as SVG", tmp_path)).getroot()
    space = "{http://www.w3.org/2000/svg}"
    written = [text.text for text in picture.iter(f"{space}text")]
    assert set(names) <= set(written)
    assert {"λ 1se", "λ min", "← simpler"} <= set(written)
    assert len(list(picture.iter(f"{space}path"))) > 15
    assert not list(picture.iter(f"{space}script"))
    assert tab.complaints == []


def test_motion_is_reduced_where_it_is_asked_for(open_tab):
    tab = open_tab(reduced_motion="reduce").drawn()
    row = tab.page.locator(".rp-row").first
    assert row.evaluate("e => getComputedStyle(e).transitionDuration") in ("0s", "")
    assert tab.complaints == []
