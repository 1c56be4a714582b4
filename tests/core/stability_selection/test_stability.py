"""Stability selection against a plain loop, and on data whose answer is known."""

import numpy as np
import pytest

import regpath
from regpath.core.stability_selection.complementary_pairs import deal_halves


def small(family="gaussian", seed=0, n=60, p=5):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * [1.0, 10.0, 1.0, 0.1, 1.0] + 3.0
    signal = (X - X.mean(axis=0)) / X.std(axis=0) @ [1.0, 0.6, 0.0, 0.0, 0.3] + rng.normal(size=n)
    y = signal if family == "gaussian" else (signal > 0).astype(int)
    problem = regpath.Problem.from_arrays(X, y, family=family)
    return problem, regpath.fit_path(problem, n_lambdas=12, min_ratio=0.02)


def by_hand(problem, path, n_pairs, seed):
    """Every half with scikit-learn, one strength after the other."""
    from sklearn.linear_model import Lasso, LogisticRegression

    selected = []
    for half in [half for pair in deal_halves(problem, n_pairs, seed) for half in pair]:
        X, y = problem.X[half], problem.y[half]
        Z = (X - X.mean(axis=0)) / X.std(axis=0)
        alive = []
        for lam in path.lambdas:
            if problem.family == "gaussian":
                model = Lasso(alpha=lam, tol=1e-12, max_iter=100_000)
            else:
                C = 1.0 / (len(y) * lam)
                model = LogisticRegression(
                    C=C, l1_ratio=1.0, solver="saga", tol=1e-10, max_iter=20_000, random_state=0
                )
            alive.append(np.ravel(model.fit(Z, y).coef_) != 0.0)
        selected.append(np.transpose(alive))
    return np.array(selected)


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
def test_selections_equal_those_of_a_plain_loop(family):
    problem, path = small(family)
    found = regpath.assess_stability(problem, path, n_pairs=3, seed=4)
    want = by_hand(problem, path, 3, 4)
    np.testing.assert_array_equal(found.selected, want)
    np.testing.assert_array_equal(found.frequency, want.mean(axis=0))
    assert found.n_certified == want.shape[0] * want.shape[2]
    ever = np.array([[want[:, j, : i + 1].any(axis=1).mean() for i in range(12)] for j in range(5)])
    np.testing.assert_allclose(found.frequency_so_far, ever)
    with pytest.warns(DeprecationWarning, match="Stability.frequency_so_far"):
        np.testing.assert_array_equal(found.ever, found.frequency_so_far)
    np.testing.assert_allclose(found.q, ever.sum(axis=0))
    np.testing.assert_allclose(found.n_selected, want.sum(axis=1).mean(axis=0))


def test_frames_hold_the_numbers():
    problem, path = small()
    found = regpath.assess_stability(problem, path, n_pairs=3)
    frame = found.to_frame()
    np.testing.assert_array_equal(frame.iloc[:, 4:].to_numpy().T, found.frequency)
    assert list(frame.columns[:5]) == ["lambda", "C", "n_selected", "q", "frequency[x0]"]
    table = found.features_frame().set_index("feature")
    assert table.loc["x0", "largest"] == found.frequency[0].max()
    start = table.loc["x0", "stable_from"]
    assert found.frequency_so_far[0, path.index_of(start)] >= 0.75
    assert "certified 72 of 72 points" in repr(found)
    bounds = found.bounds_frame(0.8)
    np.testing.assert_array_equal(bounds["n_stable"], (found.frequency_so_far >= 0.8).sum(axis=0))
    np.testing.assert_allclose(bounds["expected_false_any"], found.q**2 / 5 / (2 * 0.8 - 1))


def test_features_of_a_column_count_together():
    problem = regpath.make_problem(regpath.datasets.load("penguins"), "species")
    path = regpath.fit_path(problem, n_lambdas=8, min_ratio=0.1)
    found = regpath.assess_stability(problem, path, n_pairs=2)
    island = found.columns.index("island")
    levels = [j for j, group in enumerate(path.groups) if group == "island"]
    want = found.selected[:, levels].any(axis=1).mean(axis=0)
    np.testing.assert_array_equal(found.column_frequency[island], want)
    np.testing.assert_array_equal(found.columns_frame()["frequency[island]"], want)


def test_planted_twins_replace_each_other():
    problem = regpath.make_problem(regpath.datasets.load("twins"), "response")
    path = regpath.fit_path(problem, n_lambdas=40)
    found = regpath.assess_stability(problem, path)
    first = found.swaps().iloc[0]
    assert {first["a"], first["b"]} == {"twin_a", "twin_b"}
    assert first["phi"] < -0.5
    at = found.swaps(first["lambda"]).iloc[0]
    assert {at["a"], at["b"]} == {"twin_a", "twin_b"}
    net = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=40)
    both = regpath.assess_stability(problem, net)
    rows = both.swaps()
    pair = rows[(rows["a"] == "twin_a") & (rows["b"] == "twin_b")]
    assert not (pair["phi"] < -0.5).any()


