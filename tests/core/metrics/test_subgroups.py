import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

import regpath
from regpath.core.metrics.measures import measures_of
from regpath.errors import DataError, ParameterError

N = 120
RNG = np.random.default_rng(8)
X = RNG.normal(size=(N, 3))
GROUPS = np.array(["a", "b", "c"])[RNG.integers(0, 3, size=N)]
P = 1.0 / (1.0 + np.exp(-X[:, 0] - 0.5 * RNG.normal(size=N)))
HIT = (RNG.random(N) < P).astype(int)


def two_classes():
    return regpath.Problem.from_arrays(X, HIT), np.column_stack([1.0 - P, P])


def of(family):
    """A problem of each family, and what is told of its rows."""
    if family == "binomial":
        return two_classes()
    if family == "gaussian":
        return regpath.Problem.from_arrays(X, X[:, 0] + RNG.normal(size=N), family), X[:, 0]
    if family == "poisson":
        mean = np.exp(0.5 * X[:, 0])
        return regpath.Problem.from_arrays(X, RNG.poisson(mean), family), mean
    told = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)
    y = np.array([RNG.choice(3, p=p) for p in told])
    return regpath.Problem.from_arrays(X, y, family), told


def test_scores_of_each_group_are_scikit_learns_on_its_rows():
    problem, told = two_classes()
    frame = regpath.scores_by_group(problem, told, GROUPS).frame.set_index("group")
    for name, rows in [("all rows", np.ones(N, bool)), *((g, g == GROUPS) for g in "abc")]:
        line = frame.loc[name]
        assert line["n_rows"] == rows.sum()
        assert line["auc"] == pytest.approx(metrics.roc_auc_score(HIT[rows], P[rows]))
        assert line["log_loss"] == pytest.approx(metrics.log_loss(HIT[rows], P[rows]))
        assert line["brier"] == pytest.approx(metrics.brier_score_loss(HIT[rows], P[rows]))
        assert line["observed"] == pytest.approx(HIT[rows].mean())
        assert line["predicted"] == pytest.approx(P[rows].mean())
        assert line["gap_low"] < line["gap"] < line["gap_high"]
    slope = regpath.calibration_slope(problem, told).iloc[0]
    assert frame.loc["all rows", "slope"] == pytest.approx(slope["slope"])


@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial", "poisson"])
def test_every_family_has_every_measure_with_an_interval_around_it(family):
    problem, told = of(family)
    frame = regpath.scores_by_group(problem, told, GROUPS).frame
    assert frame["group"].iloc[0] == "all rows"
    assert frame["n_rows"].iloc[1:].sum() == N
    for name in measures_of(family):
        assert frame[name].notna().all()
    inside = (frame["score_low"] < frame["score"]) & (frame["score"] < frame["score_high"])
    assert inside.all()
    means = np.average(frame["gap"].iloc[1:], weights=frame["n_rows"].iloc[1:])
    assert means == pytest.approx(frame["gap"].iloc[0])


def test_the_score_of_the_path_is_that_of_all_rows():
    problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    path = regpath.fit_path(problem, n_lambdas=5)
    lam = path.lambdas[3]
    told = path.predict(problem, lam)
    line = regpath.scores_by_group(problem, told, np.zeros(problem.n_obs)).frame.iloc[0]
    expected = regpath.score_path(path, problem).iloc[3]
    for name in measures_of("gaussian"):
        assert line[name] == pytest.approx(expected[name])


def test_doubled_weights_count_as_rows_twice():
    _, told = two_classes()
    twice = np.repeat(np.arange(N), 2)
    doubled = regpath.Problem.from_arrays(X[twice], HIT[twice])
    weighed = regpath.Problem.from_arrays(X, HIT, sample_weight=np.full(N, 2.0))
    one = regpath.scores_by_group(weighed, told, GROUPS).frame
    other = regpath.scores_by_group(doubled, told[twice], GROUPS[twice]).frame
    for name in ("observed", "predicted", "gap", "auc", "log_loss"):
        np.testing.assert_allclose(one[name], other[name])


