"""Twice the digits, held against rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest

from regpath.core.twofold import product_of, sum_of, total_of


def drawn(seed, n=200):
    rng = np.random.default_rng(seed)
    return rng.normal(size=n) * 10.0 ** rng.uniform(-12, 12, n)


def exactly(*pair):
    return [sum(map(Fraction, each)) for each in zip(*pair, strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_sums_and_products_lose_nothing(seed):
    a, b = drawn(seed), drawn(seed + 10)
    pairs = list(zip(map(Fraction, a), map(Fraction, b), strict=True))
    assert exactly(*sum_of(a, b)) == [x + y for x, y in pairs]
    assert exactly(*product_of(a, b)) == [x * y for x, y in pairs]


@pytest.mark.parametrize("n", [1, 2, 7, 64, 101])
def test_a_total_keeps_what_cancelling_leaves(n):
    a = drawn(n, n)
    terms = np.concatenate([a, drawn(1, 5), -a])[:, None]
    high, low = total_of(terms, np.zeros_like(terms))
    exact = sum(map(Fraction, terms[:, 0]))
    assert float(Fraction(high[0]) + Fraction(low[0]) - exact) == pytest.approx(
        0.0, abs=1e-29 * np.abs(terms).sum()
    )
