import json

import numpy as np
import pytest

from regpath.datasets import catalog, entry_of
from regpath.ui.session.state import Key
from tests.ui.conftest import components, plain


def test_a_reload_restores_data_recipe_strength_and_view(page, open_page):
    page.pick("penguins")
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    page.at.select_slider(key=Key.L1_RATIO).set_value(0.3).run()
    page.at.number_input(key=Key.SEED).set_value(7).run()
    page.at.number_input(key=Key.N_LAMBDAS).set_value(40).run()
    page.at.toggle(key=Key.STANDARDIZE).set_value(False).run()
    page.at.toggle(key=Key.VALIDATE.of("quick")).set_value(False).run()
    page.release(23, {"axis": "norm", "pins": ["f1"]})
    again = open_page(**page.address)
    assert again.fine()
    assert again.data["owner"] == page.data["owner"]
    assert again.payload == page.payload
    assert again.data["index"] == 23
    assert again.data["view"] == {"axis": "norm", "pins": ["f1"]}
    assert again.html == page.html


def test_an_adaptive_lasso_is_restored(page, open_page):
    page.at.radio(key=Key.ADAPTIVE).set_value(2.0).run()
    assert "adaptive L1 (lasso)" in page.html
    again = open_page(**page.address)
    assert again.fine()
    assert again.payload == page.payload
    assert again.at.radio(key=Key.ADAPTIVE).value == 2.0


def test_chosen_features_are_restored(page, open_page):
    (key,) = [m.key for m in page.at.multiselect if m.key.startswith(Key.ONLY)]
    page.at.multiselect(key=key).set_value(["mean_area", "mean_texture"]).run()
    again = open_page(**page.address)
    assert again.payload["names"] == page.payload["names"]
    assert len(again.payload["names"]) == 2


def test_a_link_names_the_few_columns_that_are_left_out(page, open_page):
    (key,) = [m.key for m in page.at.multiselect if m.key.startswith(Key.WITHOUT)]
    page.at.multiselect(key=key).set_value(["mean_area", "mean_texture"]).run()
    assert page.address["without"] == ["mean_texture", "mean_area"]
    assert "features" not in page.address
    again = open_page(**page.address)
    assert again.fine()
    assert again.payload == page.payload
    assert len(again.payload["names"]) == 28
    assert again.address == page.address


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"without": "mean_aera"}, "no column 'mean_aera' for 'without'"),
        ({"without": "mean_area", "features": "mean_texture"}, "'features' and 'without'"),
    ],
)
def test_what_a_link_leaves_out_must_be_there_and_named_once(open_page, query, words):
    page = open_page(data="breast_cancer", **query)
    assert page.fine()
    (said,) = [plain(info.value) for info in page.at.info]
    assert words in said
    assert len(page.payload["names"]) == 30


def test_the_address_never_holds_an_upload(page):
    page.release(4)
    assert "breast_cancer" in page.address["data"]
    rows = b"".join(b"%d,%d,%d\n" % (i % 5, i * i % 7, i % 2) for i in range(40))
    page.upload("secret.csv", b"a,b,y\n" + rows)
    assert page.fine()
    assert page.address == {}