def test_intervals_cover_what_they_say():
    """Of samples whose probabilities are right, 95 % have no clear gap, in each group."""
    rng = np.random.default_rng(9)
    p = rng.uniform(0.2, 0.8, size=N)
    clear = []
    for _ in range(150):
        hit = (rng.random(N) < p).astype(int)
        problem = regpath.Problem.from_arrays(X, hit)
        frame = regpath.scores_by_group(problem, np.column_stack([1 - p, p]), GROUPS).frame
        clear += ((frame["gap_low"] > 0) | (frame["gap_high"] < 0)).tolist()
    assert np.mean(clear) < 0.12


def test_small_groups_are_marked_and_what_is_undefined_is_missing():
    problem, told = two_classes()
    groups = np.where(np.arange(N) < 3, "few", "many").astype(object)
    groups[3] = "one"
    groups[4] = None
    frame = regpath.scores_by_group(problem, told, groups).frame.set_index("group")
    assert frame["is_small"].to_dict() == {
        "all rows": False,
        "few": True,
        "one": True,
        "many": False,
    }
    assert frame.loc["all rows", "n_rows"] == N - 1
    assert np.isnan(frame.loc["one", ["auc", "gap_low", "score_low", "slope"]].astype(float)).all()


def test_rows_of_one_person_are_drawn_together():
    table = pd.DataFrame({"x": X[:, 0], "who": np.arange(N) // 10, "y": X[:, 0] + X[:, 1]})
    problem = regpath.make_problem(
        regpath.Table.from_frame(table), "y", group="who", family="gaussian"
    )
    alone = regpath.make_problem(regpath.Table.from_frame(table[["x", "y"]]), "y")
    told = np.repeat(X[::10, 1], 10)  # errors that persons share
    together, single = (
        regpath.scores_by_group(each, told, np.zeros(N)).frame.iloc[0] for each in (problem, alone)
    )
    assert together["mse"] == single["mse"]
    assert together["score_high"] - together["score_low"] != (
        single["score_high"] - single["score_low"]
    )


def test_a_column_is_cut_into_levels_or_quarters():
    words = pd.Series(["x"] * 5 + ["y"] * 3 + list("abcdefgh") + [None])
    groups = regpath.grouped(words, most=4)
    names = groups.cat.categories.tolist()
    assert names == ["x", "y", names[2], "others", "missing"]
    assert groups.value_counts()["others"] == 7
    numbers = pd.Series([*np.repeat([0.0, 0.0, 1.0], 20), *np.arange(2.0, 22.0), np.nan])
    groups = regpath.grouped(numbers)
    sizes = groups.value_counts(sort=False).to_dict()
    assert sizes == {"0": 40, "1": 20, "2 to 21": 20, "missing": 1}
    assert regpath.grouped(pd.Series([1, 2, 2, 3])).cat.categories.tolist() == ["2", "1", "3"]
    same = regpath.grouped(pd.Series(1.0 + 1e-12 * np.arange(40)))
    assert len(set(same.cat.categories)) == 4


@pytest.mark.parametrize(
    ("told", "groups", "how", "error", "message"),
    [
        (P, GROUPS, {}, ParameterError, "must have shape"),
        (np.column_stack([1 - P, P]), GROUPS[:5], {}, ParameterError, "must have 120 values"),
        (np.full((N, 2), np.nan), GROUPS, {}, DataError, "No row has a prediction"),
        (np.column_stack([1 - P, P]), [None] * N, {}, DataError, "and a group"),
        (np.column_stack([1 - P, P]), GROUPS, {"measure": "mse"}, ParameterError, "mse"),
        (np.column_stack([1 - P, P]), GROUPS, {"label": "7"}, ParameterError, "'label'"),
    ],
)
def test_what_cannot_be_scored_says_why(told, groups, how, error, message):
    with pytest.raises(error, match=message):
        regpath.scores_by_group(two_classes()[0], told, groups, **how)
