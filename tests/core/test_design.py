from fractions import Fraction
from operator import mul

import numpy as np
import pytest
from scipy import sparse

from regpath.core.design import (
    Design,
    change_of_basis,
    coordinates,
    design_of,
    exact_sum,
    moments,
    plain_design,
    stretches,
)


def draw(n=300, p=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * rng.uniform(0.1, 10.0, p) + rng.normal(size=p)
    w = rng.uniform(0.0, 2.0, n) * (rng.random(n) > 0.1)
    return X, w / w.sum()


def by_numpy(X, w):
    mean = np.average(X, axis=0, weights=w)
    return mean, np.sqrt(np.average((X - mean) ** 2, axis=0, weights=w))


def on_disk(X, folder):
    path = folder / "X.dat"
    X.astype(float).tofile(path)
    return np.memmap(path, dtype=float, mode="r", shape=X.shape)


@pytest.mark.parametrize("kind", ["C", "F", "strided", "memmap", "sparse"])
@pytest.mark.parametrize(("rows", "threads"), [(256, 1), (13, 1), (13, 3)])
def test_moments_are_those_of_numpy(kind, rows, threads, tmp_path, cut_up):
    X, w = draw()
    X[np.random.default_rng(1).random(X.shape) < 0.5] = 0.0
    given = {
        "C": X,
        "F": np.asfortranarray(X),
        "strided": np.repeat(X, 2, axis=1)[:, ::2],
        "memmap": on_disk(X, tmp_path),
        "sparse": sparse.csr_array(X),
    }[kind]
    cut_up(rows, threads)
    mean, scale = moments(given, w)
    expected = by_numpy(X, w)
    assert mean == pytest.approx(expected[0], rel=1e-12, abs=1e-14)
    assert scale == pytest.approx(expected[1], rel=1e-12)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e-8, 1e8, 1e200, 1e300])
@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_moments_of_huge_and_tiny_values_stay_in_range(size, form):
    X, w = draw(p=2)
    mean, scale = moments(form(X * size), w)
    expected = by_numpy(X, w)
    assert mean / size == pytest.approx(expected[0], rel=1e-12)
    assert scale / size == pytest.approx(expected[1], rel=1e-12)


@pytest.mark.parametrize("shift", [1e3, 1e6, 1e9])
def test_spread_far_from_zero_keeps_its_digits(shift):
    X, w = draw()
    moved = X + shift
    mean, scale = moments(moved, w)
    exact = by_numpy(moved - shift, w)  # what rounding has left of X
    assert mean - shift == pytest.approx(exact[0], abs=4e-16 * shift)
    assert scale == pytest.approx(exact[1], rel=1e-12)


@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_constant_columns_have_no_spread(form):
    n = 37
    X = np.column_stack(
        [np.full(n, 0.1), np.zeros(n), np.full(n, 1e9), np.arange(n), 1e9 + np.arange(n) * 1e-5]
    )
    w = np.full(n, 1.0 / n)
    mean, scale = moments(form(X), w)
    assert scale[:3].tolist() == [0.0, 0.0, 0.0]
    assert scale[3] > 0.0
    assert mean[:3] == pytest.approx([0.1, 0.0, 1e9], rel=1e-15)
    design = design_of(form(X), w, True)
    assert design.inverse[:3].tolist() == [0.0, 0.0, 0.0]
    assert not design.columns(np.arange(3)).any()


def test_rounding_noise_is_not_spread():
    X = np.array([[0.1, 1e9], [0.1, 1e9], [0.1, 1e9 + 1e-5]])
    assert moments(X, np.full(3, 1 / 3))[1][0] == 0.0


def test_a_column_that_varies_only_where_weights_are_zero_is_constant():
    X, w = draw(p=1)
    X[w > 0.0] = 5.0
    assert moments(X, w)[1].tolist() == [0.0]
    assert moments(sparse.csr_array(X), w)[1].tolist() == [0.0]


