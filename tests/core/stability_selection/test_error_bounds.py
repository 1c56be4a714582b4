"""Bounds on false selections, against their formulas and a simulation."""

import numpy as np
import pytest

from regpath.core.stability_selection.error_bounds import expected_false


@pytest.mark.parametrize(
    ("threshold", "bound", "value"),
    [
        (0.75, "any", 10**2 / 1000 / 0.5),
        (0.6, "any", 10**2 / 1000 / 0.2),
        (0.75, "unimodal", 10**2 / 1000 / (2 * (0.5 - 0.01))),
        (0.9, "unimodal", 10**2 / 1000 * 4 * (0.1 + 0.01) / (1 + 1 / 50)),
    ],
)
def test_formulas(threshold, bound, value):
    found = expected_false(np.array([10.0]), 1000, threshold, 50, bound)
    np.testing.assert_allclose(found, [value])


def test_grows_with_q_and_falls_with_the_threshold():
    q = np.linspace(0.0, 20.0, 50)
    for bound in ("any", "unimodal"):
        assert (np.diff(expected_false(q, 100, 0.8, 50, bound)) > 0).all()
        values = [expected_false(q[[5]], 100, t, 50, bound)[0] for t in np.linspace(0.6, 1.0, 30)]
        assert (np.diff(values) < 0).all()


def test_no_bound_where_its_assumptions_fail():
    share_too_large = expected_false(np.array([60.0]), 100, 0.9, 50)
    threshold_too_small = expected_false(np.array([40.0]), 100, 0.6, 50)
    assert np.isinf(share_too_large).all()
    assert np.isinf(threshold_too_small).all()
    assert np.isfinite(expected_false(np.array([60.0]), 100, 0.9, 50, "any")).all()


@pytest.mark.parametrize("bound", ["any", "unimodal"])
def test_blind_draws_stay_below(bound):
    rng = np.random.default_rng(0)
    p, q, n_pairs, threshold = 200, 30, 25, 0.75
    counts = []
    for _ in range(60):
        # How likely a feature is to be drawn differs between data sets, but not between halves.
        chance = rng.beta(1.0, p / q - 1.0, p)
        share = rng.binomial(2 * n_pairs, chance) / (2 * n_pairs)
        counts.append(np.sum(share >= threshold))
    limit = expected_false(np.array([float(q)]), p, threshold, n_pairs, bound)[0]
    assert np.mean(counts) <= limit
