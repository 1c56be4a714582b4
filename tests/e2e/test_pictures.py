"""Charts leave the app as files that the browser draws, without a request to anybody."""

import struct
import xml.etree.ElementTree as ET

from tests.e2e.test_choosing import visit

WIDTHS = {"Screen": 1800, "Print": 1950, "Slide": 1920}


def save(tab, place, kind, folder):
    with tab.page.expect_download() as waiting:
        place.get_by_role("button", name=kind).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()


def test_a_chart_is_saved_in_every_size_and_kind_from_the_page_alone(open_tab, tmp_path):
    tab = open_tab(query="data=diabetes", scheme="dark").drawn()
    visit(tab, "Choose")
    tab.page.get_by_role("button", name="Picture").first.click()
    place = tab.page.get_by_test_id("stPopoverBody")
    for size, width in WIDTHS.items():
        if size != "Screen":
            with tab.rerun():
                place.get_by_text(size, exact=True).click()
        content = save(tab, place, "PNG", tmp_path)
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">I", content[16:20])[0] == width
    drawn = ET.fromstring(save(tab, place, "SVG", tmp_path))
    assert drawn.get("width") == "1920"
    page = save(tab, place, "HTML", tmp_path)
    assert b"#0e1117" in page  # the dark theme's ground
    assert tab.outside == []
    assert tab.complaints == []


def test_the_paths_of_the_explorer_leave_at_the_strength_that_is_chosen(open_tab, tmp_path):
    tab = open_tab(query="data=diabetes").drawn()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    tab.page.get_by_role("button", name="Picture").click()
    place = tab.page.get_by_test_id("stPopoverBody")
    first = save(tab, place, "SVG", tmp_path)
    tab.page.keyboard.press("Escape")
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    tab.page.get_by_role("button", name="Picture").click()
    assert save(tab, place, "SVG", tmp_path) != first
    assert tab.complaints == []
