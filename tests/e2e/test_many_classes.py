"""Many classes: curves of sizes over all, and colours for features by classes at the cursor."""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import regpath
from regpath.explorer import payload

CLASSES = [f"a place called {letter}" for letter in "abcdef"]


def sent(names):
    rng = np.random.default_rng(4)
    y = rng.integers(0, len(CLASSES), 120)
    X = rng.normal(size=(120, len(names))) + rng.normal(size=(len(CLASSES), len(names)))[y]
    frame = pd.DataFrame(X, columns=names).assign(place=np.array(CLASSES)[y])
    study = regpath.run_study(frame, regpath.Recipe("place", n_lambdas=20))
    return study.path, payload(study)


@pytest.fixture(scope="module")
def many():
    return sent(["wind", "rain", "sun", "a column with a very long name", "snow"])


@pytest.fixture(scope="module")
def pixels():
    return sent([f"pixel_{row}_{column}" for row in range(3) for column in range(4)])


def of_cells(tab):
    """Colour in the middle of every cell of the table of colours, by row and class."""
    return tab.page.evaluate(
        """() => { const { plan, canvas, model } = window.explorer.bars;
            const ink = canvas.getContext('2d'), dpr = window.devicePixelRatio;
            const [wide, tall] = [plan.wide / model.K, plan.tall / plan.rows];
            const place = (n, k) => [dpr * (k + 0.2) * wide, dpr * (n + 0.2) * tall];
            const at = (n, k) => ink.getImageData(...place(n, k), 1, 1);
            const range = count => [...Array(count).keys()];
            return range(plan.rows).map(n => range(model.K).map(k => [...at(n, k).data])); }"""
    )


def test_curves_are_sizes_over_all_classes_and_fit_the_screen(open_tab, many):
    path, facts = many
    tab = open_tab(bare=True)
    tab.mount(facts, index=15)
    expect(tab.part("class")).to_have_value("all")
    curves = tab.page.evaluate(
        """() => { const { panels } = window.explorer.drawn;
            const [panel, ...more] = panels.filter(({ kind }) => kind === 'paths');
            const told = panel.named.map(({ item, curves }) => [item.label, [...curves[0]]]);
            return [more.length, told]; }"""
    )
    assert curves[0] == 0
    sizes = np.linalg.norm(path.coefs("standardized"), axis=0)
    for name, curve in curves[1]:
        expected = sizes[path.feature_names.index(name)]
        assert curve == pytest.approx(expected.tolist(), abs=1e-6)
    expect(tab.part("labels")).to_contain_text("size over all 6 classes")
    assert tab.page.evaluate("window.explorer.drawn.box.height") < 720
    assert tab.complaints == []


def test_colours_tell_the_sign_and_the_size_of_every_coefficient(open_tab, many):
    path, facts = many
    tab = open_tab(bare=True)
    tab.mount(facts, index=15)
    names = [node.get_attribute("title") for node in tab.page.locator(".rp-heat-name").all()]
    coefs = path.coefs("standardized")[:, :, 15]
    by_size = np.argsort(-np.abs(coefs).max(axis=0), kind="stable")
    assert names == [path.feature_names[j] for j in by_size]
    for row, j in zip(of_cells(tab), by_size, strict=True):
        for (red, _, blue, _), value in zip(row, coefs[:, j], strict=True):
            assert np.sign(blue - red) == np.sign(value)
    assert "a column with a very long name" in names


def test_a_cell_says_what_it_holds_and_a_name_pins_its_row_to_the_top(open_tab, many):
    tab = open_tab(bare=True)
    tab.mount(many[1], index=15)
    names = tab.page.locator(".rp-heat-name")
    last = names.last.get_attribute("title")
    box = tab.still(tab.page.locator(".rp-heat"))
    tab.page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 3)
    first = names.first.get_attribute("title")
    said = re.compile(rf"^{re.escape(first)}, class a place called f: ")
    expect(tab.page.locator(".rp-heat-at")).to_have_text(said)
    names.last.click()
    expect(names.first).to_have_attribute("title", last)
    expect(names.first).to_have_attribute("aria-pressed", "true")


def test_features_on_a_grid_are_pictures(open_tab, pixels):
    path, facts = pixels
    tab = open_tab(bare=True)
    tab.mount(facts, index=15)
    expect(tab.page.locator(".rp-heat-class")).to_have_count(len(CLASSES))
    place = tab.page.evaluate(
        """() => { const { plan, canvas } = window.explorer.bars, found = [];
            for (let x = 0; x < plan.wide; x++) for (let y = 0; y < plan.tall; y++) {
                const { item, k } = plan.find(x, y);
                if (item?.label === 'pixel_1_2' && k === 3) found.push([x, y]); }
            const box = canvas.getBoundingClientRect();
            const middle = found[Math.floor(found.length / 2)];
            return [box.left + middle[0], box.top + middle[1]]; }"""
    )
    tab.page.mouse.move(*place)
    told = tab.page.locator(".rp-heat-at")
    expect(told).to_have_text(re.compile("^(1_2, class a place called d: |pixel_1_2, class)"))
    said = told.inner_text()
    value = path.coefs("standardized")[3, path.feature_names.index("pixel_1_2"), 15]
    shown = float(said.rsplit(" ", 1)[1].replace("\u2212", "-"))
    assert shown == pytest.approx(value, rel=5e-3, abs=1e-3)


GRIDS = [
    (["pixel_0_0", "pixel_0_1"], None),
    ([f"p{r}x{c}" for r in range(3) for c in range(3)], [3, 3]),
    ([f"pixel_{r}_{c}" for r in range(1, 5) for c in range(2, 6) if r != c], [4, 4]),
    (["age", *(f"p{r}x{c}" for r in range(3) for c in range(3))], None),
    ([f"x{r}_1" for r in range(9)], None),
]


@pytest.mark.parametrize(("names", "shape"), GRIDS)
def test_only_names_that_fill_a_grid_are_one(shared_tab, names, shape):
    found = shared_tab.js("async (load, names) => (await load('grid.js')).gridOf(names)", names)
    assert (found and [found["rows"], found["columns"]]) == shape
