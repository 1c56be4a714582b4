"""Residuals, counts and subgroups on Choose: of rows that may be seen, at the cursor."""

from base64 import b64decode

import numpy as np
import pytest

import regpath
from regpath.ui.session.state import Key
from tests.ui.controls.test_strength_strip import field


def drawn(page, number=1):
    """The trace that a chart of the section begins with; the first chart is the validation."""
    spec = page.chart(number)["data"][0]
    return [numbers(spec[axis]) for axis in "xy"]


def numbers(told):
    """What Plotly packs of an array."""
    return np.frombuffer(b64decode(told["bdata"]), dtype=told["dtype"])


@pytest.fixture(scope="module")
def study():
    table = regpath.datasets.load("diabetes")
    return regpath.run_study(table, regpath.Recipe("progression"))


def test_residuals_are_of_held_out_rows_and_move_with_the_cursor(visit, study):
    page = visit("choose", data="diabetes", section="Residuals")
    assert page.fine()
    cv = regpath.validate_study(study)
    for lam in (None, study.path.lambdas[60]):
        if lam is not None:
            field(page.at, "lambda", "choose").set_value(repr(float(lam))).run()
        chosen = cv.lambda_1se if lam is None else lam
        told = cv.out_of_fold(study.train, chosen)
        _, y = drawn(page)
        np.testing.assert_allclose(y, study.train.y - told, rtol=1e-6, atol=1e-6)
    largest = page.at.dataframe[-1].value
    found = regpath.residuals(study.train, told).largest(10)
    assert largest["row"].tolist() == found["row"].tolist()


def test_test_rows_are_offered_only_where_they_are_on_view(visit, study):
    page = visit("choose", data="diabetes", section="Residuals")
    pills = page.at.button_group(key=Key.ROWS.of("residuals"))
    pills.set_value("test").run()
    assert page.fine()
    assert len(drawn(page)[1]) == study.test.n_obs
    assert "to look here often spends them" in page.text
    sealed = visit("choose", data="diabetes", section="Residuals", seal="True")
    assert sealed.fine()
    assert not [b for b in sealed.at.button_group if str(b.key).startswith(Key.ROWS)]
    assert len(drawn(sealed)[1]) == study.train.n_obs
    assert "Test rows stay sealed" in sealed.text


def test_counts_have_their_own_section(visit):
    page = visit("choose", data="diabetes", family="poisson", section="Counts")
    assert page.fine()
    assert "Mean squared Pearson residual" in page.text
    counted = page.chart(1)["data"]
    assert [trace["name"] for trace in counted] == ["observed", "expected"]


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ({"data": "diabetes"}, "sex"),
        ({"data": "breast_cancer"}, "mean_radius"),
        ({"data": "penguins"}, "island"),
        ({"data": "diabetes", "family": "poisson"}, "age"),
    ],
)
def test_every_family_is_scored_by_groups_of_a_column(visit, query, column):
    page = visit("choose", section="Subgroups", **query)
    assert page.fine()
    assert "Choose a column" in page.text
    (box,) = [b for b in page.at.selectbox if b.label == "By groups of"]
    box.set_value(column).run()
    assert page.fine()
    assert f"By {column}:" in page.text
    frame = page.at.dataframe[-1].value
    assert frame["group"].iloc[0] == "all rows"
    assert frame["n_rows"].iloc[1:].sum() == frame["n_rows"].iloc[0]


def test_groups_may_be_of_a_column_that_the_model_does_not_use(visit):
    page = visit("choose", data="penguins", features=["bill_length_mm"], section="Subgroups")
    (box,) = [b for b in page.at.selectbox if b.label == "By groups of"]
    assert "sex" in box.options
    box.set_value("sex").run()
    assert page.fine()
    assert "missing" in page.at.dataframe[-1].value["group"].tolist()
