import numpy as np
import plotly.graph_objects as go
import pytest

from regpath.charts.curves import apart, as_text, joined, largest, padded, until


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a & b", "a &amp; b"),
        ("$x$", "$\u2060x$\u2060"),
        ("%{y}", "%\u2060{y}"),
        ("two\n lines", "two lines"),
        ("a" * 30, "a" * 21 + "…"),
    ],
)
def test_names_are_text(name, shown):
    assert as_text(name) == shown
    go.Figure(go.Scatter(name=as_text(name)))


def test_curves_share_one_line_with_gaps():
    x, y = joined(np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]]))
    np.testing.assert_equal(x, [1, 2, np.nan, 1, 2, np.nan])
    np.testing.assert_equal(y, [3, 4, np.nan, 5, 6, np.nan])


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
