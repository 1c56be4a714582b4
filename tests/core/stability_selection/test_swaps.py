"""Who replaces whom."""

import numpy as np

from regpath.core.stability_selection.swaps import swap_pairs


def test_counts_and_correlations_against_plain_numpy():
    selected = np.random.default_rng(0).random((50, 5)) < [0.5, 0.3, 0.9, 0.6, 0.2]
    frame = swap_pairs(selected, tuple("abcde"))
    assert len(frame) > 0
    for row in frame.itertuples():
        i, j = "abcde".index(row.a), "abcde".index(row.b)
        x, y = selected[:, i], selected[:, j]
        assert row.phi == np.float64(row.phi) < 0.0
        np.testing.assert_allclose(row.phi, np.corrcoef(x, y)[0, 1])
        assert (row.both, row.only_a) == ((x & y).sum(), (x & ~y).sum())
        assert (row.only_b, row.neither) == ((~x & y).sum(), (~x & ~y).sum())
        out = ((x & ~y).sum() + 0.5) / ((~x & ~y).sum() + 0.5)
        inside = ((x & y).sum() + 0.5) / ((~x & y).sum() + 0.5)
        np.testing.assert_allclose(row.log_odds, np.log(out / inside))
    assert (np.diff(frame["phi"]) >= 0.0).all()


def test_one_or_the_other_is_found_first():
    rng = np.random.default_rng(1)
    selected = rng.random((60, 8)) < 0.4
    selected[:, 5] = ~selected[:, 2]
    first = swap_pairs(selected, tuple("abcdefgh")).iloc[0]
    assert (first["a"], first["b"]) == ("c", "f")
    np.testing.assert_allclose(first["phi"], -1.0)


def test_weak_pairs_are_left_out():
    selected = np.random.default_rng(2).random((40, 12)) < 0.5
    names = tuple("abcdefghijkl")
    every, strong = swap_pairs(selected, names), swap_pairs(selected, names, most=-0.2)
    assert 0 < len(strong) < len(every)
    assert strong.equals(every[every["phi"] < -0.2])


def test_what_is_settled_is_in_no_pair():
    selected = np.tile([True, False], (10, 1))
    assert swap_pairs(selected, ("a", "b")).empty
