import numpy as np
import pytest
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

import regpath
from regpath import Problem, fit_path
from regpath.core import row_path as module
from regpath.core.fit import Points
from tests.responses import response_of


def per_class(path, i):
    """Coefficients (K, p) per SD and intercepts (K,) of point i."""
    return np.atleast_2d(path.coefs("standardized")[..., i]), np.atleast_1d(
        path.intercept_path[..., i]
    )


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 1e-3, 0.0])
@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("weights", [True, False])
def test_every_point_is_certified(family, l1_ratio, standardize, weights, make_small):
    problem = make_small(family, weights=weights)
    path = fit_path(problem, l1_ratio=l1_ratio, standardize=standardize)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_path_begins_exactly_empty_and_the_next_point_is_alive(family, l1_ratio, make_small):
    path = fit_path(make_small(family), l1_ratio=l1_ratio)
    assert not path.coef_path[..., 0].any()
    assert path.n_nonzero[0] == 0
    assert path.n_nonzero[1] >= 1
    assert path.dev_ratio[0] == 0.0


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_gaussian_agrees_with_scikit_learn(l1_ratio, make_small):
    problem = make_small("gaussian")
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=10)
    Z = StandardScaler().fit_transform(problem.X)
    for i in (2, 5, 9):
        peer = ElasticNet(alpha=path.lambdas[i], l1_ratio=l1_ratio, tol=1e-14, max_iter=10**6)
        peer.fit(Z, problem.y)
        assert path.coefs("standardized")[:, i] == pytest.approx(peer.coef_, abs=1e-6)


def test_ridge_equals_its_closed_form_and_scikit_learn(make_small):
    problem = make_small("gaussian")
    path = fit_path(problem, l1_ratio=0.0, n_lambdas=5)
    Z = StandardScaler().fit_transform(problem.X)
    y = problem.y - problem.y.mean()
    n = problem.n_obs
    for i, lam in enumerate(path.lambdas):
        closed = np.linalg.solve(Z.T @ Z / n + lam * np.eye(Z.shape[1]), Z.T @ y / n)
        assert path.coefs("standardized")[:, i] == pytest.approx(closed, rel=1e-8)
        peer = Ridge(alpha=n * lam).fit(Z, y)
        assert path.coefs("standardized")[:, i] == pytest.approx(peer.coef_, rel=1e-8)


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_logistic_l2_agrees_with_scikit_learn(family, make_small):
    problem = make_small(family)
    path = fit_path(problem, l1_ratio=0.0, n_lambdas=6)
    Z = StandardScaler().fit_transform(problem.X)
    for i in (1, 5):
        peer = LogisticRegression(C=path.Cs[i], tol=1e-10, max_iter=10**5).fit(Z, problem.y)
        coefs, _ = per_class(path, i)
        assert coefs == pytest.approx(peer.coef_, abs=1e-5)


def test_logistic_l1_agrees_with_scikit_learn(make_small):
    problem = make_small("binomial")
    path = fit_path(problem, n_lambdas=8, min_ratio=0.01)
    Z = StandardScaler().fit_transform(problem.X)
    peer = LogisticRegression(
        C=path.Cs[5], l1_ratio=1.0, solver="saga", tol=1e-9, max_iter=10**5, random_state=0
    ).fit(Z, problem.y)
    assert path.coefs("standardized")[:, 5] == pytest.approx(peer.coef_[0], abs=1e-5)


def test_weights_are_repeated_rows(family, make_small):
    problem = make_small(family, n=40)
    counts = np.random.default_rng(0).integers(1, 4, problem.n_obs)
    labels = problem.y
    weighted = Problem.from_arrays(problem.X, labels, family=family, sample_weight=counts)
    repeated = Problem.from_arrays(
        np.repeat(problem.X, counts, axis=0), np.repeat(labels, counts), family=family
    )
    one = fit_path(weighted, l1_ratio=0.5, n_lambdas=10)
    two = fit_path(repeated, l1_ratio=0.5, n_lambdas=10)
    assert one.lambdas == pytest.approx(two.lambdas, rel=1e-12)
    assert one.coef_path == pytest.approx(two.coef_path, abs=1e-7)


def test_both_units_come_from_one_fit_and_predict_the_same(family, make_small):
    problem = make_small(family)
    path = fit_path(problem, n_lambdas=10)
    Z = (problem.X - path.x_mean) / path.x_scale
    for i in (3, 9):
        coefs, intercept = per_class(path, i)
        original = np.atleast_2d(path.coef_path[..., i])
        direct = problem.X @ original.T + intercept
        centre = intercept + original @ path.x_mean
        assert Z @ coefs.T + centre == pytest.approx(direct, abs=1e-10)


