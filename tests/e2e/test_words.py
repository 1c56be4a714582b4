"""The explorer in words: the sentence at the cursor, and what a term means."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import regpath
from regpath.explorer import payload
from regpath.explorer.packing import unpack
from tests.e2e.tab import PAINTED

pytestmark = pytest.mark.browser


def study_of(name, target, **choices):
    return regpath.run_study(regpath.datasets.load(name), regpath.Recipe(target, **choices))


def go(tab, index):
    tab.page.evaluate("i => window.explorer.go(i)", index)
    tab.stands_at(index)
    tab.page.evaluate(PAINTED)


def spoken(tab):
    return tab.part("caption").text_content()


@pytest.fixture
def mount(open_tab):
    def mounted(sent, **how):
        tab = open_tab(bare=True, width=1700)
        tab.mount(sent, **{"style": "width:1600px"} | how)
        return tab

    return mounted


def test_a_sentence_says_what_is_used_and_how_right_it_is(mount):
    study = study_of("breast_cancer", "diagnosis")
    sent = payload(study)
    tab = mount(sent, index=0)
    assert spoken(tab).startswith("The strongest penalty: none of 30 features is used.")
    accuracy = study.scores_of("test")["accuracy"]
    base = study.null_scores().set_index("part").loc["test", "accuracy"]
    quiet = np.setdiff1d(np.arange(1, 99), unpack(sent)["events"][0])
    for i in (int(quiet[0]), int(quiet[-1])):
        go(tab, i)
        kept = int(study.path.n_nonzero[i])
        assert f"penalty: {kept} of 30 features" in spoken(tab).replace("At 90 % of fit", "penalty")
        assert f"Right on {100 * accuracy[i]:.1f} % of 143 rows it has not seen" in spoken(tab)
        assert f"always saying benign: {100 * base:.1f} %" in spoken(tab)
    enters = int(unpack(sent)["events"][0][0])
    go(tab, enters)
    assert "enters first, positive: " in spoken(tab)
    assert "Right on" in spoken(tab)
    assert tab.complaints == []


def test_a_rule_that_chooses_where_something_happens_is_named_before_it(mount):
    sent = payload(study_of("breast_cancer", "diagnosis"))
    at = int(unpack(sent)["events"][0][5])
    mark = sent["marks"][0] | {"index": at}
    tab = mount(sent | {"marks": [mark]}, index=at)
    assert re.match(rf"At {mark['label']}, \w+ (enters|leaves|changes sign)", spoken(tab))


def test_a_sentence_is_as_long_as_its_line_and_never_cut_before_what_it_says(mount):
    tab = mount(payload(study_of("breast_cancer", "diagnosis")), index=0)
    caption, words = tab.part("caption"), tab.part("sentence")
    cut = "node => node.scrollWidth > node.clientWidth"

    def said_within(pixels):
        tab.inside("(root, width) => { root.parentElement.style.width = `${width}px`; }", pixels)
        tab.until("(root, width) => root.clientWidth === width", pixels)
        tab.page.evaluate("() => window.explorer.ready")
        tab.page.evaluate(PAINTED)
        text = words.text_content()
        assert not words.evaluate(cut) or text.endswith("always benign: 62.9 %.")
        return text

    told = list(dict.fromkeys(said_within(pixels) for pixels in range(1500, 600, -30)))
    shorter = ": 0 of 30 features. Right on 62.9 % of 143 unseen rows; no better than always"
    assert told == [
        ": none of 30 features is used. Right on 62.9 % of 143 rows it has not seen; "
        "no better than always saying benign: 62.9 %.",
        f"{shorter} saying benign: 62.9 %.",
        f"{shorter} benign: 62.9 %.",
    ]
    assert said_within(1500) == told[0]
    assert caption.evaluate("node => getComputedStyle(node).whiteSpace") == "nowrap"


def test_what_all_names_begin_with_is_cut_before_what_is_said(mount):
    rng = np.random.default_rng(5)
    names = [f"gene_expression_of_probe_{j:04d}_at" for j in range(8)]
    frame = pd.DataFrame(rng.normal(size=(80, 8)), columns=names)
    frame["status"] = np.where(frame.sum(axis=1) + rng.normal(size=80) > 0, "case", "control")
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("status"))
    sent = payload(study)
    tab = mount(sent, index=int(unpack(sent)["events"][0][0]))
    assert re.match(r"\d{4}_at enters first, ", spoken(tab))
    lead, sentence = tab.part("lead"), tab.part("sentence")
    whole = sum(part.evaluate("node => node.scrollWidth") for part in (lead, sentence))
    tab.part("caption").evaluate("(node, width) => (node.style.width = `${width}px`)", whole - 40)
    cut = "node => node.scrollWidth > node.clientWidth"
    assert lead.evaluate(cut)
    assert not sentence.evaluate(cut)


def test_amounts_are_off_by_so_much_and_columns_are_told_from_features(mount):
    tab = mount(payload(study_of("diabetes", "progression", test_size=0.0)), index=60)
    assert "(RMSE) on the 442 rows it was fit to; always saying the mean: " in spoken(tab)
    study = study_of("election_1996", "vote")
    tab = mount(payload(study), index=40)
    columns = study.path.groups
    kept = {columns[j] for j in np.flatnonzero(study.path.coef_path[:, 40])}
    assert f" features, from {len(kept)} of 9 columns, are used" in spoken(tab)


@pytest.mark.parametrize(("l1_ratio", "times"), [(1.0, 1), (0.0, 442)])
def test_a_linear_path_has_alpha_and_no_c(mount, l1_ratio, times):
    study = study_of("diabetes", "progression", test_size=0.0, l1_ratio=l1_ratio)
    tab = mount(payload(study), index=50)
    expect(tab.page.locator(".rp-tile").nth(1)).to_have_text(re.compile("^alpha"))
    shown = tab.tile(1).replace(",", "")
    assert float(shown) == pytest.approx(times * study.path.lambdas[50], rel=1e-3)
    expect(tab.part("axis")).not_to_contain_text("log C")


def test_every_tile_says_what_it_means_to_mouse_finger_and_keys(mount):
    tab = mount(payload(study_of("breast_cancer", "diagnosis")))
    tiles, box = tab.page.locator(".rp-tile"), tab.part("help")
    expect(box).to_be_hidden()
    for tile in tiles.all():
        tile.click()
        expect(box).to_be_visible()
        expect(box).to_have_text(re.compile(".{40}", re.S))
    tab.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    tiles.nth(2).hover()
    expect(box).to_contain_text("coefficient other than zero")
    tab.page.mouse.move(5, 5)
    expect(box).to_be_hidden()
    tiles.first.focus()
    tab.page.keyboard.press("ArrowRight")
    expect(box).to_contain_text("LogisticRegression")
    expect(tiles.nth(1)).to_be_focused()
    expect(tiles.nth(1)).to_have_text(re.compile("^C"))
    for term in (".rp-end >> nth=0", ".rp-mark-label >> nth=0", ".rp-title-score >> nth=0"):
        tab.page.locator(term).click()
        expect(box).to_be_visible()
    assert tab.complaints == []


@pytest.mark.parametrize("axis", ["log_lambda", "deviance", "norm", "features"])
def test_the_axis_goes_from_simpler_to_closer_whatever_it_counts(mount, axis):
    tab = mount(payload(study_of("iris", "species")), view={"axis": axis})
    ends = tab.inside(
        """root => [...root.querySelectorAll('.rp-end')].map(node => {
            const { left, right } = node.getBoundingClientRect();
            return [left, right, node.textContent]; }).sort((a, b) => a[0] - b[0])"""
    )
    assert ends[0][2] == "← simpler"
    assert ends[-1][2].endswith("→")
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))


def test_tiles_and_events_are_one_tab_stop_each(mount):
    tab = mount(payload(study_of("breast_cancer", "diagnosis")))
    for name in ("tiles", "events"):
        stops = tab.part(name).locator("button").evaluate_all("all => all.map(b => b.tabIndex)")
        assert len(stops) > 5
        assert sorted(stops)[-1] == 0
        assert stops.count(0) == 1
    events = tab.part("events").locator("button")
    events.first.focus()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    expect(events.nth(1)).to_have_attribute("aria-current", "true")


def test_a_frame_shows_the_focus_of_keys_and_not_of_a_mouse(mount):
    tab = mount(payload(study_of("breast_cancer", "diagnosis")))
    outline = "root => getComputedStyle(root.querySelector('[data-part=cursor]')).outlineStyle"
    hit = tab.part("hit").bounding_box()
    tab.page.mouse.click(hit["x"] + 100, hit["y"] + 40)
    tab.soon(lambda: tab.inside(outline), lambda now: now == "none")
    tab.page.keyboard.press("ArrowRight")
    tab.soon(lambda: tab.inside(outline), lambda now: now == "solid")


def test_what_can_be_pressed_is_large_enough(mount):
    tab = mount(payload(study_of("breast_cancer", "diagnosis")))
    small = tab.inside(
        """root => [...root.querySelectorAll('button, select, summary, input')]
            .filter(node => node.checkVisibility())
            .map(node => [node.textContent || node.ariaLabel, node.getBoundingClientRect()])
            .filter(([, { width, height }]) => width < 24 || height < 24)
            .map(([text, { width, height }]) => [text, width, height])"""
    )
    assert small == []


def test_captions_can_be_read_and_headings_skip_no_level(open_tab):
    from regpath.charts.contrast import TEXT, contrast

    tab = open_tab().drawn()
    tab.page.get_by_role("link", name="Choose").click()
    tab.page.get_by_role("heading", name="How good is the choice?").wait_for()
    levels = tab.page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4')].map(node => Number(node.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    shown = tab.page.evaluate(
        """() => {
            const whole = at => at.startsWith('rgba') ? null : at.match(/[\\d.]+/g).map(Number);
            return [...document.querySelectorAll('[data-testid=stCaptionContainer]')].map(node => {
                const ink = whole(getComputedStyle(node).color);
                const share = Number(getComputedStyle(node).opacity);
                let paper = null;
                for (let at = node; !paper; at = at.parentElement)
                    paper = whole(getComputedStyle(at).backgroundColor);
                const mixed = ink.map((v, i) => Math.round(share * v + (1 - share) * paper[i]));
                return [mixed, paper]; }); }"""
    )
    assert len(shown) > 2
    for ink, paper in shown:
        assert contrast(*("#" + bytes(each).hex() for each in (ink, paper))) >= TEXT
