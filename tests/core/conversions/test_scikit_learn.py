import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.core.conversions.scikit_learn import lambda_to_c, lambda_to_ridge_alpha


def test_vectors_of_the_vocabulary():
    assert lambda_to_c(0.0025, 400) == 1.0
    assert lambda_to_ridge_alpha(0.5, 10) == 5.0


@given(st.floats(1e-8, 1e8), st.integers(1, 10**7))
def test_round_trip(lam, n):
    assert lambda_to_c(lambda_to_c(lam, n), n) == pytest.approx(lam, rel=1e-12)  # its own inverse
