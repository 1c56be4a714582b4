import numpy as np
import pytest
from scipy import sparse

from regpath.core.design import design_of, plain_design
from regpath.core.families import FAMILIES
from regpath.core.fit import FitData, Points
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set.partial_hessian import hessian_diagonals, partial_hessian
from tests.responses import coded_response

CHOICES = {
    "same": lambda V: (np.arange(V), None),
    "some": lambda V: (np.r_[V - 1, 0, 2 : V - 2 : 2], None),
    "one": lambda V: (np.array([V // 2]), None),
    "intercepts": lambda V: (np.arange(4), np.r_[V - 1, 0]),
    "apart": lambda V: (np.r_[V - 1, 1], np.r_[2 : V - 1 : 3]),
    "overlapping": lambda V: (np.r_[0, V - 1, 3], np.r_[3, 0, 2, 1]),
    "none": lambda V: (np.arange(V), np.empty(0, dtype=np.intp)),
}


def draw(family, form, *, n=90, p=5, seed=0):
    """Sums over rows, and points with some coefficients zero."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * rng.uniform(0.3, 3.0, p) + rng.normal(size=p)
    if form == "far":
        X[:, 0] += 1e5
    if form == "sparse":
        X[rng.random((n, p)) < 0.5] = 0.0
    K = 3 if family == "multinomial" else 1
    Y = coded_response(family, n, rng)
    w = rng.uniform(0.2, 2.0, n)
    w[::7] = 0.0
    w /= w.sum()
    if form == "plain":
        design = plain_design(np.asfortranarray(X))
    else:
        design = design_of(sparse.csr_array(X) if form == "sparse" else X, w, True)
    sums = RowSums.single(FitData(design, Y, w, FAMILIES[family]))
    points = Points(rng.normal(size=(4, K)), rng.normal(size=(4, K, p)))
    points.coefs[:, :, 1] = 0.0
    return sums, points


def forms(function):
    """Dense and sparse rows, the latter for one output only."""
    pairs = [
        (family, form)
        for family in FAMILIES
        for form in ("plain", "dense", "far", "sparse")
        if family != "multinomial" or form != "sparse"
    ]
    return pytest.mark.parametrize(("name", "form"), pairs)(function)


def variables(points):
    """Numbers of the K intercepts and K p coefficients."""
    _, K, p = points.coefs.shape
    return np.arange((1 + p) * K)


def by_sums(sums, point, left, right):
    """The same entries of all second derivatives; there the intercept comes last."""
    K, full = point.intercepts.size, sums.curvature(point.intercepts[0], point.coefs[0], 0)
    places = [(part % K, part // K - 1) for part in (left, right)]
    (k, j), (other, i) = places
    return full[k[:, None], j[:, None], other, i]


@pytest.mark.parametrize("choice", CHOICES)
@forms
def test_second_derivatives_between_some_variables(name, form, choice):
    sums, points = draw(name, form)
    left, right = CHOICES[choice](variables(points).size)
    right = left if right is None else right
    for c in range(2):
        point = points.at(slice(c, c + 1))
        found = partial_hessian(sums, point, left, right)
        expected = by_sums(sums, point, left, right)
        digits = 1e-9 if form == "far" else 1e-12
        assert found == pytest.approx(expected, rel=digits, abs=digits)
        if left is right:
            assert np.array_equal(found, found.T) or found == pytest.approx(found.T, abs=1e-15)


@forms
def test_where_no_feature_lives(name, form):
    sums, points = draw(name, form)
    every = variables(points)
    point = Points(points.intercepts[:1], 0.0 * points.coefs[:1])
    found = partial_hessian(sums, point, every, every)
    expected = by_sums(sums, point, every, every)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-10)


@forms
def test_diagonals_are_those_of_the_second_derivatives(name, form):
    sums, points = draw(name, form)
    found = hessian_diagonals(sums, points)
    every = variables(points)
    assert found.shape == (4, every.size)
    for c in range(4):
        expected = np.diagonal(by_sums(sums, points.at(slice(c, c + 1)), every, every))
        digits = 1e-9 if form == "far" else 1e-11
        assert found[c] == pytest.approx(expected, rel=digits, abs=digits)


@pytest.mark.parametrize(("rows", "threads"), [(7, 1), (7, 3), (1, 2)])
@forms
def test_blocks_and_threads_do_not_matter(name, form, rows, threads, cut_up):
    sums, points = draw(name, form)
    left, first = variables(points), points.at(slice(0, 1))

    def found():
        return (
            partial_hessian(sums, first, left, left),
            partial_hessian(sums, first, left, left[::-2]),
            hessian_diagonals(sums, points),
        )

    whole = found()
    cut_up(rows, threads)
    assert len(sums.design.row_blocks(1)) > 1
    for one, other in zip(whole, found(), strict=True):
        assert one == pytest.approx(other, rel=1e-10, abs=1e-13)
