import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

import regpath
from regpath.core.metrics.class_weights import intercept_shift, weigh_classes


def rare(n=400, seed=0, coef=1.2, intercept=-2.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 2))
    odds = intercept + X[:, 0] * coef
    y = np.where(rng.random(n) < 1 / (1 + np.exp(-odds)), "ill", "well")
    return regpath.Problem.from_arrays(X, y == "ill")


def test_balanced_is_that_of_scikit_learn_and_weights_sum_to_the_rows(make_small):
    problem = make_small("multinomial").take(np.arange(50))
    weighted = weigh_classes(problem, "balanced")
    factors = compute_class_weight("balanced", classes=np.arange(3), y=problem.y)
    assert weighted.sample_weight == pytest.approx(factors[problem.y])
    assert weighted.sample_weight.sum() == pytest.approx(50)
    mass = np.bincount(problem.y, weights=weighted.sample_weight)
    assert mass == pytest.approx([50 / 3] * 3)
    assert weigh_classes(problem, None) is problem


def test_lambda_keeps_its_meaning(make_small):
    """Weights ten times as large are the same weights, and a weight is a repeated row."""
    problem = make_small("binomial")
    paths = [
        regpath.fit_path(weigh_classes(problem, {0: a, 1: 3 * a}), n_lambdas=8, min_ratio=0.01)
        for a in (1.0, 10.0)
    ]
    assert paths[0].coef_path == pytest.approx(paths[1].coef_path, abs=1e-8)
    repeated = problem.take(np.repeat(np.arange(60), np.where(problem.y == 1, 3, 1)))
    again = regpath.fit_path(repeated, lambdas=paths[0].lambdas)
    assert again.coef_path == pytest.approx(paths[0].coef_path, abs=1e-6)


def test_the_null_model_is_back_at_the_base_rate(make_small):
    for kind in ("binomial", "multinomial"):
        problem = make_small(kind, weights=True)
        weight = {label: 1.0 + k for k, label in enumerate(problem.classes)}
        plain = regpath.fit_path(problem, n_lambdas=3)
        path = regpath.fit_path(weigh_classes(problem, weight), n_lambdas=3)
        frame = intercept_shift(path, problem, weight, path.lambdas[0])
        expected = np.atleast_1d(plain.intercept_path[..., 0])
        ours = frame["intercept_at_base_rate"].to_numpy()[-len(expected) :]
        assert ours == pytest.approx(expected, abs=1e-9)
        mass = np.bincount(problem.y, weights=problem.weights)
        assert frame["share"].to_numpy() == pytest.approx(mass)
        assert frame["weighted_share"].to_numpy() == pytest.approx(
            mass * frame["factor"] / (mass @ frame["factor"])
        )


def test_slopes_stay_and_the_intercept_comes_back_where_the_model_is_true():
    problem = rare(60_000)
    weighted = weigh_classes(problem, "balanced")
    small = [1e-6]
    plain = regpath.fit_path(problem, lambdas=small)
    path = regpath.fit_path(weighted, lambdas=small)
    frame = intercept_shift(path, problem, "balanced", 1e-6)
    assert path.coef_path[0, 0] == pytest.approx(plain.coef_path[0, 0], abs=0.05)
    assert frame["intercept"][1] - plain.intercept_path[0] > 1.0
    assert frame["intercept_at_base_rate"][1] == pytest.approx(plain.intercept_path[0], abs=0.05)
    assert frame["shift"][1] == pytest.approx(np.log(frame["factor"][1] / frame["factor"][0]))


def test_folds_learn_balanced_weights_and_are_scored_without_them():
    problem = rare(150)
    weighted = weigh_classes(problem, "balanced")
    path = regpath.fit_path(weighted, n_lambdas=6)
    cv = regpath.cross_validate(problem, path, n_folds=3, class_weight="balanced")
    for fold, fold_path, score in zip(cv.folds, cv.fold_paths, cv.fold_scores, strict=True):
        train = weigh_classes(problem.take(fold.train), "balanced")
        alone = regpath.fit_path(train, lambdas=path.lambdas)
        assert fold_path.coef_path == pytest.approx(alone.coef_path, abs=1e-8)
        proba = alone.predict_proba(problem.X[fold.test])[np.arange(50), problem.y[fold.test]]
        assert score == pytest.approx(-np.log(proba).mean(axis=0), rel=1e-6)
    factors = {False: 0.6, True: 3.0}
    path = regpath.fit_path(weigh_classes(problem, factors), n_lambdas=6)
    named = regpath.cross_validate(problem, path, n_folds=3, class_weight=factors)
    train = weigh_classes(problem, factors).take(named.folds[1].train)
    alone = regpath.fit_path(train, lambdas=path.lambdas)
    assert named.fold_paths[1].coef_path == pytest.approx(alone.coef_path, abs=1e-6)


def test_a_path_with_other_class_weights_is_refused(make_small):
    problem = rare(100)
    path = regpath.fit_path(weigh_classes(problem, "balanced"), n_lambdas=3)
    for weight in (None, {True: 2.0}):
        with pytest.raises(regpath.DataError, match="or with other weights"):
            regpath.cross_validate(problem, path, n_folds=3, class_weight=weight)
    regpath.cross_validate(problem, path, n_folds=3, class_weight="balanced")
    far = regpath.Problem.from_arrays(problem.X + 1e6, problem.y)
    regpath.cross_validate(far, regpath.fit_path(far, n_lambdas=3), n_folds=3)


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ("even", "must be 'balanced', a dict"),
        ({"ill": 1.0}, "names 'ill', which is no class"),
        ({True: -1.0}, "must be a positive number. Got -1.0"),
        ({"True": "x"}, "must be a positive number. Got 'x'"),
        (3.0, "Got 3.0 instead"),
    ],
)
def test_what_is_no_weight_is_refused(weight, message):
    with pytest.raises(regpath.ParameterError, match=message):
        weigh_classes(rare(40), weight)


def test_amounts_have_no_class_weights(make_small):
    with pytest.raises(regpath.ParameterError, match="holds amounts"):
        weigh_classes(make_small("gaussian"), "balanced")


@pytest.mark.parametrize(
    "ask",
    [
        lambda problem, path: regpath.information_criteria(path, problem),
        regpath.relax_path,
        regpath.assess_stability,
        regpath.path_uniqueness,
    ],
)
def test_what_rests_on_the_weights_of_a_fit_refuses_others(ask):
    problem = rare(100)
    weighted = weigh_classes(problem, "balanced")
    path = regpath.fit_path(weighted, n_lambdas=3)
    with pytest.raises(regpath.DataError, match="or with other weights"):
        ask(problem, path)
    ask(weighted, path)


def test_large_numbers_of_rows_round_and_are_the_same_weights():
    n = 400_000
    X = np.column_stack([np.arange(n) % 7, 1e6 + 1e-4 * (np.arange(n) % 5), np.full(n, 1.0 / 3.0)])
    problem = regpath.Problem.from_arrays(X, X[:, 0] + np.arange(n) % 3)
    path = regpath.fit_path(problem, n_lambdas=2)
    assert regpath.cross_validate(problem, path, n_folds=2).path is path
