import numpy as np
import pytest

import regpath
from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.ui.session.state import Key
from regpath.wording import number_text

DIABETES = {"data": "diabetes", "target": "progression", "n_lambdas": "20", "n_folds": "4"}


def test_three_penalties_stand_side_by_side_at_equal_fit(visit):
    page = visit("compare", **DIABETES)
    assert page.fine()
    assert len(page.at.get("plotly_chart")) == 5
    for name in ("**Lasso**", "**Elastic net 0.5**", "**Ridge**"):
        assert name in page.text
    page.at.selectbox(key="aligned_by").set_value("shrinkage").run()
    assert page.fine()
    scale = page.chart(0)["layout"]["xaxis"]["title"]["text"]
    assert scale == "size of the coefficients"


def test_two_features_that_are_drawn_on_are_in_the_link(visit):
    query = {"data": "breast_cancer", "section": "Decision boundary", "n_lambdas": "20"}
    page = visit("compare", **query)
    assert page.fine()
    assert "points" not in page.address
    assert "across" not in page.address
    upwards = next(box for box in page.at.selectbox if box.label == "Upwards")
    other = next(name for name in reversed(upwards.options) if name != upwards.value)
    upwards.set_value(other).run()
    assert page.address["upwards"] == other
    again = visit("compare", **page.address)
    assert again.fine()
    assert next(box for box in again.at.selectbox if box.label == "Upwards").value == other
    assert again.address == page.address
    points = DrawnPoints.told([[100, 100, 0], [500, 700, 1], [300, 200, 1]]).to_text()
    drawn = visit("compare", **page.address, points=points)
    assert drawn.fine()
    assert drawn.address == page.address | {"points": points}
    bad = visit("compare", **page.address, points="no points")
    assert bad.fine()
    assert bad.address == page.address


def test_a_cell_of_the_map_is_explored_with_its_penalty_and_strength(visit):
    page = visit("compare", **DIABETES).section("compare", "Validation map")
    if page.offers("Validate seven mixes"):
        page.press("Validate seven mixes")
    assert page.fine()
    table = regpath.datasets.load("diabetes")
    study = regpath.run_study(table, regpath.Recipe("progression", family="gaussian", n_lambdas=20))
    found = regpath.map_validation(study.train, n_lambdas=20, n_folds=4)
    assert f"λ = {number_text(found.simplest.lam)}" in page.text
    page.at.selectbox(key="map_ratio").set_value(3).run()
    page.at.select_slider(key="map_point").set_value(8).run()
    assert f"elastic net 0.5 at λ = {number_text(found.lambdas[3, 8])}" in page.text
    page.press("Explore this model")
    assert page.fine()
    assert page.address["l1_ratio"] == "0.5"
    mixed = regpath.fit_path(study.train, l1_ratio=0.5, n_lambdas=20)
    nearest = np.argmin(np.abs(np.log(mixed.lambdas / found.lambdas[3, 8])))
    assert page.index == nearest


def test_a_typed_strength_is_a_cell_of_every_penalty_and_is_taken_exactly(visit):
    page = visit("compare", **DIABETES, extra_lambdas="1.2345")
    page = page.section("compare", "Validation map")
    if page.offers("Validate seven mixes"):
        page.press("Validate seven mixes")
    table = regpath.datasets.load("diabetes")
    study = regpath.run_study(table, regpath.Recipe("progression", family="gaussian", n_lambdas=20))
    found = regpath.map_validation(
        study.train, n_lambdas=20, n_folds=4, extra_lambdas=(1.2345,), l1_ratios=(1.0, 0.0)
    )
    (at,) = np.flatnonzero(found.lambdas[1] == 1.2345)
    page.at.selectbox(key="map_ratio").set_value(6).run()
    page.at.select_slider(key="map_point").set_value(int(at)).run()
    assert "ridge at λ = 1.234" in page.text
    page.press("Explore this model")
    assert page.fine()
    assert page.address["extra_lambdas"] == "1.2345"
    assert page.address["l1_ratio"] == "0.0"


def test_a_click_on_the_map_chooses_its_cell(visit):
    page = visit("compare", **DIABETES, seed="2").section("compare", "Validation map")
    if page.offers("Validate seven mixes"):
        page.press("Validate seven mixes")
    points = [{"curve_number": 2, "point_index": 0}, {"curve_number": 0, "point_index": 45}]
    page.at.session_state["map"] = {"selection": {"points": points}}
    page.at.run()
    assert page.at.selectbox(key="map_ratio").value == 2
    assert page.at.select_slider(key="map_point").value == 5


def test_a_is_pinned_and_b_differs_by_what_was_changed(visit):
    page = visit("compare", **DIABETES).section("compare", "A against B")
    page.press("Pin this as A")
    page.at.radio(key=Key.PENALTY).set_value("L2").run()
    assert page.fine()
    choices = page.at.dataframe[1].value
    assert choices["choice"].tolist() == ["l1_ratio", "lambda"]
    assert "did not learn from the same rows" not in page.text
    page.at.number_input(key=Key.SEED).set_value(1).run()
    assert "did not learn from the same rows" in page.text
    page.at.selectbox(key=Key.DATASET).set_value("iris").run()
    assert "Study a predicts 'progression'" in page.at.error[0].value.replace("\\", "")
    page.press("Unpin") if page.offers("Unpin") else None


@pytest.mark.parametrize("data", ["iris"])
def test_classes_are_compared_one_at_a_time(visit, data):
    page = visit("compare", data=data, target="species", n_lambdas="12")
    assert page.fine()
    page.at.selectbox(key="compared_class").set_value(2).run()
    assert page.fine()
