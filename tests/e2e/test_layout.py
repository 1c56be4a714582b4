"""What must hold at every width, in both looks and both sizes: nothing overlaps or is cut off."""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.e2e.tab import PAINTED

CANCER = "data=breast_cancer&target=diagnosis"
PENGUINS = "data=penguins&target=species&family=multinomial"
FITS = """root => root.querySelector('[data-part=plot] .main-svg').clientWidth
    === Math.floor(root.querySelector('[data-part=stage]').clientWidth)"""
SIZES = [(1280, 720), (390, 844), (360, 740)]
BOXES = """(root, name) => [...root.querySelectorAll(name)]
    .filter(e => e.offsetParent !== null).map(e => e.getBoundingClientRect())
    .map(r => [r.left, r.top, r.right, r.bottom])"""


def overlaps(boxes, slack=1.0):
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[i + 1 :]:
            beside = right <= other_left + slack or other_right <= left + slack
            if not (beside or bottom <= other_top + slack or other_bottom <= top + slack):
                return True
    return False


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_overflows_or_overlaps(open_tab, width, height, scheme):
    tab = open_tab(width=width, height=height, scheme=scheme).drawn()
    expect(tab.part("root")).to_have_attribute("data-look", scheme)
    tab.until_it_fits()
    tab.until(FITS)
    labels = tab.inside(BOXES, ".rp-label")
    assert len(labels) >= 12  # ten features, train and test
    assert max(right for _, _, right, _ in labels) <= width
    # Lines of text are a little higher than their letters.
    assert not overlaps(labels, slack=3.0)
    for name in (".rp-tile", ".rp-bar > *", ".rp-row:not([hidden])"):
        boxes = tab.inside(BOXES, name)
        assert len(boxes) > 3
        assert not overlaps(boxes)
        assert max(right for _, _, right, _ in boxes) <= width
    assert tab.complaints == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("query", [CANCER, PENGUINS, "data=diabetes&target=progression"])
def test_the_first_screen_of_a_projector_holds_everything_that_moves(open_tab, query, large):
    view = '&view={"large":true}' if large else ""
    tab = open_tab(query=query + view).drawn()
    if large:
        tab.page.get_by_test_id("stSidebar").hover()
        tab.close_sidebar()
        tab.until(FITS)
    for name in ("tiles", "stage", "rows", "outcome"):
        tab.ends_above(name, 720)
    scores = tab.page.locator(".rp-title-score")
    expect(scores).to_have_count(1 if large else 2)
    if large:  # the other is named, and a key away
        expect(scores).to_have_text(re.compile(r"· press E for \S+$"))


def test_large_type_is_large_and_still_fits(open_tab):
    tab = open_tab().drawn()

    def size_of(name):
        first = tab.page.locator(name).first
        return first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")

    before = {name: size_of(name) for name in (".rp-label", ".rp-tile strong", ".rp-row-name")}
    tab.part("more").locator("summary").click()
    tab.part("large").check()
    for name, size in before.items():
        tab.soon(lambda name=name: size_of(name), lambda now, size=size: now >= 1.3 * size)
    tab.until_it_fits()
    expect(tab.page.locator(".rp-tweening")).to_have_count(0)
    assert not overlaps(tab.inside(BOXES, ".rp-label"), slack=4.0)
    widths = tab.inside(
        """root => [...root.querySelectorAll('.scatterlayer .js-line')]
            .map(l => parseFloat(l.style.strokeWidth))"""
    )
    assert max(widths) >= 3.2
    # A page that has only now arrived says that there is no lecture: it was none before.
    tab.page.evaluate("document.documentElement.removeAttribute('data-rp-present')")
    tab.page.evaluate(PAINTED)
    expect(tab.part("large")).to_be_checked()


