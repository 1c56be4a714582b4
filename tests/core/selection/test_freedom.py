import numpy as np
import pytest

import regpath
from regpath.core.selection.freedom import degrees_of_freedom


def by_hand(path, problem, i):
    """Trace of the hat matrix from whole Hessians, the intercept's share taken off."""
    many = path.family == "multinomial"
    coefs = path.coef_path[..., i].reshape(-1, problem.n_features)
    scale = path.x_scale if path.standardize else np.ones(problem.n_features)
    Z = np.column_stack([np.ones(problem.n_obs), (problem.X - path.x_mean) / scale])
    if path.family == "gaussian":
        V = np.ones((problem.n_obs, 1, 1))
    elif path.family == "poisson":
        V = path.predict(problem.X, path.lambdas[i])[:, None, None]
    else:
        proba = path.predict_proba(problem.X, path.lambdas[i])
        V = (proba[:, 1] * proba[:, 0])[:, None, None]
        if many:
            V = np.eye(3) * proba[:, None] - proba[:, :, None] * proba[:, None]
    K = V.shape[1]
    H = np.einsum("i,iab,ij,ik->ajbk", problem.weights, V, Z, Z).reshape(K * Z.shape[1], -1)
    weak = path.lambdas[i] * (1.0 - path.l1_ratio) * path.penalty_factor
    P = np.diag(np.tile([0.0, *weak], K))
    on = np.column_stack([np.ones(K, dtype=bool), coefs != 0.0]).ravel()
    H, P = H[np.ix_(on, on)], P[np.ix_(on, on)]
    return np.trace(np.linalg.pinv(H + P, rcond=1e-12) @ H) - (K - 1 if many else 1)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.4])
@pytest.mark.parametrize("standardize", [True, False])
def test_the_trace_is_that_of_the_hat_matrix(family, l1_ratio, standardize, make_small):
    problem = make_small(family, weights=True)
    for factors in (None, [1.0, 2.0, 0.5, 1.0, 3.0], [0.0, 1.0, 1.0, 2.0, 1.0]):
        how = {"l1_ratio": l1_ratio, "standardize": standardize, "penalty_factor": factors}
        path = regpath.fit_path(problem, n_lambdas=6, **how)
        df = degrees_of_freedom(path, problem)
        expected = [by_hand(path, problem, i) for i in range(6)]
        assert df == pytest.approx(expected, abs=1e-6)


def test_more_features_than_rows_are_worth_fewer_than_rows():
    rng = np.random.default_rng(0)
    problem = regpath.Problem.from_arrays(rng.normal(size=(15, 50)), rng.normal(size=15))
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=20, min_ratio=1e-6)
    df = degrees_of_freedom(path, problem)
    assert (np.diff(df) > 0.0).all()
    assert df[-1] < 14.0
    assert df[-1] == pytest.approx(by_hand(path, problem, 19), abs=1e-5)


def test_the_lasso_counts_coefficients(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=9)
    counts = [np.count_nonzero(path.coef_path[..., i]) for i in range(9)]
    assert degrees_of_freedom(path, problem).tolist() == counts


def test_a_trace_of_lasso_is_nearly_its_count(family, make_small):
    """Coefficients at zero are not free, in whatever class: l1_ratio = 1 is no jump."""
    problem = make_small(family)
    lasso = regpath.fit_path(problem, n_lambdas=9)
    path = regpath.fit_path(problem, lambdas=lasso.lambdas[1:], l1_ratio=1.0 - 1e-9)
    df = degrees_of_freedom(lasso, problem)
    assert degrees_of_freedom(path, problem) == pytest.approx(df[1:], abs=1e-3)


def test_features_without_a_penalty_count_once_less_than_there_are_classes(family, make_small):
    problem = make_small(family)
    for factors in ([0, 1, 1, 1, 1], [0, 1, 0, 1, 1]):
        for l1_ratio in (1.0, 0.5):
            path = regpath.fit_path(problem, n_lambdas=4, l1_ratio=l1_ratio, penalty_factor=factors)
            n_free = factors.count(0) * max(1, len(path.classes) - 1)
            assert degrees_of_freedom(path, problem)[0] == pytest.approx(n_free)
