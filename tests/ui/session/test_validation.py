"""Which fold of how many a validation is at."""

from dataclasses import replace

import pytest

import regpath
from regpath.core.validation.cross_validate import FITTING
from regpath.ui.session.validation import fold_told


@pytest.fixture(scope="module")
def study():
    return regpath.run_study(regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=5))


def with_gaps(study):
    """Gaps are filled in each fold by itself, so that its path is fit by itself."""
    problem = regpath.make_problem(
        regpath.io.Table.from_frame(study.table.frame.mask(study.table.frame == 5.1)),
        "species",
        missing="mean",
    )
    return replace(study, train=problem, path=regpath.fit_path(problem, n_lambdas=5))


def test_folds_that_are_fit_one_by_one_are_counted_from_one(study):
    alone = with_gaps(study)
    said = [fold_told(alone, FITTING * k / 10) for k in range(10)]
    assert said == [f"fold {k + 1} of 10" for k in range(10)]
    assert fold_told(alone, FITTING) == "scoring fold 1 of 10"
    assert fold_told(alone, 1.0) == "scoring fold 10 of 10"


def test_repeats_count(study):
    alone = with_gaps(study)
    twice = replace(alone, recipe=replace(alone.recipe, n_repeats=2))
    assert fold_told(twice, FITTING * 11 / 20) == "fold 12 of 20"


def test_folds_that_are_fit_at_once_say_so(study):
    assert fold_told(study, 0.5) == "10 folds at once, 50%"


def test_rows_that_are_left_out_are_counted(study):
    each = replace(study, recipe=replace(study.recipe, folds="leave_one_out"))
    n = study.train.n_obs
    assert fold_told(each, 0.0) == f"row 1 of {n} left out"
    assert fold_told(each, 1.0) == f"row {n} of {n} left out"
