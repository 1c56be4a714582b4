"""Intervals from rows that had no say in the selection."""

from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.core.stability_selection.complementary_pairs import deal_halves


def gaussian(n=120, p=12, seed=0, noise=1.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * np.geomspace(0.1, 10.0, p) + 3.0
    y = 5.0 + 8.0 * X[:, 0] - 0.2 * X[:, -1] + noise * rng.normal(size=n)
    return regpath.Problem.from_arrays(X, y)


def test_least_squares_on_the_other_half_by_hand():
    from scipy import stats

    problem = gaussian()
    found = regpath.split_intervals(problem, seed=3)
    ((_, second),) = deal_halves(problem, 1, 3)
    names = found.table["feature"].tolist()
    kept = [problem.feature_names.index(name) for name in names]
    full = np.column_stack([np.ones(60), problem.X[second][:, kept]])
    beta, rss, *_ = np.linalg.lstsq(full, problem.y[second], rcond=None)
    freedom = 60 - full.shape[1]
    se = np.sqrt(np.diag(np.linalg.inv(full.T @ full)) * rss[0] / freedom)
    reach = stats.t.ppf(0.975, freedom)
    np.testing.assert_allclose(found.table["estimate"], beta[1:], rtol=1e-8)
    np.testing.assert_allclose(found.table["se"], se[1:], rtol=1e-8)
    np.testing.assert_allclose(found.table["high"], (beta + reach * se)[1:], rtol=1e-8)
    assert {"x0", "x11"} <= set(names)
    assert (found.n_selecting, found.n_estimating) == (60, 60)


def test_logistic_interval_of_a_two_by_two_table():
    rng = np.random.default_rng(0)
    x = (rng.random(400) < 0.4).astype(float)
    y = (rng.random(400) < np.where(x > 0, 0.75, 0.3)).astype(int)
    problem = regpath.Problem.from_arrays(x[:, None], y, family="binomial")
    found = regpath.split_intervals(problem)
    ((_, second),) = deal_halves(problem, 1, 0)
    counts = np.array(
        [[np.sum((x[second] == a) & (y[second] == b)) for b in (0, 1)] for a in (0, 1)]
    )
    estimate = np.log(counts[1, 1] * counts[0, 0] / (counts[1, 0] * counts[0, 1]))
    se = np.sqrt((1.0 / counts).sum())
    row = found.table.iloc[0]
    np.testing.assert_allclose([row["estimate"], row["se"]], [estimate, se], rtol=1e-7)
    np.testing.assert_allclose(row["low"], estimate - 1.959963984540054 * se, rtol=1e-7)


def test_intervals_cover_what_they_estimate():
    covered = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(80, 5))
        problem = regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=80))
        table = regpath.split_intervals(problem, rule="min", level=0.8).table
        truth = (table["feature"] == "x0").to_numpy(dtype=float)
        covered += ((table["low"] <= truth) & (truth <= table["high"])).tolist()
    n = len(covered)
    assert n > 80
    assert abs(np.mean(covered) - 0.8) < 3.5 * np.sqrt(0.16 / n)


def test_no_interval_where_the_other_half_separates():
    problem = regpath.make_problem(regpath.datasets.load("separable"), "outcome")
    found = regpath.split_intervals(problem)
    assert len(found.table) > 0
    assert found.table["low"].isna().all()
    assert "separate the classes" in found.notes[0]


def test_the_text_says_what_it_means():
    told = []
    found = regpath.split_intervals(gaussian(), level=0.9, progress=told.append)
    assert told[-1] == 1.0
    assert "90% of such intervals cover" in found.meaning
    assert "90% intervals from 60 others" in repr(found)
    assert "split_intervals" in regpath.why_no_p_values()


def test_what_cannot_be_answered_is_refused():
    iris = regpath.make_problem(regpath.datasets.load("iris"), "species")
    with pytest.raises(regpath.ParameterError, match="amounts, counts or two classes"):
        regpath.split_intervals(iris)
    with pytest.raises(regpath.ParameterError, match="Ridge keeps every feature"):
        regpath.split_intervals(gaussian(), l1_ratio=0.0)
    problem = gaussian()
    weighted = regpath.Problem.from_arrays(
        problem.X, problem.y, sample_weight=np.linspace(1.0, 2.0, 120)
    )
    with pytest.raises(regpath.DataError, match="different weights"):
        regpath.split_intervals(weighted)


def test_few_rows_are_validated_in_fewer_folds():
    problem = gaussian(n=14, p=3)
    found = regpath.split_intervals(problem, rule="min")
    assert (found.n_selecting, found.n_estimating) == (7, 7)


def test_few_groups_or_times_are_validated_in_fewer_folds():
    problem = gaussian(n=96, p=3)
    in_groups = replace(problem, row_groups=np.repeat(np.arange(12), 8))
    in_time = replace(problem, row_times=np.repeat(np.arange(6), 16))
    for rows in (in_groups, in_time):
        found = regpath.split_intervals(rows, rule="min")
        assert (found.n_selecting, found.n_estimating) == (48, 48)


class Told:
    """Factors of 1, 2, 3, ... that keep the rows that they were learned from."""

    name, standardize, n_fits = "told", True, 0

    def __init__(self, rows, seen):
        self.factors, self.seen = 1.0 + np.arange(rows.n_features), seen
        seen.append(rows.y)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.factors, dtype=dtype)

    def learned_on(self, problem, *, standardize):
        return Told(problem, self.seen)


def test_learned_factors_are_learned_anew_from_the_half_that_selects_and_nowhere_else():
    problem, seen = gaussian(), []
    found = regpath.split_intervals(problem, penalty_factor=Told(problem, seen), seed=1)
    ((first, _),) = deal_halves(problem, 1, 1)
    np.testing.assert_array_equal(seen[1], problem.y[first])
    assert len(seen) > 3
    assert all(set(rows) < set(problem.y[first]) for rows in seen[2:])
    assert (
        found.lam
        in regpath.fit_path(problem.take(first), penalty_factor=1.0 + np.arange(12)).lambdas
    )
