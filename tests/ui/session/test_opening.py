"""Every bundled data set opens well: something is fit, something is kept, and nothing is red."""

import pytest

from regpath import datasets, run_study
from regpath.recipe import FIELDS, Recipe
from regpath.ui.session.opening import bundled_owner, opening_recipe, truth_of, usual_choices
from regpath.ui.session.state import Key

NAMES = [entry.name for entry in datasets.catalog()]


@pytest.mark.parametrize("name", NAMES)
def test_every_set_opens_on_something_to_see(open_page, name):
    page = open_page(data=name)
    assert page.fine()
    kept = page.arrays["n_nonzero"]
    assert kept[page.data["index"]] > 0, "at the strength that it opens with all is zero"
    assert not page.at.info


@pytest.mark.parametrize("name", NAMES)
def test_what_the_catalog_chooses_is_a_recipe_that_differs_from_the_usual(name):
    entry = datasets.entry_of(name)
    recipe = Recipe(entry.target, **entry.choices)
    assert all(getattr(recipe, field) != FIELDS[field].default for field in entry.choices)
    # A link could not say that nothing is chosen where the catalog chooses something.
    assert not any(FIELDS[field].optional for field in entry.choices)


def test_a_set_opens_with_its_target_its_family_and_its_choices():
    recipe = opening_recipe("four_points", datasets.load("four_points"))
    assert (recipe.target, recipe.family, recipe.test_size) == ("y", "binomial", 0.0)
    other = opening_recipe("iris", datasets.load("iris"), "petal_width_cm")
    assert (other.target, other.family) == ("petal_width_cm", "gaussian")


def test_a_file_has_no_choices_of_its_own():
    assert usual_choices("upload/1") == {}
    assert usual_choices(bundled_owner("wide_noise")) == {"rule": "min"}


def test_the_controls_show_what_the_catalog_chooses(open_page, visit):
    page = open_page(data="four_points")
    assert page.find("select_slider", Key.TEST_SIZE).value == 0.0
    rule = visit("choose", data="wide_noise").at.selectbox(key=Key.RULE.of("bundled/wide_noise"))
    assert rule.value == "min"


def test_what_was_built_in_is_told_of_the_catalogs_target_towards_the_class_that_is_modelled():
    def told(name, recipe):
        return truth_of(run_study(datasets.load(name), recipe))

    five = told("wide_noise", Recipe("label", n_lambdas=3))
    assert five == datasets.entry_of("wide_noise").truth
    turned = told("wide_noise", Recipe("label", n_lambdas=3, classes=("case", "control")))
    assert turned == {name: -effect for name, effect in five.items()}
    assert told("units", Recipe("width_mm", n_lambdas=3)) == {}
    assert told("diabetes", Recipe("progression", n_lambdas=3)) == {}
