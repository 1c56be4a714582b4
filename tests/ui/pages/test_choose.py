from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.charts import measure_name
from regpath.core.selection import RULES
from regpath.ui.session.state import Key

RULE = Key.RULE.of("bundled/diabetes")
DIABETES = {"data": "diabetes", "target": "progression", "n_lambdas": "25", "n_folds": "5"}
CANCER = {
    "data": "breast_cancer",
    "target": "diagnosis",
    "family": "binomial",
    "n_lambdas": "25",
    "n_folds": "5",
    "min_ratio": "0.01",
}


def study_of(query):
    recipe = {k: v for k, v in query.items() if k != "data"}
    text = "&".join(f"{k}={v}" for k, v in recipe.items())
    return regpath.run_study(regpath.datasets.load(query["data"]), regpath.Recipe.from_query(text))


def test_curve_and_rules_are_those_of_the_recipe(visit):
    page, study = visit("choose", **DIABETES), study_of(DIABETES)
    assert page.fine()
    cv = regpath.validate_study(study)
    reason = regpath.select_lambda(cv).reason.replace("lambda", "λ")
    assert reason.replace("_", " ") in page.text.replace("_", " ")
    drawn = {trace["name"]: trace for trace in page.chart()["data"]}
    assert set(drawn) == {"each fold", "± 1 SE", "mean of the folds"}
    frame = page.at.dataframe[1].value
    rules = regpath.compare_rules(cv, study.weighted_train).dropna(subset="index")
    np.testing.assert_allclose(frame["lambda"], rules["lam"].astype(float))
    assert frame["features kept"].tolist() == rules["n_kept"].tolist()


def test_a_rule_is_taken_and_the_explorer_starts_there(visit):
    page, study = visit("choose", **DIABETES), study_of(DIABETES)
    cv = regpath.validate_study(study)
    page.at.selectbox(key=RULE).set_value("min").run()
    assert f"λ = {cv.lambda_min:.4g} has the smallest mean squared error" in page.text
    assert page.offers("This is the chosen strength")  # until another one is chosen
    page.slider.set_value(2).run()
    assert page.index == 2
    page.press("Choose λ")
    assert page.index == cv.index_min
    assert page.offers("This is the chosen strength")
    assert page.address["rule"] == "min"


def test_a_rule_that_is_added_is_offered_with_its_number(visit, monkeypatch):
    added = replace(RULES["within"], name="close", label="close", title="close to the best")
    monkeypatch.setitem(RULES, "close", added)
    page = visit("choose", **DIABETES)
    page.at.selectbox(key=RULE).set_value("close").run()
    page.decimal(Key.RULE_VALUE.of("close")).set_value("30").run()
    assert page.fine()
    cv = regpath.validate_study(study_of(DIABETES))
    assert f"{regpath.select_lambda(cv, rule='close', value=30.0).lam:.4g}" in page.text
    assert page.address["rule"] == "close"
    assert "close: close to the best" in page.at.selectbox(key=RULE).options
    assert "close" in page.at.multiselect(key=Key.MARKED).options


def test_a_whole_number_of_a_link_is_one_of_its_control(visit):
    page = visit("choose", **DIABETES, rule="k_features", rule_value="3.0")
    assert page.fine()
    assert page.at.number_input(key=Key.RULE_VALUE.of("k_features")).value == 3
    assert "is the smallest before more than 3 features are kept" in page.text


def test_folds_of_the_controls_are_those_that_are_made(visit):
    page = visit("choose", **DIABETES)
    page.at.number_input(key=Key.N_FOLDS).set_value(3).run()
    page.at.number_input(key=Key.N_REPEATS).set_value(2).run()
    page.at.selectbox(key=Key.MEASURE.of("gaussian")).set_value("mae").run()
    assert page.fine()
    cv = regpath.validate_study(
        study_of(DIABETES | {"n_folds": 3, "n_repeats": 2, "measure": "mae"})
    )
    assert f"{cv.lambda_1se:.4g}" in page.text
    for name, value in (("n_folds", "3"), ("n_repeats", "2"), ("measure", "mae")):
        assert page.address[name] == value


