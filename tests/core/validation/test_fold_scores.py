"""Every measure on held-out rows at one strength."""

import numpy as np
import pytest

import regpath
from regpath.core.metrics.measures import measures_of
from regpath.core.validation.fold_scores import fold_scores_at


@pytest.mark.parametrize("measure", measures_of("binomial"))
def test_each_measure_is_what_validating_by_it_gives(measure):
    table = regpath.datasets.load("breast_cancer")
    problem = regpath.make_problem(table, "diagnosis", features=["mean_radius", "mean_texture"])
    path = regpath.fit_path(problem, n_lambdas=10)
    asked = regpath.cross_validate(problem, path, n_folds=4, measure=measure)
    other = regpath.cross_validate(problem, path, n_folds=4)
    lam = path.lambdas[6]
    line = fold_scores_at(other, problem, lam).set_index("measure").loc[measure]
    np.testing.assert_allclose(line["mean"], asked.mean[6], rtol=1e-9)
    np.testing.assert_allclose(line["se"], asked.se[6], rtol=1e-6)


def test_leave_one_out_has_means_over_rows_and_its_closed_form_one_measure():
    table = regpath.datasets.load("diabetes")
    problem = regpath.make_problem(table, "progression").take(np.arange(60))
    ridge = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=10)
    cv = regpath.cross_validate(problem, ridge, kind="leave_one_out")
    assert fold_scores_at(cv, problem, ridge.lambdas[5])["measure"].tolist() == ["mse"]
    lasso = regpath.fit_path(problem, n_lambdas=10)
    cv = regpath.cross_validate(problem, lasso, kind="leave_one_out")
    found = fold_scores_at(cv, problem, lasso.lambdas[5])["measure"].tolist()
    assert "mse" in found
    assert "r2" not in found
