"""The Data page in a browser: a newcomer's messy file, and a sample of files of all sorts."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.corpus import CASES
from tests.e2e.tab import Tab


@pytest.fixture
def messy(tmp_path):
    """A list as an office makes it, with the target in two codings."""
    rng = np.random.default_rng(0)
    lines = ["Liste 2023;;;;", "", "nr;umsatz;note;krank;code"]
    for i in range(80):
        ill = rng.random() < 0.5
        sales = f"€ {rng.integers(1, 9)}.{rng.integers(100, 999)},{rng.integers(10, 99)}"
        mark = f"{rng.integers(1, 9)}.{rng.integers(100, 999)}"
        lines.append(f"K{i:03d};{sales};{mark};{'ja' if ill else 'nein'};{'AB'[ill]}")
    lines.append("Summe;€ 300.000,00;;;")
    path = tmp_path / "messy.csv"
    path.write_bytes("\n".join(lines).encode("cp1252"))
    return path


# The table draws what is selected, then listens to keys.
SELECTED = """() => document.querySelector('[data-testid=stDataFrame] td[aria-selected=true]')
    && document.activeElement.closest('[data-testid=stDataFrame]')"""


def turn_to(tab, title):
    with tab.rerun():
        tab.page.get_by_role("link", name=title, exact=True).click()


def steps(tab, *wanted):
    """Wait until the first steps of the reading say how many rows are left."""
    items = tab.page.locator(".rp-steps li")
    for n, rows in enumerate(wanted):
        expect(items.nth(n)).to_have_text(re.compile(rf"^\s*{rows}\s"))
    return items


def test_a_newcomer_finds_repairs_questions_and_alarms_and_settles_them(open_tab, messy):
    tab = open_tab()
    tab.upload(messy, "krank")
    with tab.rerun():
        tab.page.get_by_role("link", name="1 severe alarm").click()
    expect(steps(tab, 82, 80, 80, 80)).to_have_count(4)

    question = tab.page.get_by_role("radiogroup", name=re.compile("Column 'note' holds numbers"))
    with tab.rerun():
        question.get_by_text("a point marks decimals").click()
    with tab.rerun():
        tab.page.get_by_text("1 row of totals below the data").click()
    steps(tab, 82, 81, 81)
    with tab.rerun():
        tab.page.get_by_role("button", name="Leave 'code' out").click()
    expect(tab.page.get_by_text("repeats 'krank'")).to_have_count(0)

    turn_to(tab, "Explore")
    tab.drawn()
    expect(tab.page.get_by_role("link", name="severe alarm")).to_have_count(0)
    assert "code" not in " ".join(tab.page.locator(".rp-label bdi").all_inner_texts())
    turn_to(tab, "Data")
    chosen = tab.page.get_by_role("radio", name="a point marks decimals")
    expect(chosen).to_be_checked()
    with tab.rerun():
        tab.page.get_by_role("button", name="Reset").click()
    expect(chosen).not_to_be_checked()
    assert tab.complaints == []
    assert tab.outside == []


def test_a_kind_is_chosen_in_the_table_by_keyboard(open_tab, messy):
    tab = open_tab()
    tab.upload(messy)
    turn_to(tab, "Data")
    table = tab.page.get_by_test_id("stDataFrame").first
    table.locator("canvas td").first.wait_for(state="attached")  # it has cells, and so hears
    table.scroll_into_view_if_needed()
    box = tab.still(table)
    tab.page.mouse.click(box["x"] + 160, box["y"] + 35 * 2.5)  # the kind of the second column
    tab.page.wait_for_function(SELECTED)
    tab.page.keyboard.press("Enter")
    tab.page.locator("#portal input").wait_for()
    tab.page.keyboard.type("text")
    tab.page.keyboard.press("Enter")
    table.get_by_text("chosen").first.wait_for(state="attached")  # a reason, after a reading
    expect(table.locator("td", has_text=re.compile("^text$")).first).to_be_attached()
    assert tab.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_overflows_and_every_control_has_a_name(open_tab, messy, width, scheme):
    tab = open_tab(width=width, height=844 if width < 500 else 720, scheme=scheme)
    tab.upload(messy)
    turn_to(tab, "Data")
    tab.until_it_fits()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    rules = ["label", "button-name", "select-name", "aria-input-field-name", "link-name"]
    found = axe.run(tab.page, options={"runOnly": {"type": "rule", "values": rules}}).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_after_any_bad_file_the_next_good_one_works(browser, address, tmp_path, messy):
    tab = Tab(browser, address)
    tab.open_sidebar()
    with tab.rerun():
        tab.page.get_by_text("Your file").click()
    turn_to(tab, "Data")
    refused = [case for case in CASES if case.truth is None][::9]
    read = [case for case in CASES if case.truth and not case.name.startswith("wide")][::25]
    for case in [each for pair in zip(refused, read, strict=False) for each in pair]:
        path = tmp_path / case.name
        path.write_bytes(case.content)
        with tab.rerun():
            tab.page.locator("input[type=file]").first.set_input_files(path)
        tab.page.locator("h1").get_by_text(case.name, exact=True).wait_for()
        table = tab.page.get_by_test_id("stDataFrame")
        if case.truth is None:
            expect(table, case.name).to_have_count(0)
        else:
            table.first.wait_for()  # what draws tables is loaded with the first of them
        expect(tab.page.get_by_test_id("stException")).to_have_count(0)
    assert tab.complaints == []
    tab.close()
