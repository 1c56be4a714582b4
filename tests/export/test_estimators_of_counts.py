"""Models of counts leave the program with their exposures."""

import math
import sqlite3

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Recipe
from regpath.export import load_model, score_card
from tests.export.test_script import carry_out
from tests.responses import visits

EXPOSED = {"family": "poisson", "exposure": "days"}


@pytest.fixture
def study():
    return regpath.run_study(regpath.Table.from_frame(visits()), Recipe("visits", **EXPOSED))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("exposure", ["days", None])
@pytest.mark.parametrize("weights", [None, "times"])
def test_the_script_reaches_the_same_model(l1_ratio, exposure, weights, tmp_path):
    source = tmp_path / "visits.csv"
    visits().assign(times=1 + np.arange(240) % 3).to_csv(source, index=False)
    recipe = Recipe(
        "visits",
        family="poisson",
        exposure=exposure,
        weights=weights,
        features=("age", "pain", "town"),
        l1_ratio=l1_ratio,
    )
    carry_out(regpath.read_table(source), recipe, source, tmp_path, share=0.4)


def test_a_saved_model_predicts_the_same_and_asks_for_exposures(study, tmp_path):
    lam = study.path.lambdas[30]
    regpath.export.model(study, lam, tmp_path / "visits.json")
    model = load_model(tmp_path / "visits.json")
    assert model.needs == ("age", "pain", "town", "days")
    frame = visits().head(20)
    assert model.predict(frame) == pytest.approx(study.path.predict(frame, lam))
    assert model.predict(frame, exposure=1.0) == pytest.approx(
        study.path.predict(frame, lam) / frame["days"]
    )


def test_new_rows_are_scored_by_their_exposures_or_said_to_have_none(study):
    model = regpath.Model.from_study(study, study.path.lambdas[30])
    frame = visits(seed=1).astype({"days": float})
    frame.loc[3, "days"], frame.loc[5, "days"] = 0.0, np.nan
    rows = regpath.score_rows(model, frame)
    assert (
        rows.predictions["not scored"][[3, 5]].tolist()
        == ["'days' is missing or not above 0, and it is the exposure"] * 2
    )
    fine = frame.drop(index=[3, 5])
    assert rows.predictions["prediction"].drop(index=[3, 5]).to_numpy() == pytest.approx(
        study.path.predict(fine, model.lam)
    )
    assert rows.scores["deviance_explained"] > 0.1
    with pytest.raises(regpath.DataError, match="'days'"):
        regpath.score_rows(model, frame.drop(columns="days"))


def test_a_database_predicts_what_the_path_predicts(study):
    lam, frame = study.path.lambdas[30], visits().head(50)
    base = sqlite3.connect(":memory:")
    base.create_function("EXP", 1, math.exp)  # not every SQLite has them
    base.create_function("LN", 1, math.log)
    frame.to_sql("rows", base, index=False)
    found = pd.read_sql(regpath.export.sql(study, lam, table="rows"), base)
    base.close()
    assert found["prediction"].to_numpy() == pytest.approx(study.path.predict(frame, lam))


def test_a_score_card_is_of_one_unit_of_exposure(study):
    lam, frame = study.path.lambdas[30], visits().head(20)
    card = score_card(study, lam)
    assert card.outcome(card.total(frame)) == pytest.approx(
        study.path.predict(frame, lam, exposure=1.0)
    )
    assert "Expected visits for one unit of days" in card.to_html()
