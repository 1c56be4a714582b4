"""What a cell looks like from afar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.io.shapes import is_absent, is_date, is_number, is_word

PIECES = ["USD", "eur", "kr", "z\u0142", "K\u010d", "\u212ar", "in", "Inf", "infinity", "NA", "n/a"]
PIECES += ["g12", "jan", "1.5", " ", "-", "T", "12:30", "2020-01-02", "5", "%", "am", "Gene", "_"]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.text(max_size=6))
def test_a_word_is_neither_number_nor_date_nor_absent(cell):
    assert is_word(cell) == (not (is_absent(cell) or is_number(cell) or is_date(cell)))


@pytest.mark.parametrize(
    "cell", ["g1", "x", "Patient", "in stock", "kr", "USD", "\u00dc1", "janitor"]
)
def test_words(cell):
    assert is_word(cell)


@pytest.mark.parametrize(
    "cell", ["USD 5", "kr12", "inf", "Infinity", "NA", "null", "None", "1 Jan 2020"]
)
def test_no_words(cell):
    assert not is_word(cell)
