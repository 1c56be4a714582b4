import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.errors import DataError, ParameterError


def amounts(y):
    return regpath.Problem.from_arrays(np.arange(len(y), dtype=float)[:, None], y, "gaussian")


def counts(y, **how):
    return regpath.Problem.from_arrays(np.arange(len(y), dtype=float)[:, None], y, "poisson", **how)


def test_residuals_are_observed_less_expected_and_have_mean_square_one():
    rng = np.random.default_rng(0)
    y, told = rng.normal(size=(2, 50))
    found = regpath.residuals(amounts(y), told)
    np.testing.assert_array_equal(found.residual, y - told)
    assert np.mean(np.square(found.standardized)) == pytest.approx(1.0, rel=1e-12)
    assert found.to_frame()["row"].tolist() == list(range(1, 51))


def test_the_largest_rows_are_named_by_their_number_in_the_file():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [0.0, 10.0, 0.5, -3.0, 1.0]})
    problem = regpath.make_problem(regpath.Table.from_frame(frame), "y", family="gaussian")
    largest = regpath.residuals(problem, np.zeros(5)).largest(2)
    numbers = problem.frame.index.to_numpy()
    assert largest["row"].tolist() == [numbers[1], numbers[3]]
    assert largest["observed"].tolist() == [10.0, -3.0]


def test_rows_without_a_prediction_or_a_weight_are_left_out():
    problem = regpath.Problem.from_arrays(
        [[1.0], [2.0], [3.0]], [1.0, 2.0, 9.0], "gaussian", sample_weight=[1.0, 0.0, 1.0]
    )
    assert regpath.residuals(problem, np.array([np.nan, 0.0, 1.0])).rows.tolist() == [3]
    with pytest.raises(DataError, match="No row has a prediction"):
        regpath.residuals(problem, np.array([np.nan, 0.0, np.nan]))


def test_quantiles_of_few_residuals_are_the_residuals_in_order():
    rng = np.random.default_rng(1)
    found = regpath.residuals(amounts(rng.normal(size=41)), np.zeros(41))
    quantiles = found.quantiles()
    np.testing.assert_allclose(quantiles["residual"], np.sort(found.standardized), rtol=1e-12)
    np.testing.assert_allclose(quantiles["normal"], -quantiles["normal"][::-1], atol=1e-12)
    assert quantiles["normal"].iloc[20] == pytest.approx(0.0, abs=1e-12)


def test_the_limits_of_quantiles_hold_95_of_100_normal_samples_at_each_place():
    rng = np.random.default_rng(2)
    inside = []
    for _ in range(400):
        sample = rng.normal(size=60)
        frame = regpath.residuals(amounts(sample), np.zeros(60)).quantiles()
        ordered = np.sort(sample)  # not divided by a spread of its own
        inside.append((frame["low"] < ordered) & (ordered < frame["high"]))
    middle = np.mean(inside, axis=0)[10:50]
    assert middle.min() > 0.9
    assert middle.max() < 0.99


def test_many_residuals_have_500_quantiles():
    y = np.linspace(-1, 1, 2001)
    assert len(regpath.residuals(amounts(y), np.zeros(2001)).quantiles()) == 500


def test_exact_predictions_have_no_spread_to_divide_by():
    found = regpath.residuals(amounts([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    assert found.standardized.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("problem", "told", "message"),
    [
        (regpath.Problem.from_arrays([[1.0], [2.0]], ["a", "b"]), np.zeros(2), "amounts and"),
        (amounts([1.0, 2.0]), np.zeros((2, 3)), r"shape \(2,\)"),
        (amounts([1.0, 2.0]), np.zeros(3), r"shape \(2,\)"),
    ],
)
def test_what_has_no_residuals_is_refused(problem, told, message):
    with pytest.raises(ParameterError, match=message):
        regpath.residuals(problem, told)
