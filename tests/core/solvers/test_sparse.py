import numpy as np
import pytest
from scipy import sparse

from regpath import Problem, check_path, fit_path
from regpath.core import solvers
from regpath.core.solvers import sparse as module


def thin(family, n=120, p=300, seed=0, weights=False):
    rng = np.random.default_rng(seed)
    X = rng.lognormal(size=(n, p)) * (rng.random((n, p)) < 0.1)
    signal = X[:, :8].sum(axis=1) - X[:, 8:16].sum(axis=1) + 0.5 * rng.normal(size=n)
    y = signal if family == "gaussian" else (signal > np.median(signal)).astype(int)
    weight = rng.integers(1, 4, n) if weights else None
    return X, y, weight


@pytest.fixture
def by_columns(monkeypatch):
    """Send even small sparse problems to the solver by columns, and count that it is used."""
    used = []
    solve = module.solve

    def counted(*args):
        used.append(1)
        return solve(*args)

    monkeypatch.setattr(solvers, "ALL_FEATURES", 0)
    monkeypatch.setattr(solvers, "GRAM_FEATURES", 0)
    monkeypatch.setattr(module, "solve", counted)
    return used


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("weights", [True, False])
def test_sparse_is_dense(family, l1_ratio, standardize, weights, by_columns):
    X, y, weight = thin(family, weights=weights)
    how = {"l1_ratio": l1_ratio, "standardize": standardize, "n_lambdas": 21}
    dense = fit_path(Problem.from_arrays(X, y, family=family, sample_weight=weight), **how)
    assert not by_columns
    problem = Problem.from_arrays(sparse.csr_array(X), y, family=family, sample_weight=weight)
    path = fit_path(problem, **how)
    assert by_columns
    assert path.converged.all()
    assert check_path(problem, path)["ok"].all()
    scale = max(1.0, np.abs(dense.coefs("standardized")).max())
    assert path.coefs("standardized") == pytest.approx(
        dense.coefs("standardized"), abs=1e-5 * scale
    )


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
def test_penalty_factors(family, by_columns):
    X, y, _ = thin(family)
    factor = np.random.default_rng(1).uniform(0.2, 3.0, X.shape[1])
    factor[5] = 0.0
    how = {"penalty_factor": factor, "n_lambdas": 12}
    dense = fit_path(Problem.from_arrays(X, y, family=family), **how)
    path = fit_path(Problem.from_arrays(sparse.csr_array(X), y, family=family), **how)
    assert path.converged.all()
    assert path.coef_path == pytest.approx(dense.coef_path, abs=1e-5)
    assert (path.coef_path[5] != 0.0).all()


def test_separable_rows_end_in_finite_coefficients(by_columns):
    X, _, _ = thin("binomial", n=40, p=200)
    y = (X[:, 0] > 0).astype(int)
    path = fit_path(Problem.from_arrays(sparse.csr_array(X), y), n_lambdas=20, min_ratio=1e-4)
    assert np.isfinite(path.coef_path).all()
    assert path.converged.all()


def test_ridge_and_three_classes_stay_sparse_too():
    X, y, _ = thin("gaussian")
    rows = sparse.csr_array(X)
    ridge = fit_path(Problem.from_arrays(rows, y, family="gaussian"), l1_ratio=0.0, n_lambdas=5)
    dense = fit_path(Problem.from_arrays(X, y, family="gaussian"), l1_ratio=0.0, n_lambdas=5)
    assert ridge.coef_path == pytest.approx(dense.coef_path, abs=1e-8)
    three = np.digitize(y, np.quantile(y, [0.3, 0.6]))
    path = fit_path(Problem.from_arrays(rows, three), n_lambdas=6, min_ratio=0.1)
    assert path.converged.all()
