import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.families import FAMILIES
from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels import orthants
from regpath.core.solvers.working_set.cholesky import Factor

seeds = st.integers(0, 100_000)
ratios = st.sampled_from([1.0, 0.6, 0.0])
outputs = st.integers(1, 5)
property_test = settings(deadline=None, max_examples=80)


def definite(rng, V, least=0.1):
    root = rng.normal(size=(V + 3, V))
    return root.T @ root / V + least * np.eye(V)


class Crowd:
    """m points among c features of K outputs, with gradients drawn at random."""

    def __init__(self, seed, K, l1_ratio, m=3, c=4):
        rng = self.rng = np.random.default_rng(seed)
        factors = rng.uniform(0.2, 2.0, c) * (rng.random(c) < 0.8)
        self.m, self.K, self.V = m, K, (1 + c) * K
        self.penalty, self.live = Penalty(l1_ratio, factors), np.arange(m)
        spread = np.repeat(np.append(0.0, factors), K)
        self.l1, self.l2 = l1_ratio * spread, (1.0 - l1_ratio) * spread
        self.lambdas, self.weight = rng.uniform(0.2, 1.0, m), np.ones(self.V)
        self.weight[:K] = 3.0
        shape = (m, self.V)
        self.b, self.old, self.slope = rng.normal(size=(3, *shape))
        self.b[rng.random(shape) < 0.4] = 0.0
        self.old[rng.random(shape) < 0.4] = 0.0
        self.sign, self.active = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        self.size, self.back, self.drop = np.full((3, m), np.nan)
        self.gradient = self.slope.copy()

    def look(self, live=None):
        orthants.look(
            self.live if live is None else live, self.K, self.b, self.slope, self.old, self.lambdas,
            self.l1, self.l2, self.weight, self.sign, self.active, self.size, self.back,
        )  # fmt: skip
        return self

    def features(self, b):
        """Variables of points, without the intercepts, as (m, K, c)."""
        return b[:, self.K :].reshape(self.m, -1, self.K).transpose(0, 2, 1)

    def objective(self, b, c):
        """The objective of point c if its loss were straight."""
        lam = self.lambdas[c]
        smooth = self.gradient[c] @ b + lam * self.l2 @ b**2 / 2
        return smooth + lam * self.l1 @ np.abs(b)

    def derivative(self, start, way, c, step=1e-7):
        there, here = self.objective(start + step * way, c), self.objective(start, c)
        return (there - here) / step


@property_test
@given(seeds, outputs, ratios)
def test_the_size_of_a_point_is_its_violation(seed, K, l1_ratio):
    crowd = Crowd(seed, K, l1_ratio).look()
    z = -crowd.features(crowd.gradient)
    expected = crowd.penalty.violation(z, crowd.features(crowd.b), crowd.lambdas)
    balance = 3.0 * np.abs(crowd.gradient[:, :K]).max(axis=1)
    assert crowd.size == pytest.approx(np.maximum(expected, balance), rel=1e-12)
    ridge = crowd.lambdas[:, None] * crowd.l2 * crowd.b
    assert crowd.slope == pytest.approx(crowd.gradient + ridge, rel=1e-12)


@property_test
@given(seeds, outputs, ratios)
def test_an_orthant_is_what_lives_and_what_wants_to(seed, K, l1_ratio):
    crowd = Crowd(seed, K, l1_ratio).look()
    box = crowd.lambdas[:, None] * crowd.l1
    wants = np.abs(crowd.slope) > box
    sign = np.where(crowd.b != 0.0, np.sign(crowd.b), -np.sign(crowd.slope) * wants)
    assert crowd.sign.tolist() == np.where(box == 0.0, 0.0, sign).tolist()
    expected = (box == 0.0) | (crowd.b != 0.0) | wants
    assert not (crowd.active & ~expected).any()
    pure = (crowd.l1 > 0.0) & (crowd.l2 == 0.0) & (K > 1)
    assert crowd.active[:, ~pure].tolist() == expected[:, ~pure].tolist()
    # Of a feature's coefficients under a pure lasso one is left out, if all would be in.
    of_features = pure.reshape(-1, K)[:, 0]
    expected, active = (
        part.reshape(crowd.m, -1, K)[:, of_features] for part in (expected, crowd.active)
    )
    crowded = expected.all(axis=2)
    assert (~active).sum(axis=2)[crowded].tolist() == [1] * crowded.sum()
    assert active[~crowded].tolist() == expected[~crowded].tolist()
    zero = crowd.b.reshape(crowd.m, -1, K)[:, of_features] == 0.0
    assert zero[crowded][~active[crowded]].all()


@property_test
@given(seeds, outputs, ratios)
def test_the_way_back_is_a_difference(seed, K, l1_ratio):
    crowd = Crowd(seed, K, l1_ratio).look()
    for c in crowd.live:
        expected = crowd.derivative(crowd.b[c], crowd.old[c] - crowd.b[c], c)
        assert crowd.back[c] == pytest.approx(expected, rel=1e-5, abs=1e-5)


