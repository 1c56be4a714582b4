import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels import cholesky as module
from regpath.core.solvers.kernels.cholesky import cholesky, cholesky_solve

seeds = st.integers(0, 100_000)
property_test = settings(deadline=None, max_examples=80)
EPS = np.finfo(float).eps


def definite(rng, p, least=0.1):
    root = rng.normal(size=(p + 3, p))
    return root.T @ root / p + least * np.eye(p)


def factored(A):
    L = A.copy()
    L[np.triu_indices(len(A), 1)] = np.nan  # the upper triangle is never read
    assert cholesky(L)
    return L


@property_test
@given(seeds, st.integers(1, 23))
def test_a_factor_solves_a_system(seed, p):
    rng = np.random.default_rng(seed)
    A, x = definite(rng, p), rng.normal(size=p)
    L = factored(A)
    assert np.tril(L) == pytest.approx(np.linalg.cholesky(A), rel=1e-9, abs=1e-12)
    b = A @ x
    cholesky_solve(L, b)
    assert b == pytest.approx(x, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("p", [module.UNCUT, module.UNCUT + 1, module.UNCUT + 2 * module.PANEL + 5])
def test_factors_in_panels_multiply_to_the_matrix(p):
    """Higham (2002), theorem 10.3: the factor is that of a matrix (p + 1) eps away, row by row."""
    A = definite(np.random.default_rng(0), p)
    L = np.tril(factored(A))
    size = np.sqrt(np.diag(A))
    assert (np.abs(L @ L.T - A) <= 2.0 * (p + 1) * EPS * np.outer(size, size)).all()


@pytest.mark.parametrize("matrix", [[[0.0]], [[-1.0]], [[1.0, 2.0], [2.0, 1.0]], [[np.nan]]])
def test_what_is_not_definite_has_no_factor(matrix):
    assert not cholesky(np.array(matrix))
