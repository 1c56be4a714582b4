"""Points drawn, moved, switched and deleted: by mouse, finger, fields and keys."""

import re

import pytest
from playwright.sync_api import expect

from regpath.core.boundary.drawn_points import MOST, DrawnPoints
from tests.e2e.test_layout import check_with_axe
from tests.e2e.test_lessons import open_answered
from tests.e2e.test_server import HEAR, violations

LESSON = "direction_or_confidence"
COMPARE = "data=breast_cancer&section=Decision+boundary&n_lambdas=20"


def open_board(open_tab, **how):
    tab = open_answered(open_tab, LESSON, **how)
    dots(tab).first.wait_for()
    tab.part("plane").scroll_into_view_if_needed()
    return tab


def dots(tab):
    return tab.part("plane").locator("[role=button]")


def board(tab):
    return tab.part("board")


def at(tab, across, upwards):
    """A place of the window, as shares of the plane's sides."""
    box = tab.still(tab.part("plane").locator(".frame"))
    return box["x"] + across * box["width"], box["y"] + (1 - upwards) * box["height"]


def curve(tab, name="direction"):
    """Places of the path's course on its chart."""
    found = tab.part(name).locator(".curve").get_attribute("points")
    return [round(float(number), 3) for number in re.split("[ ,]", found)]


def choose_tool(tab, name):
    board(tab).get_by_role("radio", name=name).check(force=True)


