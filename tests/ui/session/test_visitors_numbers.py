"""Numbers on the pages, as the visitor's browser or the switch has them."""

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from regpath.ui.session.state import Key


@pytest.mark.parametrize(
    ("locale", "signs"),
    [("en-US", None), (None, None), ("de-DE", [",", "."]), ("fr-FR", [",", "\u202f"])],
)
def test_the_explorer_is_told_the_signs_of_the_browser_s_language(open_page, locale, signs):
    page = open_page(locale=locale)
    assert page.fine()
    assert page.data.get("numbers") == signs
    assert "numbers" not in page.address
    reason = page.payload["marks"][-1]["reason"]
    assert ("0," in reason) == (signs is not None)


def test_the_switch_goes_before_the_browser_and_into_the_link(open_page):
    page = open_page(locale="de-DE")
    drawn = page.payload["hash"]
    page.at.selectbox(key=Key.NUMBERS).set_value("apostrophe").run()
    assert page.fine()
    assert page.data["numbers"] == [".", "\u2019"]
    assert page.payload["hash"] != drawn  # the browser draws it anew
    assert page.address["numbers"] == "apostrophe"
    page.at.selectbox(key=Key.NUMBERS).set_value("browser").run()
    assert "numbers" not in page.address
    assert page.payload["hash"] == drawn


def test_a_link_brings_the_switch(open_page):
    page = open_page(data="wine", numbers="comma")
    assert page.fine()
    assert page.at.selectbox(key=Key.NUMBERS).value == "comma"
    assert page.address["numbers"] == "comma"


def test_a_link_with_an_unknown_format_says_so_and_the_rest_is_taken(open_page):
    page = open_page(data="wine", numbers="roman")
    assert page.fine()
    assert page.at.selectbox(key=Key.NUMBERS).value == "browser"
    (told,) = [info.value for info in page.at.info if "fit" in info.value]
    assert "'numbers' must be one of 'point', 'comma', 'space', 'apostrophe'" in told.replace(
        "\\", ""
    )


def test_a_strength_is_read_with_both_signs_and_shown_with_the_visitor_s(open_page):
    page = open_page(locale="de-DE")
    field = page.find("text_input", f"{Key.GO_TO.value}:explore:lambda")
    assert "," in field.value
    assert "." not in field.value
    for typed, shown in (("0,02", "0,02"), ("0.03", "0,03")):
        page.find("text_input", f"{Key.GO_TO.value}:explore:lambda").set_value(typed).run()
        assert page.fine()
        assert page.find("text_input", f"{Key.GO_TO.value}:explore:lambda").value == shown


@pytest.mark.parametrize("typed", ["1,234", "1.234"])
def test_what_could_be_two_numbers_is_refused_with_both(open_page, typed):
    page = open_page(locale="de-DE")
    page.find("text_input", f"{Key.GO_TO.value}:explore:lambda").set_value(typed).run()
    (error,) = page.errors
    assert "could be 1234 or 1,234." in error


def test_charts_and_sentences_of_other_pages_have_the_visitor_s_signs(open_page):
    page = open_page("choose", locale="de-DE")
    charts = [chart.proto.spec for chart in page.at.get("plotly_chart")]
    assert charts
    assert all('"separators":",."' in spec for spec in charts)
    page = open_page("choose")
    assert not any("separators" in each.proto.spec for each in page.at.get("plotly_chart"))


def test_what_one_visitor_computed_is_not_written_in_his_signs_for_the_next(open_page):
    german = open_page(data="penguins", locale="de-DE").payload["marks"]
    english = open_page(data="penguins").payload["marks"]
    assert [mark["index"] for mark in german] == [mark["index"] for mark in english]
    assert any("," in mark["reason"] for mark in german)
    for mark in english:
        assert "0," not in mark["reason"].replace(", ", " ")


def test_tables_have_the_visitor_s_signs_and_their_files_come_in_both(open_page):
    page = open_page("choose", locale="de-DE")
    rules = page.at.dataframe[0]
    assert rules.value["lambda"].dtype == float  # it still sorts
    shown = convert_arrow_bytes_to_pandas_df(rules.proto.arrow_data.styler.display_values)
    assert all("." not in text and "," in text for text in shown["lambda"])
    labels = [button.proto.label for button in page.at.get("download_button")]
    assert any(label.startswith("CSV 0,5;") for label in labels)
    assert any(label == "CSV" for label in labels)
    labels = [button.proto.label for button in open_page("choose").at.get("download_button")]
    assert not any(label.startswith("CSV 0,5;") for label in labels)


@pytest.mark.parametrize("numbers", ["point", "comma", "space", "apostrophe"])
def test_numbers_that_are_chosen_among_written_ones_stay_in_every_run(open_page, numbers):
    page = open_page(data="diabetes", l1_ratio="0.35", adaptive="0.5", numbers=numbers)
    for seed in (1, 2):
        page.at.number_input(key=Key.SEED).set_value(seed).run()
        assert page.fine()
        assert (page.address["l1_ratio"], page.address["adaptive"]) == ("0.35", "0.5")


def test_a_strength_of_a_dense_grid_can_be_chosen_by_the_slider(open_page):
    page = open_page("choose", data="diabetes", n_lambdas="500", min_ratio="0.1")
    for index in range(310, 314):  # 10.8 and 10.8 with three digits
        page.slider.set_value(index).run()
        assert page.fine_here()
        assert page.slider.value == index
