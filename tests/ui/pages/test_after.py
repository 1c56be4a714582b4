import numpy as np
import pytest

import regpath

DIABETES = {"data": "diabetes", "target": "progression", "n_lambdas": "20", "n_folds": "4"}
PARTS = ("Without the penalty", "Intervals", "What if", "Separation and uniqueness")


def study_of(query):
    text = "&".join(f"{k}={v}" for k, v in query.items() if k != "data")
    return regpath.run_study(regpath.datasets.load(query["data"]), regpath.Recipe.from_query(text))


@pytest.mark.parametrize(
    ("data", "target"),
    [("diabetes", "progression"), ("iris", "species"), ("breast_cancer", "diagnosis")],
)
def test_every_part_is_there_for_every_family(visit, data, target):
    page = visit("after", data=data, target=target, n_lambdas="12", n_folds="4", min_ratio="0.01")
    for name in PARTS:
        page.section("after", name)
        assert page.fine(), name


def test_gamma_mixes_penalized_and_free_coefficients(visit):
    page, study = visit("after", **DIABETES), study_of(DIABETES)
    page.at.slider(key="gamma").set_value(0.5).run()
    assert page.fine()
    frame = page.at.dataframe[0].value
    relaxed = regpath.relax_path(study.train, study.path)
    np.testing.assert_allclose(
        frame["coef[bmi]"] if "coef[bmi]" in frame else frame.iloc[:, 6],
        relaxed.to_frame(0.5).iloc[:, 6],
    )


def test_intervals_come_with_what_they_mean(visit):
    page = visit("after", **DIABETES).section("after", "Intervals")
    assert "A p-value asks" in page.text
    found = regpath.split_intervals(study_of(DIABETES).train)
    assert found.meaning in page.text
    assert len(page.at.dataframe[0].value) == len(found.table)


def test_a_row_is_taken_apart_and_changing_it_moves_its_prediction(visit):
    page, study = visit("after", **DIABETES).section("after", "What if"), study_of(DIABETES)
    page.at.selectbox(key="row").set_value(study.train.frame.index[4]).run()
    index = page.slider.value
    found = regpath.contributions(study.path, study.train.X[4])
    assert f"Prediction **{found.total[index]:.5g}**" in page.text
    (field, *_) = [n for n in page.at.text_input if str(n.key).startswith("changed:")]
    field.set_value(str(float(field.value) + 1.0)).run()
    assert page.fine()
    assert "Before: Prediction" in page.text


def test_separation_and_relations_are_told(visit):
    page = visit("after", data="separable", target="outcome", n_lambdas="12")
    page.section("after", "Separation and uniqueness")
    assert page.fine()
    assert "no finite fit exists" in page.text
    page = visit("after", data="diabetes", target="progression", n_lambdas="12")
    page.section("after", "Separation and uniqueness")
    assert "amounts are never separated" in page.text
    assert "No exact linear relation" in page.text


def test_a_refit_without_test_scores_while_they_are_sealed(visit):
    page = visit("after", **DIABETES, seal="True")
    assert page.fine()
    columns = [list(frame.value.columns) for frame in page.at.dataframe]
    assert not any("test" in str(name) for names in columns for name in names)


def test_where_columns_repeat_each_other_the_path_is_searched_for_other_solutions(visit):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 60)).round(3)
    y = (a + 0.3 * b + rng.normal(size=60)).round(3)
    rows = "".join(f"{i},{2 * i:.3f},{j},{k}\n" for i, j, k in zip(a, b, y, strict=True))
    page = visit("after")
    page.upload("t.csv", f"a,twice,b,y\n{rows}".encode())
    page.section("after", "Separation and uniqueness")
    assert page.fine()
    assert "- a, twice" in page.text
    page.press("Look where L1 has other solutions")
    assert page.fine()
    assert "strengths of this path" in page.text


@pytest.mark.parametrize("section", ["Without the penalty", "What if"])
def test_a_link_opens_the_same_strength_anew(visit, section):
    page = visit("after", data="diabetes", n_lambdas="12", n_folds="4").section("after", section)
    slider = page.at.select_slider[0]
    slider.set_value(slider.value + 2).run()
    again = visit("after", **page.address)
    assert again.at.select_slider[0].value == slider.value
    assert again.fine()


def test_where_there_is_no_fit_the_strength_is_written_as_elsewhere(visit):
    page = visit("after", data="breast_cancer", n_lambdas="20")
    (note,) = [each.value for each in page.at.caption if "No fit without a penalty" in each.value]
    assert "the first at λ = " in note
    assert "lambda" not in note
