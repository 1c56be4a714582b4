"""A report says what of its data speaks against leaning on it."""

import numpy as np
import pandas as pd
import pytest

import regpath
from tests.export.reporting.reading import Page

N = 160


def text_of(frame, **how):
    recipe = regpath.Recipe("y", n_lambdas=12, n_folds=3, **how)
    study = regpath.run_study(table_of(frame), recipe)
    return Page(regpath.export.report(study, lam=study.path.lambdas[8])).text


def table_of(frame):
    return regpath.read_table(frame.to_csv(index=False).encode())


@pytest.fixture
def frame():
    rng = np.random.default_rng(3)
    made = pd.DataFrame(rng.normal(size=(N, 3)).round(4), columns=["a", "b", "c"])
    made["y"] = np.where(made["a"] + rng.logistic(size=N) > 2.2, "ill", "well")
    return made


def test_few_events_for_many_features_are_said(frame):
    assert "of the rarest class for 3 features to choose from" in text_of(frame)
    many = pd.concat([frame.assign(y=np.where(frame["a"] > 0, "ill", "well"))] * 3)
    many["a"] += np.random.default_rng(1).normal(size=len(many)).round(4)
    assert "to choose from" not in text_of(many)


def test_a_date_that_had_no_say_in_the_split_is_said(frame):
    frame["day"] = pd.date_range("2024-01-01", periods=N).astype(str)
    assert "which had no say in how they were divided" in text_of(frame)
    assert "had no say" not in text_of(frame, time="day")


def test_a_word_that_is_missing_here_and_a_level_there_is_said(frame):
    frame["dose"] = np.where(np.arange(N) % 12 == 0, "k.A.", frame["b"].astype(str))
    frame["drug"] = np.where(np.arange(N) % 9 == 0, "k.A.", np.where(frame["c"] > 0, "x", "z"))
    assert "'k.A.' is a level of 'drug' and a missing value in 'dose'" in text_of(frame)


def test_a_class_that_is_never_the_most_probable_is_said(frame):
    rare = frame.assign(y=np.where(np.arange(N) % 14 == 0, "ill", "well"))
    assert "never finds 'ill' the most probable class" in text_of(rare)
    clear = frame.assign(y=np.where(frame["a"] > 0, "ill", "well"))
    assert "never finds" not in text_of(clear)


def test_what_acting_is_worth_is_told_of_two_classes(frame):
    text = text_of(frame)
    assert "Net benefit, held out in cross-validation" in text
    assert "acting from" in text
