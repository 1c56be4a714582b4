"""New rows: what is predicted, what cannot be, and what is new."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath.core.problems.problem import Problem
from regpath.model import WEIGHED, Model
from regpath.new_rows import score_rows, stability_index


def penguins(**choices):
    table = regpath.datasets.load("penguins")
    recipe = regpath.Recipe("species", n_lambdas=20, **choices)
    study = regpath.run_study(table, recipe)
    return table, study, Model.from_study(study, study.path.lambdas[12])


def test_rows_of_the_fit_are_predicted_as_by_the_path():
    table, study, model = penguins()
    rows = score_rows(model, table)
    assert (rows.predictions["prediction"] == study.path.predict(table, model.lam)).all()
    shares = rows.predictions.filter(like="probability of ").to_numpy()
    np.testing.assert_allclose(shares, study.path.predict_proba(table, model.lam), atol=1e-12)
    assert (rows.predictions["not scored"] == "").all()


def test_columns_may_stand_in_any_order_and_others_beside_them():
    table, _, model = penguins()
    shuffled = table.frame[table.frame.columns[::-1]].assign(more=1.0)
    a, b = score_rows(model, table), score_rows(model, shuffled)
    assert a.predictions.equals(b.predictions)


def test_a_missing_column_is_named():
    table, _, model = penguins()
    column = model.needs[0]
    with pytest.raises(regpath.DataError, match=column):
        score_rows(model, table.frame.drop(columns=column))


def test_no_rows_are_refused():
    table, _, model = penguins()
    with pytest.raises(regpath.DataError, match="no rows"):
        score_rows(model, table.frame.head(0))


def test_what_is_no_number_is_not_scored_and_told_with_its_row():
    table, _, model = penguins()
    number = next(c for c, kind in model.path.encoder.kinds.items() if kind == "numeric")
    frame = table.frame.head(5).copy()
    frame[number] = frame[number].astype(object)
    frame.loc[frame.index[3], number] = "heavy"
    rows = score_rows(model, frame)
    assert rows.predictions["not scored"].tolist() == ["", "", "", f"{number!r} is no number", ""]
    assert pd.isna(rows.predictions["prediction"].iloc[3])
    assert rows.notes[0].startswith(f"1 row not scored, the first in row {frame.index[3]}")


def test_what_is_infinite_is_not_scored():
    table, _, model = penguins()
    number = next(c for c, kind in model.path.encoder.kinds.items() if kind == "numeric")
    frame = table.frame.head(5).copy()
    frame[number] = frame[number].astype(float)
    frame.loc[frame.index[0], number] = np.inf
    assert score_rows(model, frame).predictions["not scored"].iloc[0] == f"{number!r} is infinite"


@pytest.mark.parametrize("missing", ["impute", "mean", "indicator"])
def test_gaps_are_filled_as_in_the_fit_and_told(missing):
    table, study, model = penguins(missing=missing)
    number = next(c for c, kind in model.path.encoder.kinds.items() if kind == "numeric")
    frame = table.frame.head(4).copy()
    frame[number] = frame[number].astype(float)
    frame.loc[frame.index[1], number] = np.nan
    rows = score_rows(model, frame)
    assert number in rows.predictions["filled"].iloc[1]
    assert (rows.predictions["prediction"] == study.path.predict(frame, model.lam)).all()


def test_where_the_fit_dropped_gaps_they_are_not_scored():
    table, _, model = penguins(missing="drop")
    gaps = table.frame[list(model.needs)].isna().any(axis=1).to_numpy()
    assert gaps.any()
    rows = score_rows(model, table)
    assert ((rows.predictions["not scored"] != "").to_numpy() == gaps).all()
    assert (rows.predictions["filled"] == "").all()


def test_levels_never_seen_are_told():
    table, _, model = penguins()
    frame = table.frame.head(6).copy()
    words = next(c for c, kind in model.path.encoder.kinds.items() if kind == "categorical")
    frame.loc[frame.index[2], words] = "Atlantis"
    rows = score_rows(model, frame)
    line = rows.columns.set_index("column").loc[words]
    assert (line["n_new"], line["example"]) == (1, "Atlantis")
    assert words in rows.predictions["new"].iloc[2]
    assert any("Atlantis" in note and "never seen" in note for note in rows.notes)


def test_numbers_outside_the_range_are_told():
    table, _, model = penguins()
    number = next(c for c, kind in model.path.encoder.kinds.items() if kind == "numeric")
    frame = table.frame.head(6).copy()
    frame[number] = frame[number].astype(float)
    frame.loc[frame.index[0], number] = 1e6
    rows = score_rows(model, frame)
    assert number in rows.predictions["new"].iloc[0]
    assert any("extrapolates" in note for note in rows.notes)


def test_scores_are_those_of_the_path_on_these_rows():
    table, study, model = penguins()
    expected = study.scores_of("test").iloc[12].drop("lambda")
    rows = table.frame.loc[study.test.frame.index]
    scores = score_rows(model, regpath.Table.from_frame(rows)).scores
    np.testing.assert_allclose(scores[expected.index].astype(float), expected.astype(float))


def test_a_class_that_the_fit_did_not_have_is_left_out_of_the_scores_and_told():
    table, _, model = penguins()
    frame = table.frame.copy()
    frame.loc[frame.index[0], "species"] = "Emperor"
    rows = score_rows(model, frame)
    assert rows.scores is not None
    assert any("a class that the fit did not have" in note for note in rows.notes)


def test_without_a_target_there_are_no_scores():
    table, _, model = penguins()
    assert score_rows(model, table.frame.drop(columns="species")).scores is None


def test_calibration_is_that_of_the_rows_whose_target_is_known():
    table, _, model = penguins()
    frame = table.frame.copy()
    frame.loc[frame.index[:3], "species"] = None
    rows = score_rows(model, frame)
    total = rows.calibration_summary.set_index("class")
    known = frame["species"].notna().to_numpy()
    for label in model.path.classes:
        told = rows.predictions[f"probability of {label}"][known]
        assert total.loc[label, "mean_predicted"] == pytest.approx(told.mean())
        assert total.loc[label, "observed"] == (frame["species"][known] == label).mean()
        one = rows.calibration[rows.calibration["class"] == label]
        assert one["n_rows"].sum() == known.sum()


@pytest.mark.parametrize("family", ["gaussian", "poisson"])
@pytest.mark.parametrize("n", [2, 9, 442])
def test_numbers_are_calibrated_by_groups_of_what_was_predicted(family, n):
    table = regpath.datasets.load("diabetes")
    study = regpath.run_study(table, regpath.Recipe("progression", family=family, n_lambdas=12))
    rows = score_rows(Model.from_study(study, study.path.lambdas[6]), table.frame.head(n))
    assert rows.calibration["n_rows"].sum() == n
    assert len(rows.calibration) == max(1, min(10, n // 10))
    total = rows.calibration_summary.iloc[0]
    assert total["observed"] == pytest.approx(table.frame["progression"].head(n).mean())
    assert total["mean_predicted"] == pytest.approx(rows.predictions["prediction"].mean())


def test_rows_of_one_class_are_judged_without_a_slope():
    table = regpath.datasets.load("breast_cancer")
    study = regpath.run_study(table, regpath.Recipe("diagnosis", n_lambdas=12))
    model = Model.from_study(study, study.path.lambdas[6])
    ill = table.frame[table.frame["diagnosis"] == "malignant"]
    rows = score_rows(model, ill)
    assert rows.calibration_summary["observed"].tolist() == [1.0]
    assert rows.calibration_summary["slope"].isna().all()
    assert rows.calibration is not None


def test_a_model_of_arrays_takes_its_columns_by_name():
    X = np.random.default_rng(0).normal(size=(30, 3))
    problem = Problem.from_arrays(X, X @ [1.0, 2.0, 0.0], feature_names=["a", "b", "c"])
    path = regpath.fit_path(problem, n_lambdas=10)
    model = Model.from_path(path, path.lambdas[5])
    frame = pd.DataFrame(X, columns=["a", "b", "c"])[["c", "a", "b"]]
    rows = score_rows(model, frame)
    np.testing.assert_allclose(rows.predictions["prediction"], path.predict(X, model.lam))


def test_a_shift_is_told_and_the_same_rows_are_none():
    table, _, model = penguins()
    same = score_rows(model, table).columns
    assert (same["shift"] == "").all()
    number = next(c for c, kind in model.path.encoder.kinds.items() if kind == "numeric")
    frame = table.frame.copy()
    frame[number] = frame[number].astype(float) + 2.0 * frame[number].astype(float).std()
    moved = score_rows(model, frame).columns.set_index("column")["shift"]
    assert moved[number] == "large shift"
    assert (moved.drop(number) == "").all()


counts = st.lists(st.integers(0, 500), min_size=2, max_size=8)


@given(st.data(), counts)
def test_the_index_is_symmetric_and_never_negative(data, before):
    now = data.draw(st.lists(st.integers(0, 500), min_size=len(before), max_size=len(before)))
    a, b = np.array(before), np.array(now)
    index, chance = stability_index(a, b)
    assert index >= 0.0
    assert 0.0 <= chance <= 1.0
    assert stability_index(b, a)[0] == pytest.approx(index, abs=1e-12)
    assert stability_index(a, a)[0] == 0.0


def test_chance_alone_rarely_makes_a_shift():
    """Of equal populations, about one column in a thousand is below the bound of chance."""
    rng = np.random.default_rng(1)
    shares = np.full(10, 0.1)
    small = [
        stability_index(rng.multinomial(400, shares), rng.multinomial(200, shares))[1] < 0.01
        for _ in range(2000)
    ]
    assert np.mean(small) < 0.02


@pytest.mark.parametrize(("balanced", "told"), [("balanced", True), (None, False)])
def test_probabilities_that_class_weights_shifted_are_told(balanced, told, tmp_path):
    table, study, model = penguins(class_weight=balanced)
    regpath.export.model(study, model.lam, tmp_path / "m.json")
    for each in (model, regpath.load_model(tmp_path / "m.json")):
        notes = score_rows(each, table).notes
        assert (WEIGHED in notes) == told
    assert (WEIGHED in regpath.export.model_card(model)) == told


def test_class_weights_of_classes_that_are_as_frequent_shift_nothing():
    study = regpath.run_study(
        regpath.datasets.load("iris"),
        regpath.Recipe("species", n_lambdas=20, class_weight="balanced", test_size=0.0),
    )
    assert "probabilities" not in Model.from_study(study, study.path.lambdas[12]).facts
