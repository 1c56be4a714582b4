"""What the charts are scaled to: the choice, the whole path, a stretch of it; and who is named."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from playwright.sync_api import expect

import regpath
from regpath.explorer import payload
from regpath.explorer.packing import unpack

FACTS = """() => {
    const { drawn, items, view, cursor } = window.explorer;
    return {
        zoom: drawn.stretch.zoom, scaled: drawn.stretch.scaled, saved: view.zoom, at: cursor.index,
        named: items.named.map(item => item.label),
        panels: drawn.panels.map(({ id, y0, y1, range }) => ({ id, y0, y1, range })),
    };
}"""
SETTLED = """() => new Promise(done => {
    const wait = () => document.querySelector('.rp-tweening') ? requestAnimationFrame(wait)
        : requestAnimationFrame(done);
    requestAnimationFrame(wait);
})"""


# How many curves have glided, counted as they begin to.
GLIDES = """() => {
    window.glided = 0;
    const begun = () => { window.glided += document.querySelectorAll('.rp-tween path').length; };
    const over = document.querySelector('[data-part=over]');
    new MutationObserver(begun).observe(over, { childList: true });
}"""


@pytest.fixture(scope="module")
def study():
    table = regpath.datasets.load("breast_cancer")
    return regpath.run_study(table, regpath.Recipe(target="diagnosis", family="binomial"))


@pytest.fixture(scope="module")
def cv(study):
    return regpath.cross_validate(study.train, study.path, n_folds=5)


@pytest.fixture
def tab(open_tab, study, cv):
    tab = open_tab(bare=True)
    tab.mount(payload(study, cv), index=cv.index_1se)
    return tab


def facts(tab):
    tab.page.evaluate(SETTLED)
    return tab.page.evaluate(FACTS)


def paths_range(tab):
    return facts(tab)["panels"][0]["range"]


def choose(tab, name, value):
    tab.part(name).select_option(value)
    return facts(tab)


def in_view(tab):
    """Where the charts are, after the page is scrolled to them."""
    tab.part("stage").evaluate("e => e.scrollIntoView()")
    return tab.still(tab.part("hit"))


def go(tab, index):
    tab.page.evaluate("i => window.explorer.go(i)", index)
    tab.page.wait_for_function("i => window.told.at(-1)?.index === i", arg=index)
    return facts(tab)


def test_by_default_the_chart_belongs_to_the_choice(tab, study, cv):
    seen = facts(tab)
    assert cv.index_min < seen["scaled"] < len(cv.lambdas) - 1
    coefs = study.path.coefs("standardized")
    within = coefs[:, : seen["scaled"] + 1]
    low, high = seen["panels"][0]["range"]
    span = within.max() - within.min()
    assert high == pytest.approx(within.max() + 0.06 * span)
    assert low == pytest.approx(within.min() - 0.06 * span)
    panel = seen["panels"][0]
    pixels = (panel["y1"] - panel["y0"]) / (high - low)
    at = np.sort(np.abs(coefs[:, cv.index_1se]))[-10:]
    assert np.ptp(np.append(at, 0.0)) * pixels > 60  # all of it was 8 pixels


def test_what_ridge_chooses_does_not_lie_flat(open_tab, study):
    recipe = replace(study.recipe, l1_ratio=0.0)
    ridge = regpath.run_study(study.table, recipe)
    folds = regpath.cross_validate(ridge.train, ridge.path, n_folds=5)
    tab = open_tab(bare=True)
    tab.mount(payload(ridge, folds), index=folds.index_1se)
    seen = facts(tab)
    panel = seen["panels"][0]
    low, high = panel["range"]
    coefs = ridge.path.coefs("standardized")
    largest = np.abs(coefs[:, folds.index_1se]).max()
    assert largest / (high - low) * (panel["y1"] - panel["y0"]) > 80  # it was 49 pixels
    scores = ridge.scores_of("test")["log_loss"].to_numpy()[: seen["scaled"] + 1]
    low, high = seen["panels"][2]["range"]
    assert low < scores.min() < scores.max() < high  # whoever turns is seen to turn
    further = go(tab, folds.index_min)
    assert np.abs(coefs[:, folds.index_min]).max() < np.abs(further["panels"][0]["range"]).max()


def test_the_whole_path_and_a_symmetric_log_of_it_hold_every_value(tab, study):
    coefs = study.path.coefs("standardized")
    choose(tab, "span", "path")
    low, high = paths_range(tab)
    assert low < coefs.min() < coefs.max() < high
    expect(tab.page.locator(".rp-leaves")).to_have_count(0)
    choose(tab, "span", "symlog")
    low, high = paths_range(tab)
    code = "vs => vs.map(window.explorer.drawn.panels[0].scale.at)"
    ends = tab.page.evaluate(code, [float(coefs.min()), float(coefs.max())])
    assert low < ends[0] < ends[1] < high
    some = tab.page.evaluate(code, [-20.0, -0.5, 0.0, 0.5, 20.0])
    assert some == sorted(some)
    assert some[2] == 0.0
    assert some[:2] == [-some[4], -some[3]]
    told = "() => window.told.at(-1)?.view"
    tab.soon(lambda: tab.page.evaluate(told), lambda view: view == {"span": "symlog"})


def test_what_leaves_the_chart_has_an_arrow_and_says_so_beside_its_name(tab, study):
    seen = facts(tab)
    low, high = seen["panels"][0]["range"]
    names = list(study.path.feature_names)
    last = study.path.coefs("standardized")[:, -1]
    for name in seen["named"]:
        label = tab.page.locator(f'.rp-label[title="{name}"]').inner_text()
        value = last[names.index(name)]
        assert label.startswith("↑") == (value > high), name
        assert label.startswith("↓") == (value < low), name
    arrows = tab.page.locator(".rp-leaves")
    expect(arrows.nth(3)).to_be_attached()
    stage = tab.part("stage").bounding_box()
    edges = [(panel["y0"], panel["y1"]) for panel in seen["panels"]]
    for box in (arrow.bounding_box() for arrow in arrows.all()):
        top, bottom = box["y"] - stage["y"], box["y"] + box["height"] - stage["y"]
        assert any(abs(top - y0) < 3 or abs(bottom - y1) < 3 for y0, y1 in edges), (
            top,
            bottom,
            edges,
        )


def test_the_scale_follows_a_choice_beyond_it_and_comes_back(tab, study, cv):
    before = facts(tab)
    far = go(tab, before["scaled"] + 15)
    assert far["scaled"] == before["scaled"] + 15
    assert far["panels"][0]["range"][1] > before["panels"][0]["range"][1]
    assert go(tab, cv.index_min)["panels"][0]["range"] == before["panels"][0]["range"]


def test_curves_glide_to_another_scale_unless_motion_is_reduced(tab):
    facts(tab)
    tab.page.evaluate(GLIDES)  # it lasts shorter than a slow machine needs to look
    choose(tab, "span", "path")
    assert tab.page.evaluate("() => window.glided") > 10
    expect(tab.page.locator(".rp-tween")).to_have_count(0)
    tab.page.emulate_media(reduced_motion="reduce")
    tab.page.evaluate("() => { window.glided = 0; }")
    choose(tab, "span", "symlog")
    assert tab.page.evaluate("() => window.glided") == 0


def test_buttons_and_keys_zoom_around_the_cursor(tab, cv):
    buttons = tab.part("zoom").locator("button:visible")
    expect(buttons).to_have_text(["\u2212", "+", "⤢"])
    buttons.nth(1).click()
    seen = facts(tab)
    first, last = seen["zoom"]
    assert first <= cv.index_1se <= last
    assert (last - first) == pytest.approx((len(cv.lambdas) - 1) / 1.6, abs=1)
    tab.slider.focus()
    tab.page.keyboard.press("+")
    assert facts(tab)["zoom"][1] - facts(tab)["zoom"][0] < last - first
    tab.page.keyboard.press("-")
    tab.page.keyboard.press("0")
    seen = facts(tab)
    assert seen["saved"] is None
    assert seen["zoom"] == [0, len(cv.lambdas) - 1]
    for _ in range(12):
        tab.page.keyboard.press("+")
    first, last = facts(tab)["zoom"]
    assert last - first == 4
    expect(buttons.nth(2)).to_be_disabled()


def test_a_wheel_zooms_with_ctrl_and_leaves_scrolling_to_the_page(tab):
    box = in_view(tab)
    x, y = box["x"] + 0.75 * box["width"], box["y"] + 50
    tab.page.mouse.move(x, y)
    tab.page.mouse.wheel(0, -100)
    assert facts(tab)["saved"] is None
    under = tab.page.evaluate("x => window.explorer.cursor.nearest(x)", x)
    tab.page.keyboard.down("Control")
    tab.page.mouse.wheel(0, -100)
    tab.page.keyboard.up("Control")
    first, last = facts(tab)["zoom"]
    assert first < under < last
    after = tab.page.evaluate("x => window.explorer.cursor.nearest(x)", x)
    assert abs(after - under) <= 1  # what was under the pointer stays there


def test_two_fingers_zoom_and_do_not_move_the_cursor(open_tab, study, cv):
    tab = open_tab(bare=True, width=390, height=844, has_touch=True, is_mobile=True)
    tab.mount(payload(study, cv), index=cv.index_1se, style="width:370px")
    box = in_view(tab)
    session = tab.context.new_cdp_session(tab.page)
    y = box["y"] + 60

    def touch(kind, *shares):
        points = [
            {"x": box["x"] + share * box["width"], "y": y, "id": n}
            for n, share in enumerate(shares)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.45)
    held = tab.page.evaluate("() => window.explorer.cursor.next")
    touch("touchStart", 0.45, 0.55)
    for apart in (0.1, 0.2, 0.3):
        touch("touchMove", 0.45 - apart, 0.55 + apart)
    seen = facts(tab)
    assert seen["saved"] is not None
    assert tab.page.evaluate("() => window.explorer.cursor.next") == held
    touch("touchEnd")
    assert tab.complaints == []


def test_names_of_rules_stand_clear_of_the_buttons_on_a_phone(open_tab, study, cv):
    tab = open_tab(bare=True, width=390, height=844)
    tab.mount(payload(study, cv), index=cv.index_1se, style="width:370px")
    tab.part("zoom").get_by_text("+").click()
    # λ min at the right end of what is in sight.
    first, last = facts(tab)["zoom"]
    stretch = [cv.index_min - (last - first), cv.index_min]
    tab.page.evaluate("zoom => window.explorer.zoom.change(zoom)", stretch)
    labels = tab.page.locator(".rp-mark-label")
    expect(labels).to_have_count(2)
    buttons = tab.part("zoom").bounding_box()
    for label in labels.all():
        box = label.bounding_box()
        assert box["x"] + box["width"] <= buttons["x"]


@pytest.mark.parametrize("large", [False, True])
def test_names_of_rules_and_of_curves_stand_apart_on_a_phone(open_tab, study, cv, large):
    tab = open_tab(bare=True, width=390, height=844)
    tab.mount(payload(study, cv), index=cv.index_1se, style="width:364px", view={"large": large})
    labels = tab.page.locator(".rp-mark-label")
    expect(labels).to_have_count(2)
    boxes = [each.bounding_box() for each in labels.all()]
    boxes += [tab.part(name).bounding_box() for name in ("zoom", "span")]
    for one, other in combinations(boxes, 2):
        beside = one["x"] + one["width"] + 3 <= other["x"]
        before = other["x"] + other["width"] + 3 <= one["x"]
        below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
        assert beside or before or below
    names = [each.bounding_box() for each in tab.page.locator(".rp-label").all()]
    for one, other in combinations(names, 2):
        assert abs(one["y"] - other["y"]) >= 0.8 * min(one["height"], other["height"])
    titles = [each.bounding_box() for each in tab.page.locator(".rp-title").all()]
    assert max(box["x"] + box["width"] for box in titles) <= min(box["x"] for box in names)


def test_what_is_chosen_stays_in_sight_and_nothing_out_of_it_is_hit(tab, cv):
    for _ in range(3):
        tab.part("zoom").get_by_text("+").click()
    first, last = facts(tab)["zoom"]
    wide = last - first
    box = in_view(tab)
    tab.page.mouse.click(box["x"] + box["width"] - 1, box["y"] + 40)
    assert facts(tab)["at"] == last
    seen = go(tab, len(cv.lambdas) - 1)
    assert seen["zoom"] == [len(cv.lambdas) - 1 - wide, len(cv.lambdas) - 1]
    seen = go(tab, 0)
    assert seen["zoom"] == [0, wide]
    line = tab.slider.bounding_box()
    assert box["x"] - 20 < line["x"] + line["width"] / 2 < box["x"] + 20


@pytest.mark.parametrize("units", ["standardized", "original", "odds_ratio"])
def test_those_kept_at_the_choice_are_named_by_their_size_in_the_units_shown(
    open_tab, study, cv, units
):
    tab = open_tab(bare=True)
    sent = payload(study, cv)
    tab.mount(sent, index=cv.index_1se, view={"units": units})
    arrays = unpack(sent)
    at = arrays["coefs"][0][:, sent["marks"][0]["index"]].astype(float)
    sizes = np.abs(at if units != "original" else at / arrays["x_scale"])
    kept = [sent["names"][j] for j in np.argsort(-sizes, kind="stable") if sizes[j] > 0]
    assert facts(tab)["named"][: len(kept)] == kept[:10]


@pytest.mark.parametrize("axis", ["log_lambda", "log_C", "norm", "deviance", "features"])
def test_an_axis_that_is_zoomed_has_ticks_where_one_looks(tab, axis):
    tab.part("axis").select_option(axis)
    for _ in range(3):
        tab.part("zoom").get_by_text("+").click()
    seen = tab.page.evaluate(
        """() => { const { axis } = window.explorer.drawn;
            return { range: axis.range, ticks: axis.ticks }; }"""
    )
    low, high = seen["range"]
    inside = [text for at, text in seen["ticks"] if low <= at <= high]
    assert len(inside) >= (1 if axis == "features" else 2)
    assert len(set(inside)) == len(inside)