def test_a_grid_of_the_callers_is_honoured(family, make_small):
    problem = make_small(family)
    whole = fit_path(problem, n_lambdas=30)
    grid = whole.lambdas[[4, 11, 29]]
    path = fit_path(problem, lambdas=list(grid))
    assert path.lambdas.tolist() == grid.tolist()
    assert path.coef_path == pytest.approx(whole.coef_path[..., [4, 11, 29]], abs=1e-6)


def test_a_cold_start_at_one_lambda_equals_the_whole_path(family, make_small):
    problem = make_small(family)
    whole = fit_path(problem, l1_ratio=0.8, n_lambdas=40)
    alone = fit_path(problem, l1_ratio=0.8, lambdas=[whole.lambdas[-1]])
    assert alone.coef_path[..., 0] == pytest.approx(whole.coef_path[..., -1], rel=1e-5, abs=1e-6)


def test_strengths_above_lambda_max_give_empty_models(family, make_small):
    problem = make_small(family)
    top = regpath.lambda_max(problem)
    path = fit_path(problem, lambdas=[10 * top, 2 * top, top])
    assert path.n_nonzero.tolist() == [0, 0, 0]
    assert path.converged.all()


@pytest.mark.parametrize("lambdas", [[0.1, 0.2], [0.2, 0.2], [0.1, 0.0], [-1.0], [], "weak"])
def test_a_grid_that_is_not_strictly_decreasing_and_positive_is_refused(lambdas, make_small):
    with pytest.raises(regpath.ParameterError, match="'lambdas' parameter of fit_path must be"):
        fit_path(make_small("gaussian"), lambdas=lambdas)


def test_messages_name_parameter_constraint_and_value(make_small):
    with pytest.raises(regpath.ParameterError) as refused:
        fit_path(make_small("gaussian"), l1_ratio=1.5)
    assert str(refused.value) == (
        "The 'l1_ratio' parameter of fit_path must be a number in [0, 1]. Got 1.5 instead."
    )


@pytest.mark.parametrize("scales", [1e-8, 1e8, [1e-6, 1e-3, 1.0, 1e3, 1e6]])
def test_units_do_not_matter_when_standardized(family, scales, make_small):
    problem = make_small(family)
    rescaled = Problem.from_arrays(problem.X * scales, problem.y, family=family)
    one, two = fit_path(problem, n_lambdas=20), fit_path(rescaled, n_lambdas=20)
    assert two.converged.all()
    assert two.coefs("standardized") == pytest.approx(one.coefs("standardized"), abs=1e-6)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.1, 0.0])
def test_more_features_than_rows(family, l1_ratio):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(24, 400))
    signal = X[:, :3].sum(axis=1) + rng.normal(size=24)
    y = response_of(family, signal, cuts=(0.0, 2.0))
    path = fit_path(Problem.from_arrays(X, y, family=family), l1_ratio=l1_ratio, n_lambdas=40)
    assert path.converged.all()
    if l1_ratio == 1.0 and family == "gaussian":
        assert path.n_nonzero.max() <= 24


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_awkward_data_are_finite_and_certified(family, l1_ratio, make_small):
    base = make_small(family)
    X, y = base.X, base.y
    constant = np.full((len(X), 1), 3.7)
    cases = {
        "constant column": np.hstack([X, constant]),
        "twelve copies": np.repeat(X[:, :1], 12, axis=1),
        "duplicate": np.hstack([X, X[:, :2]]),
        "nearly collinear": np.hstack([X, X[:, :1] + 1e-9 * X[:, 1:2]]),
        "one feature": X[:, :1],
        "far from zero": X + 1e6,
    }
    for name, features in cases.items():
        path = fit_path(Problem.from_arrays(features, y, family=family), l1_ratio=l1_ratio)
        assert np.isfinite(path.coef_path).all(), name
        assert path.converged.all(), name
        if name == "constant column":
            assert not path.coef_path[..., -1, :].any()


def test_separable_data_end_in_finite_coefficients():
    problem = Problem.from_arrays([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1])
    for l1_ratio in (1.0, 0.5, 0.0):
        path = fit_path(problem, l1_ratio=l1_ratio, min_ratio=1e-6)
        assert np.isfinite(path.coef_path).all()
        assert path.converged.all()


def test_known_slopes_of_four_separable_points():
    """The C of scikit-learn and the slopes of a table computed elsewhere (lessons, no. 2)."""
    problem = Problem.from_arrays([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1])
    Cs = np.array([0.01, 1.0, 100.0, 1e4, 1e6])
    path = fit_path(problem, l1_ratio=0.0, standardize=False, lambdas=1 / (4 * Cs))
    assert path.coef_path[0] == pytest.approx([0.029, 1.007, 3.945, 7.844, 12.022], abs=6e-4)


def test_two_rows_one_lambda_one_feature():
    path = fit_path(Problem.from_arrays([[0.0], [1.0]], [0, 1]), n_lambdas=1)
    assert path.coef_path.tolist() == [[0.0]]
    path = fit_path(Problem.from_arrays([[0.0], [1.0]], [0.0, 3.0], family="gaussian"))
    assert path.converged.all()


