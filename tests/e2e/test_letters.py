"""Letters follow those of the page; data that were made show what was built into them."""

import pytest
from playwright.sync_api import expect

import regpath
from regpath.explorer import payload

TRUTH = regpath.datasets.entry_of("sparse_truth").truth


@pytest.fixture(scope="module")
def study():
    recipe = regpath.Recipe("response", n_lambdas=30)
    return regpath.run_study(regpath.datasets.load("sparse_truth"), recipe)


def sizes(tab):
    names = (".rp-label", ".rp-tile strong", ".rp-row-name", ".rp-axis", ".rp-caption")
    shown = {name: tab.page.locator(name).first for name in names}
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    return {name: node.evaluate(size) for name, node in shown.items()}


def test_letters_grow_with_those_of_the_page_at_once(open_tab, study):
    tab = open_tab(bare=True)
    tab.mount(payload(study))
    before = sizes(tab)
    drawn = int(tab.part("root").get_attribute("data-drawn"))
    tab.page.evaluate("document.documentElement.style.fontSize = '24px'")
    tab.until("(root, before) => Number(root.dataset.drawn) > before", drawn)
    for name, size in sizes(tab).items():
        assert size == pytest.approx(1.5 * before[name], rel=0.01), name
    ticks = tab.page.locator(".ytick text").first
    assert ticks.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > 16
    tab.until_it_fits()


def test_the_page_is_as_large_as_the_browser_is_set_to(open_tab):
    tab = open_tab().drawn()
    rules = tab.page.evaluate(
        """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
            .filter(rule => rule.selectorText === ':root' && rule.style.fontSize)
            .map(rule => rule.style.fontSize)"""
    )
    assert rules == ["100%"]  # a number of pixels would hold for everybody


def test_what_was_built_in_stands_at_the_edge_where_it_belongs(open_tab, study):
    tab = open_tab(bare=True)
    tab.mount(payload(study, truth=TRUTH), view={"units": "original"})
    marks = tab.page.evaluate(
        """() => { const { drawn: { panels: [panel], box }, model } = window.explorer;
            return [...document.querySelectorAll('.rp-truth')].map(node => {
                const { x, y, width, height } = node.getBBox(), [low, high] = panel.scale.range;
                const share = (panel.y1 - y - height / 2) / (panel.y1 - panel.y0);
                return [model.names[node.dataset.feature], low + share * (high - low),
                    Math.abs(x + width - box.left - box.plotWidth)]; }); }"""
    )
    assert {name: pytest.approx(value, abs=0.05) for name, value, _ in marks} == TRUTH
    assert all(away < 1.5 for *_, away in marks)
    expect(tab.part("hint")).to_contain_text("built into these data")
    tab.mount(payload(study))
    expect(tab.page.locator(".rp-truth")).to_have_count(0)
