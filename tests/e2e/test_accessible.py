"""Axe finds nothing on any page: light and dark, on a laptop and on a phone."""

import pytest

from tests.e2e.tab import Tab
from tests.e2e.test_choosing import visit

PAGES = ("Explore", "Data", "Choose", "Stability", "Compare", "After", "Predict", "Lessons")
LOOKS = [(1280, "light"), (390, "dark")]  # each width and each look; a look is colours alone
HEIGHTS = {1280: 720, 390: 844}
IS_DARK = """() => {
    const [r, g, b] = getComputedStyle(document.querySelector('[data-testid=stApp]'))
        .backgroundColor.match(/[\\d.]+/g).map(Number);
    return r + g + b < 384; }"""


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture(scope="module")
def tab(browser, address):
    tab = Tab(browser, address, query="data=diabetes").drawn()
    yield tab
    tab.close()


def open_page(tab, title):
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    if title == "a lesson":
        visit(tab, "Lessons")
        with tab.rerun():
            tab.page.get_by_role("button", name="Open ").first.click()
        tab.page.get_by_role("button", name="All lessons").wait_for()
    else:
        visit(tab, title)
    tab.page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()


def show(tab, width, scheme):
    tab.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.wait_for_function(f"dark => ({IS_DARK})() === dark", arg=scheme == "dark")
    tab.settle()
    tab.until_it_fits()


@pytest.mark.parametrize("title", [*PAGES, "a lesson"])
def test_axe_finds_nothing_on_a_page_in_any_look(tab, axe, title):
    open_page(tab, title)
    found = {}
    for width, scheme in LOOKS:
        show(tab, width, scheme)
        answer = axe.run(tab.page).response
        assert len(answer["passes"]) > 15  # it has looked
        for each in answer["violations"]:
            found[width, scheme, each["id"]] = [node["html"][:120] for node in each["nodes"]]
    assert found == {}
