import json

import numpy as np
import pytest

from regpath.datasets import catalog, entry_of
from regpath.ui.session.state import Key
from tests.ui.conftest import plain


def address_of(page):
    return {name: page.at.query_params[name] for name in page.at.query_params}


def test_a_reload_restores_data_recipe_strength_and_view(page, open_page):
    page.pick("penguins")
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    page.at.select_slider(key=Key.L1_RATIO).set_value(0.3).run()
    page.at.number_input(key=Key.SEED).set_value(7).run()
    page.at.number_input(key=Key.N_LAMBDAS).set_value(40).run()
    page.at.toggle(key=Key.STANDARDIZE).set_value(False).run()
    page.at.toggle(key=Key.VALIDATE.of("quick")).set_value(False).run()
    page.release(23, {"axis": "norm", "pins": ["f1"]})
    again = open_page(**address_of(page))
    assert again.fine()
    assert again.data["owner"] == page.data["owner"]
    assert again.payload == page.payload
    assert again.data["index"] == 23
    assert again.data["view"] == {"axis": "norm", "pins": ["f1"]}
    assert again.html == page.html


def test_chosen_features_are_restored(page, open_page):
    (key,) = [m.key for m in page.at.multiselect if m.key.startswith(Key.ONLY)]
    page.at.multiselect(key=key).set_value(["mean_area", "mean_texture"]).run()
    again = open_page(**address_of(page))
    assert again.payload["names"] == page.payload["names"]
    assert len(again.payload["names"]) == 2


def test_the_address_never_holds_an_upload(page):
    page.release(4)
    assert "breast_cancer" in page.at.query_params["data"]
    rows = b"".join(b"%d,%d,%d\n" % (i % 5, i * i % 7, i % 2) for i in range(40))
    page.upload("secret.csv", b"a,b,y\n" + rows)
    assert page.fine()
    assert address_of(page) == {}


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
    ],
)
def test_what_of_an_address_does_not_fit_is_said_and_the_data_open_as_usual(
    open_page, query, words, opened
):
    page = open_page(**query, **{"lambda": "nonsense"})
    assert page.fine()
    (said,) = [plain(info.value) for info in page.at.info]
    assert "do not fit" in said
    assert words in said
    assert page.data["index"] == page.payload["marks"][0]["index"]
    assert page.payload["target"] == opened
    assert address_of(page).get("target") == opened


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
    assert page.payload["l1_ratio"] == 0.5
    assert page.data["index"] == int(np.argmin(np.abs(np.log(page.arrays["lambdas"]))))
    assert "'utm_source'" in plain(page.at.info[0].value)


@pytest.mark.parametrize("name", [entry.name for entry in catalog()])
def test_a_data_set_alone_is_an_address(visit, name):
    page = visit("data", data=name)
    assert page.fine()
    assert not page.at.info
    assert page.at.query_params["data"] == name
    assert page.at.query_params["target"] == entry_of(name).target


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
    assert page.at.query_params[name] == choice[name]


@pytest.mark.parametrize("lam", ["nan", "-1", "0", "inf", "strong", "1e-300", "1e300"])
@pytest.mark.parametrize("view", ["[]", "{", '{"axis": 3}', "1"])
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
