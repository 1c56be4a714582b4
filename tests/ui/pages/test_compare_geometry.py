"""Geometry on any data: two features are chosen, and what is drawn follows the one strength."""

import base64

import numpy as np
import pytest

from regpath.ui.session.feature_pair import PAIR, REFITTED
from regpath.ui.session.state import Key

DIABETES = {"data": "diabetes", "n_lambdas": "20", "section": "Geometry"}
SOLUTION = "This is the penalized solution"


def features(page):
    return [
        next(box for box in page.at.selectbox if str(box.key).startswith(f"{key}:"))
        for key in (Key.ACROSS, Key.UPWARDS)
    ]


def dot(page):
    """The touching point of the chart."""
    (found,) = (t for t in page.chart()["data"] if t["name"].startswith("where they touch"))
    return np.concatenate([numbers(found["x"]), numbers(found["y"])])


def numbers(sent):
    """An array as Plotly sends it."""
    return np.frombuffer(base64.b64decode(sent["bdata"]), dtype=sent["dtype"])


def test_the_two_largest_are_drawn_and_everything_follows_the_strength(visit):
    page = visit("compare", **DIABETES)
    assert page.fine()
    across, upwards = features(page)
    assert (across.value, upwards.value) == ("body_mass_index", "log_triglycerides")
    assert across.value not in upwards.options
    assert SOLUTION in page.text
    before = dot(page)
    page.slider.set_value(15).run()
    assert page.fine()
    assert page.index == 15
    assert np.abs(dot(page) - before).max() > 0.1
    assert SOLUTION in page.text
    assert page.address["section"] == "Geometry"
    assert len(page.at.get("plotly_chart")) == 3


def test_a_typed_strength_is_the_one_that_is_drawn(visit):
    page = visit("compare", **DIABETES)
    field = next(f for f in page.at.text_input if str(f.key).startswith("go_to:geometry:lambda"))
    field.set_value("3.21").run()
    assert page.fine()
    assert "At λ = 3.21 a contour" in page.text


def test_other_features_stay_chosen_and_the_largest_are_a_press_away(visit):
    page = visit("compare", **DIABETES)
    across, _ = features(page)
    across.set_value("hdl").run()
    assert page.fine()
    page.slider.set_value(19).run()
    assert [box.value for box in features(page)] == ["hdl", "log_triglycerides"]
    assert page.chart()["layout"]["xaxis"]["title"]["text"] == "hdl"
    page.press("Draw the two largest here")
    assert page.fine()
    assert features(page)[0].value != "hdl"
    assert not page.offers("Draw the two largest here")


def test_a_link_brings_the_two_features_and_what_happens_to_the_others(visit):
    page = visit("compare", **DIABETES)
    assert not page.address.keys() & set(PAIR)
    across, _ = features(page)
    across.set_value("hdl").run()
    next(f for f in page.at.selectbox if str(f.key).startswith(Key.OTHERS)).set_value(
        REFITTED
    ).run()
    assert page.fine()
    assert page.address["across"] == "hdl"
    assert page.address["others"] == "refitted"
    again = visit("compare", **page.address)
    assert again.fine()
    assert [box.value for box in features(again)] == [box.value for box in features(page)]
    assert again.address == page.address
    np.testing.assert_array_equal(dot(again), dot(page))


@pytest.mark.parametrize("section", ["Geometry", "Decision boundary"])
def test_a_feature_of_a_link_that_does_not_exist_is_told_and_replaced(visit, section):
    query = {"data": "breast_cancer", "n_lambdas": "20", "section": section}
    page = visit("compare", **query, across="no *such* column")
    assert page.fine()
    assert "There is no feature" in page.text
    assert "such" in page.text
    assert "across" not in page.address
    page.at.run()
    assert "There is no feature" not in page.text


def test_the_others_are_held_or_fitted_again_and_the_point_stays(visit):
    page = visit("compare", **DIABETES)
    before = dot(page)
    assert "held at their values on the path" in page.text
    others = next(box for box in page.at.selectbox if str(box.key).startswith(Key.OTHERS))
    assert others.label == "The other 8 coefficients"
    others.set_value("Fitted again").run()
    assert page.fine()
    assert "pay their own penalty" in page.text
    assert dot(page) == pytest.approx(before, abs=1e-4)


def test_one_class_of_several_has_a_valley_of_its_own(visit):
    page = visit("compare", data="iris", n_lambdas="20", l1_ratio="0.0", section="Geometry")
    assert page.fine()
    before = dot(page)
    page.at.selectbox(key="geometry_class").set_value(2).run()
    assert page.fine()
    assert SOLUTION in page.text
    assert np.abs(dot(page) - before).max() > 1e-3
    assert "In KNIME: prior Gauss, variance" in page.text


def test_a_file_with_two_features_has_no_others(visit):
    page = visit("compare", data="blobs", section="Geometry")
    assert page.fine()
    assert "There are no other coefficients" in page.text
    assert not [box for box in page.at.selectbox if str(box.key).startswith(Key.OTHERS)]


def test_one_feature_alone_is_told_that_there_is_no_picture(visit):
    page = visit("compare", data="diabetes", section="Geometry")
    rows = "".join(f"{i},{i * i % 17}.5\n" for i in range(40))
    page.upload("one.csv", f"dose,answer\n{rows}".encode(), "answer")
    page = page.section("compare", "Geometry")
    assert page.fine()
    assert "takes two features with a penalty, and there is one: 'dose'" in page.text
    assert not page.at.get("plotly_chart")


@pytest.mark.parametrize(
    "query",
    [
        {"data": "diabetes", "family": "poisson", "exposure": "age"},
        {"data": "breast_cancer", "class_weight": "balanced", "l1_ratio": "0.5"},
        {"data": "diabetes", "weights": "age", "adaptive": "1.0"},
        {"data": "diabetes", "standardize": "False", "l1_ratio": "0.0"},
    ],
    ids=["rates", "class weights", "weights and factors", "original units"],
)
def test_whatever_was_chosen_for_the_fit_is_in_the_picture(visit, query):
    page = visit("compare", **query, n_lambdas="20", section="Geometry")
    assert page.fine()
    assert all(page.address[name] == value for name, value in query.items())
    page.slider.set_value(12).run()
    assert page.fine()
    assert SOLUTION in page.text
