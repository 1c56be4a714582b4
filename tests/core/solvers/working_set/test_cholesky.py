import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.working_set.cholesky import Factor

seeds = st.integers(0, 100_000)
property_test = settings(deadline=None, max_examples=80)


class Source:
    """Second derivatives of V variables from one large matrix; it counts what it was asked for."""

    def __init__(self, matrix):
        self.matrix, self.points, self.asked = matrix, [], 0

    def __call__(self, point, left, right):
        self.points.append(point)
        self.asked += right.size
        return self.matrix[np.ix_(left, right)]


def definite(rng, V, least=0.1):
    root = rng.normal(size=(V + 3, V))
    return root.T @ root / V + least * np.eye(V)


def draw(seed, V, share=0.6, ridge=1.0):
    rng = np.random.default_rng(seed)
    source = Source(definite(rng, V))
    ids = np.flatnonzero(rng.random(V) < share)
    ids = rng.permutation(ids if ids.size else np.array([0]))
    return rng, source, Factor(source, rng.normal(size=V), np.full(V, ridge), ids)


def assert_holds(factor, source, ridge):
    """L L' is matrix + ridge, and the matrix is that of the variables in their order."""
    assert np.unique(factor.ids).size == factor.ids.size
    assert np.array_equal(factor.matrix, source.matrix[np.ix_(factor.ids, factor.ids)])
    assert np.array_equal(factor.ridge, ridge[factor.ids])
    assert np.array_equal(factor.lower, np.tril(factor.lower))
    whole = factor.matrix + np.diag(ridge[factor.ids])
    assert factor.lower @ factor.lower.T == pytest.approx(whole, rel=1e-10, abs=1e-10)


@property_test
@given(seeds, st.integers(1, 25), st.lists(st.integers(0, 2), max_size=8))
def test_any_sequence_of_needs_leaves_a_factor_of_the_matrix(seed, V, turns):
    rng, source, factor = draw(seed, V)
    ridge = np.full(V, 1.0)
    for turn in turns:
        needed = rng.random(V) < [0.2, 0.6, 0.95][turn]
        needed[rng.integers(V)] = True
        if rng.random() < 0.3:
            ridge = rng.uniform(0.0, 2.0, V)
        before = set(factor.ids)
        factor.cover(source, needed, ridge)
        assert (
            set(np.flatnonzero(needed)) <= set(factor.ids) <= before | set(np.flatnonzero(needed))
        )
        assert_holds(factor, source, ridge)


