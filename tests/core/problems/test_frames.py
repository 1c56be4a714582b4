"""Frames are taken by the names of their columns, never by where these stand."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import regpath
from regpath import Problem


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    return pd.DataFrame({"dose": rng.normal(size=40), "age": 10 * rng.normal(size=40)})


@pytest.fixture(scope="module")
def path(X):
    return regpath.fit_path(Problem.from_arrays(X, 3 * X["dose"] + X["age"] ** 2), n_lambdas=10)


def test_a_frame_gives_its_names_to_the_problem(X):
    assert Problem.from_arrays(X, X["dose"]).feature_names == ("dose", "age")


@pytest.mark.parametrize(
    ("columns", "names"),
    [([2001, 2002], ("2001", "2002")), ([0, 1], ("x0", "x1")), ([("a", 1), ("a", 2)], None)],
)
def test_names_that_are_no_words_are_spelled_and_positions_are_no_names(X, columns, names):
    frame = X.set_axis(columns, axis=1)
    names = names or tuple(map(str, columns))
    assert Problem.from_arrays(frame, X["dose"]).feature_names == names


def test_names_that_are_said_win(X):
    problem = Problem.from_arrays(X, X["dose"], feature_names=["u", "v"])
    assert problem.feature_names == ("u", "v")


def test_names_that_are_said_in_another_order_than_the_frame_has_them_are_refused(X):
    with pytest.raises(regpath.DataError, match="'age' stands first in"):
        Problem.from_arrays(X, X["dose"], feature_names=["age", "dose"])


def test_two_columns_of_one_name_are_refused(X):
    with pytest.raises(regpath.DataError, match="Two columns are called 'dose'"):
        Problem.from_arrays(X.set_axis(["dose", "dose"], axis=1), X["age"])


@pytest.mark.parametrize(
    "other",
    [
        lambda X: X[["age", "dose"]],
        lambda X: X[["age", "dose"]].iloc[::-1].iloc[::-1],
        lambda X: X.to_numpy(),
        lambda X: pd.DataFrame(X.to_numpy()),
        lambda X: sparse.csr_array(X.to_numpy()),
        lambda X: X.to_numpy().tolist(),
        lambda X: X[["age", "dose"]].astype(pd.SparseDtype(float, 0.0)),
        lambda X: regpath.Table.from_frame(X[["age", "dose"]]),
    ],
)
def test_every_order_of_the_columns_predicts_the_same(X, path, other):
    np.testing.assert_allclose(path.predict(other(X)), path.predict(X), rtol=1e-12)


@pytest.mark.parametrize("wrong", ["DOSE", "doze", "q"])
def test_a_missing_column_is_refused_by_name(X, path, wrong):
    with pytest.raises(regpath.DataError, match="There is no column 'dose'"):
        path.predict(X.rename(columns={"dose": wrong}))


def test_an_unknown_column_is_refused_by_name(X, path):
    with pytest.raises(regpath.DataError, match="'height' is no feature of the path"):
        path.predict(X.assign(height=1.0))


def test_a_path_without_names_takes_what_has_as_many_columns(X):
    nameless = regpath.fit_path(Problem.from_arrays(X.to_numpy(), 3 * X["dose"]), n_lambdas=5)
    np.testing.assert_array_equal(nameless.predict(X), nameless.predict(X.to_numpy()))


def test_positions_that_stand_in_another_order_are_put_in_order(X):
    frame = X.assign(weight=X["dose"] ** 2).set_axis([0, 1, 2], axis=1)
    problem = Problem.from_arrays(frame, 3 * X["dose"])
    path = regpath.fit_path(problem, n_lambdas=5)
    swapped = frame[[2, 0, 1]]
    np.testing.assert_array_equal(path.predict(swapped), path.predict(frame))
    np.testing.assert_array_equal(problem.encode(swapped), problem.X)


@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_classes_and_relaxed_paths_go_by_name_too(X, family):
    cuts = [-9.0, 0.0, 9.0] if family == "binomial" else [-99.0, -0.5, 0.5, 99.0]
    y = np.digitize(X["dose"], cuts)
    problem = Problem.from_arrays(X, y, family=family)
    path = regpath.fit_path(problem, n_lambdas=10)
    swapped = X[["age", "dose"]]
    np.testing.assert_array_equal(path.predict_proba(swapped), path.predict_proba(X))
    np.testing.assert_array_equal(problem.encode(swapped), problem.X)
    relaxed = regpath.relax_path(problem, path)
    np.testing.assert_array_equal(relaxed.decision_path(swapped), relaxed.decision_path(X))


def test_rows_of_another_order_are_refused(X):
    with pytest.raises(regpath.DataError, match="the rows of X in another order"):
        Problem.from_arrays(X, X["dose"].iloc[::-1])
    with pytest.raises(regpath.DataError, match="the rows of X in another order"):
        Problem.from_arrays(X, X["dose"], sample_weight=pd.Series(1.0, X.index[::-1]))
    shuffled = X.sample(frac=1.0, random_state=0)
    np.testing.assert_array_equal(
        Problem.from_arrays(shuffled, shuffled["dose"]).y, shuffled["dose"]
    )
    assert Problem.from_arrays(X, X["dose"].reset_index(drop=True).set_axis(X.index + 50))
