import pickle
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import ElasticNet, LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

import regpath
from regpath import PathClassifier, PathPoissonRegressor, PathRegressor
from regpath.core.fit import Points
from regpath.core.validation.cross_validate import cross_validate


def checks():
    """scikit-learn 1.8's parametrize_with_checks is a generator, which pytest 9 deprecates.

    They fit some hundred models; what they ask of one does not depend on how fine its grid is.
    """
    for kind in (PathClassifier, PathRegressor, PathPoissonRegressor):
        yield from estimator_checks_generator(kind(n_lambdas=20), mark="skip")


def name_of(value):
    return getattr(getattr(value, "func", value), "__name__", None) or repr(value)


@pytest.mark.parametrize(("estimator", "check"), list(checks()), ids=name_of)
def test_scikit_learns_own_checks_pass(estimator, check):
    check(estimator)


def estimator_for(family, **parameters):
    kinds = {"gaussian": PathRegressor, "poisson": PathPoissonRegressor}
    return kinds.get(family, PathClassifier)(**parameters)


@pytest.fixture
def labelled(family, make_small):
    """Features and a target with words for classes, as a person has them."""
    problem = make_small(family)
    y = np.array(["lo", "mid", "top"])[problem.y] if problem.classes else problem.y
    return problem.X, y


def test_the_path_is_that_of_fit_path(family, labelled):
    X, y = labelled
    model = estimator_for(family, l1_ratio=0.5, n_lambdas=20, lam="min").fit(X, y)
    problem = regpath.Problem.from_arrays(X, y, family)
    path = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=20)
    assert model.lambdas_ == pytest.approx(path.lambdas, rel=1e-12)
    assert model.coef_path_ == pytest.approx(path.coef_path, abs=1e-9)
    assert model.intercept_path_ == pytest.approx(path.intercept_path, abs=1e-9)
    assert model.path_.converged.all()
    assert np.squeeze(model.coef_) == pytest.approx(
        path.coef_path[..., path.index_of(model.lam_)], abs=1e-9
    )
    guess, peer = model.predict(X), path.predict(X, path.lambdas[path.index_of(model.lam_)])
    assert guess == pytest.approx(peer, abs=1e-9) if guess.dtype == float else (guess == peer).all()


def test_shapes_are_those_of_scikit_learn(family, labelled):
    X, y = labelled
    model = estimator_for(family, lam=0.1, n_lambdas=5).fit(X, y)
    rows = {"binomial": (1,), "multinomial": (3,)}.get(family, ())
    assert model.coef_.shape == (*rows, 5)
    assert np.shape(model.intercept_) == rows
    if rows:
        assert model.classes_.tolist() == sorted(set(y))
        eta, proba = model.decision_function(X), model.predict_proba(X)
        assert eta.shape == ((60,) if family == "binomial" else (60, 3))
        assert proba == pytest.approx(model.path_.predict_proba(X, 0.1), abs=1e-12)
        assert np.exp(model.predict_log_proba(X)) == pytest.approx(proba)


def test_the_strength_is_that_of_cross_validation(family, labelled):
    X, y = labelled
    problem = regpath.Problem.from_arrays(X, y, family)
    model = estimator_for(family, n_lambdas=30, lam="min", random_state=3).fit(X, y)
    cv = cross_validate(problem, model.path_, seed=3)
    assert model.lam_ == model.cv_.lambda_min == pytest.approx(cv.lambda_min)
    stronger = estimator_for(family, n_lambdas=30, lam="1se", random_state=3).fit(X, y)
    assert stronger.lam_ == stronger.cv_.lambda_1se == pytest.approx(cv.lambda_1se)
    assert stronger.lam_ >= model.lam_


@pytest.mark.parametrize(("share", "n_points"), [(3.0, 11), (1.0, 10), (0.37, 11), (1e-5, 11)])
def test_a_number_is_that_strength_exactly_and_certified(family, labelled, share, n_points):
    X, y = labelled
    lam = share * regpath.lambda_max(regpath.Problem.from_arrays(X, y, family))
    model = estimator_for(family, n_lambdas=10, lam=lam).fit(X, y)
    assert model.lam_ == lam
    assert model.cv_ is None
    assert len(model.lambdas_) == n_points
    assert (np.diff(model.lambdas_) < 0.0).all()
    assert model.path_.converged.all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.4])
