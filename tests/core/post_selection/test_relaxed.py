"""Relaxed paths, against closed forms and R's glmnet."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regpath

GLMNET = pd.read_csv(Path(__file__).parents[2] / "reference" / "relax_glmnet.csv")


def problem_of_reference(case, table):
    """The rows of tests/reference/relax_glmnet.R."""
    frame = regpath.datasets.load({"thirds": "diabetes"}.get(table, table)).frame
    target = {"election_1996": "vote"}.get(table, "progression")
    y = frame[target]
    if table == "thirds":
        y = np.digitize(y, [100.5, 180.5])
    features = frame.drop(columns=target).select_dtypes("number")
    weights = 1 + np.arange(len(frame)) % 3 if "weighted" in case else None
    return regpath.Problem.from_arrays(features, y, sample_weight=weights)


@pytest.mark.parametrize("case", GLMNET["case"].unique())
def test_fits_are_those_of_glmnet(case):
    golden = GLMNET[GLMNET["case"] == case]
    problem = problem_of_reference(case, golden["table"].iloc[0])
    lambdas = golden["lambda"].drop_duplicates().to_numpy()
    path = regpath.fit_path(problem, lambdas=lambdas, l1_ratio=golden["alpha"].iloc[0])
    relaxed = regpath.relax_path(problem, path)
    assert relaxed.finite.all()
    n_classes = golden["class"].nunique()
    want = golden["coef"].to_numpy().reshape(n_classes, len(lambdas), -1)
    got = np.concatenate(
        [
            relaxed.intercepts().reshape(n_classes, 1, -1),
            relaxed.coefs().reshape(n_classes, -1, len(lambdas)),
        ],
        axis=1,
    ).transpose(0, 2, 1)
    if n_classes > 1:  # a shift that all classes share changes nothing
        want, got = want - want.mean(axis=0), got - got.mean(axis=0)
    np.testing.assert_allclose(got, want, rtol=2e-5, atol=2e-6 * np.abs(want).max())


def gaussian(seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(50, 6)) * [1, 10, 0.1, 1, 1, 1] + 4.0
    y = X @ [1.0, 0.2, 0.0, -1.0, 0.0, 0.5] + rng.normal(size=50) + 100.0
    weight = rng.uniform(0.5, 2.0, 50)
    problem = regpath.Problem.from_arrays(X, y, sample_weight=weight)
    return problem, regpath.fit_path(problem, n_lambdas=20)


def test_least_squares_on_each_support():
    problem, path = gaussian()
    relaxed = regpath.relax_path(problem, path)
    root = np.sqrt(problem.sample_weight)
    for i in range(20):
        kept = np.flatnonzero(path.coef_path[:, i])
        full = np.column_stack([np.ones(50), problem.X[:, kept]]) * root[:, None]
        answer = np.linalg.lstsq(full, problem.y * root, rcond=None)[0]
        np.testing.assert_allclose(relaxed.coef_path[kept, i], answer[1:], rtol=1e-8)
        np.testing.assert_allclose(relaxed.intercept_path[i], answer[0], rtol=1e-8)
        assert not np.delete(relaxed.coef_path[:, i], kept).any()
    assert (relaxed.dev_ratio >= path.dev_ratio - 1e-12).all()
    scores = relaxed.score(problem)
    np.testing.assert_allclose(scores["r2"], relaxed.dev_ratio, atol=1e-12)


def test_gamma_mixes_from_unpenalized_to_penalized():
    problem, path = gaussian()
    relaxed = regpath.relax_path(problem, path)
    np.testing.assert_array_equal(relaxed.coefs(1.0), path.coef_path)
    np.testing.assert_array_equal(relaxed.coefs(0.0), relaxed.coef_path)
    half = 0.5 * path.coef_path + 0.5 * relaxed.coef_path
    np.testing.assert_allclose(relaxed.coefs(0.5), half)
    eta = 0.5 * path.decision_path(problem.X) + 0.5 * relaxed.decision_path(problem.X)
    np.testing.assert_allclose(relaxed.decision_path(problem.X, 0.5), eta)
    explained = [relaxed.score(problem, gamma)["r2"] for gamma in (0.0, 0.3, 0.7, 1.0)]
    assert (np.diff(explained, axis=0) <= 1e-12).all()
    with pytest.raises(regpath.ParameterError, match="'gamma' parameter of RelaxedPath"):
        relaxed.coefs(1.2)


def test_no_fit_where_the_chosen_features_separate():
    problem = regpath.make_problem(regpath.datasets.load("separable"), "outcome")
    path = regpath.fit_path(problem, n_lambdas=30)
    relaxed = regpath.relax_path(problem, path)
    assert relaxed.finite[0]
    assert not relaxed.finite[-1]
    assert np.isnan(relaxed.coef_path[:, -1]).all()
    assert "separate the classes" in relaxed.reasons[-1]
    assert "No fit without a penalty at" in relaxed.notes[0]
    scores = relaxed.score(problem)
    assert scores["log_loss"].isna().to_numpy().tolist() == (~relaxed.finite).tolist()
    whole = relaxed.score(problem, 1.0)
    np.testing.assert_allclose(whole["log_loss"], regpath.score_path(path, problem)["log_loss"])


def test_rows_that_are_nearly_certain_do_not_hide_a_finite_fit():
    problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    path = regpath.fit_path(problem, n_lambdas=30)
    relaxed = regpath.relax_path(problem, path)
    assert relaxed.finite.all()
    mean = 1.0 / (1.0 + np.exp(-relaxed.decision_path(problem.X)))
    assert mean.min() < 1e-10
    Z = (problem.X - path.x_mean) / path.x_scale
    slopes = Z.T @ (problem.y[:, None] - mean) / 569
    np.testing.assert_allclose(slopes[path.coef_path != 0.0], 0.0, atol=1e-9)


def test_part_of_the_rows_is_enough_to_have_no_fit():
    problem = regpath.make_problem(regpath.datasets.load("rare_feature"), "outcome")
    path = regpath.fit_path(problem, n_lambdas=30)
    relaxed = regpath.relax_path(problem, path)
    rare = path.coef_path[path.feature_names.index("rare")] != 0.0
    np.testing.assert_array_equal(relaxed.finite, ~rare)


def test_dependent_features_are_said_to_share():
    problem = regpath.make_problem(regpath.datasets.load("penguins"), "bill_depth_mm")
    path = regpath.fit_path(problem, l1_ratio=0.3, n_lambdas=20)
    relaxed = regpath.relax_path(problem, path)
    assert relaxed.finite.all()
    assert not relaxed.unique[-1]
    assert "not unique" in relaxed.notes[0]
    full = np.column_stack([np.ones(problem.n_obs), problem.X])
    fitted = full @ np.linalg.lstsq(full, problem.y, rcond=None)[0]
    np.testing.assert_allclose(relaxed.decision_path(problem.X)[:, -1], fitted, rtol=1e-8)


def test_multinomial_gradient_vanishes():
    frame = regpath.datasets.load("diabetes").frame
    y = np.digitize(frame["progression"], [100.5, 180.5])
    problem = regpath.Problem.from_arrays(frame.drop(columns="progression"), y)
    path = regpath.fit_path(problem, n_lambdas=10, min_ratio=0.05)
    relaxed = regpath.relax_path(problem, path)
    eta = relaxed.decision_path(problem.X)
    for i in range(10):
        proba = np.exp(eta[:, :, i]) / np.exp(eta[:, :, i]).sum(axis=1, keepdims=True)
        kept = np.flatnonzero((path.coef_path[:, :, i] != 0.0).any(axis=0))
        Z = (problem.X - path.x_mean) / path.x_scale
        np.testing.assert_allclose((np.eye(3)[y] - proba).T @ Z[:, kept] / 442, 0.0, atol=1e-9)


def test_frame_and_progress():
    problem, path = gaussian()
    told = []
    relaxed = regpath.relax_path(problem, path, progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    frame = relaxed.to_frame()
    assert list(frame.columns[:6]) == [
        "lambda",
        "n_nonzero",
        "dev_ratio",
        "finite",
        "unique",
        "intercept",
    ]
    np.testing.assert_array_equal(frame["coef[x1]"], relaxed.coef_path[1])
    with pytest.raises(regpath.DataError, match="Bring the problem it was fit on"):
        regpath.relax_path(problem.take(np.arange(30)), path)


def test_every_point_of_the_first_data_set_is_fit_or_separated():
    table = regpath.datasets.load("breast_cancer")
    study = regpath.run_study(table, regpath.Recipe("diagnosis"))
    relaxed = regpath.relax_path(study.train, study.path)
    unproven = [why for why in relaxed.reasons if why and "separate" not in why]
    assert not unproven
    assert relaxed.finite.sum() > 60
