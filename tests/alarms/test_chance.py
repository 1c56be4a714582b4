"""Bounds of chance, against enumeration and simulation."""

from itertools import permutations
from math import comb, exp

import numpy as np
import pytest
from scipy.stats import pearsonr
from sklearn.metrics import roc_auc_score

from regpath.alarms import chance


@pytest.mark.parametrize("auc", [1.0, 0.95, 0.9, 0.8])
def test_order_bounds_the_share_of_all_arrangements(auc):
    labels = set(permutations([1] * 4 + [0] * 4))
    areas = np.array([roc_auc_score(p, np.arange(8)) for p in labels])
    share = np.mean(np.maximum(areas, 1.0 - areas) >= auc)
    assert share <= exp(chance.log_chance_of_order(4, 4, auc)) * (1 + 1e-12)


def test_perfect_order_is_two_of_all_arrangements():
    assert exp(chance.log_chance_of_order(10, 12, 1.0)) == pytest.approx(2 / comb(22, 10))


def test_match_counts_relabelled_arrangements():
    expected = 2 / comb(20, 10)
    assert exp(chance.log_chance_of_match(np.array([10, 10]), 0)) == pytest.approx(expected)
    more = chance.log_chance_of_match(np.array([10, 10]), 1)
    assert more > np.log(20 * expected)


def test_r2_is_the_test_of_a_correlation():
    x, y = np.random.default_rng(0).normal(size=(2, 30))
    found = pearsonr(x, y)
    log = chance.log_chance_of_r2(30, float(found.statistic**2))
    assert exp(log) == pytest.approx(found.pvalue, rel=1e-6)


@pytest.mark.parametrize("y", [[1.0, 2, 3, 4], [0.0, 0, 1, 5, 2]])
def test_a_step_is_no_rarer_than_among_shuffled_rows(y):
    ways = set(permutations(y))
    assert chance.log_chance_of_step(np.array(y), 1.0) == pytest.approx(np.log(2 / len(ways)))


def test_area_bounds_its_normal_approximation():
    from scipy.stats import norm

    spread = np.sqrt(101 / (12 * 50 * 50))
    for auc in (0.55, 0.7, 0.3):
        exact = 2 * norm.sf(abs(auc - 0.5) / spread)
        assert exact <= exp(chance.log_chance_of_area(50, 50, auc)) * (1 + 1e-12)


def test_more_columns_need_more():
    log = np.log(1e-6)
    assert chance.is_striking(log, 10)
    assert not chance.is_striking(log, 1000)
