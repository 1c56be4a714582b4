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


class Batch:
    """m points among c features of K outputs, with gradients drawn at random."""

    def __init__(self, seed, K, l1_ratio, m=3, c=4):
        rng = self.rng = np.random.default_rng(seed)
        factors = rng.uniform(0.2, 2.0, c) * (rng.random(c) < 0.8)
        self.m, self.K, self.V = m, K, (1 + c) * K
        self.penalty, self.live = Penalty(l1_ratio, factors), np.arange(m)
        spread = np.repeat(np.append(0.0, factors), K)
        self.l1, self.l2 = l1_ratio * spread, (1.0 - l1_ratio) * spread
        self.lambdas, weight = rng.uniform(0.2, 1.0, m), np.ones(self.V)
        weight[:K] = 3.0
        self.net = orthants.Net(self.lambdas, self.l1, self.l2, weight)
        shape = (m, self.V)
        b, old, slope = rng.normal(size=(3, *shape))
        b[rng.random(shape) < 0.4] = 0.0
        old[rng.random(shape) < 0.4] = 0.0
        self.state = orthants.State.at(b)
        self.state.old[:], self.state.slope[:] = old, slope
        for unknown in (self.state.sign, self.state.size, self.state.back, self.state.drop):
            unknown[:] = np.nan
        self.gradient = slope.copy()

    def find(self, live=None):
        """Find orthants, and how far points are from the optimum."""
        live = self.live if live is None else live
        orthants.find_orthants(live, self.K, self.state, self.net)
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
    batch = Batch(seed, K, l1_ratio).find()
    z = -batch.features(batch.gradient)
    expected = batch.penalty.violation(z, batch.features(batch.state.b), batch.lambdas)
    balance = 3.0 * np.abs(batch.gradient[:, :K]).max(axis=1)
    assert batch.state.size == pytest.approx(np.maximum(expected, balance), rel=1e-12)
    ridge = batch.lambdas[:, None] * batch.l2 * batch.state.b
    assert batch.state.slope == pytest.approx(batch.gradient + ridge, rel=1e-12)


@property_test
@given(seeds, outputs, ratios)
def test_an_orthant_is_what_lives_and_what_wants_to(seed, K, l1_ratio):
    batch = Batch(seed, K, l1_ratio).find()
    box = batch.lambdas[:, None] * batch.l1
    wants = np.abs(batch.state.slope) > box
    sign = np.where(
        batch.state.b != 0.0, np.sign(batch.state.b), -np.sign(batch.state.slope) * wants
    )
    assert batch.state.sign.tolist() == np.where(box == 0.0, 0.0, sign).tolist()
    expected = (box == 0.0) | (batch.state.b != 0.0) | wants
    # Softmax feels only differences of what has no penalty: there the first output rests.
    redundant = (batch.l1 + batch.l2 == 0.0) & (np.arange(batch.V) % K == 0) & (K > 1)
    assert not batch.state.active[:, redundant].any()
    expected[:, redundant] = False
    assert not (batch.state.active & ~expected).any()
    pure = (batch.l1 > 0.0) & (batch.l2 == 0.0) & (K > 1)
    assert batch.state.active[:, ~pure].tolist() == expected[:, ~pure].tolist()
    # Of a feature's coefficients under a pure lasso one is left out, if all would be in.
    of_features = pure.reshape(-1, K)[:, 0]
    expected, active = (
        part.reshape(batch.m, -1, K)[:, of_features] for part in (expected, batch.state.active)
    )
    crowded = expected.all(axis=2)
    assert (~active).sum(axis=2)[crowded].tolist() == [1] * crowded.sum()
    assert active[~crowded].tolist() == expected[~crowded].tolist()
    zero = batch.state.b.reshape(batch.m, -1, K)[:, of_features] == 0.0
    assert zero[crowded][~active[crowded]].all()


