"""A prediction taken apart."""

import numpy as np
import pytest

import regpath


@pytest.mark.parametrize(
    ("name", "target"),
    [("diabetes", "progression"), ("election_1996", "vote"), ("iris", "species")],
)
def test_parts_sum_to_the_linear_predictor(name, target):
    table = regpath.datasets.load(name)
    problem = regpath.make_problem(table, target)
    path = regpath.fit_path(problem, n_lambdas=15)
    for row in (0, 17, 101):
        found = regpath.contributions(path, problem.X[row])
        want = path.decision_path(problem.X[[row]])[0]
        np.testing.assert_allclose(found.total, want, rtol=1e-12, atol=1e-12 * np.abs(want).max())
        by_hand = path.coef_path * (problem.X[row] - problem.X.mean(axis=0))[:, None]
        np.testing.assert_allclose(found.parts, by_hand, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.column_parts.sum(axis=-2), found.parts.sum(axis=-2))


def test_raw_rows_are_coded_as_the_path_learned():
    table = regpath.datasets.load("penguins")
    problem = regpath.make_problem(table, "species")
    path = regpath.fit_path(problem, n_lambdas=5)
    one = regpath.contributions(path, table.frame.iloc[3])
    two = regpath.contributions(path, table.frame.iloc[[3]])
    three = regpath.contributions(path, dict(table.frame.iloc[3]))
    np.testing.assert_array_equal(one.parts, two.parts)
    np.testing.assert_array_equal(one.parts, three.parts)
    want = path.decision_path(table.frame.iloc[[3]])[0]
    np.testing.assert_allclose(one.total, want, atol=1e-10)


def test_an_average_row_has_the_baseline_alone():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=5)
    found = regpath.contributions(path, path.x_mean)
    assert not found.parts.any()
    np.testing.assert_allclose(found.baseline, problem.y.mean())


def test_frames_hold_the_numbers():
    problem = regpath.make_problem(regpath.datasets.load("iris"), "species")
    path = regpath.fit_path(problem, n_lambdas=6)
    found = regpath.contributions(path, problem.X[80])
    frame = found.to_frame()
    np.testing.assert_array_equal(frame["linear_predictor[setosa]"], found.total[0])
    name = path.feature_names[2]
    column = frame[f"contribution[versicolor][{name}]"]
    np.testing.assert_array_equal(column, found.parts[1, 2])
    at = found.at(path.lambdas[-1]).set_index("feature")
    assert at.loc[name, "contribution[virginica]"] == found.parts[2, 2, -1]
    assert at.loc[name, "value"] == problem.X[80, 2]
    assert found.at(path.lambdas[-1], by="column")["column"].nunique() == 4


def test_more_than_one_row_is_refused():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=3)
    with pytest.raises(regpath.DataError, match=r"takes one row\. Got 2"):
        regpath.contributions(path, problem.X[:2])
    with pytest.raises(regpath.ParameterError, match="takes a RegPath"):
        regpath.contributions(problem, problem.X[0])
