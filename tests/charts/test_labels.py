from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from regpath.charts.labels import spread

finite = st.floats(-100.0, 100.0)


@given(st.lists(finite, max_size=12), st.floats(0.0, 30.0), finite, st.floats(0.01, 200.0))
def test_labels_keep_their_gap_their_range_and_their_order(wanted, gap, low, length):
    wanted, high = np.array(wanted), low + length
    placed = spread(wanted, gap, low, high)
    assert placed.shape == wanted.shape
    if placed.size == 0:
        return
    slack = 1e-9 * (abs(low) + length + 100.0)
    assert placed.min() >= low - slack
    assert placed.max() <= high + slack
    order = np.argsort(wanted, kind="stable")
    room = min(gap, length / max(len(wanted) - 1, 1))
    assert np.all(np.diff(placed[order]) >= room - slack)


@given(st.lists(finite, min_size=1, max_size=8, unique=True))
def test_labels_that_fit_stay_where_they_are(wanted):
    wanted = np.array(wanted)
    gap = np.diff(np.sort(wanted)).min(initial=1.0)
    np.testing.assert_allclose(spread(wanted, gap, -100.0, 100.0), wanted, atol=1e-9)


def test_two_at_the_same_place_move_by_half_a_gap_each():
    np.testing.assert_allclose(spread(np.array([1.0, 1.0]), 0.5, 0.0, 2.0), [0.75, 1.25])
    np.testing.assert_allclose(spread(np.array([1.0, 1.0]), 0.5, 0.0, 1.0), [0.5, 1.0])


def test_labels_move_as_little_as_they_must():
    wanted = np.array([0.0, 0.05, 0.1, 0.9])
    limits = [{"type": "ineq", "fun": lambda z, i=i: z[i + 1] - z[i] - 0.2} for i in range(3)]
    best = minimize(lambda z: np.sum((z - wanted) ** 2), wanted, constraints=limits)
    assert spread(wanted, 0.2, -5, 5) == pytest.approx(best.x, abs=1e-4)


def test_also_at_the_ends_of_the_range():
    wanted = np.array([0.05, -0.3, 0.02, 0.9, 1.4, 0.5])
    order = np.argsort(wanted)
    limits = [
        {"type": "ineq", "fun": lambda z, i=i, j=j: z[j] - z[i] - 0.15} for i, j in pairwise(order)
    ]
    start = np.linspace(0.0, 1.0, 6)[np.argsort(order)]
    best = minimize(
        lambda z: np.sum((z - wanted) ** 2), start, bounds=[(0, 1)] * 6, constraints=limits
    )
    assert best.success
    assert spread(wanted, 0.15, 0.0, 1.0) == pytest.approx(best.x, abs=1e-4)
