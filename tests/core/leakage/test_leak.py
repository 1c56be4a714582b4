from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import regpath
from regpath.core.leakage import leak


def validated(problem, n_lambdas=12, min_ratio=0.01, **how):
    path = regpath.fit_path(problem, n_lambdas=n_lambdas, min_ratio=min_ratio)
    return path, regpath.cross_validate(problem, path, **how)


def test_selecting_outside_makes_noise_look_like_signal():
    """The best known leak: of many noise columns the luckiest are kept before validating."""
    rng = np.random.default_rng(0)
    problem = regpath.Problem.from_arrays(
        rng.normal(size=(50, 500)), rng.permutation(np.repeat([0, 1], 25))
    )
    path, cv = validated(problem, n_folds=5, measure="accuracy")
    gap = regpath.leak_gap(problem, path, cv, leak="selecting", n_selected=15)
    assert gap.leaked.max() > 0.75
    assert gap.honest.max() < 0.65
    at = gap.leaked.argmax()
    assert gap.gap[at] > 3.0 * gap.gap_se[at]
    assert "the leak makes it look better by" in gap.reason


@pytest.mark.parametrize("kind", ["gaussian", "multinomial"])
def test_selection_is_by_correlation_inside_and_outside(kind, make_small):
    problem = make_small(kind, n=60, p=8)
    path, cv = validated(problem, n_folds=3)
    gap = regpath.leak_gap(problem, path, cv, leak=["selecting"], n_selected=3)

    def chosen(rows):
        Y = problem.Y[rows]
        size = [max(abs(np.corrcoef(problem.X[rows, j], y)[0, 1]) for y in Y.T) for j in range(8)]
        return np.sort(np.argsort(size)[-3:])

    def score(fold, columns):
        X, names = problem.X[:, columns], tuple("abc")
        part = replace(problem, X=X, feature_names=names, groups=names)
        alone = regpath.fit_path(part.take(fold.train), lambdas=path.lambdas)
        name = "mse" if kind == "gaussian" else "log_loss"
        return regpath.score_path(alone, part.rows_of(part, fold.test))[name].to_numpy()

    honest = np.mean([score(fold, chosen(fold.train)) for fold in cv.folds], axis=0)
    leaked = np.mean([score(fold, chosen(np.arange(60))) for fold in cv.folds], axis=0)
    assert gap.honest == pytest.approx(honest, rel=1e-6)
    assert gap.leaked == pytest.approx(leaked, rel=1e-6)
    assert gap.gap == pytest.approx(honest - leaked, abs=1e-9)
    assert gap.n_selected == 3


def places(seed, gaps):
    """Rows of eight places. The column's level (or spread) tells places apart, as y does."""
    rng = np.random.default_rng(seed)
    place = np.repeat(np.arange(8), 15)
    level = rng.normal(size=8) * 4.0
    x = level[place] + 0.3 * rng.normal(size=120)
    y = level[place] + rng.normal(size=120)
    if gaps:
        x[rng.random(120) < 0.5] = np.nan
    else:
        # In one place the column is large; there it says nothing, elsewhere everything.
        x = np.where(place == 7, 40.0 * rng.normal(size=120), x)
    return pd.DataFrame({"x": x, "y": y}), place


def test_imputing_outside_shows_a_gap_and_only_where_there_are_gaps():
    frame, place = places(1, gaps=True)
    problem = regpath.make_problem(frame, "y")
    path, cv = validated(problem, folds=place)
    gap = regpath.leak_gap(problem, path, cv, leak="imputing")
    assert gap.honest == pytest.approx(cv.mean)
    assert np.abs(gap.gap).max() > 1e-3 * cv.mean.min()
    by_hand = frame["x"].fillna(frame["x"].median()).to_numpy()[:, None]
    filled = regpath.Problem.from_arrays(by_hand, frame["y"], feature_names=["x"])
    again = regpath.fit_path(filled, lambdas=path.lambdas)
    leaky = regpath.cross_validate(filled, again, folds=place)
    assert gap.leaked == pytest.approx(leaky.mean, rel=1e-6)
    whole = frame.dropna()
    problem = regpath.make_problem(whole, "y")
    path, cv = validated(problem, n_folds=5)
    none = regpath.leak_gap(problem, path, cv, leak="imputing")
    assert none.gap == pytest.approx(np.zeros(12), abs=1e-6)
    assert "there was nothing to leak" in none.reason


