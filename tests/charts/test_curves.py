import numpy as np
import pytest

from regpath.charts.curves import apart, largest, padded, until


def test_the_largest_come_first_and_nothing_is_not_among_them():
    values = np.array([[0.0, 1.0], [0.0, 0.0], [-3.0, 0.0], [np.nan, 2.0]])
    assert largest(values).tolist() == [2, 3, 0]
    assert largest(values, 1).tolist() == [2]


def test_labels_keep_their_distance_near_their_place():
    rng = np.random.default_rng(0)
    for n in (1, 5, 9):
        wanted = rng.uniform(-1, 1, n)
        placed = apart(wanted, 0.2, (-1.0, 1.0))
        assert (np.diff(np.sort(placed)) >= 0.2 - 1e-12).all()
        assert placed.min() >= -1.0
        assert placed.max() <= 1.0 + 1e-12
        assert (np.argsort(placed) == np.argsort(wanted)).all()
    assert apart(np.array([0.0, 1.0]), 0.2, (-1.0, 1.0)).tolist() == [0.0, 1.0]


def test_ranges_hold_what_is_finite():
    low, high = padded(np.array([np.nan, 1.0, 3.0, np.inf]), 0.1)
    assert (low, high) == pytest.approx((0.8, 3.2))
    assert padded(np.array([np.nan])) == (-1.0, 1.0)
    assert padded(np.array([2.0]))[0] < 2.0 < padded(np.array([2.0]))[1]


def test_a_chart_is_scaled_to_what_is_chosen():
    values = np.zeros((2, 100))
    assert until(values, 10).shape == (2, 51)
    assert until(values, 60).shape == (2, 86)
    assert until(values, 99).shape == (2, 100)
