import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.problems.encoder import Encoder

KINDS = {"city": "categorical", "age": "numeric", "sex": "categorical", "smoker": "numeric"}


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "city": ["Rome", "Oslo", None, "Bern", "Rome", "Rome"],
            "age": [20.0, np.nan, 40.0, 60.0, 50.0, 30.0],
            "sex": ["m", "f", "f", None, "f", "m"],
            "smoker": pd.array([True, False, None, False, False, True], dtype="boolean"),
        }
    )


def test_features_follow_the_columns_and_know_their_group(frame):
    encoder = Encoder.learn(frame, KINDS)
    cities = ("city=Bern", "city=Oslo", "city=Rome")
    assert encoder.feature_names == (*cities, "age", "sex=m", "smoker")
    assert encoder.groups == ("city", "city", "city", "age", "sex", "smoker")
    assert encoder.filled == {"age": 40.0, "smoker": 0.0, "city": "Rome", "sex": "f"}
    assert encoder.encode(frame).tolist() == [
        [0, 0, 1, 20, 1, 1],
        [0, 1, 0, 40, 0, 0],
        [0, 0, 1, 40, 0, 0],
        [1, 0, 0, 60, 0, 0],
        [0, 0, 1, 50, 0, 0],
        [0, 0, 1, 30, 1, 1],
    ]


def test_what_is_learned_comes_from_the_given_rows_alone(frame):
    encoder = Encoder.learn(frame.iloc[[0, 1, 4]], KINDS)
    assert encoder.filled["age"] == 35.0
    assert encoder.levels["city"] == ("Oslo", "Rome")
    assert encoder.feature_names[0] == "city=Rome"
    coded = encoder.encode(frame)
    assert coded[3].tolist() == [0, 60, 0, 0]  # Bern was never seen: it gives zeros
    assert coded[1, 1] == 35.0


def test_a_column_without_values_is_left_out(frame):
    encoder = Encoder.learn(frame.iloc[[2]], KINDS)
    assert encoder.feature_names == ("age", "sex=f")


def test_names_stay_unique():
    frame = pd.DataFrame({"a=x": [1.0, 2.0, 3.0], "a": ["x", "y", "z"]})
    names = Encoder.learn(frame, {"a=x": "numeric", "a": "categorical"}).feature_names
    assert names == ("a=x", "a=x (2)", "a=y", "a=z")


def test_new_rows_that_do_not_fit_are_refused(frame):
    encoder = Encoder.learn(frame, KINDS)
    with pytest.raises(regpath.DataError, match="There is no column 'age'"):
        encoder.encode(frame.drop(columns="age"))
    with pytest.raises(regpath.DataError, match="There are no columns 'city', 'age'"):
        encoder.encode(frame.drop(columns=list(KINDS)[:2]))
    with pytest.raises(regpath.DataError, match="Column 'age' must hold numbers"):
        encoder.encode(frame.assign(age="old"))
    with pytest.raises(regpath.DataError, match="Column 'age' is infinite in row 0"):
        encoder.encode(frame.assign(age=np.inf))


def test_with_settled_levels_the_features_stay_and_only_the_fills_are_learned(frame):
    whole = Encoder.learn(frame, KINDS)
    some = frame.iloc[[0, 1, 4]].assign(smoker=pd.array([None] * 3, dtype="boolean"))
    encoder = Encoder.learn(some, KINDS, like=whole)
    assert encoder.feature_names == whole.feature_names
    assert encoder.levels == whole.levels
    assert encoder.filled["age"] == 35.0
    coded = encoder.encode(some)
    assert coded[:, 0].tolist() == [0, 0, 0]  # nobody here is from Bern
    assert coded[:, -1].tolist() == [0, 0, 0]  # nothing is known of smoking
    assert encoder.encode(frame)[3].tolist() == [1, 0, 0, 60, 0, 0]
    wordless = Encoder.learn(some.assign(city=None), KINDS, like=whole)
    assert wordless.encode(frame)[[0, 2], :3].tolist() == [[0, 0, 1], [0, 0, 0]]
