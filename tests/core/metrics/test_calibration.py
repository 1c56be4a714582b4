from dataclasses import replace

import numpy as np
import pytest
from sklearn.calibration import calibration_curve as sklearn_curve
from sklearn.linear_model import LogisticRegression

import regpath
from regpath.core.metrics.calibration import (
    calibration_curve,
    calibration_slope,
    observed_by_predicted,
)


def told(n=400, seed=0, weights=False):
    """Rows whose class is drawn with a known probability, and that probability."""
    rng = np.random.default_rng(seed)
    p = 1.0 / (1.0 + np.exp(-1.5 * rng.normal(size=n)))
    w = rng.uniform(0.5, 2.0, n) if weights else None
    X, y = rng.normal(size=(n, 1)), rng.random(n) < p
    problem = regpath.Problem.from_arrays(X, y, "binomial", sample_weight=w)
    return problem, np.column_stack([1.0 - p, p])


def test_the_curve_is_that_of_scikit_learn():
    problem, proba = told()
    frame = calibration_curve(problem, proba, n_bins=8)
    observed, predicted = sklearn_curve(problem.y, proba[:, 1], n_bins=8, strategy="quantile")
    assert frame["predicted"].to_numpy() == pytest.approx(predicted)
    assert frame["observed"].to_numpy() == pytest.approx(observed)
    assert frame["n_rows"].tolist() == [50] * 8
    assert (frame["low"] < frame["observed"]).all()
    assert (frame["observed"] < frame["high"]).all()
    # Wilson's interval of 50 rows, solved for: |share - p| = z sqrt(p (1 - p) / 50).
    for bound in ("low", "high"):
        p = frame[bound]
        gap = np.abs(frame["observed"] - p) / np.sqrt(p * (1 - p) / 50)
        assert gap.to_numpy() == pytest.approx(1.959964, rel=1e-5)


def test_true_probabilities_are_near_their_share():
    problem, proba = told(20_000, seed=1)
    frame = calibration_curve(problem, proba)
    inside = (frame["low"] <= frame["predicted"]) & (frame["predicted"] <= frame["high"])
    assert inside.sum() >= 8
    slope = calibration_slope(problem, proba).iloc[0]
    assert slope["slope"] == pytest.approx(1.0, abs=4 * slope["slope_se"])


def test_equal_probabilities_share_a_bin():
    problem, proba = told(100)
    proba = np.round(proba, 1)
    frame = calibration_curve(problem, proba, n_bins=10)
    for value in np.unique(proba[:, 1]):
        alike = np.count_nonzero(proba[:, 1] == value)
        assert (frame["n_rows"] >= alike).any()
    assert len(frame) <= len(np.unique(proba[:, 1]))
    assert frame["n_rows"].sum() == 100
    constant = calibration_curve(problem, np.full((100, 2), 0.5))
    assert constant["n_rows"].tolist() == [100]


@pytest.mark.parametrize("weights", [True, False])
def test_the_slope_is_that_of_an_unpenalized_fit(weights):
    problem, proba = told(weights=weights)
    odds = np.log(proba[:, 1] / proba[:, 0])
    bold = 1.0 / (1.0 + np.exp(-2.0 * odds))
    frame = calibration_slope(problem, np.column_stack([1 - bold, bold])).iloc[0]
    model = LogisticRegression(C=np.inf, tol=1e-10)
    model.fit(2.0 * odds[:, None], problem.y, problem.sample_weight)
    assert frame["slope"] == pytest.approx(model.coef_[0, 0], rel=1e-4)
    assert frame["intercept"] == pytest.approx(model.intercept_[0], abs=1e-4)
    assert frame["slope"] < 0.8
    assert frame["observed"] == pytest.approx(np.average(problem.y, weights=problem.sample_weight))


def test_penalties_make_timid_predictions(make_small):
    problem = make_small("binomial", n=150)
    path = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=12)
    cv = regpath.cross_validate(problem, path, n_folds=5)
    slopes = [
        calibration_slope(problem, cv.out_of_fold(problem, lam))["slope"].iloc[0]
        for lam in path.lambdas[[5, 8, 11]]
    ]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[0] > 2.0


def test_each_of_several_classes_is_told_of(make_small):
    problem = make_small("multinomial", n=90)
    path = regpath.fit_path(problem, n_lambdas=6)
    proba = path.predict_proba(problem.X, path.lambdas[-1])
    proba[:10] = np.nan
    curve, slope = calibration_curve(problem, proba, n_bins=4), calibration_slope(problem, proba)
    assert curve["class"].unique().tolist() == [str(c) for c in path.classes]
    assert curve.groupby("class")["n_rows"].sum().tolist() == [80] * 3
    assert slope["mean_predicted"].to_numpy() == pytest.approx(proba[10:].mean(axis=0))


def test_no_finite_slope_is_missing_and_wrong_shapes_are_refused(make_small):
    problem, proba = told(50)
    parted = np.column_stack([1.0 - problem.y, problem.y]) * 0.8 + 0.1
    assert np.isnan(calibration_slope(problem, parted)["slope"][0])
    assert np.isnan(calibration_slope(problem, np.full((50, 2), 0.5))["slope"][0])
    with pytest.raises(regpath.ParameterError, match=r"must have shape \(50, 2\)"):
        calibration_curve(problem, proba[:, 1])
    with pytest.raises(regpath.ParameterError, match="Numbers have no probabilities"):
        calibration_slope(make_small("gaussian"), proba)
    with pytest.raises(regpath.DataError, match="No row has a prediction"):
        calibration_curve(problem, np.full((50, 2), np.nan))


def test_rows_of_weight_zero_do_not_count():
    problem, proba = told(60)
    weighted = replace(problem, sample_weight=(np.arange(60) < 30) * 2.0)
    pairs = ((weighted, proba), (problem.take(np.arange(30)), proba[:30]))
    for of in (calibration_curve, calibration_slope):
        ours, expected = (of(*each).drop(columns="class") for each in pairs)
        assert ours.to_numpy() == pytest.approx(expected.to_numpy())


def test_amounts_are_averaged_among_rows_predicted_about_the_same():
    rng = np.random.default_rng(2)
    m = np.repeat([1.0, 2.0, 3.0], 10)
    y = m + rng.normal(size=30)
    problem = regpath.Problem.from_arrays(m[:, None], y, family="gaussian")
    found = observed_by_predicted(problem, m, n_bins=3)
    for k in range(3):
        rows = y[10 * k : 10 * (k + 1)]
        half = 1.959963984540054 * rows.std(ddof=1) / np.sqrt(10.0)
        assert found.loc[k, "predicted"] == k + 1.0
        np.testing.assert_allclose(found.loc[k, "observed"], rows.mean())
        np.testing.assert_allclose(found.loc[k, "high"] - found.loc[k, "observed"], half)


def test_a_bin_of_one_row_has_no_interval_and_classes_are_refused():
    problem = regpath.Problem.from_arrays([[0.0], [1.0]], [0.0, 3.0], family="gaussian")
    found = observed_by_predicted(problem, np.array([0.5, np.nan]), n_bins=4)
    assert found["n_rows"].tolist() == [1]
    assert np.isnan(found["low"]).all()
    with pytest.raises(regpath.DataError, match="No row"):
        observed_by_predicted(problem, np.full(2, np.nan))
    iris = regpath.make_problem(regpath.datasets.load("iris"), "species")
    with pytest.raises(regpath.ParameterError, match="calibration curve"):
        observed_by_predicted(iris, np.zeros(150))
