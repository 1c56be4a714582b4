import numpy as np
import pytest

from regpath.core.families import FAMILIES
from regpath.core.solvers.kernels.hessian_products import CURVING, MEANS


def draw(name, n=30, C=5, seed=0):
    rng = np.random.default_rng(seed)
    K = 4 if name == "multinomial" else 1
    return 3.0 * rng.normal(size=(n, K, C)), rng.normal(size=(K, C)), rng.uniform(size=n)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("C", [1, 5, 16])
def test_changes_are_bent_as_the_families_say(name, C):
    eta, offset, weights = draw(name, C=C)
    n, K, _ = eta.shape
    mean = FAMILIES[name].mean((eta + offset).transpose(0, 2, 1))  # (n, C, K)
    change = np.random.default_rng(1).normal(size=(n, K, C))
    bend = FAMILIES[name].curvature(mean)
    expected = np.einsum("i,ickl,ilc->ikc", weights, bend, change)
    flat = change.reshape(n, K * C).copy()
    curve = CURVING[FAMILIES[name].kernels]
    curve(flat, np.ascontiguousarray(mean.transpose(0, 2, 1)).reshape(n, -1), weights, K)
    assert flat.reshape(n, K, C) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "size"),
    [(name, 1.0) for name in FAMILIES]
    + [(name, size) for name in ("binomial", "multinomial") for size in (40.0, 1000.0, 1e300)],
)
def test_means_agree_with_the_families(name, size):
    eta, offset, _ = draw(name)
    n, K, C = eta.shape
    if size > 1.0:
        eta, offset = np.sign(eta) * size, 0.0 * offset
    flat = eta.reshape(n, K * C).copy()
    MEANS[FAMILIES[name].kernels](flat, offset.ravel().copy(), K)
    expected = FAMILIES[name].mean((eta + offset).transpose(0, 2, 1)).transpose(0, 2, 1)
    assert flat.reshape(n, K, C) == pytest.approx(expected, rel=1e-13, abs=1e-300)
