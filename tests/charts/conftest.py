"""A study and its cross-validation, which charts are drawn from."""

import pytest

import regpath


@pytest.fixture(scope="session")
def study():
    table = regpath.datasets.load("breast_cancer")
    return regpath.run_study(table, regpath.Recipe("diagnosis", n_lambdas=15, min_ratio=0.01))


@pytest.fixture(scope="session")
def cv(study):
    return regpath.cross_validate(study.train, study.path, n_folds=4)