@pytest.mark.parametrize(
    ("query", "words", "opened"),
    [
        ({"data": "wines", "target": "x"}, "no bundled data set called 'wines'", "diagnosis"),
        ({"data": "", "target": "x"}, "no bundled data set called ''", "diagnosis"),
        ({"target": "progression"}, "names no data set", "diagnosis"),
        ({"data": "iris", "target": "specie"}, "no column 'specie' for 'target'", "species"),
        ({"data": "iris", "features": "petal"}, "no column 'petal' for 'features'", "species"),
        ({"data": "iris", "group": "person"}, "no column 'person' for 'group'", "species"),
        ({"data": "iris", "target": "species", "l1_ratio": "often"}, "'l1_ratio'", "species"),
        ({"data": "iris", "target": "species", "l1_ratio": "7"}, "'l1_ratio'", "species"),
        ({"data": "iris", "rule": "best"}, "'rule'", "species"),
        ({"data": "iris", "n_lambdas": "501"}, "'n_lambdas' goes from 1 to 500", "species"),
        ({"data": "iris", "features": ""}, "'features' names no column", "species"),
        ({"data": "diabetes", "class_weight": "balanced"}, "target with classes", "progression"),
        ({"data": "iris", "targe": "species"}, "no choice called 'targe'", "species"),
        ({"data": "iris", "lambda": "strong"}, "'lambda' must be a number above 0", "species"),
        ({"targe": "species"}, "no choice called 'targe'", "diagnosis"),
        ({"lambda": "0.1"}, "names no data set", "diagnosis"),
    ],
)
def test_what_of_an_address_does_not_fit_is_said_and_the_data_open_as_usual(
    open_page, query, words, opened
):
    page = open_page(**query)
    assert page.fine()
    (said,) = [plain(info.value) for info in page.at.info]
    assert "do not fit" in said
    assert words in said
    assert page.data["index"] == page.payload["marks"][0]["index"]
    assert page.payload["target"] == opened
    assert "target" not in page.address  # the set's own goes without saying


def test_what_is_meant_is_offered(open_page):
    for query, near in [
        ({"data": "wines"}, "'wine'"),
        ({"data": "iris", "target": "Species"}, "'species'"),
        ({"data": "iris", "targe": "species"}, "'target'"),
    ]:
        page = open_page(**query)
        assert f"Did you mean {near}" in plain(page.at.info[0].value)


def test_what_is_known_of_an_address_is_taken_beside_a_name_that_is_not(open_page):
    page = open_page(data="diabetes", l1_ratio="0.5", utm_source="mail", **{"lambda": "1.0"})
    assert "l1_ratio 0.5" in page.html
    assert page.data["index"] == int(np.argmin(np.abs(np.log(page.arrays["lambdas"]))))
    assert "'utm_source'" in plain(page.at.info[0].value)


@pytest.mark.parametrize("name", [entry.name for entry in catalog()])
def test_a_data_set_alone_is_an_address(visit, name):
    page = visit("data", data=name)
    assert page.fine()
    assert not page.at.info
    assert page.address == {"data": name}
    assert page.at.selectbox(key=Key.TARGET.of(f"bundled/{name}")).value == entry_of(name).target


def test_what_did_not_fit_is_behind_us_after_the_next_choice(open_page):
    page = open_page(data="iris", target="specie")
    page.at.run()
    assert len(page.at.info) == 1
    page.at.radio(key=Key.PENALTY).set_value("L2").run()
    page.at.run()
    assert not page.at.info


@pytest.mark.parametrize("page", ["explore", "choose", "data", "stability"])
def test_every_page_says_what_does_not_fit(visit, page):
    assert "no column 'x' for 'target'" in visit(page, data="iris", target="x").text


def test_a_measure_is_restored_where_the_family_is_guessed(visit):
    page = visit("choose", data="diabetes", measure="mae", family="auto")
    assert page.at.selectbox(key=Key.MEASURE.of("gaussian")).value == "mae"


def test_two_classes_can_be_restored_as_a_multinomial(open_page):
    page = open_page(data="breast_cancer", family="multinomial", validate_quick="False")
    assert page.fine()
    assert page.payload["family"] == "multinomial"


@pytest.mark.parametrize(
    "choice",
    [{"l1_ratio": "0.333"}, {"test_size": "0.137"}, {"min_ratio": "0.003"}, {"seed": "123456789"}],
)
def test_numbers_between_the_stops_of_a_slider_are_restored_as_they_are(open_page, choice):
    page = open_page(data="diabetes", target="progression", **choice)
    assert page.fine()
    (name,) = choice
    assert page.address[name] == choice[name]


