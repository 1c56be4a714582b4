"""One cursor: by mouse, touch, keys, rules, events and Python; what follows it and what stays."""

import math
from xml.etree import ElementTree

import pytest

PENGUINS = "data=penguins&target=species&family=multinomial"
DIABETES = "data=diabetes&target=progression&family=gaussian"


def at_fraction(tab, share):
    """Page position of a share of the charts' width."""
    box = tab.part("hit").bounding_box()
    return box["x"] + share * box["width"], box["y"] + 0.3 * box["height"]


def snapshot(tab):
    """Everything that must follow the cursor, as text."""
    return tab.inside(
        """root => ({
            tiles: root.querySelector('[data-part=tiles]').innerText,
            bars: [...root.querySelectorAll('.rp-row:not([hidden])')]
                .map(r => r.innerText + r.style.transform).sort().join(),
            outcome: root.querySelector('[data-part=outcome]').innerText,
            dots: [...root.querySelectorAll('.rp-dots i')].map(d => d.style.transform).join(),
            cursor: root.querySelector('[data-part=cursor]').style.transform,
        })"""
    )


def frame(tab):
    tab.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def test_a_drag_moves_everything_at_once_and_python_hears_of_the_release(open_tab):
    tab = open_tab().drawn()
    curves = tab.inside("root => root.querySelector('[data-part=plot]').innerHTML")
    tab.page.mouse.move(*at_fraction(tab, 0.2))
    tab.page.mouse.down()
    frame(tab)
    first, chosen, asked = snapshot(tab), tab.chosen(), tab.runs.asked
    for share in (0.35, 0.5, 0.7):
        tab.page.mouse.move(*at_fraction(tab, share))
        frame(tab)
        now = snapshot(tab)
        assert all(now[name] != first[name] for name in now), share
    assert tab.inside("root => root.querySelector('[data-part=plot]').innerHTML") == curves
    tab.page.mouse.up()
    tab.wait_for_python()
    assert tab.chosen() != chosen
    assert tab.runs.asked == asked + 1  # nothing was sent while the button was down
    assert tab.complaints == []


def test_the_cursor_stands_where_it_is_dragged(open_tab):
    tab = open_tab().drawn()
    for share in (0.1, 0.45, 0.9):
        x, y = at_fraction(tab, share)
        tab.page.mouse.click(x, y)
        frame(tab)
        box = tab.slider.bounding_box()
        width = tab.part("hit").bounding_box()["width"]
        assert abs(box["x"] + box["width"] / 2 - x) <= 0.51 * width / tab.last() + 1


def test_touch_drags_sideways_and_leaves_scrolling_to_the_page(open_tab):
    tab = open_tab(width=390, height=844, has_touch=True, is_mobile=True, query=DIABETES).drawn()
    assert tab.part("hit").evaluate("e => getComputedStyle(e).touchAction") == "pan-y"
    tab.slider.scroll_into_view_if_needed()
    session = tab.context.new_cdp_session(tab.page)

    def touch(kind, share=None):
        points = []
        if share is not None:
            x, y = at_fraction(tab, share)
            points = [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.2)
    for share in (0.3, 0.5, 0.8):
        touch("touchMove", share)
        frame(tab)
    assert tab.position() > 0.7 * tab.last()
    touch("touchEnd")
    tab.wait_for_python()
    assert tab.complaints == []


def test_keys_move_and_one_rerun_follows(open_tab):
    tab = open_tab().drawn()
    press, last = tab.page.keyboard.press, tab.last()
    tab.slider.focus()
    for key, wanted in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("ArrowUp", 2),
        ("PageUp", 12),
        ("ArrowLeft", 11),
        ("ArrowDown", 10),
        ("PageDown", 0),
        ("ArrowLeft", 0),
        ("End", last),
        ("ArrowRight", last),
    ):
        press(key)
        frame(tab)
        assert tab.position() == wanted, key
    start = tab.chosen()
    press("Home")
    press("ArrowRight")
    assert tab.chosen() == start
    tab.wait_for_python()
    assert tab.chosen() != start
    press("r")
    frame(tab)
    assert tab.lam() == pytest.approx(0.007064, rel=1e-3)
    press("n")
    tab.wait_for_python()
    assert tab.part("caption").inner_text().split(":")[0] in tab.part("spoken").inner_text()


