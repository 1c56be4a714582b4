"""Least squares from a Gram matrix: the digits that collinear features leave."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import sparse

import regpath
from regpath.core.fit import Points
from regpath.core.in_memory import in_memory
from regpath.core.solvers import gram

# NIST's Wampler4 and Wampler5: x is 0 to 20, and every coefficient of the polynomial of degree 5
# that fits best is 1. https://www.itl.nist.gov/div898/strd/lls/lls.shtml
WAMPLER = {
    "4": "75901 -204794 204863 -204436 253665 -200894 214131 -185192 221249 -138370 315911 -27644 "
    "455253 197434 783995 608816 1370781 1303798 2205519 2408860 3444321",
    "5": "7590001 -20479994 20480063 -20479636 25231365 -20476094 20489331 -20460392 18417449 "
    "-20413570 20591111 -20302844 18651453 -20077766 21059195 -19666384 26348481 -18971402 "
    "22480719 -17866340 10958421",
}


# NIST's Longley: unemployment and its kin in the United States, 1947 to 1962, and what they
# predict of employment. https://www.itl.nist.gov/div898/strd/lls/lls.shtml
LONGLEY = """
60323 83.0 234289 2356 1590 107608 1947
61122 88.5 259426 2325 1456 108632 1948
60171 88.2 258054 3682 1616 109773 1949
61187 89.5 284599 3351 1650 110929 1950
63221 96.2 328975 2099 3099 112075 1951
63639 98.1 346999 1932 3594 113270 1952
64989 99.0 365385 1870 3547 115094 1953
63761 100.0 363112 3578 3350 116219 1954
66019 101.2 397469 2904 3048 117388 1955
67857 104.6 419180 2822 2857 118734 1956
68169 108.4 442769 2936 2798 120445 1957
66513 110.8 444546 4681 2637 121950 1958
68655 112.6 482704 3813 2552 123366 1959
69564 114.2 502601 3931 2514 125368 1960
69331 115.7 518173 4806 2572 127852 1961
70551 116.9 554894 4007 2827 130081 1962
"""
CERTIFIED = [-3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683]
CERTIFIED += [-1.03322686717359, -0.0511041056535807, 1829.15146461355]


def weak_end(X, y, l1_ratio, weakest):
    """Intercept and coefficients where the penalty hardly matters any more."""
    problem = regpath.Problem.from_arrays(X, y)
    lambdas = regpath.lambda_max(problem) * np.geomspace(1, weakest, 50)
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, lambdas=lambdas)
    return np.append(path.intercept_path[-1], path.coef_path[:, -1])


def digits_of(name, l1_ratio):
    """Correct digits of the worst coefficient at the weak end of a path."""
    X = np.arange(21.0)[:, None] ** np.arange(1, 6)
    found = weak_end(X, np.array(WAMPLER[name].split(), dtype=float), l1_ratio, 1e-28)
    return -np.log10(np.abs(found - 1.0).max())


# A plain least-squares solver on standardized columns reaches 8.9 and 7.4.
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize(("name", "digits"), [("4", 8.9), ("5", 7.4)])
def test_the_weak_end_of_a_path_keeps_the_digits_of_collinear_polynomials(name, digits, l1_ratio):
    assert digits_of(name, l1_ratio) > digits


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_the_weak_end_of_a_path_has_the_digits_that_nist_certifies(l1_ratio):
    data = np.array([row.split() for row in LONGLEY.strip().splitlines()], dtype=float)
    found = weak_end(data[:, 1:], data[:, 0], l1_ratio, 1e-20)
    assert found == pytest.approx(CERTIFIED, rel=1e-11)


def test_digits_are_gained_by_refinement_and_by_twice_the_digits_of_gradients(monkeypatch):
    twofold = digits_of("5", 0.0)
    monkeypatch.setattr(gram, "TWOFOLD", 0.0)
    refined = digits_of("5", 0.0)
    monkeypatch.setattr(gram, "LEFT", 0.0)
    assert twofold > refined + 1.0 > digits_of("5", 0.0) + 1.0


@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_twofold_gradients_are_those_of_rational_arithmetic(form):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(15, 3)) + np.array([0.0, 1e6, -3.0])
    problem = regpath.Problem.from_arrays(
        form(X), 1e3 + X[:, 0], sample_weight=rng.uniform(0.5, 2.0, 15)
    )
    data = in_memory(problem, True).arrays
    # Residuals of 1e-10 of the response: float64 has five digits of them, and of their sums none.
    coefs = np.array([[[data.design.scale[0] * (1.0 + 1e-10), 1e-12, -1e-12]]])
    found = gram._with_twofold_gradients(data, Points(np.array([[1e-11]]), coefs))
    beta = (coefs[0, 0] * data.design.inverse).tolist()
    start = Fraction(1e-11 - np.dot(beta, data.design.mean))
    weighed = [
        Fraction(w) * (Fraction(y) - start - sum(Fraction(b) * Fraction(v) for b, v in pairs))
        for w, y, pairs in (
            (data.weights[i], data.Y[i, 0], list(zip(beta, X[i], strict=True))) for i in range(15)
        )
    ]
    for j in range(3):
        mean, inverse = Fraction(data.design.mean[j]), Fraction(data.design.inverse[j])
        exact = inverse * sum(
            u * (Fraction(v) - mean) for u, v in zip(weighed, X[:, j], strict=True)
        )
        size = float(
            inverse * sum(abs(u * Fraction(v)) for u, v in zip(weighed, X[:, j], strict=True))
        )
        assert found.z[0, 0, j] == pytest.approx(float(exact), rel=1e-12, abs=1e-20 * size)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_copies_of_features_are_refined_and_proven(l1_ratio):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 6))
    X = np.column_stack([X, X[:, 0], X[:, 1] + 1e-7 * rng.normal(size=200), np.ones(200)])
    y = X[:, 0] + X[:, 1] + rng.normal(size=200)
    path = regpath.fit_path(regpath.Problem.from_arrays(X, y), l1_ratio=l1_ratio, n_lambdas=30)
    assert path.converged.all()


def test_features_that_are_not_collinear_cost_no_further_pass(make_small, monkeypatch):
    monkeypatch.setattr(gram, "_Refinement", lambda *_: pytest.fail("refined"))
    assert regpath.fit_path(make_small("gaussian"), n_lambdas=5).converged.all()


def test_near_copies_of_which_one_lives_are_summed_up_as_others_are(monkeypatch):
    monkeypatch.setattr(gram, "_with_twofold_gradients", lambda *_: pytest.fail("twofold"))
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 6))
    X[:, 1] = X[:, 0] + 1e-3 * rng.normal(size=200)
    y = X.sum(axis=1) + rng.normal(size=200)
    path = regpath.fit_path(regpath.Problem.from_arrays(X, y), n_lambdas=30, min_ratio=1e-2)
    assert path.converged.all()
