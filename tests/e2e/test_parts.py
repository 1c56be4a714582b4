"""The parts of the explorer one by one, in the browser that runs them."""

import math
import re
from dataclasses import replace

import numpy as np
import plotly.offline
import pytest
import streamlit
from playwright.sync_api import expect

import regpath
from regpath.charts.ticks import log_ticks
from regpath.core.conversions.typed import read_number
from regpath.errors import ParameterError
from regpath.explorer import payload
from regpath.explorer.packing import pack
from regpath.number_format import FORMATS, writing
from regpath.ui.explorer import ASSETS
from regpath.wording import number_text
from tests.test_wording import WRITTEN

TESTED_STREAMLIT = "1.67"  # component v2, `--st-*` variables; try the explorer before raising it


@pytest.fixture
def tab(shared_tab):
    """The page only lends its origin: each test loads the modules that it asks."""
    return shared_tab


@pytest.fixture(scope="module")
def study():
    table = regpath.datasets.load("breast_cancer")
    return regpath.run_study(table, regpath.Recipe(target="diagnosis", family="binomial"))


def test_the_browser_reads_every_bit_that_python_packs(tab):
    rng = np.random.default_rng(0)
    arrays = {
        "u1": rng.integers(0, 256, (3, 5)).astype("u1"),
        "u2": rng.integers(0, 2**16, (2, 3, 4)).astype("u2"),
        "u4": rng.integers(0, 2**32, 7).astype("u4"),
        "f4": np.array([[0.1, -3e38, 1e-40], [np.inf, 0.0, -0.0]], "f4"),
        "f8": np.array([np.pi, -1e-300, 5e300, 0.0]),
        "none": np.zeros((4, 0), "u2"),
        "wave": (2**15 * (1 - np.cos(np.arange(400) / 9)).reshape(2, 200)).astype("u2"),
        "steps": (np.arange(400).reshape(4, 100) // 9).astype("u4"),
        "few": (rng.random((40, 30)) < 0.05).astype("u1"),
    }
    read = tab.js(
        """async (load, packed) => {
            const arrays = await (await load('payload.js')).unpack(packed);
            return Object.fromEntries(Object.entries(arrays).map(([k, v]) =>
                [k, [...new Uint8Array(v.buffer, v.byteOffset, v.byteLength)]]));
        }""",
        pack(arrays),
    )
    assert read == {name: list(array.tobytes()) for name, array in arrays.items()}


def test_the_markup_is_not_seen_before_its_style_sheet_has_come(tab):
    html, css = ((ASSETS / f"explorer.{kind}").read_text() for kind in ("html", "css"))
    seen = tab.js(
        """async (load, [html, css]) => {
            const host = document.createElement('div');
            document.body.append(host);
            host.innerHTML = html;
            const look = getComputedStyle(host.firstElementChild);
            const before = look.opacity;
            host.insertAdjacentHTML('beforeend', `<style>${css}</style>`);
            const after = look.opacity;
            host.remove();
            return [before, after];
        }""",
        [html, css],
    )
    assert seen == ["0", "1"]


def test_another_version_of_the_payload_is_refused(tab, study):
    said = tab.js(
        """async (load, payload) => (await load('model.js')).readModel(payload)
            .then(() => '', error => error.message)""",
        {**payload(study), "version": 999},
    )
    assert "payload version 999" in said
    assert "reload" in said


def spread(tab, wanted, gap, low, high):
    return tab.js(
        "async (load, arg) => (await load('geometry.js')).spread(...arg)", [wanted, gap, low, high]
    )


def test_names_keep_their_gap_and_move_as_little_as_they_must(tab):
    assert spread(tab, [1.0, 1.0], 0.5, 0, 2) == [0.75, 1.25]
    assert spread(tab, [1.0, 1.0], 0.5, 0, 1) == [0.5, 1.0]
    assert spread(tab, [], 1, 0, 1) == []
    assert spread(tab, [0.9, -0.4, 0.2], 0.5, -2, 2) == pytest.approx([0.9, -0.4, 0.2])
    rng = np.random.default_rng(1)
    for _ in range(30):
        wanted = rng.normal(size=rng.integers(1, 12))
        placed = np.array(spread(tab, wanted.tolist(), 0.4, -3.0, 3.0))
        room = min(0.4, 6.0 / max(1, len(wanted) - 1))
        order = np.argsort(wanted, kind="stable")
        assert (np.diff(placed[order]) >= room - 1e-9).all()
        assert placed.min() >= -3 - 1e-9
        assert placed.max() <= 3 + 1e-9


def test_the_least_squares_places(tab):
    from scipy.optimize import minimize

    wanted = [0.0, 0.05, 0.1, 0.9]
    limits = [{"type": "ineq", "fun": lambda z, i=i: z[i + 1] - z[i] - 0.2} for i in range(3)]
    best = minimize(lambda z: np.sum((z - wanted) ** 2), wanted, constraints=limits)
    assert spread(tab, wanted, 0.2, -5, 5) == pytest.approx(best.x, abs=1e-4)


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_numbers_are_written_as_people_read_them(tab, value, text):
    code = "async (load, v) => (await load('numbers.js')).short(v === null ? NaN : v)"
    assert tab.js(code, None if math.isnan(value) else value) == text


@pytest.mark.parametrize("numbers", FORMATS.values(), ids=FORMATS)
def test_python_and_the_browser_write_numbers_with_the_same_signs(tab, numbers):
    values = [value for value, _ in WRITTEN if not math.isnan(value)]
    code = """async (load, [signs, values]) => {
        const own = await load('numbers.js');
        own.writeNumbers(signs);
        const texts = [...values.map((v) => own.short(v)), own.whole(1234567), own.score(0.5),
            own.fixed(12.26, 1), ...own.tickTexts([40000, 60000]), ...own.decadeTexts([0.5, 2])];
        own.writeNumbers();
        return texts;
    }"""
    with writing(numbers):
        wanted = [number_text(value) for value in values]
    others = ["1,234,567", "0.500", "12.3", "40,000", "60,000", "0.5", "2"]
    wanted += map(numbers.written, others)
    assert tab.js(code, [[numbers.decimal, numbers.thousands], values]) == wanted


TICKS = [
    ([0.0, 0.5, 1.0], ["0", "0.5", "1"]),
    ([0.9146, 0.9147, 0.9148], ["0.9146", "0.9147", "0.9148"]),
    ([0.91468, 0.9147, 0.91472], ["0.91468", "0.9147", "0.91472"]),
    ([-20.0, 0.0, 20.0], ["\u221220", "0", "20"]),
    ([0.25, 0.5, 0.75], ["0.25", "0.5", "0.75"]),
    ([40000.0, 60000.0], ["40,000", "60,000"]),
    ([0.0, 2e-5, 4e-5], ["0", "2×10⁻⁵", "4×10⁻⁵"]),
    ([5e8, 1e9, 1.5e9], ["0.5×10⁹", "1×10⁹", "1.5×10⁹"]),
    ([0.0], ["0"]),
]


@pytest.mark.parametrize(("values", "texts"), TICKS)
def test_ticks_of_one_axis_differ_and_are_written_alike(tab, values, texts):
    code = "async (load, v) => (await load('numbers.js')).tickTexts(v)"
    assert tab.js(code, values) == texts


def test_powers_of_ten_are_written_alike_on_one_axis(tab):
    code = "async (load, v) => (await load('numbers.js')).decadeTexts(v)"
    assert tab.js(code, [0.01, 0.1, 1, 10]) == ["0.01", "0.1", "1", "10"]
    assert tab.js(code, [1e-4, 1e-3, 0.01, 1, 10]) == ["10⁻⁴", "10⁻³", "10⁻²", "1", "10"]
    assert tab.js(code, [2e-4, 5e-4]) == ["2×10⁻⁴", "5×10⁻⁴"]
    assert tab.js(code, [-1e-4, 0, 1e-4]) == ["\u221210⁻⁴", "0", "10⁻⁴"]


def axis_of(tab, counts, lambdas, axis):
    return tab.js(
        """async (load, [counts, lambdas, axis]) => {
            const model = { n_obs: 50, arrays: { n_nonzero: counts, lambdas,
                norm: lambdas.map(v => 5 - v), dev_ratio: lambdas.map(v => 1 - v) } };
            const made = (await load('axis.js')).makeAxis(model, axis);
            return { ...made, x: [...made.x] };
        }""",
        [counts, lambdas, axis],
    )


@pytest.mark.parametrize("axis", ["log_lambda", "log_C", "norm", "deviance", "features"])
def test_axes_run_from_strong_to_weak(tab, axis):
    lambdas = np.geomspace(0.9, 0.001, 12).tolist()
    made = axis_of(tab, [0, 1, 1, 2, 1, 1, 4, 4, 5, 5, 5, 7], lambdas, axis)
    assert (np.diff(made["x"]) > 0).all()
    low, high = made["range"]
    assert low < made["x"][0]
    assert made["x"][-1] < high
    assert made["ticks"]
    if axis == "log_lambda":
        assert [text for _, text in made["ticks"]] == ["0.001", "0.01", "0.1"]
    if axis == "features":
        steps = dict(zip([0, 1, 2, 4, 5, 7], [0, 1, 3, 6, 8, 11], strict=True))
        assert all(made["x"][i] == count for count, i in steps.items())


@pytest.mark.parametrize(
    "ends", [(3.0, 0.02), (0.8, 3e-6), (40.0, 5e-9), (0.3, 0.02), (4e-5, 3e-6), (0.92, 0.91)]
)
def test_charts_of_other_pages_have_the_ticks_of_the_explorer(tab, ends):
    made = axis_of(tab, [0] * 9, np.geomspace(*ends, 9).tolist(), "log_lambda")
    values, texts = log_ticks(*sorted(ends))
    assert sorted(text for _, text in made["ticks"]) == sorted(texts)
    places = sorted(10.0**-place for place, _ in made["ticks"])
    np.testing.assert_allclose(places, sorted(values), rtol=1e-6)


def test_the_rules_names_have_a_line_of_their_own_where_what_is_beside_leaves_no_room(tab):
    code = "async (load, options) => (await load('geometry.js')).arrange(options)"
    panels = [{"kind": "paths", "id": "paths"}, {"kind": "score", "id": "score"}]
    marks = {"need": 110, "from": 98, "until": 80, "half": 28}
    size = {"height": 480, "panels": panels, "size": 1}
    wide, narrow = (tab.js(code, {**size, "width": width, "marks": marks}) for width in (900, 280))
    assert (wide["marks"]["top"], wide["marks"]["from"]) == (4, 98)
    assert narrow["marks"]["top"] > wide["marks"]["top"]
    assert narrow["marks"]["from"] == narrow["left"]
    assert narrow["top"] > wide["top"]
    assert wide["height"] == pytest.approx(narrow["height"], abs=2)


@pytest.mark.parametrize("axis", ["log_lambda", "log_C", "norm", "deviance", "features"])
def test_an_axis_of_one_strength_has_room(tab, axis):
    low, high = axis_of(tab, [3], [0.1], axis)["range"]
    assert high > low


def test_of_several_strengths_at_one_place_the_nearest_to_the_cursor_is_meant(tab):
    code = "async (load, a) => (await load('geometry.js')).nearest(...a)"
    assert tab.js(code, [[0, 10, 10, 10, 20], 11, 2]) == 2
    assert tab.js(code, [[0, 10, 10, 10, 20], 11, 0]) == 1
    assert tab.js(code, [[0, 10, 10, 10, 20], 11, 4]) == 3
    assert tab.js(code, [[0, 10, 10, 10, 20], -5, 4]) == 0


def test_a_view_from_an_address_is_checked_part_by_part(tab, study):
    bad = {
        "axis": "sideways",
        "units": 3,
        "class": "9",
        "scale": None,
        "scores": ["x", "auc"],
        "span": "wide",
        "zoom": [5, 2],
        "enlarged": 7,
        "threshold": "50",
        "large": "yes",
        "pins": [1, "f2", *"abcdefg"],
        "open": ["a", -1, 0],
    }
    view = tab.js(
        """async (load, [payload, saved]) => {
            const model = await (await load('model.js')).readModel(payload);
            return (await load('view.js')).startView(model, saved);
        }""",
        [payload(study), bad],
    )
    assert view == {
        "axis": "log_lambda",
        "units": "standardized",
        "class": "0",
        "scale": "own",
        "scores": ["auc"],
        "span": "choice",
        "zoom": None,
        "enlarged": None,
        "threshold": 50,
        "speed": 1,
        "large": False,
        "pins": ["f2", "a", "b", "c", "d"],
        "open": [0],
    }


def test_plotly_draws_where_the_cursor_thinks_it_does(open_tab, study):
    """Guards what is semi-private in plotly.js; here alone is it asked for."""
    tab = open_tab(bare=True)
    tab.mount(payload(study))
    for axis in ("log_lambda", "deviance", "features"):
        away = tab.page.evaluate(
            """async axis => {
                const e = window.explorer;
                document.querySelector('[data-part=axis]').value = axis;
                document.querySelector('[data-part=axis]').onchange();
                const painted = () => new Promise(requestAnimationFrame);
                do await painted(); while (document.querySelector('.rp-tweening'));
                const { _fullLayout: full } = document.querySelector('[data-part=plot]');
                const x = e.drawn.axis.x;
                const drawn = v => full._size.l + full.xaxis.l2p(v);
                const across = Array.from(x, (v, i) => Math.abs(drawn(v) - e.pixels[i]));
                const down = e.drawn.panels.flatMap((panel, p) => {
                    const axis = full['yaxis' + (p ? p + 1 : '')];
                    return panel.range.map((v, end) =>
                        Math.abs(axis._offset + axis.l2p(v) - (end ? panel.y0 : panel.y1)));
                });
                return [Math.max(...across), Math.max(...down)];
            }""",
            axis,
        )
        assert max(away) < 0.6, axis


def test_points_without_proof_are_hollow_and_said(open_tab, study):
    bad = np.zeros(len(study.path.lambdas), bool)
    bad[[20, 21]] = True
    missed = replace(study, path=replace(study.path, converged=~bad))
    tab = open_tab(bare=True)
    tab.mount(payload(study), index=20)
    open_circles = """root => [...root.querySelectorAll('.points path')]
        .filter(p => p.style.fill === 'none' || p.style.fillOpacity === '0').length"""
    before = tab.inside(open_circles)  # crosses, where a coefficient leaves, have no fill either
    tab.mount(payload(missed), index=20)
    tab.soon(lambda: tab.inside(open_circles), lambda now: now > before + 10)
    expect(tab.page.locator("[data-kind=bad]")).to_contain_text("✗ not proven")
    expect(tab.slider).to_have_attribute("aria-valuetext", re.compile("not certified"))
    tab.mount(payload(study), index=20)
    tab.soon(lambda: tab.inside(open_circles), lambda now: now == before)
    expect(tab.page.locator("[data-kind=good]")).to_have_count(1)


def test_the_region_of_separated_classes_is_shaded_where_it_is_known(open_tab, study):
    tab = open_tab(bare=True)
    tab.mount(payload(study, separated_from=60))
    box = tab.page.locator(".rp-separated").bounding_box()
    left = tab.page.evaluate("() => window.explorer.pixels[60]")
    stage = tab.part("stage").bounding_box()
    assert box["x"] - stage["x"] == pytest.approx(left, abs=1)
    assert box["width"] > 50
    tab.mount(payload(study))
    expect(tab.page.locator(".rp-separated")).to_have_count(0)


HANDED = """async (load, [css, html, turns]) => {
    const mount = (await load('explorer.js')).default;
    document.body.innerHTML = `<style>${css}</style><div id=host style="width:900px"></div>`;
    const host = document.getElementById('host');
    host.innerHTML = html;
    const settled = async shown => {
        while (Number(host.querySelector('[data-part=root]')?.dataset.drawn ?? 0) < 1
            || host.querySelector('.rp-mark-label').textContent !== shown) {
            await new Promise(requestAnimationFrame);
        }
    };
    for (const { data, waits } of turns) {
        mount({ data, parentElement: host, setStateValue: () => {} });
        if (waits) await settled(waits);
    }
    await settled('λ 1se');
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
    return host.querySelector('[data-part=cursor]').getAttribute('aria-valuenow');
}"""


@pytest.mark.parametrize("handed", ["first", "while it is made", "twice", "after it was drawn"])
def test_an_order_is_obeyed_whenever_it_comes(tab, study, handed):
    cv = regpath.cross_validate(study.train, study.path, n_folds=3)
    before, after = payload(study), payload(study, cv)
    plain = {"payload": before, "owner": "a", "stage": "s", "index": 5, "view": {}, "command": None}
    order = {**plain, "payload": after, "command": {"n": 1, "index": 33}}
    turns = {
        "first": [order],
        "while it is made": [plain, {**plain, "payload": after}, order],
        "twice": [plain, order, order],
        "after it was drawn": [plain, order],
    }[handed]
    drawn = "90 % of fit" if handed in ("twice", "after it was drawn") else None
    steps = [{"data": data, "waits": drawn if data is plain else None} for data in turns]
    parts = [(ASSETS / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("css", "html")]
    assert tab.js(HANDED, [*parts, steps]) == "34"


OVERTAKEN = """async (load, [css, html, payload, newer, knows]) => {
    const mount = (await load('explorer.js')).default;
    document.body.innerHTML = `<style>${css}</style><div id=host style="width:900px"></div>`;
    const host = document.getElementById('host');
    host.innerHTML = html;
    const told = [], frame = () => new Promise(requestAnimationFrame);
    const shown = (payload, command) => mount({
        data: { payload, command, owner: 'a', stage: 's', index: 5, view: {} },
        parentElement: host, setStateValue: (_, value) => told.push(value),
    });
    shown(payload, null);
    const slider = host.querySelector('[role=slider]');
    while (!host.querySelector('[data-drawn]')) await frame();
    for (const key of ['ArrowRight', 'End']) {
        slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        const before = told.length;
        while (told.length === before) await frame();
    }
    const heard = told[knows]?.at ?? 0, busy = () => host.querySelector('[aria-busy]');
    if (told[0].at === told[1].at) return 'too quick';
    shown(newer, { n: 1, index: 33, heard });
    await frame();
    while (busy()) await frame();
    return Number(slider.getAttribute('aria-valuenow')) - 1;
}"""


@pytest.mark.parametrize("data", ["the same", "newer"])
@pytest.mark.parametrize(("knows", "at"), [(-1, 99), (0, 99), (1, 33)])
def test_what_a_person_chose_goes_before_an_order_that_did_not_know_of_it(
    tab, study, data, knows, at
):
    cv = regpath.cross_validate(study.train, study.path, n_folds=3)
    plain = payload(study)
    newer = payload(study, cv) if data == "newer" else plain
    parts = [(ASSETS / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("css", "html")]
    assert tab.js(OVERTAKEN, [*parts, plain, newer, knows]) == at


def test_a_command_moves_the_cursor_and_is_not_reported_back(open_tab, study):
    tab = open_tab(bare=True)
    tab.mount(payload(study))
    tab.page.evaluate("() => window.explorer.command(33)")
    tab.stands_at(33)
    tab.page.evaluate("() => window.explorer.go(34)")
    tab.page.wait_for_function("() => window.told.length")
    assert tab.page.evaluate("() => window.told") == [{"index": 34, "view": {}}]


def test_two_sides_of_the_bundle_are_of_one_version(tab):
    """plotly.js here, plotly.js of plotly.py, Streamlit: tried together or not at all."""
    version = tab.js("async load => (await (await load('plotly.js')).loadPlotly()).version")
    (bundle,) = (ASSETS / "vendor").glob("plotly-basic-*.min.js")
    assert bundle.name == f"plotly-basic-{version}.min.js"
    assert f"v{version}" in bundle.read_text(encoding="utf-8")[:200]
    assert plotly.offline.get_plotlyjs_version().split(".")[:2] == version.split(".")[:2]
    assert streamlit.__version__.startswith(TESTED_STREAMLIT + ".")


def test_the_manifest_of_the_component_is_that_of_the_distribution():
    import tomllib

    inner = tomllib.loads((ASSETS.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert inner["project"] == {"name": "regpath"}  # the version is the distribution's
    components = inner["tool"]["streamlit"]["component"]["components"]
    folders = {each["name"]: ASSETS.parents[1] / each["asset_dir"] for each in components}
    assert len(folders) == len(components)
    assert folders["explorer"] == ASSETS
    assert all(folder.is_dir() for folder in folders.values())


def test_an_explorer_that_starts_out_of_sight_is_drawn_when_it_comes_into_view(open_tab, study):
    tab = open_tab(bare=True)
    tab.mount(payload(study), style="width:900px;display:none")
    expect(tab.page.locator("[data-drawn]")).to_have_count(0)
    tab.page.evaluate("document.getElementById('alone').style.display = 'block'")
    tab.page.locator("[data-drawn='1']").wait_for()
    expect(tab.page.locator(".rp-row:not([hidden])").first).to_be_attached()
    tab.page.evaluate("document.getElementById('alone').style.width = '600px'")
    tab.page.locator("[data-drawn='2']").wait_for()
    tab.soon(lambda: tab.part("stage").bounding_box()["width"], lambda width: width <= 600)
    assert tab.complaints == []


TYPED = [
    *(
        "0",
        "0.5",
        "0,5",
        "-1,25",
        "\u22122.5",
        "1,234",
        "1.234",
        "-1.234",
        "1.2340",
        "1,2340",
        "+3",
    ),
    *(
        "1.234,5",
        "1,234.5",
        "1.234.567",
        "1,234,567",
        "1 234,5",
        "1'234.5",
        "1\u2019234",
        "12.",
        ".5",
    ),
    *("2.5e-3", "1e999", "", "much", "1,2,3", "1.00,5", "1'23", "1,234,5", "nan", "0x10", " 7 "),
]


@pytest.mark.parametrize("numbers", FORMATS.values(), ids=FORMATS)
def test_python_and_the_browser_read_what_is_typed_as_the_same_number(tab, numbers):
    def read(text):
        try:
            return read_number(text, numbers)
        except ParameterError:
            return None

    code = """async (load, [signs, texts]) => {
        const own = await load('numbers.js');
        own.writeNumbers(signs);
        const read = texts.map((text) => own.readNumber(text));
        own.writeNumbers();
        return read.map((value) => Number.isFinite(value) ? value : null);
    }"""
    assert tab.js(code, [[numbers.decimal, numbers.thousands], TYPED]) == [*map(read, TYPED)]
