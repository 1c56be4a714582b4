import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels.quadratic import Quadratic, descend_path, minimize

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


def objective(A, q, l1, l2, b):
    return b @ A @ b / 2 - q @ b + l1 @ np.abs(b) + l2 @ b**2 / 2


@property_test
@given(
    seeds,
    st.integers(1, 14),
    st.integers(1, 14),
    st.sampled_from([0.0, 0.2, 0.9]),
    st.sampled_from([0.0, 1e-3, 0.5]),
    st.booleans(),
)
def test_minimize_reaches_its_optimality_conditions(seed, p, rank, l1, l2, mixed):
    """Singular A where rank < p; q lies in its range, as a gradient does."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(rank, p))
    A, q = np.ascontiguousarray(root.T @ root), root.T @ rng.normal(size=rank)
    top = np.abs(q).max()
    l1s, l2s = np.full(p, l1 * top), np.full(p, l2)
    if mixed:  # some features without any penalty
        free = rng.random(p) < 0.4
        l1s[free], l2s[free] = 0.0, 0.0
        l1s *= rng.uniform(0.3, 3.0, p)
    start = rng.normal(size=p) * (rng.random(p) < 0.5)
    b = start.copy()
    reached = minimize(Quadratic(A, q, l1s, l2s, np.zeros(p)), b, 1e-9 * top)
    # Unpenalized, singular systems end where rounding ends.
    assert violation(A, q, l1s, l2s, b) <= max(1e-9 * top, 1e-7 * top * (rank < p))
    assert reached == pytest.approx(violation(A, q, l1s, l2s, b), rel=1e-3, abs=1e-12 * top)
    assert objective(A, q, l1s, l2s, b) <= objective(A, q, l1s, l2s, start) + 1e-9


@property_test
@given(seeds, st.integers(2, 10), st.sampled_from([0.0, 0.3]))
def test_a_gradient_that_is_told_keeps_its_digits_beside_large_coefficients(seed, p, l1):
    """A correlation of 1 - 5e-6 and coefficients of 1e9: A b rounds by 1e-7, which A^-1 spreads."""
    rng = np.random.default_rng(seed)
    A = definite(rng, p, 0.5)
    A[1] = A[:, 1] = A[0]
    A[1, 1] = A[0, 0] * (1.0 + 1e-5)
    base = 1e9 * rng.choice([-1.0, 1.0], p)
    change = rng.normal(size=p)
    l1s = np.full(p, l1)
    q = A @ change + l1s * np.sign(base)
    b = base.copy()
    minimize(Quadratic(A, q, l1s, np.zeros(p), base), b, 1e-15)
    assert b - base == pytest.approx(change, abs=1e-3)


@property_test
@given(seeds, st.integers(2, 4), st.integers(2, 5), st.sampled_from([1e-3, 1e-5]))
def test_signs_are_searched_where_near_copies_keep_descent_from_arriving(seed, K, p, spread):
    """As softmax has it: nothing is felt of equal changes in all classes, and powers are alike."""
    rng = np.random.default_rng(seed)
    t = 1.0 + spread * rng.normal(size=(40, 1))
    root = t ** np.arange(1, p + 1)
    root = (root - root.mean(axis=0)) / root.std(axis=0)
    root[:, 1:] += 1e-3 * rng.normal(size=(40, p - 1))
    A = np.kron(np.eye(K) - 1.0 / K, root.T @ root / 40)
    q = A @ rng.normal(size=K * p) * 1e2
    top = np.abs(q).max()
    l1s, zero = np.full(K * p, 1e-6 * top), np.zeros(K * p)
    b = zero.copy()
    minimize(Quadratic(A, q, l1s, zero, zero), b, 1e-11 * top)
    assert violation(A, q, l1s, zero, b) <= 1e-9 * top


def test_minimize_soft_thresholds_a_diagonal():
    A, q = np.diag([1.0, 2.0, 4.0, 1.0]), np.array([3.0, -3.0, 0.5, 0.7])
    l1, l2 = np.array([1.0, 1.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0, 0.0])
    b = np.zeros(4)
    minimize(Quadratic(A, q, l1, l2, np.zeros(4)), b, 1e-12)
    assert b == pytest.approx([2.0, -2.0 / 3.0, 0.0, 0.7], abs=1e-9)


def test_a_coefficient_without_curvature_stays():
    A, q = np.diag([1.0, 0.0]), np.array([1.0, 0.0])
    b = np.array([0.0, 5.0])
    minimize(Quadratic(A, q, *np.zeros((3, 2))), b, 1e-12)
    assert b == pytest.approx([1.0, 5.0], abs=1e-9)
    b = np.array([2.0])
    nothing = Quadratic(np.zeros((1, 1)), *np.zeros((4, 1)))
    assert minimize(nothing, b, 1e-12) == 0.0
    assert b[0] == 2.0


@property_test
@given(seeds, st.integers(1, 10), st.sampled_from([1.0, 0.5, 0.0]), st.booleans())
def test_a_path_meets_the_optimality_conditions_everywhere(seed, p, l1_ratio, free):
    rng = np.random.default_rng(seed)
    A, q = definite(rng, p, 1e-3), rng.normal(size=p)
    factors = rng.uniform(0.5, 2.0, p)
    factors[0] = 0.0 if free else 1.0
    lambdas = np.abs(q).max() * np.geomspace(0.9, 1e-3, 7)
    path = np.zeros((7, p))
    path[0] = rng.normal(size=p)
    problem = Quadratic(A, q, l1_ratio * factors, (1 - l1_ratio) * factors, np.zeros(p))
    descend_path(problem, lambdas, path, 1e-10 * lambdas)
    for lam, b in zip(lambdas, path, strict=True):
        wrong = violation(A, q, lam * l1_ratio * factors, lam * (1 - l1_ratio) * factors, b)
        assert wrong <= 1e-9
