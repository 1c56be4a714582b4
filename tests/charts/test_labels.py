import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from regpath.charts.labels import spread

places = st.lists(st.floats(-1, 1), min_size=1, max_size=12).map(np.array)


@given(places, st.floats(0.01, 0.5))
def test_labels_keep_their_distance_order_and_range(wanted, gap):
    placed = spread(wanted, gap, -1.2, 1.2)
    gap = min(gap, 2.4 / max(len(wanted) - 1, 1))
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= gap - 1e-9).all()
    assert placed.min() >= -1.2 - 1e-9
    assert placed.max() <= 1.2 + 1e-9


def test_labels_move_as_little_as_they_must():
    wanted = np.array([0.0, 0.05, 0.1, 0.9])
    limits = [{"type": "ineq", "fun": lambda z, i=i: z[i + 1] - z[i] - 0.2} for i in range(3)]
    best = minimize(lambda z: np.sum((z - wanted) ** 2), wanted, constraints=limits)
    assert spread(wanted, 0.2, -5, 5) == pytest.approx(best.x, abs=1e-4)


def test_nothing_to_place():
    assert spread(np.array([]), 0.1, 0, 1).size == 0
