import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.charts.ticks import decade_texts, log_ticks, round_ticks, tick_texts
from regpath.number_format import COMMA, writing


@pytest.mark.parametrize(
    ("ends", "texts"),
    [
        ((0.0008, 0.2), ["0.001", "0.01", "0.1"]),
        ((0.003, 0.9), ["0.01", "0.1"]),
        ((5e-6, 30.0), ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1", "10"]),
        ((0.02, 0.3), ["0.02", "0.05", "0.1", "0.2"]),
        ((3e-6, 4e-5), ["5×10⁻⁶", "10⁻⁵", "2×10⁻⁵"]),
        ((15_000.0, 300_000.0), ["20,000", "50,000", "100,000", "200,000"]),
        ((0.9147, 0.91505), ["0.9147", "0.9148", "0.9149", "0.915"]),
    ],
)
def test_ticks_of_strengths_are_written_alike_and_differ(ends, texts):
    assert log_ticks(*ends)[1] == texts


def test_ticks_have_the_visitors_signs():
    with writing(COMMA):
        assert log_ticks(0.02, 0.3)[1] == ["0,02", "0,05", "0,1", "0,2"]
        assert log_ticks(15_000.0, 300_000.0)[1][0] == "20.000"


@given(st.floats(-20, 20), st.floats(1e-4, 30))
def test_ticks_lie_on_the_axis_and_no_two_are_written_alike(start, decades):
    low, high = 10.0**start, 10.0 ** (start + decades)
    values, texts = log_ticks(low, high)
    assert 1 <= len(values) <= 10
    assert len(set(texts)) == len(texts)
    assert all(low * (1 - 1e-6) <= value <= high * (1 + 1e-6) for value in values)
    assert all("e" not in text for text in texts)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 9))
def test_round_values_are_about_as_many_as_asked_for(low, span, count):
    values = round_ticks(low, low + span, count)
    assert len(values) <= count + 1
    gaps = {f"{b - a:.6g}" for a, b in pairwise(values)}
    assert len(gaps) <= 1 or span < 1e-6 * abs(low)


def test_texts_of_a_few_values():
    assert tick_texts([0.0]) == ["0"]
    assert tick_texts([40_000.0, 60_000.0]) == ["40,000", "60,000"]
    assert decade_texts([0.5, 2.0]) == ["0.5", "2"]
    assert math.isclose(log_ticks(5.0, 5.0)[0][0], 5.0)
