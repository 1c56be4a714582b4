import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import Problem, make_problem


def table(n=40, seed=0):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"a": rng.normal(size=n), "b": rng.choice(["u", "v", "w"], n)})
    frame["y"] = np.where(frame["a"] + rng.normal(size=n) > 0, "yes", "no")
    return frame


def test_a_frame_becomes_a_problem():
    problem = make_problem(table(), "y")
    assert problem.family == "binomial"
    assert problem.classes == ("no", "yes")
    assert problem.feature_names == ("a", "b=u", "b=v", "b=w")
    assert problem.groups == ("a", "b", "b", "b")
    assert problem.sample_weight.sum() == 40
    assert repr(problem) == "Problem(binomial, target 'y', 40 rows x 4 features)"


def test_rows_without_a_target_are_dropped_and_counted():
    frame = table()
    frame.loc[[3, 5], "y"] = None
    problem = make_problem(frame, "y")
    assert problem.n_obs == 38
    assert problem.notes[0] == "2 rows without a value of 'y': dropped."


@pytest.mark.parametrize("missing", ["impute", "drop"])
def test_gaps_are_filled_or_their_rows_dropped_and_it_is_said(missing):
    frame = table()
    frame.loc[[1, 2, 3], "a"] = np.nan
    problem = make_problem(frame, "y", missing=missing)
    if missing == "drop":
        assert problem.n_obs == 37
        assert problem.notes == ("3 rows with a missing feature: dropped.",)
    else:
        assert problem.n_obs == 40
        median = float(frame["a"].median())
        assert problem.notes == (f"Missing values of 'a' are filled with {median!r}.",)


def test_words_for_true_and_false_stay_the_classes():
    text = "x,y\n" + "".join(f"{i % 7},{'Yes' if i % 3 else 'NO'}\n" for i in range(30))
    problem = make_problem(regpath.read_table(text.encode()), "y")
    assert problem.classes == ("no", "yes")


def test_non_string_names_nullable_types_and_categories_are_understood():
    frame = pd.DataFrame(
        {
            0: pd.array([1, 2, None, 4] * 5, dtype="Int64"),
            1: pd.Categorical(["p", "q"] * 10),
            2: [True, False] * 10,
            "y": np.arange(20.0),
        }
    )
    problem = make_problem(frame, "y")
    assert problem.feature_names == ("0", "1=q", "2")
    assert regpath.fit_path(problem).converged.all()


@pytest.mark.parametrize(
    ("frame", "target", "message"),
    [
        (table(), "z", "There is no column 'z' to predict."),
        (table(2), "y", "can be used; a path needs at least 3"),
        (table().assign(y=None), "y", "Target 'y' holds no values."),
        (table().assign(y=1), "y", "there is nothing to predict"),
        (pd.DataFrame([[1, 2, 3]] * 5, columns=["a", "a", "y"]), "y", "Two columns are called 'a'"),
    ],
)
def test_frames_that_cannot_serve_are_refused(frame, target, message):
    with pytest.raises(regpath.DataError, match=message):
        make_problem(frame, target)


def test_other_types_are_refused():
    with pytest.raises(regpath.ParameterError, match=r"Got ndarray instead\. Use Problem.from_arr"):
        make_problem(np.ones((3, 3)), "y")
    with pytest.raises(regpath.ParameterError, match="'family' parameter of make_problem"):
        make_problem(table(), "y", family="poisson")


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([[1.0], [np.nan]], [0, 1], "X is nan at row 1, column 0"),
        ([[1.0], [2.0]], [0, 1, 1], "X has 2 rows and y has 3."),
        ([1.0, 2.0], [0, 1], "X must have rows and columns"),
        ([["a"], ["b"]], [0, 1], "X must hold numbers only."),
        ([[1.0], [2.0]], [0, None], "y is missing in row 1"),
        ([[1.0], [2.0]], [1, 1], "there is nothing to predict"),
    ],
)
def test_arrays_that_cannot_serve_are_refused(X, y, message):
    with pytest.raises(regpath.DataError, match=message):
        Problem.from_arrays(X, y)


@pytest.mark.parametrize("weight", [[1.0], [1, -1, 1], [np.nan, 1, 1], [0, 0, 0], ["a", 1, 1]])
def test_weights_that_cannot_serve_are_refused(weight):
    with pytest.raises(regpath.DataError, match=r"[Ww]eights"):
        Problem.from_arrays([[1.0], [2.0], [3.0]], [0, 1, 1], sample_weight=weight)


def test_weights_must_leave_every_class_alive():
    with pytest.raises(regpath.DataError, match="No row in use has class 0"):
        Problem.from_arrays([[1.0], [2.0], [3.0]], [0, 1, 1], sample_weight=[0, 1, 1])


def test_names_must_fit():
    with pytest.raises(regpath.ParameterError, match=r"must hold 1 names\. Got 2"):
        Problem.from_arrays([[1.0], [2.0]], [0, 1], feature_names=["a", "b"])
    with pytest.raises(regpath.ParameterError, match="Two features are called 'a'"):
        Problem.from_arrays([[1.0, 2.0], [2.0, 5.0]], [0, 1], feature_names=["a", "a"])
