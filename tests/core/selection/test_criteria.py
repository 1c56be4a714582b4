from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import mean_poisson_deviance

import regpath
from regpath.core.selection.criteria import information_criteria

R = pd.read_csv(Path(__file__).parents[2] / "reference" / "criteria.csv")


@pytest.mark.parametrize("case", R["case"].unique())
def test_unpenalized_fits_have_the_criteria_of_r(case):
    """At a vanishing penalty these are lm and glm, whose AIC and BIC R computes."""
    golden = R[R["case"] == case].iloc[0]
    frame = regpath.datasets.load(golden["table"]).frame
    y = frame[golden["target"]]
    X = frame.drop(columns=golden["target"]).select_dtypes("number").iloc[:, : golden["p"]]
    weights = 1 + np.arange(len(y)) % 3 if golden["weighted"] else None
    if weights is not None:
        X, y = X.loc[X.index.repeat(weights)], y.repeat(weights)
    problem = regpath.Problem.from_arrays(X, y)
    path = regpath.fit_path(problem, lambdas=[1e-9 * regpath.lambda_max(problem)])
    ours = information_criteria(path, problem).iloc[0]
    n = problem.n_obs
    constant = n * (1.0 + np.log(2.0 * np.pi)) if path.family == "gaussian" else 0.0
    assert ours["n_parameters"] == golden["k"]
    assert ours["aic"] + constant == pytest.approx(golden["aic"], rel=1e-7)
    assert ours["bic"] + constant == pytest.approx(golden["bic"], rel=1e-7)


def test_the_formulas(family, make_small):
    problem = make_small(family, weights=True)
    path = regpath.fit_path(problem, n_lambdas=7)
    frame = information_criteria(path, problem, gamma=0.7)
    n, w = 60, problem.sample_weight
    for i, lam in enumerate(path.lambdas):
        alive = path.coef_path[..., i] != 0.0
        if family == "gaussian":
            rss = w @ np.square(problem.y - path.predict(problem.X, lam))
            deviance, k = n * np.log(rss / n), alive.sum() + 2
        elif family == "poisson":
            guess = path.predict(problem.X, lam)
            deviance = 60 * mean_poisson_deviance(problem.y, guess, sample_weight=w)
            k = alive.sum() + 1
        else:
            proba = path.predict_proba(problem.X, lam)
            deviance = -2.0 * w @ np.log(proba[np.arange(60), problem.y])
            k = alive.sum() + len(path.classes) - 1
        kept = alive.sum() if alive.ndim == 1 else alive.any(axis=0).sum()
        bic = deviance + k * np.log(n)
        expected = [k, deviance, deviance + 2 * k, deviance + 2 * k * n / (n - k - 1), bic]
        expected += [bic + 2 * 0.7 * np.log(comb(5, kept))]
        names = ["n_parameters", "deviance", "aic", "aicc", "bic", "ebic"]
        assert frame.loc[i, names].to_numpy() == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("rule", ["aic", "aicc", "bic", "ebic"])
def test_the_rule_takes_the_smallest(rule, family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=30)
    choice = regpath.select_lambda(path, rule=rule, problem=problem)
    values = information_criteria(path, problem)[rule]
    assert choice.index == values.idxmin()
    assert f"{values.min():.5g} = -2 log-likelihood + " in choice.reason
    assert f"n = {problem.n_obs}" in choice.reason
    cv = regpath.cross_validate(problem, path, n_folds=3)
    costly = regpath.select_lambda(cv, rule=rule, problem=problem)
    assert costly.index == choice.index
    assert costly.score_lost >= 0.0


def test_a_saturated_fit_has_no_criterion():
    rng = np.random.default_rng(0)
    problem = regpath.Problem.from_arrays(rng.normal(size=(12, 40)), rng.normal(size=12))
    path = regpath.fit_path(problem, n_lambdas=30, min_ratio=1e-3)
    frame = information_criteria(path, problem)
    full = frame["n_parameters"] >= 11
    assert full.any()
    for name in ("aic", "aicc", "bic", "ebic"):
        assert frame[name].isna().tolist() == full.tolist()
    assert not full[regpath.select_lambda(path, rule="aic", problem=problem).index]
    only = regpath.fit_path(problem, lambdas=path.lambdas[-1:])
    with pytest.raises(regpath.DataError, match="as many parameters as there are rows"):
        regpath.select_lambda(only, rule="aicc", problem=problem)


def test_ebic_takes_no_more_than_bic_takes_no_more_than_aic(make_small):
    for seed in range(5):
        problem = make_small("gaussian", seed=seed)
        path = regpath.fit_path(problem, n_lambdas=50)
        lams = [
            regpath.select_lambda(path, rule=rule, problem=problem).lam
            for rule in ("bic", "aicc", "aic")
        ]
        assert lams == sorted(lams, reverse=True)


def test_other_rows_are_refused(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=3)
    with pytest.raises(regpath.DataError, match="fit on 60 rows, and the problem has 50"):
        information_criteria(path, problem.take(np.arange(50)))
    with pytest.raises(regpath.ParameterError, match="'gamma'"):
        information_criteria(path, problem, gamma=2.0)


def test_separated_classes_are_remarked():
    X = np.r_[np.linspace(-2, -1, 20), np.linspace(1, 2, 20)][:, None]
    problem = regpath.Problem.from_arrays(X, np.repeat([0, 1], 20))
    path = regpath.fit_path(problem, n_lambdas=40)
    choice = regpath.select_lambda(path, rule="bic", problem=problem)
    assert choice.at_edge == "weak"
    assert "a criterion of likelihood says little" in choice.reason


def test_rows_without_weight_might_as_well_not_be_there(family, make_small):
    problem = make_small(family)
    kept = np.arange(60) % 3 > 0
    some = problem.take(np.flatnonzero(kept))
    weighted = regpath.Problem.from_arrays(
        problem.X, problem.y, family=family, sample_weight=kept.astype(float)
    )
    path = regpath.fit_path(some, n_lambdas=6)
    same = regpath.fit_path(weighted, lambdas=path.lambdas)
    for column, values in information_criteria(path, some).items():
        assert information_criteria(same, weighted)[column].to_numpy() == pytest.approx(
            values.to_numpy(), abs=1e-5
        )
    assert "n = 40, and keeps" in regpath.select_lambda(same, rule="bic", problem=weighted).reason


def test_features_without_a_penalty_are_no_choice(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=5, penalty_factor=[0.0, 0.0, 1.0, 1.0, 1.0])
    frame = information_criteria(path, problem, gamma=1.0)
    alive = path.coef_path[..., 2:, :] != 0.0
    kept = np.count_nonzero(alive.any(axis=0) if alive.ndim == 3 else alive, axis=0)
    assert kept[0] == 0
    expected = [2.0 * np.log(comb(3, k)) for k in kept]
    assert (frame["ebic"] - frame["bic"]).to_numpy() == pytest.approx(expected, abs=1e-9)
