"""The controls at the side: they return plain values, a table and a recipe.

What is wrong is raised, and the page says it where everybody sees it: a phone hides the side.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd
import streamlit as st

from regpath import datasets
from regpath.core.families import FAMILIES, family_of
from regpath.core.problems.response import code_response, families_for, guess_family
from regpath.errors import RegpathError
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.controls.control import Place
from regpath.ui.controls.roles import features_of, helpers_of, is_choosy, settle_helpers
from regpath.ui.controls.table import CONTROLS, place_of, read_recipe
from regpath.ui.controls.target_question import choose_any_target, is_target_asked
from regpath.ui.messages import literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key, start
from regpath.ui.session.validation import known_validation, seconds_of
from regpath.ui.session.work import AT_ONCE

QUICK = 5_000_000  # numbers to weigh in one pass, below which folds take no time to speak of


def choose_recipe(source: Source) -> Recipe | None:
    """Ask for every choice except the data and what other pages ask for.

    None until a person says what is to be predicted; a bundled set says it by itself.
    """
    table, owner = source.table, source.owner
    columns = tuple(table.frame.columns)
    settle_helpers(owner, columns)
    if is_target_asked(source):
        choose_any_target(owner, columns)
        return None
    _choose_target(source)
    _choose_family(source, place_of(owner))
    place = place_of(owner)
    if CONTROLS["exposure"].applies(place):
        CONTROLS["exposure"].draw(place, columns=columns)
    CONTROLS["l1_ratio"].draw(place)
    CONTROLS["adaptive"].draw(place)
    with st.expander("Features"):
        CONTROLS["features"].draw(place, options=columns)
        _say_helpers(owner, columns)
    with st.expander("Grid, scaling and split"):
        listed = bool(st.session_state.get(CONTROLS["lambdas"].name(place)))
        for name in ("n_lambdas", "min_ratio"):  # of a grid, in place of which a list stands
            CONTROLS[name].draw(place, disabled=listed)
        for name in ("lambdas", "standardize", "test_size", "seed"):
            CONTROLS[name].draw(place)
        st.caption("How gaps are filled and words are coded is chosen on the Data page.")
    recipe = read_recipe(place)
    if not is_choosy(owner):
        return recipe
    chosen = features_of(owner, recipe.target, _serving(source, replace(recipe, features=None)))
    return replace(recipe, features=chosen)


def _serving(source: Source, recipe: Recipe) -> tuple[str, ...]:
    """The columns that serve when none is asked for."""
    columns = tuple(source.table.frame.columns)
    try:
        problem = source.results.problem(source.table, recipe)
    except RegpathError:  # what is wrong is said when the choices are carried out
        return columns
    used = set(problem.groups)
    return tuple(c for c in columns if c in used)


def choose_validation(results: StudyResults) -> bool:
    """Ask whether to cross-validate; unasked it is done only where that takes no time."""
    quick = _is_quick(results.study) or known_validation(results) is not None
    key = Key.VALIDATE.of("quick" if quick else "slow")
    start(key, quick)
    return st.toggle(
        "Cross-validate" if quick else "Cross-validate (takes a while)",
        key=key,
        help="Folds of the training rows, each fit anew: the validation curve with its standard "
        "error, and the strengths that rules choose by it. The Choose page sets them.",
    )


def _is_quick(study: Study) -> bool:
    path, recipe = study.path, study.recipe
    if (recipe.folds, recipe.n_folds, recipe.n_repeats) != ("auto", 10, 1):
        try:
            return seconds_of(study, recipe.folds) <= AT_ONCE
        except RegpathError:
            return True  # what is wrong is said at once
    work = study.train.n_obs * len(path.feature_names) * len(path.lambdas)
    return work * max(1, len(path.classes) - 1) <= QUICK


def _choose_target(source: Source) -> None:
    usual = None if source.bundled is None else datasets.entry_of(source.bundled).target
    names = {column: column for column in source.table.frame.columns}
    CONTROLS["target"].draw(Place(source.owner), usual=usual, names=names)


def _choose_family(source: Source, place: Place) -> None:
    """Ask for the family; of bundled data a link may name another that the target allows."""
    values = source.table.frame[place.target].dropna()
    if values.nunique() < 2:
        return  # the core refuses it, and says why
    guess, control = guess_family(values), CONTROLS["family"]
    names = {family: family_of(family).title for family in families_for(values)}
    chosen = st.session_state.get(control.name(place), guess)
    if source.upload is None and chosen in FAMILIES and _suits(chosen, values):
        names.setdefault(chosen, family_of(chosen).title)
    control.draw(place, usual=guess, names=names)
    of_guess = control.read(place) == guess
    st.caption("Guessed from the target." if of_guess else "Your choice, not the guess.")
    if of_guess and not family_of(guess).two_classes:
        for other in map(family_of, names):
            if other.choose_if:
                st.caption(f"If {other.choose_if}, choose {other.title}.")


def _suits(family: str, values: pd.Series) -> bool:
    try:
        code_response(values, family)
    except RegpathError:
        return False
    return True


def _say_helpers(owner: str, columns: Collection[str]) -> None:
    helpers = {role: column for role, column in helpers_of(owner, columns).items() if column}
    if helpers:
        listed = ", ".join(f"{role}: {literal(column)}" for role, column in helpers.items())
        st.caption(f"Also in use, as the Data page says: {listed}.")
