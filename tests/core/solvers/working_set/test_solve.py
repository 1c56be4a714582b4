from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from regpath import Problem, check_path, fit_path, lambda_max
from regpath.core import solvers
from regpath.core.design import design_of
from regpath.core.solvers import newton
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.working_set import solve as working
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.factored import Factored
from regpath.core.solvers.working_set.screening import restricted


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("free", [False, True])
def test_working_sets_agree_with_every_feature_in_play(family, l1_ratio, free, setting):
    factors = np.ones(12)
    factors[[2, 9]] = 0.0 if free else 2.0
    case = setting(family, l1_ratio=l1_ratio, factors=factors, weights=True)
    one, two = case.solve(working), case.solve(newton)
    scale = max(1.0, np.abs(two[1]).max())
    if l1_ratio < 1.0 or family != "multinomial":
        ours, theirs = one[1], two[1]
        if free and ours.shape[1] > 1:  # softmax does not feel a common shift
            ours, theirs = (b - b.mean(axis=1, keepdims=True) for b in (ours, theirs))
        assert ours == pytest.approx(theirs, abs=1e-6 * scale)
    assert case.worst(*one) < 1e-7


@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
@pytest.mark.parametrize("limit", ["LARGEST_MATRIX", None])
def test_more_features_than_rows_with_and_without_matrices(
    family, l1_ratio, limit, setting, monkeypatch
):
    case = setting(family, l1_ratio=l1_ratio, n=30, p=90, least=0.05)
    if limit:
        monkeypatch.setattr(working, limit, 4)
    assert case.worst(*case.solve(working)) < 1e-6


def test_sums_of_few_features_are_those_of_all(family, setting):
    case = setting(family, weights=True)
    rng = np.random.default_rng(0)
    some, K = np.array([1, 4, 7]), case.Y.shape[1]
    small = restricted(case.sums, some)
    b0, b = rng.normal(size=(2, K)), rng.normal(size=(2, K, 3))
    full = np.zeros((2, K, 12))
    full[:, :, some] = b
    one = np.zeros(2, dtype=np.intp)
    z, slope = small.gradient(b0, b, one)
    all_z, all_slope = case.sums.gradient(b0, full, one)
    assert z == pytest.approx(all_z[:, :, some], abs=1e-13)
    assert slope == pytest.approx(all_slope, abs=1e-13)
    keep = np.append(some, 12)
    expected = case.sums.curvature(b0[0], full[0], 0)[:, keep][:, :, :, keep]
    assert small.curvature(b0[0], b[0], 0) == pytest.approx(expected, abs=1e-12)


class Data:
    """Designs that make a path hard, and responses planted in them."""

    def __init__(self, seed=0):
        self.rng = np.random.default_rng(seed)

    def plain(self, n, p):
        return self.rng.normal(size=(n, p))

    def copies(self, n, p, off):
        """The second half of the features differs from the first by `off`, relatively."""
        X = self.plain(n, p)
        half = p // 2
        X[:, half : 2 * half] = X[:, :half] + off * self.plain(n, half)
        return X

    def correlated(self, n, p, rho):
        """Neighbours with correlation rho."""
        X = self.plain(n, p)
        for j in range(1, p):
            X[:, j] = rho * X[:, j - 1] + np.sqrt(1.0 - rho**2) * X[:, j]
        return X

    def thin(self, n, p, off=None):
        """One entry in ten, perhaps of copies that differ by `off`."""
        X = self.rng.lognormal(size=(n, p)) * (self.rng.random((n, p)) < 0.1)
        if off is not None:
            half = p // 2
            X[:, half : 2 * half] = X[:, :half] * (1.0 + off * self.plain(n, half))
        return X

    def response(self, family, X, n_classes=3):
        signal = X @ (self.rng.normal(size=X.shape[1]) * (self.rng.random(X.shape[1]) < 0.1))
        signal = (signal - signal.mean()) / signal.std() + 0.5 * self.rng.normal(size=len(X))
        if family == "gaussian":
            return signal
        if family == "binomial":
            return (signal > np.median(signal)).astype(int)
        return np.digitize(signal, np.quantile(signal, np.arange(1, n_classes) / n_classes))


