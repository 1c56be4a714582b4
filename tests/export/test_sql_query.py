"""The query of a model, run by a database."""

import math
import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

import regpath
from tests.export.studies import BUNDLED, bundled_study, counts_path, messy_study


def exponential(value):
    """EXP as databases have it: of nothing comes nothing."""
    return None if value is None else math.exp(value)


def answered(study, lam, frame, **how):
    """What SQLite answers, its rows in the order of the table."""
    query = regpath.export.sql(study, lam, table="my rows", **how)
    plain = frame.reset_index(drop=True).astype(
        {c: float for c in frame if pd.api.types.is_bool_dtype(frame[c])}
    )
    plain.insert(0, "row number", range(len(plain)))
    base = sqlite3.connect(":memory:")
    base.create_function("EXP", 1, exponential)  # not every SQLite has them
    base.create_function("LN", 1, math.log)
    plain.to_sql("my rows", base, index=False)
    found = pd.read_sql(query, base)
    base.close()
    return found.sort_values("row number", ignore_index=True)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_database_predicts_what_the_path_predicts(name):
    study = bundled_study(name)
    rows = study.table.frame.head(100)
    found = answered(study, study.path.lambdas[12], rows)
    lam = study.path.lambdas[12]
    expected = study.path.predict(rows, lam)
    if study.path.classes:
        assert found["prediction"].tolist() == expected.tolist()
        shares = found.filter(like="probability of ").to_numpy()
        np.testing.assert_allclose(shares, study.path.predict_proba(rows, lam), atol=1e-12)
    else:
        np.testing.assert_allclose(found["prediction"], expected, rtol=1e-12)


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"missing": "mean"},
        {"missing": "impute"},
        {"coding": "reference"},
        {"min_level_count": 1},
    ],
)
def test_repairs_codings_and_hostile_names_are_kept(choices):
    study = messy_study(**choices)
    rows = study.table.frame
    rows = pd.concat([rows, rows.head(1).assign(**{"city's": "never seen"})], ignore_index=True)
    found = answered(study, study.path.lambdas[15], rows)
    lam = study.path.lambdas[15]
    expected = study.path.predict_proba(rows, lam)[:, 1]
    np.testing.assert_allclose(found["probability of ill"], expected, atol=1e-12)


def test_a_threshold_decides():
    study = messy_study()
    found = answered(study, study.path.lambdas[15], study.table.frame, threshold=0.3)
    likely = found["probability of ill"] >= 0.3
    assert found["prediction"].tolist() == np.where(likely, "ill", "well").tolist()


def test_far_rows_do_not_overflow():
    study = bundled_study("iris")
    rows = study.table.frame.head(3).copy()
    rows.iloc[0, 0], rows.iloc[1, 0] = 1e6, -1e6
    shares = answered(study, study.path.lambdas[12], rows).filter(like="probability of ").to_numpy()
    assert np.isfinite(shares).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)


def test_a_thousand_terms_are_not_too_deep():
    rng = np.random.default_rng(3)
    X = pd.DataFrame(rng.normal(size=(40, 1200)), columns=[f"x{j}" for j in range(1200)])
    table = regpath.Table.from_frame(X.assign(y=X.iloc[:, 0] + rng.normal(size=40)))
    recipe = regpath.Recipe("y", l1_ratio=0.0, n_lambdas=5, test_size=0.0)
    study = regpath.run_study(table, recipe)
    query = regpath.export.sql(study, study.path.lambdas[3])
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE data (" + ", ".join(f"x{j} REAL" for j in range(1200)) + ")")
    marks = ", ".join("?" * 1200)
    base.executemany(f"INSERT INTO data VALUES ({marks})", X.to_numpy().tolist())
    cursor = base.execute(query)
    names = [column[0] for column in cursor.description]
    found = pd.DataFrame(cursor.fetchall(), columns=names)
    base.close()
    expected = study.path.predict(X, study.path.lambdas[3])
    np.testing.assert_allclose(found["prediction"], expected, rtol=1e-9)


