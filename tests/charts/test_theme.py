import re
import tomllib
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from regpath.charts import CONFIG, DARK, LIGHT
from regpath.charts.contrast import LINE, TEXT, contrast
from regpath.charts.theme import CLEAR, DASHES, template

ROOT = Path(__file__).parents[2]
LOOKS = ((LIGHT, LIGHT.paper), (DARK, DARK.paper), (DARK, "#171614"))
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
NO_IMPORT = (".streamlit/config.toml", "regpath/ui/icon.svg")  # held equal below


@pytest.mark.parametrize(("look", "paper"), LOOKS)
def test_lines_and_text_stand_out(look, paper):
    lines = (look.rest, look.cursor, look.warn, look.good, look.positive, look.negative, look.train)
    for colour in (*lines, look.test, look.primary, *look.lines):
        assert contrast(colour, paper) >= LINE, colour
    for colour in (look.ink, look.muted):
        assert contrast(colour, paper) >= TEXT, colour


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_counts_can_be_read_on_every_shade(look):
    ends = np.array([[int(shade[at : at + 2], 16) for at in (1, 3, 5)] for shade in look.shades])
    for share in np.linspace(0.0, 1.0, 101):
        red, green, blue = np.rint(ends[0] + share * (ends[1] - ends[0])).astype(int)
        assert contrast(look.ink, f"#{red:02x}{green:02x}{blue:02x}") >= TEXT


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_better_score_is_lighter_on_the_scale(look):
    lightness = [contrast(colour, "#000000") for colour in look.scale]
    assert lightness == sorted(lightness)


def test_neighbouring_lines_differ_and_dashes_tell_the_rest_apart():
    for look in (LIGHT, DARK):
        assert len(set(look.lines)) == len(look.lines)
        assert len(look.lines) * len(DASHES) >= 24


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_figure_scrolls_with_the_page_and_sends_nothing(look):
    layout = template(look).layout
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_template_has_no_colour_but_those_of_its_look(look):
    drawn = set(HEX.findall(template(look).to_plotly_json().__repr__()))
    assert drawn <= colours_of(look)
    assert look.ink in drawn
    assert template(look).layout.paper_bgcolor == CLEAR


def colours_of(look):
    parts = (part if isinstance(part, tuple) else (part,) for part in astuple(look))
    return {colour for part in parts for colour in part}


def files_that_could_hold_colours():
    kinds = (".py", ".css", ".js", ".html", ".svg", ".toml")
    for folder in ("regpath", ".streamlit", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in kinds and "vendor" not in path.parts:
                yield path
    yield ROOT / "app.py"


def test_colours_have_one_home():
    others = {
        path.relative_to(ROOT).as_posix(): found
        for path in files_that_could_hold_colours()
        if (found := HEX.findall(path.read_text(encoding="utf-8")))
    }
    del others["regpath/charts/theme.py"]
    assert sorted(others) == sorted(NO_IMPORT)


def test_what_cannot_import_a_colour_has_those_of_the_looks():
    theme = tomllib.loads((ROOT / NO_IMPORT[0]).read_text(encoding="utf-8"))["theme"]
    assert theme == {"primaryColor": LIGHT.primary, "dark": {"primaryColor": DARK.primary}}
    icon = (ROOT / NO_IMPORT[1]).read_text(encoding="utf-8")
    assert HEX.findall(icon) == [LIGHT.primary, LIGHT.paper]
