import inspect
import json
from typing import get_args

import pytest
from hypothesis import given

import regpath
from regpath import Recipe
from regpath.recipe import FIELDS, Stage, names_of
from tests.recipes import CHOICES, recipes


def test_properties_are_tried_on_every_field():
    assert {*CHOICES, "rule", "rule_value"} == set(FIELDS)


@given(recipes)
def test_round_trips(recipe):
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    assert Recipe.from_query(recipe.to_query()) == recipe
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe


@given(recipes)
def test_each_field_says_its_own_value(recipe):
    for name, field in FIELDS.items():
        value = getattr(recipe, name)
        field.check(value, "Recipe")
        if value is not None:
            assert field.read(field.written(value)) == value


def test_every_field_has_its_stage():
    by_stage = {s: names_of(s) for s in get_args(Stage)}
    assert sorted(sum(by_stage.values(), ())) == sorted(FIELDS)
    makes = set(inspect.signature(regpath.make_problem).parameters)
    assert {*by_stage["problem"]} == {"target", *Recipe("y").of_problem}
    assert {*Recipe("y").of_problem} <= makes
    fits = {*by_stage["fit"]} - {
        "class_weight",
        "adaptive",
        "extra_lambdas",
    }  # weights, factors and the grid that the fit takes
    assert fits <= set(inspect.signature(regpath.fit_path).parameters)
    recipe = Recipe("y", l1_ratio=0.5, n_folds=3, rule="within", rule_value=2.0, seal=True)
    assert recipe.of_fit == Recipe("y", l1_ratio=0.5, seal=True)
    columns = [name for name, field in FIELDS.items() if field.option.columns]
    assert columns == ["target", "features", "weights", "group", "time", "exposure"]


def test_defaults_stay_out_of_the_query():
    assert Recipe(target="y").to_query() == "target=y"
    assert Recipe(target="a b", l1_ratio=0.5).to_query() == "target=a+b&l1_ratio=0.5"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("l1_ratio=0.5", "A recipe needs a target."),
        ("target=y&colour=red", "no choice called 'colour'"),
        ("target=y&seed=x", "'seed' must be a whole number. Got 'x' instead."),
        ("target=y&l1_ratio=2", "'l1_ratio' parameter of Recipe must be a number in"),
        ("target=y&test_size=1.0", "'test_size' parameter of Recipe must be a number in"),
        ("target=y&family=gamma", "'family' parameter of Recipe must be one of"),
        ("target=y&coding=some", "'coding' parameter of Recipe must be one of"),
        ("target=y&level_groups=a", "'level_groups' must be [column, new level, [levels]]."),
        ("target=y&min_level_count=0", "'min_level_count' parameter of Recipe"),
        ("target=y&seal=perhaps", "'seal' must be True or False."),
        ("target=y&n_folds=1", "'n_folds' parameter of Recipe must be a whole number of at least"),
        ("target=y&rule=best", "'rule' parameter of Recipe must be one of"),
        ("target=y&rule_value=-1", "The rule '1se' takes no number. Got rule_value=-1.0."),
        ("target=y&rule=within&rule_value=-1", "'rule_value' parameter of Recipe must be a pos"),
        ("target=y&rule=k_features&rule_value=2.5", "'rule_value' parameter of Recipe must be a w"),
        ("target=y&rule=stability&rule_value=0.5", "'rule_value' parameter of Recipe must be a n"),
        ("target=y&folds=blocks", "'folds' parameter of Recipe must be one of"),
        ("target=y&measure=fit", "'measure' parameter of Recipe must be one of"),
        ("target=y&class_weight=even", "'class_weight' parameter of Recipe must be one of"),
        ("target=y&lambdas=", "'lambdas' parameter of Recipe must be at least one positive number"),
        (
            "target=y&lambdas=1&lambdas=-2",
            "'lambdas' parameter of Recipe must be a positive number. Got -2.0",
        ),
        ("target=y&lambdas=1&lambdas=x", "'lambdas' must be a number. Got 'x' instead."),
        ("target=y&lambdas=2&lambdas=1&lambdas=2", "must be different numbers. Got [2.0, 2.0]"),
        ("target=y&standardize=maybe", "'standardize' must be True or False."),
    ],
)
def test_wrong_choices_are_refused(query, message):
    with pytest.raises(regpath.ParameterError) as refused:
        Recipe.from_query(query)
    assert message in str(refused.value)


def test_strengths_of_ones_own_are_held_from_strong_to_weak_in_whatever_order_they_are_said():
    said = Recipe.from_query("target=y&lambdas=0.1&lambdas=10&lambdas=1")
    assert said.lambdas == (10.0, 1.0, 0.1)
    assert said == Recipe("y", lambdas=[1, 0.1, 10])
    assert (said.n_strengths, Recipe("y", n_lambdas=7).n_strengths) == (3, 7)
    assert Recipe("y", lambdas=(1.0, 2.0), extra_lambdas=(3.0,)).n_strengths == 3
    with pytest.raises(
        regpath.ParameterError, match=r"different numbers. Got \[1.0, 1.00000000001\]"
    ):
        Recipe("y", lambdas=(5.0, 1.00000000001, 1.0))