def test_leave_one_out_is_offered_where_it_is_cheap_and_needs_no_repeats(visit):
    page = visit("choose", **DIABETES, l1_ratio="0.0")
    page.at.number_input(key=Key.N_REPEATS).set_value(3).run()
    page.at.selectbox(key=Key.FOLDS).set_value("leave_one_out").run()
    assert page.fine()
    assert "closed form" in page.text
    assert page.at.number_input(key=Key.N_REPEATS).value == 1
    page.section("choose", "Folds' paths")
    assert "fits no fold" in page.text


def test_rows_with_times_are_validated_in_order_and_repeats_can_be_taken_back(visit):
    page = visit("choose", **DIABETES, time="age", n_repeats="2")
    assert "must be 1 for 'ordered' folds" in page.at.error[0].value.replace("\\", "")
    page.at.number_input(key=Key.N_REPEATS).set_value(1).run()
    assert page.fine()
    assert page.at.selectbox(key=Key.FOLDS).options[0] == "In order of time (usual)"


def test_a_choice_at_the_edge_offers_a_longer_grid(visit):
    page = visit("choose", **DIABETES | {"min_ratio": "0.1"})
    page.at.selectbox(key=RULE).set_value("min").run()
    assert "This choice is the weakest strength of the grid" in page.text
    page.press("Extend the grid")
    assert page.fine()
    assert page.address["min_ratio"] == "0.01"


def test_a_best_score_at_the_edge_is_told_whatever_rule_chooses(visit):
    page = visit("choose", **DIABETES | {"min_ratio": "0.1"})
    assert "the best score, is the weakest strength of the grid" in page.text
    assert page.offers("Extend the grid")


def test_where_classes_come_apart_no_longer_grid_is_offered(visit):
    page = visit("choose", data="separable", target="outcome")
    assert "as the classes come apart" in page.text
    assert not page.offers("Extend the grid")


def test_a_sealed_test_set_shows_nothing_until_it_is_opened_and_counts(visit):
    page = visit("choose", **DIABETES, seal="True")
    assert "sealed test rows" in page.text
    assert "the envelope has not been opened" in page.text
    assert "test rows have" not in page.text
    page.press("Open the envelope")
    assert "was opened 1 time." in page.text
    assert "test rows have" in page.text
    tables = [frame.value for frame in page.at.dataframe if "test_openings" in frame.value]
    assert len(tables) == 2
    assert all((frame["test_openings"] == 1).all() for frame in tables)
    page.at.number_input(key=Key.N_FOLDS).set_value(4).run()  # another validation, the same curve
    assert not page.offers("Open the envelope")
    page.at.radio(key=Key.PENALTY).set_value("L2").run()  # another model: another look
    page.press("Open the envelope")
    assert "was opened 2 times; a score that was looked at before is no longer new." in page.text
    page.at.radio(key=Key.PENALTY).set_value("L1").run()
    assert "was opened 2 times" in page.text
    assert not page.offers("Open the envelope")


def test_what_was_on_view_before_it_was_sealed_is_said(visit):
    page = visit("choose", **DIABETES)
    assert "if you choose there" in page.text
    page.at.toggle(key=Key.SEAL).set_value(True).run()
    assert "were on view before they were sealed" in page.text


def test_the_explorer_is_sent_no_test_score_while_it_is_sealed(open_page):
    page = open_page(**DIABETES, seal="True")
    assert page.fine()
    assert page.payload["parts"] == ["train"]
    assert page.payload["n_test"] == 0
    assert "sealed test rows" in page.html
    shown = page.arrays["observed"]
    assert len(shown) == min(150, page.payload["n_train"])  # training rows


def test_choosing_at_the_best_of_the_test_curve_gets_one_kind_sentence(open_page):
    page, study = open_page(**DIABETES), study_of(DIABETES)
    best = regpath.best_on_test(study)
    page.release(best.index)
    said = [caption.value for caption in page.at.caption if "if you choose there" in caption.value]
    assert len(said) == 1
    page.release(best.index - 3)
    assert not [c for c in page.at.caption if "if you choose there" in c.value]


