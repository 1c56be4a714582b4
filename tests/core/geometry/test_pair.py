"""The valley touches the ball at the penalized solution: every family, mix, unit and weight."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

import regpath
from regpath.core.geometry.ball import Ball
from regpath.core.geometry.pair import FeaturePair, largest_pair
from regpath.core.geometry.touching import touching_point
from regpath.errors import DataError

SPREADS = np.array([1.0, 0.3, 2.0, 1.0, 5.0])
FACTORS = np.array([1.0, 0.4, 2.5, 1.0, 0.7])
FAMILIES = ("gaussian", "binomial", "poisson", "multinomial")
AT = (1, 5, 9)


def rows(family, n=120, seed=3, **more):
    """Five features in units of their own, two of them alike; weights; counts have exposures."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 5)) * SPREADS
    X[:, 1] += 0.8 * X[:, 0] * SPREADS[1]
    eta = (X / SPREADS) @ np.array([1.0, -0.7, 0.4, 0.0, 0.2])
    watched = rng.uniform(0.5, 3.0, n)
    y = {
        "gaussian": lambda: 40.0 + 3.0 * eta + rng.normal(size=n),
        "binomial": lambda: np.where(eta + rng.logistic(size=n) > 0.5, "yes", "no"),
        "poisson": lambda: rng.poisson(np.exp(0.5 * eta) * watched),
        "multinomial": lambda: np.digitize(eta + rng.logistic(size=n), (-1.0, 1.0)).astype(str),
    }[family]()
    if family == "poisson":
        more["exposure"] = watched
    weights = rng.uniform(0.2, 3.0, n)
    return regpath.Problem.from_arrays(X, y, family, sample_weight=weights, **more)


def pair_of(family, features, **how):
    problem = rows(family)
    path = regpath.fit_path(problem, n_lambdas=12, **{"penalty_factor": FACTORS} | how)
    return FeaturePair(problem, path, features, output=1 if path.loss.per_class else 0)


def gap(pair, index, refit=False):
    touched = touching_point(pair.valley(index, refit=refit), pair.ball(index))
    return np.abs(touched - pair.coefs[:, index]).max()


@pytest.mark.parametrize("refit", [False, True], ids=["held", "refitted"])
@pytest.mark.parametrize("standardize", [True, False], ids=["per_sd", "per_unit"])
@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_touching_point_is_the_penalized_solution(family, l1_ratio, standardize, refit):
    pair = pair_of(family, (0, 1), l1_ratio=l1_ratio, standardize=standardize)
    for other in (pair, replace(pair, features=(4, 2))):
        for index in AT:
            assert gap(other, index, refit) < 1e-4


def test_with_the_others_fitted_again_for_nothing_it_is_another_point():
    pair = pair_of("gaussian", (0, 2), l1_ratio=0.0)
    index = 6
    free = pair.valley(index, refit=True)
    nothing = np.zeros_like(free.free.l1)
    free = replace(free, free=replace(free.free, l1=nothing, l2=nothing))
    assert np.abs(touching_point(free, pair.ball(index)) - pair.coefs[:, index]).max() > 0.01
    assert gap(pair, index, refit=True) < 1e-4


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("refit", [False, True])
def test_slopes_are_those_of_the_loss(family, refit):
    pair = pair_of(family, (0, 2), l1_ratio=0.5)
    valley, step = pair.valley(6, refit=refit), 1e-5
    for point in np.array([[0.3, -0.2], [-1.0, 0.5]]):
        moved = valley.loss(np.vstack([point + step * np.eye(2), point - step * np.eye(2)]))
        slopes = (moved[:2] - moved[2:]) / (2.0 * step)
        np.testing.assert_allclose(valley.measure(point[None]).slopes[0], slopes, atol=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_with_two_features_held_and_fitted_again_are_the_same_loss(family):
    every = rows(family)
    y = np.array(every.classes)[every.y] if every.classes else every.y
    problem = regpath.Problem.from_arrays(every.X[:, :2], y, family)
    pair = FeaturePair(problem, regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=12), (0, 1))
    points = np.array([[0.0, 0.0], [1.0, -0.5], [-3.0, 2.0]])
    held = pair.valley(6).loss(points)
    if pair.path.loss.per_class:
        assert pair.n_others == 4
    else:
        assert pair.n_others == 0
        np.testing.assert_array_equal(pair.valley(2).loss(points), held)
        np.testing.assert_allclose(pair.valley(6, refit=True).loss(points), held, rtol=1e-10)
        for b, loss in zip(points, held, strict=True):
            eta = ((problem.X - pair.path.x_mean) / pair.path.x_scale) @ b
            grid = np.linspace(-8.0, 8.0, 20001)[:, None] + eta
            losses = problem.loss.loss(problem.Y, grid[..., None]) @ problem.weights
            assert loss == pytest.approx(losses.min(), rel=1e-5)


