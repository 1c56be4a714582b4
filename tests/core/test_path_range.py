"""The range of numbers: 1e-300 to 1e300 in features, weights and exposures, one path."""

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import regpath
from regpath import Problem, cross_validate, fit_path
from regpath.core.design import design_of, in_range
from tests.responses import response_of

LARGEST = 996  # 2^996 is 7e299


def drawn(family, n=60, p=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p))
    return X, response_of(family, X[:, 0] - X[:, 1] + 0.7 * rng.normal(size=n), cuts=(-0.5, 0.5))


def standardized(path):
    return path.coef_path * path.x_scale.reshape(-1, 1)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("seed", range(3))
def test_powers_of_two_of_features_change_no_bit_of_a_path(family, l1_ratio, seed):
    X, y = drawn(family, seed=seed)
    power = np.random.default_rng(seed).integers(-LARGEST, LARGEST + 1, X.shape[1])
    power[:2] = LARGEST, -LARGEST
    here = fit_path(Problem.from_arrays(X, y, family=family), l1_ratio=l1_ratio, n_lambdas=20)
    far = Problem.from_arrays(np.ldexp(X, power), y, family=family)
    there = fit_path(far, l1_ratio=l1_ratio, n_lambdas=20)
    assert there.converged.all()
    assert there.lambdas == pytest.approx(here.lambdas, rel=1e-12)
    assert standardized(there) == pytest.approx(standardized(here), abs=1e-7)
    assert there.intercept_path == pytest.approx(here.intercept_path, abs=1e-7)
    assert there.x_scale == pytest.approx(np.ldexp(here.x_scale, power), rel=1e-14)
    assert regpath.check_path(far, there)["ok"].all()


@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e160, 1e300, 1e307])
def test_features_of_any_size_are_proven_and_validated(family, form, size):
    X, y = drawn(family)
    X[np.abs(X) < 0.3] = 0.0
    here, far = (Problem.from_arrays(form(each), y, family=family) for each in (X, X * size))
    one, other = (fit_path(each, n_lambdas=10) for each in (here, far))
    assert other.converged.all()
    assert other.dev_ratio == pytest.approx(one.dev_ratio, abs=1e-9)
    folds = [cross_validate(a, b, n_folds=3, seed=0) for a, b in ((here, one), (far, other))]
    assert folds[1].mean == pytest.approx(folds[0].mean, rel=1e-6)


@pytest.mark.parametrize("size", [1e300, 1e307])
def test_one_huge_value_is_no_warning(family, size):
    X, y = drawn(family)
    X[0, 0] = size
    path = fit_path(Problem.from_arrays(X, y, family=family), n_lambdas=8)
    assert np.isfinite(path.coef_path).all()
    assert path.converged.all()


@pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e300])
def test_weights_of_any_size_say_the_same(family, size):
    X, y = drawn(family)
    weight = np.random.default_rng(1).uniform(0.5, 2.0, len(X))
    one, other = (
        fit_path(Problem.from_arrays(X, y, family=family, sample_weight=w), n_lambdas=10)
        for w in (weight, weight * size)
    )
    assert other.converged.all()
    assert other.coef_path == pytest.approx(one.coef_path, abs=1e-7)


@pytest.mark.parametrize("size", [1e-300, 1e-100, 1e100, 1e300])
def test_exposures_of_any_size_move_the_intercept_alone(size):
    X, y = drawn("poisson")
    exposure = np.random.default_rng(1).uniform(0.5, 2.0, len(X))
    one, other = (
        fit_path(Problem.from_arrays(X, y, family="poisson", exposure=each), n_lambdas=10)
        for each in (exposure, exposure * size)
    )
    assert other.converged.all()
    assert other.coef_path == pytest.approx(one.coef_path, abs=1e-7)
    moved = other.intercept_path - one.intercept_path
    assert moved == pytest.approx(-np.log(size), rel=1e-9)


