"""Invariances of the path on random small problems."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from regpath import Problem, fit_path, lambda_max
from regpath.core.penalty import Penalty

CLASSES = {"binomial": 2, "multinomial": 3}
cases = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["gaussian", "binomial", "multinomial"]),
    st.integers(8, 40),
    st.integers(1, 6),
    st.sampled_from([0.0, 0.3, 1.0]),
)
property_test = settings(deadline=None, max_examples=25)


def draw(case):
    seed, family, n, p, l1_ratio = case
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * rng.uniform(0.1, 10, p) + rng.normal(size=p)
    signal = X @ rng.normal(size=p) + 2 * rng.normal(size=n)
    if family == "gaussian":
        return X, signal, family, l1_ratio
    order = np.argsort(np.argsort(signal))
    return X, order * CLASSES[family] // n, family, l1_ratio


def fitted(X, y, family, l1_ratio, **options):
    problem = Problem.from_arrays(X, y, family=family, sample_weight=options.pop("weight", None))
    return fit_path(problem, l1_ratio=l1_ratio, n_lambdas=8, min_ratio=0.01, **options)


def same(one, two):
    """Ridge and elastic net are unique; a multinomial lasso is compared by its predictions."""
    assert one.lambdas == pytest.approx(two.lambdas, rel=1e-9)
    assert one.dev_ratio == pytest.approx(two.dev_ratio, abs=1e-6)
    if one.family != "multinomial" or one.l1_ratio < 1.0:
        scale = max(1.0, np.abs(one.coefs("standardized")).max())
        assert one.coefs("standardized") == pytest.approx(
            two.coefs("standardized"), abs=1e-5 * scale
        )


@property_test
@given(cases)
def test_certified_and_monotone(case):
    """As lambda falls, the loss never rises and the penalty term never falls."""
    X, y, family, l1_ratio = draw(case)
    path = fitted(X, y, family, l1_ratio)
    assert path.converged.all()
    assert (np.diff(path.dev_ratio) >= -1e-7).all()
    coefs = path.coefs("standardized")
    points = np.moveaxis(coefs.reshape(-1, *coefs.shape[-2:]), -1, 0)
    sizes = Penalty(l1_ratio, np.ones(X.shape[1])).value(points, np.ones(len(points)))
    assert (np.diff(sizes) >= -1e-6 * max(1.0, sizes.max())).all()


@property_test
@given(cases)
def test_permuting_rows_and_columns(case):
    X, y, family, l1_ratio = draw(case)
    rng = np.random.default_rng(1)
    rows, columns = rng.permutation(len(X)), rng.permutation(X.shape[1])
    one, two = fitted(X, y, family, l1_ratio), fitted(X[rows], y[rows], family, l1_ratio)
    same(one, two)
    three = fitted(X[:, columns], y, family, l1_ratio)
    assert three.dev_ratio == pytest.approx(one.dev_ratio, abs=1e-6)
    if family != "multinomial":
        assert three.coef_path == pytest.approx(one.coef_path[columns], abs=1e-4)


@property_test
@given(cases, st.integers(-6, 6))
def test_units_shifts_and_signs_of_columns(case, power):
    X, y, family, l1_ratio = draw(case)
    one = fitted(X, y, family, l1_ratio)
    same(one, fitted(X * 10.0**power, y, family, l1_ratio))
    same(one, fitted(X + 7.0, y, family, l1_ratio))
    flipped = fitted(-X, y, family, l1_ratio)
    assert flipped.dev_ratio == pytest.approx(one.dev_ratio, abs=1e-6)
    if family != "multinomial":
        assert flipped.coef_path == pytest.approx(-one.coef_path, abs=1e-5)


@property_test
@given(cases)
def test_doubling_rows_or_weights_changes_nothing(case):
    X, y, family, l1_ratio = draw(case)
    one = fitted(X, y, family, l1_ratio)
    same(one, fitted(np.repeat(X, 2, axis=0), np.repeat(y, 2), family, l1_ratio))
    same(one, fitted(X, y, family, l1_ratio, weight=np.full(len(y), 2.0)))


@property_test
@given(cases)
def test_swapping_two_classes_flips_the_signs(case):
    X, y, _, l1_ratio = draw((case[0], "binomial", *case[2:]))
    one, two = fitted(X, y, "binomial", l1_ratio), fitted(X, 1 - y, "binomial", l1_ratio)
    assert two.coef_path == pytest.approx(-one.coef_path, abs=1e-5)
    assert two.intercept_path == pytest.approx(-one.intercept_path, abs=1e-5)


@property_test
@given(cases)
def test_empty_at_lambda_max_and_alive_just_below(case):
    X, y, family, l1_ratio = draw(case)
    l1_ratio = max(l1_ratio, 0.3)
    problem = Problem.from_arrays(X, y, family=family)
    top = lambda_max(problem, l1_ratio=l1_ratio)
    path = fit_path(problem, l1_ratio=l1_ratio, lambdas=[top, 0.999 * top])
    assert path.n_nonzero[0] == 0
    assert path.n_nonzero[1] >= 1
    assert path.converged.all()


@settings(deadline=None, max_examples=10)
@given(cases)
def test_a_converted_strength_gives_scikit_learn_the_same_model(case):
    X, y, family, _ = draw((case[0], "multinomial" if case[0] % 2 else "binomial", *case[2:]))
    path = fitted(X, y, family, 0.0)
    Z = (X - path.x_mean) / path.x_scale
    i = 5
    peer = LogisticRegression(C=path.Cs[i], tol=1e-9, max_iter=100_000).fit(Z, y)
    ours = np.atleast_2d(path.coefs("standardized")[..., i])
    assert ours == pytest.approx(peer.coef_, abs=1e-4)
