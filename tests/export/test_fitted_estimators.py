"""Each family's estimator predicts by the coefficients it is given, in scikit-learn's manner."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import get_scorer

import regpath
from regpath.export import sklearn_pipeline
from tests.export.studies import bundled_study
from tests.responses import visits

# Shares within rounding of 1 minus the other one, from which either side takes one of them.
SHARES = {"rtol": 1e-10, "atol": 1e-15}
CLASSES = {0.0: "Ridge", 0.4: "ElasticNet", 1.0: "Lasso"}


@pytest.mark.parametrize("l1_ratio", CLASSES)
@pytest.mark.parametrize("standardize", [True, False])
def test_amounts_are_told_by_the_estimator_of_their_penalty(l1_ratio, standardize):
    study = bundled_study("diabetes", l1_ratio=l1_ratio, standardize=standardize)
    lam, path = study.path.lambdas[9], study.path
    pipeline = sklearn_pipeline(study, lam)
    assert type(pipeline[-1]).__name__ == CLASSES[l1_ratio]
    units = "standardized" if standardize else "original"
    np.testing.assert_allclose(
        pipeline[-1].coef_, path.coefs(units)[..., path.index_of(lam)].ravel(), rtol=1e-14
    )
    rows = study.table.frame
    np.testing.assert_allclose(pipeline.predict(rows), path.predict(rows, lam), rtol=1e-12)


@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_counts_are_expected_through_the_logarithm(l1_ratio):
    table = regpath.Table.from_frame(visits().drop(columns="days"))
    recipe = regpath.Recipe("visits", family="poisson", l1_ratio=l1_ratio, n_lambdas=20)
    study = regpath.run_study(table, recipe)
    lam = study.path.lambdas[12]
    pipeline = sklearn_pipeline(study, lam)
    assert type(pipeline[-1]).__name__ == "PoissonRegressor"
    expected = study.path.predict(table, lam)
    np.testing.assert_allclose(pipeline.predict(table.frame), expected, rtol=1e-12)


@pytest.mark.parametrize("classes", [("benign", "malignant"), ("malignant", "benign")])
def test_classes_are_sorted_so_that_scorers_count_the_right_one(classes):
    study = bundled_study("breast_cancer", classes=classes)
    lam, rows = study.path.lambdas[12], study.table.frame
    pipeline = sklearn_pipeline(study, lam)
    assert pipeline.classes_.tolist() == ["benign", "malignant"]
    shares = study.path.predict_proba(rows, lam)[:, study.path.classes.index("malignant")]
    np.testing.assert_allclose(pipeline.predict_proba(rows)[:, 1], shares, **SHARES)
    assert get_scorer("roc_auc")(pipeline, rows, rows["diagnosis"]) > 0.9


@pytest.mark.parametrize("threshold", [0.03, 0.9])
def test_a_threshold_decides_from_it_on(threshold):
    study = bundled_study("breast_cancer", classes=("malignant", "benign"))
    lam, rows = study.path.lambdas[12], study.table.frame
    pipeline = sklearn_pipeline(study, lam, threshold=threshold)
    model = regpath.Model.from_study(study, lam, threshold=threshold)
    assert pipeline.predict(rows).tolist() == model.predict(rows).tolist()
    assert pipeline.predict(rows).tolist() != study.path.predict(rows, lam).tolist()


@pytest.mark.parametrize("labels", [("no", "yes"), (False, True), (0, 3)])
@pytest.mark.parametrize("family", ["binomial", "multinomial"])
def test_labels_are_those_of_the_data(labels, family):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(90, 3)), columns=list("abc"))
    which = frame["a"] + rng.logistic(size=90) > 0
    frame["y"] = [labels[int(each)] for each in which]
    study = regpath.run_study(
        regpath.Table.from_frame(frame), regpath.Recipe("y", family=family, n_lambdas=12)
    )
    lam, path = study.path.lambdas[8], study.path
    pipeline = sklearn_pipeline(study, lam)
    assert pipeline.predict(frame).tolist() == path.predict(frame, lam).tolist()
    order = [list(path.classes).index(label) for label in pipeline.classes_.tolist()]
    expected = path.predict_proba(frame, lam)[:, order]
    np.testing.assert_allclose(pipeline.predict_proba(frame), expected, **SHARES)


def test_three_classes_have_a_row_of_coefficients_each():
    study = bundled_study("iris")
    lam, rows = study.path.lambdas[9], study.table.frame
    pipeline = sklearn_pipeline(study, lam)
    assert pipeline[-1].coef_.shape == (3, 4)
    expected = study.path.predict_proba(rows, lam)
    np.testing.assert_allclose(pipeline.predict_proba(rows), expected, **SHARES)