def center(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_sign_of_each_class_stands_beside_its_name(open_tab):
    tab = open_board(open_tab)
    panel = board(tab).get_by_role("group", name="Points by fields and buttons")
    for k, (name, sign) in enumerate((("circle", "circle.first"), ("square", "rect.second"))):
        beside = [
            board(tab).locator("fieldset label").filter(has_text=f"Draw {name}"),
            tab.part("key").get_by_role("listitem").filter(has_text=name),
            panel.get_by_role("button", name=f"Add {name}"),
        ]
        drawn = tab.part("plane").locator(f"[data-second='{k}'] > {sign}").first
        look = "mark => [getComputedStyle(mark).fill, getComputedStyle(mark).stroke]"
        for each in beside:
            expect(each.locator(f".sign > {sign}")).to_be_visible()
            assert each.locator(f".sign > {sign}").evaluate(look) == drawn.evaluate(look)


@pytest.mark.parametrize("width", [390, 1280])
def test_by_mouse_points_are_drawn_dragged_switched_and_deleted_and_undone(open_tab, width):
    tab = open_board(open_tab, width=width, height=844 if width == 390 else 720)
    expect(dots(tab)).to_have_count(40)
    before = curve(tab)
    choose_tool(tab, "Draw square")
    with tab.rerun():
        tab.page.mouse.click(*at(tab, 0.05, 0.95))
    expect(dots(tab)).to_have_count(41)
    tab.soon(lambda: curve(tab), lambda now: now != before)
    after_drawing = curve(tab)
    choose_tool(tab, "Move")
    with tab.rerun():
        tab.page.mouse.move(*at(tab, 0.05, 0.95))
        tab.page.mouse.down()
        tab.page.mouse.move(*at(tab, 0.5, 0.5), steps=6)
        tab.page.mouse.move(*at(tab, 0.9, 0.1), steps=6)
        tab.page.mouse.up()
    tab.soon(lambda: curve(tab), lambda now: now != after_drawing)
    x, y = center(dots(tab).nth(40))
    want = at(tab, 0.9, 0.1)
    assert abs(x - want[0]) < 4
    assert abs(y - want[1]) < 4
    choose_tool(tab, "Switch class")
    with tab.rerun():
        tab.page.mouse.click(*at(tab, 0.9, 0.1))
    expect(dots(tab).nth(40)).to_have_attribute("data-second", "0")
    choose_tool(tab, "Delete")
    with tab.rerun():
        tab.page.mouse.click(*at(tab, 0.9, 0.1))
    expect(dots(tab)).to_have_count(40)
    for count in (41, 41, 41, 40):  # deleted, switched, dragged in one step, drawn
        with tab.rerun():
            tab.page.get_by_role("button", name="Undo").click()
        expect(dots(tab)).to_have_count(count)
    assert curve(tab) == before
    tab.until_it_fits()
    assert not tab.complaints
    assert not tab.outside


def test_a_point_is_tapped_and_then_where_it_goes_without_a_drag(open_tab):
    tab = open_board(open_tab, width=390, height=844, has_touch=True)
    x, y = center(dots(tab).nth(3))
    tab.page.touchscreen.tap(x, y)
    chosen = tab.part("plane").locator("[data-chosen=true]")
    expect(chosen).to_have_count(1)
    with tab.rerun():
        tab.page.touchscreen.tap(*at(tab, 0.93, 0.9))
    there = at(tab, 0.93, 0.9)
    tab.soon(lambda: center(chosen), lambda now: abs(now[0] - there[0]) < 4)
    assert abs(center(chosen)[1] - there[1]) < 4


def test_by_keys_alone_a_point_is_moved_switched_and_deleted(open_tab):
    tab = open_board(open_tab)
    first = dots(tab).first
    first.focus()
    said = first.get_attribute("aria-label")
    with tab.rerun():
        tab.page.keyboard.press("Shift+ArrowRight")
    expect(first).not_to_have_attribute("aria-label", said)
    expect(first).to_be_focused()
    was = first.get_attribute("data-second")
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-second", "1" if was == "0" else "0")
    tab.page.keyboard.press("PageDown")
    expect(dots(tab).nth(1)).to_be_focused()
    with tab.rerun():
        tab.page.keyboard.press("Delete")
    expect(dots(tab)).to_have_count(39)
    expect(dots(tab).nth(1)).to_be_focused()
    tab.page.wait_for_url(lambda url: "points=2" in url)


def test_fields_and_buttons_do_what_a_drag_does(open_tab):
    tab = open_board(open_tab, width=390, height=844)
    panel = board(tab).get_by_role("group", name="Points by fields and buttons")
    with tab.rerun():
        panel.get_by_role("button", name="Add square").press("Enter")
    expect(dots(tab)).to_have_count(41)
    field = panel.get_by_label("across of the point")
    field.fill("1,5")  # in a browser of English
    with tab.rerun():
        field.press("Enter")
    added = dots(tab).nth(40)
    expect(added).to_have_attribute("aria-label", re.compile(r"^square 41 of 41 at 1\.5, "))
    before = added.get_attribute("aria-label")
    with tab.rerun():
        panel.get_by_role("button", name="Move the point upwards").press("Enter")
    expect(added).not_to_have_attribute("aria-label", before)
    with tab.rerun():
        panel.get_by_role("button", name="Delete").press("Enter")
    expect(dots(tab)).to_have_count(40)
    tab.until_it_fits()


def test_the_strength_moves_the_boundary_without_python_and_is_told_on_release(open_tab):
    tab = open_board(open_tab)
    slider = board(tab).get_by_role("slider", name="Strength")
    said, line = tab.part("said"), tab.part("plane").locator(".margin").first
    before = said.inner_text()
    where = line.get_attribute("x1")
    with tab.rerun():
        slider.press("ArrowRight")
    expect(said).not_to_have_text(before)
    expect(line).not_to_have_attribute("x1", where)
    expect(said).to_contain_text("the margin is")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_serious_in_a_board(open_tab, width, scheme):
    tab = open_board(open_tab, width=width, height=844, scheme=scheme)
    tab.settle()
    assert check_with_axe(tab)[1] == []


def test_two_features_of_data_are_drawn_on_in_compare(open_tab):
    tab = open_tab(path="compare", query=COMPARE, width=390, height=844)
    dots(tab).first.wait_for()
    expect(dots(tab)).to_have_count(60)
    expect(board(tab).get_by_role("radio", name="Draw benign")).to_be_enabled()
    choose_tool(tab, "Delete")
    with tab.rerun():
        tab.page.mouse.click(*center(dots(tab).nth(5)))
    expect(dots(tab)).to_have_count(59)
    tab.until_it_fits()
    assert not tab.complaints
    link = tab.soon(lambda: tab.page.url, lambda url: "points=" in url)
    tab.settle()
    where = curve(tab)
    other = open_tab(path="compare", query=link.partition("?")[2], width=390, height=844)
    expect(dots(other)).to_have_count(59)
    other.soon(lambda: curve(other), lambda now: now == where)
    other.page.wait_for_url(lambda url: url == link)
    with other.rerun():
        other.page.get_by_role("button", name="Undo").click()
    expect(dots(other)).to_have_count(60)
    other.page.wait_for_url(lambda url: "points=" not in url)


def test_drawing_keeps_to_the_policy(open_tab):
    tab = open_tab()
    tab.page.add_init_script(HEAR)
    with tab.rerun():
        tab.page.goto(f"{tab.address}/compare?{COMPARE}")
    dots(tab).first.wait_for()
    choose_tool(tab, "Draw malignant")
    with tab.rerun():
        tab.page.mouse.click(*at(tab, 0.1, 0.9))
    expect(dots(tab)).to_have_count(61)
    with tab.rerun():
        board(tab).get_by_role("slider", name="Strength").press("ArrowLeft")
    assert violations(tab.page) == tab.complaints == tab.outside == []


def test_with_large_letters_the_board_fits_a_phone_and_its_points_can_be_moved(open_tab):
    tab = open_board(open_tab, width=390, height=844)
    tab.page.evaluate("document.documentElement.style.fontSize = '28px'")
    tab.until_it_fits()
    first = dots(tab).first
    first.focus()
    said = first.get_attribute("aria-label")
    with tab.rerun():
        tab.page.keyboard.press("ArrowUp")
    expect(first).not_to_have_attribute("aria-label", said)
    for part in (
        tab.part("plane"),
        board(tab).locator("select"),
        board(tab).locator("button").last,
    ):
        box = tab.still(part)
        assert box["x"] + box["width"] <= 390
    tab.until_it_fits()


def test_a_board_that_is_full_takes_no_more_points_and_says_so(open_tab):
    full = [[40 * k, 20 * k + 1000 * (k % 2), k % 2] for k in range(MOST)]
    tab = open_board(open_tab, points=[f"2:{DrawnPoints.told(full).to_text()}"])
    expect(dots(tab)).to_have_count(MOST)
    expect(board(tab).get_by_role("radio", name="Draw square")).to_be_disabled()
    expect(tab.part("said")).to_contain_text(f"room for {MOST} points")
    choose_tool(tab, "Delete")
    with tab.rerun():
        tab.page.mouse.click(*center(dots(tab).nth(50)))
    expect(dots(tab)).to_have_count(MOST - 1)
    expect(board(tab).get_by_role("radio", name="Draw square")).to_be_enabled()


def test_in_a_lecture_plane_course_and_strength_are_on_one_screen_and_a_slide_has_no_tools(
    open_tab,
):
    tab = open_tab(path="compare", query=f"{COMPARE}&present=True")
    dots(tab).first.wait_for()
    tab.settle()
    tab.page.locator(".rp-screens button").last.click()
    shown = [tab.part("plane"), tab.part("confidence"), board(tab).get_by_role("slider")]
    for part in shown:
        box = tab.still(part)
        assert box["y"] >= 40
        assert box["y"] + box["height"] <= 720
    slide = open_tab(path="compare", query=f"{COMPARE}&view=slide")
    dots(slide).first.wait_for()
    expect(board(slide).get_by_role("radio", name="Move")).to_be_hidden()
    expect(board(slide).get_by_role("slider", name="Strength")).to_be_visible()
