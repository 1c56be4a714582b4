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


def test_repeated_rows_are_kept_or_counted_once_and_it_is_said():
    frame = table()
    frame["note"] = 1.0  # constant, so not used
    again = frame.iloc[[4, 4, 9]].assign(note=2.0)
    other = frame.iloc[[5]].assign(y="no" if frame["y"][5] == "yes" else "yes")
    whole = pd.concat([frame, again, other], ignore_index=True)
    assert make_problem(whole, "y", features=["a", "b"]).n_obs == 44
    problem = make_problem(whole, "y", features=["a", "b"], duplicates="drop")
    assert problem.n_obs == 41
    assert problem.notes == ("3 rows equal to an earlier row: dropped.",)
    with pytest.raises(regpath.ParameterError, match="'duplicates' parameter of make_problem"):
        make_problem(whole, "y", duplicates="yes")


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
        make_problem(table(), "y", family="gamma")


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


def test_what_is_frozen_stays_as_it_is():
    X = np.arange(12.0).reshape(6, 2) ** 2
    problem = Problem.from_arrays(X, [0, 1] * 3)
    X[:] = 99.0
    assert problem.X[0].tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="read-only"):
        problem.X[0, 0] = 5.0
    with pytest.raises(ValueError, match="read-only"):
        regpath.fit_path(problem).lambdas[0] = 5.0


def test_columns_called_by_numbers_and_cells_of_any_kind():
    frame = pd.DataFrame({0: range(3, 33), 1: [1, "a", (2,)] * 10, 2: [0, 1] * 15})
    problem = make_problem(frame, 2, features=[0, 1])
    assert problem.feature_names == ("0", "1=(2,)", "1=1", "1=a")
    path = regpath.fit_path(problem, n_lambdas=4)
    assert len(path.predict(frame, path.lambdas[-1])) == 30
    with pytest.raises(regpath.DataError, match="Column '0' holds complex numbers"):
        make_problem(frame.astype({0: complex}), 2)
    with pytest.raises(regpath.ParameterError, match="'target' parameter of make_problem"):
        make_problem(frame, [2])


@pytest.mark.parametrize("size", [1e308, 1e-320])
def test_the_size_of_weights_does_not_matter(size):
    problem = Problem.from_arrays([[1.0], [2.0], [4.0]], [0, 1, 1], sample_weight=[size] * 3)
    assert problem.sample_weight.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([0.3, 0.3, 0.30000000000000004], "the same in every row but for rounding"),
        ([1e200, 2e200, 5e200], "which arithmetic cannot square"),
        ([1e-200, 2e-200, 5e-200], "which arithmetic cannot square"),
    ],
)
def test_responses_beyond_arithmetic_are_refused(y, message):
    with pytest.raises(regpath.DataError, match=message):
        Problem.from_arrays([[1.0], [2.0], [4.0]], y, family="gaussian")


def test_other_things_than_problems_and_paths_are_refused(make_small):
    problem = make_small("binomial")
    path = regpath.fit_path(problem, n_lambdas=3)
    for call in (regpath.fit_path, lambda p: regpath.score_path(path, p)):
        with pytest.raises(regpath.ParameterError, match=r"takes a Problem\. Got NoneType"):
            call(None)
    with pytest.raises(regpath.ParameterError, match=r"takes a RegPath\. Got NoneType"):
        regpath.check_path(problem, None)
    with pytest.raises(regpath.DataError, match="fit on another target"):
        regpath.score_path(path, make_small("gaussian"))


def test_rows_on_which_the_target_does_not_vary_have_an_error_of_their_own():
    problem = Problem.from_arrays(np.arange(4.0)[:, None], [1.0, 1.0, 1.0, 2.5], "gaussian")
    with pytest.raises(regpath.NothingToFindError, match="the same in every row in use"):
        problem.take(np.arange(3))


def test_some_rows_can_keep_the_features_of_all():
    frame = table()
    frame.loc[:3, "b"] = "rare"
    problem = make_problem(frame, "y")
    rows = np.arange(4, 40)
    assert "b=rare" not in problem.take(rows).feature_names
    kept = problem.take(rows, keep_features=True)
    assert kept.feature_names == problem.feature_names
    assert (problem.X[rows] == kept.X).all()
