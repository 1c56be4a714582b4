"""Cells to floats."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.numbers import plain_numbers, read_numbers


def numbers_of(*cells, **how):
    cells = DistinctCells.of("x", pa.array(cells), np.arange(2, 2 + len(cells)), frozenset([""]))
    return read_numbers(cells, **how)


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_every_float_is_read_exactly(values):
    texts = [repr(value) for value in values]
    plain = plain_numbers(pa.array(texts))
    if plain is not None:
        np.testing.assert_array_equal(plain, values)
    found = numbers_of(*texts)
    np.testing.assert_array_equal(found.cells.expanded(found.values, np.nan), values)


@given(
    st.lists(
        st.from_regex(r"[0-9]{1,25}[.][0-9]{1,30}(e-?[0-9]{1,3})?", fullmatch=True), min_size=1
    )
)
def test_long_decimals_give_the_nearest_float(texts):
    found = numbers_of(*(f"{text} kg" for text in texts))
    np.testing.assert_array_equal(found.cells.expanded(found.values, np.nan), [*map(float, texts)])


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1), st.sampled_from(".,"))
def test_marks_and_signs_leave_the_nearest_float(amounts, decimal):
    texts = [f"{amount:,.2f} €" for amount in amounts]
    if decimal == ",":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    found = numbers_of(*texts, decimal=decimal)
    np.testing.assert_array_equal(
        found.cells.expanded(found.values, np.nan), [float(str(amount)) for amount in amounts]
    )


def test_plain_numbers_and_blanks():
    assert plain_numbers(pa.array(["1", "-2", "+3"])).dtype == np.int64
    np.testing.assert_array_equal(plain_numbers(pa.array(["", "2", ""])), [np.nan, 2, np.nan])
    sliced = pa.array(["x", "1.5", "0.25", "y"]).slice(1, 2)
    np.testing.assert_array_equal(plain_numbers(sliced), [1.5, 0.25])


PLAIN_TO_NO_ONE = "007 -01 nan(3) inf 9007199254740993 1.234 1e999 0x10 1_0 1,5 ١٢"


@pytest.mark.parametrize("cell", ["NaN", " 1", *PLAIN_TO_NO_ONE.split()])
def test_what_plain_numbers_would_lose_or_mistake_is_left_to_a_closer_look(cell):
    assert plain_numbers(pa.array([cell])) is None
    assert plain_numbers(pa.array(["1", cell])) is None


def test_a_column_without_a_cell_is_left_to_a_closer_look():
    assert plain_numbers(pa.array([""])) is None


@pytest.mark.parametrize(
    "cell",
    ["1_000", "١٢", "0x10", "nan", "1 2", "1\n2", "1ee", "12:30", "1.2.3", "--5", "ınf"],
)
def test_what_is_not_a_number_is_not_parsed(cell):
    found = numbers_of("1.5", "2.5", cell)
    np.testing.assert_array_equal(found.good, [True, True, False])


@pytest.mark.parametrize(
    ("cells", "values", "repairs"),
    [
        (
            ["$1,234.50", "($20.00)", "-$7"],
            [1234.5, -20, -7],
            {"currency", "brackets", "thousands"},
        ),
        (["1.234,50 €", "5,- €"], [1234.5, 5], {"currency", "cents", "thousands", "decimal"}),
        (["EUR 5", "7 EUR"], [5, 7], {"currency"}),
        (["12 %", "\u22124%"], [12, -4], {"percent", "minus"}),
        (["1 234 567", "12"], [1234567, 12], {"thousands"}),
        (["1\u202f234,5"], [1234.5], {"thousands", "decimal"}),
        (["1'234.50", "7"], [1234.5, 7], {"thousands"}),
        (["12,34,567", "99,999"], [1234567, 99999], {"thousands"}),
        (["1.234.567"], [1234567], {"thousands"}),
        (["5 kg", "7.5kg"], [5, 7.5], {"unit"}),
        (["100-", "5"], [-100, 5], {"trailing"}),
        (["\u221e", "-\u221e"], [np.inf, -np.inf], {"infinity"}),
        (["1.5\u200e"], [1.5], {"invisible"}),
        (["- 5", "+ 3"], [-5, 3], {"blanks"}),
    ],
)
def test_ways_of_writing(cells, values, repairs):
    found = numbers_of(*cells)
    np.testing.assert_array_equal(found.values, values)
    assert set(found.changed) == repairs
    assert found.other is None
    # A take-away script makes the same numbers with Python's own regular expressions.
    for cell, value in zip(cells, values, strict=True):
        for pattern, replacement in found.rewrites:
            cell = re.sub(pattern, replacement, cell)
        assert float(cell) == value


@pytest.mark.parametrize("cells", [["1,234"], ["1,234", "5"], ["1.234", "-20"]])
def test_a_mark_before_three_digits_alone_is_doubtful(cells):
    found = numbers_of(*cells)
    assert found.other is not None
    assert {found.style.decimal, found.other.decimal} == {".", ","}
    assert numbers_of(*cells, decimal=",").other is None


def test_a_number_without_a_mark_speaks_against_marks_for_thousands_but_does_not_settle_it():
    found = numbers_of("1.234", "987", "1001")
    assert found.other is not None
    assert found.unmarked == "1001"


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        (["€5", "$6"], "amounts in different currencies ('$', '€')"),
        (["5 kg", "300 g", "7 kg", "20 g"], "numbers with different units ('g', 'kg')"),
        (["5 %", "0.3", "7 %"], "numbers with and without a percent sign"),
        (["5 %", "0", "7 %"], ""),
        (["1.2k", "3k", "500"], "numbers with and without 'k'"),
        (["1.2k", "3k", "5k"], ""),
    ],
)
def test_numbers_that_cannot_be_compared(cells, trouble):
    assert numbers_of(*cells).stripped.trouble == trouble


@pytest.mark.parametrize(
    ("key", "cells"),
    [
        ("currency", "$5"),
        ("brackets", "(5)"),
        ("thousands", "1,234,567"),
        ("decimal", "1,5"),
        ("percent", "5%"),
        ("unit", "5 kg"),
    ],
)
def test_a_repair_that_is_not_to_be_made_leaves_the_cells(key, cells):
    assert numbers_of(cells) is not None
    assert numbers_of(cells, kept={key}) is None
