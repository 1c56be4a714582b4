import csv
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath.export import coefs_csv, path_csv
from regpath.export.tables import neutral, table_csv, to_csv, to_parquet
from tests.corpus import CASES


def test_formulas_become_text_and_numbers_stay_numbers():
    frame = pd.DataFrame({"=1+1": [-1.5, 2.0]}, index=pd.Index(["@cmd", "-x"], name="feature"))
    lines = to_csv(frame, index=True).decode().splitlines()
    assert lines == ["feature,'=1+1", "'@cmd,-1.5", "'-x,2.0"]
    assert neutral("age") == "age"


def test_text_in_cells_is_made_neutral_too():
    frame = pd.DataFrame({"feature": ["=x", "age"], "size": [-1.0, 2.0], "sure": [True, False]})
    lines = to_csv(frame).decode().splitlines()
    assert lines == ["feature,size,sure", "'=x,-1.0,True", "age,2.0,False"]


def test_every_digit_survives(make_small):
    path = regpath.fit_path(make_small("multinomial"), n_lambdas=7)
    back = regpath.read_table(path_csv(path)).frame.drop(columns="certified")
    expected = path.to_frame().drop(columns="certified")
    assert list(back.columns) == list(expected.columns)
    assert np.array_equal(back.to_numpy(float), expected.to_numpy(float))


def test_coefficients_of_one_point(make_small):
    path = regpath.fit_path(make_small("binomial"), n_lambdas=7)
    content = coefs_csv(path, path.lambdas[4], "standardized")
    back = regpath.read_table(content).frame
    assert back["feature"].tolist() == list(path.feature_names)
    assert np.array_equal(back["coefficient"], path.coefs("standardized")[:, 4])


def test_texts_become_neutral_and_numbers_do_not():
    frame = pd.DataFrame(
        {
            "t": ["=1+1", "@x", "+y", "-z", "\ttab", "\rcr", "plain", None],
            "x": [-1.5, 2.0, -3.0, 4.5, 5.0, 6.0, 7.0, -8.0],
        }
    )
    rows = rows_of(to_csv(frame))
    assert [row[0] for row in rows[1:]] == [
        "'=1+1",
        "'@x",
        "'+y",
        "'-z",
        "'\ttab",
        "'\rcr",
        "plain",
        "",
    ]
    assert [float(row[1]) for row in rows[1:]] == frame["x"].tolist()


@pytest.mark.parametrize("part", range(4))
def test_every_table_of_the_corpus_is_read_back_as_it_was_exported(part):
    for case in [case for case in CASES if case.truth is not None][part::4]:
        table = regpath.read_table(case.content, options=case.options)
        back = regpath.read_table(table_csv(table))
        expected = table.frame.reset_index(drop=True)
        found = back.frame.reset_index(drop=True)
        pd.testing.assert_frame_equal(found, expected, check_dtype=True, obj=case.name)


def rows_of(content):
    return list(csv.reader(StringIO(content.decode(), newline="")))


def test_every_number_is_the_one_in_the_frame_whatever_the_names(make_small):
    problem = make_small("multinomial")
    hostile = ("=1+1", '@"x", y', "-2", "two\nlines", "naïve 💥")
    path = regpath.fit_path(replace(problem, feature_names=hostile), n_lambdas=7)
    for units in ("original", "standardized", "odds_ratio"):
        frame = path.to_frame(units).astype({"certified": float})
        head, *rows = rows_of(path_csv(path, units))
        assert head == list(frame.columns)
        numbers = [[float({"True": 1}.get(cell, cell)) for cell in row] for row in rows]
        assert numbers == frame.to_numpy().tolist()
    _, *rows = rows_of(coefs_csv(path, path.lambdas[5]))
    assert [row[0] for row in rows] == ["'=1+1", '\'@"x", y', "'-2", "two\nlines", "naïve 💥"]
    assert [list(map(float, row[1:])) for row in rows] == path.coef_path[..., 5].T.tolist()


def test_parquet_takes_cells_of_several_kinds():
    frame = pd.DataFrame({"=a": ["x", 1, None], "b": [1.5, 2.5, 3.5]})
    again = pd.read_parquet(BytesIO(to_parquet(frame)))
    assert again["=a"].tolist()[:2] == ["x", "1"]
    assert again["=a"].isna().tolist() == [False, False, True]
    assert again["b"].tolist() == frame["b"].tolist()


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_texts_that_differ_by_apostrophes_stay_apart_and_are_read_back(mark):
    texts = [f"{quotes}{mark}1 a" for quotes in ("", "'", "''", "'''")]
    assert len({neutral(text) for text in texts}) == len(texts)
    frame = pd.DataFrame({texts[0]: texts * 5, texts[1]: range(20), "it's": ["'a'", "b"] * 10})
    back = regpath.read_table(to_csv(frame)).frame
    assert back.columns.tolist() == frame.columns.tolist()
    assert back.iloc[:, 0].tolist() == [text.strip() for text in frame.iloc[:, 0]]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_decimal_commas_go_with_semicolons_and_lose_no_digit(values):
    mixed = [*values[1:], "a;b"]
    frame = pd.DataFrame({"x": values, "mixed": pd.Series(mixed, dtype=object)})
    content = to_csv(frame, decimal=",")
    assert b"." not in content.replace(b"a;b", b"")
    head, *rows = csv.reader(StringIO(content.decode()), delimiter=";")
    assert head == ["x", "mixed"]
    assert [float(x.replace(",", ".")) for x, _ in rows] == values
    assert [cell if cell == "a;b" else float(cell.replace(",", ".")) for _, cell in rows] == mixed
    assert to_csv(frame) == to_csv(frame, decimal=".")