def test_the_slider_speaks(open_tab):
    tab = open_tab().drawn()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    said = tab.slider.get_attribute("aria-valuetext")
    assert said.startswith("lambda ")
    assert "0 of 30 features kept, test accuracy 0." in said
    status = tab.part("spoken")
    assert status.get_attribute("aria-live") == "polite"
    assert said in status.inner_text()


def test_rule_buttons_and_reset_go_to_their_lines(open_tab):
    tab = open_tab().drawn()
    for name, rule in (("λ min", "min"), ("λ 1se", "1se")):
        tab.part("rules").get_by_text(name, exact=True).click()
        frame(tab)
        line = tab.page.locator(f".rp-mark-{rule}").bounding_box()["x"]
        box = tab.slider.bounding_box()
        assert box["x"] + box["width"] / 2 == pytest.approx(line, abs=1.5)
    chosen = tab.position()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.part("reset").click()
    frame(tab)
    assert tab.position() == chosen
    tab.wait_for_python()


def test_an_event_goes_to_its_strength(open_tab):
    tab = open_tab().drawn()
    event = tab.part("events").get_by_role("button").nth(3)
    text = event.inner_text()
    event.click()
    tab.wait_for_python()
    assert event.get_attribute("aria-current") == "true"
    name = text.split("\n")[-1].split(" (")[0]
    assert name in tab.part("caption").inner_text() + tab.part("spoken").inner_text()


def test_python_moves_the_cursor(open_tab):
    tab = open_tab().drawn()
    field = tab.page.get_by_role("textbox", name="scikit-learn LogisticRegression C", exact=True)
    field.fill("1")
    field.press("Enter")
    told = "() => document.querySelector('.rp-chosen').innerText.includes('C = 1,')"
    tab.page.wait_for_function(told)
    tab.page.get_by_text("fit and certified exactly here").wait_for()
    tab.settle()
    assert tab.lam() == pytest.approx(1 / 426, rel=1e-3)
    assert tab.last() == 100  # one point more than the grid
    before = tab.position()
    tab.slider.focus()
    tab.page.keyboard.press("ArrowLeft")
    tab.wait_for_python()
    assert tab.position() == before - 1


def test_a_change_of_theme_repaints_and_keeps_the_place(open_tab):
    tab = open_tab().drawn()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    tab.wait_for_python()
    root = tab.part("root")
    assert root.get_attribute("data-look") == "light"
    light = tab.inside("root => root.querySelector('.ytick text, .xtick text').style.fill")
    tab.page.emulate_media(color_scheme="dark")
    tab.page.locator("[data-look=dark]").wait_for()
    tab.settle()
    dark = tab.inside("root => root.querySelector('.ytick text, .xtick text').style.fill")
    assert dark != light
    assert tab.position() == 0
    assert tab.complaints == []