@pytest.mark.parametrize("standardize", [True, False])
def test_columns_are_centred_and_scaled_under_the_weights(standardize, make_small):
    problem = make_small("gaussian", weights=True)
    w = problem.weights
    design = design_of(problem.X, w, standardize)
    Z = design.standardized(slice(0, problem.n_obs))
    assert w @ Z == pytest.approx(0.0, abs=1e-14)
    mean, scale = by_numpy(problem.X, w)
    expected = (problem.X - mean) / (scale if standardize else 1.0)
    assert pytest.approx(expected, rel=1e-12, abs=1e-13) == Z
    if standardize:
        assert w @ Z**2 == pytest.approx(1.0)


@pytest.mark.parametrize("form", [np.ascontiguousarray, np.asfortranarray, sparse.csr_array])
def test_pieces_are_pieces_of_the_whole(form):
    X, w = draw(n=40)
    design = design_of(form(X), w, True)
    mean, scale = by_numpy(X, w)
    Z = (X - mean) / scale
    some = np.array([3, 0])
    assert design.standardized(slice(5, 9)) == pytest.approx(Z[5:9], abs=1e-12)
    assert design.standardized(slice(5, 9), some) == pytest.approx(Z[5:9][:, some], abs=1e-12)
    assert design.columns(some) == pytest.approx(Z[:, some], abs=1e-12)
    assert design.columns(slice(1, 4)) == pytest.approx(Z[:, 1:4], abs=1e-12)
    assert (design.n, design.p) == (40, 5)
    assert design.is_sparse == (form is sparse.csr_array)


@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_taking_columns_leaves_the_data_alone(form):
    X, w = draw(n=20)
    given = form(X)
    design = design_of(given, w, True)
    design.columns(slice(0, 5))
    design.columns(np.arange(5))
    design.standardized(slice(0, 20))
    left = given.toarray() if sparse.issparse(given) else given
    assert left.tolist() == X.tolist()


@pytest.mark.parametrize("shift", [0.0, 1e3, 1e7])
@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_coefficients_act_on_blocks_and_on_the_data_as_on_the_features(shift, form):
    X, w = draw(n=50)
    X[:, :2] += shift
    design = design_of(form(X), w, True)
    coefs = np.random.default_rng(1).normal(size=(3, 2, 5))
    Z = design.standardized(slice(0, 50))
    expected = np.einsum("np,ckp->nck", Z, coefs)
    beta, offset = design.raw(coefs)
    blocks = design.block(slice(0, 50)) @ beta.reshape(6, 5).T
    rounding = 1e-15 * max(100.0, 1e3 if form is np.array else shift)  # below FAR, no shift
    assert blocks.reshape(50, 3, 2) + offset == pytest.approx(expected, abs=10 * rounding)
    offset, beta = design.to_raw_units(np.zeros(coefs.shape[:2]), coefs, 0.0)
    direct = (X @ beta.reshape(6, 5).T).reshape(50, 3, 2) + offset
    assert direct == pytest.approx(expected, abs=1e-13 * max(10.0, shift))


def test_blocks_are_shifted_only_where_means_are_far_from_zero():
    X, w = draw(n=50)
    assert design_of(X, w, True).shift is None
    X[:, 1] += 1e6
    far = design_of(X, w, True)
    assert np.flatnonzero(far.shift).tolist() == [1]
    assert far.centre == pytest.approx(np.where(np.arange(5) == 1, 0.0, far.mean))
    assert np.abs(w @ far.block(slice(0, 50)) - far.centre).max() < 1e-10
    assert design_of(sparse.csr_array(X), w, True).shift is None


def test_a_constant_column_is_never_shifted():
    X = np.column_stack([np.full(9, 1e12), np.arange(9.0)])
    assert design_of(X, np.full(9, 1 / 9), True).shift is None


def test_known_moments_give_the_same_design():
    X, w = draw()
    one = design_of(X, w, True)
    two = coordinates(X, one.mean, one.scale, True)
    assert two.inverse.tolist() == one.inverse.tolist()
    given = coordinates(X, one.mean, one.scale, False, shift=np.full(5, 2.0))
    assert given.inverse.tolist() == [1.0] * 5
    assert given.centre == pytest.approx(one.mean - 2.0)


