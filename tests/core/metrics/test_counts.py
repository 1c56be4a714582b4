from math import exp, factorial

import numpy as np
import pytest

import regpath
from regpath.core.metrics.counts import dispersion
from regpath.errors import ParameterError
from tests.core.metrics.test_residuals import amounts, counts


def test_expected_frequencies_are_sums_of_poisson_probabilities():
    rng = np.random.default_rng(3)
    means = rng.uniform(0.3, 4.0, size=30)
    frame = regpath.count_frequencies(counts(rng.poisson(means)), means)
    for line in frame.iloc[:-1].itertuples():
        k = int(line.first)
        assert line.first == line.last
        told = sum(exp(-m) * m**k / factorial(k) for m in means)
        assert line.expected == pytest.approx(told, rel=1e-10)
    assert frame["observed"].sum() == 30
    assert frame["expected"].sum() == pytest.approx(30.0, rel=1e-12)
    assert frame["last"].iloc[-1] == np.inf


def test_counts_of_the_model_lie_within_the_limits():
    rng = np.random.default_rng(4)
    means = rng.uniform(0.5, 6.0, size=400)
    inside = []
    for _ in range(200):
        frame = regpath.count_frequencies(counts(rng.poisson(means)), means)
        inside += (
            (frame["low"] <= frame["observed"]) & (frame["observed"] <= frame["high"])
        ).tolist()
    assert 0.92 < np.mean(inside) < 0.98


def test_large_counts_share_lines():
    rng = np.random.default_rng(5)
    means = rng.uniform(50, 900, size=300)
    y = rng.poisson(means)
    frame = regpath.count_frequencies(counts(y), means, n_bins=12)
    assert len(frame) <= 12
    assert frame["observed"].sum() == 300
    widths = (frame["last"] - frame["first"] + 1)[:-1]
    assert widths.nunique() == 1
    first, last = frame["first"].iloc[3], frame["last"].iloc[3]
    assert frame["observed"].iloc[3] == ((y >= first) & (y <= last)).sum()


@pytest.mark.parametrize("y", [[0, 0, 0, 1], [5, 5, 5, 6], [0, 0, 0, 1000]])
def test_few_counts_and_far_ones_have_their_lines(y):
    frame = regpath.count_frequencies(counts(y), np.full(4, np.mean(y)))
    assert frame["observed"].sum() == 4
    assert frame["expected"].sum() == pytest.approx(4.0)
    assert len(frame) <= 25


def test_dispersion_is_one_for_poisson_counts_and_more_for_mixed_ones():
    rng = np.random.default_rng(6)
    means = rng.uniform(1.0, 5.0, size=4000)
    assert dispersion(counts(rng.poisson(means)), means) == pytest.approx(1.0, abs=0.1)
    mixed = rng.poisson(means * rng.gamma(1.0, 1.0, size=4000))
    assert dispersion(counts(mixed), means) > 2.0


def test_counts_by_exposure_are_expected_in_proportion_to_it():
    rng = np.random.default_rng(7)
    watched = rng.uniform(0.5, 5.0, size=200)
    X = rng.normal(size=(200, 2))
    y = rng.poisson(watched * np.exp(0.3 * X[:, 0]))
    problem = regpath.Problem.from_arrays(X, y, "poisson", exposure=watched)
    path = regpath.fit_path(problem, n_lambdas=12)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    told = cv.out_of_fold(problem, path.lambdas[-1])
    assert np.corrcoef(told, watched)[0, 1] > 0.8
    assert regpath.count_frequencies(problem, told)["expected"].sum() == pytest.approx(200.0)
    assert dispersion(problem, told) == pytest.approx(1.0, abs=0.3)


def test_amounts_are_no_counts():
    with pytest.raises(ParameterError, match="is for counts"):
        regpath.count_frequencies(amounts([1.0, 2.0]), np.ones(2))
