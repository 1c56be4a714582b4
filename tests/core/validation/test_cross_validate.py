from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Lasso, LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold, TimeSeriesSplit

import regpath
from regpath.core.validation.folds import make_folds

GLMNET = pd.read_csv(Path(__file__).parents[2] / "reference" / "cv_glmnet.csv")
OURS = {"mse": "mse", "mae": "mae", "deviance": "log_loss", "auc": "auc", "class": "accuracy"}
# glmnet's deviance is twice the log-loss; its "class" is the share of errors.
FROM_OURS = {"deviance": (0.0, 2.0), "class": (1.0, -1.0)}


def problem_of_reference(table, x, weights):
    """The rows of tests/reference/cv_glmnet.R."""
    frame = regpath.datasets.load({"thirds": "diabetes"}.get(table, table)).frame
    target = {"election_1996": "vote"}.get(table, "progression")
    y = frame[target]
    if table == "thirds":
        y = np.digitize(y, [100.5, 180.5])
    features = frame.drop(columns=target).select_dtypes("number")
    return regpath.Problem.from_arrays(features, y, sample_weight=weights)


@pytest.mark.parametrize("case", GLMNET["case"].unique())
def test_curves_and_choices_are_those_of_cv_glmnet(case):
    golden = GLMNET[GLMNET["case"] == case].reset_index(drop=True)
    table, measure, l1_ratio = golden.loc[0, ["table", "measure", "alpha"]]
    rows = np.arange({"election_1996": 944}.get(table, 442))
    problem = problem_of_reference(table, rows, 1 + rows % 3 if "weighted" in case else None)
    path = regpath.fit_path(problem, lambdas=golden["lambda"], l1_ratio=l1_ratio)
    cv = regpath.cross_validate(problem, path, folds=rows % 5, measure=OURS[measure])
    shift, scale = FROM_OURS.get(measure, (0.0, 1.0))
    mean, se = golden["mean"].to_numpy(), golden["se"].to_numpy()
    assert shift + scale * cv.mean == pytest.approx(mean, rel=1e-6)
    assert abs(scale) * cv.se == pytest.approx(se, rel=1e-5)
    assert cv.index_min == golden["is_min"].argmax()
    assert cv.index_1se == golden["is_1se"].argmax()