@pytest.fixture
def certified(monkeypatch):
    """Fit by `working`, however few features; True if all points are proven."""
    monkeypatch.setattr(solvers, "ALL_FEATURES", 0)
    monkeypatch.setattr(solvers, "GRAM_FEATURES", 0)
    used = []
    solve = working.solve
    monkeypatch.setattr(working, "solve", lambda *data: (used.append(1), solve(*data))[1])

    def fit(X, y, family, **how):
        path = fit_path(Problem.from_arrays(X, y, family=family), **how)
        assert used
        assert np.isfinite(path.coef_path).all()
        # What is called proven is, by a proof of its own; the others are named.
        assert (
            check_path(Problem.from_arrays(X, y, family=family), path)["ok"] == path.converged
        ).all()
        return path.converged

    return fit


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
@pytest.mark.parametrize("rho", [0.9, 0.99, 0.999])
@pytest.mark.parametrize(("n", "p"), [(40, 90), (60, 60), (90, 30)])
def test_correlated_features(family, l1_ratio, rho, n, p, certified):
    data = Data()
    X = data.correlated(n, p, rho)
    y = data.response(family, X)
    assert certified(X, y, family, l1_ratio=l1_ratio, n_lambdas=20, min_ratio=1e-2).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
@pytest.mark.parametrize("off", [0.0, 1e-9, 1e-3])
@pytest.mark.parametrize(("n", "p"), [(40, 90), (60, 60)])
def test_features_that_are_nearly_copies(family, l1_ratio, off, n, p, certified):
    data = Data()
    X = data.copies(n, p, off)
    y = data.response(family, X)
    assert certified(X, y, family, l1_ratio=l1_ratio, n_lambdas=20, min_ratio=1e-2).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_as_many_features_as_rows(family, l1_ratio, certified):
    data = Data()
    X = data.plain(50, 50)
    y = data.response(family, X)
    assert certified(X, y, family, l1_ratio=l1_ratio, n_lambdas=30, min_ratio=1e-4).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.9])
def test_a_saturated_path(l1_ratio, certified):
    """More features than rows down to where the lasso fits almost every row."""
    data = Data()
    X = data.plain(40, 120)
    y = data.response("gaussian", X)
    assert certified(X, y, "gaussian", l1_ratio=l1_ratio, n_lambdas=50, min_ratio=1e-4).all()


@pytest.mark.parametrize("n_classes", [3, 4, 5, 6])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.9])
@pytest.mark.parametrize(("n", "p"), [(90, 20), (50, 80)])
def test_any_number_of_classes_down_to_weak_penalties(n_classes, l1_ratio, n, p, certified):
    """A feature's median class is zero; with an even number it may lie between two."""
    data = Data()
    X = data.plain(n, p)
    y = data.response("multinomial", X, n_classes)
    assert certified(X, y, "multinomial", l1_ratio=l1_ratio, n_lambdas=25, min_ratio=1e-4).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
@pytest.mark.parametrize(("n", "p"), [(50, 120), (120, 40)])
def test_few_strengths_far_apart(family, l1_ratio, n, p, certified):
    data = Data()
    X = data.plain(n, p)
    y = data.response(family, X)
    assert certified(X, y, family, l1_ratio=l1_ratio, n_lambdas=10, min_ratio=1e-4).all()
    top = lambda_max(Problem.from_arrays(X, y, family=family), l1_ratio=l1_ratio)
    for ratio in (2.0, 0.5, 0.1, 1e-2, 1e-3):
        assert certified(X, y, family, l1_ratio=l1_ratio, lambdas=[ratio * top]).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
@pytest.mark.parametrize("off", [None, 0.0, 1e-3])
@pytest.mark.parametrize(("n", "p"), [(60, 150), (150, 60)])
def test_sparse_features_with_and_without_near_copies(family, l1_ratio, off, n, p, certified):
    data = Data()
    X = data.thin(n, p, off)
    y = data.response(family, X)
    X = sparse.csr_array(X)
    assert certified(X, y, family, l1_ratio=l1_ratio, n_lambdas=20, min_ratio=1e-2).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("factors", [False, True])
