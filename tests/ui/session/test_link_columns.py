from urllib.parse import urlencode

import pytest

from regpath.recipe import Recipe
from regpath.ui.session.link_columns import features_in_link, features_of_link

COLUMNS = ["y", "clinic", *(f"x{i}" for i in range(20))]
ALL = tuple(COLUMNS[2:])


def passed_on(recipe):
    said = features_in_link(recipe.to_words(), recipe, COLUMNS)
    named = {name: told for name, told in said.items() if name != "without"}
    return said, features_of_link(said, Recipe.from_words(named), COLUMNS)


@pytest.mark.parametrize(
    ("features", "without"),
    [
        (ALL[1:], ["x0"]),
        (ALL[:3] + ALL[6:], ["x3", "x4", "x5"]),
        (ALL, [""]),  # all, also those that would not serve unasked
        (ALL[:2], None),
        (("x1", *ALL[:1], *ALL[2:]), None),  # an order of one's own is kept
        (None, None),
    ],
)
def test_the_shorter_of_both_lists_brings_the_same_features_back(features, without):
    recipe = Recipe("y", features=features, group="clinic")
    said, again = passed_on(recipe)
    assert said.get("without") == without
    assert ("features" in said) == (features is not None and without is None)
    assert again == recipe


@pytest.mark.parametrize("n", range(1, 21))
def test_no_link_is_longer_than_by_the_features(n):
    recipe = Recipe("y", features=ALL[-n:], group="clinic")
    said, again = passed_on(recipe)
    assert again == recipe
    by_name = urlencode(recipe.to_words(), doseq=True)
    assert len(urlencode(said, doseq=True)) <= len(by_name)


def test_a_column_with_a_role_of_its_own_is_left_out_unasked():
    recipe = Recipe("y", features=("clinic", *ALL[1:]))
    said, again = passed_on(recipe)
    assert said["without"] == ["x0"]
    assert again == recipe
    grouped = Recipe("y", features=ALL[1:], group="clinic")
    assert features_of_link({"without": ["x0"]}, Recipe("y", group="clinic"), COLUMNS) == grouped