@pytest.mark.parametrize("size", [1e-99, 1e-50, 1e50, 1e99])
def test_amounts_whose_squares_are_numbers_scale_with_their_path(size):
    X, y = drawn("gaussian")
    one, other = (fit_path(Problem.from_arrays(X, t), n_lambdas=10) for t in (y, y * size))
    assert other.converged.all()
    assert other.coef_path / size == pytest.approx(one.coef_path, abs=1e-7)


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e160, 1e300])
def test_amounts_whose_squares_are_none_are_refused_with_a_remedy(size):
    X, y = drawn("gaussian")
    with pytest.raises(regpath.DataError, match="cannot square"):
        fit_path(Problem.from_arrays(X, y * size))


def test_only_what_is_out_of_range_is_scaled_and_by_powers_of_two():
    X, _ = drawn("gaussian")
    weights = np.full(len(X), 1.0 / len(X))
    near = design_of(X * 1e50, weights, standardize=True)
    assert in_range(near) is near
    design = in_range(design_of(X * [1.0, 1e100, 1e-100, 1.0, 1e307], weights, standardize=True))
    mantissa, _ = np.frexp(design.unit)
    assert design.unit[[0, 3]].tolist() == [1.0, 1.0]
    assert (mantissa == 0.5).all()
    assert ((design.scale >= 0.1) & (design.scale <= 20.0)).all()


@pytest.mark.parametrize("shift", [1e13, 1e200])
def test_a_feature_whose_spread_is_rounding_is_named(shift):
    X, y = drawn("gaussian")
    X[:, 2] = shift * (1.0 + 2e-16 * np.arange(len(X)))
    X[:, 3] = 4.0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        problem = Problem.from_arrays(X, y, feature_names=["a", "b", "clock", "d", "e"])
    assert len(problem.notes) == 1
    assert "'clock' varies by less than 1e-12 of its size" in problem.notes[0]
    assert not fit_path(problem, n_lambdas=5).coef_path[2].any()
    frame = regpath.make_problem(pd.DataFrame(X, columns=list("abcde")).assign(y=y), "y")
    assert any("'c' varies by less" in note for note in frame.notes)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e160, 1e300])
def test_features_that_no_penalty_in_their_units_can_square_are_named(family, size, l1_ratio):
    X, y = drawn(family)
    X[:, 3] *= size
    problem = Problem.from_arrays(X, y, family=family)
    with pytest.raises(regpath.DataError, match=r"Feature 'x3' spreads over .* cannot square"):
        fit_path(problem, l1_ratio=l1_ratio, standardize=False)
    with pytest.raises(regpath.DataError, match="cannot square"):
        regpath.lambda_max(problem, standardize=False)
    assert fit_path(problem, l1_ratio=l1_ratio, n_lambdas=5).converged.all()


@pytest.mark.parametrize("size", [1e-8, 1e8, 1e50])
def test_features_that_can_be_squared_are_fit_in_their_own_units(family, size):
    X, y = drawn(family)
    path = fit_path(Problem.from_arrays(X * size, y, family=family), standardize=False)
    assert path.converged.all()


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_a_class_that_weighs_less_than_rounding_is_named(family):
    X, y = drawn(family)
    weight = np.where(y == 1, 1e-200, 1.0)
    with pytest.raises(
        regpath.DataError, match=r"class '?1'? of target 'y' carry .* of all weight"
    ):
        Problem.from_arrays(X, y, family=family, sample_weight=weight)


def lightest_class(y, weight):
    """Share of all weight."""
    return np.bincount(y, weights=weight / weight.max()).min() / (weight / weight.max()).sum()


def test_weights_that_span_the_range_of_numbers_end_in_finite_numbers_or_a_word(family):
    X, y = drawn(family)
    for seed in range(6):
        weight = 10.0 ** np.random.default_rng(seed).uniform(-300, 300, len(X))
        light = family in ("binomial", "multinomial") and lightest_class(y, weight) < 1e-16
        if light:
            with pytest.raises(regpath.DataError, match="of all weight"):
                Problem.from_arrays(X, y, family=family, sample_weight=weight)
            continue
        problem = Problem.from_arrays(X, y, family=family, sample_weight=weight)
        path = fit_path(problem, n_lambdas=5)
        assert np.isfinite(path.coef_path).all()
        assert (path.dev_ratio >= -1e-9).all()