def test_plain_features_are_what_they_are():
    Z = np.arange(6.0).reshape(3, 2)
    design = plain_design(Z)
    assert isinstance(design, Design)
    assert design.standardized(slice(0, 3)).tolist() == Z.tolist()
    assert design.raw(np.ones((1, 1, 2)))[1].tolist() == [[0.0]]


@pytest.mark.parametrize(("n", "rows"), [(1, 5), (10, 3), (10, 10), (11, 1), (0, 4)])
def test_stretches_cover_every_row_once(n, rows):
    found = list(stretches(n, rows))
    assert [i for part in found for i in range(part.start, part.stop)] == list(range(n))
    assert all(part.stop - part.start <= rows for part in found)


def test_row_blocks_cover_every_row_once(cut_up):
    X, w = draw(n=100)
    cut_up(rows=9)
    for given in (X, sparse.csr_array(X)):
        parts = design_of(given, w, True).row_blocks(7)
        assert [i for part in parts for i in range(part.start, part.stop)] == list(range(100))


def test_many_rows_do_not_make_a_constant_sparse_column_vary():
    n = 200_001
    X = sparse.csr_array(np.column_stack([np.full(n, 3.0), np.arange(n) == 7]))
    mean, scale = moments(X, np.full(n, 1.0 / n))
    assert scale[0] == 0.0
    assert mean[1] == pytest.approx(1 / n)
    assert scale[1] == pytest.approx(np.sqrt(1 / n * (1 - 1 / n)))


@pytest.mark.parametrize("seed", range(5))
def test_a_sum_is_rounded_once(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 40)) * 10.0 ** rng.integers(-12, 12, (2, 40))
    a, b = rng.normal(size=2) * 1e20
    exact = Fraction(a) + Fraction(b) + sum(map(mul, map(Fraction, x), map(Fraction, y)))
    assert exact_sum(a, b, x, y) == float(exact)
    # Nothing is left of what cancels but what is truly there.
    almost = float(x @ y)
    left = float(exact - Fraction(a) - Fraction(b) - Fraction(almost))
    assert exact_sum(-almost, 0.0, x, y) == pytest.approx(left, rel=1e-12)


@pytest.mark.parametrize("far", [1e5, 1e8, 1e11])
def test_rounding_of_an_intercept_far_out_is_seen_from_the_penalty_s_coordinates(far):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3)) + far * np.array([1.0, -2.0, 0.0])
    design = design_of(X, np.full(40, 1 / 40), standardize=True)
    coefs, start, origin = rng.normal(size=(4, 1, 3)), rng.normal(size=(4, 1)), 3.0 * far
    raw, beta = design.to_raw_units(start, coefs, origin)
    seen, _ = design.from_raw_units(raw, beta, origin)
    for c in range(4):
        terms = sum(map(mul, map(Fraction, beta[c, 0]), map(Fraction, design.mean)))
        whole = Fraction(start[c, 0]) - terms + Fraction(origin)
        assert raw[c, 0] == float(whole)  # no number of float64 is nearer
        assert seen[c, 0] == float(Fraction(raw[c, 0]) + terms - Fraction(origin))


@pytest.mark.parametrize("standardize", [True, False])
def test_sums_over_rows_go_from_one_design_to_another(standardize):
    X, w = draw()
    X[:, 1] = 3.0  # constant: no coordinate in either
    old = design_of(X, w, True)
    new = design_of(X, np.full(300, 1 / 300), standardize)
    sums = [
        (w @ np.column_stack([each.standardized(slice(300)), np.ones(300)])) for each in (old, new)
    ]
    assert change_of_basis(old, new) @ sums[0] == pytest.approx(sums[1], abs=1e-12)
    assert change_of_basis(old, old) @ sums[0] == pytest.approx(sums[0], abs=1e-15)
