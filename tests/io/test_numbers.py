"""Cells to floats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.io.numbers import COMMA, POINT, fitting_styles, parse_plain


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_every_float_is_read_exactly(values):
    np.testing.assert_array_equal(parse_plain([repr(value) for value in values]), values)


@pytest.mark.parametrize(
    "cell", ["1_000", "١٢", "0x10", "1,5", "nan", "1 2", "1\n2", "", "1e", "- 1", "½"]
)
def test_what_is_not_a_plain_number_is_not_parsed(cell):
    assert parse_plain(["1", cell]) is None


@pytest.mark.parametrize(
    ("cells", "styles"),
    [
        (["1,234"], [POINT, COMMA]),
        (["1,234", "5"], [POINT, COMMA]),
        (["1,234", "12,345.5"], [POINT]),
        (["1,234,567"], [POINT]),
        (["-1,234,567.25e3"], [POINT]),
        (["1,5"], [COMMA]),
        (["1,234", "0,234"], [COMMA]),
        (["1.234.567,8"], [COMMA]),
        (["1.234.567"], [COMMA]),
        (["1.234", "2,5"], [COMMA]),
        ([",5", "-3,", "inf"], [COMMA]),
        (["1.5", "2,5"], []),
        (["12,34,567"], []),
        (["1,5", "abc"], []),
    ],
)
def test_the_style_must_fit_every_cell(cells, styles):
    assert fitting_styles(cells) == styles


@pytest.mark.parametrize(
    ("style", "cell", "plain"),
    [
        (POINT, "1,234,567.8", "1234567.8"),
        (COMMA, "1.234.567,8", "1234567.8"),
        (COMMA, "-,5", "-.5"),
    ],
)
def test_numbers_are_rewritten_for_float(style, cell, plain):
    assert style.plain(cell) == plain
