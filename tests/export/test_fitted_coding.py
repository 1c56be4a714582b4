"""scikit-learn's transformers code columns as the encoder does, which they are asked to follow."""

import warnings

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export.fitted_coding import MOST_WORDS, fitted_columns, fitted_products
from tests.export.studies import messy_study, messy_table

CHOICES = [
    {},
    {"missing": "impute"},
    {"missing": "mean"},
    {"coding": "reference"},
    {"min_level_count": 1},
    {"min_level_count": 1, "coding": "reference", "missing": "impute"},
    {"level_groups": (), "min_level_count": 500},  # all levels are pooled
    {"level_groups": (("city's", "Rio", ("Bonn",)), ("city's", "Bonn", ("Rio",)))},  # a circle
    {"level_groups": (("city's", "x", ("Rio",)), ("city's", "Oslo", ("x",)))},  # a chain
    {"level_groups": (("city's", "other", ("Oslo",)),)},
]


def coded_twice(encoder, frame):
    columns, products = fitted_columns(encoder), fitted_products(encoder)
    found = columns.transform(frame)
    return (found if products is None else products.transform(found)), encoder.encode(frame)


def strange_rows(frame):
    """Rows with levels that nobody saw, the pooled level by its name, and each kind of gap."""
    rows = frame.head(5).astype(dict.fromkeys(("city's", "ward"), object))
    rows["city's"] = pd.Series(["Atlantis", "other", None, np.nan, "south"], rows.index, object)
    rows["ward"] = pd.Series(["", "north", np.nan, None, "NORTH"], rows.index, object)
    return rows


@pytest.mark.parametrize("choices", CHOICES)
def test_every_coding_is_that_of_the_encoder(choices):
    encoder = messy_study(**choices).path.encoder
    found, expected = coded_twice(encoder, messy_table().frame)
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of unknown levels; what is warned of is tested below
        found, expected = coded_twice(encoder, strange_rows(messy_table().frame))
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_a_level_that_nobody_saw_is_warned_of_and_a_pooled_one_is_not():
    frame = messy_table().frame
    columns = fitted_columns(messy_study(level_groups=()).path.encoder)
    pooled = frame.head(2).assign(**{"city's": ["x", "Bonn"]})
    columns.transform(pooled)  # warnings are errors
    with pytest.warns(UserWarning, match="unknown categories"):
        columns.transform(frame.head(2).assign(**{"city's": ["Atlantis", "Bonn"]}))


def test_numbers_may_be_truths_integers_with_gaps_or_objects():
    frame = messy_table().frame
    encoder = messy_study(missing="impute").path.encoder
    columns = fitted_columns(encoder)
    expected = columns.transform(frame)
    whole = frame["<b>dose</b>"].astype("Int64")
    objects = frame["fever"].astype(object).where(frame["fever"].notna(), None)
    same = frame.assign(**{"<b>dose</b>": whole, "fever": objects})
    np.testing.assert_array_equal(columns.transform(same), expected)


@pytest.mark.parametrize("gap", [None, np.nan])
@pytest.mark.parametrize("column", [0, 1, 2, 3, 4])
def test_rows_with_gaps_are_refused_where_they_had_no_part_in_the_fit(column, gap):
    study = messy_study(missing="drop")
    columns = fitted_columns(study.path.encoder)
    rows = study.table.frame.loc[study.problem.frame.index[:3]].astype(object)
    columns.transform(rows)
    rows.isetitem(column, pd.Series([rows.iloc[0, column], gap, gap], rows.index, object))
    with pytest.raises(ValueError, match="have missing values in transform"):
        columns.transform(rows)


def test_products_are_made_one_by_one_so_that_no_other_can_overflow():
    big = np.array([1e120, 2e120, 5e119, 4e120] * 6)
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"a": big, "b": rng.normal(size=24), "y": rng.normal(size=24)})
    problem = regpath.make_problem(frame, "y", terms=["a^2", "a × b^2"])
    found, expected = coded_twice(problem.encoder, frame)
    np.testing.assert_allclose(found, expected, rtol=1e-14)  # a³ would be 1e360
    assert fitted_products(regpath.make_problem(frame, "y").encoder) is None


def test_fit_leaves_the_coding_alone():
    frame = messy_table().frame
    columns = fitted_columns(messy_study().path.encoder)
    expected = columns.transform(frame)
    columns.fit(frame.head(20))
    np.testing.assert_array_equal(columns.transform(frame), expected)


def test_more_words_than_a_matrix_should_hold_are_refused():
    names = [f"k{i}" for i in range(MOST_WORDS + 1)]
    frame = pd.DataFrame({"who": names, "x": np.arange(len(names)) % 7.0})
    frame["y"] = frame["x"] * 2.0 + np.arange(len(names)) % 3
    encoder = regpath.make_problem(frame, "y", features=["who", "x"]).encoder
    with pytest.raises(regpath.ParameterError, match=r"'who' has 2,001 levels"):
        fitted_columns(encoder)
