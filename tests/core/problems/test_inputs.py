"""What a caller brings is understood or refused, never misread and never a foreign error."""

from difflib import get_close_matches

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, make_problem
from regpath.core.problems.inputs import check_column, check_frame, check_weights


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    return pd.DataFrame(rng.normal(size=(30, 3)), columns=["x", "z", "y"])


def test_two_columns_of_one_name_are_refused(frame):
    with pytest.raises(regpath.DataError) as refused:
        check_frame(frame.set_axis(["1", "x", 1], axis=1))
    assert str(refused.value) == "Two columns are called '1'. Rename one of them."


def test_a_misspelt_target_gets_its_neighbours(frame):
    named = frame.set_axis(["income", "age", "outcome"], axis=1)
    with pytest.raises(regpath.DataError) as refused:
        check_column(named, "incom")
    near = ", ".join(map(repr, get_close_matches("incom", ["income", "age", "outcome"])))
    assert str(refused.value) == f"There is no column 'incom' to predict. Choose among {near}."


def test_weights_are_rescaled_to_their_number():
    raw = np.array([1.0, 0.0, 5.0])
    assert check_weights(raw, 3) == pytest.approx(raw * 3 / raw.sum())
    assert check_weights(None, 3).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "column",
    [
        pd.array([1, 2, None] * 10, dtype="Int64"),
        pd.array([1.5, 2, None] * 10, dtype="Float64"),
        pd.array([True, False, None] * 10, dtype="boolean"),
        pd.array(["a", "b", None] * 10, dtype="string"),
        pd.Categorical(["a", "b", "b"] * 10, categories=["a", "b", "unused"]),
        pd.Categorical([1, 2, 3] * 10),
        pd.arrays.SparseArray([0.0, 1.0, np.nan] * 10),
        np.array([1, "a", 3] * 10, dtype=object),
        np.array([True, "a", None] * 10, dtype=object),
        np.array([0.5, 1.5, 3] * 10, dtype="float16"),
        np.array([200, 1, 3] * 10, dtype="uint8"),
    ],
    ids=lambda column: str(column.dtype),
)
def test_columns_of_every_kind_can_be_fitted_and_predicted(frame, column):
    frame["b"] = column
    problem = make_problem(frame, "y")
    assert "b" in problem.groups
    path = regpath.fit_path(problem, n_lambdas=5)
    assert path.converged.all()
    assert path.predict(frame).tolist() == path.predict(problem.X).tolist()


@pytest.mark.parametrize("index", [[0] * 30, [7.5] * 30, pd.date_range("2020", periods=30)])
def test_any_index_will_do(frame, index):
    problem = make_problem(frame.set_axis(index), "y")
    assert problem.X.tolist() == make_problem(frame, "y").X.tolist()
    regpath.split_problem(problem)


def test_complex_numbers_are_refused():
    X = np.arange(4.0)[:, None]
    with pytest.raises(regpath.DataError):
        Problem.from_arrays(X + 1j, [0.0, 1.0, 5.0, 2.0])
    with pytest.raises(regpath.DataError):
        Problem.from_arrays(X, np.array([0.0, 1.0, 5.0, 2.0]) + 1j)
