import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels.bfgs_quadratic import learn, minimize_each

seeds = st.integers(0, 100_000)
property_test = settings(deadline=None, max_examples=80)


def definite(rng, p, least=0.1):
    root = rng.normal(size=(p + 3, p))
    return root.T @ root / p + least * np.eye(p)


def violation(A, q, l1, l2, b):
    """Largest distance of 0 from the subdifferential at b."""
    gradient = A @ b - q + l2 * b
    alive = np.abs(gradient + l1 * np.sign(b))
    return np.where(b != 0.0, alive, np.maximum(np.abs(gradient) - l1, 0.0)).max()


@property_test
@given(seeds, st.integers(1, 12))
def test_learned_curvature_meets_the_secant_and_stays_definite(seed, p):
    rng = np.random.default_rng(seed)
    A, move = definite(rng, p), rng.normal(size=p)
    bend = definite(rng, p) @ move
    known, seen = move @ A @ move, move @ bend
    learned = A.copy()
    learn(learned, move, bend)
    if not 0.05 * known < seen < 20.0 * known:
        assert (learned == A).all()
        return
    by_hand = A + np.outer(bend, bend) / seen - np.outer(A @ move, A @ move) / known
    scale = np.abs(by_hand).max()
    assert learned == pytest.approx(by_hand, abs=1e-12 * scale)
    assert learned @ move == pytest.approx(bend, abs=1e-10 * np.abs(bend).max())
    assert np.linalg.eigvalsh(learned).min() > 0.0


@pytest.mark.parametrize("bend", [[-1.0, 0.0], [0.0, 0.0], [1e3, 0.0], [1e-3, 0.0], [np.nan, 0.0]])
def test_steps_that_teach_nonsense_are_forgotten(bend):
    A = np.eye(2)
    learn(A, np.array([1.0, 0.0]), np.array(bend))
    assert (np.eye(2) == A).all()


def draw_models(rng, C, p, M):
    """C models at places of their own, with learned steps."""
    matrices = np.stack([definite(rng, p) for _ in range(4)])
    ends = rng.integers(0, 4, size=(C, 3))
    mix = rng.dirichlet(np.ones(3), size=C)
    mix[rng.random(C) < 0.3] = [1.0, 0.0, 0.0]
    moves, n_moves = rng.normal(size=(C, M, p)), rng.integers(0, M + 1, size=C)
    bends = np.einsum("cij,cmj->cmi", np.stack([definite(rng, p) for _ in range(C)]), moves)
    slope = 2.0 * rng.normal(size=(C, p))
    l1, l2 = rng.uniform(0.0, 1.0, (C, p)), rng.uniform(0.0, 0.3, (C, p))
    b = rng.normal(size=(C, p)) * (rng.random((C, p)) < 0.5)
    return [matrices, ends, mix, moves, bends, n_moves, slope, l1, l2, b, np.full(C, 1e-11)]


def matrix_of(models, c, chosen):
    matrices, ends, mix, moves, bends, n_moves = models[:6]
    A = np.tensordot(mix[c], matrices[ends[c]], axes=1)
    A = np.ascontiguousarray(A[np.ix_(chosen, chosen)])
    for m in range(n_moves[c]):
        learn(A, moves[c, m, chosen].copy(), bends[c, m, chosen].copy())
    return A


@property_test
@given(seeds, st.integers(1, 6), st.integers(1, 9), st.integers(0, 3))
def test_each_model_is_minimized_over_the_features_that_may_move(seed, C, p, M):
    rng = np.random.default_rng(seed)
    models = draw_models(rng, C, p, max(M, 1))
    slope, l1, l2, start = models[6], models[7], models[8], models[9].copy()
    minimize_each(*models, False)
    for c in range(C):
        may = (start[c] != 0.0) | (np.abs(slope[c]) > l1[c])
        chosen = np.flatnonzero(may)
        assert models[9][c, ~may].tolist() == start[c, ~may].tolist()
        if not chosen.size:
            continue
        A = matrix_of(models, c, chosen)
        q = A @ start[c, chosen] - slope[c, chosen]
        wrong = violation(A, q, l1[c, chosen], l2[c, chosen], models[9][c, chosen])
        assert wrong <= 1e-9


@property_test
@given(seeds, st.integers(2, 6), st.integers(1, 9), st.booleans())
def test_many_models_equal_one_at_a_time(seed, C, p, ahead):
    models = draw_models(np.random.default_rng(seed), C, p, 2)
    if ahead:
        models[9][:] = models[9][0]
    alone = [np.array(part) for part in models]
    minimize_each(*models, ahead)
    for c in range(C):
        if ahead and c > 0:
            continue  # it starts from the model before
        one = [alone[0], *(part[c : c + 1].copy() for part in alone[1:])]
        minimize_each(*one, ahead)
        assert models[9][c] == pytest.approx(one[9][0], abs=1e-13)


@property_test
@given(seeds, st.integers(1, 10), st.sampled_from([1.0, 0.5]))
def test_a_chain_ahead_solves_the_whole_model_at_every_strength(seed, p, l1_ratio):
    """From one place to ever weaker penalties: features join that the model itself calls for."""
    rng = np.random.default_rng(seed)
    C, A = 6, definite(rng, p)
    place, q = np.zeros(p), 3.0 * rng.normal(size=p)
    lambdas = np.abs(q).max() * np.geomspace(0.9, 0.01, C)
    l1, l2 = np.tile(lambdas[:, None] * l1_ratio, p), np.tile(lambdas[:, None] * (1 - l1_ratio), p)
    b = np.tile(place, (C, 1))
    ends, mix = np.zeros((C, 3), dtype=np.int64), np.tile([1.0, 0.0, 0.0], (C, 1))
    none, count = np.zeros((C, 1, p)), np.zeros(C, dtype=np.int64)
    slope = np.tile(A @ place - q, (C, 1))
    minimize_each(A[None], ends, mix, none, none, count, slope, l1, l2, b, np.full(C, 1e-11), True)
    for c in range(C):
        assert violation(A, q, l1[c], l2[c], b[c]) <= 1e-9
