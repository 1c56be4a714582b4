import numpy as np
import pytest

from regpath.core.solvers import newton, rowwise
from regpath.core.solvers.model import with_gradients
from regpath.core.solvers.working_set.screening import restricted

FACTORS = {
    "equal": np.ones(12),
    "unequal": np.linspace(0.2, 3.0, 12),
    "free": np.r_[0.0, np.ones(7), 0.0, 2.0, 1.0, 1.0],
}


def by_rows(case):
    """What `rowwise` makes of the setting, from the null model on."""
    small = restricted(case.sums, np.arange(case.design.p))
    return rowwise.solve(small, case.goal, with_gradients(small, case.start))


def same(one, two, case):
    scale = max(1.0, np.abs(two[1]).max())
    if case.penalty.l1_ratio < 1.0 and case.penalty.penalized.all():
        assert one[1] == pytest.approx(two[1], abs=1e-6 * scale)
    centred = [case.eta(*path) for path in (one, two)]
    if case.Y.shape[1] > 1:  # softmax does not feel a common shift
        centred = [eta - eta.mean(axis=2, keepdims=True) for eta in centred]
    assert centred[0] == pytest.approx(centred[1], abs=1e-5 * scale)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("factors", FACTORS)
def test_newton_with_matrices_finds_the_same(family, l1_ratio, factors, setting):
    case = setting(family, l1_ratio=l1_ratio, factors=FACTORS[factors], weights=True)
    found = by_rows(case)
    same(found, case.solve(newton), case)
    assert case.worst(*found) < 1e-6


@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
def test_more_features_than_rows(family, l1_ratio, setting):
    case = setting(family, l1_ratio=l1_ratio, n=25, p=60, least=0.05)
    assert case.worst(*by_rows(case)) < 1e-6


@pytest.mark.parametrize("many", [False, True])
def test_roots_are_roots_of_the_second_derivatives(many):
    rng = np.random.default_rng(0)
    weights = rng.uniform(size=20)
    if many:
        mean = rng.dirichlet(np.ones(3), size=20)
        expected = np.einsum("i,ik,kl->ikl", weights, mean, np.eye(3))
        expected -= weights[:, None, None] * mean[:, :, None] * mean[:, None, :]
    else:
        mean = rng.uniform(size=(20, 1))
        expected = (weights[:, None] * mean)[:, :, None]
    root = rowwise._roots(mean, weights, many)
    assert np.einsum("imk,iml->ikl", root, root) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(("rows", "columns"), [(5, 12), (12, 5)])
def test_either_space_solves_the_same_system(rows, columns):
    rng = np.random.default_rng(0)
    V, ridge = rng.normal(size=(rows, columns)), rng.uniform(0.1, 2.0, columns)
    rhs = rng.normal(size=columns)
    expected = np.linalg.solve(V.T @ V + np.diag(ridge), rhs)
    assert rowwise._solve_ridge(V, ridge, rhs) == pytest.approx(expected, rel=1e-10)


def test_a_system_that_is_not_definite_has_no_solution():
    V = np.ones((3, 2))
    assert rowwise._solve_ridge(V, np.array([-100.0, 1.0]), np.ones(2)) is None


def test_a_strength_at_a_time_equals_all(family, setting):
    case = setting(family, n_lambdas=3)
    _, coefs = by_rows(case)
    small = restricted(case.sums, np.arange(12))
    alone = rowwise.solve(small, case.goal.at(slice(-1, None)), with_gradients(small, case.start))
    assert alone.coefs[0] == pytest.approx(coefs[-1], abs=1e-7)