@property_test
@given(seeds, outputs, ratios)
def test_steepness_is_a_difference(seed, K, l1_ratio):
    crowd = Crowd(seed, K, l1_ratio)
    slope = crowd.gradient + crowd.lambdas[:, None] * crowd.l2 * crowd.old
    orthants.steepness(
        crowd.live, crowd.b, crowd.old, slope, crowd.lambdas, crowd.l1, crowd.drop
    )  # fmt: skip
    for c in crowd.live:
        expected = crowd.derivative(crowd.old[c], crowd.b[c] - crowd.old[c], c)
        assert crowd.drop[c] == pytest.approx(-expected, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("where", ["b", "slope"])
def test_what_is_not_a_number_is_the_worst(where):
    crowd = Crowd(0, 2, 0.6)
    getattr(crowd, where)[1, -3] = np.nan
    crowd.look()
    assert np.isnan(crowd.size[1])
    assert np.isfinite(crowd.size[[0, 2]]).all()


def test_only_live_points_are_looked_at():
    crowd = Crowd(0, 2, 1.0)
    before = crowd.b.copy()
    crowd.look(np.array([1]))
    assert np.isnan(crowd.size).tolist() == [True, False, True]
    assert crowd.b[[0, 2]].tolist() == before[[0, 2]].tolist()
    assert not crowd.active[[0, 2]].any()


@property_test
@given(seeds, st.integers(2, 7), st.booleans())
def test_moving_by_the_median_keeps_the_loss_and_lowers_the_norm(seed, K, some_zero):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=K) + rng.normal()
    if some_zero:
        values[rng.integers(K)] = 0.0
    moved = values.copy()
    orthants._centre(moved)
    if some_zero:
        assert moved.tolist() == values.tolist()
        return
    assert np.abs(moved).sum() <= np.abs(values).sum() + 1e-14
    assert np.abs(moved).sum() == pytest.approx(np.abs(values - np.median(values)).sum())
    assert (moved == 0.0).sum() == 1
    x, Y = rng.normal(size=(9, 1)), np.eye(K)[rng.integers(0, K, 9)]
    loss = FAMILIES["multinomial"].loss
    assert loss(Y, x * moved) == pytest.approx(loss(Y, x * values), rel=1e-12)


@property_test
@given(seeds, outputs)
def test_looking_keeps_the_loss_and_lowers_the_norm(seed, K):
    crowd = Crowd(seed, K, 1.0)
    before = crowd.b.copy()
    crowd.look()
    shift = (crowd.b - before).reshape(crowd.m, -1, K)
    assert shift == pytest.approx(np.broadcast_to(shift[:, :, :1], shift.shape), abs=1e-14)
    assert (shift[:, :, 0][:, np.append(0.0, crowd.penalty.factors) == 0.0] == 0.0).all()
    assert (np.abs(crowd.b) @ crowd.l1 <= np.abs(before) @ crowd.l1 + 1e-12).all()


@property_test
@given(seeds, st.integers(1, 9), st.integers(1, 4), st.booleans())
def test_what_rests_stays_at_the_constrained_minimizer(seed, V, m, already):
    """The same as the KKT system of the quadratic with these variables held at zero."""
    rng = np.random.default_rng(seed)
    A, ridge, ids = definite(rng, V), rng.uniform(0.0, 1.0, V), rng.permutation(V)
    factor = Factor(lambda _, left, right: A[np.ix_(left, right)], np.zeros(V), ridge, ids)
    active = rng.random((m + 2, V)) < 0.7
    if already:  # more variables may be prepared for than these points let rest
        factor.rest(rng.random((2, V)) < 0.5)
    live = rng.permutation(m + 2)[:m]
    factor.rest(active[live])
    Q = rng.normal(size=(m, V))
    Y = factor.half_solve(Q.copy())
    orthants.hold(live, factor.ids, active, factor.resting, factor.half, factor.gram, Y)
    R = factor.other_half(Y)
    whole = (A + np.diag(ridge))[np.ix_(ids, ids)]
    for c, q, r in zip(live, Q, R, strict=True):
        held = np.eye(V)[~active[c, ids]]
        none = np.zeros((len(held), len(held)))
        kkt = np.linalg.solve(np.block([[whole, held.T], [held, none]]), [*q, *np.zeros(len(held))])
        assert r == pytest.approx(kkt[:V], rel=1e-7, abs=1e-8)


def test_a_factor_that_is_not_finite_holds_nothing():
    active = np.array([[True, False]])
    half, Y = np.full((1, 2), np.nan), np.ones((1, 2))
    orthants.hold(
        np.array([0]), np.arange(2), active, np.array([1]), half, half @ half.T, Y
    )  # fmt: skip
    assert np.isnan(Y).all()


@property_test
@given(seeds, outputs, ratios, st.integers(0, 4))
def test_descending_reaches_the_minimizers_of_the_shared_model(seed, K, l1_ratio, missing):
    crowd = Crowd(seed, K, l1_ratio).look()
    ids = crowd.rng.permutation(crowd.V)[missing:]
    matrix, before = definite(crowd.rng, ids.size), crowd.b.copy()
    orthants.descend(
        crowd.live, ids, matrix, crowd.b, crowd.slope, crowd.lambdas, crowd.l1, crowd.l2, crowd.size
    )
    others = np.setdiff1d(np.arange(crowd.V), ids)
    assert crowd.b[:, others].tolist() == before[:, others].tolist()
    for c in crowd.live:
        b, lam = crowd.b[c, ids], crowd.lambdas[c]
        change = b - before[c, ids]
        pull = crowd.slope[c, ids] + matrix @ change + lam * crowd.l2[ids] * change
        alive = np.abs(pull + lam * crowd.l1[ids] * np.sign(b))
        wrong = np.where(b != 0.0, alive, np.maximum(np.abs(pull) - lam * crowd.l1[ids], 0.0))
        assert wrong.max() <= orthants.INEXACT * crowd.size[c] + 1e-12
