"""Charts and tables of the pages leave as files: what is offered, and what is in it."""

import pytest

from regpath.charts import DARK, LIGHT
from regpath.export.chart_file import SIZES
from regpath.ui import pictures
from tests.export.studies import bundled_study

PATH = {"data": "diabetes", "n_lambdas": "12"}


def labels(page):
    return {button.label: button for button in page.at.get("download_button")}


def test_every_chart_of_a_page_is_offered_as_a_picture(visit):
    page = visit("choose", **PATH)
    charts = page.at.get("plotly_chart")
    offered = [r.key for r in page.at.radio if str(r.key).startswith("picture_size:")]
    assert len(offered) == len(charts) >= 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("explore", ["CSV", "Parquet", "CSV, broom's names", "Parquet, broom's names", "HTML"]),
        ("choose", ["CSV", "Parquet", "CSV, broom's names", "Parquet, broom's names", "HTML"]),
        ("stability", ["CSV", "Parquet", "CSV, broom's names", "Parquet, broom's names", "HTML"]),
    ],
)
def test_tables_are_offered_where_they_live(visit, open_page, name, expected):
    page = open_page(**PATH) if name == "explore" else visit(name, **PATH)
    assert page.fine() if name == "explore" else not page.at.exception
    assert set(expected) <= labels(page).keys()


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_picture_stands_on_the_ground_of_its_theme(look, monkeypatch):
    monkeypatch.setattr(pictures, "present_look", lambda: look)
    figure = bundled_study("diabetes").path.plot()
    left = pictures.leaving(figure, "slide")
    assert left.layout.paper_bgcolor == look.paper
    assert (left.layout.width, left.layout.height) == SIZES["slide"][:2]
    assert figure.layout.width is None  # the page's own is as it was
