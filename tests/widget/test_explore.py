"""The explorer in a notebook: its strength is read and set from Python, its cursor dragged."""

import json

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import regpath
from regpath.widget.parts import module_source, style_source
from tests.conftest import PATIENCE

anywidget = pytest.importorskip("anywidget")
HOSTILE = "</script><img src=x onerror='window.hit = 1'>"
# What a notebook does: hands the module a model to get from, set to, and hear of.
HOST = """
async ([source, css, state]) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const heard = {};
  window.model = {
    state,
    saved: 0,
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
      (heard[`change:${name}`] ?? []).forEach((f) => f());
    },
    save_changes: () => { window.model.saved += 1; },
    on: (event, f) => (heard[event] ??= []).push(f),
    off: (event, f) => { heard[event] = heard[event].filter((each) => each !== f); },
    heard,
  };
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  window.leave = await widget.render({ model: window.model, el: document.getElementById("el") });
}
"""


@pytest.fixture(scope="module")
def study():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(80, 3)), columns=[HOSTILE, "b", "c"])
    frame["y"] = np.where(frame[HOSTILE] - frame["b"] + rng.normal(size=80) > 0, "yes", HOSTILE)
    recipe = regpath.Recipe("y", n_lambdas=30, n_folds=3)
    return regpath.run_study(regpath.Table.from_frame(frame), recipe)


def test_the_strength_is_read_and_set_and_any_strength_is_honoured(study):
    widget = regpath.explore(study)
    assert widget.lam == study.path.lambdas[widget.index]
    widget.lam = study.path.lambdas[7]
    assert widget.index == 7
    assert widget.study is study
    widget.lam = 0.01234567
    assert widget.lam == 0.01234567
    assert len(widget.study.path.lambdas) == 31
    assert widget.study.path.converged.all()
    widget.index = 999  # what a browser says is checked
    assert widget.index == 30


def test_a_frame_and_its_target_will_do():
    frame = regpath.datasets.load("iris").frame
    widget = regpath.explore(frame, "species", l1_ratio=0.5, n_lambdas=12, n_folds=3, lam=0.05)
    assert widget.lam == 0.05
    assert widget.study.path.l1_ratio == 0.5


def test_what_is_missing_or_too_much_is_named(study):
    with pytest.raises(regpath.ParameterError, match="no target"):
        regpath.explore(study.table)
    with pytest.raises(regpath.ParameterError, match="has its target"):
        regpath.explore(study, "y")
    with pytest.raises(regpath.ParameterError, match="number above 0"):
        regpath.explore(study).lam = -1.0


@pytest.mark.browser
def test_it_drags_obeys_and_asks_for_nothing(browser, study):
    widget = regpath.explore(study, lam=study.path.lambdas[10])
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_default_timeout(1000 * PATIENCE)
    said, asked = [], []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.set_content("<!doctype html><div id=el></div>")
    state = {"payload": json.loads(json.dumps(widget.payload)), "index": widget.index}
    page.evaluate(HOST, [module_source(), style_source(), state])
    cursor = page.get_by_role("slider", name="Strength of the penalty")
    expect(cursor).to_have_attribute("aria-valuenow", "11")
    cursor.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("window.model.state.index === 13 && window.model.saved > 0")
    page.evaluate("window.model.set('index', 4)")
    expect(cursor).to_have_attribute("aria-valuenow", "5")
    assert page.locator(".rp-tile").first.evaluate("node => getComputedStyle(node).borderRadius")
    page.evaluate("window.leave()")
    assert page.evaluate("Object.values(window.model.heard).flat().length") == 0
    assert page.evaluate("window.hit") is None
    assert page.evaluate("window.Plotly") is None  # the notebook's own would be replaced
    assert said == []
    assert [url for url in asked if not url.startswith(("blob:", "data:", "about:"))] == []
    page.close()