def test_the_regressor_equals_elastic_net_at_the_same_strength(l1_ratio, make_small):
    problem = make_small("gaussian")
    model = PathRegressor(l1_ratio, lam=0.05, standardize=False).fit(problem.X, problem.y)
    peer = ElasticNet(alpha=0.05, l1_ratio=l1_ratio, tol=1e-13, max_iter=10**6)
    peer.fit(problem.X, problem.y)
    assert model.coef_ == pytest.approx(peer.coef_, abs=1e-6)
    assert model.intercept_ == pytest.approx(peer.intercept_, abs=1e-6)


@pytest.mark.parametrize("classes", ["binomial", "multinomial"])
def test_the_classifier_equals_logistic_regression_at_the_converted_strength(classes, make_small):
    problem = make_small(classes)
    X, lam = problem.X, 0.02
    C = 1.0 / (len(X) * lam)
    ridge = PathClassifier(0.0, lam=lam, standardize=False).fit(X, problem.y)
    peer = LogisticRegression(C=C, tol=1e-10, max_iter=10**5).fit(X, problem.y)
    assert ridge.coef_ == pytest.approx(peer.coef_, abs=1e-5)
    assert ridge.predict_proba(X) == pytest.approx(peer.predict_proba(X), abs=1e-5)
    lasso = PathClassifier(lam=lam, standardize=False).fit(X, problem.y)
    peer = LogisticRegression(
        C=C, l1_ratio=1.0, solver="saga", tol=1e-9, max_iter=10**5, random_state=0
    ).fit(X, problem.y)
    assert lasso.coef_ == pytest.approx(peer.coef_, abs=1e-4)


def test_pipelines_clones_and_pickles(family, labelled):
    X, y = labelled
    model = make_pipeline(StandardScaler(), estimator_for(family, n_lambdas=15)).fit(X, y)
    plain = estimator_for(family, n_lambdas=15).fit(X, y)
    assert model[-1].lam_ == pytest.approx(plain.lam_, rel=1e-6)
    assert model.score(X, y) == pytest.approx(plain.score(X, y), abs=1e-6)
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict(X) == model.predict(X)).all()
    fresh = clone(plain)
    assert not hasattr(fresh, "coef_")
    assert fresh.get_params() == plain.get_params()


def test_columns_of_a_frame_keep_their_names(make_small):
    problem = make_small("binomial")
    frame = pd.DataFrame(problem.X, columns=list("abcde")).assign(
        town=np.where(np.arange(60) % 3, "north", "south")
    )
    coded = make_column_transformer(
        (OneHotEncoder(drop="if_binary", sparse_output=False), ["town"]),
        remainder="passthrough",
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    model = make_pipeline(coded, PathClassifier(lam=0.05)).fit(frame, problem.y)
    names = ["town_south", *"abcde"]
    assert model[-1].feature_names_in_.tolist() == names
    assert model[-1].path_.feature_names == tuple(names)
    assert model.predict(frame).shape == (60,)
    with pytest.raises(ValueError, match="feature names should match"):
        model[-1].predict(frame.drop(columns="town").assign(f=0.0))


def test_a_grid_search_over_l1_ratio(family, labelled):
    X, y = labelled
    search = GridSearchCV(
        estimator_for(family, lam="min", n_lambdas=10, cv=3), {"l1_ratio": [0.1, 1.0]}, cv=3
    ).fit(X, y)
    assert search.best_params_["l1_ratio"] in (0.1, 1.0)
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()


@pytest.mark.parametrize("lam", ["1se", 0.03])
def test_a_weight_is_a_repeated_row_and_zero_a_row_left_out(family, labelled, lam):
    X, y = labelled
    counts = np.random.default_rng(0).integers(0, 4, len(X))
    rows = np.repeat(np.arange(len(X)), counts)
    third = np.arange(60) % 3
    folds = [(np.flatnonzero(third != k), np.flatnonzero(third == k)) for k in range(3)]
    repeated_folds = [
        (np.flatnonzero(rows % 3 != k), np.flatnonzero(rows % 3 == k)) for k in range(3)
    ]
    one = estimator_for(family, lam=lam, cv=folds, n_lambdas=20)
    two = estimator_for(family, lam=lam, cv=repeated_folds, n_lambdas=20)
    one.fit(X, y, sample_weight=counts)
    two.fit(X[rows], y[rows])
    assert one.lam_ == pytest.approx(two.lam_, rel=1e-9)
    assert one.coef_ == pytest.approx(two.coef_, abs=1e-7)


def test_a_class_of_weight_zero_does_not_exist(make_small):
    problem = make_small("multinomial")
    weight = (problem.y != 1).astype(float)
    model = PathClassifier(lam=0.05).fit(problem.X, problem.y, sample_weight=weight)
    assert model.classes_.tolist() == [0, 2]
    with pytest.raises(ValueError, match=r"The target has one class, 'b'; a classifier needs two"):
        PathClassifier().fit([[0.0], [1.0], [2.0]], ["a", "b", "b"], sample_weight=[0, 1, 1])


def test_splitters_and_whole_numbers_make_the_folds(labelled, family):
    X, y = labelled
    splitter = KFold(4, shuffle=True, random_state=0)
    one = estimator_for(family, cv=splitter, n_lambdas=10).fit(X, y)
    two = estimator_for(family, cv=list(splitter.split(X)), n_lambdas=10).fit(X, y)
    assert one.lam_ == two.lam_
    assert one.cv_.fold_scores.shape == (4, 10)
    assert estimator_for(family, cv=3, n_lambdas=10).fit(X, y).cv_.fold_scores.shape == (3, 10)
    drawn = estimator_for(family, cv=3, n_lambdas=10, random_state=np.random.RandomState(0))
    assert drawn.fit(X, y).cv_.fold_scores.shape == (3, 10)


def test_few_rows_make_fewer_folds():
    X = np.arange(6.0)[:, None] ** 1.5
    model = PathRegressor(n_lambdas=5).fit(X, [0.0, 1.1, 2.0, 2.7, 4.5, 5.0])
    assert model.cv_.fold_scores.shape == (6, 5)
    model = PathClassifier(n_lambdas=5).fit(X, [0, 0, 1, 0, 1, 1])
    assert model.cv_.fold_scores.shape == (3, 5)


def test_a_class_of_one_row_is_learned_in_every_fold():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(21, 3))
    y = np.array(["a", "b"] * 10 + ["rare"])
    with pytest.warns(UserWarning, match="No fold holds out a row of 'rare'"):
        model = PathClassifier(n_lambdas=10).fit(X, y)
    assert model.classes_.tolist() == ["a", "b", "rare"]
    assert np.isfinite(model.cv_.fold_scores).all()
    with pytest.raises(ValueError, match="give `lam` a number, which needs no folds"):
        PathClassifier().fit(X[:3], ["a", "b", "c"])


