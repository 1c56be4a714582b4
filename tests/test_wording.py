"""How numbers are worded: as the explorer writes them, which `tests/e2e/test_parts.py` shows."""

import math

import numpy as np
import pytest

from regpath.wording import in_symbols, number_text, number_texts

WRITTEN = [
    (0.0, "0"),
    (-0.0, "0"),
    (1.0, "1"),
    (0.5, "0.5"),
    (-0.012345, "\u22120.01235"),
    (1234.5678, "1,235"),
    (12345.0, "12,345"),
    (99999.6, "100,000"),
    (123456.0, "123,456"),
    (1e-3, "0.001"),
    (9.9999e-4, "1×10⁻³"),
    (1e-7, "1×10⁻⁷"),
    (-2.5e-12, "\u22122.5×10⁻¹²"),
    (9999999.0, "9,999,999"),
    (12345678.0, "1.235×10⁷"),
    (5e-324, "4.941×10⁻³²⁴"),
    (math.nan, "none"),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_a_number_is_written_as_people_read_it(value, text):
    assert number_text(value) == text
    assert number_text(np.float64(value)) == text


@pytest.mark.parametrize(("value", "text"), [(math.inf, "∞"), (-math.inf, "\u2212∞")])
def test_what_has_no_end_is_so_called(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize("n", [2, 100, 500])
def test_numbers_of_a_dense_grid_read_differently(n):
    grid = np.geomspace(1.0, 0.1, n)
    texts = number_texts(grid, 3)
    assert len(set(texts)) == n
    assert texts[0] == "1"
    assert number_texts(np.repeat(grid, 2), 3) == list(np.repeat(texts, 2))


def test_so_many_digits_count():
    assert [number_text(0.123456, digits) for digits in (1, 2, 3)] == ["0.1", "0.12", "0.123"]
    assert [number_text(6.4512e-06, digits) for digits in (1, 3)] == ["6×10⁻⁶", "6.45×10⁻⁶"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("lambda = 1.234e-05 has", "λ = 1.234×10⁻⁵ has"),
        ("lambda = 1e-05.", "λ = 1×10⁻⁵."),
        ("below -1e-05, 0.5 and 1.2e+08", "below -1×10⁻⁵, 0.5 and 1.2×10⁸"),
        ("1.235e+04 = 12.35", "12,350 = 12.35"),
        ("lambda_1se, gene1e-05x and abc1e-05", "lambda_1se, gene1e-05x and abc1e-05"),
    ],
)
def test_a_reason_is_written_with_the_explorers_signs(text, shown):
    assert in_symbols(text) == shown