def test_stable_set_keeps_its_promise_on_planted_data():
    rng = np.random.default_rng(2)
    false, found_real = [], []
    for _ in range(8):
        X = rng.normal(size=(100, 40))
        y = X[:, :3] @ [1.5, 1.5, 1.5] + rng.normal(size=100)
        problem = regpath.Problem.from_arrays(X, y)
        path = regpath.fit_path(problem, n_lambdas=25, min_ratio=0.05)
        stability = regpath.assess_stability(problem, path, n_pairs=15)
        chosen = stability.stable_set(max_false=1.0)
        assert chosen.expected_false <= 1.0
        assert (stability.expected_false()[: chosen.index + 1] <= 1.0).all()
        false.append(len(set(chosen.features) - {"x0", "x1", "x2"}))
        found_real.append({"x0", "x1", "x2"} <= set(chosen.features))
    assert np.mean(false) <= 1.0
    assert all(found_real)


def test_order_of_columns_and_units_do_not_matter():
    problem, path = small()
    order, scale = np.array([4, 2, 0, 1, 3]), np.array([1e3, 1.0, 1e-3, 7.0, 1.0])
    other = regpath.Problem.from_arrays((problem.X * scale)[:, order], problem.y)
    plain = regpath.assess_stability(problem, path, n_pairs=3)
    moved = regpath.assess_stability(
        other, regpath.fit_path(other, lambdas=path.lambdas), n_pairs=3
    )
    np.testing.assert_array_equal(moved.selected, plain.selected[:, order])


def test_same_seed_same_result_and_progress_is_told():
    problem, path = small()
    told = []
    one = regpath.assess_stability(problem, path, n_pairs=6, progress=told.append)
    two = regpath.assess_stability(problem, path, n_pairs=6)
    np.testing.assert_array_equal(one.selected, two.selected)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert (np.diff(told) > 0.0).all()


def test_cost_grows_with_halves_and_strengths():
    problem, path = small()
    few, many = (regpath.stability_seconds(problem, path, n_pairs) for n_pairs in (5, 50))
    long = regpath.fit_path(problem, n_lambdas=100)
    assert 0.0 < few < many
    assert many <= regpath.stability_seconds(problem, long, 50)


def test_can_be_cancelled():
    from regpath.core.progress import Cancelled

    def stop(share):
        if share > 0.0:
            raise Cancelled

    problem, path = small()
    with pytest.raises(Cancelled):
        regpath.assess_stability(problem, path, progress=stop)


def test_gaps_are_filled_from_each_half():
    import pandas as pd

    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.normal(size=(60, 3)), columns=list("abc"))
    frame["y"] = frame["a"] + rng.normal(size=60)
    frame.loc[::4, "a"] = np.nan
    problem = regpath.make_problem(frame, "y")
    path = regpath.fit_path(problem, n_lambdas=6, min_ratio=0.1)
    found = regpath.assess_stability(problem, path, n_pairs=2)
    (first, _), _ = deal_halves(problem, 2, 0)
    half = regpath.fit_path(problem.take(first, keep_features=True), lambdas=path.lambdas)
    np.testing.assert_array_equal(found.selected[0], half.coef_path != 0.0)


def test_bad_wishes_are_refused():
    problem, path = small()
    with pytest.raises(regpath.ParameterError, match="Ridge keeps every feature"):
        regpath.assess_stability(problem, regpath.fit_path(problem, l1_ratio=0.0))
    with pytest.raises(regpath.ParameterError, match="whole number of at least 2"):
        regpath.assess_stability(problem, path, n_pairs=1)
    with pytest.raises(regpath.DataError, match="The path was fit on 60 rows"):
        regpath.assess_stability(problem.take(np.arange(40)), path)
    found = regpath.assess_stability(problem, path, n_pairs=2)
    with pytest.raises(regpath.ParameterError, match=r"above 0\.5 and at most 1"):
        found.stable_set(0.5)
    for most in (0.0, np.nan, "1"):
        with pytest.raises(regpath.ParameterError, match="'max_false' parameter"):
            found.stable_set(max_false=most)


def test_features_that_are_always_in_are_not_counted():
    problem, _ = small()
    path = regpath.fit_path(problem, n_lambdas=6, min_ratio=0.1, penalty_factor={"x3": 0.0})
    found = regpath.assess_stability(problem, path, n_pairs=4)
    assert (found.frequency[3] == 1.0).all()
    assert found.q[0] <= 1.0
    assert "x3" not in found.stable_set().features


def test_a_grid_that_begins_too_weak_promises_nothing():
    problem, path = small()
    late = regpath.fit_path(problem, lambdas=path.lambdas[-2:])
    chosen = regpath.assess_stability(problem, late, n_pairs=4).stable_set()
    assert chosen.features == ()
    assert "Begin the grid at a stronger penalty" in chosen.reason