def test_scaling_outside_shows_a_gap_and_only_where_something_is_scaled():
    frame, place = places(2, gaps=False)
    problem = regpath.make_problem(frame, "y")
    path, cv = validated(problem, folds=place)
    gap = regpath.leak_gap(problem, path, cv, leak="scaling")
    assert np.abs(gap.gap).max() > 0.01 * cv.mean.min()
    X = frame[["x"]].to_numpy() / frame["x"].std(ddof=0)
    for k in (0, 7):
        train, test = place != k, place == k
        part = regpath.Problem.from_arrays(X[train], frame["y"][train])
        alone = regpath.fit_path(part, lambdas=path.lambdas, standardize=False)
        error = np.square(frame["y"].to_numpy()[test, None] - alone.predict(X[test])).mean(axis=0)
        one, ways = replace(cv, folds=cv.folds[k : k + 1]), leak._Ways(True, False, False, None)
        leaky = leak._scores(problem, path, one, ways, None, None)
        assert leaky[0] == pytest.approx(error, rel=1e-6)
    raw = regpath.fit_path(problem, standardize=False, n_lambdas=5)
    cv = regpath.cross_validate(problem, raw, folds=place)
    assert regpath.leak_gap(problem, raw, cv, leak="scaling").gap == pytest.approx(0.0, abs=1e-6)


def test_all_leaks_together_in_any_kind_of_data(family, make_small):
    problem = make_small(family, weights=True)
    path, cv = validated(problem, n_folds=3, n_repeats=2)
    heard = []
    gap = regpath.leak_gap(problem, path, cv, n_selected=2, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    frame = gap.to_frame()
    assert list(frame.columns) == ["lambda", "honest", "leaked", "gap", "gap_se"]
    assert np.isfinite(frame.to_numpy()).all()
    thin = replace(problem, X=sparse.csr_array(problem.X))
    again = regpath.leak_gap(thin, path, cv, n_selected=2)
    assert again.leaked == pytest.approx(gap.leaked, rel=1e-5)
    everything = regpath.leak_gap(problem, path, cv, leak="selecting")
    assert everything.n_selected == 5
    assert everything.gap == pytest.approx(np.zeros(12), abs=1e-6)


def test_steps_must_exist(make_small):
    problem = make_small("gaussian")
    path, cv = validated(problem, n_folds=3)
    with pytest.raises(regpath.ParameterError, match="'leak' parameter of leak_gap"):
        regpath.leak_gap(problem, path, cv, leak=["encoding"])
    with pytest.raises(regpath.ParameterError, match="at least one step"):
        regpath.leak_gap(problem, path, cv, leak=[])
    with pytest.raises(regpath.ParameterError, match=r"leak_gap takes a CVResult\. Got NoneType"):
        regpath.leak_gap(problem, path, None)
    _, other = validated(problem.take(np.arange(40)), n_folds=3)
    with pytest.raises(regpath.DataError, match="validates another path"):
        regpath.leak_gap(problem, path, other)


def test_features_without_a_penalty_are_always_selected(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=5, penalty_factor=[1.0, 1.0, 1.0, 0.0, 0.0])
    cv = regpath.cross_validate(problem, path, n_folds=3)
    gap = regpath.leak_gap(problem, path, cv, leak="selecting", n_selected=1)
    y, X, scores = problem.y, problem.X, []
    for train, test in cv.folds:
        r = [abs(np.corrcoef(X[train, j], y[train])[0, 1]) for j in range(3)]
        kept = [int(np.argmax(r)), 3, 4]
        some = regpath.Problem.from_arrays(X[train][:, kept], y[train])
        fit = regpath.fit_path(some, lambdas=path.lambdas, penalty_factor=[1.0, 0.0, 0.0])
        scores.append(np.square(y[test, None] - fit.predict(X[test][:, kept])).mean(axis=0))
    assert gap.honest == pytest.approx(np.average(scores, axis=0, weights=cv.fold_weights))
    assert gap.n_selected == 1
