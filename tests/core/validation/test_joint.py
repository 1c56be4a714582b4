import numpy as np
import pytest
from scipy import sparse

import regpath
from regpath import Problem, fit_path
from regpath.core.validation import fold_paths, joint
from regpath.core.validation.fold_paths import fit_folds
from regpath.core.validation.folds import Fold, resolve_folds
from tests.responses import response_of


def data(family, n=150, p=6, seed=0, weights=False):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * rng.uniform(0.1, 5.0, p) + rng.normal(size=p)
    X[:, 1] += 0.8 * X[:, 0]
    signal = X @ rng.normal(size=p) / 3.0 + rng.normal(size=n)
    y = response_of(family, signal)
    weight = rng.integers(1, 4, n) if weights else None
    return Problem.from_arrays(X, y, family=family, sample_weight=weight)


def both_ways(problem, path, folds):
    together = joint.together(problem, path, folds)
    assert together is not None, "this case is meant for the joint solver"
    alone = [fold_paths._fit(problem, path, fold, k) for k, fold in enumerate(folds)]
    return together, alone


def check_same(together, alone, tol=1e-6):
    for one, two in zip(together, alone, strict=True):
        scale = max(1.0, np.abs(two.coefs("standardized")).max())
        assert one.converged.all()
        assert one.n_obs == two.n_obs
        assert one.x_mean == pytest.approx(two.x_mean, rel=1e-10, abs=1e-10)
        assert one.x_scale == pytest.approx(two.x_scale, rel=1e-10, abs=1e-12)
        assert one.dev_ratio == pytest.approx(two.dev_ratio, abs=1e-7)
        assert one.kkt_violation.max() <= 1e-6
        if one.family != "multinomial" or one.l1_ratio < 1.0:
            assert one.coefs("standardized") == pytest.approx(
                two.coefs("standardized"), abs=tol * scale
            )


@pytest.mark.parametrize("l1_ratio", [1.0, 0.4, 0.0])
@pytest.mark.parametrize("standardize", [True, False])
@pytest.mark.parametrize("weights", [True, False])
def test_folds_together_are_the_folds_alone(family, l1_ratio, standardize, weights):
    problem = data(family, weights=weights)
    how = {"l1_ratio": l1_ratio, "standardize": standardize, "min_ratio": 1e-2}
    path = fit_path(problem, n_lambdas=30, **how)
    folds = resolve_folds(problem, None, n_folds=5, seed=0, caller="test")
    check_same(*both_ways(problem, path, folds))


def test_two_classes_told_apart_by_two_predictors_are_folds_of_twice_the_size(monkeypatch):
    base = data("binomial")
    problem = Problem.from_arrays(base.X, base.y, family="multinomial")
    path = fit_path(problem, n_lambdas=5)
    sizes, ask = [], joint.folds_fit_together
    monkeypatch.setattr(joint, "folds_fit_together", lambda *how: sizes.append(how[3]) or ask(*how))
    assert joint.may_be_together(problem, path, 5)
    assert sizes == [path.coef_path.shape[0] * path.coef_path.shape[1]]
    folds = resolve_folds(problem, None, n_folds=5, seed=0, caller="test")
    check_same(*both_ways(problem, path, folds))


def test_each_fold_is_certified_on_its_own_rows(family):
    problem = data(family)
    path = fit_path(problem, n_lambdas=12)
    folds = resolve_folds(problem, None, n_folds=4, seed=1, caller="test")
    for fold, one in zip(folds, fit_folds(problem, path, folds), strict=True):
        proof = regpath.check_path(problem.take(fold.train), one)
        assert proof["ok"].all()
        assert proof["kkt_violation"].to_numpy() == pytest.approx(one.kkt_violation, abs=1e-9)


def test_training_rows_need_not_be_what_is_not_held_out(family):
    problem = data(family)
    path = fit_path(problem, n_lambdas=10)
    folds = [Fold(np.arange(k, 60 + 20 * k), np.arange(140, 150)) for k in range(4)]
    check_same(*both_ways(problem, path, folds))


def test_sparse_features_and_means_far_from_zero(family):
    base = data(family)
    folds = resolve_folds(base, None, n_folds=4, seed=0, caller="test")
    shifted = Problem.from_arrays(base.X + 1e4, base.y, family=family)
    check_same(*both_ways(shifted, fit_path(shifted, n_lambdas=10), folds), tol=1e-5)
    X = base.X * (np.random.default_rng(0).random(base.X.shape) < 0.5)
    thin = Problem.from_arrays(sparse.csr_array(X), base.y, family=family)
    check_same(*both_ways(thin, fit_path(thin, n_lambdas=10), folds))


def test_a_feature_that_is_constant_in_a_fold_has_no_coefficient_there(family):
    base = data(family)
    X = base.X.copy()
    X[:, 2] = 0.3
    X[:15, 2] = 2.0
    problem = Problem.from_arrays(X, base.y, family=family)
    labels = np.repeat(np.arange(10), 15)
    folds = resolve_folds(problem, labels, n_folds=10, seed=0, caller="test")
    paths = fit_folds(problem, fit_path(problem, n_lambdas=8), folds)
    assert not paths[0].coef_path[..., 2, :].any()
    assert paths[0].x_scale[2] == 0.0
    assert all(path.converged.all() for path in paths)


def test_a_feature_that_varies_elsewhere_only_is_fit_alone_and_proven():
    """One huge value: shared sums of squares would drown what the other folds see."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(120, 3))
    X[3, 0] = 1e7
    problem = Problem.from_arrays(X, X[:, 1] + rng.normal(size=120), family="gaussian")
    folds = resolve_folds(problem, np.arange(120) % 4, n_folds=4, seed=0, caller="test")
    for fold, path in zip(folds, fit_folds(problem, fit_path(problem), folds), strict=True):
        proof = regpath.check_path(problem.take(fold.train), path)
        assert proof["kkt_violation"].to_numpy() == pytest.approx(path.kkt_violation, abs=1e-8)


def test_gaps_that_are_filled_are_learned_in_the_fold_alone():
    problem = regpath.make_problem(regpath.datasets.load("penguins"), "species")
    assert problem.encoder.filled
    path = fit_path(problem, n_lambdas=5)
    folds = resolve_folds(problem, None, n_folds=3, seed=0, caller="test")
    assert joint.together(problem, path, folds) is None


@pytest.mark.parametrize("name", ["breast_cancer", "wine", "diabetes", "separable"])
def test_bundled_data_are_certified_in_every_fold(name):
    entry = next(entry for entry in regpath.datasets.catalog() if entry.name == name)
    problem = regpath.make_problem(regpath.datasets.load(name), entry.target)
    cv = regpath.cross_validate(problem, fit_path(problem, n_lambdas=40))
    assert all(path.converged.all() for path in cv.fold_paths)
    assert np.isfinite(cv.mean).all()
