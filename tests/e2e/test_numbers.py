"""Numbers in a browser of another language: what is seen, typed and switched."""

import re

import pytest
from playwright.sync_api import expect

from regpath import lessons
from tests.e2e.conftest import free_port, serving

POINTED = re.compile(r"\d\.\d")


def test_a_german_browser_sees_and_types_decimal_commas(open_tab):
    tab = open_tab(query="data=diabetes", locale="de-DE").drawn()
    seen = tab.part("root").inner_text()
    assert re.search(r"\d,\d", seen)
    assert not POINTED.search(seen)
    ticks = tab.page.locator("[data-part=plot] .xtick text, [data-part=plot] .ytick text")
    texts = ticks.all_text_contents()
    assert any("," in text for text in texts)
    assert not any("." in text for text in texts)
    expect(tab.slider).to_have_attribute("aria-valuetext", re.compile(r"\d,\d"))
    field = tab.page.get_by_role("textbox", name="λ", exact=True)
    for typed in ("0,5", "0.25"):
        field.fill(typed)
        with tab.rerun():
            field.press("Enter")
        tab.drawn()
        expect(field).to_have_value(typed.replace(".", ","))
    field.fill("1.234")
    with tab.rerun():
        field.press("Enter")
    tab.page.get_by_text("1.234 could be 1234 or 1,234").wait_for()
    assert "numbers=" not in tab.page.url
    assert tab.complaints == []


@pytest.mark.parametrize(("locale", "shown"), [("en-US", "2.5"), ("de-DE", "2,5")])
def test_a_decimal_comma_in_an_answer_is_one_in_any_browser(open_tab, locale, shown):
    tab = open_tab(path="lessons", query="lesson=runaway_weights", locale=locale)
    field = tab.page.get_by_label("Your prediction")
    expect(field).to_have_attribute("inputmode", "decimal")
    field.press_sequentially("2,5")
    with tab.rerun():
        field.press("Enter")
    expect(field).to_have_value(shown)
    field.fill("1,000")
    with tab.rerun():
        field.press("Enter")
    tab.page.get_by_text("could be 1000 or").wait_for()
    expect(tab.page.get_by_role("button", name="Lock it in")).to_be_disabled()
    field.fill("12,5")
    with tab.rerun():
        field.press("Enter")
    with tab.rerun():
        tab.page.get_by_role("button", name="Lock it in").click()
    tab.page.locator(".rp-reveal", has_text=shown.replace("2", "12", 1)).wait_for()
    tab.page.wait_for_url(lambda url: "answer=12.5" in url)
    assert tab.complaints == []


def test_the_switch_writes_anew_what_is_drawn_and_leaves_the_cursor(open_tab):
    tab = open_tab(query="data=diabetes").drawn()
    at = tab.lam()
    tab.soon(tab.part("tiles").inner_text, POINTED.search)
    tab.page.locator("summary", has_text="How numbers are written").press("Enter")
    tab.pick(tab.page.get_by_role("combobox", name="Numbers"), "1.234,5", exact=True)
    tab.soon(tab.part("tiles").inner_text, lambda text: not POINTED.search(text))
    assert tab.soon(lambda: tab.page.url, lambda url: "numbers=comma" in url)
    commas = tab.part("tiles").inner_text()
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    tab.soon(tab.part("tiles").inner_text, lambda text: text == commas)
    assert float(commas.split()[1].replace(",", ".")) == pytest.approx(at, rel=1e-3)
    assert tab.complaints == []


def switch_to(tab, sample):
    choice = tab.page.get_by_role("combobox", name="Numbers")
    if not choice.is_visible():
        tab.page.locator("summary", has_text="How numbers are written").press("Enter")
    tab.pick(choice, sample, exact=True)


def test_a_row_that_was_picked_stays_when_numbers_are_written_anew(open_tab):
    tab = open_tab(query="data=fermentation&section=What+if&numbers=comma", path="after")
    row = tab.page.get_by_role("combobox", name="Row of the file")
    tab.pick(row, "7: 22,85")
    expect(row).to_have_value("7: 22,85")
    switch_to(tab, "1,234.5")
    expect(row).to_have_value("7: 22.85")
    with tab.rerun():
        tab.page.get_by_text("Elastic net", exact=True).click()
    expect(row).to_have_value("7: 22.85")
    assert tab.complaints == []


def test_charts_and_sentences_of_other_pages_have_commas(open_tab):
    tab = open_tab(query="data=diabetes", path="choose", locale="de-DE")
    tab.settle()
    ticks = tab.page.locator(".js-plotly-plot .xtick text")
    tab.soon(ticks.all_text_contents, lambda texts: "0,1" in texts)
    expect(tab.page.get_by_text("λ = 7,693 is the largest")).to_be_visible()


def test_a_screen_reader_hears_a_lesson_in_its_language(open_tab, tmp_path):
    text = (lessons.FOLDER / "02_runaway_weights.toml").read_text(encoding="utf-8")
    (tmp_path / "gewichte.toml").write_text(f'language = "de-AT"\n{text}', encoding="utf-8")
    with serving(tmp_path / "log.txt", free_port(), REGPATH_LESSONS=str(tmp_path)) as url:
        tab = open_tab(url, path="lessons", query="lesson=gewichte&answer=30.0&answer=1")
        tab.page.get_by_text("The data say").first.wait_for()

        def spoken(words):
            node = tab.page.get_by_text(words).first
            return node.evaluate("node => node.closest('[lang]').lang")

        tab.soon(lambda: spoken("The log-loss measures"), lambda lang: lang == "de-AT")
        assert spoken("Four rows") == "de-AT"
        assert spoken("You predicted") == "en"
        assert spoken("Goal:") == "en"
        assert tab.complaints == []
