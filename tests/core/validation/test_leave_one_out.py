import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import regpath
from regpath.core.validation.leave_one_out import has_closed_form, ridge_left_out


def by_hand(problem, lam, standardize, factors):
    """Ridge without each row in turn: means, scales and penalty learned from the others."""
    X, y, w = problem.X, problem.y, problem.sample_weight
    X = X.toarray() if sparse.issparse(X) else X
    left_out = []
    for i in range(len(y)):
        rest = np.arange(len(y)) != i
        share = w[rest] / w[rest].sum()
        mean, centre = share @ X[rest], share @ y[rest]
        spread = np.sqrt(share @ np.square(X[rest] - mean)) if standardize else np.ones(X.shape[1])
        live = spread > 1e-12
        Z = (X[:, live] - mean[live]) / spread[live]
        gram = (Z[rest].T * share) @ Z[rest] + lam * np.diag(factors[live])
        b = np.linalg.solve(gram, (Z[rest].T * share) @ (y[rest] - centre))
        left_out.append(centre + Z[i] @ b)
    return np.array(left_out)


@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("weights", [True, False])
@pytest.mark.parametrize("shape", [(40, 4), (12, 30)])
def test_the_closed_form_is_the_refit_without_each_row(standardize, weights, shape, make_small):
    problem = make_small("gaussian", n=shape[0], p=shape[1], weights=weights)
    factors = 1.0 + np.arange(shape[1]) % 3
    path = regpath.fit_path(
        problem,
        l1_ratio=0.0,
        n_lambdas=5,
        min_ratio=1e-5,
        standardize=standardize,
        penalty_factor=factors,
    )
    ours = ridge_left_out(problem, path)
    for i, lam in enumerate(path.lambdas):
        expected = by_hand(problem, lam, standardize, factors)
        assert ours[:, i] == pytest.approx(expected, rel=1e-7, abs=1e-7)


def test_features_as_they_are_give_residuals_over_one_minus_leverage(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=6, standardize=False)
    cv = regpath.cross_validate(problem, path, kind="leave_one_out")
    n, centred = problem.n_obs, problem.X - problem.X.mean(axis=0)
    for i, lam in enumerate(path.lambdas):
        inner = np.linalg.inv(centred.T @ centred + (n - 1) * lam * np.eye(5))
        hat = centred @ inner @ centred.T + 1.0 / n
        residual = problem.y - hat @ problem.y
        press = np.mean(np.square(residual / (1.0 - np.diag(hat))))
        assert cv.mean[i] == pytest.approx(press, rel=1e-9)


def test_it_is_what_ordinary_folds_give(make_small):
    problem = make_small("gaussian", weights=True)
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=8)
    closed = regpath.cross_validate(problem, path, kind="leave_one_out")
    fitted = regpath.cross_validate(problem, path, folds=np.arange(60))
    assert closed.fold_paths == ()
    assert len(fitted.fold_paths) == 60
    assert closed.fold_scores == pytest.approx(fitted.fold_scores, rel=1e-5)
    assert closed.se == pytest.approx(fitted.se, rel=1e-5)
    assert closed.null_score == pytest.approx(fitted.null_score)
    assert (closed.index_min, closed.index_1se) == (fitted.index_min, fitted.index_1se)
    lam = path.lambdas[4]
    assert closed.out_of_fold(problem) == pytest.approx(fitted.out_of_fold(problem), rel=1e-6)
    assert closed.out_of_fold(problem, lam) == pytest.approx(fitted.out_of_fold(problem, lam))
    assert "closed form" in closed.notes[0]
    with pytest.raises(regpath.DataError, match="keeps no paths of folds"):
        closed.fold_coefs()


def test_a_row_that_makes_all_the_spread_is_computed_afresh(make_small):
    problem = make_small("gaussian", n=30)
    X = problem.X.copy()
    X[7, 1] = 1e7
    X[:, 3] = np.arange(30) == 11  # constant without row 11
    for thing in (X, sparse.csr_array(X)):
        spoiled = regpath.Problem.from_arrays(thing, problem.y)
        path = regpath.fit_path(spoiled, l1_ratio=0.0, n_lambdas=4, min_ratio=1e-4)
        ours = ridge_left_out(spoiled, path)
        for i, lam in enumerate(path.lambdas):
            expected = by_hand(spoiled, lam, True, np.ones(5))
            assert ours[:, i] == pytest.approx(expected, rel=1e-6)


def test_rows_of_weight_zero_are_predicted_but_not_scored(make_small):
    weight = (np.arange(60) % 4 != 3) * (4 / 3)
    problem = replace(make_small("gaussian"), sample_weight=weight)
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=4)
    cv = regpath.cross_validate(problem, path, kind="leave_one_out")
    assert np.isnan(cv.fold_scores[3::4]).all()
    assert np.isfinite(cv.mean).all()
    assert cv.left_out[3] == pytest.approx(path.predict(problem.X[[3]])[0])


def test_where_it_has_no_closed_form_folds_are_fit(make_small):
    ridge = make_small("gaussian", n=15)
    lasso = regpath.fit_path(ridge, n_lambdas=4)
    assert not has_closed_form(ridge, lasso)
    cv = regpath.cross_validate(ridge, lasso, kind="leave_one_out", measure="mae")
    assert len(cv.fold_paths) == 15
    classes = make_small("binomial", n=16)
    path = regpath.fit_path(classes, l1_ratio=0.0, n_lambdas=4)
    assert len(regpath.cross_validate(classes, path, kind="leave_one_out").fold_paths) == 16
    frame = pd.DataFrame({"a": [1.0, None, 3.0, 4.0] * 5, "y": np.arange(20.0) % 7})
    gaps = regpath.make_problem(frame, "y", family="gaussian")
    assert not has_closed_form(gaps, regpath.fit_path(gaps, l1_ratio=0.0, n_lambdas=3))


@pytest.mark.parametrize(
    ("kind", "measure"), [("gaussian", "rmse"), ("gaussian", "r2"), ("binomial", "auc")]
)
def test_measures_of_several_rows_are_refused(kind, measure, make_small):
    problem = make_small(kind)
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=3)
    with pytest.raises(regpath.ParameterError, match=f"{measure} needs several held-out") as found:
        regpath.cross_validate(problem, path, kind="leave_one_out", measure=measure)
    remedies = re.findall(r"'(\w+)'", str(found.value))
    assert remedies
    for other in remedies:
        cv = regpath.cross_validate(problem, path, kind="leave_one_out", measure=other)
        assert np.isfinite(cv.mean).all()


def test_what_would_take_many_minutes_is_refused_with_an_estimate():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(4000, 60))
    problem = regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=4000) > 0)
    path = regpath.fit_path(problem)
    with pytest.raises(regpath.DataError, match=r"would fit 4000 paths, .* about \d+ minutes"):
        regpath.cross_validate(problem, path, kind="leave_one_out")
