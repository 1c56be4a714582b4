"""Least squares from a Gram matrix: the digits that collinear features leave."""

import numpy as np
import pytest

import regpath
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


def digits_of(name, l1_ratio):
    """Correct digits of the worst coefficient at the weak end of a path."""
    x = np.arange(21.0)
    X = np.stack([x**k for k in range(1, 6)], axis=1)
    problem = regpath.Problem.from_arrays(X, np.array(WAMPLER[name].split(), dtype=float))
    start = regpath.lambda_max(problem)
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, lambdas=start * np.geomspace(1, 1e-28, 50))
    found = np.append(path.coef_path[:, -1], path.intercept_path[-1])
    return -np.log10(np.abs(found - 1.0).max())


@pytest.mark.parametrize("l1_ratio", [1.0, 0.0])
@pytest.mark.parametrize(("name", "digits"), [("4", 6.0), ("5", 5.0)])
def test_the_weak_end_of_a_path_keeps_the_digits_of_collinear_polynomials(name, digits, l1_ratio):
    assert digits_of(name, l1_ratio) > digits


def test_ridge_gains_digits_by_refinement(monkeypatch):
    refined = digits_of("4", 0.0)
    monkeypatch.setattr(gram, "LEFT", 0.0)
    assert refined > digits_of("4", 0.0) + 1.0


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_copies_of_features_are_refined_and_proven(l1_ratio):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 6))
    X = np.column_stack([X, X[:, 0], X[:, 1] + 1e-7 * rng.normal(size=200), np.ones(200)])
    y = X[:, 0] + X[:, 1] + rng.normal(size=200)
    path = regpath.fit_path(regpath.Problem.from_arrays(X, y), l1_ratio=l1_ratio, n_lambdas=30)
    assert path.converged.all()


def test_features_that_are_not_collinear_cost_no_further_pass(make_small, monkeypatch):
    monkeypatch.setattr(gram, "_refined", lambda *_: pytest.fail("refined"))
    assert regpath.fit_path(make_small("gaussian"), n_lambdas=5).converged.all()