def gappy(n=120, seed=0):
    """A table with gaps, words and features of very different spread."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "a": rng.exponential(5.0, n),
            "b": 1e4 * rng.normal(size=n),
            "city": rng.choice(["Bern", "Oslo", "Rome"], n, p=[0.2, 0.3, 0.5]),
        }
    )
    frame["y"] = frame["a"] + 1e-4 * frame["b"] + 2.0 * (frame["city"] == "Oslo")
    frame["y"] += rng.normal(size=n)
    frame.loc[rng.random(n) < 0.3, "a"] = np.nan
    frame.loc[rng.random(n) < 0.2, "city"] = None
    return frame


def test_nothing_is_learned_from_the_rows_held_out():
    frame = gappy()
    problem = regpath.make_problem(frame, "y")
    path = regpath.fit_path(problem, n_lambdas=8, min_ratio=0.01)
    cv = regpath.cross_validate(problem, path, folds=np.arange(120) % 4)
    for k in range(4):
        train, test = frame[np.arange(120) % 4 != k], frame[np.arange(120) % 4 == k]
        X, X_test = (
            np.column_stack(
                [part["a"].fillna(train["a"].median()), part["b"]]
                + [
                    part["city"].fillna(train["city"].mode()[0]) == level
                    for level in ("Bern", "Oslo", "Rome")
                ]
            ).astype(float)
            for part in (train, test)
        )
        mean, spread = X.mean(axis=0), X.std(axis=0)
        for i, lam in enumerate(path.lambdas):
            model = Lasso(alpha=lam, tol=1e-12, max_iter=10**6).fit((X - mean) / spread, train["y"])
            error = np.square(test["y"] - model.predict((X_test - mean) / spread)).mean()
            assert cv.fold_scores[k, i] == pytest.approx(error, rel=1e-6)
    # Whatever is held out, the fold's path does not feel it.
    spoiled = frame.copy()
    spoiled.loc[::4, ["a", "b"]] = 1e6
    spoiled.loc[::4, "city"] = "Rome"
    other = regpath.make_problem(spoiled, "y")
    again = regpath.cross_validate(
        other, regpath.fit_path(other, lambdas=path.lambdas), folds=np.arange(120) % 4
    )
    assert again.fold_paths[0].coef_path.tolist() == cv.fold_paths[0].coef_path.tolist()
    assert again.fold_paths[1].coef_path.tolist() != cv.fold_paths[1].coef_path.tolist()


@pytest.mark.parametrize("kind", ["binomial", "multinomial"])
def test_scores_are_those_of_scikit_learn_at_the_same_lambda(kind, make_small):
    problem = make_small(kind, n=90)
    path = regpath.fit_path(problem, l1_ratio=0.0, lambdas=[1.0, 0.1, 0.01])
    cv = regpath.cross_validate(problem, path, n_folds=5, seed=2)
    dealt = make_folds(problem, n_folds=5, seed=2)
    for k in range(5):
        X, y = problem.X[dealt != k], problem.y[dealt != k]
        mean, spread = X.mean(axis=0), X.std(axis=0)
        for i, lam in enumerate(path.lambdas):
            model = LogisticRegression(C=1.0 / (len(y) * lam), tol=1e-10, max_iter=10**4)
            model.fit((X - mean) / spread, y)
            proba = model.predict_proba((problem.X[dealt == k] - mean) / spread)
            expected = log_loss(problem.y[dealt == k], proba)
            assert cv.fold_scores[k, i] == pytest.approx(expected, abs=1e-6)


def test_mean_and_error_weigh_the_folds(make_small):
    problem = make_small("gaussian", weights=True)
    labels = np.repeat([0, 1, 2], [10, 20, 30])
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=7), folds=labels)
    size = [problem.sample_weight[labels == k].sum() for k in range(3)]
    assert cv.fold_weights == pytest.approx(size)
    mean = np.average(cv.fold_scores, axis=0, weights=size)
    variance = np.average(np.square(cv.fold_scores - mean), axis=0, weights=size)
    assert cv.mean == pytest.approx(mean)
    assert cv.se == pytest.approx(np.sqrt(variance / 2.0))


def test_weights_are_repeated_rows(family, make_small):
    problem = make_small(family)
    counts = 1 + np.arange(60) % 3
    labels = (np.arange(60) // 3) % 4
    weighted = replace(problem, sample_weight=counts * (60 / counts.sum()))
    repeated = problem.take(np.repeat(np.arange(60), counts))
    results = [
        regpath.cross_validate(p, regpath.fit_path(p, n_lambdas=10, min_ratio=0.01), folds=rows)
        for p, rows in ((weighted, labels), (repeated, np.repeat(labels, counts)))
    ]
    one, two = results
    assert one.lambdas == pytest.approx(two.lambdas, rel=1e-12)
    assert one.fold_scores == pytest.approx(two.fold_scores, rel=1e-5)
    assert one.mean == pytest.approx(two.mean, rel=1e-5)
    assert one.se == pytest.approx(two.se, rel=1e-4)


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        *[("gaussian", name) for name in ("mse", "rmse", "mae", "r2")],
        *[("binomial", name) for name in ("log_loss", "accuracy", "auc", "brier")],
        *[("multinomial", name) for name in ("log_loss", "accuracy", "auc", "brier")],
    ],
)
def test_choices_obey_their_definitions(kind, measure, make_small):
    problem = make_small(kind, n=90, seed=1)
    path = regpath.fit_path(problem, n_lambdas=20, min_ratio=0.005)
    cv = regpath.cross_validate(problem, path, n_folds=6, measure=measure)
    loss = -cv.mean if cv.larger_is_better else cv.mean
    assert cv.larger_is_better == (measure in ("accuracy", "auc", "r2"))
    assert loss[cv.index_min] == pytest.approx(loss.min(), rel=1e-12)
    assert (loss[: cv.index_min] > loss.min()).all()
    limit = loss[cv.index_min] + cv.se[cv.index_min]
    assert loss[cv.index_1se] <= limit
    assert (loss[: cv.index_1se] > limit).all()
    assert cv.lambda_1se >= cv.lambda_min
    assert (cv.lambdas == path.lambdas).all()


def test_ties_but_for_rounding_go_to_the_larger_lambda():
    from regpath.core.validation.one_standard_error import best_and_one_se

    third = np.array([0.1, 0.2, 0.3])
    swapped = np.array([third.sum(), third[::-1].sum(), 0.7])
    assert swapped[0] != swapped[1]
    for mean in (swapped, swapped[[1, 0, 2]]):
        assert best_and_one_se(mean, np.zeros(3), larger_is_better=False) == (0, 0)
        assert best_and_one_se(-mean, np.zeros(3), larger_is_better=True) == (0, 0)
    assert best_and_one_se(np.array([3.0, 2.0, 1.0]), np.array([0.0, 0.0, 1.0]), False) == (2, 1)
    assert best_and_one_se(np.array([0.5, 0.0, 0.0]), np.zeros(3), False) == (1, 1)


def test_noise_alone_chooses_nearly_nothing():
    kept = []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        problem = regpath.Problem.from_arrays(rng.normal(size=(30, 200)), rng.normal(size=30))
        path = regpath.fit_path(problem, n_lambdas=10, min_ratio=0.3)
        cv = regpath.cross_validate(problem, path, n_folds=5, seed=seed)
        kept.append(regpath.select_lambda(cv).n_kept)
    assert sum(count == 0 for count in kept) >= 85
    assert sum(count <= 2 for count in kept) >= 90


def test_a_fold_without_a_score_is_left_out_and_it_is_said():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(40, 2)), np.arange(40) % 2
    labels = np.arange(40) // 2 % 2
    labels[[1, 3, 5]] = 2  # ones only
    problem = regpath.Problem.from_arrays(X, y)
    path = regpath.fit_path(problem, n_lambdas=5)
    cv = regpath.cross_validate(problem, path, folds=labels, measure="auc")
    assert np.isnan(cv.fold_scores[2]).all()
    scores, sizes = cv.fold_scores[:2], np.bincount(labels)[:2]
    assert cv.mean == pytest.approx(np.average(scores, axis=0, weights=sizes))
    variance = np.average(np.square(scores - cv.mean), axis=0, weights=sizes)
    assert cv.se == pytest.approx(np.sqrt(variance))  # over 2 - 1 folds
    (note,) = cv.notes
    assert note == (
        "Left out of mean and se: 1 of 3 folds (counted from 0: 2), where auc is undefined: "
        "a class has no held-out row there."
    )
    assert note in repr(cv)
    with pytest.raises(regpath.DataError, match="auc can be computed in 0 of 40 folds, and two"):
        regpath.cross_validate(problem, path, folds=np.arange(40), measure="auc")


def test_rows_of_weight_zero_make_no_score(make_small):
    weight = (np.arange(60) % 4 != 3) * (4 / 3)
    weighted = replace(make_small("gaussian"), sample_weight=weight)
    path = regpath.fit_path(weighted, n_lambdas=4)
    cv = regpath.cross_validate(weighted, path, folds=np.arange(60) % 4)
    assert np.isnan(cv.fold_scores[3]).all()
    assert np.isfinite(cv.mean).all()
    assert "no weight" in cv.notes[0]
    assert np.isfinite(cv.out_of_fold(weighted)).all()


def test_out_of_fold_predictions_come_from_other_rows(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=6)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    everything, one = cv.out_of_fold(problem), cv.out_of_fold(problem, path.lambdas[3])
    assert everything[..., 3].tolist() == one.tolist()
    for fold, fold_path in zip(cv.folds, cv.fold_paths, strict=True):
        predict = fold_path.predict_proba if problem.classes else fold_path.predict
        assert one[fold.test] == pytest.approx(predict(problem.X[fold.test], path.lambdas[3]))


def test_rows_held_out_often_are_averaged_and_those_never_held_out_are_missing():
    frame = gappy()
    problem = regpath.make_problem(frame, "y")
    path = regpath.fit_path(problem, n_lambdas=5)
    pairs = [(np.arange(60, 120), np.arange(40)), (np.arange(70, 120), np.arange(20, 60))]
    cv = regpath.cross_validate(problem, path, folds=pairs)
    values = cv.out_of_fold(problem)
    assert np.isnan(values[60:]).all()
    alone = [p.predict(frame.iloc[test]) for p, (_, test) in zip(cv.fold_paths, pairs, strict=True)]
    assert values[:20] == pytest.approx(alone[0][:20])
    assert values[20:40] == pytest.approx((alone[0][20:] + alone[1][:20]) / 2.0)
    assert values[40:60] == pytest.approx(alone[1][20:])


@pytest.mark.parametrize("splitter", [GroupKFold(3), TimeSeriesSplit(4)])
def test_folds_of_ones_own(splitter, make_small):
    problem = make_small("gaussian")
    groups = np.arange(60) % 6 if isinstance(splitter, GroupKFold) else None
    pairs = list(splitter.split(problem.X, problem.y, groups))
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=4), folds=pairs)
    assert len(cv.fold_paths) == len(pairs)
    for k, (train, test) in enumerate(pairs):
        alone = regpath.fit_path(problem.take(train), lambdas=cv.lambdas)
        assert alone.coef_path == pytest.approx(cv.fold_paths[k].coef_path, abs=1e-8)
        error = np.square(problem.y[test][:, None] - alone.predict(problem.X[test])).mean(axis=0)
        assert cv.fold_scores[k] == pytest.approx(error)


def test_a_table_with_words_and_gaps_keeps_its_features_in_every_fold():
    table = regpath.datasets.load("penguins")
    frame = table.frame.copy()
    frame.loc[frame.index[:2], "island"] = "Dream Two"
    problem = regpath.make_problem(frame, "species")
    assert "island=Dream Two" in problem.feature_names
    path = regpath.fit_path(problem, n_lambdas=10, min_ratio=0.01)
    labels = make_folds(problem, 5)
    labels[:2] = 0
    cv = regpath.cross_validate(problem, path, folds=labels)
    rare = problem.feature_names.index("island=Dream Two")
    for fold_path in cv.fold_paths:
        assert fold_path.feature_names == path.feature_names
        assert fold_path.coef_path.shape == path.coef_path.shape
    assert not cv.fold_paths[0].coef_path[:, rare].any()
    assert np.isfinite(cv.fold_scores).all()
    assert cv.notes == ()
    assert cv.out_of_fold(problem, cv.lambda_min).sum(axis=1) == pytest.approx(np.ones(len(frame)))


def test_a_column_without_values_in_a_fold_is_silent_there():
    frame = gappy(40)
    frame.loc[frame.index % 2 == 0, "b"] = np.nan
    frame.loc[frame.index % 2 == 0, "city"] = None
    problem = regpath.make_problem(frame, "y")
    path = regpath.fit_path(problem, n_lambdas=5)
    cv = regpath.cross_validate(problem, path, folds=np.arange(40) % 2)
    assert not cv.fold_paths[1].coef_path[1:].any()
    assert cv.fold_paths[0].coef_path[1].any()
    assert np.isfinite(cv.fold_scores).all()
