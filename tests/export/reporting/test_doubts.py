"""A report says what of its results speaks against each other."""

import numpy as np
import pandas as pd
import pytest

import regpath
from tests.export.reporting.reading import Page


def study_of(of_train, of_test, n_test=200, name="age"):
    """A signal of one size in the rows of the fit, of another in those of the test, by day."""
    rng = np.random.default_rng(5)
    n = 200 + n_test
    frame = pd.DataFrame(rng.normal(size=(n, 2)), columns=[name, "dose"])
    frame["day"] = pd.date_range("2020-01-01", periods=n)
    strength = np.where(np.arange(n) < 200, of_train, of_test)
    frame["y"] = strength * frame[name] + rng.normal(size=n)
    recipe = regpath.Recipe(
        "y", n_lambdas=20, n_folds=5, test_size=n_test / n, time="day", rule="min"
    )
    return regpath.run_study(regpath.Table.from_frame(frame), recipe)


@pytest.mark.parametrize(
    ("of_train", "of_test", "words"),
    [
        (0.1, 2.0, "hardly any signal, yet"),
        (1.0, 0.0, "a clear signal, yet"),
        (0.02, 0.0, "Hardly any signal was found"),
        (1.0, 1.0, ""),
    ],
)
def test_validation_and_test_are_compared(of_train, of_test, words):
    study = study_of(of_train, of_test)
    text = Page(regpath.export.report(study, lam=study.path.lambdas[12])).text
    if words:
        assert words in text
    else:
        assert "disagree" not in text
        assert "Hardly any" not in text
        assert "How much the features help: in cross-validation the features improve" in text


def test_a_small_test_that_says_the_same_is_no_disagreement():
    study = study_of(0.4, 0.4, n_test=12)
    text = Page(regpath.export.report(study, lam=study.path.lambdas[12])).text
    assert "too small to confirm the signal" in text
    assert "disagree" not in text


def test_a_column_that_numbers_the_rows_and_is_a_feature_is_named():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"patient": np.arange(1001, 1121), "age": rng.normal(size=120)})
    frame["y"] = frame["age"] + 0.02 * frame["patient"] + 0.3 * rng.normal(size=120)
    table = regpath.Table.from_frame(frame)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=20, n_folds=5))
    text = Page(regpath.export.report(study, lam=study.path.lambdas[15])).text
    assert "'patient' numbers or names the rows and is used as a feature" in text
    assert "The chosen model leans on 'patient'" in text
    without = regpath.Recipe("y", features=["age"], n_lambdas=20, n_folds=5)
    study = regpath.run_study(table, without)
    text = Page(regpath.export.report(study, lam=study.path.lambdas[15])).text
    assert "used as a feature" not in text


@pytest.mark.parametrize("balanced", ["balanced", None])
def test_probabilities_that_class_weights_shifted_are_told(balanced):
    recipe = regpath.Recipe("species", n_lambdas=20, n_folds=4, class_weight=balanced)
    study = regpath.run_study(regpath.datasets.load("penguins"), recipe)
    text = Page(regpath.export.report(study, lam=study.path.lambdas[8])).text
    assert ("probabilities are shifted towards the rarer ones" in text) == (balanced is not None)
