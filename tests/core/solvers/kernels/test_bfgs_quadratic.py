import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels.bfgs_quadratic import (
    LEAST,
    MOST,
    Blends,
    Steps,
    bfgs_update,
    minimize_each,
)

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
def test_an_updated_matrix_meets_the_secant_and_stays_definite(seed, p):
    rng = np.random.default_rng(seed)
    A, s = definite(rng, p), rng.normal(size=p)
    y = definite(rng, p) @ s
    sAs, sy = s @ A @ s, s @ y
    updated = A.copy()
    bfgs_update(updated, s, y)
    if not LEAST * sAs < sy < MOST * sAs:
        assert (updated == A).all()
        return
    by_hand = A + np.outer(y, y) / sy - np.outer(A @ s, A @ s) / sAs
    scale = np.abs(by_hand).max()
    assert updated == pytest.approx(by_hand, abs=1e-12 * scale)
    assert updated @ s == pytest.approx(y, abs=1e-10 * np.abs(y).max())
    assert np.linalg.eigvalsh(updated).min() > 0.0


@pytest.mark.parametrize("y", [[-1.0, 0.0], [0.0, 0.0], [1e3, 0.0], [1e-3, 0.0], [np.nan, 0.0]])
def test_pairs_of_impossible_curvature_are_not_used(y):
    A = np.eye(2)
    bfgs_update(A, np.array([1.0, 0.0]), np.array(y))
    assert (np.eye(2) == A).all()


def draw_models(rng, C, p, M):
    """C models at places of their own, with pairs that correct them."""
    matrices = np.stack([definite(rng, p) for _ in range(4)])
    nodes = rng.integers(0, 4, size=(C, 3))
    mix = rng.dirichlet(np.ones(3), size=C)
    mix[rng.random(C) < 0.3] = [1.0, 0.0, 0.0]
    s, n_pairs = rng.normal(size=(C, M, p)), rng.integers(0, M + 1, size=C)
    y = np.einsum("cij,cmj->cmi", np.stack([definite(rng, p) for _ in range(C)]), s)
    slope = 2.0 * rng.normal(size=(C, p))
    l1, l2 = rng.uniform(0.0, 1.0, (C, p)), rng.uniform(0.0, 0.3, (C, p))
    b = rng.normal(size=(C, p)) * (rng.random((C, p)) < 0.5)
    blends = Blends(matrices, nodes, mix, s, y, n_pairs)
    return blends, Steps(b, slope, l1, l2, np.full(C, 1e-11))


def matrix_of(blends, c, chosen):
    A = np.tensordot(blends.mix[c], blends.matrices[blends.nodes[c]], axes=1)
    A = np.ascontiguousarray(A[np.ix_(chosen, chosen)])
    for m in range(blends.n_pairs[c]):
        bfgs_update(A, blends.s[c, m, chosen].copy(), blends.y[c, m, chosen].copy())
    return A


@property_test
@given(seeds, st.integers(1, 6), st.integers(1, 9), st.integers(0, 3))
def test_each_model_is_minimized_over_the_features_that_may_move(seed, C, p, M):
    rng = np.random.default_rng(seed)
    blends, steps = draw_models(rng, C, p, max(M, 1))
    b, slope, l1, l2, _ = steps
    start = b.copy()
    minimize_each(blends, steps, False)
    for c in range(C):
        may = (start[c] != 0.0) | (np.abs(slope[c]) > l1[c])
        chosen = np.flatnonzero(may)
        assert b[c, ~may].tolist() == start[c, ~may].tolist()
        if not chosen.size:
            continue
        A = matrix_of(blends, c, chosen)
        q = A @ start[c, chosen] - slope[c, chosen]
        wrong = violation(A, q, l1[c, chosen], l2[c, chosen], b[c, chosen])
        assert wrong <= 1e-9


@property_test
@given(seeds, st.integers(2, 6), st.integers(1, 9), st.booleans())
def test_many_models_equal_one_at_a_time(seed, C, p, chain):
    blends, steps = draw_models(np.random.default_rng(seed), C, p, 2)
    if chain:
        steps.b[:] = steps.b[0]
    alone = [Steps(*(part[c : c + 1].copy() for part in steps)) for c in range(C)]
    minimize_each(blends, steps, chain)
    for c in range(C):
        if chain and c > 0:
            continue  # it starts from the model before
        one = Blends(blends.matrices, *(part[c : c + 1].copy() for part in blends[1:]))
        minimize_each(one, alone[c], chain)
        assert steps.b[c] == pytest.approx(alone[c].b[0], abs=1e-13)


@property_test
@given(seeds, st.integers(1, 10), st.sampled_from([1.0, 0.5]))
def test_a_chain_solves_the_whole_model_at_every_strength(seed, p, l1_ratio):
    """From one place to ever weaker penalties: features join that the model itself calls for."""
    rng = np.random.default_rng(seed)
    C, A = 6, definite(rng, p)
    place, q = np.zeros(p), 3.0 * rng.normal(size=p)
    lambdas = np.abs(q).max() * np.geomspace(0.9, 0.01, C)
    l1, l2 = np.tile(lambdas[:, None] * l1_ratio, p), np.tile(lambdas[:, None] * (1 - l1_ratio), p)
    b = np.tile(place, (C, 1))
    nodes, mix = np.zeros((C, 3), dtype=np.int64), np.tile([1.0, 0.0, 0.0], (C, 1))
    none, n_pairs = np.zeros((C, 1, p)), np.zeros(C, dtype=np.int64)
    steps = Steps(b, np.tile(A @ place - q, (C, 1)), l1, l2, np.full(C, 1e-11))
    minimize_each(Blends(A[None], nodes, mix, none, none, n_pairs), steps, True)
    for c in range(C):
        assert violation(A, q, l1[c], l2[c], b[c]) <= 1e-9