def check_with_axe(tab):
    """How many of our elements passed each rule, and what is serious among the rest."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = axe.run(tab.page, options={"runOnly": rules}).response

    def ours(each):
        targets = [str(node["target"]) for node in each["nodes"]]
        return [t for t in targets if "stBidiComponent" in t]

    passed = {each["id"]: len(ours(each)) for each in found["passes"]}
    serious = [
        (each["id"], ours(each))
        for each in found["violations"]
        if each["impact"] in ("serious", "critical") and ours(each)
    ]
    return passed, serious


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", PENGUINS])
def test_axe_finds_nothing_serious(open_tab, scheme, query):
    tab = open_tab(scheme=scheme, query=query).drawn()
    checked, ours = check_with_axe(tab)
    assert ours == []
    assert checked["color-contrast"] > 30
    for summary in tab.page.locator(".rp-table summary").all():
        summary.click()
    assert check_with_axe(tab)[1] == []


NAMES = ("משקל הגוף", "\U0001f36a cookies per day", "طول", "é" * 40, "a b\u202ec d")


def test_names_in_other_scripts_and_emoji_keep_their_place(open_tab, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, len(NAMES)))
    frame = pd.DataFrame(X, columns=NAMES)
    frame["y"] = X @ np.arange(1, len(NAMES) + 1) + rng.normal(size=80)
    path = tmp_path / "names.csv"
    frame.to_csv(path, index=False)
    tab = open_tab()
    tab.upload(path)
    tab.drawn()
    for name in NAMES:
        expect(tab.page.locator(f'.rp-label[title="{name}"]')).to_have_count(1)
    labels = tab.page.locator(".rp-label").all()
    shown = {label.locator("bdi").inner_text() for label in labels}
    assert len(shown & set(NAMES)) == len(NAMES) - 1  # the longest is cut, in its middle
    assert any("é…é" in name for name in shown)
    tab.until_it_fits()
    assert not overlaps(tab.inside(BOXES, ".rp-label"), slack=3.0)
    assert tab.complaints == []


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_an_upload_is_drawn_for_the_width_that_it_gets(open_tab, tmp_path, width):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 5)), columns=list("abcde"))
    frame["y"] = frame["a"] + rng.normal(size=60)
    path = tmp_path / "few.csv"
    frame.to_csv(path, index=False)
    tab = open_tab(width=width)
    tab.upload(path)
    tab.drawn()
    tab.until(FITS)
    assert tab.still(tab.part("stage"))["width"] > 200


def test_very_many_features_degrade_to_the_largest_and_a_count(open_tab, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 1500))
    frame = pd.DataFrame(X.round(4), columns=[f"gene {j}" for j in range(1500)])
    frame["y"] = X[:, :30].sum(axis=1) + rng.normal(size=60)
    path = tmp_path / "wide.csv"
    frame.to_csv(path, index=False)
    tab = open_tab()
    tab.upload(path)
    tab.drawn()
    with tab.rerun():
        tab.page.get_by_text("L2", exact=True).click()
    hint = tab.part("hint")
    hint.get_by_text("The 500 largest of 1,500 features are here").wait_for()
    expect(hint).to_contain_text("10 named, 490 more in grey")
    expect(tab.page.locator(".rp-pick")).to_have_count(10)
    expect(tab.part("bars-title")).to_contain_text("largest 12 of 500")
    expect(tab.page.locator(".rp-row:not([hidden])")).to_have_count(12)
    assert tab.inside("root => root.querySelectorAll('.scatterlayer .trace').length") < 25
    assert tab.complaints == []


CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => {
    const [box, plot] = ['.main-svg', '.nsewdrag'].map(
        name => chart.querySelector(name).getBoundingClientRect());
    const cut = [...chart.querySelectorAll('.annotation-text, .xtick, .ytick, .bartext')]
        .filter(text => { const { left, right } = text.getBoundingClientRect();
            return left < box.left - 1 || right > box.right + 1; });
    return [plot.width, cut.map(text => text.textContent).join(' ')];
})"""


@pytest.mark.parametrize("width", [900, 1000, 1100])
@pytest.mark.parametrize(
    ("path", "query", "n"), [("compare", CANCER, 5), ("after", f"{CANCER}&section=What+if", 2)]
)
def test_charts_beside_each_other_have_room_beside_the_open_side(open_tab, path, query, n, width):
    tab = open_tab(width=width, height=900, path=path, query=query)
    drawn = tab.page.locator(".js-plotly-plot .nsewdrag")
    expect(drawn).to_have_count(n)

    def roomy(charts):
        return min(plot for plot, _ in charts) >= 150 and not any(cut for _, cut in charts)

    tab.soon(lambda: tab.page.evaluate(CHARTS), roomy)
    fields = tab.page.get_by_test_id("stMain").get_by_test_id("stSelectbox")
    widths = fields.evaluate_all("fields => fields.map(field => field.clientWidth)")
    assert min(widths) >= 150


def test_a_table_that_is_unfolded_below_a_chart_is_as_wide_as_the_chart(open_tab):
    tab = open_tab(path="choose", query=CANCER)
    chart = tab.page.locator(".js-plotly-plot").first
    chart.locator(".nsewdrag").wait_for()
    tab.page.locator("summary", has_text="The same numbers").first.press("Enter")
    table = tab.page.get_by_test_id("stExpander").filter(has_text="The same numbers").first
    tab.soon(lambda: table.bounding_box()["width"], chart.bounding_box()["width"].__le__)