def test_a_link_says_the_view_in_words_that_no_address_escapes(page, open_page):
    view = {"axis": "norm", "units": "original", "pins": ["f1", "f7"], "zoom": [3, 40]}
    page.release(23, view)
    (written,) = [each["query"] for each in components(page.at) if "query" in each]
    assert "view=axis*norm**units*original**pins*f1*f7**zoom*3*40" in written
    assert "%" not in written
    assert open_page(**page.address).data["view"] == view


def test_links_of_before_are_read(open_page):
    page = open_page(data="diabetes", view='{"axis":"norm","pins":["f1"]}', **{"lambda": "1.0"})
    assert page.data["view"] == {"axis": "norm", "pins": ["f1"]}


@pytest.mark.parametrize("lam", ["nan", "-1", "0", "inf", "strong", "1e-300", "1e300"])
@pytest.mark.parametrize("view", ["[]", "{", '{"axis": 3}', "1", "axis*", "zoom*1*x**pins"])
def test_nonsense_in_the_address_does_no_harm(open_page, lam, view):
    page = open_page(data="diabetes", target="progression", **{"lambda": lam, "view": view})
    assert page.fine()
    assert isinstance(page.data["view"], dict)
    assert 0 <= page.data["index"] < len(page.arrays["lambdas"])


def test_the_strength_is_the_nearest_on_the_grid(open_page):
    page = open_page(data="diabetes", target="progression", **{"lambda": "1.0"})
    lambdas = page.arrays["lambdas"]
    assert page.data["index"] == int(np.argmin(np.abs(np.log(lambdas))))
    assert json.dumps(page.data["view"]) == "{}"


def test_a_link_is_short_where_a_set_opens_as_it_does(open_page):
    page = open_page(data="iris")
    assert set(page.address) == {"data", "lambda"}
    page.at.radio(key=Key.PENALTY).set_value("L2").run()
    assert set(page.address) == {"data", "lambda", "l1_ratio"}
    page.at.selectbox(key=Key.TARGET.of("bundled/iris")).set_value("petal_width_cm").run()
    assert page.address["target"] == "petal_width_cm"
    assert "family" not in page.address  # it is guessed anew
    again = open_page(**page.address)
    assert again.payload == page.payload


def test_what_a_set_opens_with_is_no_choice_and_what_differs_is_one(open_page):
    page = open_page(data="four_points")
    assert page.fine()
    assert "test_size" not in page.address
    page.find("select_slider", Key.TEST_SIZE).set_value(0.5).run()
    assert page.address["test_size"] == "0.5"
    page.pick("iris")
    assert page.fine()
    assert page.find("select_slider", Key.TEST_SIZE).value == 0.25  # each set has its own


@pytest.mark.parametrize(
    ("page", "section"),
    [("choose", "Peeking"), ("compare", "A against B"), ("after", "What if")],
)
def test_the_open_part_of_a_page_is_in_its_link(visit, page, section):
    first = visit(page, data="diabetes", n_lambdas="20", n_folds="3")
    assert "section" not in first.address
    first.section(page, section)
    assert first.address["section"] == section
    again = visit(page, **first.address)
    assert again.at.button_group(key=Key.SECTION.of(page)).value == section
    assert again.address == first.address
    assert again.section(page, again.at.button_group(key=Key.SECTION.of(page)).options[0])
    assert "section" not in again.address  # a link opens a part once


def test_a_part_that_a_page_does_not_have_is_said(visit):
    page = visit("choose", data="diabetes", n_lambdas="20", n_folds="3", section="Calibration")
    assert "asks for 'Calibration'" in page.text
    assert page.fine()


def test_the_proof_stays_open_behind_a_link(page, open_page):
    page.at.toggle(key=Key.DETAILS).set_value(True).run()
    assert page.address["section"] == "proof"
    assert open_page(**page.address).at.toggle(key=Key.DETAILS).value
