import numpy as np
import pytest

import regpath
from regpath.core.validation.fold_paths import coded_rows, fit_folds, held_out
from regpath.core.validation.folds import Fold


def test_a_fold_is_fit_as_the_path_was(make_small):
    problem = make_small("multinomial", weights=True)
    path = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=6, standardize=False)
    rows = np.arange(60)
    folds = [Fold(rows[rows % 3 != k], rows[rows % 3 == k]) for k in range(3)]
    for fold, fitted in zip(folds, fit_folds(problem, path, folds), strict=True):
        X, y, w = (v[fold.train] for v in (problem.X, problem.y, problem.sample_weight))
        part = regpath.Problem.from_arrays(X, y, "multinomial", sample_weight=w)
        alone = regpath.fit_path(part, l1_ratio=0.5, lambdas=path.lambdas, standardize=False)
        assert fitted.coef_path == pytest.approx(alone.coef_path, abs=1e-7)
        assert fitted.converged.all()


def test_rows_are_coded_as_the_fold_learned():
    table = regpath.datasets.load("penguins")
    problem = regpath.make_problem(table, "species")
    path = regpath.fit_path(problem, n_lambdas=2)
    rows = np.arange(problem.n_obs)
    (fitted,) = fit_folds(problem, path, [Fold(rows[::2], rows[1::2])])
    held = held_out(problem, fitted, rows[1::2])
    assert held.n_obs == len(held.y) == len(rows[1::2])
    assert held.sample_weight.sum() == held.n_obs
    assert held.X.tolist() == coded_rows(problem, fitted, rows[1::2]).tolist()
    gap = table.frame["bill_length_mm"].isna().to_numpy()
    assert gap[3]
    median = table.frame["bill_length_mm"].iloc[::2].median()
    place = problem.feature_names.index("bill_length_mm")
    assert coded_rows(problem, fitted, np.array([3]))[0, place] == median
    assert problem.X[3, place] != median
