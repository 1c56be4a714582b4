"""Charts as files: a page that asks for nothing, and pictures of the size that was asked for."""

import struct
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import regpath
from regpath.export import chart
from tests.conftest import PATIENCE

EVIL = "</script><script>document.title='pwned'</script><b>x</b>"


@pytest.fixture(scope="module")
def path():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 3)), columns=["a", EVIL, "b<i>"])
    frame["y"] = frame[EVIL] + rng.normal(size=60)
    problem = regpath.make_problem(regpath.Table.from_frame(frame), "y")
    return regpath.fit_path(problem, n_lambdas=12)


@pytest.mark.browser
def test_a_page_draws_without_network_and_names_stay_text(browser, path, tmp_path):
    chart(path, tmp_path / "a.html", title=EVIL, lam=path.lambdas[6])
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((tmp_path / "a.html").as_uri())
    page.wait_for_selector(".main-svg .scatterlayer path")
    assert page.title() == EVIL
    assert not wrong
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("size", "width"), [("print", 1950), ("slide", 1920)])
def test_pictures_have_the_size_that_was_asked_for(size, width, path, tmp_path):
    pytest.importorskip("kaleido")
    chart(path, tmp_path / "a.png", size=size, dark=True)
    content = (tmp_path / "a.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", content[16:20])[0] == width


@pytest.mark.browser
@pytest.mark.parametrize("size", ["page", "print", "slide"])
def test_names_beside_curves_end_before_the_picture_does(size, tmp_path):
    pytest.importorskip("kaleido")
    names = (
        "marital_status=Widowed",
        "WORKCLASS=SELF-EMPLOYED",
        "日本語の名前日本語の名前日本語の名前日本語",
        'm"%@W' * 5,
    )
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, len(names))), columns=names)
    frame["y"] = frame.sum(axis=1) + rng.normal(size=60)
    problem = regpath.make_problem(regpath.Table.from_frame(frame), "y")
    chart(regpath.fit_path(problem, n_lambdas=12), tmp_path / "a.png", size=size)
    drawn = np.asarray(Image.open(tmp_path / "a.png").convert("L"))
    assert (drawn[:, -8:] == drawn[0, 0]).all()
    assert (drawn != drawn[0, 0]).any()


@pytest.mark.browser
def test_quotes_in_names_are_drawn_as_quotes(tmp_path):
    pytest.importorskip("kaleido")
    frame = pd.DataFrame({'5" pipe': [0.0, 1, 2, 4, 5], "O'Brien": [1.0, 0, 3, 1, 2]})
    frame["y"] = frame.sum(axis=1) ** 1.5
    path = regpath.fit_path(regpath.make_problem(regpath.Table.from_frame(frame), "y"))
    chart(path, tmp_path / "a.svg")
    shown = "".join(ET.parse(tmp_path / "a.svg").getroot().itertext())
    assert '5" pipe' in shown
    assert "O'Brien" in shown


@pytest.mark.browser
def test_names_stay_text_in_a_drawing(path, tmp_path):
    pytest.importorskip("kaleido")
    chart(path, tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "script" not in tags
    assert "b" not in tags
    shown = "".join(root.itertext())
    assert "</script>" in shown
    assert "<b>x</b>" in shown


def test_what_is_no_chart_file_is_refused(path, tmp_path, monkeypatch):
    with pytest.raises(regpath.ParameterError, match=r"\.html, \.svg or \.png"):
        chart(path, tmp_path / "a.gif")
    with pytest.raises(regpath.ParameterError, match="'size'"):
        chart(path, tmp_path / "a.html", size="huge")
    monkeypatch.setitem(sys.modules, "kaleido", None)
    with pytest.raises(regpath.ParameterError, match="kaleido"):
        chart(path, tmp_path / "a.png")
