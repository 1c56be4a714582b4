"""The explorer's modules become one script, and what cannot become part of it is refused."""

import pytest

from regpath.explorer import bundle as module
from regpath.explorer.bundle import asset, bundle, packed_plotly, plotly_text


@pytest.fixture
def modules(monkeypatch):
    """Modules of a test in place of the explorer's."""
    bundle.cache_clear()
    texts: dict[str, str] = {}
    monkeypatch.setattr(module, "asset", lambda name: texts[name.removesuffix(".js")])
    yield texts
    bundle.cache_clear()


def test_every_module_comes_after_those_it_imports():
    source = bundle("app", "model")
    for name in ("dom", "numbers", "figure", "model"):
        assert source.index(f"const module_{name} =") < source.index("const module_app =")
    assert source.count("const module_dom =") == 1
    assert not [line for line in source.splitlines() if line.startswith(("import ", "export "))]
    assert "</script" not in source


def test_names_are_taken_as_they_are_called(modules):
    modules |= {
        "a": 'import { b as c, d } from "./b.js";\nexport const e = c + d;\n',
        "b": "export const b = 1;\nexport async function d() {}\nexport class F {}\n",
    }
    source = bundle("a")
    assert "const { b: c, d } = module_b;" in source
    assert "return { b, d, F };" in source
    assert "return { ...module_a };" in source


@pytest.mark.parametrize(
    "text",
    [
        "export default function f() {}",
        "export let x = 1;",
        'import f from "./b.js";',
        'export * from "./b.js";',
        'const f = await import("./b.js");',
        "const here = import.meta.url;",
    ],
)
def test_other_ways_of_importing_and_exporting_are_refused(modules, text):
    modules |= {"a": text, "b": ""}
    with pytest.raises(ValueError, match=r"a\.js imports or exports"):
        bundle("a")


def test_modules_that_import_each_other_are_named(modules):
    modules |= {"a": 'import { b } from "./b.js";', "b": 'import { a } from "./a.js";'}
    with pytest.raises(ValueError, match="a -> b -> a"):
        bundle("a")


def test_the_drawing_library_is_packed_without_loss():
    import base64
    import zlib

    assert zlib.decompress(base64.b64decode(packed_plotly())).decode() == plotly_text()
    assert asset("explorer.html").startswith("<div")
