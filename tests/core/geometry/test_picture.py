"""What is drawn: the map is the loss, and the tops of both posteriors are the path's point."""

import numpy as np
import pytest

import regpath
from regpath.core.geometry.pair import FeaturePair
from regpath.core.geometry.picture import picture_of, picture_seconds


def fit(family, l1_ratio, **how):
    if family == "poisson":
        rng = np.random.default_rng(1)
        X, watched = rng.normal(size=(150, 4)), rng.uniform(0.5, 2.0, 150)
        y = rng.poisson(watched * np.exp(X[:, 0] - 0.5 * X[:, 1]))
        problem = regpath.Problem.from_arrays(X, y, "poisson", exposure=watched)
    else:
        name = {"gaussian": "diabetes", "binomial": "breast_cancer", "multinomial": "iris"}[family]
        target = next(e.target for e in regpath.datasets.catalog() if e.name == name)
        problem = regpath.make_problem(regpath.datasets.load(name), target)
    return problem, regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=15, **how)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial", "poisson"])
def test_the_top_of_belief_and_data_is_the_point_of_the_path(family, l1_ratio):
    problem, path = fit(family, l1_ratio)
    pair = FeaturePair(problem, path, (0, 2))
    for index in (2, 8):
        picture = picture_of(pair, index)
        assert picture.gap < 1e-4
        for told, value in zip(picture.posteriors, pair.coefs[:, index], strict=True):
            assert told.likeliest == pytest.approx(value, abs=1e-4)
            assert told.b[np.argmax(told.posterior)] == pytest.approx(told.likeliest, abs=1e-9)
            assert told.b[np.argmax(told.prior)] == 0.0


def test_the_prior_of_classes_is_the_one_that_knime_is_told():
    for l1_ratio, system, part in (
        (0.0, "gauss_variance", "gauss"),
        (1.0, "laplace_variance", "laplace"),
    ):
        problem, path = fit("binomial", l1_ratio)
        lam = float(path.lambdas[7])
        knime = regpath.convert(
            "lambda", lam, to=system, family="binomial", n=problem.n_obs, l1_ratio=l1_ratio
        )
        assert getattr(FeaturePair(problem, path, (0, 1)).prior(7, 0), part) == pytest.approx(knime)


def test_amounts_are_told_with_the_noise_that_the_solution_leaves():
    problem, path = fit("gaussian", 0.0)
    picture = picture_of(FeaturePair(problem, path, (2, 3)), 8)
    left = problem.y - path.decision_path(problem)[:, 8]
    assert picture.noise == pytest.approx(np.mean(left**2))
    strength = problem.n_obs * path.lambdas[8] / picture.noise
    assert picture.posteriors[0].of.gauss == pytest.approx(1.0 / strength)


def test_the_map_is_the_loss_where_it_was_not_computed_either():
    problem, path = fit("binomial", 0.5)
    pair = FeaturePair(problem, path, (0, 20))
    for refit in (False, True):
        picture = picture_of(pair, 8, refit=refit)
        rows, columns = np.array([3, 30, 44]), np.array([7, 31, 52])
        points = np.column_stack([picture.axes[0][columns], picture.axes[1][rows]])
        exact = pair.valley(8, refit=refit).loss(points)
        height = np.ptp(picture.loss)
        assert np.abs(picture.loss[rows, columns] - exact).max() < 1e-3 * height


def test_thin_balls_get_axes_of_their_own_and_progress_is_told():
    problem, _ = fit("gaussian", 1.0)
    factors = np.ones(10)
    factors[8] = 1e3
    path = regpath.fit_path(problem, penalty_factor=factors, lambdas=[9.0, 3.0, 0.05])
    told = []
    picture = picture_of(FeaturePair(problem, path, (2, 8)), 2, tell=told.append)
    assert picture.axes[0][-1] > 3.0 * picture.axes[1][-1]
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_more_rows_cost_more_and_fitting_again_does():
    problem, path = fit("binomial", 1.0)
    pair = FeaturePair(problem, path, (0, 1))
    assert 0.0 < picture_seconds(pair, False) < picture_seconds(pair, True) < 10.0


def test_the_axes_rest_while_the_strength_moves_and_hold_every_ball():
    for family in ("gaussian", "binomial"):
        for l1_ratio in (0.0, 1.0):
            problem, path = fit(family, l1_ratio)
            pair = FeaturePair(problem, path, (0, 2))
            first, *others = [picture_of(pair, index) for index in (1, 7, 14)]
            for other in others:
                np.testing.assert_array_equal(first.axes, other.axes)
                assert (np.abs(other.ball).max(axis=0) < [axis[-1] for axis in other.axes]).all()
