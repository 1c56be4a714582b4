"""Who gets how much of the screen: tall paths, tiles in one line, marks that take no room."""

import numpy as np
import pytest

import regpath
from regpath.explorer import payload
from regpath.explorer.packing import unpack

CANCER = "data=breast_cancer&target=diagnosis"
DIABETES = "data=diabetes&target=progression"
THREE = ["paths0", "score-accuracy", "score-log_loss"]
PANELS = """() => window.explorer.drawn.panels.map(({ id, y0, y1 }) => ({ id, tall: y1 - y0 }))"""
BOX = """(root, name) => [...root.querySelectorAll(name)].map(e => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return { x, y, width, height, text: e.textContent }; })"""


@pytest.fixture(scope="module")
def sent():
    table = regpath.datasets.load("breast_cancer")
    return payload(regpath.run_study(table, regpath.Recipe("diagnosis", n_lambdas=50)))


@pytest.fixture
def tab(open_tab, sent):
    tab = open_tab(bare=True)
    tab.mount(sent, index=20)
    return tab


def panels(tab):
    return tab.page.evaluate(PANELS)


def shows(tab, *ids):
    """Wait until these panels are shown: how tall each is."""
    now = tab.soon(lambda: panels(tab), lambda now: [panel["id"] for panel in now] == list(ids))
    return {panel["id"]: panel["tall"] for panel in now}


def test_what_is_offered_above_the_charts_leaves_them_on_the_first_screen(open_tab):
    tab = open_tab(query="data=diabetes&min_ratio=0.3").drawn()
    tab.page.get_by_text("Extend the grid").first.wait_for()
    tab.ends_above("stage", 720)
    rug = tab.page.locator(".rp-rug").first
    assert tab.still(rug)["y"] < 720


@pytest.mark.parametrize("query", [CANCER, DIABETES])
def test_the_paths_have_320_pixels_of_a_laptop_and_all_else_is_on_the_screen(open_tab, query):
    tab = open_tab(query=query).drawn()
    paths = tab.inside(
        """root => { const [rect] = root.querySelectorAll('clipPath[id^=rp-clip-paths] rect');
            return [rect.height.baseVal.value, rect.width.baseVal.value]; }"""
    )
    assert paths[0] >= 320
    assert paths[1] >= 370
    for name in ("tiles", "stage", "outcome"):
        tab.ends_above(name, 720)
    tiles = tab.inside(BOX, ".rp-tile")
    assert len({round(tile["y"]) for tile in tiles}) == 1
    assert all(tile["height"] <= 30 for tile in tiles)


def test_the_number_of_features_kept_stands_above_the_paths(tab, sent):
    counts = unpack(sent)["n_nonzero"]
    stage = tab.part("stage").bounding_box()
    pixels = np.array(list(tab.page.evaluate("() => [...window.explorer.pixels]")))
    written = tab.inside(BOX, ".rp-kept:not(.rp-kept-title)")
    assert len(written) > 4
    for each in written:
        at = each["x"] + each["width"] / 2 - stage["x"]
        assert int(each["text"]) == counts[np.argmin(np.abs(pixels - at))]


def test_where_all_are_kept_all_along_it_says_so_once(open_tab):
    study = regpath.run_study(
        regpath.datasets.load("diabetes"), regpath.Recipe("progression", l1_ratio=0.0, n_lambdas=20)
    )
    tab = open_tab(bare=True)
    tab.mount(payload(study))
    assert [each["text"] for each in tab.inside(BOX, ".rp-kept")] == ["kept", "all 10 all along"]


def test_every_event_has_a_mark_in_the_rug(tab, sent):
    _, _, _, kinds = unpack(sent)["events"]
    marks = tab.inside(
        """root => [...root.querySelectorAll('.rp-rug')].map(path => path.getAttribute('d'))"""
    )
    assert sum(d.count("M") for d in marks if "V" in d) == np.sum(kinds == 0)
    crosses = sum(d.count("M") // 2 for d in marks if "V" not in d and "Z" not in d)
    assert crosses == np.sum(kinds == 1)
    assert sum(d.count("Z") for d in marks) == np.sum(kinds == 2)
    first, *_ = tab.page.evaluate(
        "() => window.explorer.drawn.panels.map(({ y1, rug }) => [y1, y1 + rug])"
    )
    stage = tab.part("stage").bounding_box()
    for box in tab.inside(BOX, ".rp-rug"):
        assert first[0] <= box["y"] - stage["y"]
        assert box["y"] + box["height"] - stage["y"] <= first[1] + 1


def test_a_double_click_enlarges_a_panel_and_another_gives_the_room_back(tab):
    before = shows(tab, *THREE)
    tab.part("stage").evaluate("e => e.scrollIntoView()")
    stage = tab.still(tab.part("stage"))
    stood = tab.position()
    middle = tab.page.evaluate(
        "() => { const { y0, y1 } = window.explorer.drawn.panels[2]; return (y0 + y1) / 2; }"
    )
    tab.page.mouse.dblclick(stage["x"] + 200, stage["y"] + middle)
    alone = shows(tab, "score-log_loss")
    assert alone["score-log_loss"] > 4 * before["score-log_loss"]
    told = "() => window.told.at(-1)?.view.enlarged === 'score-log_loss'"
    tab.page.wait_for_function(told)
    tab.stands_at(stood)  # a closer look chooses nothing
    tab.page.mouse.dblclick(stage["x"] + 260, stage["y"] + 150)
    assert shows(tab, *THREE) == before
    tab.stands_at(stood)


def test_a_key_and_a_button_enlarge_one_panel_after_the_other(tab):
    for n, ids in enumerate((["paths0"], ["score-accuracy"], ["score-log_loss"], THREE)):
        if n % 2:
            tab.part("enlarge").click()
        else:
            tab.slider.focus()
            tab.page.keyboard.press("e")
        shows(tab, *ids)


def test_the_marks_of_enlarged_paths_stand_clear_of_the_numbers_of_the_axis(tab):
    tab.part("enlarge").click()
    shows(tab, "paths0")
    marks = tab.inside(BOX, ".rp-rug")
    below = max(mark["y"] + mark["height"] for mark in marks)

    def ticks():
        return [tick["y"] for tick in tab.inside(BOX, ".xaxislayer-above text")]

    tab.soon(ticks, lambda tops: tops and min(tops) >= below)


def test_the_cursor_has_a_handle_at_both_ends(tab):
    line = tab.still(tab.slider)
    (top,), (bottom,) = (tab.inside(BOX, f".rp-cursor {name}") for name in ("b", "i"))
    assert abs(top["y"] - line["y"]) < 10
    assert abs(bottom["y"] + bottom["height"] - line["y"] - line["height"]) < 12