def test_sparse_is_dense(family, l1_ratio, standardize, factors, monkeypatch):
    data = Data()
    X = data.thin(120, 200)
    y = data.response(family, X)
    weight = data.rng.integers(1, 4, 120)
    penalty_factor = np.ones(200)
    if factors:
        penalty_factor = data.rng.uniform(0.2, 3.0, 200)
        penalty_factor[5] = 0.0
    grid = {"n_lambdas": 12, "min_ratio": 0.02}
    penalty = {"l1_ratio": l1_ratio, "penalty_factor": penalty_factor}
    how = {"standardize": standardize, **grid, **penalty}
    paths = [
        fit_path(Problem.from_arrays(rows, y, family=family, sample_weight=weight), **how)
        for rows in (X, sparse.csr_array(X))
    ]
    assert all(path.converged.all() for path in paths)
    dense, thin = (path.coefs("standardized") for path in paths)
    if family == "multinomial" and l1_ratio == 1.0:
        assert paths[0].dev_ratio == pytest.approx(paths[1].dev_ratio, abs=1e-7)
        return
    if factors and family == "multinomial":  # softmax does not feel a common shift
        dense, thin = (b - b.mean(axis=0, keepdims=True) for b in (dense, thin))
    assert thin == pytest.approx(dense, abs=1e-5 * max(1.0, np.abs(dense).max()))


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_groups_split_where_one_cannot_be_solved(family, limit, setting, monkeypatch):
    """A batch that solves only its first points, or none if it has too many."""
    case = setting(family, n=30, p=60, least=0.1, n_lambdas=25)
    sizes, refine = [], Factored.refine

    def weak(self, likely):
        solved = refine(self, likely)
        sizes.append(len(solved))
        return solved & (len(solved) <= limit)

    monkeypatch.setattr(Factored, "refine", weak)
    assert case.worst(*case.solve(working)) < 1e-6
    assert any(size > limit for size in sizes)
    assert sum(size for size in sizes if size <= limit) >= len(case.lambdas)


@pytest.mark.parametrize("solved", [1, 2])
def test_the_first_points_of_a_group_are_kept(family, solved, setting, monkeypatch):
    case = setting(family, n=30, p=60, least=0.3)
    refine = Factored.refine

    def some(self, likely):
        return refine(self, likely) & (np.arange(len(self.moved)) < solved)

    monkeypatch.setattr(Factored, "refine", some)
    rows = []
    by_rows = working._by_rows
    monkeypatch.setattr(working, "_by_rows", lambda *data: (rows.append(1), by_rows(*data))[1])
    assert case.worst(*case.solve(working)) < 1e-6
    assert not rows


@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_where_no_batch_finds_anything_points_are_finite(family, form, setting, monkeypatch):
    case = setting(family, n=30, p=60, least=0.1)
    if form is sparse.csr_array:
        design = design_of(form(case.design.X), case.data.weights, True)
        case.sums = RowSums.single(replace(case.data, design=design))
    for kind in (Factored, Diagonal):
        monkeypatch.setattr(
            kind, "refine", lambda self, likely: np.zeros(len(self.moved), dtype=bool)
        )
    found = case.solve(working)
    assert np.isfinite(found[0]).all()
    assert np.isfinite(found[1]).all()
    assert case.worst(*found) < 1e-6  # rows alone solve it
    if form is sparse.csr_array:
        monkeypatch.setattr(working, "DENSE", 0)
        found = case.solve(working)
        assert np.isfinite(found[0]).all()
        assert np.isfinite(found[1]).all()
        assert case.worst(*found) > 1e-6  # and nothing else does


def test_a_step_that_was_not_checked_is_no_solution(family, setting, monkeypatch):
    """A point that its batch believes solved counts only once it is measured."""
    case = setting(family, n=30, p=60, least=0.3)
    refine = Factored.refine

    def boastful(self, likely):
        solved = refine(self, likely)
        if len(solved) > 1:
            self.state.b[-1] += 1.0
            self.ledger.stalls[-1] = 99
        return solved

    monkeypatch.setattr(Factored, "refine", boastful)
    assert case.worst(*case.solve(working)) < 1e-6


@pytest.mark.parametrize("free", [False, True])
def test_strengths_above_all_gradients_leave_the_model_empty(family, free, setting):
    factors = np.ones(60)
    factors[7] = 0.0 if free else 1.0
    case = setting(family, n=30, p=60, n_lambdas=4, factors=factors)
    top = case.null.entry / case.penalty.l1_ratio
    case.lambdas = top * np.array([9.0, 3.0, 1.1, 0.5])
    case.before = case.lambdas[0]
    found = case.solve(working)
    assert case.worst(*found) < 1e-7
    assert not np.delete(found[1][:3], 7, axis=2).any()
    assert found[1][3].any()


def test_data_that_are_not_numbers_end(family, setting):
    case = setting(family, n=30, p=60)
    case.design.X.setflags(write=True)
    case.design.X[3, 4] = np.nan
    intercepts, coefs = case.solve(working)
    assert intercepts.shape == (10, case.Y.shape[1])
    assert coefs.shape == (10, case.Y.shape[1], 60)