@pytest.mark.parametrize("lam", ["1se", 0.3])
@pytest.mark.parametrize("case", ["constant target", "constant features", "weighted"])
def test_without_any_relation_the_intercept_is_the_model(case, lam):
    X = np.ones((10, 2)) if "features" in case else np.arange(20.0).reshape(10, 2)
    y = np.arange(10.0) if "features" in case else np.full(10, 4.5)
    weight = None
    if case == "weighted":
        weight, y[3] = np.arange(10) != 3, 100.0
    with pytest.warns(UserWarning, match="The model is its intercept"):
        model = PathRegressor(lam=lam).fit(X, y, sample_weight=weight)
    assert model.coef_.tolist() == [0.0, 0.0]
    assert model.predict(X) == pytest.approx(np.full(10, 4.5))
    assert model.lam_ == (1.0 if lam == "1se" else lam)
    assert model.cv_ is None
    assert repr(model.path_)


@pytest.mark.parametrize("labels", [["no", "no", "yes"], ["a", "b", "c", "c"]])
def test_without_any_relation_shares_are_the_probabilities(labels):
    y = np.repeat(labels, 3)
    X = np.ones((len(y), 2))
    with pytest.warns(UserWarning, match="No feature has any linear relation"):
        model = PathClassifier().fit(X, y)
    shares = np.unique(y, return_counts=True)[1] / len(y)
    assert model.predict_proba(X[:1])[0] == pytest.approx(shares)
    assert model.coef_.shape == ((1, 2) if len(shares) == 2 else (3, 2))
    assert set(model.predict(X)) == {labels[-1] if len(shares) == 3 else "no"}


def test_a_model_that_is_not_certified_is_said(make_small, monkeypatch):
    from regpath.core import row_path as module

    def lazy(data, goal, null, told=None):
        shape = len(goal.lambdas), data.n_outputs
        return Points(np.zeros(shape), np.full((*shape, data.p), 0.1))

    monkeypatch.setattr(module, "solve_path", lazy)
    monkeypatch.setattr(module, "polish", lambda data, goal, points: points)
    problem = make_small("binomial")
    with pytest.warns(ConvergenceWarning, match="is not certified: its KKT violation is"):
        PathClassifier(lam=0.01).fit(problem.X, problem.y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        PathClassifier(lam=10.0).fit(problem.X, problem.y)  # another point misses, not this one


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"lam": "best"}, "The 'lam' parameter of PathRegressor must be one of '1se', 'min'"),
        ({"lam": -1.0}, "The 'lam' parameter of PathRegressor must be a positive number"),
        ({"lam": None}, "The 'lam' parameter of PathRegressor must be a positive number"),
        ({"l1_ratio": 1.5}, "The 'l1_ratio' parameter of PathRegressor must be a number in"),
        ({"n_lambdas": 0}, "The 'n_lambdas' parameter of PathRegressor must be a whole number"),
        ({"min_ratio": 1.0}, "The 'min_ratio' parameter of PathRegressor must be a number in"),
        ({"tol": 0.0}, "The 'tol' parameter of PathRegressor must be a positive number"),
        ({"cv": 1}, "The 'cv' parameter of PathRegressor must be a whole number of at least 2"),
        ({"cv": 61}, "60 rows cannot be"),
    ],
)
def test_wrong_parameters_are_refused_by_fit(parameters, message, make_small):
    problem = make_small("gaussian")
    model = PathRegressor(**parameters)
    with pytest.raises(ValueError, match=message):
        model.fit(problem.X, problem.y)


