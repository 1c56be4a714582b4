"""Broom's names hold our numbers, and tables come back from their files as they were."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.knots import knots
from regpath.export import augment, tidy, tidy_knots, write_frame
from tests.export.studies import bundled_study


def test_every_number_of_a_path_is_that_of_its_frame():
    path = bundled_study("diabetes").path
    frame = tidy(path)
    ours = path.to_frame()
    for step, rows in frame.groupby("step"):
        here = rows.set_index("term")
        line = ours.iloc[step - 1]
        assert (here["lambda"] == line["lambda"]).all()
        assert (here["dev.ratio"] == line["dev_ratio"]).all()
        assert here.loc["(Intercept)", "estimate"] == line["intercept"]
        assert len(here) == line["n_nonzero"] + 1
        for term in here.index.drop("(Intercept)"):
            assert here.loc[term, "estimate"] == line[f"coef[{term}]"]


def test_classes_have_a_column_and_curves_have_their_error():
    study = bundled_study("iris", n_folds=4)
    frame = tidy(study.path)
    assert frame.columns[0] == "class"
    assert set(frame["class"]) == set(study.path.classes)
    cv = regpath.validate_study(study)
    curve = tidy(cv)
    np.testing.assert_allclose(curve["conf.high"] - curve["estimate"], cv.se)
    with pytest.raises(regpath.ParameterError, match="a RegPath, a CVResult or a Stability"):
        tidy(study)


def test_tables_come_back_from_their_files(tmp_path):
    path = bundled_study("diabetes").path
    for name, frame in {
        "path": path.to_frame(),
        "tidy": tidy(path).replace({"term": {"age": "=1+1"}}),
        "knots": knots(path),
    }.items():
        write_frame(frame, tmp_path / f"{name}.parquet")
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / f"{name}.parquet"), frame, check_dtype=False
        )
        write_frame(frame, tmp_path / f"{name}.csv")
        again = pd.read_csv(tmp_path / f"{name}.csv")
        numbers = frame.select_dtypes("number").columns
        np.testing.assert_allclose(again[numbers], frame[numbers], rtol=1e-14)
    assert "'=1+1" in (tmp_path / "tidy.csv").read_text()
    with pytest.raises(regpath.ParameterError, match=r"\.csv or \.parquet"):
        write_frame(path.to_frame(), tmp_path / "a.xls")


def test_brooms_names_hold_the_numbers_of_stability_knots_and_predictions():
    study = bundled_study("iris")
    stability = regpath.assess_stability(study.train, study.path, n_pairs=3)
    frame = tidy(stability)
    wide = frame.pivot(index="term", columns="step", values="estimate")
    assert (wide.loc[list(study.path.feature_names)].to_numpy() == stability.frequency).all()
    events = tidy_knots(study.path)
    assert list(events)[:4] == ["class", "term", "step", "lambda"]
    assert (study.path.lambdas[events["step"] - 1] == events["lambda"]).all()
    model = regpath.Model.from_study(study, study.path.lambdas[5])
    rows = regpath.score_rows(model, study.table)
    shares = augment(rows).filter(like=".fitted.")
    assert shares.shape == (150, 3)
    assert shares.sum(axis=1).sub(1).abs().max() < 1e-12
    two = bundled_study("breast_cancer")
    rows = regpath.score_rows(regpath.Model.from_study(two, two.path.lambdas[5]), two.table)
    assert list(augment(rows)) == [".rownames", ".fitted", ".class"]
    last = f"probability of {two.path.classes[1]}"
    assert (augment(rows)[".fitted"] == rows.predictions[last].to_numpy()).all()
