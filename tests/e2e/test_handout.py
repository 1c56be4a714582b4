"""A hand-out in a real browser: from a file, with the network off, dragged."""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import regpath
from tests.conftest import PATIENCE
from tests.e2e.tab import OVERFLOW
from tests.export.studies import bundled_study

HOSTILE = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(90, 4)), columns=[HOSTILE, "b", "c", "d"])
    frame["y"] = np.where(frame[HOSTILE] - frame["b"] + rng.normal(size=90) > 0, "yes", HOSTILE)
    recipe = regpath.Recipe("y", n_lambdas=60, n_folds=3)
    study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
    file = tmp_path_factory.mktemp("stick") / "page.html"
    regpath.export.handout(study, file, text=f"Drag the line.\n\n{HOSTILE}")
    return file


@pytest.fixture(params=[(1280, 720), (390, 844)], ids=["laptop", "phone"])
def opened(browser, page_file, request):
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, offline=True, has_touch=width < 500
    )
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    page.locator("html[data-ready]").wait_for(state="attached")
    yield page, said, asked
    context.close()


def test_it_opens_from_a_file_without_a_request_or_a_complaint(opened, page_file):
    page, said, asked = opened
    assert asked == [page_file.as_uri()]
    assert said == []
    assert page.evaluate("window.hit") is None
    expect(page.get_by_text("Drag the line.")).to_be_visible()
    page.wait_for_function(f"() => {OVERFLOW} <= 0")


def test_the_line_drags_and_everything_follows(opened):
    page, said, _ = opened
    slider = page.get_by_role("slider", name="Strength of the penalty")
    page.locator("[data-part=hit]").scroll_into_view_if_needed()
    box = page.locator("[data-part=hit]").bounding_box()
    y = box["y"] + 40
    page.mouse.move(box["x"] + 0.2 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.2 * box["width"], y)
    before = int(slider.get_attribute("aria-valuenow"))
    page.mouse.move(box["x"] + 0.8 * box["width"], y, steps=8)
    page.wait_for_function(
        "([node, before]) => Number(node.getAttribute('aria-valuenow')) > before + 5",
        arg=[slider.element_handle(), before],
    )
    page.mouse.up()
    strength = page.locator(".rp-tile strong").first
    shown = strength.inner_text()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    expect(strength).not_to_have_text(shown)
    assert said == []


def test_a_reload_keeps_the_place(opened):
    page, _, _ = opened
    slider = page.get_by_role("slider", name="Strength of the penalty")
    slider.press("End")
    page.wait_for_function("() => /^#\\d+$/.test(location.hash)")
    place = slider.get_attribute("aria-valuenow")
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(slider).to_have_attribute("aria-valuenow", place)


def test_what_is_chosen_is_the_models(browser, tmp_path):
    study = bundled_study("iris", n_folds=3)
    lam = float(study.path.lambdas[12])
    file = tmp_path / "iris.html"
    regpath.export.handout(study, file, lam=lam)
    page = browser.new_page(offline=True)
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(file.as_uri())
    page.locator("html[data-ready]").wait_for(state="attached")
    told = page.get_by_role("slider", name="Strength of the penalty").get_attribute(
        "aria-valuetext"
    )
    page.close()
    kept = int(study.path.n_nonzero[12])
    assert re.search(rf"\b{kept}\b", told), told


def test_a_lesson_asks_first_and_then_shows_its_steps_and_every_model(browser, tmp_path):
    file = tmp_path / "rare.html"
    lesson = regpath.lessons.lesson_called("rare_feature")
    regpath.export.lesson_handout(lesson, file, answers=True)
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(file.as_uri())
    slider = page.get_by_role("slider", name="Strength of the penalty")
    page.locator("html[data-loaded]").wait_for(state="attached")
    expect(slider).to_be_hidden()
    expect(page.get_by_text("The data say")).to_have_count(2)
    expect(page.get_by_text("The data say").first).to_be_hidden()
    page.get_by_label("Your prediction").fill("12")
    page.get_by_role("button", name="Lock it in").click()
    expect(page.get_by_role("status").first).to_contain_text("One prediction is missing")
    page.locator("[data-drawing] svg").click()
    page.get_by_role("button", name="Lock it in").click()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(slider).to_be_visible()
    expect(page.get_by_text("The data say").first).to_be_visible()
    expect(page.get_by_label("Your prediction")).to_be_disabled()
    page.get_by_role("button", name="Show it in the explorer").nth(1).click()
    expect(page.get_by_role("button", name="L1", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.get_by_label("Your prediction")).to_have_value("12")
    page.get_by_role("button", name="Begin again").click()
    expect(page.get_by_label("Your prediction")).to_be_enabled()
    assert said == []
    assert set(asked) == {file.as_uri()}
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    context.close()