def test_a_name_that_sql_cannot_quote_is_refused():
    table = regpath.Table.from_frame(
        pd.DataFrame({"a\0b": np.arange(9.0) % 4, "y": np.arange(9.0) % 5})
    )
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    with pytest.raises(regpath.ParameterError, match="cannot quote"):
        regpath.export.sql(study, study.path.lambdas[3])


def test_counts_are_multiplied_by_their_exposure():
    frame, path = counts_path()
    base = sqlite3.connect(":memory:")
    base.create_function("EXP", 1, exponential)
    frame.to_sql("data", base, index=False)
    found = pd.read_sql(regpath.export.sql(path, path.lambdas[12]), base)
    base.close()
    np.testing.assert_allclose(found["prediction"], path.predict(frame, path.lambdas[12]))


def scored_in_sqlite(frame, query, table="data"):
    with closing(sqlite3.connect(":memory:")) as base:
        base.create_function("EXP", 1, exponential)
        frame.to_sql(table, base, index=False)
        return pd.read_sql_query(query, base)


def two_columns(second):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"a": rng.normal(size=120), second: rng.normal(50.0, 9.0, 120)})
    sure = frame["a"] + (frame[second] - 50) / 9
    frame["y"] = np.where(sure + rng.logistic(size=120) > 0, "p", "q")
    return frame


@pytest.mark.parametrize(
    "name", ["linear predictor", "Linear Predictor", "linear predictor 1", "b", "linear", "data"]
)
def test_a_column_of_any_name_hides_nothing(name):
    frame = two_columns(name)
    study = regpath.run_study(regpath.Table.from_frame(frame, name="t"), regpath.Recipe("y"))
    lam = float(study.path.lambdas[60])
    query = regpath.export.sql(study, lam)
    found = scored_in_sqlite(frame.drop(columns="y"), query)
    wanted = study.path.predict_proba(frame, lam)
    np.testing.assert_allclose(found["probability of q"], wanted[:, 1], rtol=1e-9)


def test_a_table_that_another_model_has_scored_is_scored_by_this_one():
    frame = two_columns("b")
    study = regpath.run_study(regpath.Table.from_frame(frame, name="t"), regpath.Recipe("y"))
    first, second = (float(study.path.lambdas[k]) for k in (20, 60))
    scored = scored_in_sqlite(frame.drop(columns="y"), regpath.export.sql(study, first))
    told = scored_in_sqlite(scored, regpath.export.sql(study, second))
    wanted = study.path.predict_proba(frame, second)
    (_, last) = (k for k, name in enumerate(told.columns) if name.startswith("probability of q"))
    np.testing.assert_allclose(told.iloc[:, last], wanted[:, 1], rtol=1e-9)


@pytest.mark.parametrize("gone", ["a", "b"])
def test_a_table_without_a_column_is_refused_by_its_name(gone):
    frame = two_columns("b")
    study = regpath.run_study(regpath.Table.from_frame(frame, name="t"), regpath.Recipe("y"))
    query = regpath.export.sql(study, float(study.path.lambdas[60]))
    with pytest.raises(pd.errors.DatabaseError, match=f"no such column: rows_to_score.{gone}"):
        scored_in_sqlite(frame.drop(columns=["y", gone]), query)


def odd_rows(frame, column, cells):
    """One row for each cell that is put into a column, beside the row as it was."""
    rows = frame.head(1 + len(cells)).reset_index(drop=True).astype({column: object})
    rows[column] = [rows[column].iloc[0], *cells]
    return rows


@pytest.mark.parametrize("choices", [{}, {"missing": "drop"}, {"l1_ratio": 0.0}])
@pytest.mark.parametrize("cell", ["abc", "12abc", "", " ", "1,5", float("inf"), -float("inf")])
def test_what_is_no_number_is_no_prediction_as_in_score_rows(cell, choices):
    frame = two_columns("b")
    recipe = regpath.Recipe("y", n_lambdas=20, **choices)
    study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
    lam = float(study.path.lambdas[12])
    rows = odd_rows(frame.drop(columns="y"), "b", [cell])
    told = regpath.score_rows(regpath.Model.from_study(study, lam), rows).predictions
    assert told["not scored"].iloc[1] != ""
    found = scored_in_sqlite(rows, regpath.export.sql(study, lam))
    for name in ("probability of p", "probability of q", "prediction"):
        assert found[name].notna().tolist() == [True, False]
    assert found["prediction"].iloc[0] == told["prediction"].iloc[0]


