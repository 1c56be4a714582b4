import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor

import regpath
from regpath import DataError, ParameterError, Problem, fit_path
from regpath.core.design import design_of
from regpath.core.in_memory import in_memory
from regpath.core.null import check_factors, solve_null
from tests.responses import response_of


def with_free(problem, free, standardize=True):
    factors = np.ones(problem.n_features)
    factors[free] = 0.0
    return solve_null(problem.feature_names, in_memory(problem, standardize), factors)


def peer_of(problem, free):
    """Predictions of scikit-learn's unpenalized fit on the features `free`, shape (n, K)."""
    X, w = problem.X[:, free], problem.sample_weight
    if problem.family == "gaussian":
        return LinearRegression().fit(X, problem.y, w).predict(X)[:, None] - problem.origin
    if problem.family == "poisson":
        peer = PoissonRegressor(alpha=0.0, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        return np.log(peer.fit(X, problem.y, w).predict(X))[:, None]
    peer = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.fit((X - X.mean(axis=0)) / X.std(axis=0), problem.y, w)
    eta = peer.decision_function((X - X.mean(axis=0)) / X.std(axis=0))
    eta = eta.reshape(len(X), -1)
    return eta - eta.mean(axis=1, keepdims=True) if problem.family == "multinomial" else eta


@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("weights", [True, False])
def test_the_fit_of_free_features_is_that_of_scikit_learn(family, standardize, weights, make_small):
    problem = make_small(family, weights=weights)
    free = [1, 3]
    null = with_free(problem, free, standardize)
    design = design_of(problem.X, problem.weights, standardize)
    eta = design.columns(np.arange(5)) @ null.coefs.T + null.intercept
    if family == "multinomial":
        eta = eta - eta.mean(axis=1, keepdims=True)
    assert eta == pytest.approx(peer_of(problem, free), abs=1e-6)
    assert not np.delete(null.coefs, free, axis=1).any()
    # Its gradient vanishes over the free features; the largest of the others is the scale.
    u = problem.weights[:, None] * (problem.Y - problem.loss.mean(eta))
    z = np.abs(design.columns(np.arange(5)).T @ u).max(axis=1)
    assert z[free].max() < 1e-9 * null.spread * max(1.0, design.scale.max())
    assert null.gradient == pytest.approx(np.delete(z, free).max(), rel=1e-7)


def test_without_free_features_it_is_the_intercept_alone(family, make_small):
    problem = make_small(family, weights=True)
    null = with_free(problem, [])
    assert not null.coefs.any()
    share = problem.weights @ problem.Y
    mean = problem.loss.mean(null.intercept[None])[0]
    assert mean == pytest.approx(share, abs=1e-14)
    spread = np.sqrt(problem.weights @ (problem.Y - share) ** 2)
    assert null.spread == pytest.approx(spread.max())
    assert null.entry == null.gradient


def test_entry_counts_factors(make_small):
    problem = make_small("gaussian")
    data = in_memory(problem, True)
    factors = np.array([1.0, 0.0, 0.5, 4.0, 2.0])
    null = solve_null(problem, data, factors)
    Z = data.design.columns(np.arange(5))
    z = np.abs(Z.T @ (problem.Y[:, 0] - Z @ null.coefs[0])) / problem.n_obs
    kept = factors > 0.0
    assert null.entry == pytest.approx((z[kept] / factors[kept]).max(), rel=1e-9)
    assert null.gradient == pytest.approx(z[kept].max(), rel=1e-9)


def test_free_features_that_are_constant_or_alike_are_no_trouble(family, make_small):
    base = make_small(family)
    X = np.column_stack([base.X, np.full(base.n_obs, 3.0), base.X[:, 0]])
    problem = Problem.from_arrays(X, base.y, family=family)
    path = fit_path(problem, penalty_factor=[0, 1, 1, 1, 1, 0, 0], n_lambdas=8)
    assert path.converged.all()
    assert not path.coef_path[..., 5, :].any()
    alone = fit_path(base, penalty_factor=[0, 1, 1, 1, 1], n_lambdas=8)
    assert path.dev_ratio == pytest.approx(alone.dev_ratio, abs=1e-8)


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_free_features_that_separate_the_classes_are_named(family):
    x = np.arange(30.0)
    X = np.column_stack([x % 7, x, x % 5])
    y = (x >= 15).astype(int) if family == "binomial" else np.digitize(x, [10, 20])
    problem = Problem.from_arrays(X, y, family=family, feature_names=["a", "age", "b"])
    with pytest.raises(DataError, match=r"penalty \('age'\) have no finite fit") as refused:
        fit_path(problem, penalty_factor={"age": 0.0})
    assert "separate the classes" in str(refused.value)
    assert refused.value.hint == "Give them a positive penalty factor."
    assert fit_path(problem, penalty_factor={"age": 0.1}, n_lambdas=5).converged.all()


@pytest.mark.parametrize(
    "wrong",
    ["strong", [1.0], [1, 2, 3, 4, -1], [1, 1, 1, 1, np.nan], [[1, 1, 1, 1, 1]], [np.inf] * 5],
)
def test_factors_that_are_no_factors_are_refused(wrong, make_small):
    with pytest.raises(ParameterError) as refused:
        check_factors(wrong, make_small("gaussian"), "fit_path")
    text = str(refused.value)
    assert "'penalty_factor' parameter of fit_path must be 5 finite numbers, none negative" in text
    assert f"Got {wrong!r} instead." in text


def test_factors_that_are_all_zero_are_refused(make_small):
    with pytest.raises(ParameterError, match="zero for every feature"):
        check_factors(np.zeros(5), make_small("gaussian"), "lambda_max")


def test_a_name_that_does_not_exist_is_said(make_small):
    with pytest.raises(ParameterError, match=r"names 'x9', which is no feature") as refused:
        check_factors({"x0": 0.0, "x9": 1.0}, make_small("gaussian"), "fit_path")
    assert "'x0', 'x1'" in refused.value.hint


def test_factors_by_name_of_feature_or_column(make_small):
    problem = make_small("gaussian")
    assert check_factors(None, problem, "fit_path").tolist() == [1.0] * 5
    assert check_factors({"x3": 0}, problem, "fit_path").tolist() == [1, 1, 1, 0, 1]
    assert check_factors(np.arange(5), problem, "fit_path").tolist() == [0, 1, 2, 3, 4]


def test_a_features_own_name_counts_before_that_of_its_column():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"x": rng.normal(size=60), "city": rng.choice(["Bern", "Oslo", "Rome"], 60)}
    )
    frame["y"] = frame["x"] + (frame["city"] == "Oslo") + rng.normal(size=60)
    problem = regpath.make_problem(frame, "y")
    levels = [name for name in problem.feature_names if name != "x"]
    assert set(problem.groups) == {"x", "city"}
    factors = check_factors({"city": 0.5, levels[0]: 2.0}, problem, "fit_path")
    expected = {"x": 1.0, levels[0]: 2.0, **dict.fromkeys(levels[1:], 0.5)}
    assert dict(zip(problem.feature_names, factors, strict=True)) == expected


def test_nearly_collinear_free_features_are_refused_or_proven(family):
    rng = np.random.default_rng(0)
    x, other, third = rng.normal(size=(3, 200))
    signal = x + third + rng.normal(size=200)
    y = response_of(family, signal)
    for distance in (0.0, 1e-9, 1e-6, 1e-3):
        X = np.column_stack([x, x + distance * other, third])
        problem = Problem.from_arrays(X, y, family=family)
        try:
            path = fit_path(problem, penalty_factor=[0, 0, 1], n_lambdas=6)
        except DataError as refused:
            assert "are nearly collinear" in str(refused)  # noqa: PT017
            assert distance in (1e-9, 1e-6)
            continue
        assert path.converged.all()
