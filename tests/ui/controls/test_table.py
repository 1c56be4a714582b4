from dataclasses import replace

import pytest
import streamlit
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from regpath import ParameterError, Recipe
from regpath.core.families import FAMILIES
from regpath.core.selection import RULES
from regpath.recipe import FIELDS
from regpath.ui.controls.kept import OF_RECIPE, forget_choices, keep_alive
from regpath.ui.controls.roles import role_of, roles_at
from regpath.ui.controls.table import (
    CONTROLS,
    place_for,
    place_of,
    read_recipe,
    write_choices,
    write_recipe,
)
from tests.recipes import recipes

shared_session = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def session(monkeypatch):
    state = {}
    monkeypatch.setattr(streamlit, "session_state", state)
    return state


def taken(recipe):
    """A recipe as the app can take it."""
    place = place_for(recipe, "")
    fields = {name: getattr(recipe, name) for name in FIELDS}
    return all(not CONTROLS[name].refusal(place, value) for name, value in fields.items())


def test_every_field_of_a_recipe_has_one_control():
    assert sorted(CONTROLS) == sorted(FIELDS)
    keys = [key for control in CONTROLS.values() for key in control.keys]
    assert sorted(set(keys)) == sorted(keys) == sorted(OF_RECIPE)


@shared_session
@given(recipe=recipes, before=recipes)
def test_a_recipe_that_is_written_into_the_controls_is_read_back(session, recipe, before):
    """Whatever was chosen before, of other data or of the same."""
    assume(taken(recipe) and taken(before))
    session.clear()
    write_recipe(before, "one")
    write_recipe(recipe, "two")
    assert read_recipe(place_of("two")) == recipe
    write_recipe(before, "two")
    assert read_recipe(place_of("two")) == before


HAVE_THEIR_OWN = ("target", "family", "rule", "rule_value")  # choices that belong to them


@shared_session
@given(
    recipe=recipes,
    other=recipes,
    field=st.sampled_from([name for name in FIELDS if name not in HAVE_THEIR_OWN]),
)
def test_one_choice_changes_no_other(session, recipe, other, field):
    wanted = replace(recipe, **{field: getattr(other, field)})
    assume(taken(recipe) and taken(wanted))
    session.clear()
    write_recipe(recipe, "data")
    write_choices({field: getattr(other, field)}, "data")
    assert read_recipe(place_of("data")) == wanted


@shared_session
@given(recipe=recipes, target=st.text(min_size=1, max_size=3))
def test_another_target_has_a_family_and_classes_of_its_own(session, recipe, target):
    assume(taken(recipe) and target != recipe.target)
    session.clear()
    write_recipe(recipe, "data")
    write_choices({"target": target}, "data")
    now = read_recipe(place_of("data"))
    assert (now.family, now.classes) == ("auto", None)
    write_choices({"target": recipe.target}, "data")
    assert read_recipe(place_of("data")) == recipe


def test_what_the_app_cannot_take_is_refused_and_nothing_is_chosen(session):
    for recipe, words in [
        (Recipe("y", n_lambdas=501), "'n_lambdas' goes from 1 to 500 in the app. Got 501"),
        (Recipe("y", n_folds=51), "'n_folds' goes from 2 to 50 in the app"),
        (Recipe("y", features=()), "'features' names no column"),
        (Recipe("y", family="gaussian", class_weight="balanced"), "needs a target with classes"),
    ]:
        with pytest.raises(ParameterError, match=words):
            write_recipe(recipe, "data")
        assert session == {}


def test_choices_outlive_a_page_and_go_with_their_data(session):
    write_recipe(Recipe("y", missing="drop", l1_ratio=0.3, rule="within", rule_value=2.0), "one")
    write_recipe(Recipe("z", family="binomial", classes=("a", "b"), terms=("a^2",)), "two")
    keep_alive()
    assert read_recipe(place_of("two")).classes == ("a", "b")
    forget_choices("two")
    assert not [name for name in session if "two" in name]
    assert read_recipe(place_of("one")).missing == "drop"


def test_exposures_serve_counts_alone_and_are_remembered_for_them(session):
    write_recipe(Recipe("y", family="poisson", exposure="days"), "one")
    assert read_recipe(place_of("one")).exposure == "days"
    assert role_of("days", "one", "y", None) == "exposure"
    assert "exposure" in roles_at("one")
    write_choices({"family": "gaussian"}, "one")
    assert read_recipe(place_of("one")).exposure is None
    assert role_of("days", "one", "y", None) == "feature"
    assert "exposure" not in roles_at("one")
    write_choices({"family": "poisson"}, "one")
    assert read_recipe(place_of("one")).exposure == "days"


SCRIPT = """
from regpath.recipe import Recipe
from regpath.ui.controls.table import CONTROLS, place_of, read_recipe, write_recipe
import streamlit as st

if "begun" not in st.session_state:
    st.session_state["begun"] = True
    write_recipe(Recipe.from_query(st.query_params["recipe"]), "data")
place = place_of("data")
known = {name: {"names": {value: value for value in found}} for name, found in %r.items()}
columns = {"options": tuple("abcxyz")}
known |= {"features": columns, "terms": columns}
known |= {name: {"columns": tuple("abcxyz")} for name in ("weights", "group", "time", "exposure")}
for name, control in CONTROLS.items():
    if control.widget_at(place) is not None:
        control.draw(place, **known.get(name, {}))
st.session_state["read"] = read_recipe(place_of("data")).to_query()
"""
OFFERED = {
    "target": tuple("abcxyz"),
    "family": ("auto", *FAMILIES),
    "folds": ("auto", "random", "grouped", "ordered", "leave_one_out"),
    "measure": ("auto", "auc", "mae", "deviance_explained"),
    "rule": tuple(RULES),
}


@settings(deadline=None, max_examples=25)
@given(recipe=recipes)
def test_widgets_show_a_recipe_and_change_nothing_of_it(recipe):
    """Drawn twice, as a page is: numbers between the stops of a slider stay, too."""
    letters = of_letters(recipe)
    assume(taken(letters))
    app = AppTest.from_string(SCRIPT % OFFERED, default_timeout=240)
    app.query_params["recipe"] = letters.to_query()
    for _ in range(2):
        app.run()
        assert not app.exception
        assert Recipe.from_query(app.session_state["read"]) == letters


def of_letters(recipe):
    """The recipe for a table of six columns."""

    def named(name):
        return None if name is None else "abcxyz"[len(name) % 6]

    features = recipe.features and tuple(dict.fromkeys(map(named, recipe.features)))
    roles = {
        name: named(getattr(recipe, name)) for name in ("weights", "group", "time", "exposure")
    }
    terms = tuple(dict.fromkeys(recipe.terms))
    return replace(recipe, target=named(recipe.target), features=features, terms=terms, **roles)
