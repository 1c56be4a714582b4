"""Estimates that decide who goes first: more data and more classes cost more."""

from dataclasses import replace

import pytest

from regpath import Recipe, datasets, make_problem, run_study
from regpath.ui.session.costs import (
    alarm_seconds,
    coding_seconds,
    payload_seconds,
    reading_seconds,
    study_seconds,
)
from regpath.ui.session.opening import opening_recipe

SMALL, LARGE = "iris", "digits"


@pytest.fixture(scope="module")
def tables():
    return [datasets.load(name) for name in (SMALL, LARGE)]


def test_a_larger_table_costs_more(tables):
    for seconds in (coding_seconds, alarm_seconds):
        small, large = map(seconds, tables)
        assert 0.0 < small < large
    assert reading_seconds(100) < reading_seconds(10**7)


def test_a_study_costs_by_rows_features_classes_and_strengths(tables):
    recipes = [
        opening_recipe(name, table) for name, table in zip((SMALL, LARGE), tables, strict=True)
    ]
    problems = [make_problem(t, r.target) for t, r in zip(tables, recipes, strict=True)]
    iris, digits = map(study_seconds, problems, recipes)
    assert iris < 0.5 < digits
    assert study_seconds(problems[1], replace(recipes[1], n_lambdas=10)) < digits
    amounts = make_problem(datasets.load("diabetes"), "progression")
    assert study_seconds(amounts, Recipe("progression")) < 0.1


def test_a_payload_costs_by_its_coefficients(tables):
    recipe = Recipe("species", n_lambdas=5)
    few, many = (run_study(tables[0], replace(recipe, n_lambdas=n)) for n in (5, 50))
    assert payload_seconds(few) < payload_seconds(many)
