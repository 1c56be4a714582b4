"""A hand-out in a real browser: from a file, with the network off, dragged."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import regpath
from regpath.export.handing_out import lesson_page
from regpath.export.handing_out.lesson_page import _judged
from regpath.lessons.lesson import Fact, Prediction
from regpath.lessons.truths import along_strengths
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


OPTIONS = tuple(SimpleNamespace(says=says) for says in ("it grows", "it shrinks"))
FACTS = {
    "number": Fact("kept", {"at": "weak"}),
    "order": Fact("order_of_entry", {}),
    "marker": Fact("entry", {"feature": "a"}),
}
CURVE = (np.geomspace(2.0, 0.001, 30), np.linspace(0.2, 0.9, 30) ** 2)
GIVEN = [  # a kind of prediction, what the data say, and what was predicted
    ("number", 7.25, 12.0, "12", "4.75"),
    ("number", -0.001234, -0.5, "-0.5", "0.499"),
    ("choice", 1, 1, "it shrinks", "none"),
    ("choice", 0, 1, "it shrinks", "another option"),
    ("order", ["a", "b", "c"], ["c", "a", "b"], "c, then a, then b", "2 pairs"),
    ("order", ["a", "b", "c"], ["a", "c", "b"], "a, then c, then b", "1 pair the"),
    ("marker", 0.02, 0.05, "0.05", "a factor of 2.5, too strong"),
    ("marker", 0.02, 0.004, "0.004", "a factor of 5, too weak"),
    ("marker", 0.02, 0.02, "0.02", "none"),
    ("marker", 0.02, 0.02003, "0.02", "none"),
    ("sketch", CURVE, [0.1, 0.1, 0.2, 0.3, 0.3, 0.5, 0.7, 0.9], "your curve", "of its height"),
]


def test_a_page_judges_every_kind_of_prediction_as_python_does(browser):
    asked = [
        Prediction("?", kind, None, truth=FACTS.get(kind), options=OPTIONS, within=0.5)
        for kind, *_ in GIVEN
    ]
    truths = SimpleNamespace(answers=tuple(truth for _, truth, *_ in GIVEN))
    judged = _judged(SimpleNamespace(predictions=asked), truths)
    page = browser.new_page()
    page.add_script_tag(path=Path(lesson_page.__file__).with_name("lesson.js"))
    for one, told, (kind, truth, given, said, apart) in zip(asked, judged, GIVEN, strict=True):
        typed = np.log10(given) if kind == "marker" else given
        found = page.evaluate("([one, given]) => JUDGES[one.kind](one, given)", [told, typed])
        known = along_strengths(truth[0], given) if kind == "sketch" else given
        np.testing.assert_allclose(found["distance"], one.distance_from(known, truth), rtol=1e-9)
        assert said in found["said"]
        assert apart in found["apart"]
    page.close()


def test_pictures_are_chosen_between_before_anything_else_is_shown(browser, tmp_path):
    file = tmp_path / "shapes.html"
    lesson = regpath.lessons.lesson_called("diamond_or_circle")
    regpath.export.lesson_handout(lesson, file, answers=True)
    page = browser.new_page(viewport={"width": 390, "height": 844}, offline=True)
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(file.as_uri())
    form = page.locator("#predictions")
    expect(form.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(form.locator("[data-figure].js-plotly-plot")).to_have_count(2)
    expect(page.locator("[data-part=steps]")).to_be_hidden()
    page.get_by_label("Picture B").check()
    for place, select in enumerate(form.locator("select").all(), 1):
        select.select_option(index=place)
    page.get_by_role("button", name="Lock it in").click()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.locator("[data-judged]").first).to_contain_text("You predicted: Picture B. ✓")
    expect(page.locator("[data-part=steps] [data-figure].js-plotly-plot").first).to_be_visible()
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    page.close()


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
    for refused, words in (("1,000", "could be two"), ("-1", "too small"), ("1e6", "too large")):
        page.get_by_label("Your prediction").fill(refused)
        page.get_by_role("button", name="Lock it in").click()
        expect(page.get_by_role("status").first).to_contain_text(words)
    page.get_by_label("Your prediction").fill("12,0")
    page.get_by_role("button", name="Lock it in").click()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(slider).to_be_visible()
    expect(page.get_by_text("The data say").first).to_be_visible()
    expect(page.get_by_label("Your prediction")).to_be_disabled()
    apart = abs(12 - lesson.predictions[0].answer())
    judged = page.locator("[data-judged]")
    expect(judged.first).to_contain_text(f"You predicted: 12. ✓ Distance: {apart:.3g}.")
    expect(judged.nth(1)).to_contain_text("Distance: a factor of")
    page.get_by_role("button", name="Show it in the explorer").nth(1).click()
    expect(page.get_by_role("button", name="L1", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.get_by_label("Your prediction")).to_have_value("12,0")
    page.get_by_role("button", name="Begin again").click()
    expect(page.get_by_label("Your prediction")).to_be_enabled()
    assert said == []
    assert set(asked) == {file.as_uri()}
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    context.close()