def test_what_is_covered_is_not_measured_again():
    _, source, factor = draw(0, 20)
    asked = source.asked
    inside = np.zeros(20, dtype=bool)
    inside[factor.ids] = True
    lower = factor.lower
    factor.cover(source, inside, np.ones(20))
    assert source.asked == asked
    assert factor.lower is lower
    few = inside.copy()
    few[factor.ids[: factor.ids.size // 2]] = False
    factor.cover(source, few, np.ones(20))
    assert source.asked == asked
    assert set(factor.ids) == set(np.flatnonzero(few))
    factor.cover(source, np.ones(20, dtype=bool), np.ones(20))
    assert source.asked == asked + 20 - few.sum()
    assert_holds(factor, source, np.ones(20))


def test_a_few_idle_variables_keep_their_places():
    _, source, factor = draw(0, 20, share=2.0)
    ids, needed = factor.ids.copy(), np.ones(20, dtype=bool)
    needed[factor.ids[:3]] = False
    factor.cover(source, needed, np.ones(20))
    assert factor.ids.tolist() == ids.tolist()
    needed[factor.ids[3]] = False
    factor.cover(source, needed, np.ones(20))
    assert factor.ids.tolist() == ids[4:].tolist()
    assert_holds(factor, source, np.ones(20))


def test_variables_that_came_later_were_zero_where_it_was_measured():
    rng = np.random.default_rng(0)
    source, point = Source(definite(rng, 9)), rng.normal(size=5)
    factor = Factor(source, point, np.ones(9), np.arange(5))
    factor.cover(source, np.ones(9, dtype=bool), np.ones(9))
    assert source.points[-1].tolist() == [*point, 0.0, 0.0, 0.0, 0.0]
    assert_holds(factor, source, np.ones(9))


@property_test
@given(seeds, st.integers(1, 15), st.integers(1, 4), st.booleans())
def test_both_halves_solve_a_system(seed, V, m, extended):
    rng, source, factor = draw(seed, V)
    if extended:
        factor.cover(source, np.ones(V, dtype=bool), np.ones(V))
    Q = rng.normal(size=(m, factor.ids.size))
    whole = source.matrix[np.ix_(factor.ids, factor.ids)] + np.eye(factor.ids.size)
    expected = np.linalg.solve(whole, Q.T).T
    half = factor.half_solve(Q.copy())
    assert half @ factor.lower.T == pytest.approx(Q, rel=1e-9, abs=1e-10)
    assert factor.other_half(half) == pytest.approx(expected, rel=1e-8, abs=1e-9)


@property_test
@given(seeds, st.integers(2, 12), st.integers(1, 4))
def test_resting_variables_are_half_solved_unit_vectors(seed, V, m):
    rng, source, factor = draw(seed, V, share=2.0)
    inverse = np.linalg.inv(source.matrix + np.eye(V))[np.ix_(factor.ids, factor.ids)]
    known = np.empty(0, dtype=int)
    for _ in range(3):
        active = rng.random((m, V)) < 0.8
        factor.rest(active)
        missing = {i for i, v in enumerate(factor.ids) if not active[:, v].all()}
        assert missing | set(known) >= set(factor.resting.places) >= missing
        known, half, gram = factor.resting
        assert half @ factor.lower.T == pytest.approx(np.eye(V)[known], abs=1e-9)
        assert gram == pytest.approx(inverse[np.ix_(known, known)], rel=1e-8, abs=1e-10)


def test_a_factor_that_changes_forgets_who_rests():
    _, source, factor = draw(0, 10, share=2.0)
    active = np.ones((1, 10), dtype=bool)
    active[0, :3] = False
    factor.rest(active)
    assert factor.resting.places.size == 3
    factor.cover(source, active[0], np.ones(10))
    assert factor.resting.places.size == 0
    assert factor.resting.half.shape == (0, 7)


@property_test
@given(seeds, st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_singular_matrices_have_a_factor_next_to_them(seed, V, rank, later):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(rank, V)) * 10.0 ** rng.integers(-3, 3)
    source, zero = Source(root.T @ root), np.zeros(V)
    ids = np.arange(V)[: 1 + V // 2] if later else np.arange(V)
    factor = Factor(source, zero, zero, ids)
    factor.cover(source, np.ones(V, dtype=bool), zero)
    assert np.isfinite(factor.lower).all()
    error = np.abs(factor.lower @ factor.lower.T - factor.matrix).max()
    assert error <= 1e-7 * np.abs(factor.matrix).max()


@pytest.mark.parametrize("copies", [2, 5])
def test_copies_of_a_variable_can_join_one_after_the_other(copies):
    rng = np.random.default_rng(0)
    root = rng.normal(size=(30, 1)) @ np.ones((1, copies))
    root = np.hstack([rng.normal(size=(30, 4)), root])
    source, V = Source(root.T @ root), 4 + copies
    factor = Factor(source, np.zeros(V), np.zeros(V), np.arange(4))
    needed = np.arange(V) < 4
    for v in range(4, V):
        needed[v] = True
        factor.cover(source, needed, np.zeros(V))
    assert factor.lower @ factor.lower.T == pytest.approx(source.matrix, abs=1e-8)


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("later", [False, True])
def test_what_is_not_finite_has_no_factor(value, later):
    matrix = np.eye(4)
    matrix[3, 3] = value
    source = Source(matrix)
    factor = Factor(source, np.zeros(4), np.ones(4), np.arange(3 if later else 4))
    factor.cover(source, np.ones(4, dtype=bool), np.ones(4))
    assert not np.isfinite(factor.lower[3, 3])


@pytest.mark.parametrize("far", [1e-9, 1.0, 9.0])
def test_what_is_not_definite_gets_as_much_of_the_identity_as_it_needs(far):
    matrix, zero = np.array([[1.0, 1.0 + far], [1.0 + far, 1.0]]), np.zeros(2)
    lower = Factor(Source(matrix), zero, zero, np.arange(2)).lower
    added = np.diagonal(lower @ lower.T - matrix)
    assert lower @ lower.T - matrix == pytest.approx(added[0] * np.eye(2), abs=1e-13)
    assert far <= added[0] <= 150.0 * far


def test_a_matrix_of_negative_curvature_has_no_factor():
    factor = Factor(Source(-np.eye(2)), np.zeros(2), np.zeros(2), np.arange(2))
    assert np.isnan(factor.lower).all()
