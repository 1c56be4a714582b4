import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import train_test_split

import regpath


def test_rows_are_those_of_scikit_learn(make_small):
    problem = make_small("multinomial")
    split = regpath.split_problem(problem, test_size=0.3, seed=5)
    rows = np.arange(problem.n_obs)
    train, test = train_test_split(rows, test_size=0.3, random_state=5, stratify=problem.y)
    assert split.train_rows.tolist() == train.tolist()
    assert split.test_rows.tolist() == test.tolist()
    assert split.test.X.tolist() == problem.X[test].tolist()


def test_everything_is_learned_on_the_training_rows_alone():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=80), "c": rng.choice(["u", "v"], 80)})
    frame["y"] = rng.normal(size=80)
    frame.loc[::9, "a"] = np.nan
    problem = regpath.make_problem(frame, "y")
    split = regpath.split_problem(problem, seed=1)
    median = frame.iloc[split.train_rows]["a"].median()
    assert split.train.encoder.filled == {"a": median}
    gaps = frame.iloc[split.test_rows]["a"].isna().to_numpy()
    assert gaps.any()
    assert (split.test.X[gaps, 0] == median).all()
    # Whatever happens to the test rows, the fit does not feel it.
    spoiled = frame.copy()
    spoiled.iloc[split.test_rows, 0] = 1e6
    again = regpath.split_problem(regpath.make_problem(spoiled, "y"), seed=1)
    assert again.train.X.tolist() == split.train.X.tolist()
    assert (
        regpath.fit_path(again.train).coef_path.tolist()
        == regpath.fit_path(split.train).coef_path.tolist()
    )


def test_a_level_of_the_test_rows_alone_is_no_feature():
    frame = pd.DataFrame({"a": range(5, 45), "c": ["u", "v"] * 20, "y": np.arange(40.0) ** 2})
    rows = regpath.split_problem(regpath.make_problem(frame, "y")).test_rows
    frame.loc[rows[:2], "c"] = "rare"
    split = regpath.split_problem(regpath.make_problem(frame, "y"))
    assert "c=rare" not in split.train.feature_names
    scores = regpath.score_path(regpath.fit_path(split.train), split.test)
    assert np.isfinite(scores["rmse"]).all()


def test_features_without_values_in_the_training_rows_are_said():
    frame = pd.DataFrame({"g": np.nan, "y": np.arange(60.0) ** 1.5})
    rows = regpath.split_problem(regpath.make_problem(frame.assign(g=frame["y"]), "y")).test_rows
    frame.loc[rows[:2], "g"] = [1.0, 2.0]
    with pytest.raises(regpath.DataError, match="On the rows to learn from, no feature has any"):
        regpath.split_problem(regpath.make_problem(frame, "y"))


def test_too_few_rows_are_refused():
    small = regpath.Problem.from_arrays([[1.0], [2.0], [4.0]], [0.0, 1.0, 5.0], family="gaussian")
    with pytest.raises(regpath.DataError, match="3 rows are too few to keep 2"):
        regpath.split_problem(small, test_size=0.5)
    rare = regpath.Problem.from_arrays(np.arange(9.0)[:, None], [0] * 8 + [1])
    with pytest.raises(regpath.DataError, match="Class 1 of target 'y' has only one row"):
        regpath.split_problem(rare)
    with pytest.raises(regpath.ParameterError, match="'test_size' parameter of split_problem"):
        regpath.split_problem(rare, test_size=0.0)


def test_groups_never_cross_the_split():
    frame = pd.DataFrame({"x": np.arange(60.0), "who": np.repeat(np.arange(15), 4)})
    frame["y"] = frame["x"] % 7
    problem = regpath.make_problem(frame, "y", family="gaussian", group="who")
    split = regpath.split_problem(problem, test_size=0.25, seed=1)
    assert not set(split.train.row_groups) & set(split.test.row_groups)
    assert len(set(split.test.row_groups)) == 4
    again = regpath.split_problem(problem, test_size=0.25, seed=1)
    np.testing.assert_array_equal(split.test_rows, again.test_rows)
    same = regpath.make_problem(frame.assign(who=1), "y", family="gaussian", group="who")
    with pytest.raises(regpath.DataError, match="1 group is too few"):
        regpath.split_problem(same)


def test_the_last_rows_are_tested_and_equal_times_stay_together():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=40), "y": rng.normal(size=40)})
    frame["when"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.permutation(40) // 3, unit="D")
    problem = regpath.make_problem(frame, "y", time="when")
    split = regpath.split_problem(problem, test_size=0.25)
    assert split.train.row_times.max() < split.test.row_times.min()
    assert 10 <= split.test.n_obs <= 12
    same = regpath.make_problem(frame.assign(when=2020), "y", time="when")
    with pytest.raises(regpath.DataError, match="they have the same time"):
        regpath.split_problem(same)


def test_with_times_and_groups_the_groups_that_begin_last_are_tested():
    frame = pd.DataFrame({"who": np.tile(np.arange(10), 4), "when": np.arange(40)})
    frame["x"], frame["y"] = np.sin(frame["when"]), np.cos(frame["when"])
    problem = regpath.make_problem(frame, "y", group="who", time="when")
    split = regpath.split_problem(problem, test_size=0.2)
    assert set(split.test.row_groups) == {8, 9}