def test_sparse_features_give_the_same_valley():
    dense = rows("binomial")
    labels = np.array(dense.classes)[dense.y]
    X = np.where(np.abs(dense.X) > 0.5, dense.X, 0.0)
    found = []
    for form in (X, sparse.csr_array(X)):
        problem = regpath.Problem.from_arrays(form, labels)
        path = regpath.fit_path(problem, l1_ratio=1.0, lambdas=[0.1, 0.02])
        pair = FeaturePair(problem, path, (0, 1))
        assert gap(pair, 1) < 1e-4
        assert gap(pair, 1, refit=True) < 1e-4
        found.append(pair.valley(1).loss(np.array([[0.5, 0.5], [2.0, -1.0]])))
    np.testing.assert_allclose(found[0], found[1], rtol=1e-6)


def test_a_far_point_of_counts_stays_within_the_numbers():
    pair = pair_of("poisson", (0, 2), l1_ratio=1.0)
    heights = pair.valley(6).measure(np.array([[400.0, 0.0], [-900.0, 900.0]]))
    assert np.isfinite(heights.loss).all()
    assert (heights.loss > pair.valley(6).loss(np.zeros((1, 2)))).all()


def test_near_copies_under_l2_touch_in_their_thin_valley():
    rng = np.random.default_rng(0)
    z = rng.normal(size=200)
    X = np.column_stack(
        [z + 1e-3 * rng.normal(size=(200)) for _ in range(2)] + [rng.normal(size=200)]
    )
    problem = regpath.Problem.from_arrays(X, z + 0.3 * rng.normal(size=200))
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=10)
    for index in (2, 5, 9):
        assert gap(FeaturePair(problem, path, (0, 1)), index) < 1e-4


def test_the_largest_two_are_offered_first_and_two_that_rest_by_the_rest_of_the_path():
    pair = pair_of("gaussian", (0, 1), l1_ratio=1.0, penalty_factor=np.ones(5))
    sizes = np.abs(pair.path.coefs("standardized"))
    assert set(largest_pair(pair.path, 11)) == set(np.argsort(-sizes[:, 11])[:2].tolist())
    assert set(largest_pair(pair.path, 0)) == set(np.argsort(-sizes.max(axis=1))[:2].tolist())


def test_what_cannot_be_drawn_is_said():
    pair = pair_of("gaussian", (0, 1), l1_ratio=1.0)
    with pytest.raises(DataError, match="two features"):
        replace(pair, features=(1, 1))
    problem = pair.problem
    free = regpath.fit_path(problem, penalty_factor=[0.0, 1.0, 1.0, 1.0, 1.0], n_lambdas=5)
    with pytest.raises(DataError, match="'x0' has no penalty"):
        FeaturePair(problem, free, (0, 1))
    assert 0 not in largest_pair(free, 4)
    only = regpath.Problem.from_arrays(problem.X[:, :1], problem.y)
    with pytest.raises(DataError, match="there is one: 'x0'"):
        largest_pair(regpath.fit_path(only, n_lambdas=5), 2)
    rng = np.random.default_rng(0)
    wide = regpath.Problem.from_arrays(rng.normal(size=(20, 200)), rng.normal(size=20))
    many = FeaturePair(wide, regpath.fit_path(wide, n_lambdas=5), (0, 1))
    assert not many.can_refit
    with pytest.raises(DataError, match="198 others"):
        many.valley(2, refit=True)


def test_a_ball_of_unequal_factors_reaches_as_far_as_each_allows():
    for l1_ratio in (0.0, 0.3, 1.0):
        ball = Ball(l1_ratio, np.array([1.0, 1e6]), 2.0)
        edge = ball.edge(np.linspace(0.0, 6.28, 50))
        assert [ball.price(b) for b in edge] == pytest.approx([2.0] * 50)
        assert ball.price(np.array([ball.reach[0], 0.0])) == pytest.approx(2.0)
        assert ball.price(np.array([0.0, ball.reach[1]])) == pytest.approx(2.0)
    assert Ball(1.0, np.ones(2), 0.0).edge(np.arange(3.0)).tolist() == [[0.0, 0.0]] * 3