@property_test
@given(seeds, outputs, ratios)
def test_the_way_back_is_a_difference(seed, K, l1_ratio):
    batch = Batch(seed, K, l1_ratio).find()
    for c in batch.live:
        expected = batch.derivative(batch.state.b[c], batch.state.old[c] - batch.state.b[c], c)
        assert batch.state.back[c] == pytest.approx(expected, rel=1e-5, abs=1e-5)


@property_test
@given(seeds, outputs, ratios)
def test_the_drop_is_a_difference(seed, K, l1_ratio):
    batch = Batch(seed, K, l1_ratio)
    ridge = batch.lambdas[:, None] * batch.l2 * batch.state.old
    batch.state.old_slope[:] = batch.gradient + ridge
    orthants.find_drop(batch.live, batch.state, batch.net)
    for c in batch.live:
        expected = batch.derivative(batch.state.old[c], batch.state.b[c] - batch.state.old[c], c)
        assert batch.state.drop[c] == pytest.approx(-expected, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("where", ["b", "slope"])
def test_what_is_not_a_number_is_the_worst(where):
    batch = Batch(0, 2, 0.6)
    getattr(batch.state, where)[1, -3] = np.nan
    batch.find()
    assert np.isnan(batch.state.size[1])
    assert np.isfinite(batch.state.size[[0, 2]]).all()


def test_only_live_points_are_judged():
    batch = Batch(0, 2, 1.0)
    before = batch.state.b.copy()
    batch.find(np.array([1]))
    assert np.isnan(batch.state.size).tolist() == [True, False, True]
    assert batch.state.b[[0, 2]].tolist() == before[[0, 2]].tolist()
    assert not batch.state.active[[0, 2]].any()


@property_test
@given(seeds, st.integers(2, 7), st.booleans())
def test_moving_by_the_median_keeps_the_loss_and_lowers_the_norm(seed, K, some_zero):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=K) + rng.normal()
    if some_zero:
        values[rng.integers(K)] = 0.0
    moved = values.copy()
    orthants._move_median_to_zero(moved)
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
def test_finding_orthants_keeps_the_loss_and_lowers_the_norm(seed, K):
    batch = Batch(seed, K, 1.0)
    before = batch.state.b.copy()
    batch.find()
    shift = (batch.state.b - before).reshape(batch.m, -1, K)
    assert shift == pytest.approx(np.broadcast_to(shift[:, :, :1], shift.shape), abs=1e-14)
    assert (shift[:, :, 0][:, np.append(0.0, batch.penalty.factors) == 0.0] == 0.0).all()
    assert (np.abs(batch.state.b) @ batch.l1 <= np.abs(before) @ batch.l1 + 1e-12).all()


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
    orthants.hold_at_rest(live, factor.ids, active, factor.resting, Y)
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
    resting = orthants.Resting(np.array([1]), half, half @ half.T)
    orthants.hold_at_rest(np.array([0]), np.arange(2), active, resting, Y)
    assert np.isnan(Y).all()


@property_test
@given(seeds, outputs, ratios, st.integers(0, 4))
def test_proximal_steps_reach_the_minimizers_of_the_shared_model(seed, K, l1_ratio, missing):
    batch = Batch(seed, K, l1_ratio).find()
    ids = batch.rng.permutation(batch.V)[missing:]
    matrix, before = definite(batch.rng, ids.size), batch.state.b.copy()
    orthants.proximal_step(batch.live, ids, matrix, batch.state, batch.net)
    others = np.setdiff1d(np.arange(batch.V), ids)
    assert batch.state.b[:, others].tolist() == before[:, others].tolist()
    for c in batch.live:
        b, lam = batch.state.b[c, ids], batch.lambdas[c]
        change = b - before[c, ids]
        smooth = batch.state.slope[c, ids] + matrix @ change + lam * batch.l2[ids] * change
        alive = np.abs(smooth + lam * batch.l1[ids] * np.sign(b))
        wrong = np.where(b != 0.0, alive, np.maximum(np.abs(smooth) - lam * batch.l1[ids], 0.0))
        assert wrong.max() <= orthants.INEXACT * batch.state.size[c] + 1e-12