def test_marks_that_are_wanted_stand_in_the_explorer(open_page):
    page = open_page(**DIABETES, rule="bic")
    assert [mark["rule"] for mark in page.payload["marks"]] == ["bic", "1se", "min"]
    page.at.session_state[Key.MARKED] = ["aic"]
    page.at.run()
    assert [mark["rule"] for mark in page.payload["marks"]] == ["bic", "aic", "1se", "min"]


@pytest.mark.parametrize(
    ("query", "sections"),
    [
        (CANCER, ["Folds' paths", "Calibration", "Threshold", "Classes", "Class weights"]),
        (
            {"data": "iris", "target": "species", "n_lambdas": "15", "n_folds": "4"},
            ["Test rows", "Folds' paths", "Calibration", "Classes", "Class weights"],
        ),
    ],
)
def test_every_part_is_there_for_classes(visit, query, sections):
    page = visit("choose", **query)
    for name in sections:
        page.section("choose", name)
        assert page.fine(), name
        assert page.at.get("plotly_chart") or page.at.dataframe


def test_the_threshold_is_that_of_held_out_rows(visit):
    page = visit("choose", **CANCER).section("choose", "Threshold")
    study = study_of(CANCER)
    cv = regpath.validate_study(study)
    found = regpath.choose_threshold(cv, study.train, cv.lambda_1se)
    assert f"from probability **{found.value:.3g}**" in page.text


def test_the_curves_of_thresholds_can_be_changed(visit):
    page = visit("choose", **CANCER).section("choose", "Threshold")
    for name in ("ROC", "Gain", "Net benefit"):
        page.at.button_group(key=Key.CUT_CURVE).set_value(name).run()
        assert page.fine()
        assert page.at.get("plotly_chart")


def test_balancing_the_classes_refits_and_shows_the_shift(visit):
    page = visit("choose", **CANCER).section("choose", "Class weights")
    page.at.toggle(key=Key.CLASS_WEIGHT).set_value(True).run()
    assert page.fine()
    shift = page.at.dataframe[-1].value
    assert shift["factor"].nunique() == 2
    assert page.address["class_weight"] == "balanced"


def test_leaking_shows_its_gap_and_peeking_its_price(visit, monkeypatch):
    monkeypatch.setattr("regpath.ui.session.work.AT_ONCE", 0.0)
    page = visit("choose", **DIABETES, seed="9").press("Cross-validate")
    page.section("choose", "Leaks").press("Let it leak")
    assert page.fine()
    assert (
        "learned outside of the folds, the best mean squared error over them would be" in page.text
    )
    monkeypatch.setattr("regpath.ui.pages.choose.pitfalls.LOOKS", 3)
    monkeypatch.setattr("regpath.ui.pages.choose.pitfalls.ROUNDS", 3)
    page.section("choose", "Peeking").press("Peek")
    assert page.fine()
    assert "After 3 looks the test rows claim" in page.text


def test_long_work_is_asked_for_with_its_cost(visit, monkeypatch):
    monkeypatch.setattr("regpath.ui.session.work.AT_ONCE", 0.0)
    page = visit("choose", **DIABETES, seed="7")
    assert page.offers("Cross-validate")
    assert "Takes about 1 s" in page.text
    assert not page.at.get("plotly_chart")
    page.press("Cross-validate")
    assert page.fine()
    assert measure_name("mse") in page.at.get("plotly_chart")[0].proto.alt


def test_names_from_a_file_are_text(visit):
    evil = "<img src=x onerror=alert(1)> **b**"
    rng = np.random.default_rng(0)
    rows = "".join(
        f"{a:.3f},{b:.3f},{'yes' if a + b > 0 else 'no'}\n" for a, b in rng.normal(size=(60, 2))
    )
    page = visit("choose")
    page.upload("x.csv", f"{evil},b,ill\n{rows}".encode())
    assert page.fine()
    page.section("choose", "Folds' paths")
    assert page.fine()
    assert "<img" not in page.at.get("plotly_chart")[1].proto.spec
