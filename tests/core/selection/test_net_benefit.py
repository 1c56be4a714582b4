"""Net benefit, counted row by row."""

import numpy as np
import pytest

import regpath


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    y = rng.random(200) < 0.3
    p = np.clip(0.3 + 0.25 * y + 0.2 * rng.normal(size=200), 0.001, 0.999).round(2)
    weights = rng.integers(1, 4, 200).astype(float)
    problem = regpath.Problem.from_arrays(p[:, None], y.astype(int), sample_weight=weights)
    return problem, p


def test_it_is_hits_less_alarms_at_the_odds_of_the_threshold(rows):
    problem, p = rows
    curve = regpath.decision_curve(problem, np.column_stack([1.0 - p, p]))
    w = problem.sample_weight / problem.sample_weight.sum()
    for t, found, everybody in curve.to_numpy():
        told = p >= t
        hits, alarms = w[told & (problem.y == 1)].sum(), w[told & (problem.y == 0)].sum()
        assert found == pytest.approx(hits - alarms * t / (1.0 - t), abs=1e-12)
        prevalence = w[problem.y == 1].sum()
        assert everybody == pytest.approx(prevalence - (1.0 - prevalence) * t / (1.0 - t))


def test_who_has_exactly_the_probability_of_a_threshold_is_acted_on():
    percents = np.arange(1, 100) / 100.0
    problem = regpath.Problem.from_arrays(percents[:, None], np.arange(99) % 2)
    curve = regpath.decision_curve(problem, np.column_stack([1.0 - percents, percents]))
    assert curve["threshold"].tolist() == percents.tolist()
    odds = percents / (1.0 - percents)
    hits, alarms = (np.cumsum((problem.y == k)[::-1])[::-1] / 99.0 for k in (1, 0))
    np.testing.assert_allclose(curve["net_benefit"], hits - alarms * odds, atol=1e-12)


def test_below_every_probability_the_model_acts_on_everybody_and_above_on_nobody(rows):
    problem, p = rows
    q = 0.4 + 0.2 * p
    curve = regpath.decision_curve(problem, np.column_stack([1.0 - q, q]))
    low, high = curve[curve["threshold"] < q.min()], curve[curve["threshold"] > q.max()]
    np.testing.assert_allclose(low["net_benefit"], low["treat_all"])
    assert (high["net_benefit"] == 0.0).all()


def test_two_classes_are_needed():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    with pytest.raises(regpath.ParameterError, match="two classes"):
        regpath.decision_curve(problem, np.zeros((150, 2)))
