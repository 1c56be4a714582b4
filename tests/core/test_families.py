import numpy as np
import pytest
from scipy.optimize import approx_fprime

from regpath.core.families import FAMILIES


def draw(name, n=4, seed=0):
    rng = np.random.default_rng(seed)
    K = 3 if name == "multinomial" else 1
    eta = rng.normal(size=(n, K))
    if name == "gaussian":
        return rng.normal(size=(n, 1)), eta
    if name == "binomial":
        return rng.integers(0, 2, (n, 1)).astype(float), eta
    return np.eye(K)[rng.integers(0, K, n)], eta


@pytest.mark.parametrize("name", FAMILIES)
def test_mean_minus_response_is_the_gradient(name):
    family, (Y, eta) = FAMILIES[name], draw(name)
    for i in range(len(Y)):
        slope = approx_fprime(eta[i], lambda e, i=i: family.loss(Y[[i]], e[None])[0], 1e-6)
        assert family.mean(eta)[i] - Y[i] == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize("name", FAMILIES)
def test_curvature_is_the_derivative_of_the_gradient(name):
    family, (_, eta) = FAMILIES[name], draw(name)
    step = 1e-6
    for k in range(eta.shape[1]):
        for m in range(eta.shape[1]):
            moved = eta.copy()
            moved[:, m] += step
            slope = (family.mean(moved) - family.mean(eta))[:, k] / step
            assert family.curvature(family.mean(eta), k, m) == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize("name", FAMILIES)
def test_fenchel_young(name):
    """loss(eta) + conjugate(v) >= v eta, with equality where v is the gradient."""
    family, (Y, eta) = FAMILIES[name], draw(name, n=50)
    residual = Y - family.mean(eta)
    inner = -np.sum(residual * eta, axis=1)
    assert family.loss(Y, eta) + family.conjugate(Y, residual) == pytest.approx(inner, abs=1e-12)
    other = np.random.default_rng(1).normal(size=eta.shape)
    gap = family.loss(Y, other) + family.conjugate(Y, residual) + np.sum(residual * other, axis=1)
    assert gap.min() >= -1e-12


@pytest.mark.parametrize("name", ["binomial", "multinomial"])
@pytest.mark.parametrize("size", [40.0, 800.0])
def test_extreme_predictors_stay_finite(name, size):
    family, (Y, eta) = FAMILIES[name], draw(name)
    eta = np.sign(eta) * size
    assert np.isfinite(family.loss(Y, eta)).all()
    assert np.isfinite(family.conjugate(Y, Y - family.mean(eta))).all()


def test_null_intercept_zeroes_the_residuals(family, make_small):
    problem = make_small(family, weights=True)
    loss = problem.loss
    intercept = loss.null_intercept(problem.Y, problem.weights)
    mean = loss.mean(np.broadcast_to(intercept, problem.Y.shape))
    assert problem.weights @ (problem.Y - mean) == pytest.approx(0.0, abs=1e-15)
