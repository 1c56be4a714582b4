import numpy as np
import pytest

from regpath.core.families import FAMILIES
from regpath.core.solvers.kernels.residuals import RESIDUALS
from tests.responses import coded_response


def draw(name, n=30, C=5, patterns=3, seed=0):
    rng = np.random.default_rng(seed)
    K = 4 if name == "multinomial" else 1
    eta, offset = 3.0 * rng.normal(size=(n, K, C)), rng.normal(size=(K, C))
    Y = coded_response(name, n, rng, K)
    shares = rng.uniform(0.0, 2.0, (patterns, C)) * (rng.random((patterns, C)) < 0.7)
    return eta, offset, shares, rng.integers(0, patterns, n), Y, rng.uniform(size=n)


def by_family(name, eta, offset, shares, pattern, Y, weights):
    """Weighted residuals (n, K, C), one point after the other."""
    result = np.empty_like(eta)
    for c in range(eta.shape[2]):
        u = Y - FAMILIES[name].mean(eta[:, :, c] + offset[:, c])
        result[:, :, c] = (weights * shares[pattern, c])[:, None] * u
    return result


def by_kernel(name, eta, offset, shares, pattern, Y, weights):
    n, K, C = eta.shape
    flat = eta.reshape(n, K * C).copy()
    RESIDUALS[FAMILIES[name].kernels](flat, offset.ravel().copy(), shares, pattern, Y, weights)
    return flat.reshape(n, K, C)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("C", [1, 5, 16])
def test_kernels_agree_with_the_families(name, C):
    case = draw(name, C=C)
    expected = by_family(name, *case)
    assert by_kernel(name, *case) == pytest.approx(expected, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("name", ["binomial", "multinomial"])
@pytest.mark.parametrize("size", [40.0, 700.0, 1000.0, 1e300])
def test_extreme_predictions_stay_exact(name, size):
    eta, offset, shares, pattern, Y, weights = draw(name)
    eta = np.sign(eta) * size
    found = by_kernel(name, eta, 0.0 * offset, shares, pattern, Y, weights)
    expected = by_family(name, eta, 0.0 * offset, shares, pattern, Y, weights)
    assert np.isfinite(found).all()
    assert found == pytest.approx(expected, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("name", FAMILIES)
def test_rows_outside_a_model_add_nothing(name):
    eta, offset, shares, pattern, Y, weights = draw(name)
    shares[1] = 0.0
    found = by_kernel(name, eta, offset, shares, pattern, Y, weights)
    assert not found[pattern == 1].any()


@pytest.mark.parametrize("name", ["gaussian", "binomial"])
def test_what_is_not_a_number_stays_so(name):
    eta, offset, shares, pattern, Y, weights = draw(name)
    shares[:] = 1.0
    eta[3, 0, 2] = np.nan
    found = by_kernel(name, eta, offset, shares, pattern, Y, weights)
    assert np.argwhere(np.isnan(found)).tolist() == [[3, 0, 2]]