def test_a_rare_class():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1000, 4))
    y = (np.arange(1000) == 7).astype(int)
    for l1_ratio in (1.0, 0.0):
        assert fit_path(Problem.from_arrays(X, y), l1_ratio=l1_ratio).converged.all()


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_scaling_the_response_scales_the_lasso_path(scale, make_small):
    problem = make_small("gaussian")
    one = fit_path(problem, n_lambdas=20)
    scaled = Problem.from_arrays(problem.X, scale * problem.y, family="gaussian")
    two = fit_path(scaled, n_lambdas=20)
    assert two.lambdas == pytest.approx(scale * one.lambdas, rel=1e-9)
    assert two.coef_path == pytest.approx(scale * one.coef_path, rel=1e-6, abs=1e-9 * scale)


def test_nothing_to_find_is_said():
    X = np.ones((10, 2))
    for lambdas in (None, [1.0, 0.1]):
        with pytest.raises(regpath.NothingToFindError, match="No feature has any linear relation"):
            fit_path(Problem.from_arrays(X, np.arange(10.0)), lambdas=lambdas)


def test_a_point_that_misses_is_marked(make_small, monkeypatch):
    """A solver that stops at once leaves points that the certificate must not pass."""
    monkeypatch.setattr(module, "solve_path", lazy)
    monkeypatch.setattr(module, "polish", lambda data, goal, points: points)
    path = fit_path(make_small("binomial"), n_lambdas=5)
    assert path.converged.tolist() == [True, False, False, False, False]
    assert "certified 1 of 5" in repr(path)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_a_point_that_misses_is_polished(family, l1_ratio, make_small, monkeypatch):
    problem = make_small(family)
    right = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=5, min_ratio=0.01)
    monkeypatch.setattr(module, "solve_path", lazy)
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=5, min_ratio=0.01)
    assert path.converged.all()
    assert path.dev_ratio == pytest.approx(right.dev_ratio, abs=1e-7)


def lazy(data, goal, null, told=None):
    shape = len(goal.lambdas), data.n_outputs
    return Points(np.zeros(shape), np.full((*shape, data.p), 0.1))


def wide(family, n=40, p=700, rho=0.95, seed=7):
    """Few rows, many features that share one cause, as in gene expression."""
    rng = np.random.default_rng(seed)
    X = rho * rng.normal(size=(n, 1)) + np.sqrt(1 - rho**2) * rng.normal(size=(n, p))
    signal = X[:, :5] @ rng.normal(size=5) + rng.normal(size=n)
    y = response_of(family, signal)
    return Problem.from_arrays(X, y, family=family)


def test_many_correlated_features_are_certified_under_a_weak_lasso_share(family):
    path = fit_path(wide(family), l1_ratio=0.05, n_lambdas=12)
    assert path.converged.all()


@pytest.mark.parametrize("distance", [1e-6, 1e-9, 1.2e-16])
def test_an_l1_ratio_next_to_one_is_proven_as_the_lasso_is(distance, family):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 6))
    signal = X @ rng.normal(size=6)
    problem = Problem.from_arrays(X * 1e8, response_of(family, signal), family=family)
    for standardize in (True, False):
        path = fit_path(problem, l1_ratio=1.0 - distance, standardize=standardize)
        assert path.converged.all()


@pytest.mark.parametrize("shift", [1e4, 1e6, 1e8])
def test_where_zero_is_does_not_matter(family, shift, make_small):
    problem = make_small(family)
    moved = Problem.from_arrays(problem.X + shift, problem.y, family=family)
    one, two = fit_path(problem, n_lambdas=8), fit_path(moved, n_lambdas=8)
    assert two.converged.all()
    assert regpath.check_path(moved, two)["ok"].all()
    assert two.dev_ratio == pytest.approx(one.dev_ratio, abs=1e-6)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.01, 0.0])
@pytest.mark.parametrize("case", ["twelve alike", "nearly collinear", "rare level", "weights"])
def test_nasty_data_are_certified_down_to_weak_penalties(family, case, l1_ratio):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(80, 4))
    signal = X @ rng.normal(size=4) + rng.normal(size=80)
    y = response_of(family, signal)
    weight = None
    if case == "twelve alike":
        X = np.hstack([np.repeat(X[:, :1], 12, axis=1), X])
    elif case == "nearly collinear":
        X = np.hstack([X, X[:, :2] + 1e-9 * rng.normal(size=(80, 2))])
    elif case == "rare level":
        X = np.hstack([X, (signal >= np.sort(signal)[-4])[:, None]])
    else:
        weight = 10.0 ** rng.uniform(-3, 3, 80)
        weight[::7] = 0.0
    problem = Problem.from_arrays(X, y, family=family, sample_weight=weight)
    path = fit_path(problem, l1_ratio=l1_ratio, min_ratio=1e-6, n_lambdas=40)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()