def test_the_names_are_listed_and_importing_regpath_leaves_the_room_closed():
    assert {"PathClassifier", "PathRegressor"} <= set(dir(regpath)) & set(regpath.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'PathFinder'"):
        regpath.PathFinder  # noqa: B018
    code = "import sys, regpath; print('regpath.estimators' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("estimator", [PathClassifier, PathRegressor])
def test_sparse_features_give_the_same_model_and_are_left_alone(estimator):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 8)) * (rng.random((60, 8)) < 0.4)
    y = X[:, 0] - X[:, 1] + 0.3 * rng.normal(size=60)
    y = (y > 0).astype(int) if estimator is PathClassifier else y
    entries = sparse.csr_matrix(X)
    dense, thin = estimator(lam=0.02).fit(X, y), estimator(lam=0.02).fit(entries, y)
    assert thin.coef_ == pytest.approx(dense.coef_, abs=1e-7)
    assert thin.predict(entries).tolist() == pytest.approx(dense.predict(X).tolist(), abs=1e-7)
    assert entries.data.flags.writeable


def test_features_without_a_penalty_are_always_in():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(80, 5))
    y = X[:, 0] + 0.1 * X[:, 4] + rng.normal(size=80)
    model = PathRegressor(lam=0.5, penalty_factor=[1, 1, 1, 1, 0]).fit(X, y)
    assert (model.coef_path_[4] != 0.0).all()
    assert not model.coef_path_[:4, 0].any()


@pytest.mark.parametrize("estimator", [PathClassifier, PathRegressor])
def test_an_adaptive_estimator_learns_its_factors_in_every_fold(estimator):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(90, 5))
    y = X[:, 0] - X[:, 1] + rng.normal(size=90)
    if estimator is PathClassifier:
        y = y > 0.0
    model = estimator(adaptive=1.0, n_lambdas=10, cv=3).fit(X, y)
    problem = regpath.Problem.from_arrays(X, y)
    assert model.path_.penalty_factor == pytest.approx(regpath.adaptive_factors(problem).factors)
    for fold, own in zip(model.cv_.folds, model.cv_.fold_paths, strict=True):
        train = problem.take(fold.train)
        assert own.penalty_factor == pytest.approx(regpath.adaptive_factors(train).factors)
    with pytest.raises(regpath.ParameterError, match="'adaptive' parameter"):
        estimator(adaptive=-1.0).fit(X, y)


@pytest.mark.parametrize("rare", [1, True, np.int8(3)])
def test_a_class_that_no_fold_holds_out_is_named_whatever_it_is(rare):
    X = np.random.default_rng(0).normal(size=(41, 3))
    others = [False] * 40 if rare is True else [type(rare)(0)] * 40
    y = pd.Series([*others, rare]).to_numpy()
    with pytest.warns(UserWarning, match=f"No fold holds out a row of '{str(rare)[:3]}"):
        model = PathClassifier(n_lambdas=5).fit(X, y)
    assert len(model.classes_) == 2


@pytest.mark.parametrize("lam", ["min", "1se"])
def test_a_class_that_no_fold_holds_out_is_warned_of(lam):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(41, 3))
    y = np.array(["a", "b"] * 20 + ["rare"])
    with pytest.warns(UserWarning, match="No fold holds out a row of 'rare'"):
        PathClassifier(lam=lam, n_lambdas=10).fit(X, y)
    even = np.arange(20, 40, 2)  # rows of a alone
    folds = [(np.arange(20), even[:5]), (np.arange(20), even[5:])]
    with pytest.warns(UserWarning, match="No fold holds out a row of 'b'"):
        PathClassifier(lam=lam, n_lambdas=10, cv=folds).fit(X[:40], y[:40])
