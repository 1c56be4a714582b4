import json

import numpy as np
import pytest

from regpath.ui.session.state import Key


def address_of(page):
    return {name: page.at.query_params[name] for name in page.at.query_params}


def test_a_reload_restores_data_recipe_strength_and_view(page, open_page):
    page.pick("penguins")
    page.at.radio(key=Key.PENALTY).set_value("Elastic net").run()
    page.at.slider(key=Key.L1_RATIO).set_value(0.3).run()
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
    "query",
    [
        {"data": "no such data", "target": "x"},
        {"data": "iris", "target": "no such column"},
        {"data": "iris", "target": "species", "l1_ratio": "often"},
        {"data": "iris", "target": "species", "l1_ratio": "7"},
        {"data": "iris"},
    ],
)
def test_an_address_that_does_not_fit_is_said_and_the_page_starts_afresh(open_page, query):
    page = open_page(**query, **{"lambda": "1e-9"})
    assert page.fine()
    assert page.data["index"] == page.payload["marks"][0]["index"]
    assert "does not fit" in page.at.info[0].value or "do not fit" in page.at.info[0].value
    assert page.payload["target"] == "diagnosis"


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
