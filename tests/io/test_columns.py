"""A column of text to a typed column."""

import numpy as np
import pandas as pd
import pytest

from regpath.io.columns import TEXT, Cells, settle_points, type_column


def cells(*column, name="x"):
    return Cells.of(name, column, np.arange(2, 2 + len(column)))


def typed(*column):
    return type_column(cells(*column))


@pytest.mark.parametrize(
    ("column", "values", "dtype"),
    [
        (("1", " -2\t", "+3"), [1, -2, 3], "int64"),
        (("0", "1", "1"), [0, 1, 1], "int64"),
        (("9007199254740992", "1152921504606846976"), [2**53, 2**60], "int64"),
        (("100000000000000000000",), [1e20], "float64"),
        (("1", "2.5", "1e3", ".5", "5."), [1, 2.5, 1000, 0.5, 5], "float64"),
        (("1", "NA", "3"), [1, np.nan, 3], "float64"),
        (("0.5", "00.5"), [0.5, 0.5], "float64"),
        (("1,5", "2"), [1.5, 2], "float64"),
        (("1,234,567", "8"), [1234567, 8], "int64"),
        (("1.234.567,8", ""), [1234567.8, np.nan], "float64"),
        (("", "NA", "?"), [np.nan] * 3, "float64"),
    ],
)
def test_numbers(column, values, dtype):
    result = typed(*column)
    assert result.values.dtype == dtype
    np.testing.assert_array_equal(result.values, values)
    assert result.note == ""


@pytest.mark.parametrize(
    "spelling",
    ["", "NA", "N/A", "n/a", "NaN", "null", "NULL", "None", "-", "?", ".", "#N/A", "missing", "  "],
)
def test_every_spelling_of_a_missing_value(spelling):
    np.testing.assert_array_equal(typed("1.5", spelling).values, [1.5, np.nan])
    assert pd.isna(typed("a", spelling).values[1])


def test_infinities_stay_and_are_noted():
    result = typed("1", "-inf", "Inf", "1e999")
    np.testing.assert_array_equal(result.values, [1, -np.inf, np.inf, np.inf])
    assert result.note == "Column 'x' holds 3 infinite values (first: '-inf', row 3)."


@pytest.mark.parametrize(
    ("column", "note"),
    [
        (
            ("12345", "00501"),
            "Column 'x' holds integers with leading zeros (first: '00501', row 3), "
            "so it is read as text.",
        ),
        (
            ("1.5", "-007"),
            "Column 'x' holds integers with leading zeros (first: '-007', row 3), "
            "so it is read as text.",
        ),
        (
            ("1", "", "9007199254740993"),
            "Column 'x' holds integers with more digits than a number can keep "
            "(first: '9007199254740993', row 4), so it is read as text.",
        ),
        (
            ("7" * 5000,),
            "Column 'x' holds integers with more digits than a number can keep "
            f"(first: '{'7' * 37}...', row 2), so it is read as text.",
        ),
        (
            ("12", "1,234"),
            "Column 'x' holds numbers that may mean 1234 or 1.234 (first: '1,234', row 3), "
            "so it is read as text.",
        ),
        (
            (*map(str, range(30)), "abc", "n.d."),
            "Column 'x' holds 2 values that are not numbers (first: 'abc', row 32), "
            "so it is read as text.",
        ),
        (
            ("NA", "low", *map(str, range(9))),
            "Column 'x' holds 1 value that is not a number (first: 'low', row 3), "
            "so it is read as text.",
        ),
        (("low", *map(str, range(8))), ""),
        (("1.5", "2,5"), ""),
        (("1_000", "2"), ""),
        (("a", " b c "), ""),
    ],
)
def test_what_no_number_can_keep_stays_text(column, note):
    result = typed(*column)
    assert result.values.dtype == TEXT
    assert result.values.dtype.name == "str"
    expected = [np.nan if cell in ("", "NA") else cell.strip() for cell in column]
    pd.testing.assert_extension_array_equal(result.values, pd.array(expected, dtype=TEXT))
    assert result.note == note


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (("true", "FALSE", "True"), [True, False, True]),
        (("no", "Yes", ""), [False, True, None]),
        (("t", "f"), [True, False]),
        (("N", "Y"), [False, True]),
    ],
)
def test_booleans(column, values):
    result = typed(*column)
    assert result.values.dtype == "boolean"
    assert [None if pd.isna(value) else value for value in result.values] == values


@pytest.mark.parametrize(
    "column", [("true", "true"), ("yes", "f"), ("yes", "no", "maybe"), ("t", "true")]
)
def test_half_a_pair_or_a_mixture_is_text(column):
    assert typed(*column).values.dtype == TEXT


def test_a_point_is_doubtful_beside_decimal_commas():
    columns = [type_column(cells("1.234", "20", name="x")), typed("2,5", "3")]
    settled = settle_points(columns)
    assert settled[0].values.tolist() == ["1.234", "20"]
    assert settled[0].note == (
        "Column 'x' holds numbers that may mean 1234 or 1.234 (first: '1.234', row 2), "
        "so it is read as text."
    )
    assert settled[1] is columns[1]


@pytest.mark.parametrize("other", [("2.5", "3"), ("a", "b")])
def test_a_point_is_decimal_otherwise(other):
    columns = [typed("1.234", "20"), typed(*other)]
    assert settle_points(columns) == columns


def test_other_decimals_settle_the_point():
    columns = [typed("1.234", "20.5"), typed("2,5", "3")]
    assert settle_points(columns) == columns
