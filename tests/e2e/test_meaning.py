"""What the picture says: which side is which, what is no better than nothing, what is the same."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

import regpath
from regpath.charts import LIGHT
from regpath.explorer import payload
from regpath.explorer.packing import pack, unpack

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
STYLES = """() => window.explorer.drawn.panels[0].named.map(({ item, color, dash }) =>
    ({ label: item.label, color, dash }))"""


def study_of(name, target, **options):
    table = regpath.datasets.load(name)
    return regpath.run_study(table, regpath.Recipe(target, n_lambdas=40, **options))


@pytest.fixture(scope="module")
def cancer():
    return payload(study_of("breast_cancer", "diagnosis"))


@pytest.fixture
def mount(open_tab):
    def mounted(sent, **options):
        tab = open_tab(bare=True, width=1700)
        tab.mount(sent, **options)
        return tab

    return mounted


def sides(tab, *wanted):
    """Wait until both sides are named so."""
    texts = [re.compile(r"^\s*" + r"\s*".join(text.split()) + r"\s*$") for text in wanted]
    expect(tab.part("sides").locator("span")).to_have_text(texts)


def test_a_sign_is_named_by_what_it_speaks_for(mount, cancer):
    tab = mount(cancer, index=20)
    sides(tab, "← benign", "malignant →")
    tab = mount(payload(study_of("diabetes", "progression")))
    sides(tab, "← lower progression", "higher progression →")
    tab = mount(payload(study_of("penguins", "species")), view={"class": "1"})
    sides(tab, "← not Chinstrap", "Chinstrap →")
    tab.part("class").select_option("all")
    sides(tab, "← against", "for →")


def test_pointing_at_a_curve_says_what_it_speaks_for(mount, cancer):
    tab = mount(cancer, index=20)
    place = tab.page.evaluate(
        """() => { const e = window.explorer, panel = e.drawn.panels[0], line = panel.named[0];
            const box = document.querySelector('[data-part=stage]').getBoundingClientRect();
            const i = 15, [low, high] = panel.scale.range;
            const share = (panel.scale.at(line.curves[0][i]) - low) / (high - low);
            return [box.left + e.pixels[i], box.top + panel.y1 - share * (panel.y1 - panel.y0),
                line.curves[0][i] > 0]; }"""
    )
    x, y, positive = place
    tab.page.mouse.move(x, y - 30)
    tab.page.mouse.move(x, y)
    tip = tab.part("hover")
    expect(tip).to_contain_text(f"→ {'malignant' if positive else 'benign'} at λ")


def test_the_base_rate_is_drawn_and_named(mount, cancer):
    tab = mount(cancer)
    labels = [label.get_attribute("title") for label in tab.page.locator(".rp-label").all()]
    assert {"always benign", "no features"} <= set(labels)
    panels = tab.page.evaluate(
        """() => window.explorer.drawn.panels.filter(p => p.kind === 'score').map(
            ({ base, scale }) => [base, ...scale.range])"""
    )
    bases = [score["base"][1] for score in cancer["scores"] if score["at_first"]]
    assert [panel[0] for panel in panels] == pytest.approx(bases)
    assert all(low < base < high for base, low, high in panels)
    expect(tab.part("labels")).not_to_contain_text("no strength beats")


def test_a_path_that_never_beats_the_base_rate_says_so(mount, cancer):
    hopeless = json.loads(json.dumps(cancer))
    for score in hopeless["scores"]:
        if score["name"] == "accuracy":
            score["base"] = [1.0, 1.0]
    tab = mount(hopeless)
    (title,) = [
        text
        for text in tab.page.locator(".rp-title-score").all_inner_texts()
        if text.startswith("accuracy")
    ]
    assert title == "accuracy: no strength beats always benign"


def test_what_is_only_rounded_up_is_no_better(mount, cancer):
    scores, base = unpack(cancer)["scores"], 7 / 9
    scores[0] = np.float32(base)  # which lies above it
    assert float(np.float32(base)) > base
    assert cancer["scores"][0]["name"] == "accuracy"
    arrays = {**unpack(cancer), "scores": scores}
    told = [{**each, "base": [base, base]} for each in cancer["scores"]]
    tab = mount({**cancer, **pack(arrays), "scores": told})
    expect(tab.part("caption")).to_contain_text("no better than always saying benign: 77.8 %")


def test_bars_have_the_colour_of_their_curve(mount, cancer):
    tab = mount(cancer, index=20)
    named = {style["label"]: style["color"] for style in tab.page.evaluate(STYLES)}
    rows = tab.inside(
        """root => [...root.querySelectorAll('.rp-row:not([hidden])')].map(row => [
            row.querySelector('.rp-row-name').title,
            getComputedStyle(row.querySelector('.rp-bar-fill')).backgroundColor])"""
    )
    assert len(rows) > 3
    for name, colour in rows:
        wanted = named.get(name, LIGHT.rest).lstrip("#")
        rgb = ", ".join(str(int(wanted[at : at + 2], 16)) for at in (0, 2, 4))
        assert colour == f"rgb({rgb})"


def test_a_pin_keeps_its_colour_and_its_place_and_shows_zero(mount, cancer):
    tab = mount(cancer, index=20)
    before = {style["label"]: style["color"] for style in tab.page.evaluate(STYLES)}
    row = tab.page.locator(".rp-row:not([hidden]) .rp-row-name").nth(2)
    name = row.get_attribute("title")
    row.click()
    after = {style["label"]: style["color"] for style in tab.page.evaluate(STYLES)}
    assert after == before
    lines = """root => [...root.querySelectorAll('.scatterlayer .js-line')].map(line =>
        [line.style.strokeWidth, Number(line.closest('.trace').style.opacity || 1)])"""
    drawn = tab.soon(lambda: tab.inside(lines), lambda now: ["4px", 1] in now)
    assert sum(width == "4px" for width, _ in drawn) == 1
    assert min(opacity for _, opacity in drawn) < 0.4
    first = tab.page.locator(".rp-row:not([hidden])").first
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    expect(tab.part("bars-title")).to_have_text("every coefficient is zero here")
    expect(tab.page.locator(".rp-row:not([hidden])")).to_have_count(1)
    expect(first.locator(".rp-row-value")).to_have_text("0")
    expect(first.locator(".rp-row-name")).to_have_attribute("title", name)
    assert tab.complaints == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("start", [0, 15, 30])
def test_what_is_said_of_a_region_stands_within_it(mount, start, large):
    sent = payload(study_of("breast_cancer", "diagnosis"), separated_from=start)
    tab = mount(sent, index=10, view={"large": large})
    region = tab.page.locator(".rp-separated").bounding_box()
    said = tab.still(tab.page.locator(".rp-zone"))
    assert said["x"] >= region["x"]
    assert said["x"] + said["width"] <= region["x"] + region["width"]
    expect(tab.page.locator(".rp-zone")).to_have_text(re.compile("apart|without end"))


@pytest.mark.parametrize("style", ["width:900px", "width:370px"])
@pytest.mark.parametrize("start", [37, 38, 39])
@pytest.mark.parametrize("large", [False, True])
def test_of_a_region_too_narrow_for_a_word_is_said_beside_it(mount, start, large, style):
    sent = payload(study_of("breast_cancer", "diagnosis"), separated_from=start)
    tab = mount(sent, index=10, view={"large": large}, style=style)
    region = tab.still(tab.page.locator(".rp-separated"))
    zone = tab.page.locator(".rp-zone")
    said, stage = tab.still(zone), tab.still(tab.part("stage"))
    assert said["x"] + said["width"] <= region["x"]
    assert said["x"] >= stage["x"]
    expect(zone).to_have_text(re.compile("(apart|without end) →$"))


def test_the_region_where_classes_come_apart_says_so(mount):
    study = study_of("breast_cancer", "diagnosis")
    tab = mount(payload(study, separated_from=0), index=10, style="width:1600px")
    zone = tab.page.locator(".rp-zone")
    expect(zone).to_have_text("classes come apart: some coefficients grow without end")
    tab = mount(payload(study, separated_from=30), index=10)
    zone = tab.page.locator(".rp-zone")
    expect(zone).to_contain_text("apart")
    expect(tab.part("caption")).not_to_contain_text("come apart")
    tab.page.evaluate("() => window.explorer.go(35)")
    expect(tab.part("caption")).to_contain_text("Classes come apart here.")
    # Where one has zoomed to what lies before it, nothing is said of it.
    tab.page.evaluate("() => window.explorer.go(5)")
    for _ in range(4):
        tab.part("zoom").get_by_text("+").click()
    expect(zone).to_have_count(0)
    expect(tab.page.locator(".rp-separated")).to_have_count(0)


def test_curves_upon_each_other_are_both_seen(mount):
    # Two columns that are one: ridge gives both the same weight.
    tab = mount(payload(study_of("taco_valley", "y", l1_ratio=0.0)))
    one, two = tab.page.evaluate(STYLES)
    assert one["color"] != two["color"]
    assert one["dash"] == "solid"
    assert two["dash"] == "7px,7px"


def dashes(tab):
    return {each["label"]: each["dash"] for each in tab.page.evaluate(STYLES)}


def test_curves_that_are_nearer_than_a_line_is_wide_are_both_seen(mount):
    # Nearly equal columns: ridge's curves hide each other until they leave the panel.
    shown = dashes(mount(payload(study_of("twins", "response", l1_ratio=0.0))))
    assert shown["twin_b"] == "solid"
    assert shown["twin_a"] == "7px,7px"
    assert sum("px" in dash for dash in shown.values()) == 1


@pytest.mark.parametrize("data", ["twins", "breast_cancer", "diabetes", "wine"])
def test_curves_that_only_cross_are_drawn_as_ever(mount, data):
    # L1 keeps one of what is alike; the others are at zero, which hides nothing.
    shown = dashes(mount(payload(study_of(data, regpath.datasets.entry_of(data).target))))
    assert not [dash for dash in shown.values() if "px" in dash]


def test_one_that_is_found_is_thick_and_of_many_a_few(mount):
    sent = payload(study_of("wide_noise", "label"))
    tab = mount(sent)
    kinds = {kind: tab.page.locator(f".rp-highlight .rp-{kind}") for kind in ("thick", "found")}
    one = tab.page.evaluate("window.explorer.items.all[12].label")
    tab.part("find").fill(one)
    expect(kinds["thick"]).to_have_count(1)
    expect(kinds["found"]).to_have_count(0)
    tab.part("find").fill("x")
    alive = tab.page.evaluate("window.explorer.items.all.length")
    expect(kinds["thick"]).to_have_count(3)
    expect(kinds["found"]).to_have_count(alive - 3)
    strokes = kinds["thick"].evaluate_all("lines => lines.map(line => line.getAttribute('stroke'))")
    assert len(set(strokes)) == 3
    opacity = kinds["found"].first.evaluate("line => Number(getComputedStyle(line).opacity)")
    assert opacity < 0.6
    tab.part("find").fill("")
    expect(kinds["thick"]).to_have_count(0)


def test_of_many_that_have_no_colour_those_that_stand_out_differ_by_their_dashes(mount):
    tab = mount(payload(study_of("wide_noise", "label")))
    drawn = tab.js(
        """async load => { const { items, drawn, highlight } = window.explorer;
            const { highlightItems } = await load('highlight.js');
            highlightItems(highlight, items.rest.slice(0, 8), drawn);
            return [...highlight.querySelectorAll('.rp-thick')].map(
                line => [line.getAttribute('stroke'), line.getAttribute('stroke-dasharray')]); }"""
    )
    assert {color for color, _ in drawn} == {LIGHT.ink}
    assert len({dash for _, dash in drawn}) == 3


def js(tab, name, *args):
    return tab.js(f"async (load, args) => (await load('names.js')).{name}(...args)", list(args))


def test_names_lose_what_they_all_begin_with(shared_tab):
    names = ["gene_expression_probe_7", "gene_expression_probe_12", "gene_expression_age"]
    assert js(shared_tab, "commonStart", names) == "gene_expression_"
    assert js(shared_tab, "commonStart", names[:2]) == ""  # two may be alike by chance
    assert js(shared_tab, "commonStart", ["mean_x", "mean_y", "worst_x"]) == ""
    assert js(shared_tab, "commonStart", ["a_1", "a_2", "a_3"]) == ""  # hardly shorter
    assert js(shared_tab, "commonStart", ["price ", "price x", "price y"]) == ""


def test_names_are_cut_in_the_middle_as_little_as_they_must(shared_tab):
    font = "12px sans-serif"
    name = "mean_concave_points_of_all_cells"
    assert js(shared_tab, "fit", name, 1000, font) == name
    cut = js(shared_tab, "fit", name, 100, font)
    head, tail = cut.split("…")
    assert name.startswith(head)
    assert name.endswith(tail)
    assert abs(len(head) - len(tail)) <= 1
    assert js(shared_tab, "widthOf", cut, font) <= 100
    longer = name[: len(head) + 1] + "…" + name[-len(tail) - 1 :]
    assert js(shared_tab, "widthOf", longer, font) > 100
    assert js(shared_tab, "fit", name, 1, font).count("…") == 1


def test_the_whole_of_a_name_is_there_on_tap(open_tab):
    rng = np.random.default_rng(0)
    names = [f"gene_expression_{'very_' * 6}long_{j}" for j in range(4)]
    X = rng.normal(size=(60, 4))
    problem = regpath.Problem.from_arrays(X, X @ [1.0, 2.0, 3.0, 4.0], feature_names=names)
    text = "\t".join([*names, "y"])
    rows = ["\t".join(map(str, (*row, y))) for row, y in zip(X, problem.y, strict=True)]
    table = regpath.read_table("\n".join([text, *rows]).encode())
    sent = payload(regpath.run_study(table, regpath.Recipe("y", n_lambdas=20)))
    tab = open_tab(bare=True, **PHONE)
    tab.mount(sent, index=10, style="width:370px")
    expect(tab.part("hint")).to_contain_text("Names begin with")
    label = tab.page.locator(".rp-label.rp-pick").first
    name = label.get_attribute("title")
    shown = label.inner_text()
    assert "…" in shown or "gene" not in shown
    label.scroll_into_view_if_needed()
    label.tap()
    expect(tab.part("hover")).to_be_visible()
    expect(tab.part("hover")).to_have_text(name)