def test_a_reload_keeps_the_state(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    tab.part("axis").select_option("deviance")
    tab.part("class").select_option("2")
    tab.page.locator(".rp-row-name").first.click()
    tab.slider.focus()
    tab.page.keyboard.press("Home")
    for _ in range(2):
        tab.page.keyboard.press("PageUp")
    tab.wait_for_python()
    before = (tab.position(), tab.tile(), tab.page.url)
    pinned = tab.page.locator(".rp-row-name[aria-pressed=true]").all_inner_texts()
    with tab.rerun():
        tab.page.reload()
    tab.drawn()
    assert (tab.position(), tab.tile(), tab.page.url) == before
    assert tab.part("axis").input_value() == "deviance"
    assert tab.part("class").input_value() == "2"
    tab.page.keyboard.press("End")
    assert tab.page.locator(".rp-row-name[aria-pressed=true]").all_inner_texts() == pinned
    assert "species" in tab.page.locator(".rp-head p").inner_text()


def test_every_axis_keeps_the_strength_and_runs_from_strong_to_weak(open_tab):
    tab = open_tab().drawn()
    lam = tab.lam()
    for axis in ("log_C", "norm", "deviance", "features", "log_lambda"):
        tab.part("axis").select_option(axis)
        frame(tab)
        assert tab.lam() == lam
        box, hit = tab.slider.bounding_box(), tab.part("hit").bounding_box()
        inside = (box["x"] + box["width"] / 2 - hit["x"]) / hit["width"]
        assert 0.0 < inside < 1.0
        tab.page.mouse.click(*at_fraction(tab, 0.999))
        frame(tab)
        assert tab.position() == tab.last()
        tab.page.mouse.click(*at_fraction(tab, 0.001))
        frame(tab)
        assert tab.position() == 0
        tab.part("reset").click()
        frame(tab)
    assert tab.complaints == []


def test_units_are_one_fit_in_other_words(open_tab):
    tab = open_tab().drawn()
    name = tab.page.locator(".rp-row-name").first.inner_text()

    def value():
        row = tab.page.locator(".rp-row", has=tab.page.locator(f'[title="{name}"]'))
        text = row.locator(".rp-row-value").inner_text()
        return float(text.strip("\u00d7").replace("\u2212", "-"))

    per_sd = value()
    tab.part("units").select_option("odds_ratio")
    ratio = value()
    tab.part("units").select_option("original")
    tab.part("scale").click()
    assert tab.part("scale").get_attribute("aria-pressed") == "true"
    original = value()
    assert original > 0
    assert per_sd > original  # the column's SD is above one
    assert math.log(ratio) == pytest.approx(per_sd, abs=0.01 * ratio)  # of one SD, too


def test_a_threshold_moves_rows_between_the_columns(open_tab):
    tab = open_tab().drawn()
    cells = tab.page.locator(".rp-confusion tbody td")
    before = [int(text) for text in cells.all_inner_texts()]
    tab.page.get_by_role("slider", name="Threshold").fill("90")
    after = [int(text) for text in cells.all_inner_texts()]
    assert sum(before) == sum(after) == 143
    assert after[1] <= before[1]
    assert after[3] < before[3]
    assert after[0] + after[1] == before[0] + before[1]
    assert "for malignant: recall" in tab.page.locator(".rp-rates").inner_text()


def test_columns_open_into_their_levels(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    labels = tab.part("labels")
    assert "island (3)" in labels.inner_text()
    tab.page.get_by_role("button", name="Open 3 levels of island").click()
    assert "island=" in labels.inner_text()
    assert "island (3)" not in labels.inner_text()
    tab.page.get_by_role("button", name="Fold the levels of island").first.click()
    assert "island (3)" in labels.inner_text()


def test_all_classes_stand_below_each_other(open_tab):
    tab = open_tab(query=PENGUINS).drawn()
    assert tab.page.locator(".rp-title-paths").count() == 1
    tab.part("class").select_option("all")
    titles = tab.page.locator(".rp-title-paths").all_inner_texts()
    assert titles == ["Adelie", "Chinstrap", "Gentoo"]
    assert " · " in tab.part("rows").inner_text()
    assert tab.complaints == []


def test_find_hover_and_pin(open_tab):
    tab = open_tab().drawn()
    name = tab.inside(
        """root => {
        const named = new Set([...root.querySelectorAll('.rp-label')].map(l => l.title));
        return [...root.querySelectorAll('[data-part=names] option')].map(o => o.value)
            .find(v => !named.has(v) && v.startsWith('worst')); }"""
    )
    highlighted = "root => root.querySelectorAll('.rp-highlight .rp-thick').length"
    assert tab.inside(highlighted) == 0
    tab.part("find").fill(name)
    assert tab.inside(highlighted) == 1
    tab.part("find").press("Enter")
    assert name in tab.part("labels").inner_text()
    assert tab.page.locator(".rp-row-name[aria-pressed=true]").get_attribute("title") == name
    box = tab.page.locator(".rp-label").first.bounding_box()
    tab.page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert tab.inside(highlighted) == 1
    tab.page.mouse.move(5, 5)
    assert tab.inside(highlighted) == 0
    tab.part("more").locator("summary").click()
    tab.part("unpin").click()
    assert name not in tab.part("labels").inner_text()


def test_play_tells_the_events_and_pauses(open_tab):
    tab = open_tab(query=DIABETES).drawn()
    assert tab.position() > 10  # it begins at the strong end all the same
    tab.part("speed").click()
    assert tab.part("speed").inner_text() == "2×"
    tab.slider.focus()
    tab.page.clock.install()
    tab.page.keyboard.press(" ")
    tab.page.wait_for_function(
        """() => [...document.querySelectorAll('*')].some(e => /enters first, positive/.test(
            e.shadowRoot?.querySelector('[data-part=spoken]')?.textContent))"""
    )
    assert "body_mass_index enters first, positive" in tab.part("caption").inner_text()
    button = tab.part("play")
    assert button.get_attribute("aria-label") == "Pause"
    button.click()
    assert button.get_attribute("aria-label") == "Play from strong to weak"
    here = tab.position()
    tab.page.clock.run_for(5000)
    assert tab.position() == here > 0
    button.click()
    tab.page.clock.run_for(100)
    assert tab.position() >= here  # it goes on where it was paused
    button.click()
    here = tab.position()
    tab.part("next").click()
    tab.page.clock.run_for(1000)
    assert tab.position() > here
    tab.part("previous").click()
    tab.page.clock.run_for(1000)
    assert tab.position() <= here


def test_other_data_leave_nothing_of_the_old_behind(open_tab):
    tab = open_tab().drawn()
    own = tab.part("scale").inner_text()

    def drawn_anew(act):
        before = int(tab.part("root").get_attribute("data-drawn"))
        act()
        tab.page.wait_for_function(
            "([root, before]) => Number(root.dataset.drawn) > before",
            arg=[tab.part("root").element_handle(), before],
        )
        tab.settle()

    def pick(title):
        tab.page.get_by_test_id("stSidebar").get_by_role("combobox").first.click()
        drawn_anew(tab.page.get_by_role("option", name=title).first.click)

    pick("Diabetes")
    tab.part("scale").click()
    assert tab.part("scale").inner_text() != own
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    drawn_anew(lambda: tab.page.set_viewport_size({"width": 1100, "height": 720}))
    text = tab.part("root").inner_text()
    assert "body_mass_index" in text
    assert "worst_" not in text
    pick("Breast cancer")
    assert tab.part("scale").inner_text() == own  # each data set has a view of its own
    pick("Diabetes")
    assert tab.part("scale").inner_text() != own
    assert tab.position() == tab.last()
    assert tab.complaints == []


def test_each_chart_has_its_table(open_tab):
    tab = open_tab(query=DIABETES).drawn()
    for summary in tab.page.locator(".rp-table summary").all():
        summary.click()
    tables = tab.page.locator(".rp-table table")
    assert tables.count() == 4
    rows = tab.last() + 1
    assert tables.nth(0).locator("tbody tr").count() == rows
    assert tables.nth(1).locator("tbody tr").count() == rows
    assert tables.nth(2).locator("tbody tr").count() == 10
    before = tables.nth(2).inner_text()
    tab.slider.focus()
    tab.page.keyboard.press("End")
    tab.wait_for_python()
    assert tables.nth(2).inner_text() != before
    alternative = tab.part("plot").get_attribute("aria-label")
    assert alternative.startswith("Coefficients of 10 features for 100 strengths")
    assert "R²: train from" in alternative


def test_other_scores_can_be_drawn(open_tab):
    tab = open_tab().drawn()
    tab.part("more").locator("summary").click()
    tab.page.get_by_label("AUC").check()
    assert "AUC" in tab.page.locator(".rp-title-score").all_inner_texts()
    for label in ("accuracy", "log-loss"):
        tab.page.get_by_label(label, exact=True).uncheck()
    assert tab.page.locator(".rp-title-score").all_inner_texts() == ["AUC"]
    tab.page.get_by_label("AUC").click()  # one score stays
    assert tab.page.locator(".rp-title-score").all_inner_texts() == ["AUC"]


def test_the_curves_are_saved_as_one_file_with_their_names(open_tab, tmp_path):
    tab = open_tab(query=DIABETES).drawn()
    names = tab.page.locator(".rp-label").all_inner_texts()
    tab.part("more").locator("summary").click()
    picture = ElementTree.parse(tab.download("Save the curves as SVG", tmp_path)).getroot()
    space = "{http://www.w3.org/2000/svg}"
    written = [text.text for text in picture.iter(f"{space}text")]
    assert set(names) <= set(written)
    assert {"λ 1se", "λ min", "← simpler"} <= set(written)
    assert len(list(picture.iter(f"{space}path"))) > 15
    assert not list(picture.iter(f"{space}script"))
    assert tab.complaints == []


def test_motion_is_reduced_where_it_is_asked_for(open_tab):
    tab = open_tab(reduced_motion="reduce").drawn()
    row = tab.page.locator(".rp-row").first
    assert row.evaluate("e => getComputedStyle(e).transitionDuration") in ("0s", "")
    assert tab.complaints == []
