import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import logsumexp

from regpath.core.families import FAMILIES, family_of
from regpath.errors import ParameterError


def draw(name, n=4, seed=0):
    rng = np.random.default_rng(seed)
    K = 3 if name == "multinomial" else 1
    eta = rng.normal(size=(n, K))
    if name == "gaussian":
        return rng.normal(size=(n, 1)), eta
    if name == "binomial":
        return rng.integers(0, 2, (n, 1)).astype(float), eta
    if name == "poisson":
        return rng.poisson(2.0, (n, 1)).astype(float), eta
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
    bend, step = family.curvature(family.mean(eta)), 1e-6
    assert bend.shape == (*eta.shape, eta.shape[1])
    for m in range(eta.shape[1]):
        moved = eta.copy()
        moved[:, m] += step
        slope = (family.mean(moved) - family.mean(eta)) / step
        assert bend[:, :, m] == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize("name", [name for name in FAMILIES if name != "poisson"])
def test_no_curvature_exceeds_the_largest(name):
    family = FAMILIES[name]
    flat = np.zeros((1, 3 if name == "multinomial" else 1))
    flat[0, -1] = -1000.0 if name == "multinomial" else 0.0  # two classes of equal chance
    rng = np.random.default_rng(0)
    eta = np.vstack([rng.normal(size=(500, flat.shape[1])) * 3.0, flat])
    largest = np.linalg.eigvalsh(family.curvature(family.mean(eta))).max()
    assert largest == pytest.approx(family.largest_curvature, rel=1e-12)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("size", [1.0, 40.0, 1000.0])
def test_all_at_once_is_one_after_the_other(name, size):
    family, (Y, eta) = FAMILIES[name], draw(name, n=30)
    size = min(size, 100.0) if name == "poisson" else size  # e^1000 is no number
    eta = size * np.stack([eta, -0.3 * eta], axis=1)
    loss, mean, bend = family.evaluate(Y[:, None], eta)
    assert loss == pytest.approx(family.loss(Y[:, None], eta), rel=1e-13, abs=0.0)
    assert mean == pytest.approx(family.mean(eta), rel=1e-12, abs=1e-300)
    factors = np.random.default_rng(1).normal(size=(30, 3))
    expected = np.einsum("nq,nckl->qckl", factors, family.curvature(family.mean(eta)))
    assert family.bent(bend, factors) == pytest.approx(expected, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("name", FAMILIES)
def test_any_axes_may_stand_in_front(name):
    family, (Y, eta) = FAMILIES[name], draw(name, n=6)
    many = np.stack([eta, 2.0 * eta, -eta])
    for c, one in enumerate(many):
        assert family.loss(Y, many)[c] == pytest.approx(family.loss(Y, one), abs=1e-15)
        assert family.mean(many)[c] == pytest.approx(family.mean(one), abs=1e-15)
        bend = family.curvature(family.mean(many))[c]
        assert bend == pytest.approx(family.curvature(family.mean(one)), abs=1e-15)


@pytest.mark.parametrize("name", FAMILIES)
def test_no_loss_is_below_zero_and_none_is_its_least(name):
    """What shrinking the residuals in a certificate relies upon."""
    family, (Y, eta) = FAMILIES[name], draw(name, n=50)
    assert family.loss(Y, 5.0 * eta).min() >= 0.0
    best = Y if name == "gaussian" else 100.0 * (Y - 0.5)
    if name == "poisson":
        best = np.log(np.maximum(Y, 1e-30))
    assert family.loss(Y, best) == pytest.approx(0.0, abs=1e-20)


@pytest.mark.parametrize("name", ["binomial", "multinomial"])
@pytest.mark.parametrize("size", [40.0, 800.0, 1e300])
def test_extreme_predictors_have_exact_losses(name, size):
    """The loss grows like the distance on the wrong side and vanishes on the right one."""
    family, (Y, eta) = FAMILIES[name], draw(name)
    eta = size * (eta > 0.0) if name == "multinomial" else np.sign(eta) * size
    loss, mean = family.loss(Y, eta), family.mean(eta)
    assert np.isfinite(mean).all()
    if name == "binomial":
        wrong = ((Y > 0.5) != (eta > 0.0))[:, 0]
        assert loss == pytest.approx(np.where(wrong, size, np.exp(-size)), rel=1e-12, abs=0.0)
    else:
        lead = eta - np.sum(Y * eta, axis=1, keepdims=True)
        assert loss == pytest.approx(logsumexp(lead, axis=1), rel=1e-15, abs=1e-15)


def test_null_intercept_zeroes_the_residuals(family, make_small):
    problem = make_small(family, weights=True)
    loss = problem.loss
    intercept = loss.null_intercept(problem.Y, problem.weights)
    mean = loss.mean(np.broadcast_to(intercept, problem.Y.shape))
    assert problem.weights @ (problem.Y - mean) == pytest.approx(0.0, abs=1e-15)


def test_an_unknown_family_is_refused_by_name():
    with pytest.raises(ParameterError, match="no family 'gamma'"):
        family_of("gamma")


@pytest.mark.parametrize("name", FAMILIES)
def test_null_loss_is_the_loss_of_the_best_constant(name):
    family, (Y, _) = FAMILIES[name], draw(name, n=40)
    w = np.random.default_rng(3).uniform(size=40)
    w /= w.sum()
    alone = np.tile(family.null_intercept(Y, w), (40, 1))
    assert family.null_loss(Y, w) == pytest.approx(w @ family.loss(Y, alone), rel=1e-12)