def test_numbers_that_a_database_keeps_as_text_are_numbers():
    frame = two_columns("b")
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("y", n_lambdas=20))
    lam = float(study.path.lambdas[12])
    cells = ["50.50", "5e1", 2**53 + 1]
    found = scored_in_sqlite(odd_rows(frame, "b", cells), regpath.export.sql(study, lam))
    plain = odd_rows(frame, "b", [50.5, 50.0, 2.0**53]).astype({"b": float})
    wanted = study.path.predict_proba(plain, lam)[:, 1]
    np.testing.assert_allclose(found["probability of q"], wanted, rtol=1e-9, atol=1e-12)


def test_gaps_are_no_prediction_where_rows_with_gaps_had_no_part():
    study = messy_study(missing="drop")
    lam = float(study.path.lambdas[12])
    rows = study.table.frame
    told = regpath.score_rows(regpath.Model.from_study(study, lam), rows).predictions
    found = answered(study, lam, rows)
    scored = (told["not scored"] == "").to_numpy()
    assert 0 < scored.sum() < len(rows)
    assert (found["prediction"].notna() == scored).all()
    assert found["prediction"][scored].tolist() == told["prediction"][scored].tolist()


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["True", "False", "true", "false", 1, 0, None], [1, 0, 1, 0, 1, 0, None]),
        ([1.0, 0.0, np.nan], [1, 0, None]),
        (["yes", "abc", 2, ""], [None] * 4),
    ],
)
def test_truth_is_true_however_a_database_keeps_it_and_other_words_are_no_prediction(cells, wanted):
    content = "smokes,age,y\n" + "".join(
        f"{'yes' if i % 3 else 'no'},{20 + i * 7 % 50},{'ill' if i % 3 or i % 7 == 1 else 'well'}\n"
        for i in range(60)
    )
    table = regpath.read_table(content.encode())
    assert table.reading.columns["smokes"].kind == "boolean"
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=20, test_size=0.0))
    lam = float(study.path.lambdas[12])
    rows = pd.DataFrame({"smokes": cells, "age": 30.0})
    found = scored_in_sqlite(rows, regpath.export.sql(study, lam))
    if wanted[0] is None:
        assert found["prediction"].isna().all()
        return
    plain = pd.DataFrame({"smokes": pd.array(wanted, dtype="boolean"), "age": 30.0})
    expected = study.path.predict_proba(plain, lam)[:, 1]
    np.testing.assert_allclose(found[f"probability of {study.path.classes[1]}"], expected)


@pytest.mark.parametrize("exposure", [0.0, -1.0, None, "abc", float("inf")])
def test_an_exposure_that_is_none_is_no_prediction(exposure):
    frame, path = counts_path()
    rows = odd_rows(frame, "years", [exposure])
    found = scored_in_sqlite(rows, regpath.export.sql(path, path.lambdas[12]))
    assert found["prediction"].notna().tolist() == [True, False]


def test_truth_of_a_frame_is_known_and_never_compared_with_a_number():
    """PostgreSQL and DuckDB refuse to compare them, where SQLite knows no truth."""
    study = messy_study()
    lam = float(study.path.lambdas[15])
    for of in (study, study.path):  # a bare path does not know what its columns are
        assert '"fever" >=' not in regpath.export.sql(of, lam)
    rows = study.table.frame
    texts = rows.assign(fever=rows["fever"].astype(object).map({True: "True", False: "False"}))
    found = scored_in_sqlite(texts.reset_index(drop=True), regpath.export.sql(study, lam))
    wanted = study.path.predict_proba(rows, lam)[:, 1]
    np.testing.assert_allclose(found["probability of ill"], wanted, atol=1e-12)
